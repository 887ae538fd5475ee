"""Small versions of pictures, so that a page of photographs is light on a telephone."""

import io
from typing import BinaryIO

from PIL import Image, ImageOps

#: In pixels: twice what the page shows, for fine screens.
SIZE = (384, 288)
CONTENT_TYPE = "image/jpeg"


class NoPicture(Exception):
    """The file is damaged or no picture after all."""


def thumbnail(file: BinaryIO) -> bytes:
    """The picture upright and small, as JPEG."""
    return upright(file, SIZE, quality=80)


def upright(file: BinaryIO, size: tuple[int, int], *, quality: int) -> bytes:
    """The picture upright and no larger than ``size`` pixels, as JPEG of that quality.

    Nothing of what a camera wrote into it stays. Raises ``NoPicture``.
    """
    small = io.BytesIO()
    try:
        with Image.open(file, formats=["JPEG", "PNG", "WEBP", "GIF"]) as image:
            image.draft("RGB", size)
            turned = ImageOps.exif_transpose(image)
            turned.thumbnail(size)
            on_white = Image.new("RGB", turned.size, "white")
            shown = turned.convert("RGBA")
            on_white.paste(shown, mask=shown.getchannel("A"))
            on_white.save(small, "JPEG", quality=quality)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise NoPicture from error
    return small.getvalue()
