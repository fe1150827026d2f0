"""The English of a quantity, by rule: exact, idiomatic, and readable in any slot of a sentence.

`english` works from the values of the `Quantity` and looks at the Chinese only for what the values do not tell: whether
a doubling is done or meant, whether a noun follows. No digit is rounded away and none is added, so that reading the
English back gives the same value.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal, localcontext
from fractions import Fraction

from briefing.extract.dates import plan_number
from briefing.model import Quantity
from briefing.numerals.units import unit as find_unit
from briefing.translate.moments import english_moment as english_moment

_PLAN = re.compile("十?[一二三四五六七八九]五|十五")
_SCALES = ((12, "trillion"), (9, "billion"), (6, "million"))
_HEDGES = {
    "exact": "",
    "about": "about ",
    "over": "more than ",
    "near": "nearly ",
    "at_least": "at least ",
    "at_most": "at most ",
}
_SMALL = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_PARTS = (
    *("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh"),
    *("twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"),
)
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_UNITS = {"千瓦时": ("kWh", "kWh"), "度电": ("kWh", "kWh"), "人次": ("person-time", "person-times")}
"""Where another of the unit's readings than the first serves better in a sentence."""
_MANY = {
    1: "several dozen",
    2: "several hundred",
    3: "several thousand",
    4: "tens of thousands",
    5: "several hundred thousand",
    6: "several million",
    7: "tens of millions",
    8: "several hundred million",
    9: "several billion",
    10: "tens of billions",
    11: "several hundred billion",
    12: "several trillion",
}
"""From 2 to 9 times a power of ten, by the power: 几十, 数百 …"""
_MEANT = re.compile("力争|将|要|确保|目标|争取|规划|计划|预计|有望|推动|努力|实现|到20|到２０|达到")
_DONE = re.compile("了|已|完成")
_HEADS = re.compile("[生员工者师民兵客童数口才户队力手众表]$")
"""What a noun before a number of people ends with: 毕业生611万人 is 6.11 million (graduates)."""
_HOUSES = re.compile("(?:户|企业|主体|公司|单位|商家|农场|合作社|店)$")
"""The same for 户."""
_VISITS = re.compile("[生员工者师民兵客众量数次]$")
"""The same for 人次: 游客500万人次, 吞吐量7000万人次."""


def english(q: Quantity, zh: str) -> str:
    """The English of `q`; "" where no rule renders it (a soft phrase without a value).

    `zh` is the text that `q.span` counts in, or just the characters under the span.

    >>> from briefing.spans import Span
    >>> q = Quantity(Span(0, 7), "money", Decimal("1.4e11"), None, "over", "元", "")
    >>> english(q, "1400余亿元")
    'more than 140 billion yuan'
    """
    surface, ahead, behind = _around(q, zh)
    match q.kind:
        case "soft":
            return _phase(surface, ahead, behind) or _soft(q, surface)
        case "fraction":
            shown = _bounded(q, _fraction)
            return shown if q.bound in ("exact", "range") else shown.replace("one-quarter", "a quarter")
        case "rank":
            return _rank(q, surface)
        case "multiple":
            before = zh[max(0, q.span.start - 60) : q.span.start] if ahead else ""
            return _multiple(q, surface, re.split("[。；！？\n]", before)[-1], behind)
        case "percent":
            return (
                _range(q, "–")
                if q.bound == "range"
                else _bounded(q, lambda v: figure(v) + _sign(q.unit), _within(q, surface))
            )
    if (many := _several(q, surface, behind)) is not None:
        return many
    if q.unit == "强":
        return f"top {_bounded(q, figure)}"
    return _counted(q, ahead, surface, behind)


_ROMAN = {"一期": "phase I", "二期": "phase II", "三期": "phase III", "四期": "phase IV", "五期": "phase V"}
_HELD = re.compile("举办|开办|开展|完成|共|[班办了届训]$")
"""What is held so many times: 举办培训班三期."""


def _phase(surface: str, ahead: str, behind: str) -> str:
    """The third phase of what is built: 接收站三期, 三期工程; "" for what was held three times."""
    built = re.match("工程|项目|建设|厂房|园区|地块|$|[，。；、：]", behind)
    return _ROMAN.get(surface, "") if ahead and built and not _HELD.search(ahead) else ""


