"""Whether a number was reached, is to be reached, or is neither: achieved, target, other.

The nearest explicit word of tense before the number decides (`tense.markers`); without one, those of
the clauses around it, then the wording of the sentence, then what the caller knows of the place where
the sentence stands (`lean`). A threshold (投资5亿元以上项目) is other, whatever the tense, and what
something changes from (由58%提高到62%) is how things stand.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date
from functools import cache
from importlib import resources

from briefing.extract.calendar_marks import calendar_marks
from briefing.extract.changes import is_origin, origins
from briefing.extract.clauses import clauses, fold
from briefing.extract.tense import Marker, markers, wording
from briefing.model import Status
from briefing.spans import Span

_COUNTED = re.compile(r"\d|[一二三四五六七八九十两百]+[个家项户座所]")
_NEW_PERIOD = re.compile(
    r"(?:[上下] ?半年|今年|[明后来]年|去年|[一二三四]季度|\d{4}年|到|目前|下一?步|未来|今后|年[内底]|接下来)"
)
"""What begins a clause about another time: it says nothing of the one before."""
_GOAL = re.compile("的?(?:[^,;。的]{0,6}目标|目标值?)(?!任务|责任|已|顺利|圆满|全面|提前|如期)")
_REACHED = re.compile("(?:实现|完成|达成|达到|超过|超额|兑现)了?[^,;。]{0,24}$")
_NOW = re.compile("目前|现在|现有|当前|眼下|如今")
_FROM_NOW = 30
"""The weight of a change that sets out from today: 由目前的187项扩大到260项."""
_WINDOW = 300
"""Code points on either side of a number that can bear on it, in what is no longer a sentence."""
_CLEAR = 30
"""The evidence of markers from which the wording of the sentence as a whole can no longer turn the tense."""
_WEAK = -20
"""A marker of this weight or less against the future, such as 同比, goes with plans as well and turns none."""
_DECISIVE = 30
"""The weight from which a marker stands for a tense by itself."""


_GRANTS = re.compile(r"(?<![^,;。“])对[^,;。]{2,28}?(?:给予|奖励|补贴|补助|奖补|资助|贴息)[^,;。]{0,6}$")
_GRANTED = re.compile("已(?!获)|去年|上年|累计|共|了")
_TO_COME = re.compile("将(?!军)|拟|计划|今年|明年|力争|确保|下一?步")
_PASSED = re.compile("超过?|逾|过|突破|破")
_MANY = re.compile("(?:达到?|有|共|已有)?[0-9]+[家户个项所座]")
"""What makes 超百亿元 a condition: the number of those that meet it, 产值超百亿元企业|5家."""
_SHARED = re.compile("[%成]以[上下内]$")
_RATE = re.compile("(?:增速|增长|增幅|占比|持股|占股|比例|比重|率|含量|浓度|度)$")
"""A share is a condition only of a rate: 增速20%以上的企业, but not 确保80%以上的行政村."""


@cache
def _rules() -> dict[str, re.Pattern[str]]:
    table = tomllib.loads(resources.files("briefing.data").joinpath("thresholds.toml").read_text(encoding="utf-8"))
    return {name: re.compile(pattern) for name, pattern in table.items()}


def status(sentence: str, at: Span, today: date | None = None, *, lean: int = 0) -> Status:
    """What the number at `at` in `sentence` is: reached, aimed at, or neither.

    `lean` is what the context says, in tenths of a logit: positive in a plan, negative in a report.

    >>> text = "去年新建公园12个，今年将再建8个，其中投资1亿元以上项目3个。"
    >>> [status(text, Span(text.index(n), text.index(n) + len(n))) for n in ("12个", "8个", "1亿元以上", "3个")]
    ['achieved', 'target', 'other', 'target']
    """
    sentence, at = _near(sentence, at)
    if is_threshold(sentence, at):
        return "other"
    if is_origin(sentence, at):
        return "achieved"
    if _aimed(sentence, at) or _granted(sentence, at):
        return "target"
    return "target" if evidence(sentence, at, today) + tempered(lean, sentence, at, today) > 0 else "achieved"


def tempered(lean: int, sentence: str, at: Span, today: date | None = None) -> int:
    """The `lean`, but none to the past in a clause that says in so many words that it lies ahead.

    >>> text = "覆盖率已达82%，年底要达到90%"
    >>> tempered(-30, text, Span(4, 7)), tempered(-30, text, Span(14, 17))
    (-30, 0)
    """
    if lean >= 0:
        return lean
    clause = next((c for c in clauses(sentence) if at.start <= c.stop and c.start <= at.start), None)
    ahead = 0
    for mark in _marks(sentence, clause, today) if clause is not None else []:
        ahead = 0 if mark.weight <= -_DECISIVE else ahead + max(mark.weight, 0)
    return 0 if ahead >= _DECISIVE else lean


def _aimed(sentence: str, at: Span) -> bool:
    """Whether the number is called a goal and not one that was reached: 离50%的目标还有距离."""
    folded = fold(sentence)
    return bool(_GOAL.match(folded, at.stop)) and not _REACHED.search(folded[max(0, at.start - 24) : at.start])


def _granted(sentence: str, at: Span) -> bool:
    """Whether the number is what will be given to whom: 今年将出台措施，|对首次入选的企业给予|1亿元奖励."""
    before = fold(sentence)[: at.start]
    found = _GRANTS.search(before)
    return found is not None and not _GRANTED.search(found[0]) and bool(_TO_COME.search(before[: found.start()]))


def is_threshold(sentence: str, at: Span) -> bool:
    """Whether the number at `at` states a condition that something else meets.

    >>> text = "全年签约10亿元以上项目6个，到位资金20亿元以上。"
    >>> is_threshold(text, Span(4, 10)), is_threshold(text, Span(19, 25))
    (True, False)
    """
    rules = _rules()
    folded = fold(sentence)
    number, before, after = at.of(folded), folded[: at.start], folded[at.stop :]
    if rules["capacity"].search(number + after[:3]) or (rules["tier"].search(number) and after[:1] not in ",。;"):
        return True
    if rules["condition_before"].search(before) or rules["condition_after"].match(after):
        return True
    noun = re.match(rules["nouns"].pattern, after)
    if _PASSED.match(number) and noun is not None and _MANY.match(after, noun.end()):
        return True
    if not re.search(r"以[上下内]$", number):
        return False
    if _SHARED.search(number) and not _RATE.search(before):
        return False
    if re.match(rules["counted_after"].pattern, after):
        return True
    if noun is None or rules["reached"].search(before):
        return False
    counted = after[noun.end() : noun.end() + 12].split(",")[0]
    plural = bool(re.search(r"[个家户项所]以[上下内]$", number))
    return bool(_COUNTED.search(counted)) if plural else True


def evidence(sentence: str, at: Span, today: date | None = None) -> int:
    """How far the sentence makes the number at `at` a target (positive) or an achievement (negative).

    >>> evidence("今年力争新增就业5000人", Span(8, 13)) > 0 > evidence("去年新增就业5000人", Span(6, 11))
    True
    """
    sentence, at = _near(sentence, at)
    parts = clauses(sentence)
    here = next((order for order, span in enumerate(parts) if at.stop <= span.stop), len(parts) - 1)
    past = origins(sentence)
    fresh = [o for o in past if _NOW.search(o.of(sentence))]
    total = 0
    for order, span in enumerate(parts):
        marks = [m for m in _marks(sentence, span, today) if not any(o.contains(m.span) for o in past)]
        marks = sorted([*marks, *(Marker(o, _FROM_NOW) for o in fresh if span.contains(o))], key=lambda m: m.span)
        if order < here:
            total = _run(marks, _fade(total))
        elif order == here:
            own = [m for m in marks if m.span.start <= at.start]
            total = _run(own, _fade(total))
            if abs(total) < _DECISIVE or not any(abs(m.weight) >= _DECISIVE for m in own):
                end = _item_end(sentence, at.stop, span.stop)
                total = _run([m for m in marks if at.start < m.span.start and at.stop <= m.span.start < end], total)
        elif _NEW_PERIOD.match(span.of(sentence)):
            break
        elif abs(total) < _DECISIVE // 2:
            total += _run(marks, 0) // (4 + order - here)
    words = wording(sentence)
    if abs(total) >= _CLEAR:
        words = max(-_CLEAR, min(_CLEAR, words))
    return 2 * total + words


def _near(sentence: str, at: Span) -> tuple[str, Span]:
    """What can bear on the number at `at`, so that a line of thousands of numbers is read in linear time."""
    if len(sentence) <= 2 * _WINDOW:
        return sentence, at
    start = max(0, at.start - _WINDOW)
    return sentence[start : at.stop + _WINDOW], at.shift(-start)


def _item_end(sentence: str, start: int, stop: int) -> int:
    """Where the item of a list that begins before `start` ends: at the next 、, else with its clause."""
    found = sentence.find("、", start, stop)
    return stop if found < 0 else found


def _marks(sentence: str, clause: Span, today: date | None) -> list[Marker]:
    """The markers of tense in one clause, the years among them when the day is known."""
    text = clause.of(sentence)
    found = [Marker(m.span.shift(clause.start), m.weight) for m in markers(text)]
    if today is not None:
        for mark in (m for m in calendar_marks(sentence, today) if clause.contains(m.span)):
            known = [m for m in found if m.span.overlaps(mark.span)]
            if all(abs(m.weight) < abs(mark.weight) for m in known):
                found = [*(m for m in found if m not in known), mark]
    return sorted(found, key=lambda m: m.span)


def _run(marks: list[Marker], total: int) -> int:
    """Add up the weights in text order; where the sign turns, what came before counts for little."""
    for mark in marks:
        if (mark.weight > 0) != (total > 0) and not _WEAK <= mark.weight < 0:
            total = total // 4 if total > 0 else -(-total // 4)
        compares = _WEAK <= mark.weight < 0 < total
        total = max(total // 2, total + mark.weight // 2) if compares else total + mark.weight
    return max(-80, min(80, total))


def _fade(total: int) -> int:
    """What is left of the evidence of one clause in the next."""
    return int(total * 19 / 20)
