"""PDF files written by hand, for what no layout engine makes: type that is not embedded, damage, traps."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

_TAIL = b"%%EOF\n"


def pdf(objects: Iterable[bytes], trailer: bytes = b"") -> bytes:
    """A file of those objects, numbered from 1; the first is its catalogue."""
    out = bytearray(b"%PDF-1.5\n")
    places = []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, one)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out) + b"trailer<</Size %d/Root 1 0 R%b>>\nstartxref\n%d\n" % (len(places) + 1, trailer, start) + _TAIL


def stream(data: bytes, head: bytes = b"") -> bytes:
    packed = zlib.compress(data, 9)
    return b"<</Length %d/Filter/FlateDecode%b>>\nstream\n%b\nendstream" % (len(packed), head, packed)


def page(drawing: bytes, *, encoding: str = "UniGB-UCS2-H", resources: bytes = b"", extra: Iterable[bytes] = (), trailer: bytes = b"") -> bytes:
    """A page with a Chinese font that is not embedded; `encoding` Identity-H leaves its glyphs without meaning."""
    ordering = b"Identity" if encoding == "Identity-H" else b"GB1"
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>%b>>>>" % resources,
            stream(drawing),
            b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/%b/DescendantFonts[6 0 R]>>" % encoding.encode(),
            b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(%b)/Supplement 0>>/DW 1000/FontDescriptor 7 0 R>>" % ordering,
            b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[0 -200 1000 900]/Ascent 880/Descent -120/ItalicAngle 0/CapHeight 880/StemV 90>>",
            *extra,
        ],
        trailer,
    )


def text(lines: Iterable[tuple[float, float, float, str]]) -> bytes:
    """The drawing of lines, each with x, y (from below), size and characters."""
    return b"\n".join(
        b"BT /F %.1f Tf %.1f %.1f Td <%b> Tj ET" % (size, x, y, shown.encode("utf-16-be").hex().encode())
        for x, y, size, shown in lines
    )


def blank(count: int) -> bytes:
    """So many empty pages."""
    kids = b" ".join(b"%d 0 R" % (n + 3) for n in range(count))
    return pdf(
        [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count %d/Kids[%b]>>" % (count, kids)]
        + [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>"] * count
    )
