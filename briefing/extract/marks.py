"""Marks in front of a Chinese number: signs, currencies, 每年, letters of a name."""

from __future__ import annotations

import re
from dataclasses import replace

from briefing.extract.drafts import UnitHit
from briefing.numerals import units
from briefing.numerals.zh_scan import Number

_CURRENCY = re.compile(r"(?:(US|HK|NT|[ACS])?\$|¥|€|£|(?:人民币|RMB|CNY|美金)[ :]?) ?\Z")
_SIGNS = {
    "$": "美元",
    "US$": "美元",
    "HK$": "港元",
    "NT$": "新台币",
    "A$": "澳元",
    "C$": "加元",
    "S$": "新加坡元",
    "€": "欧元",
    "£": "英镑",
}


def currency(folded: str, left: int) -> tuple[str, int]:
    """The currency whose sign ends at `left`, and where the sign begins."""
    found = _CURRENCY.search(folded, max(0, left - 6), left) if left and folded[left - 1] in "$¥€£币BYb金: " else None
    if found is None:
        return "", left
    return _SIGNS.get(found[0].strip(), "美元" if found[0].startswith("美金") else "元"), found.start()


_BEFORE_MINUS = ' 　\t\n，。；：、（(“"为是至到达约在于了温从低度近过负:;,'
"""A hyphen after any other character joins; after these it is a minus."""
_NUMBER_NEAR = re.compile(r"[\d一二三四五六七八九十百千万亿][^，。；、：（）\s]{0,4}\Z")
_COLD = re.compile(r"(?:零下|负|-)(?:华氏|摄氏)?(?:温度)? ?\Z")


_BURDENS = tuple("税担重减抱肩背欺胜自债辜")
"""Before 负 these make a word of it: 税负, 减负."""


def sign(folded: str, text: str, left: int) -> tuple[bool, int]:
    """Whether the number is below zero, and where its sign begins: 零下5℃, -2.5%, 负3.9%."""
    if not left or folded[left - 1] not in "-负下氏度 ":
        return False, left
    found = _COLD.search(folded, max(0, left - 8), left)
    if found is None:
        return False, left
    if folded[found.start()] == "-":
        at = found.start()
        before = folded[at - 1 : at]
        if (
            text[at] in "-－−"
            and "\u4e00" <= before <= "\u9fff"
            and not _NUMBER_NEAR.search(folded, max(0, at - 7), at)
        ):
            return True, at
        after_number = before == " " and folded[at - 2 : at - 1].isalnum()
        if text[at] not in "-－−" or (before and before not in _BEFORE_MINUS) or after_number:
            return False, left
    if folded[found.start()] == "负" and folded[found.start() - 1 : found.start()] in _BURDENS:
        return False, left  # 税负3500亿元: the last character of a burden, no sign
    return True, found.start()


_PASSAGE = re.compile(r"(?:跨越|横跨|穿越|飞越|越过|跃过|迈过|冲过|跨过|超越)\Z")
_STAGE = re.compile(r"(?:迈上|登上|跨上|站上|站上了|站稳|踏上)\Z")


def is_passage(folded: str, begin: int, left: int, hit: UnitHit) -> bool:
    """Whether the hedge is a verb of motion here: 跨越3000公里 is 3,000 kilometres, 跨上几个台阶 some steps."""
    verb = folded[begin:left].strip()
    found = units.unit(hit.name)
    if _PASSAGE.match(verb):
        return found is not None and found.dimension in {"length", "time", "months"}
    return bool(_STAGE.match(verb)) and hit.kind == "count"


_PER = re.compile(r"[每平][年月日天周均](?:均)?(?:达|为)?\Z|每小时\Z")


def per(folded: str, left: int) -> int:
    """How many characters before the number say 每年 and the like, so that the hedge stands before them."""
    found = _PER.search(folded, max(0, left - 4), left)
    return 0 if found is None else left - found.start()


def letters(folded: str, left: int, hit: UnitHit | None, number: Number) -> bool:
    """Whether the number is part of a name in Latin letters (G20, T3航站楼, PM2.5)."""
    if not left:
        return False
    before = folded[left - 1]
    if before in "-_./#·" and left > 1:
        return folded[left - 2].isascii() and folded[left - 2].isalpha()
    if not (before.isascii() and before.isalpha()):
        return before == "№"
    strong = hit is not None and (len(hit.printed) > 1 or hit.kind in {"percent", "money"} or number.scale != "")
    return not strong or not folded[max(0, left - 2) : left].isupper()


_DEGREES = re.compile(r"(华氏|摄氏)(?:温度)?(?:零下|负)?\Z")


def degrees(folded: str, left: int, hit: UnitHit) -> tuple[UnitHit, int]:
    """华氏98度: which scale of temperature was named before the number."""
    found = _DEGREES.search(folded, max(0, left - 6), left)
    return (hit, left) if found is None else (replace(hit, name=f"{found[1]}度"), found.start())
