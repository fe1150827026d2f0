"""Bytes to text: UTF-8, GB18030, Big5 or UTF-16, decided by strict decoding before statistics."""

from __future__ import annotations

import codecs
import re

from briefing.errors import BinaryInput, EmptyInput

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HAN = re.compile("[\u4e00-\u9fff]")
# The commonest characters of Chinese news, simplified and traditional: a text decoded right is full of them.
COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动工也能下过民说产种经济市区建设项目"
    "發展產業經濟區設項國會這個為時來對說過動種們"
)
_SAMPLE = 200_000


def decode(data: bytes) -> tuple[str, str]:
    """The text of `data` and the encoding it was in.

    Raises EmptyInput where there is nothing but white space, BinaryInput where it is no text.

    >>> decode("济南".encode("gb18030"))
    ('济南', 'gb18030')
    """
    if not data.strip():
        raise EmptyInput("the input is empty: give a newspaper issue as text")
    text, encoding = _decode(data)
    if not text.strip("\ufeff \t\r\n\u3000\u200b"):
        raise EmptyInput("the input holds only white space: give a newspaper issue as text")
    odd = len(_CONTROL.findall(text[:_SAMPLE]))
    if odd:
        raise BinaryInput(
            "the input holds control characters such as NUL, so it is no plain text: give the article as .txt "
            "in UTF-8, GB18030, Big5 or UTF-16"
        )
    return text, encoding


def _decode(data: bytes) -> tuple[str, str]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(data, encoding), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    best: list[tuple[float, str, str]] = []
    for encoding in ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        best.append((_likeness(text), encoding, text))
    if best:
        score, encoding, text = max(best, key=lambda item: item[0])
        if score > 0.02:
            return text, encoding
    return _guess(data)


def _likeness(text: str) -> float:
    """The share of the very common characters among the Chinese ones, less what no newspaper holds."""
    sample = text[:_SAMPLE]
    han = _HAN.findall(sample)
    if len(han) < 2:
        return -1.0
    strange = len(_CONTROL.findall(sample)) + sum("\ue000" <= c <= "\uf8ff" for c in sample)
    return sum(c in COMMON for c in han) / len(han) - 5 * strange / len(sample)


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise BinaryInput(f"the input is {encoding} but damaged at byte {error.start}: save it again") from error


def _guess(data: bytes) -> tuple[str, str]:
    """The last resort: a damaged or rare encoding, if the statistics know one."""
    from charset_normalizer import from_bytes

    found = from_bytes(data[:_SAMPLE]).best()
    if found is None or not _HAN.search(str(found)):
        raise BinaryInput(
            "the input is no text in UTF-8, GB18030, Big5 or UTF-16: if it is a PDF, DOCX or scan, convert it to text "
            "first; if it is text, save it as UTF-8"
        )
    try:
        return data.decode(found.encoding), found.encoding
    except UnicodeDecodeError as error:
        raise BinaryInput(
            f"the input looks like {found.encoding} but is damaged at byte {error.start}: save it as UTF-8"
        ) from error