def figure(value: Decimal) -> str:
    """A number in English digits: grouped by thousands, or with million, billion or trillion where nothing is lost.

    >>> [figure(Decimal(x)) for x in ("526", "13987", "1.4E11", "123456700", "7654321", "0.50")]
    ['526', '13,987', '140 billion', '123.4567 million', '7,654,321', '0.5']
    """
    with localcontext(prec=len(value.as_tuple().digits) + 2):
        value = value.normalize()
        for power, name in _SCALES:
            if abs(value) >= 10**power:
                mantissa = value.scaleb(-power).normalize()
                places = max(0, -int(mantissa.as_tuple().exponent))
                if places <= 3 or int(value.as_tuple().exponent) >= 2:
                    return f"{_digits(mantissa)} {name}"
        return _digits(value)


def _digits(value: Decimal) -> str:
    return f"{value:,f}"


def _around(q: Quantity, zh: str) -> tuple[str, str, str]:
    """The characters under the span, before it in the clause and after it."""
    if q.span.stop > len(zh) or (q.span.start and len(zh) == len(q.span)):
        return zh, "", ""
    start, stop = q.span.start, q.span.stop
    ahead = re.split(r"[，。；！？,;!?\n]", zh[max(0, start - 40) : start])[-1]
    return zh[start:stop], ahead, zh[stop : stop + 12]


def _within(q: Quantity, surface: str) -> str:
    """The hedge of 3年内, 5.5%以内; "" where the usual one serves."""
    return "within " if q.bound == "at_most" and surface.endswith("内") else ""


def _sign(unit: str) -> str:
    return "%" if unit in ("", "%", "％") else unit if unit == "‰" else f" {_name(unit, True)}"


def _bounded(q: Quantity, render: Callable[[Decimal], str], hedge: str = "") -> str:
    if q.bound == "range" and q.low is not None and q.high is not None:
        low, high = render(q.low), render(q.high)
        if " " not in low and " " in high and abs(q.low) < 1000:
            high = _digits(q.high)  # "5 to 2 million" would lend its million to the 5
        return f"{low} to {high}"
    value = q.low if q.low is not None else q.high
    return "" if value is None else f"{hedge or _HEDGES.get(q.bound, '')}{render(value)}"


def _range(q: Quantity, dash: str) -> str:
    assert q.low is not None and q.high is not None
    return f"{figure(q.low)}{_sign(q.unit)}{dash}{figure(q.high)}{_sign(q.unit)}"


def _name(unit: str, plural: bool) -> str:
    if unit in _UNITS:
        return _UNITS[unit][plural]
    found = find_unit(unit)
    if found is None:
        return ""
    return found.plural if plural else found.singular


def _counted(q: Quantity, ahead: str, surface: str, behind: str = "") -> str:
    """The number with its unit; a classifier is left out, since the noun follows."""
    value = q.high if q.high is not None else q.low
    single = q.bound != "range" and value is not None and abs(value) == 1
    name = ""
    if q.unit == "吨级":
        return f"{_bounded(q, figure)}-tonne-class"
    if q.kind != "count" or _stands_alone(q.unit, ahead, behind):
        whole = q.unit != "人" or value is None or value == value.to_integral_value()
        name = _name(q.unit, not single) if whole else ""  # 3.8 physicians per 1,000 people are no 3.8 people
    number = _bounded(q, figure, _within(q, surface))
    return f"{number} {name}" if name and number else number


def _stands_alone(unit: str, ahead: str, behind: str = "") -> bool:
    """Whether a classifier is the noun as well: 人 and 人次, unless a noun for those people stands before.

    户 is one too, unless a noun for households or firms stands beside it: 居民300户 are 300 households, 农户300户
    are 300 (farming households), 300户企业 are 300 (enterprises).
    """
    ahead = re.sub("(?:预计|有望|力争|将|已)?(?:达到|达|突破|超过|超|约|近|为|逾|有)$", "", ahead)
    if unit == "户":
        return not (_HOUSES.search(ahead) or re.match(r"[\u4e00-\u9fff](?<![，。以])", behind))
    return (unit == "人" and not _HEADS.search(ahead)) or (unit == "人次" and not _VISITS.search(ahead))


def _several(q: Quantity, surface: str, behind: str) -> str | None:
    """The English of 几十, 数百, 几千亿 (from 2 to 9 of a power of ten); None for any other range."""
    if q.bound != "range" or q.low is None or q.high is None or not re.search("[几数]", surface):
        return None
    power = q.low.adjusted()
    if q.low != Decimal(2).scaleb(power) or q.high != Decimal(9).scaleb(power) or power not in _MANY:
        return None
    name = _name(q.unit, True) if q.kind != "count" or q.unit in ("人", "人次") else ""
    noun = name or re.match(r"[\u4e00-\u9fff]", behind)
    of = " of" if noun and _MANY[power].startswith("tens") else ""
    return f"{_MANY[power]}{of}{f' {name}' if name else ''}"


