"""Scans: pictures of pages, read with tesseract; a digit that is not certain is marked and never passes silently.

Each line with a number is read twice, at two sizes. Where the two readings differ, or the program itself is not
sure of a digit, the number is `Reading.doubtful`, and whatever figure is made of it carries a finding.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable
from typing import Any

from briefing.errors import EmptyInput, InputError, MissingReader
from briefing.ingest.reading import Reading

_SIGNATURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"GIF8", b"BM")
MAX_PIXELS = 120_000_000
"""Of one page: a broadsheet at 400 dpi. A larger picture is refused before it is unpacked."""
MAX_PAGES = 24
_LEAST = 1_500_000
"""Pixels; a page with fewer is enlarged before it is read."""


def takes(data: bytes) -> bool:
    """Whether `data` is a picture."""
    return data.startswith(_SIGNATURES[:5]) or (data[:2] == b"BM" and data[6:10] == b"\0\0\0\0") or _is_webp(data)


def _is_webp(data: bytes) -> bool:
    return data[:4] == b"RIFF" and data[8:12] == b"WEBP"


def read(data: bytes, name: str) -> Reading:
    """The text of the scan, one page a picture; a TIFF may hold several."""
    return read_images(_frames(data, name), name)


def read_images(images: Iterable[Any], name: str = "the scan") -> Reading:
    """The text of `images` (pictures of Pillow, or the bytes of PNG or JPEG files), one page each, in order.

    Raises MissingReader where Pillow, tesseract or its Chinese data is not installed, EmptyInput where there
    is no text in the pictures, InputError where they cannot be read.
    """
    from briefing.ingest.scan import pages, reading

    opened: list[Any] = []
    for image in images:
        opened += _frames(image, name) if isinstance(image, bytes) else [_grey(image)]
        if len(opened) > MAX_PAGES:
            raise InputError(f"{name} has more than {MAX_PAGES} pages to recognise: give one issue at a time")
    got = reading(pages(opened, name))
    if not got.raw.strip():
        raise EmptyInput(f"{name} is a picture in which no text was recognised: scan it at 300 dpi, upright")
    return got


def _frames(data: bytes, name: str) -> list[Any]:
    try:
        from PIL import Image, UnidentifiedImageError
    except ImportError as error:
        raise MissingReader(f"{name} is a picture: pip install 'briefing[ocr]'") from error
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the limit here is our own
            image = Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF", "GIF", "BMP", "WEBP"))
        with image:
            count = 1 if image.format == "GIF" else getattr(image, "n_frames", 1)
            if count > MAX_PAGES:
                raise InputError(f"{name} has {count} pages, more than {MAX_PAGES}: give one issue at a time")
            out: list[Any] = []
            for number in range(count):
                if number:
                    image.seek(number)
                if image.width * image.height > MAX_PIXELS:
                    raise InputError(f"{name} has {image.width} by {image.height} pixels: scan it at 300 dpi")
                out.append(_grey(image))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
        raise InputError(f"{name} is a damaged picture ({error}): save it again as PNG or JPEG") from error
    return out


def _grey(image: Any) -> Any:
    """The picture upright, in grey on white, large enough to be read."""
    from PIL import Image, ImageOps

    if image.width * image.height > MAX_PIXELS:
        raise InputError(f"a page has {image.width} by {image.height} pixels: scan it at 300 dpi")
    image = ImageOps.exif_transpose(image)
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        clear = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", clear.size, "white"), clear)
    image = image.convert("L")
    if image.width * image.height < _LEAST // 4:
        image = image.resize((image.width * 2, image.height * 2), Image.Resampling.BICUBIC)
    return image
