"""第N and 前N: a rank where the words around say so, else a label."""

from __future__ import annotations

import re

from briefing.extract.drafts import Draft
from briefing.extract.unit_phrases import END, unit_at
from briefing.numerals.zh_scan import Number

_RANKED = re.compile(
    r"(?:排名|排在|排|位居|位列|名列|位次|居于|居|列|跃居|跃升至|跃升|升至|上升至|前移至|全国|全省|全市|全区|全球|世界|亚洲|国内|行业|保持|蝉联|稳居|跻身|荣获|获得|获|夺得"
    r"|总量|增速|规模|并列|勇夺|百强县|均为|均居|连续.{1,3}年)[^，。；！？第]{0,5}\Z"
)
_RANK_UNIT = re.compile(r" ?(?:大(?=[\u4e00-\u9fff])|[位名](?![单称额词]))")


def ordinal(folded: str, begin: int, start: int, stop: int, number: Number) -> Draft | None:
    """第N: a rank where the words around say so, else a soft label with its classifier."""
    if number.vague or number.low != number.low.to_integral_value():
        return None
    if (
        number.low == 1
        and number.chinese
        and folded.startswith(
            ("书记", "时间", "产业", "财经", "要务", "线", "生产力", "资源", "动力", "责任人", "人称"), stop
        )
    ):
        return None
    ranked = _RANK_UNIT.match(folded, stop)
    after = stop + (1 if folded.startswith(" ", stop) else 0)
    context = _RANKED.search(folded, max(0, begin - 14), begin)
    if ranked is not None and (ranked[0].strip() != "大" or context):
        rank_stop = ranked.end() if ranked[0].strip() != "大" else stop
        return Draft(begin, rank_stop, start, stop, number, number.low, number.high, "rank", "位", "ordinal")
    if context and (
        END.match(folded, stop) or folded.startswith(("位", "方阵", "和", "与", "至", "升", "增", "上", "，"), stop)
    ):
        return Draft(begin, stop, start, stop, number, number.low, number.high, "rank", "位", "ordinal")
    if _THEN.match(folded, stop):
        return Draft(begin, stop, start, stop, number, number.low, number.high, "rank", "位", "ordinal")
    hit = unit_at(folded, after, number)
    if hit is None or hit.kind not in {"count", "measure"}:
        return None
    return Draft(
        begin,
        hit.stop,
        start,
        stop,
        number,
        number.low,
        number.high,
        "soft",
        hit.name,
        "ordinal",
        unit_text=hit.printed,
    )


_THEN = re.compile(r"[、和至到-][\d一二三四五六七八九十]{1,3}[名位](?![单称额词])")


_LEADING = re.compile(r" ?([位名强列])")
_LEADING_CONTEXT = re.compile(
    r"(?:全国|全省|全市|全球|世界|国内|排名|位列|位居|进入|跻身|居|列|稳居|行业|排|名列|同类城市|保持在?|进|挺进|冲刺|迈入)\Z"
)


_SECOND = re.compile(r"第[\d一二三四五六七八九十]{1,4}(?:位|名)?[-、至到和与]\Z")


def following(folded: str, start: int, stop: int, number: Number) -> Draft | None:
    """The second number of 第三、四名: a rank like the first."""
    if not _SECOND.search(folded, max(0, start - 8), start):
        return None
    ranked = _RANK_UNIT.match(folded, stop)
    if ranked is None or ranked[0].strip() == "大":
        return None
    return Draft(start, ranked.end(), start, stop, number, number.low, number.high, "rank", "位", "ordinal")


def leading(folded: str, begin: int, stop: int, number: Number) -> Draft | None:
    """前N: within the first N places."""
    found = _LEADING.match(folded, stop)
    if found is None and not (_LEADING_CONTEXT.search(folded, max(0, begin - 6), begin) and END.match(folded, stop)):
        return None
    end = found.end() if found is not None else stop
    draft = Draft(begin, end, begin + 1, stop, number, number.low, number.high, "rank", "位", "leading places")
    draft.bound = "at_most"
    return draft
