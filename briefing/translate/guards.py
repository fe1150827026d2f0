"""Whether a hypothesis is fit to be shown: what goes wrong in machine translation, told apart by rule."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.model import Slot
from briefing.translate.names import word
from briefing.translate.placeholders import TOKEN, returned

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_RUN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")
_LOOP = re.compile(r"(\b\w+(?:\W+\w+){0,5})(?:\W+\1\b){2,}", re.IGNORECASE)
_SIDE_BY_SIDE = re.compile(r"(<n[1-9]>)(?: and | or |\s*)(?=(<n[1-9]>))")
_BETWEEN = r"(?:[、和及与或至到，（(]|以及|—|-|~)?"
"""What may stand between two numbers of one list."""
_DENIES = re.compile(
    r"[绝决从并也都](?:不|没)|没有|不(?:搞|能|得(?!不|已)|准|许|会(?!议)|再|是(?!很)|让|留|设|愿|允许|应|可(?!或缺|思议)|要|存在|需要?)"
    r"|未能|尚未|禁止|严禁|杜绝"
)
"""Words that deny in so many words."""
_NEGATIVE = re.compile(
    r"\b(?:no|not|never|without|nor|neither|none|nothing|nobody|cannot|zero|ban|forbid|stop|refrain|lack|free|fail|yet"
    r"|rather than|instead of|unless|end(?:s|ed)?|eliminat\w+|eradicat\w+|prohibit\w*|bann\w+|prevent\w*|avoid\w*"
    r"|refus\w+|rul\w+ out|out of|un\w{4,}|im\w{5,}|in\w{2,}ible|stopp\w+|\w+less)\b|n['’]t\b",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_WORDS_PER_HAN = (0.12, 2.2)
"""English words per Chinese character; human translations of work reports lie between 0.35 and 0.9."""


_MOST_ROMANISED = 2
"""Words in pinyin that one hypothesis may hold: with more of them it is no translation."""


def romanised(hypothesis: str) -> str | None:
    """`hypothesis` with words that it could not translate in pinyin and brackets; None where they are too many.

    >>> romanised("clean up 撂荒 land"), romanised("清理撂荒耕地等等 land")
    ('clean up [liaohuang] land', None)
    """
    runs = _RUN.findall(hypothesis)
    if not runs or len(runs) > _MOST_ROMANISED or any(len(run) > 4 for run in runs):
        return None
    return re.sub(" {2,}", " ", _RUN.sub(lambda m: f" [{word(m.group()).lower()}] ", hypothesis)).strip()


def glued(source: str, hypothesis: str) -> bool:
    """Whether `hypothesis` lists numbers side by side that stand apart in `source`, each with its own noun.

    >>> glued("建设<n1>院校和<n2>专业群", "build <n2> and <n1> colleges and groups")
    True
    >>> glued("建设<n1>、<n2>项目", "build <n1> and <n2> projects")
    False
    """
    for first, second in _SIDE_BY_SIDE.findall(hypothesis):
        one, other = re.escape(first), re.escape(second)
        together = rf"{one}{_BETWEEN}{other}|{other}{_BETWEEN}{one}"
        if not re.search(together, source) and not re.search("分别|相应", source):
            return True
    return False


def unnegated(source: str, hypothesis: str) -> bool:
    """Whether `source` says that something is not so and `hypothesis` has no word for that: it says the opposite.

    >>> unnegated("我们不搞大水漫灌", "we engage in strong stimulus"), unnegated("绝不放松", "we will never relax")
    (True, False)
    >>> unnegated("不断提高不少于<n1>", "improve <n1>")
    False
    """
    return _DENIES.search(source) is not None and _NEGATIVE.search(hypothesis) is None


def fault(source: str, hypothesis: str, slots: Sequence[Slot]) -> str:
    """The first thing that is wrong with `hypothesis` for the masked `source`, "" if nothing is.

    One of "empty", "slots", "digits" (a number outside any slot that the source does not print), "chinese" (left over),
    "loop", "short", "long".

    >>> fault("新增企业", "new enterprises 33", ())
    'digits'
    >>> fault("新增企业", "new enterprises", ())
    ''
    """
    if not hypothesis.strip(" .,;"):
        return "empty"
    if not returned(hypothesis, slots):
        return "slots"
    bare, bare_source = TOKEN.sub(" ", hypothesis), TOKEN.sub("", source)
    if len(_DIGIT.findall(bare)) > len(_DIGIT.findall(bare_source)):
        return "digits"
    if _HAN.search(bare):
        return "chinese"
    if _LOOP.search(hypothesis):
        return "loop"
    han, words = len(_HAN.findall(bare_source)), len(TOKEN.sub(" x ", hypothesis).split())
    if han >= 6 and words < han * _WORDS_PER_HAN[0]:
        return "short"
    if words > 8 + len(slots) + han * _WORDS_PER_HAN[1]:
        return "long"
    return ""
