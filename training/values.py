"""Where the same quantity or date stands on both sides of a pair, found by value.

This grammar is only as wide as training needs: what it misses stays in the text as plain digits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_MULT = {"万亿": 10**12, "千亿": 10**11, "百亿": 10**10, "亿": 10**8, "千万": 10**7, "百万": 10**6, "十万": 10**5,
         "万": 10**4, "千": 1000, "百": 100}  # fmt: skip
_WORDS = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_UNITS_ZH = (
    "个百分点|百分点|%|人民币|亿元|美元|港元|欧元|日元|英镑|元|平方公里|平方千米|平方米|立方米|公里|千米|海里|米|公顷|亩"
    "|吨标准煤|吨|公斤|千克|克|斤"
    "|千瓦时|千瓦|兆瓦|瓦|度|人次|人份|人|个|家|项|户|名|件|条|所|座|位|次|场|辆|台(?!阶)|套|种|批|处|只|列|架|艘|部|届|部门|例|起|宗|头|羽|箱|标箱|对|类|点"
    "|倍|天|年|小时|分钟|个月|个小时|周年|岁|摄氏度|℃|级"
)
_ZH = re.compile(
    r"(?:超过|突破|超|近|约|逾|不少于|不低于|至少|不超过)?(?<![\dA-Za-z.])(?P<num>\d[\d,]*(?:\.\d+)?)(?![\dA-Za-z.])"
    rf"(?P<more>多|余)?(?P<mult>万亿|千亿|百亿|亿|千万|百万|十万|万|千|百)?(?:多|余)?(?P<unit>{_UNITS_ZH})?(?:以上|以下|左右|以内)?"
)
_UNITS_EN = (
    r"percentage points?|percent(?!age)|per cent|%|yuan|RMB|US dollars|U\.S\. dollars|dollars|euros|yen|pounds"
    r"|HK dollars|mu\b|hectares?|square kilomet(?:er|re)s?|square met(?:er|re)s?|cubic met(?:er|re)s?"
    r"|kilomet(?:er|re)s?|sq km|km|met(?:er|re)s?|nautical miles?"
    r"|metric tons?|tons? of standard coal|tonn?e?s?\b|kilograms?|kg|kilowatt-hours?|kilowatts?|kWh|megawatts?"
    r"|degrees Celsius|times"
)
_EN = re.compile(
    r"(?:\b(?:more than|over|nearly|about|around|approximately|almost|at least|not less than|no less than|no more than"
    r"|some|up to)\s)?(?:RMB ?|US\$ ?|HK\$ ?|\$ ?)?(?<![\w.])(?P<num>\d[\d,]*(?:\.\d+)?)"
    r"(?:[ -]?(?P<mult>hundred|thousand|million|billion|trillion)\b)?"
    rf"(?:[ -]?(?:{_UNITS_EN}))?",
    re.I,
)
_MONTHS = ["January", "February", "March", "April", "May", "June", "July"]
_MONTHS += ["August", "September", "October", "November", "December"]
_SHORT = {m[:3]: i for i, m in enumerate(_MONTHS, 1)}
_MONTH = rf"(?P<m>{'|'.join(_MONTHS)}|{'|'.join(m[:3] + chr(92) + '.' for m in _MONTHS if m != 'May')})"
_DATE_ZH = re.compile(
    r"(?:(?P<y>(?:19|20)\d\d)年(?!均|来|度人))?(?:(?P<m>1[0-2]|0?[1-9])月(?!份?均))?(?:(?P<d>3[01]|[12]\d|0?[1-9])[日号])?"
)
_RELATIVE = {
    "今年": "this year", "去年": "last year", "明年": "next year", "前年": "the year before last",
    "上年": "the previous year", "今天": "today", "昨天": "yesterday", "本月": "this month", "上月": "last month",
    "当日": "that day",
}  # fmt: skip
_RELATIVE_ZH = re.compile("|".join(_RELATIVE))
_RELATIVE_EN = re.compile(rf"\b(?:{'|'.join(_RELATIVE.values())})\b", re.I)
_DATE_EN = (
    re.compile(rf"{_MONTH} (?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<y>(?:19|20)\d\d))?\b"),
    re.compile(rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?{_MONTH}(?:,? (?P<y>(?:19|20)\d\d))?\b"),
    re.compile(rf"{_MONTH}(?:,? (?:of )?(?P<y>(?:19|20)\d\d))?\b"),
    re.compile(r"(?<![\d.,$])(?P<y>(?:19|20)\d\d)(?![\d,.]*\d)(?! (?:yuan|people))"),
    re.compile(r"\bthe (?P<d>\d{1,2})(?:st|nd|rd|th)\b"),
)


@dataclass(frozen=True, slots=True)
class Match:
    """A stretch of text, the slot kind it may become, and what it is worth."""

    start: int
    stop: int
    kind: str
    key: object


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", "").rstrip("."))


def zh_values(text: str) -> list[Match]:
    """Quantities and dates of a Chinese text, left to right.

    >>> [(m.kind, str(m.key)) for m in zh_values("2024年营收超1.2亿元")]
    [('d', '(2024, None, None)'), ('n', '120000000')]
    """
    out: list[Match] = []
    at = 0
    for m in _DATE_ZH.finditer(text):
        if m.end() - m.start() > 1 and m.start() >= at and (m.start() == 0 or not text[m.start() - 1].isdigit()):
            key = tuple(int(m[g]) if m[g] else None for g in "ymd")
            out.append(Match(m.start(), m.end(), "d", key))
            at = m.end()
    out += [Match(m.start(), m.end(), "d", _RELATIVE[m.group()]) for m in _RELATIVE_ZH.finditer(text)]
    taken = [(m.start, m.stop) for m in out]
    for m in _ZH.finditer(text):
        if any(s < m.end() and m.start() < e for s, e in taken):
            continue
        key = (_number(m["num"]) * _MULT.get(m["mult"] or "", 1)).normalize()
        if m["unit"] == "亿元":
            key = (key * 10**8).normalize()
        out.append(Match(m.start(), m.end(), "n", int(key) if key == key.to_integral() else key))
    return sorted(out, key=lambda m: m.start)


def en_values(text: str) -> list[Match]:
    """Quantities and dates of an English text, left to right."""
    out: list[Match] = []
    for pattern in _DATE_EN:
        for m in pattern.finditer(text):
            if any(o.start < m.end() and m.start() < o.stop for o in out):
                continue
            g = m.groupdict()
            month = _SHORT[g["m"][:3]] if g.get("m") else None
            key = (int(g["y"]) if g.get("y") else None, month, int(g["d"]) if g.get("d") else None)
            out.append(Match(m.start(), m.end(), "d", key))
    out += [Match(m.start(), m.end(), "d", m.group().lower()) for m in _RELATIVE_EN.finditer(text)]
    for m in _EN.finditer(text):
        if any(o.start < m.end() and m.start() < o.stop for o in out):
            continue
        number = m["num"].rstrip(",")
        stop = m.end() if number == m["num"] else m.start("num") + len(number)
        key = (_number(m["num"].rstrip(",")) * _WORDS.get((m["mult"] or "").lower(), 1)).normalize()
        out.append(Match(m.start(), stop, "n", int(key) if key == key.to_integral() else key))
    return sorted(out, key=lambda m: m.start)


def shared_values(zh: str, en: str) -> list[tuple[Match, Match]]:
    """The pairs of matches with the same kind and value, where that value stands once on each side."""
    a, b = zh_values(zh), en_values(en)
    out = []
    for x in a:
        same_zh = [m for m in a if (m.kind, m.key) == (x.kind, x.key)]
        same_en = [m for m in b if (m.kind, m.key) == (x.kind, x.key)]
        if len(same_zh) == len(same_en) and same_en:
            out.append((x, same_en[same_zh.index(x)]))
    return out
