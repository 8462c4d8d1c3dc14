"""Providers of OpenID Connect for tests: a real one in a process of its own, and one that can be told to lie."""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
from joserfc import jwt
from joserfc.jwk import RSAKey

from tests.serving import free_port

Claims = dict[str, Any]


class RealProvider:
    """oidc-provider-mock: a whole provider, whose users are made as they are needed."""

    def __init__(self, folder: Path) -> None:
        self.port, self.log = free_port(), folder / "provider.log"
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def issuer(self) -> str:
        return f"http://localhost:{self.port}"

    def start(self) -> "RealProvider":
        with self.log.open("ab") as log:
            command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(self.port)]
            self.process = subprocess.Popen(command, stdout=log, stderr=log)
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                if httpx.get(f"{self.issuer}/jwks", timeout=2).status_code == 200:
                    return self
            except httpx.TransportError:
                time.sleep(0.05)
        raise AssertionError(self.log.read_text())

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(10)
            self.process = None

    def put_user(self, subject: str, **claims: Any) -> None:
        assert httpx.put(f"{self.issuer}/users/{subject}", json=claims).status_code == 204


class LyingProvider:
    """Hands out whatever token `token` makes of the claims that an honest one would give."""

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, parameters={"kid": "k1"})
        self.token: Callable[[Claims], str] = self.sign
        self.claims: Claims = {}
        self.userinfo: Claims = {}
        self.asked: list[dict[str, list[str]]] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self.handler())
        self.issuer = f"http://localhost:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def sign(self, claims: Claims, key: RSAKey | None = None, alg: str = "RS256") -> str:
        return jwt.encode({"alg": alg, "kid": (key or self.key).kid}, claims, key or self.key)

    def honest(self, nonce: str) -> Claims:
        now = int(time.time())
        return {"iss": self.issuer, "aud": "stormlykta", "sub": "m1", "iat": now, "exp": now + 300, "nonce": nonce, "email": "maria@exempel.se"} | {
            "email_verified": True
        }

    def handler(self) -> type[BaseHTTPRequestHandler]:
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                described = {
                    "issuer": provider.issuer,
                    "authorization_endpoint": f"{provider.issuer}/authorize",
                    "token_endpoint": f"{provider.issuer}/token",
                    "jwks_uri": f"{provider.issuer}/keys",
                    "userinfo_endpoint": f"{provider.issuer}/me",
                }
                answers: dict[str, Any] = {"/keys": {"keys": [provider.key.as_dict(private=False)]}, "/me": provider.userinfo}
                self.say(answers.get(self.path, described))

            def do_POST(self) -> None:
                asked = parse_qs(self.rfile.read(int(self.headers["content-length"])).decode())
                provider.asked.append(asked)
                nonce = asked["code"][0]  # the test hands the nonce on as the code
                self.say({"access_token": "x", "token_type": "Bearer", "id_token": provider.token(provider.honest(nonce) | provider.claims)})

            def say(self, value: Any) -> None:
                body = json.dumps(value).encode()
                self.send_response(200)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                """Says nothing."""

        return Handler


def in_query(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
