"""English text as tokens: words, literal numbers, labels with digits in them, and symbols.

One regular expression without nested repetition cuts the text, so the cost grows with its length
whatever is in it. A label (G20, COVID-19, H5N1, 192.168.1.2, a URL) is one token that no rule of the
grammar reads as a number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

TokenKind = Literal["number", "word", "label", "symbol"]

MAX_DIGITS = 40
"""A longer run of digits is an identifier, not an amount."""

HYPHENS = frozenset("-–")
_WIDE = {0xFF01 + i: 0x21 + i for i in range(94)} | {ord("，"): ",", ord("\u2212"): "-", ord("‐"): "-", ord("‑"): "-"}
_VULGAR = {
    "½": "0.5", "¼": "0.25", "¾": "0.75", "⅛": "0.125", "⅜": "0.375", "⅝": "0.625", "⅞": "0.875",
    "⅕": "0.2", "⅖": "0.4", "⅗": "0.6", "⅘": "0.8", "⅒": "0.1",
}  # fmt: skip
_VULGAR_RATIO = {"⅓": (1, 3), "⅔": (2, 3), "⅙": (1, 6), "⅚": (5, 6), "⅐": (1, 7), "⅑": (1, 9)}

_CODES = "RMB|CNY|CNH|USD|EUR|GBP|JPY|HKD|AUD|CAD|SGD|TWD|KRW|INR|RUB|CHF|MOP|NZD"
_TOKEN = re.compile(
    rf"""
    (?P<url>(?:https?://|www\.)\S+)
  | (?P<rule>(?P<same>[^\w\s])(?P=same){{7,}}|[0-9](?:[0-9]*+[,./-]){{64,}}+[0-9.,/-]*+|[0-9]{{41,}})
  | (?P<number>[0-9]+(?:[.,][0-9]+)*
      (?:[eE][+-]?[0-9]{{1,2}}(?!\w|\.[0-9])|\s?[xX×]\s?10(?:\^-?|-)[0-9]{{1,2}}(?!\w))?
    | (?<![0-9.\w])\.[0-9]+)
  | (?P<vulgar>[½¼¾⅛⅜⅝⅞⅕⅖⅗⅘⅒⅓⅔⅙⅚⅐⅑])
  | (?P<initials>[Uu]\.[Ss]\.?(?!\w)|[AaPp]\.[Mm]\.)
  | (?P<prefix>(?i:{_CODES})(?=[0-9.$])|M(?=(?:{_CODES})\b)|(?:US|us|U\.S|HK|hk|NT|A|AU|C|CA|S|NZ|R)(?=\$))
  | (?P<hyphened>(?<![0-9])[^\W\d_]+(?:['’][^\W\d_]+)*-[0-9][0-9A-Za-z]*(?:[.,][0-9]+)*)
  | (?P<mixed>(?<![0-9])[^\W\d_]+[0-9]\w*(?:\.[0-9]+)*)
  | (?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*)
  | (?P<symbol>[^\s])
    """,
    re.VERBOSE,
)
_EXPONENT = re.compile(r"[A-Za-z]{1,3}-[123]")
"""s-1, fb-1: an inverse unit, not one to two of something."""
_OPEN_PREFIXES = frozenset({"top", "over", "under", "nearly", "about", "sub", "plus", "max", "min", "of", "to", "a"})
"""What may stand before a hyphen and a number without making a label of it: over-60s, sub-5%."""


class Token(NamedTuple):
    """One token; `start` and `stop` count code points of the text.

    A named tuple because a page has thousands, and a frozen dataclass takes five times as long to make.
    """

    kind: TokenKind
    """A row of one mark (.......) or of very many numbers on a string is a label."""
    text: str
    low: str
    """The text in lower case, apostrophes straightened."""
    start: int
    stop: int
    value: Decimal | None = None
    """Of a literal number only."""
    grouped: bool = False
    """Of a literal number: it has separators of thousands, so it is no year."""


def tokens(text: str) -> list[Token]:
    """The tokens of `text` in order, white space left out.

    >>> [t.text for t in tokens("COVID-19 cost US$3.5bn, or 1,200 yuan")]
    ['COVID-19', 'cost', 'US', '$', '3.5', 'bn', ',', 'or', '1,200', 'yuan']
    """
    plain = text.translate(_WIDE)
    out: list[Token] = []
    position = 0
    while (match := _TOKEN.search(plain, position)) is not None:
        position = match.end()
        name = match.lastgroup
        if name == "symbol" and match.group() != "-":
            mark = match.group()
            out.append(Token("symbol", mark, "'" if mark == "’" else mark.lower(), match.start(), position))
        elif name == "number":
            run = match.group()
            if run[-1].isdigit() and (
                "e" in run or "E" in run or ("10" in run[1:] and ("x" in run.lower() or "×" in run))
            ):
                out.append(_scientific(run, match.start()))
            else:
                _literals(run, match.start(), out)
        elif name == "vulgar":
            out.append(_vulgar(match.group(), match.start()))
        elif name == "hyphened":
            head = match.group().partition("-")[0]
            if _EXPONENT.fullmatch(match.group()) and (out and out[-1].kind == "number"):
                out.append(_token("label", match.group(), match.start()))
            elif head.lower() in _OPEN_PREFIXES or (
                out and out[-1].kind in ("number", "symbol") and _may_be_unit(plain, match)
            ):
                position = match.start() + len(head)
                out.append(_token("word", head, match.start()))
            else:
                out.append(_token("label", match.group(), match.start()))
        else:
            if name == "symbol" and match.group() == "-" and _in_label(plain, match.end(), out):
                while position < len(plain) and (plain[position].isalnum() or plain[position] == "-"):
                    position += 1
                out[-1] = _token("label", plain[out[-1].start : position], out[-1].start)
                continue
            kind: TokenKind = "label" if name in ("url", "mixed", "rule") else "symbol" if name == "symbol" else "word"
            out.append(_token(kind, match.group(), match.start()))
    return out


def _in_label(plain: str, after: int, out: Sequence[Token]) -> bool:
    """Whether a hyphen goes on with the label before it: scp2-173m, LGA1156-2."""
    return (
        bool(out)
        and out[-1].kind == "label"
        and out[-1].stop == after - 1
        and after < len(plain)
        and plain[after].isdigit()
    )


def _may_be_unit(plain: str, match: re.Match[str]) -> bool:
    """Whether the letters of ``10 km-20 km`` follow a number at once or after one space."""
    before = match.start() - 1
    if before >= 0 and plain[before] == " ":
        before -= 1
    return before >= 0 and (plain[before].isdigit() or plain[before] in "$£€")


def _token(kind: TokenKind, text: str, start: int) -> Token:
    return Token(kind, text, text.lower().replace("’", "'"), start, start + len(text))


def _vulgar(text: str, start: int) -> Token:
    if text in _VULGAR:
        value = Decimal(_VULGAR[text])
    else:
        over, under = _VULGAR_RATIO[text]
        value = ratio(Decimal(over), Decimal(under))
    return Token("number", text, "½", start, start + 1, value)


def ratio(over: Decimal, under: Decimal) -> Decimal:
    """The quotient to six places, as the Chinese side gives it: a third is 0.333333.

    >>> ratio(Decimal(2), Decimal(3)), ratio(Decimal(1), Decimal(4))
    (Decimal('0.666667'), Decimal('0.25'))
    """
    quotient = (over / under).quantize(Decimal("0.000001"))
    return quotient.normalize() + 0 if quotient else over / under


def _scientific(run: str, start: int) -> Token:
    """1.3e6, 6.23x10^-4, 2.48×10-5: one number."""
    mantissa, exponent = re.split(r"[eE]|\s?[xX×]\s?10\^?", run, maxsplit=1)
    value = Decimal(mantissa.replace(",", "")).scaleb(int(exponent))
    return Token("number", run, run, start, start + len(run), value, True)


_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}(?:\.[0-9]+)?")
"""Thousands, or as in India a thousand and hundreds of it: 12,34,567."""
_CONTINENTAL = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]{1,2}")
_PLAIN = re.compile(r"\.?[0-9]+|[0-9]+\.[0-9]+")
_COMMA_DECIMAL = re.compile(r"[1-9]?[0-9],[0-9]{1,2}")


def _literals(run: str, start: int, out: list[Token]) -> None:
    """Append the tokens of one run of digits, points and commas: mostly one, several if it is a list."""
    if _PLAIN.fullmatch(run) or _GROUPED.fullmatch(run):
        out.append(_literal(run, run.replace(",", ""), start, "," in run))
    elif _CONTINENTAL.fullmatch(run):
        out.append(_literal(run, run.replace(".", "").replace(",", "."), start, True))
    elif _COMMA_DECIMAL.fullmatch(run):
        out.append(_literal(run, run.replace(",", "."), start, False))
    elif run.count(".") > 1 and "," not in run:
        out.append(_token("label", run, start))
    else:
        offset = start
        for number, part in enumerate(run.split(",")):
            if number:
                out.append(_token("symbol", ",", offset - 1))
            if _PLAIN.fullmatch(part):
                out.append(_literal(part, part, offset, False))
            else:
                out.append(_token("label", part, offset))
            offset += len(part) + 1


def _literal(text: str, digits: str, start: int, grouped: bool) -> Token:
    if len(digits) > MAX_DIGITS:
        return _token("label", text, start)
    return Token("number", text, text, start, start + len(text), Decimal(digits), grouped)


def at(tokens: Sequence[Token], index: int) -> str:
    """The lower-case text of one token, "" outside the text."""
    return tokens[index].low if 0 <= index < len(tokens) else ""


def adjacent(tokens: Sequence[Token], index: int) -> bool:
    """Whether token `index` follows the one before without white space."""
    return 0 < index < len(tokens) and tokens[index - 1].stop == tokens[index].start


def past_hyphen(tokens: Sequence[Token], index: int) -> int:
    return index + 1 if at(tokens, index) in HYPHENS else index


def in_a_row(tokens: Sequence[Token], index: int) -> bool:
    """Whether a literal number stands among others, as in a table or a list: nothing beside it says more about it."""
    token = tokens[index]
    if token.kind != "number" or (index and tokens[index - 1].low != "," and tokens[index - 1].kind != "number"):
        return False
    after = index + 1 + (at(tokens, index + 1) == ",")
    if after >= len(tokens) or tokens[after].kind != "number":
        return False
    if tokens[after].low == "½" or at(tokens, after + 1) == "/":
        return False
    return after > index + 1 or len(tokens[after].text.partition(".")[0]) != 3
