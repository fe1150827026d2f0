"""Chinese numerals and decimals, both ways: 一百九十万零三千, 2.3万亿, 3亿5千万, 壹佰, 二〇二四.

`parse` takes a whole numeral and nothing else; finding numerals in a text is `zh_scan`. Traditional
and full-width characters are folded first by `fold`, one for one, so that offsets stay.
"""

from __future__ import annotations

import re
from decimal import Decimal, localcontext
from itertools import pairwise

DIGITS = {
    c: i
    for i, cs in enumerate(["零〇○", "一壹幺", "二贰两俩", "三叁仨", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"])
    for c in cs
}
"""Chinese digits and their values; 两 and 俩 are 2, 仨 is 3."""
TENS = {"廿": 20, "卅": 30}
SCALES = {"十": 1, "拾": 1, "百": 2, "佰": 2, "千": 3, "仟": 3, "万": 4, "亿": 8, "兆": 12}
"""Multipliers as powers of ten."""
MAX_LENGTH = 64
"""Longer runs of numerals are codes or noise; no amount in print comes near."""

_WIDE = {c: c - 0xFEE0 for c in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20, 0x2009: 0x20, 0x202F: 0x20}
_KEPT = "，；：！？（）"
_FOLDED = {
    ord(pair[0]): pair[1]
    for pair in [
        "萬万",
        "億亿",
        "點点",
        "兩两",
        "倆俩",
        "貳贰",
        "參叁",
        "陸陆",
        "幾几",
        "餘余",
        "個个",
        "雙双",
        "對对",
        "輛辆",
        "臺台",
        "條条",
        "塊块",
        "項项",
        "間间",
        "戶户",
        "歲岁",
        "噸吨",
        "畝亩",
        "約约",
        "過过",
        "達达",
        "將将",
        "幣币",
        "圓圆",
        "棟栋",
        "號号",
        "層层",
        "頭头",
        "隻只",
        "張张",
        "場场",
        "屆届",
        "階阶",
        "級级",
        "種种",
        "類类",
        "數数",
        "負负",
        "錢钱",
        "餘余",
        "￥¥",
        "﹪%",
        "－-",
        "–-",
        "—-",
        "―-",
        "─-",
        "−-",
        "～~",
        "∼~",
        "〜~",
        "∶:",
    ]
}
_TABLE = _WIDE | _FOLDED
for _kept in _KEPT:
    _TABLE.pop(ord(_kept), None)

_WIDE_GROUPS = re.compile(r"(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")
_TOO_LONG = re.compile(r"[\d,.]{25}")  # would not fit Decimal's 28 digits once multiplied
_TOKEN = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?|[^\d]")
_POSITIONAL = re.compile(rf"[{''.join(DIGITS)}]{{2,}}")
_POINT = re.compile(rf"(.+?)点([{''.join(DIGITS)}]+)([{''.join(SCALES)}]*)")


def fold(text: str) -> str:
    """Full-width and traditional characters made plain, one for one; every offset stays the same.

    Full-width sentence punctuation is left alone: ， separates, where the comma of 1,234 does not; only
    inside full-width digits, １，２３４, does it group.

    >>> fold("１．７倍，增長約５萬個")
    '1.7倍，增長约5万个'
    """
    if "，" in text:
        text = _WIDE_GROUPS.sub(",", text)
    return text.translate(_TABLE)


def parse(numeral: str) -> Decimal | None:
    """The value of a whole numeral, None if it is not one.

    >>> [str(parse(n)) for n in ("一百九十万零三千", "2.3万亿", "3亿5千万", "两千四百五", "百万", "二〇二四")]
    ['1903000', '2300000000000', '350000000', '2450', '1000000', '2024']
    """
    text = fold(numeral).replace(" ", "")
    if not text or len(text) > MAX_LENGTH or _TOO_LONG.search(text):
        return None
    noted = _noted(fold(numeral).strip())
    if noted is not None:
        return noted
    for sign in ("负", "-"):
        if text.startswith(sign):
            value = parse(text[1:]) if text[1:2].isdigit() or text[1:2] in DIGITS or text[1:2] in SCALES else None
            return None if value is None else -value
    if text == "半百":
        return Decimal(50)
    if text.endswith("打") and len(text) > 1:
        dozens = parse(text[:-1])
        return None if dozens is None else dozens * 12
    if _POSITIONAL.fullmatch(text):
        return Decimal("".join(str(DIGITS[c]) for c in text))
    pointed = _POINT.fullmatch(text)
    if pointed:
        whole = parse(pointed[1])
        if whole is None:
            return None
        fraction = Decimal("0." + "".join(str(DIGITS[c]) for c in pointed[2]))
        return _scaled(whole + fraction, pointed[3])
    return _compound(text)


_NOTATION = re.compile(
    r"(-?)(?:(\d*\.\d+|\d+)(?:[eE]([+-]?\d{1,2})|\^([+-]{0,2}\d{1,2})| ?([kKM]))"
    r"|(-?\.\d+)|(?:(\d{1,9}) )?(\d{1,9})/(\d{1,9}))"
)


def _noted(text: str) -> Decimal | None:
    """The value of a numeral in the notation of calculators: 2e5, 2^-1, 40k, .5, 1 3/5; None for any other."""
    found = _NOTATION.fullmatch(text)
    if found is None:
        return None
    with localcontext() as context:
        context.prec = 15
        base, exponent, power, suffix, plain, whole, above, below = found.groups()[1:]
        if plain is not None:
            value = Decimal(plain)
        elif below is not None:
            if int(below) == 0:
                return None
            value = Decimal(whole or 0) + Decimal(above) / Decimal(below)
        elif exponent is not None:
            value = Decimal(base).scaleb(int(exponent))
        elif power is not None:
            value = Decimal(base) ** int(power.replace("--", "").replace("+", ""))
        elif suffix is not None:
            value = Decimal(base) * (10**6 if suffix == "M" else 1000)
        else:
            return None
        return _plain(-value if found[1] else value)


def _scaled(value: Decimal, scales: str) -> Decimal:
    return _plain(value.scaleb(sum(SCALES[c] for c in scales)))


def _plain(value: Decimal) -> Decimal:
    """Without an exponent, so that the amount prints as 150000000 and not as 1.5E+8."""
    return Decimal(f"{value:f}")


def _compound(text: str) -> Decimal | None:
    """Numbers and multipliers read from left to right.

    Each multiplier takes together what stands before it and is smaller, as in 三千八百|万 or 2.3万|亿.
    """
    parts: list[Decimal] = []
    last = ""
    """The kind of the token before: "scale", "digit", "zero" or "arabic"."""
    power = 0
    tokens = _TOKEN.findall(text)
    for index, token in enumerate(tokens):
        if token in SCALES:
            if last == "scale" and power >= 4 and SCALES[token] < power:
                return None  # 万千 is many, not 11000
            doubled, power = last == "scale" and power == SCALES[token] >= 4, SCALES[token]
            scale = Decimal(1).scaleb(power)
            if doubled and parts:
                parts[-1] *= scale
            else:
                # Digits right before a multiplier are taken whole, even 53082万.
                taken = [parts.pop()] if last == "arabic" else []
                while parts and parts[-1] < scale:
                    taken.append(parts.pop())
                below = sum(taken, Decimal(0)) if taken else Decimal(1)
                parts.append(below * scale)
            last = "scale"
        elif token in TENS:
            if last in {"digit", "arabic"}:
                return None
            parts.append(Decimal(TENS[token]))
            last, power = "scale", 1
        elif token in DIGITS or token[0].isdigit():
            if last in {"digit", "arabic"}:
                return None
            value = Decimal(DIGITS[token]) if token in DIGITS else Decimal(token.replace(",", ""))
            if token in DIGITS and DIGITS[token] == 0 and len(tokens) > 1:
                last = "zero"
                continue
            short = len(token) == 1 and last == "scale" and index == len(tokens) - 1 and power >= 2
            parts.append(value.scaleb(power - 1) if short else value)
            last = "digit" if token in DIGITS else "arabic"
        elif token == "半" and len(tokens) == 1:
            return Decimal("0.5")
        else:
            return None
    if not parts or any(later >= earlier for earlier, later in pairwise(parts)):
        return None
    return _plain(sum(parts, Decimal(0)))


_NAMES = "零一二三四五六七八九"


def render(value: Decimal) -> str:
    """A decimal written out in Chinese; `parse` gives it back.

    >>> render(Decimal("1903000")), render(Decimal("-10.05")), render(Decimal("200000000000"))
    ('一百九十万三千', '负十点零五', '二千亿')
    """
    if not value.is_finite():
        raise ValueError(f"not a finite number: {value}")
    sign, whole, fraction = "负" if value < 0 else "", *f"{abs(value):f}".partition(".")[::2]
    tail = "".join(_NAMES[int(c)] for c in fraction.rstrip("0"))
    return sign + _integer(int(whole)) + ("点" + tail if tail else "")


def _integer(value: int, inner: bool = False) -> str:
    if value < 10:
        return _NAMES[value]
    for power, name in ((8, "亿"), (4, "万"), (3, "千"), (2, "百"), (1, "十")):
        size = 10**power
        if value >= size:
            above, below = divmod(value, size)
            head = "" if value < 20 and not inner else _integer(above, inner)
            gap = "零" if 0 < below < size // 10 else ""
            return head + name + (gap + _integer(below, inner=True) if below else "")
    raise AssertionError(value)
