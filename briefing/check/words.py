"""Number words of English as the check looks for them in unread text: apart from the reader, on purpose."""

from __future__ import annotations

from decimal import Decimal

_WORDS = {
    "0": "zero no",
    "1": "one a an single first once sole daiichi",
    "2": "two both second twice daini pair couple double doubling dual bilateral secondary",
    "0.5": "half halfway midway mid",
    "3": "three third triple trilateral thrice tertiary",
    "4": "four fourth quarter quadruple",
    "5": "five fifth",
    "6": "six sixth",
    "7": "seven seventh",
    "8": "eight eighth",
    "9": "nine ninth",
    "10": "ten tenth decade decades",
    "11": "eleven eleventh",
    "12": "twelve twelfth dozen",
    "13": "thirteen thirteenth",
    "14": "fourteen fourteenth",
    "15": "fifteen fifteenth",
    "16": "sixteen sixteenth",
    "17": "seventeen seventeenth",
    "18": "eighteen eighteenth",
    "19": "nineteen nineteenth",
    "20": "twenty twentieth",
    "30": "thirty thirtieth",
    "40": "forty fortieth",
    "50": "fifty fiftieth",
    "60": "sixty sixtieth",
    "70": "seventy seventieth",
    "80": "eighty eightieth",
    "90": "ninety ninetieth",
    "100": "hundred hundreds hundredth century centenary centennial",
    "1000": "thousand thousands millennium millennia millennial",
}
_VALUES = {word: Decimal(value) for value, words in _WORDS.items() for word in words.split()}

_ROMAN = {"II": 2, "III": 3, "IV": 4, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "XI": 11, "XII": 12}


ALLUSIVE = frozenset(["secondary", "dual", "bilateral", "trilateral", "tertiary", "mid", "midway", "halfway", "no"])
"""Words that hold a number but count nothing: secondary roads are not two."""


def spelled(word: str) -> Decimal | None:
    """The value of an English number word or of digits, None for any other word.

    >>> spelled("Twice"), spelled("14"), spelled("cat") is None
    (Decimal('2'), Decimal('14'), True)
    """
    if word in _ROMAN:
        return Decimal(_ROMAN[word])
    return Decimal(word) if word.isascii() and word.isdigit() else _VALUES.get(word.lower())
