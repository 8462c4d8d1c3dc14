"""Signing in with the organisation's own provider (OpenID Connect): who is configured, where to send people, and whom the provider says they are.

Rule: code flow with PKCE, state and nonce; nothing is believed that is not signed by the provider's keys for us. The network is slow: ten seconds, then words.
"""

import asyncio
import secrets
import time
import tomllib
from collections import OrderedDict
from collections.abc import Awaitable
from pathlib import Path
from typing import Any, NamedTuple, TypeVar
from urllib.parse import urlsplit

import httpx
import structlog
from authlib.oauth2.client import DEFAULT_HEADERS, OAuth2Client
from authlib.oauth2.rfc6749.parameters import prepare_token_request
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from msgspec import Struct, convert
from msgspec.structs import replace

from stormlykta.accounts import digest
from stormlykta.errors import Problem

TIMEOUT_SECONDS = 10.0
VISIT_SECONDS = 600.0
VISITS = 10_000
KNOWN_SECONDS = 3600.0  # how long the provider's own description is believed
DOWN_SECONDS = 5.0  # how long one that failed is not asked again
LEEWAY_SECONDS = 120  # between its clock and ours
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"]

Answer = TypeVar("Answer")
log = structlog.get_logger("oidc")


class Provider(Struct, frozen=True, forbid_unknown_fields=True):
    """One organisation's table in the file that STORMLYKTA_OIDC names."""

    issuer: str
    client_id: str
    client_secret: str = ""
    client_secret_file: str = ""
    name: str = "OpenID Connect"
    claim: str = "email"
    trust_email: bool = False
    scopes: str = "openid email profile"


class Account(NamedTuple):
    """Whom the provider has let in."""

    issuer: str
    subject: str
    email: str


class Visit(NamedTuple):
    """Somebody who has been sent to the provider and has not come back."""

    organisation: str
    nonce: str
    verifier: str
    key: bytes  # SHA-256 of the cookie's value
    until: float


class Visits:
    """Each way out is good for one way back, in the same browser, for ten minutes."""

    def __init__(self) -> None:
        self._out: OrderedDict[str, Visit] = OrderedDict()

    def open(self, organisation: str, now_seconds: float) -> tuple[str, str, Visit]:
        """(state, the cookie's value, the visit)."""
        state, cookie = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        visit = Visit(organisation, secrets.token_urlsafe(32), secrets.token_urlsafe(48), digest(cookie), now_seconds + VISIT_SECONDS)
        self._out[state] = visit
        while len(self._out) > VISITS:
            self._out.popitem(last=False)
        return state, cookie, visit

    def end(self, organisation: str, state: str, cookie: str, now_seconds: float) -> Visit:
        """Raises Problem("provider-visit") for a way back that nobody went out by."""
        visit = self._out.get(state)
        if visit is None or visit.organisation != organisation or not secrets.compare_digest(visit.key, digest(cookie)):
            raise Problem("provider-visit")
        del self._out[state]
        if visit.until <= now_seconds:
            raise Problem("provider-visit")
        return visit


