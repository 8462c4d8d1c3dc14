"""An organisation's logo: whatever somebody uploads, into a small PNG that this program has drawn itself (docs/decisions/0008-pillow.md).

Rule: pure, slow (run it in a thread). Nothing of the upload survives but its pixels; what says that it is large is refused before it is unpacked.
"""

import io
from typing import Literal

from PIL import Image, ImageOps, UnidentifiedImageError

from stormlykta.errors import Problem
from stormlykta.log.operations import base64url
from stormlykta.shapes import Logo

FORMATS = ("PNG", "JPEG", "WEBP")
SIDE = 256  # pixels, at most
MOST_PIXELS = 16_000_000
LIGHT_BYTES = 48 * 1024  # what every phone can be given; above it the colours are fewer
Why = Literal["not-image", "large", "broken"]


def draw_logo(data: bytes) -> Logo:
    """Raises Problem("image", why=…): not-image (another sort of file), large (too many pixels), broken (it can not be read to its end)."""
    picture = shrink(data)
    png = encode(picture)
    if len(png) > LIGHT_BYTES:
        png = encode(picture.quantize(256, method=Image.Quantize.FASTOCTREE))
    return Logo("image/png", base64url(png))


def shrink(data: bytes) -> Image.Image:
    try:
        opened = Image.open(io.BytesIO(data), formats=FORMATS)
    except UnidentifiedImageError as error:
        raise refused("not-image") from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise refused("large") from error
    except Exception as error:  # a reader of strangers' bytes may fail in any way
        raise refused("broken") from error
    with opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise refused("large")
        try:
            opened.draft("RGB", (2 * SIDE, 2 * SIDE))  # a JPEG is unpacked no larger than it is needed
            picture = ImageOps.exif_transpose(opened).convert("RGBA")
            picture.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
        except Exception as error:
            raise refused("broken") from error
    return picture


def encode(picture: Image.Image) -> bytes:
    plain = picture.convert("RGB") if picture.mode == "RGBA" and picture.getchannel("A").getextrema() == (255, 255) else picture
    file = io.BytesIO()
    plain.save(file, "PNG", optimize=True)
    return file.getvalue()


def refused(why: Why) -> Problem:
    return Problem("image", why=why)
