"""Chinese numbers with no unit behind them that count all the same: 9部门, 得分41, 3死14伤, 以3:2取胜.

Digits are amounts unless their neighbours make a name, a code, a label or the marker of a list of them; numerals in
characters are amounts only where a phrase says so.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from briefing.extract.drafts import Draft
from briefing.extract.negatives import numbered
from briefing.numerals.zh import parse
from briefing.numerals.zh_scan import Number

_JOINED = frozenset("-_/.#№@&*+×=~^\\|<>·•℃°%")
"""What ties a number to a code or a formula on either side."""
_OPEN = frozenset("“‘「『《〈【[(（\"'")
_CLOSE = frozenset("”’」』》〉】])）\"'")
_ENUMERATED = re.compile(r"[、.．)）]|\\.")
_LINE = re.compile(r"(?:^|[\n。；;！？:：])[ \u3000]*[(（]?\Z")
_YEARS = (1900, 2100)
_AFTER_NAMES = re.compile(
    r"[号路线街弄型式系世时]|后(?![面边方台来续期排勤])|[公国省县乡]道|标段|版本|教授|医院|工程|高校|大学|中学|小学|院校|公司|集团|影院|酒店|大厦|广场|商场|便民|政务|政府|市民|热线|专线|平台|电话|急救|报警|火警|投诉"
    r"|部队|[团师旅军](?![员生资])|客机|飞机|战机|直升机|火箭|卫星|飞船|航班|列车|次列车|次航班|发动机|处理器|芯片|协议|标准(?!箱)"
)


def counts(folded: str, start: int, stop: int, number: Number) -> bool:
    """Whether the digits at `start`..`stop` are an amount by themselves, and no code, name, year or list marker.

    >>> from briefing.numerals.zh_scan import read
    >>> [counts(t, i, i + len(n), read(n)) for t, i, n in (("得分41", 2, "41"), ("波音737", 2, "737"), ("5G", 0, "5"))]
    [True, False, False]
    """
    run = folded[start:stop]
    before, after = folded[start - 1 : start], folded[stop : stop + 1]
    if (before in _JOINED and before) or (after in _JOINED and after):
        return False
    if after and after in "日月年":
        return False  # 5日均线: what the grammar of dates has left
    near_before = folded[start - 2 : start - 1] if before == " " else before
    near_after = folded[stop + 1 : stop + 2] if after == " " else after
    if _is_latin(near_before) or _is_latin(near_after):
        return False
    if before in _OPEN and before and (after in _CLOSE or before not in "(（"):
        return False
    if after in _CLOSE and after and after not in ")）":
        return False
    if _ENUMERATED.match(folded, stop) and _LINE.search(folded, max(0, start - 4), start):
        return False
    if (before == ":" and folded[start - 2 : start - 1].isdigit()) or (
        after == ":" and folded[stop + 1 : stop + 2].isdigit()
    ):
        return _is_score(folded, start, stop)
    plain = run.replace(",", "").replace(" ", "")
    if plain.isdigit() and "," not in run:
        if len(plain) > 6 or (len(plain) > 1 and plain[0] == "0"):
            return False
        if len(plain) == 4 and _YEARS[0] <= number.low <= _YEARS[1]:
            return False
    if _AFTER_NAMES.match(folded, stop):
        return False
    return not _named_before().search(folded, max(0, start - 8), start)


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalpha()


@cache
def _named_before() -> re.Pattern[str]:
    """Words that a number names one thing of: 波音737, 图3, 热线12345."""
    return re.compile(rf"(?:{numbered()})(?:[:：为是 ]{{0,2}})\Z")


_CONTEST = re.compile(
    r"战胜|获胜|取胜|击败|负于|不敌|战平|领先|落后|比分|大胜|险胜|完胜|横扫|逆转|淘汰|打平|力克|胜|负|输|赢|小胜|惜败|告负|总分"
)


def _is_score(folded: str, start: int, stop: int) -> bool:
    """以3:2取胜: two numbers of a result, not a time of day or a proportion."""
    clause = folded[max(0, start - 14) : stop + 14]
    return bool(_CONTEST.search(clause)) and stop - start <= 3


NUMBERING = r"数以[十百千万亿]{1,2}计"
"""数以百万计: as many as some millions; to be put into a larger pattern."""


def numbering(folded: str, start: int, stop: int) -> Draft:
    """数以万计 is 20,000 to 90,000, as 数万 is."""
    scale = parse(folded[start + 2 : stop - 1]) or Decimal(1)
    number = Number(2 * scale, 9 * scale, "range", True)
    return Draft(start, stop, start, stop, number, number.low, number.high, "count", "", "numbering")


CASUALTIES = r"[死亡伤]"
_HURT = re.compile(
    r"(?:人|名[\u4e00-\u9fff]{0,4})?(?:当场|不幸|已|被|经|在|因)?[\u4e00-\u9fff]{0,2}?(?:死|伤|亡|遇难|失踪|失联|获救|被困|被捕|溺|牺牲|殉职)"
)


def is_casualty(folded: str, stop: int) -> bool:
    """一人死亡, 一死三伤: 一 counts where people are killed, hurt, missed or saved."""
    return _HURT.match(folded, stop) is not None
