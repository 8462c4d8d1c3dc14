"""The refusals: one exception, and the catalogue of every code a client can meet.

Rule: a code is for machines and never changes; the message is for people and says what to do.
"""

from typing import Any

CATALOGUE: dict[str, tuple[int, str]] = {
    "json": (400, "The request is not readable JSON."),
    "shape": (400, "The request lacks something or has it in the wrong form."),
    "version": (400, "This server speaks version 1 of the protocol."),
    "session": (401, "No valid session here. Sign in with the phone's key, or join with a code."),
    "signature": (401, "The signature or its challenge is not valid. Ask for a new challenge."),
    "revoked": (403, "This device has been revoked by an administrator."),
    "role": (403, "Your role does not allow that here."),
    "origin": (403, "Requests that change something must come from the app's own pages."),
    "code": (404, "There is no such code. Check the characters, or ask for a new code."),
    "expired": (410, "The code has expired. Ask for a new one."),
    "used": (410, "The code has already been used. Ask for a new one."),
    "not-found": (404, "There is no such thing here."),
    "method": (405, "That method is not used here."),
    "slow": (408, "Nothing more came. Try again."),
    "device": (409, "Another device already has this id. Make a new one and try again."),
    "epoch": (409, "The server's time has gone backwards. Send again what it may lack."),
    "size": (413, "The request is too large. Send it in smaller parts."),
    "encoding": (415, "Only plain and gzip bodies are understood."),
    "hash": (422, "The content does not match its hash."),
    "limit": (429, "Too many attempts. Wait a moment and try again."),
    "internal": (500, "Something went wrong in the server. It has been logged."),
    "storage": (503, "The server can not store anything right now. Keep it and try again."),
}


class Problem(Exception):
    """A refusal. Raised from anywhere, answered by the one error door in app.py."""

    def __init__(self, code: str, message: str | None = None, *, headers: dict[str, str] | None = None, **extra: Any) -> None:
        self.code = code
        self.status, standard = CATALOGUE[code]
        self.message = message or standard
        self.headers = headers or {}
        self.extra = extra
        super().__init__(f"{self.status} {code}: {self.message}")

    def body(self) -> dict[str, Any]:
        return {"error": {"code": self.code, "message": self.message}, **self.extra}
