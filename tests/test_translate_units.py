"""Masking, guarding and retrying, with engines that are simple enough to reason about."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.extract.quantities import quantities
from briefing.masking import candidates
from briefing.model import Slot
from briefing.spans import Span
from briefing.translate.chunks import MAX_CHUNK, split
from briefing.translate.glossary import Glossary
from briefing.translate.guards import fault
from briefing.translate.placeholders import TOKEN, Candidate, choose, mask, returned, unmask
from briefing.translate.units import Unit, translate


class Scripted:
    """An engine that answers by a function, and remembers what it was asked."""

    name, model_hash = "scripted", "0" * 12

    def __init__(self, answer: Callable[[str], list[str]]) -> None:
        self.answer, self.asked = answer, []  # type: ignore[var-annotated]

    def more(self, texts: Sequence[str]) -> list[list[str]]:
        return [self.second(text) for text in texts]

    def second(self, text: str) -> list[str]:
        return []

    def translate(self, texts: Sequence[str]) -> list[list[str]]:
        self.asked += texts
        return [self.answer(text) for text in texts]


def trusting(zh: str, en: str) -> bool:
    return True


def slots_of(masked: str) -> list[str]:
    return [m.group() for m in TOKEN.finditer(masked)]


TEXT = "他们说33家都来了，又说5亿元到了账；明年还有20所在筹备。"  # of no shape that is composed by rule
CANDIDATES = choose(
    [Candidate(Span(3, 6), "n", "33"), Candidate(Span(12, 15), "n", "500 million yuan"), Candidate(Span(19, 21), "d", "next year"), Candidate(Span(23, 26), "n", "20")]
)


def test_households_of_residents_are_one_slot() -> None:
    for text, covered, english in (
        ("惠及居民1.2万户。", "居民1.2万户", "12,000 households"),
        ("惠及近800户居民。", "近800户居民", "nearly 800 households"),
        ("带动农户800户。", "800户", "800"),
    ):
        slots = candidates(text, quantities(text), (), (), Glossary.load())
        assert [(c.span.of(text), c.english) for c in slots if c.kind == "n"] == [(covered, english)]


@given(st.text(alphabet="全市新增企业，。；", min_size=1, max_size=60), st.data())
def test_mask_then_copy_then_unmask_renders_each_span_once(text: str, data: st.DataObject) -> None:
    edges = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=12)))
    spans = [Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False)]
    candidates = choose(Candidate(s, "t", f"term{n}") for n, s in enumerate(spans))
    masked, slots = mask(text, Span(0, len(text)), candidates)
    assert returned(masked, slots)
    shown = unmask(masked, slots)
    for n, _ in enumerate(slots):
        assert shown.count(f"term{n}") == 1


def test_a_tenth_slot_of_a_kind_is_left_in_place() -> None:
    text = "一" * 12
    masked, slots = mask(text, Span(0, 12), [Candidate(Span(i, i + 1), "n", str(i)) for i in range(12)])
    assert len(slots) == 9 and masked.endswith("一一一")


def test_higher_priority_wins_and_then_length() -> None:
    chosen = choose([Candidate(Span(0, 6), "t", "long"), Candidate(Span(2, 4), "n", "5", priority=9), Candidate(Span(4, 6), "t", "b")])
    assert [c.english for c in chosen] == ["5", "b"]


@pytest.mark.parametrize(
    ("hypothesis", "english", "expect"),
    [
        ("an <n1> rise", "5%", "a 5% rise"),
        ("a <n1> rise", "8%", "an 8% rise"),
        ("a <n1> rise", "11%", "an 11% rise"),
        ("a <n1> rise", "110%", "a 110% rise"),
        ("the <n1> projects", "more than 60", "more than 60 projects"),
        ("The <t1> opened", "one-stop service", "The one-stop service opened"),
        ("a <t1>", "one-stop service", "a one-stop service"),
        ("a <t1>", "unified platform", "a unified platform"),
        ("<n1>, then", "33", "33, then"),
        ("( <n1> )", "33", "(33)"),
        ("a the <t1>", "brand", "the brand"),
        ("In <d1>, growth", "this year", "this year, growth"),
        ("<d1> ' s plan", "this year", "this year's plan"),
        ("In <d1>'s plan", "this year", "In this year's plan"),
        ("In <d1>, he", "January 11", "On January 11, he"),
        ("In <d1>, he", "January 2024", "In January 2024, he"),
        ("The <t1>, he", "reportedly", "reportedly, he"),
    ],
)
def test_articles_and_spaces_around_slots(hypothesis: str, english: str, expect: str) -> None:
    token = slots_of(hypothesis)[0]
    assert unmask(hypothesis, [Slot(token, Span(0, 1), english)]) == expect


@pytest.mark.parametrize(
    ("source", "hypothesis", "expect"),
    [
        ("新增<n1>企业", "new <n1> enterprises", ""),
        ("新增<n1>企业", "new enterprises", "slots"),
        ("新增<n1>企业", "<n1> new <n1>", "slots"),
        ("新增<n1>企业", "<n1> new in 2024", "digits"),
        ("新增5G<n1>企业", "<n1> new 5G ones", ""),
        ("新增<n1>企业", "<n1> new 企业", "chinese"),
        ("新增<n1>企业", "", "empty"),
        ("推动发展", "promote the development of the development of the development of the", "loop"),
        ("推动全市经济社会高质量发展再上新台阶", "Promote.", "short"),
        ("推动", " ".join(f"{c}a" for c in "bcdfghjklmnpqrst"), "long"),
    ],
)
def test_guards(source: str, hypothesis: str, expect: str) -> None:
    slots = [Slot(t, Span(0, 1), "33") for t in slots_of(source)]
    assert fault(source, hypothesis, slots) == expect


def test_the_second_hypothesis_is_taken_when_the_first_loses_a_slot() -> None:
    engine = Scripted(lambda m: ["lost everything", "kept " + " oro ".join(slots_of(m))])
    (done,) = translate(TEXT, [Unit(Span(0, len(TEXT)))], CANDIDATES, engine, verify=trusting)
    assert done.engine == "model" and "500 million yuan" in done.text and done.text.startswith("Kept 33")


def test_what_fails_whole_is_tried_by_clause() -> None:
    engine = Scripted(lambda m: ["clause " + " oro ".join(slots_of(m))] if len(m) < 20 else ["nothing"])
    (done,) = translate(TEXT, [Unit(Span(0, len(TEXT)))], CANDIDATES, engine, verify=trusting)
    assert done.engine == "clauses" and done.repairs == ("clauses",)
    assert [done.text.count(x) for x in ("33", "500 million yuan", "next year", "20")] == [1, 1, 1, 1]


def test_an_engine_is_asked_for_more_where_nothing_held() -> None:
    engine = Scripted(lambda m: ["nothing"])
    engine.second = lambda text: ["still nothing", "more of " + " oro ".join(slots_of(text))]  # type: ignore[method-assign]
    (done,) = translate(TEXT, [Unit(Span(0, len(TEXT)))], CANDIDATES, engine, verify=trusting)
    assert done.engine == "model" and done.text.startswith("More of 33")


def test_what_fails_by_clause_is_given_up_visibly_and_keeps_its_numbers() -> None:
    (done,) = translate(TEXT, [Unit(Span(0, len(TEXT)))], CANDIDATES, Scripted(lambda m: ["nothing"]), verify=trusting)
    assert done.engine == "fallback" and "not translated" in done.text and "500 million yuan" in done.text


def test_a_hypothesis_whose_numbers_do_not_agree_is_not_taken() -> None:
    engine = Scripted(lambda m: ["two of " + " oro ".join(slots_of(m)), "all " + " oro ".join(slots_of(m))])
    (done,) = translate(TEXT, [Unit(Span(0, len(TEXT)))], CANDIDATES, engine, verify=lambda zh, en: "two" not in en)
    assert done.text.startswith("All")


def test_a_sentence_of_known_shape_is_composed_and_falls_back_where_the_check_objects() -> None:
    text = "我们将新建学校20所。"
    slots = [Candidate(Span(7, 10), "n", "20")]
    engine = Scripted(lambda m: ["engine: " + m if TOKEN.search(m) else "school"])
    (done,) = translate(text, [Unit(Span(0, len(text)))], slots, engine, verify=trusting)
    assert (done.text, done.engine) == ("We will build 20 new schools.", "composed")
    engine = Scripted(lambda m: [f"engine says {' '.join(slots_of(m))} schools" if TOKEN.search(m) else "school"])
    (done,) = translate(text, [Unit(Span(0, len(text)))], slots, engine, verify=lambda zh, en: "We will" not in en)
    assert (done.text, done.engine) == ("Engine says 20 schools.", "model")


def test_a_promise_is_said_as_one() -> None:
    text = "新建学校20所。"
    engine = Scripted(lambda m: ["school"])
    for promise, expect in ((True, "20 new schools will be built."), (False, "20 new schools were built.")):
        unit = Unit(Span(0, len(text)), promise=promise)
        (done,) = translate(text, [unit], [Candidate(Span(4, 7), "n", "20")], engine, verify=trusting)
        assert done.text == expect


def test_phrases_ask_the_glossary_first() -> None:
    engine = Scripted(lambda m: ["model"])
    (done,) = translate("瞪羚企业", [Unit(Span(0, 4), "phrase")], (), engine, verify=trusting, exact=lambda zh, plural: {"瞪羚企业": "gazelle enterprises"}.get(zh))
    assert (done.text, done.engine, engine.asked) == ("Gazelle enterprises", "glossary", [])


@given(st.text(alphabet="发展经济，。；：、（）“”", min_size=1, max_size=400))
def test_split_covers_everything_but_blank_space(text: str) -> None:
    for smallest in (False, True):
        parts = split(text, Span(0, len(text)), (), smallest=smallest)
        assert "".join(p.of(text) for p in parts) == text
        if not smallest:
            assert all(len(p) <= MAX_CHUNK or not any(c in p.of(text)[:-1] for c in "；") or "（" in p.of(text) for p in parts)


def test_split_never_cuts_a_slot() -> None:
    text = "投资1,234万元，建成" + "项目" * 60
    parts = split(text, Span(0, len(text)), [Candidate(Span(2, 9), "n", "12.34 million yuan")], smallest=True)
    assert parts[0].of(text) == "投资1,234万元，"


def test_what_does_not_hold_as_a_whole_is_composed_in_part() -> None:
    text = "难解之语不胜枚举；今年将新建学校9所。"
    at, year = text.index("9所"), text.index("今年")
    slots = choose([Candidate(Span(at, at + 2), "n", "9", counts=True), Candidate(Span(year, year + 2), "d", "this year")])
    engine = Scripted(lambda m: ["words that say little"])
    known = lambda zh, plural: {"学校": "schools" if plural else "school"}.get(zh)  # noqa: E731
    (done,) = translate(text, [Unit(Span(0, len(text)))], slots, engine, verify=trusting, exact=known)
    assert "9 new schools will be built" in done.text or "9 schools will be built" in done.text
    assert done.text.startswith("Words that say little;")


def test_a_translation_that_loses_the_not_is_never_shown() -> None:
    engine = Scripted(lambda m: ["we engage in flooding"])
    (done,) = translate("我们不搞大水漫灌。", [Unit(Span(0, 9))], (), engine, verify=trusting)
    assert "engage" not in done.text and "not translated" in done.text.lower()
    engine = Scripted(lambda m: ["we engage in flooding", "we do not flood"])
    (done,) = translate("我们不搞大水漫灌。", [Unit(Span(0, 9))], (), engine, verify=trusting)
    assert done.text == "We do not flood."
