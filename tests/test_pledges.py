"""Pledges: which sentences promise, and what of them is shown, by whom, by when, with which figures."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from briefing.extract.figures import figures
from briefing.extract.pledges import is_pledge, pledges, promising, strength
from briefing.model import Figure, Interview, Moment, Person, Pledge, Turn
from briefing.spans import Span
from tests.test_figures import bracketed, cases


@pytest.mark.parametrize(("sentence", "expect"), cases("pledge_sentences"))
def test_is_pledge(sentence: str, expect: bool) -> None:
    assert is_pledge(sentence) is expect


@pytest.mark.parametrize(
    ("clause", "expect"),
    [
        ("确保按期通车", "ensure"),
        ("坚决守住耕地红线", "ensure"),
        ("力争签约20个项目", "strive"),
        ("努力改善人居环境", "strive"),
        ("计划年内开工", "plan"),
        ("拟投资3亿元", "plan"),
        ("将新建三所学校", "will"),
        ("明年动工", "will"),
        ("深入推进改革", ""),
        ("将力争完成任务", "strive"),
    ],
)
def test_strength(clause: str, expect: str) -> None:
    assert strength(clause) == expect


def made(marked: str, *moments: tuple[str, str], **options: Any) -> tuple[str, tuple[Pledge, ...], tuple[Figure, ...]]:
    """The text without brackets, and its pledges and figures."""
    text, found = bracketed(marked)
    sentences = [Span(m.start(), m.end()) for m in re.finditer(r"[^。\n]+。?", text)]
    when = [
        Moment(Span(text.index(part), text.index(part) + len(part)), "relative", iso) for part, iso in moments
    ]  # fmt: skip
    rows = figures(text, sentences, found, when, **options)
    return text, pledges(text, sentences, rows, when, **options), rows


def test_a_pledge_has_its_actor_its_date_and_its_figures() -> None:
    text, (pledge,), (figure,) = made("年底前，云岭县将新建公办幼儿园[9所]。", ("年底前", "2024-12-31"))
    assert pledge.actor == "云岭县"
    assert pledge.due is not None and pledge.due.span.of(text) == "年底前"
    assert pledge.figures == (figure.id,)
    assert pledge.strength == "will"
    assert pledge.action.of(text) == "年底前，云岭县将新建公办幼儿园9所"


def test_past_dates_are_no_due_dates() -> None:
    text, (pledge,), _ = made("去年的短板，今年将全部补齐。", ("去年", "2023"), ("今年", "2024"))
    assert pledge.due is not None and pledge.due.span.of(text) == "今年"


def test_a_day_that_is_over_is_no_due_date() -> None:
    moments = (("3月5日", "2024-03-05"),)
    _, (pledge,), _ = made("3月5日，区长表示，将加快建设人才公寓。", *moments, today=date(2024, 3, 6))
    assert pledge.due is None


def test_only_the_promising_half_is_shown() -> None:
    text, (pledge,), (done, aim) = made("去年，我们新建停车场[30处]，今年将再建[20处]。")
    assert pledge.action.of(text) == "今年将再建20处"
    assert pledge.figures == (aim.id,)
    assert done.status == "achieved"


def test_a_long_sentence_is_cut_to_the_clauses_that_carry_the_figures() -> None:
    text, found, _ = made(
        "下一步，我们将坚持稳字当头、稳中求进，全面贯彻新发展理念，深入实施创新驱动发展战略，持续优化城市功能布局，"
        "不断提升基层治理效能，着力保障和改善民生，切实兜牢安全底线，力争全年新增就业[7000人以上]，培育科技企业[60家]。"
    )
    (pledge,) = found
    assert len(pledge.action) <= 60
    assert "新增就业7000人以上，培育科技企业60家" in pledge.action.of(text)


def test_what_only_leads_up_to_the_promise_is_not_shown_alone() -> None:
    text, (pledge,), _ = made("今年，我们将以产业园区为载体，加快建设特色产业集群。")
    assert "加快建设特色产业集群" in pledge.action.of(text)


def test_quotation_marks_stay_whole() -> None:
    text, (pledge,), _ = made("“我们将实现‘拿地即开工’。”他说。")
    assert pledge.action.of(text) == "我们将实现‘拿地即开工’"


def test_headline_and_body_are_one_pledge() -> None:
    text, found = bracketed("力争全年签约项目[40个]\n我们深化招商，力争全年签约项目[40个]，到位资金[90亿元]。")
    title = Span(0, text.index("\n"))
    sentence = Span(title.stop + 1, len(text))
    turns = (Turn(title, "headline", "周平"), Turn(sentence, "quote", "周平"))
    article = Interview("i1", Span(0, len(text)), (), turns, (sentence,), place="青河县")
    rows = figures(text, [sentence], found, [], interviews=[article])
    (pledge,) = pledges(text, [sentence], rows, [], interviews=[article])
    assert (pledge.id, pledge.speaker, pledge.span) == ("p1", "周平", sentence)
    assert len(pledge.figures) == 2
    assert pledge.actor == "青河县"


def test_two_speakers_may_pledge_the_same() -> None:
    text, found = bracketed("我们力争新建学校[6所]。\n我们力争新建学校[6所]。")
    spans = [Span(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text)]
    articles = [
        Interview(f"i{n}", span, (Person(span, name, "", ""),), (Turn(span, "quote", name),), (span,))
        for n, (span, name) in enumerate(zip(spans, ("周平", "何静"), strict=True))
    ]
    rows = figures(text, spans, found, [], interviews=articles)
    assert [p.speaker for p in pledges(text, spans, rows, [], interviews=articles)] == ["周平", "何静"]


def test_a_report_gives_no_pledge() -> None:
    _, found, _ = made("去年，全区新建学校[6所]。财政收入同比增长[4%]。")
    assert found == ()


def test_clauses_of_promise_are_in_text_order_and_inside() -> None:
    sentence = "去年建成3座，今年将再建5座，明年力争全部投用。"
    spans = promising(sentence)
    assert [s.of(sentence) for s in spans] == ["今年将再建5座", "明年力争全部投用"]


def test_empty_text() -> None:
    assert not is_pledge("")
    assert pledges("", [], [], []) == ()


def test_a_title_that_sums_up_two_sentences_is_no_third_pledge() -> None:
    text, found = bracketed("今年实施项目[80个] 一季度开工[20个]\n今年将实施项目[80个]。一季度将开工项目[20个]。")
    title = Span(0, text.index("\n"))
    spans = [
        Span(title.stop + 1 + m.start(), title.stop + 1 + m.end())
        for m in re.finditer(r"[^。]+。", text[title.stop + 1 :])
    ]
    turns = (Turn(title, "subhead"), Turn(Span(title.stop + 1, len(text)), "quote", "周平"))
    article = Interview("i1", Span(0, len(text)), (Person(title, "周平", "", ""),), turns, tuple(spans))
    rows = figures(text, spans, found, [], interviews=[article])
    assert [p.span for p in pledges(text, spans, rows, [], interviews=[article])] == spans


def test_what_a_sentence_with_among_them_adds_belongs_to_the_pledge_before() -> None:
    text, (pledge,), rows = made("今年将实施水利项目[80个]。其中，水库加固项目[20个]。")
    assert pledge.figures == tuple(r.id for r in rows)
    assert pledge.action.of(text) == "今年将实施水利项目80个。其中，水库加固项目20个"


def test_what_a_report_demands_is_not_promised_by_the_speaker() -> None:
    text, found = bracketed("今年的省政府工作报告提出，将重点抓好粮食安全。")
    span = Span(0, len(text))
    article = Interview(
        "i1", span, (Person(span, "周平", "", ""),), (Turn(span, "narration", "周平"),), (span,), place="青河县"
    )
    (pledge,) = pledges(text, [span], figures(text, [span], found, [], interviews=[article]), [], interviews=[article])
    assert (pledge.speaker, pledge.actor) == ("", "省政府工作报告")


def test_the_words_of_a_guest_are_not_the_officials() -> None:
    text, found = bracketed("我们今年将招工[60人]。\n今年将新建学校[6所]。")
    spans = [Span(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text)]
    turns = (Turn(spans[0], "quote", ""), Turn(spans[1], "quote", "周平"))
    article = Interview("i1", Span(0, len(text)), (Person(spans[0], "周平", "", ""),), turns, tuple(spans))
    rows = figures(text, spans, found, [], interviews=[article])
    assert [r.speaker for r in rows] == ["", "周平"]
    assert [p.speaker for p in pledges(text, spans, rows, [], interviews=[article])] == ["", "周平"]


@pytest.mark.parametrize(
    ("title", "place", "sentence", "expect"),
    [
        ("云河职业技术大学校长", "", "今年，我们将新建实训楼[2栋]。", "云河职业技术大学"),
        ("云河港集团党委书记、董事长", "", "今年，集团将新开航线[8条]。", "云河港集团"),
        ("青河县县长", "青河县", "今年，全县将修路[30公里]。", "青河县"),
        ("青河县县长", "青河县", "今年，县教育局将招聘教师[120人]。", "县教育局"),
    ],
)
def test_who_we_are(title: str, place: str, sentence: str, expect: str) -> None:
    text, found = bracketed(sentence)
    span = Span(0, len(text))
    person = Person(span, "周平", title, "")
    article = Interview("i1", span, (person,), (Turn(span, "quote", "周平"),), (span,), place=place)
    (pledge,) = pledges(text, [span], figures(text, [span], found, [], interviews=[article]), [], interviews=[article])
    assert pledge.actor == expect


def test_a_headline_without_an_amount_or_a_firm_word_is_no_pledge() -> None:
    text, found = bracketed("让老街焕发新生\n去年修缮老屋[45栋]。")
    title, sentence = Span(0, text.index("\n")), Span(text.index("\n") + 1, len(text))
    turns = (Turn(title, "headline"), Turn(sentence, "quote", "周平"))
    article = Interview("i1", Span(0, len(text)), (Person(title, "周平", "", ""),), turns, (sentence,), place="青河县")
    rows = figures(text, [sentence], found, [], interviews=[article])
    assert pledges(text, [sentence], rows, [], interviews=[article]) == ()


def test_whose_words_they_are_says_who_promises() -> None:
    text = "何江说，县里将新建茶厂[3座]。\n白石镇党委书记秦月娥表示，镇里今年将投入[800万元]支持茶产业。\n县茶叶协会会长孟广林说，协会将培训茶农[900人]。"
    plain, found = bracketed(text)
    spans = [Span(m.start(), m.end()) for m in re.finditer(r"[^\n]+", plain)]
    turns = tuple(Turn(s, "narration", name) for s, name in zip(spans, ("何江", "秦月娥", "孟广林"), strict=True))
    person = Person(Span(0, 2), "何江", "白塔县县长", "")
    article = Interview("i1", Span(0, len(plain)), (person,), turns, tuple(spans), place="白塔县")
    rows = figures(plain, spans, found, [], interviews=(article,))
    made = pledges(plain, spans, rows, [], interviews=(article,))
    assert [(p.speaker, p.actor) for p in made] == [("何江", "白塔县"), ("秦月娥", "白石镇"), ("孟广林", "县茶叶协会")]


def test_items_are_promises_of_their_own() -> None:
    text, found, _ = made("今年将办好三件事：一是新建幼儿园[4所]，增加学位[900个]；二是改造管网[30公里]；三是发放消费券[2000万元]。")
    assert [p.action.of(text)[:2] for p in found] == ["一是", "二是", "三是"]


def test_what_is_done_by_a_month_ends_with_the_semicolon() -> None:
    text, found, _ = made(
        "我们计划8月竣工一期工程，新增产能[5万吨]；同时培育龙头企业[6家]。5月起，将发放技能补贴[900万元]。",
        ("8月", "2025-08"), ("5月", "2025-05"),
    )  # fmt: skip
    assert [p.due and p.due.span.of(text) for p in found] == ["8月", None, None]
