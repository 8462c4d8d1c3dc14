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
    "in-use": (409, "It is still used. See where, and say that you mean it."),
    "taken": (409, "There is one already."),
    "conflict": (409, "Somebody has changed it since you saw it. See what is there now."),
    "raced": (409, "The list has changed since the file was looked through. Look through it once more."),
    "last-admin": (409, "Somebody must be an administrator. Make another one first."),
    "size": (413, "The request is too large. Send it in smaller parts."),
    "encoding": (415, "Only plain and gzip bodies are understood."),
    "hash": (422, "The content does not match its hash."),
    "image": (422, "This is not a picture that can be used. PNG, JPEG and WebP can."),
    "field": (422, "Something in a field is not right. See which, and why."),
    "letter-unknown": (404, "There is no such letter. The link may be cut off: open it once more from the whole message."),
    "letter-recalled": (410, "The link is no longer valid. A newer letter may have been sent."),
    "letter-used": (410, "The link has been used. An answer has already come in by it."),
    "letter-expired": (410, "The link has expired. Ask for a new letter."),
    "letter-gone": (410, "What the letter was about is no longer in the list."),
    "roster-faulty": (422, "The file has faults, and nothing has been read in. See which, or leave those rows out."),
    "letter-settled": (409, "The letter has been answered or settled already."),
    "draft-exists": (409, "There is a draft already. Go on with it, or throw it away first."),
    "stage": (409, "It is not where you last saw it. See where it is now."),
    "unchanged": (409, "Nothing differs from the version in force."),
    "second-person": (403, "Somebody who has not written in the draft must approve this very text first."),
    "faulty": (422, "Something must be mended first. See what."),
    "changes": (422, "Say what has changed."),
    "letter-unchanged": (422, "Nothing in the answer differs from what is there."),
    "enter": (401, "Name or password is not right, or this person does not sign in here."),
    "passkey": (401, "The passkey was not accepted here. Try again, or sign in with the password."),
    "old-password": (403, "The password you have now is not right."),
    "link": (404, "There is no such link. It may be cut off: copy all of it, or ask for a new one."),
    "last-way": (409, "It is the last way in. Make another first."),
    "many-keys": (409, "There are too many passkeys. Remove one first."),
    "password": (422, "The password is too easy to guess. See why."),
    "provider": (502, "The organisation's own sign-in does not answer. Your password or passkey works."),
    "provider-denied": (403, "The sign-in was broken off at the organisation's own provider."),
    "provider-visit": (400, "The way back from the provider is no longer good. Begin again."),
    "provider-refused": (403, "What the provider answered could not be trusted."),
    "provider-unknown": (403, "Nobody here has that account. Ask an administrator to add your e-mail address."),
    "provider-unverified": (403, "The provider does not vouch for the e-mail address."),
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
