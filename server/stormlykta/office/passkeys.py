"""Passkeys (WebAuthn): the challenges that are open, and what an authenticator's answer is worth. Knows no database.

Rule: a challenge is good once, for five minutes, for what it was made for; whatever is wrong with an answer, the refusal is the same.
"""

import hashlib
import secrets
from collections import OrderedDict
from typing import Any, NamedTuple

from webauthn import generate_authentication_options, generate_registration_options, verify_authentication_response, verify_registration_response
from webauthn.helpers import base64url_to_bytes, options_to_json_dict, parse_client_data_json
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from stormlykta.errors import Problem
from stormlykta.log.operations import base64url
from stormlykta.office.credentials import Credential

SECONDS = 300.0
MOST = 20_000  # open at once; the oldest go first


class Site(NamedTuple):
    """Where passkeys are good: the name they belong to, and the page they are used on."""

    host: str
    origin: str


class Owner(NamedTuple):
    """Whose passkey it becomes. `link` is the SHA-256 of the link it is made by, else empty."""

    member: str
    name: str
    link: bytes = b""


class Ceremonies:
    """What has been asked of browsers and not yet answered. In memory: a restart lets people press the key once more."""

    def __init__(self) -> None:
        self._open: OrderedDict[bytes, tuple[str, Owner | None, float]] = OrderedDict()

    def open(self, organisation: str, owner: Owner | None, now_seconds: float) -> bytes:
        challenge = secrets.token_bytes(32)
        self._open[challenge] = (organisation, owner, now_seconds + SECONDS)
        while len(self._open) > MOST:
            self._open.popitem(last=False)
        return challenge

    def end(self, organisation: str, answer: dict[str, Any], now_seconds: float) -> tuple[bytes, Owner | None]:
        """The challenge that the answer is to, and for whom it was made (None: to sign in). Raises Problem("passkey") when it is to none."""
        try:
            challenge = parse_client_data_json(base64url_to_bytes(answer["response"]["clientDataJSON"])).challenge
        except Exception as error:  # bytes from anywhere: the library raises many sorts
            raise Problem("passkey") from error
        made_in, owner, until = self._open.pop(challenge, ("", None, 0.0))
        if made_in != organisation or until <= now_seconds:
            raise Problem("passkey")
        return challenge, owner


def registration(site: Site, organisation: str, organisation_name: str, owner: Owner, held: list[str], challenge: bytes) -> dict[str, Any]:
    """What the browser's navigator.credentials.create takes, as JSON. `held`: the passkeys that the person has already."""
    options = generate_registration_options(
        rp_id=site.host,
        rp_name=f"Stormlykta, {organisation_name}",
        user_id=hashlib.sha256(f"{organisation}/{owner.member}".encode()).digest(),
        user_name=f"{owner.name} ({organisation_name})",
        user_display_name=owner.name,
        challenge=challenge,
        timeout=int(SECONDS * 1000),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.PREFERRED
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=base64url_to_bytes(id)) for id in held],
    )
    return options_to_json_dict(options)


def authentication(site: Site, challenge: bytes) -> dict[str, Any]:
    """What navigator.credentials.get takes. It names nobody: the authenticator knows whose it is."""
    return options_to_json_dict(
        generate_authentication_options(
            rp_id=site.host, challenge=challenge, timeout=int(SECONDS * 1000), user_verification=UserVerificationRequirement.PREFERRED
        )
    )


def read_registration(site: Site, answer: dict[str, Any], challenge: bytes) -> Credential:
    """The new passkey. Raises Problem("passkey")."""
    try:
        made = verify_registration_response(credential=answer, expected_challenge=challenge, expected_rp_id=site.host, expected_origin=site.origin)
    except Exception as error:
        raise Problem("passkey") from error
    return Credential(base64url(made.credential_id), "passkey", "", made.credential_public_key, made.sign_count)


def answering(answer: dict[str, Any]) -> str:
    """The id of the passkey that is said to answer; nothing is proved yet."""
    id = answer.get("id")
    return id if isinstance(id, str) else ""


def read_authentication(site: Site, answer: dict[str, Any], challenge: bytes, passkey: Credential | None) -> int:
    """The passkey's counter. Raises Problem("passkey") for a wrong signature, a foreign page, a counter that went back, or no such passkey."""
    if passkey is None:
        raise Problem("passkey")
    try:
        proved = verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=passkey.secret,
            credential_current_sign_count=passkey.uses,
        )
    except Exception as error:
        raise Problem("passkey") from error
    return proved.new_sign_count
