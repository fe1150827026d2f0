"""What the readers of bilingual files share: pairs of segments, what was skipped, language tags, encodings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from briefing.errors import InputError


@dataclass(frozen=True, slots=True)
class Pair:
    """One Chinese segment with its English, and where the English stands in the file."""

    unit: str
    """The id of the unit or row, its number where it has none."""
    zh: str
    en: str
    line: int
    column: int = 1


@dataclass(slots=True)
class Skipped:
    """What a reader passed over, by reason, and the languages it saw; filled while the pairs are drawn."""

    reasons: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        return "; ".join(f"{count} skipped: {reason}" for reason, count in sorted(self.reasons.items()))


def encoding(head: bytes, *, whole: bool) -> str:
    """The encoding of a text by its first bytes: a byte order mark, UTF-8, or GB18030.

    >>> encoding("增长5%".encode("gb18030"), whole=True), encoding("增长".encode()[:4], whole=False)
    ('gb18030', 'utf-8-sig')
    """
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        if whole or error.end < len(head):  # not merely cut in the middle of a character
            return "gb18030"
    return "utf-8-sig"


_TAGS: Mapping[str, frozenset[str]] = {
    "zh": frozenset({"zh", "cmn", "zho", "chi", "chinese"}),
    "en": frozenset({"en", "eng", "english"}),
}


def is_language(tag: str, wanted: str) -> bool:
    """Whether a language tag means the wanted one: zh-Hans-CN is zh; anything else must begin with it.

    >>> is_language("zh_CN", "zh"), is_language("en-GB", "en-us"), is_language("EN-us", "en-US")
    (True, False, True)
    """
    have, want = (name.strip().lower().replace("_", "-") for name in (tag, wanted))
    if want in _TAGS:
        return have.split("-")[0] in _TAGS[want]
    return bool(want) and (have == want or have.startswith(want + "-"))


def parse_columns(text: str) -> tuple[str, str]:
    """The Chinese and the English column or language tag of --columns ZH,EN; InputError where it is not two."""
    parts = tuple(part.strip() for part in text.split(","))
    if len(parts) != 2 or not all(parts) or parts[0] == parts[1]:
        raise InputError(f"--columns {text!r}: give two different ones, the Chinese first, as in --columns zh-CN,en-US")
    return parts[0], parts[1]
