"""Masked sentences said again in the order that the shapes of clauses read, in Chinese, with the same tokens once each.

The same thing is said in many ways (力争到2027年，产值…; 到2027年，力争产值…). What differs in order only is brought
here to the one way that a shape knows, so that each shape is written once.
"""

from __future__ import annotations

import re
from functools import cache

from briefing.translate.placeholders import TOKEN

_D, _N = "<d[1-9]>", "<n[1-9]>"
_UNIT = r"(?:[^<>，；：。、]|<[a-z][1-9]>)"
_AND, _BEGINS, _ENDS = "[、和与及]", "(?<![^，；。])", "(?=[，；、。]|$)"
_EXPECTED = "预计|预期|有望"
_GIVEN = "[一-鿿]{0,4}(?:贷款|补贴|补助|奖励|资助|奖补)"
_SIDE = "高于|低于|快于|慢于|高出|低出"
_WAYS: tuple[tuple[str, str], ...] = (
    (rf"(力争|争取|确保|努力|计划)(?:在|到)?({_D}(?:年?底前?|前|之前|末)?)，", r"到\2，\1"),
    (
        rf"(?:均|还)?分别({_SIDE})({_UNIT}{{2,8}}?)(平均水平)?{_AND}({_UNIT}{{2,8}}?)(平均水平)?({_N}){_AND}({_N})",
        r"\1\2\3\6，\1\4\5\7",
    ),
    (rf"{_BEGINS}(?:预计|预期)({_D})({_UNIT}{{1,20}}?)(达到?{_N}){_ENDS}", r"\1，预计\2\3"),
    (rf"{_BEGINS}({_D})(?:{_EXPECTED})(?:实现|完成)?({_UNIT}{{1,20}}?)(?:达到?)?({_N}){_ENDS}", r"\1，预计\2达到\3"),
    (rf"{_BEGINS}(全年)(?:{_EXPECTED})(?:实现|完成)?({_UNIT}{{1,20}}?)(?:达到?)?({_N}){_ENDS}", r"预计\1\2达到\3"),
    (rf"(?<=[，；、])(?:改造|整治|优化)提升(?={_N}{_ENDS})", "改造"),
    (rf"对((?:{_UNIT}{{1,20}}、)*{_UNIT}{{1,20}})、({_UNIT}{{1,20}}?)等(?:方面|情况)?进行", r"对\1和\2进行"),
    (rf"^(“?)(?!在|从|各|多|全|另|一)({_UNIT}{{1,8}})方面，", r"\1在\2方面，"),
    (rf"{_BEGINS}(力争|争取|确保|计划)({_D})(?:年?底前?|前|内)?(?={_N}的)", r"到\2，\1"),
    (rf"(?:比|较)((?!<d){_UNIT}{{1,10}}?)(?<![提降增减新加])(高|低|快|慢)出?({_N}){_ENDS}", r"\2于\1\3"),
    (r"^(?:就|围绕)((?:[^<>，]|<[tlo][1-9]>){2,24}?)，(记者|<t[1-9]>)(?=专访|采访|走访|对话)", r"\2就\1"),
    ("有信心、有底气|有底气、有信心", "有信心"),
    (rf"对({_UNIT}{{1,16}}?)每(人|家|户|名)(?:一次性)?给予(最高)?({_N})({_GIVEN})", r"对\1每\2\3\5\4"),
    (rf"对({_UNIT}{{2,16}}?)(?<!每[人家户名])(?:一次性)?给予(最高)?({_N})的?({_GIVEN})", r"对\1\2\4\3"),
)


@cache
def _ways() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), way) for pattern, way in _WAYS)


def restated(masked: str) -> str:
    """`masked` in the usual order; as it is, where a token would be lost or told twice.

    >>> restated("力争到<d1>，产值达到<n1>"), restated("增长<n1>，分别高于全国、全省<n2>和<n3>")
    ('到<d1>，力争产值达到<n1>', '增长<n1>，高于全国<n2>，高于全省<n3>')
    """
    said = masked
    for pattern, way in _ways():
        said = pattern.sub(way, said)
    return said if sorted(TOKEN.findall(said)) == sorted(TOKEN.findall(masked)) else masked