class Providers:
    """The providers of this server, by organisation, and what they have last said of themselves."""

    def __init__(self, configured: dict[str, Provider]) -> None:
        self._configured = configured
        self._told: dict[str, tuple[float, dict[str, Any]]] = {}
        self._keys: dict[str, tuple[float, KeySet]] = {}
        self._down: dict[str, float] = {}

    def of(self, organisation: str) -> Provider | None:
        return self._configured.get(organisation)

    async def way_out(self, provider: Provider, redirect: str, state: str, visit: Visit) -> str:
        """The provider's address to send the browser to. Raises Problem("provider")."""
        endpoints = await in_time(self._endpoints(provider))
        client = OAuth2Client(None, client_id=provider.client_id, scope=provider.scopes, redirect_uri=redirect, code_challenge_method="S256")
        address, _ = client.create_authorization_url(endpoints["authorization_endpoint"], state=state, code_verifier=visit.verifier, nonce=visit.nonce)
        return str(address)

    async def account(self, provider: Provider, redirect: str, code: str, visit: Visit) -> Account:
        """Whom the code stands for. Raises Problem: "provider" when it does not answer, "provider-refused" when what it says is not to be believed,
        "provider-unverified" when it does not vouch for the address."""
        return await in_time(self._account(provider, redirect, code, visit))

    async def _account(self, provider: Provider, redirect: str, code: str, visit: Visit) -> Account:
        endpoints = await self._endpoints(provider)
        tokens = await self._exchange(provider, endpoints, redirect, code, visit)
        claims = await self._read_token(provider, endpoints, tokens, visit)
        said: dict[str, Any] = dict(claims)
        if provider.claim not in said and "userinfo_endpoint" in endpoints:
            more = await fetch("GET", endpoints["userinfo_endpoint"], headers={"Authorization": f"Bearer {tokens.get('access_token', '')}"})
            if more.get("sub") != said["sub"]:
                raise Problem("provider-refused")
            said = {**more, **said}
        email = said.get(provider.claim)
        vouched = provider.claim == "email" and said.get("email_verified") is True  # which says nothing of any other claim
        if not (provider.trust_email or vouched):
            raise Problem("provider-unverified")
        return Account(provider.issuer, str(said["sub"]), email if isinstance(email, str) else "")

    async def _exchange(self, provider: Provider, endpoints: dict[str, Any], redirect: str, code: str, visit: Visit) -> dict[str, Any]:
        body = prepare_token_request("authorization_code", code=code, redirect_uri=redirect, code_verifier=visit.verifier)
        known = endpoints.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        method = "none" if not provider.client_secret else "client_secret_basic" if "client_secret_basic" in known else "client_secret_post"
        client = OAuth2Client(None, client_id=provider.client_id, client_secret=provider.client_secret)
        url, headers, body = client.client_auth(method).prepare("POST", endpoints["token_endpoint"], dict(DEFAULT_HEADERS), body)
        return await fetch("POST", url, headers=headers, content=body)

    async def _read_token(self, provider: Provider, endpoints: dict[str, Any], tokens: dict[str, Any], visit: Visit) -> CodeIDToken:
        try:
            said = await self._decode(provider, endpoints, str(tokens.get("id_token", "")))
            options = {"iss": {"essential": True, "value": provider.issuer}, "aud": {"essential": True, "value": provider.client_id}}
            params = {"nonce": visit.nonce, "client_id": provider.client_id, "access_token": tokens.get("access_token")}
            claims = CodeIDToken(said.claims, said.header, options, params)
            claims.validate(leeway=LEEWAY_SECONDS)
        except (JoseError, ValueError, KeyError, TypeError) as error:
            log.warning("a provider's token was not believed", issuer=provider.issuer, reason=type(error).__name__, claim=getattr(error, "claim", None))
            raise Problem("provider-refused") from error
        return claims

    async def _decode(self, provider: Provider, endpoints: dict[str, Any], token: str) -> jwt.Token:
        """By the keys as they were last told; once more by fresh ones, for the provider changes them now and then."""
        until, keys = self._keys.get(provider.issuer, (0.0, None))
        if keys is not None and until > time.monotonic():
            try:
                return jwt.decode(token, keys, algorithms=ALGORITHMS)
            except (JoseError, ValueError):
                pass
        keys = KeySet.import_key_set(await fetch("GET", endpoints["jwks_uri"]))  # type: ignore[arg-type]
        self._keys[provider.issuer] = (time.monotonic() + KNOWN_SECONDS, keys)
        return jwt.decode(token, keys, algorithms=ALGORITHMS)

    async def _endpoints(self, provider: Provider) -> dict[str, Any]:
        until, told = self._told.get(provider.issuer, (0.0, {}))
        if until > time.monotonic():
            return told
        if self._down.get(provider.issuer, 0.0) > time.monotonic():
            raise Problem("provider")  # it has just failed: whoever knocks on and on here makes no queue there
        self._told.pop(provider.issuer, None)
        try:
            told = await fetch("GET", f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
            needed = [told.get(name) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")]
            if told.get("issuer") != provider.issuer or not all(isinstance(address, str) and is_safe(address) for address in needed):
                raise Problem("provider")
            self._told[provider.issuer] = (time.monotonic() + KNOWN_SECONDS, told)
        finally:  # also when time is up
            if provider.issuer not in self._told:
                self._down[provider.issuer] = time.monotonic() + DOWN_SECONDS
                log.warning("a provider does not describe itself as it should", issuer=provider.issuer)
        return told


async def in_time(asking: Awaitable[Answer]) -> Answer:
    """Raises Problem("provider") when all of it takes too long."""
    try:
        async with asyncio.timeout(TIMEOUT_SECONDS):
            return await asking
    except TimeoutError as error:
        raise Problem("provider") from error


async def fetch(method: str, url: str, **more: Any) -> dict[str, Any]:
    """A JSON object from the provider. Raises Problem: "provider" when nothing sensible comes in time, "provider-refused" when it says no."""
    try:
        async with httpx.AsyncClient(timeout=TIMEOUT_SECONDS) as client:
            response = await client.request(method, url, **more)
        said = response.json() if response.status_code < 500 else None
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise Problem("provider") from error
    if isinstance(said, dict) and response.is_client_error:
        raise Problem("provider-refused")
    if not isinstance(said, dict) or not response.is_success:
        raise Problem("provider")
    return said


def is_safe(address: str) -> bool:
    """HTTPS; or this very machine, for trying it out."""
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in ("localhost", "127.0.0.1", "::1"))


def read_providers(path: Path | None) -> dict[str, Provider]:
    """Raises ValueError that says what is wrong with the file."""
    if path is None:
        return {}
    try:
        found = {organisation: convert(table, Provider) for organisation, table in tomllib.loads(path.read_text("utf-8")).items()}
        return {organisation: with_secret(provider, path.parent) for organisation, provider in found.items()}
    except OSError as error:
        raise ValueError(f"{error.filename}: {error.strerror}") from error
    except ValueError as error:  # TOML's own, msgspec's and ours
        raise ValueError(f"{path}: {error}") from error


def with_secret(provider: Provider, folder: Path) -> Provider:
    if not is_safe(provider.issuer):
        raise ValueError(f"the issuer must be an https address: {provider.issuer}")
    secret = (folder / provider.client_secret_file).read_text("utf-8").strip() if provider.client_secret_file else provider.client_secret
    scopes = dict.fromkeys(["openid", *provider.scopes.split()])
    return replace(provider, client_secret=secret, client_secret_file="", scopes=" ".join(scopes))
