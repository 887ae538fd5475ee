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
    """The picture upright and small, as JPEG; nothing of what a camera wrote into it stays."""
    small = io.BytesIO()
    try:
        with Image.open(file, formats=["JPEG", "PNG", "WEBP", "GIF"]) as image:
            image.draft("RGB", SIZE)
            upright = ImageOps.exif_transpose(image)
            upright.thumbnail(SIZE)
            on_white = Image.new("RGB", upright.size, "white")
            shown = upright.convert("RGBA")
            on_white.paste(shown, mask=shown.getchannel("A"))
            on_white.save(small, "JPEG", quality=80)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise NoPicture from error
    return small.getvalue()
