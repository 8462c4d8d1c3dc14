"""The operation, its chain and its seal (docs/protocol.md 2–3): pure, no I/O.

Rule: what these bytes hash to is for ever. tests/vectors.json holds worked examples.
"""

import base64
import hashlib
import json
import re
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils

BODY_BYTES = 16 * 1024
RECORD_BYTES = 64 * 1024
LARGEST = 2**53 - 1
ALGORITHM = ec.ECDSA(hashes.SHA256())
ID_16 = re.compile(r"[A-Za-z0-9_-]{22}")

Fields = tuple[int, str, int, int, int, str, str, str, str, str]
SealFields = tuple[str, str, int, int, str, str, str]

_decode_fields = msgspec.json.Decoder(Fields).decode
_decode_seal = msgspec.json.Decoder(SealFields).decode
_encode = msgspec.json.Encoder().encode


class Operation(msgspec.Struct, frozen=True, gc=False):
    """One deed: who (`dev`), the how-manieth (`n`), in which incident, its canonical bytes and their digest `d`."""

    dev: str
    n: int
    inc: str
    kind: str
    record: bytes
    d: bytes


class Rotten(msgspec.Struct, frozen=True, gc=False):
    """What can never be an operation: `code` is `shape` or `size`, `raw` what came.

    Where it says whose it is (`n` > 0), its digest `d` still holds its place in the author's chain, so that it harms no other.
    """

    code: str
    raw: bytes
    dev: str = ""
    n: int = 0
    inc: str = ""
    d: bytes = b""


class Seal(NamedTuple):
    """A signature over `start`..`end` of one device's operations in one incident; `prev` and `head` are chain hashes."""

    dev: str
    inc: str
    start: int
    end: int
    prev: bytes
    head: bytes
    sig: bytes


def read_operation(raw: bytes) -> Operation | Rotten:
    """The operation in `raw` (JSON text, valid UTF-8), or why it is none. Never raises."""
    try:
        return judge(_decode_fields(raw))
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return rotten("shape", raw)


def judge(fields: Fields) -> Operation | Rotten:
    """The operation that ten values of the right types make, or why they make none."""
    record = _encode(fields)
    form, dev, n, lam, t, inc, kind, target, refs, body = fields
    if (
        form != 1
        or not 1 <= n <= LARGEST
        or not 0 <= lam <= LARGEST
        or not 0 <= t <= LARGEST
        or not is_id(dev)
        or not is_id(inc)
        or not 1 <= len(kind) <= 64
        or len(target) > 1024
    ):
        return rotten("shape", record)
    if len(record) > RECORD_BYTES or len(refs) > BODY_BYTES or (len(body) * 4 > BODY_BYTES and len(body.encode()) > BODY_BYTES):
        return rotten("size", record)
    return Operation(dev, n, inc, kind, record, hashlib.sha256(record).digest())


def rotten(code: str, raw: bytes) -> Rotten:
    """What is wrong with `raw`, and its place in a chain where that can be read."""
    try:
        _, dev, n, _, _, inc, *_ = json.loads(raw)
    except (ValueError, TypeError, RecursionError):
        return Rotten(code, raw)
    if isinstance(dev, str) and isinstance(inc, str) and is_id(dev) and is_id(inc) and type(n) is int and 1 <= n <= LARGEST:
        return Rotten(code, raw, dev, n, inc, hashlib.sha256(raw).digest())
    return Rotten(code, raw)


@lru_cache(maxsize=4096)
def is_id(text: str) -> bool:
    """Whether `text` is 16 bytes in base64url. Remembered: a batch names the same device and incident again and again."""
    return ID_16.fullmatch(text) is not None


def read_operation_slowly(value: Any) -> Operation | Rotten:
    """The same, from a value that a lenient parser gave: lone surrogates and floats make it rotten, not the batch."""
    return read_operation(compact(value))


def compact(value: Any) -> bytes:
    """`value` as JSON.stringify writes it: half an emoji becomes an escape, which no strict decoder takes."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")


def load_slowly(body: bytes) -> Any:
    """JSON as forgivingly as it can be read: bad bytes become lone surrogates, absurd numbers floats. Raises ValueError."""

    def integer(digits: str) -> int | float:
        return int(digits) if len(digits) < 25 else float("inf")

    try:
        return json.loads(body.decode("utf-8", "surrogateescape"), parse_int=integer, parse_constant=float)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def read_seal(raw: bytes) -> Seal | None:
    """The seal in `raw`, or None when it has not the form of one."""
    try:
        dev, inc, start, end, prev, head, sig = _decode_seal(raw)
        seal = Seal(dev, inc, start, end, unbase64(prev), unbase64(head), unbase64(sig))
    except (msgspec.MsgspecError, ValueError, UnicodeError):
        return None
    good = ID_16.fullmatch(dev) and ID_16.fullmatch(inc) and 1 <= start <= end <= LARGEST and len(seal.prev) == len(seal.head) == 32 and len(seal.sig) == 64
    return seal if good else None


def seal_fields(seal: Seal) -> SealFields:
    return (seal.dev, seal.inc, seal.start, seal.end, base64url(seal.prev), base64url(seal.head), base64url(seal.sig))


def seal_text(seal: Seal) -> bytes:
    return f"stormlykta/1 seal\n{seal.dev}\n{seal.inc}\n{seal.start}\n{seal.end}\n{base64url(seal.prev)}\n{base64url(seal.head)}".encode()


def session_text(organisation: str, device: str, challenge: str) -> bytes:
    return f"stormlykta/1 session\n{organisation}\n{device}\n{challenge}".encode()


def root(inc: str, dev: str) -> bytes:
    """h_0: where the chain of one device in one incident begins (32 bytes)."""
    return hashlib.sha256(f"stormlykta/1{inc}{dev}".encode()).digest()


def link(previous: bytes, d: bytes) -> bytes:
    """h_n from h_{n-1} and d_n (32 bytes each)."""
    return hashlib.sha256(previous + d).digest()


def verify(key: bytes, signature: bytes, text: bytes) -> bool:
    """Whether `signature` (raw r‖s, 64 bytes) by the P-256 point `key` (65 bytes) covers `text`."""
    try:
        der = utils.encode_dss_signature(int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big"))
        public_key(key).verify(der, text, ALGORITHM)
    except (InvalidSignature, ValueError):
        return False
    return True


@lru_cache(maxsize=4096)
def public_key(key: bytes) -> ec.EllipticCurvePublicKey:
    """Raises ValueError when `key` is not a point on P-256."""
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), key)


def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unbase64(text: str) -> bytes:
    """Raises ValueError on anything but unpadded base64url."""
    if not re.fullmatch(r"[A-Za-z0-9_-]*", text):
        raise ValueError("not base64url")
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
