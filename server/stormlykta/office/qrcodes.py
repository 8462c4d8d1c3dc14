"""A QR code as one line of an SVG path, so that a page can draw it at any size. Rule: pure; dark squares only, whoever draws it puts them on white."""

from typing import NamedTuple

import segno

QUIET = 4  # light squares around, without which readers fail


class Code(NamedTuple):
    """`path` in a square of `size` by `size`, the quiet zone counted."""

    size: int
    path: str


def draw(text: str) -> Code:
    rows = [bytes(row) for row in segno.make(text, error="m", micro=False).matrix]
    return Code(len(rows) + 2 * QUIET, "".join(line(row, y + QUIET) for y, row in enumerate(rows)))


def line(row: bytes, y: int) -> str:
    """The dark runs of one row, each a rectangle."""
    parts, start = [], None
    for x, dark in enumerate([*row, 0]):
        if dark and start is None:
            start = x
        elif not dark and start is not None:
            parts.append(f"M{start + QUIET} {y}h{x - start}v1h{start - x}z")
            start = None
    return "".join(parts)