def _fraction(value: Decimal) -> str:
    """A fraction in words where it is one of those that English has a word for, else with a stroke.

    >>> [_fraction(Decimal(x)) for x in ("0.5", "0.333333", "0.75", "0.291667")]
    ['half', 'one-third', 'three-quarters', 'seven twenty-fourths']
    """
    ratio = Fraction(value).limit_denominator(1000)
    over, under = ratio.numerator, ratio.denominator
    if (over, under) == (1, 2):
        return "half"
    if 2 < under < 100 and 0 < over < under:
        count = _SMALL[over] if over < len(_SMALL) else str(over)
        return f"{count}{'-' if under <= 10 else ' '}{_part(under)}{'s' if over > 1 else ''}"
    return f"{over}/{under}" if under > 1 else str(over)


def _part(under: int) -> str:
    """The name of one of `under` equal parts: third, quarter, twenty-fourth."""
    if under == 4:
        return "quarter"
    if under < len(_PARTS):
        return _PARTS[under]
    tens, ones = divmod(under, 10)
    return f"{_TENS[tens]}-{_PARTS[ones]}" if ones else f"{_TENS[tens][:-1]}ieth"


def ordinal(number: int) -> str:
    """The number as an ordinal in digits.

    >>> [ordinal(n) for n in (1, 2, 3, 11, 22, 103)]
    ['1st', '2nd', '3rd', '11th', '22nd', '103rd']
    """
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number:,}{ending}"


def _rank(q: Quantity, surface: str) -> str:
    value = q.high if q.high is not None else q.low
    if value is None:
        return ""
    if surface.startswith("前") or q.bound == "at_most":
        return f"top {_digits(value)}"
    if q.bound == "range" and q.low is not None:
        return f"{ordinal(int(q.low))} to {ordinal(int(value))}"
    return f"{_HEDGES.get(q.bound, '')}{ordinal(int(value))}"


def _multiple(q: Quantity, surface: str, ahead: str, behind: str) -> str:
    """3.5 times; a doubling as the verb that it is in Chinese (翻番), in the form that fits what is done or meant."""
    value = q.low if q.low is not None else q.high
    if value is None:
        return ""
    if "番" in surface and q.bound != "range" and value in (2, 4):
        meant = bool(_MEANT.search(ahead)) and not _DONE.search(surface + behind[:1])
        verb = "double" if value == 2 else "quadruple"
        return f"{_HEDGES.get(q.bound, '')}{verb}{'' if meant else 'd'}"
    if q.bound != "range" and value == 1:
        return f"{_HEDGES.get(q.bound, '')}1-fold"  # "1 time" would be an occasion
    return f"{_bounded(q, figure)} times"


def _soft(q: Quantity, surface: str) -> str:
    """Numbers of set phrases: three major, 14th, 12; a label in digits as it stands, a plan by its number."""
    value = q.low if q.low is not None else q.high
    if value is None:
        label = unicodedata.normalize("NFKC", surface).strip("“”‘’\"'")
        if _PLAN.fullmatch(label):
            return f"{ordinal(plan_number(label))} Five-Year Plan"
        if not label.isascii():
            return ""
        return label if len(label) == len(surface) else f'"{label}"'
    whole = value == value.to_integral_value()
    if whole and (surface.startswith("第") or (q.unit == "届" and q.bound == "exact")):
        return ordinal(int(value))
    if surface.startswith("首") and value == 1:
        return "first"
    if q.unit == "强":
        return f"top {_digits(value)}"
    if surface.endswith("大") and q.unit in ("", "大"):
        return f"{_SMALL[int(value)] if whole and 0 <= value <= 10 else _digits(value)} major"
    if "几" in surface and q.low == 2 and q.high == 9:
        name = _name(q.unit, True) if _measured(q.unit) else ""
        return f"several {name}".rstrip()
    return _counted(q, "", surface) if _measured(q.unit) else _bounded(q, figure)


def _measured(unit: str) -> bool:
    """Whether the unit is more than a classifier, so that English needs it."""
    found = find_unit(unit) if unit else None
    return found is not None and found.kind in ("money", "measure", "percent", "point")
