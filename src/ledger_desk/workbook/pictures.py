"""Photographs and scans made smaller: what a telephone takes is ten times what a file needs."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass

from ledger_desk.errors import UserError

LONGEST_EDGE = 2400  # pixels; a page at 200 dots an inch can still be read
_QUALITY = 85
_SMALL = 400_000  # bytes; not worth losing sharpness for
_MOST_PIXELS = 120_000_000  # more than any telephone; a picture that claims more is a bomb
_FORMATS = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp", "BMP": ".bmp", "TIFF": ".tif"}


@dataclass(frozen=True)
class Picture:
    """A picture as it is kept: its bytes, the ending of its name, its size in pixels."""

    data: bytes
    suffix: str
    width: int
    height: int


def reduce(data: bytes, name: str) -> Picture | None:
    """Make a photograph smaller and upright.

    What is small already, or would not become smaller, keeps its bytes.

    Args:
        data: The file.
        name: For the sentence.

    Returns:
        None when it is no picture of a kind that is made smaller (a PDF, a spreadsheet).

    Raises:
        UserError: It says it is a picture, and is damaged or larger than any real one.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the library about size: measured here
            with Image.open(io.BytesIO(data), formats=list(_FORMATS)) as found:
                kind, size = str(found.format), found.size
                if size[0] * size[1] > _MOST_PIXELS:
                    raise UserError(
                        f"“{name}”有 {size[0]}×{size[1]} 个像素，太大了，没有收进来。请先用看图软件缩小再选。"
                    )
                image = ImageOps.exif_transpose(found)
                image.load()
    except UnidentifiedImageError:
        return None
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise UserError(
            f"“{name}”是图片，可是读不出来，可能没有传完。请重新拍照或复制。"
        ) from error
    kept = Picture(data, _FORMATS[kind], *size)
    if len(data) <= _SMALL and max(size) <= LONGEST_EDGE and image.size == size:
        return kept
    if max(image.size) > LONGEST_EDGE:
        image.thumbnail((LONGEST_EDGE, LONGEST_EDGE), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    if kind == "PNG" and image.mode in ("P", "1", "L", "LA"):  # a scan: few colours, sharp edges
        image.save(out, "PNG", optimize=True)
        made = Picture(out.getvalue(), ".png", *image.size)
    else:
        flat = image.convert("RGBA") if "A" in image.mode or image.mode == "P" else image
        if flat.mode == "RGBA":
            paper = Image.new("RGB", flat.size, "white")
            paper.paste(flat, mask=flat.getchannel("A"))
            flat = paper
        flat.convert("RGB").save(out, "JPEG", quality=_QUALITY, optimize=True)
        made = Picture(out.getvalue(), ".jpg", *image.size)
    # Where the telephone's note turned the picture, only the new bytes are upright everywhere.
    return made if len(made.data) < len(data) or image.size != size else kept
