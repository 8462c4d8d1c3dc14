"""Joins pieces of JSON, each compressed once, into one gzip answer (or a plain one): pure, no I/O.

Rule: a piece is compressed alone and ends on a byte, so pieces can be laid side by side in one gzip member; their checksums are combined, not computed again.
"""

import struct
import zlib
from functools import lru_cache
from typing import NamedTuple

HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x04\x03"
LAST = b"\x03\x00"  # an empty final deflate block
WIDE, NARROW = (-15, 9), (-12, 5)  # window and memory: a deflater for much costs more to set up than a short text costs to pack
NARROW_BYTES = 8 * 1024
SMALL = 64  # bytes below which a piece is stored, not deflated
POLYNOMIAL = 0xEDB88320


class Piece(NamedTuple):
    """`plain` bytes, the same as raw deflate blocks, and the CRC-32 of the plain ones."""

    plain: bytes
    packed: bytes
    crc: int

    @property
    def size(self) -> int:
        return len(self.plain) + len(self.packed)


def make_piece(plain: bytes) -> Piece:
    if len(plain) <= SMALL:
        packed = struct.pack("<BHH", 0, len(plain), len(plain) ^ 0xFFFF) + plain
    else:
        deflate = zlib.compressobj(6, zlib.DEFLATED, *(WIDE if len(plain) > NARROW_BYTES else NARROW))
        packed = deflate.compress(plain) + deflate.flush(zlib.Z_FULL_FLUSH)
    return Piece(plain, packed, zlib.crc32(plain))


def join(pieces: list[Piece]) -> Piece:
    """Several pieces as one."""
    return Piece(join_plain(pieces), b"".join(piece.packed for piece in pieces), checksum(pieces))


def checksum(pieces: list[Piece]) -> int:
    crc = 0
    for piece in pieces:
        crc = combine(crc, piece.crc, len(piece.plain))
    return crc


def join_plain(pieces: list[Piece]) -> bytes:
    return b"".join(piece.plain for piece in pieces)


def join_gzip(pieces: list[Piece]) -> bytes:
    """One gzip member that unpacks to the plain pieces, in order."""
    length = sum(len(piece.plain) for piece in pieces)
    return b"".join([HEADER, *(piece.packed for piece in pieces), LAST, struct.pack("<II", checksum(pieces), length & 0xFFFFFFFF)])


def combine(first: int, second: int, length: int) -> int:
    """The CRC-32 of two texts laid together, from theirs and the length of the second (as zlib's crc32_combine)."""
    return multiply(shift_of(length), first) ^ second


@lru_cache(maxsize=4096)
def shift_of(length: int) -> int:
    """x to the power 8·length, modulo the polynomial."""
    result, power, bits = 1 << 31, SQUARES[3], length
    index = 3
    while bits:
        if bits & 1:
            result = multiply(power, result)
        bits >>= 1
        index += 1
        power = SQUARES[index & 31]
    return result


def multiply(a: int, b: int) -> int:
    """a·b modulo the CRC-32 polynomial, both with the bits reflected."""
    product, mask = 0, 1 << 31
    while True:
        if a & mask:
            product ^= b
            if not a & (mask - 1):
                return product
        mask >>= 1
        if not mask:
            return product
        b = (b >> 1) ^ POLYNOMIAL if b & 1 else b >> 1


def squares() -> list[int]:
    power, table = 1 << 30, []
    for _ in range(32):
        table.append(power)
        power = multiply(power, power)
    return table


SQUARES = squares()
