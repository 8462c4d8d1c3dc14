"""An authenticator in software: makes passkeys and answers with them as a browser would, in real CBOR under a real P-256 key."""

import hashlib
import json
import secrets
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

from stormlykta.log.operations import base64url, unbase64

PRESENT, VERIFIED, ATTESTED = 1, 4, 64


class Authenticator:
    """`make(options)` and `answer(options)` take what the server asks for; `origin` is the page the browser is on."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(20)
        self.count = 0
        self.user: dict[str, Any] = {}

    def make(self, options: dict[str, Any]) -> dict[str, Any]:
        self.user = options["user"]
        numbers = self.key.public_key().public_numbers()
        cose = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")})
        attested = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cose
        data = self.data(options["rp"]["id"], PRESENT | VERIFIED | ATTESTED) + attested
        response = {
            "clientDataJSON": base64url(self.client_data("webauthn.create", options)),
            "attestationObject": base64url(cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})),
        }
        return self.credential(response)

    def answer(self, options: dict[str, Any]) -> dict[str, Any]:
        self.count += 1
        data, said = self.data(options["rpId"], PRESENT | VERIFIED), self.client_data("webauthn.get", options)
        signature = self.key.sign(data + hashlib.sha256(said).digest(), ec.ECDSA(SHA256()))
        response = {
            "clientDataJSON": base64url(said),
            "authenticatorData": base64url(data),
            "signature": base64url(signature),
            "userHandle": self.user.get("id", ""),
        }
        return self.credential(response)

    def credential(self, response: dict[str, Any]) -> dict[str, Any]:
        id = base64url(self.id)
        return {"id": id, "rawId": id, "type": "public-key", "response": response, "clientExtensionResults": {}}

    def data(self, host: str, flags: int) -> bytes:
        return hashlib.sha256(host.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def client_data(self, kind: str, options: dict[str, Any]) -> bytes:
        unbase64(options["challenge"])
        return json.dumps({"type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": False}).encode()
