"""Briefs on disk: nothing half-written, and JSON that reads back to the same values."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from briefing import store
from briefing.errors import InputError
from briefing.model import (
    Brief,
    Edit,
    Figure,
    Finding,
    Interview,
    Issue,
    Moment,
    Person,
    Pledge,
    Quantity,
    Slot,
    Step,
    Summary,
    Translation,
    Turn,
)
from briefing.spans import Span


def brief() -> Brief:
    text = "新增33家企业。"
    quantity = Quantity(Span(2, 5), "count", Decimal("33"), Decimal("33"), "exact", "家", "arabic")
    moment = Moment(Span(0, 1), "year", "2025")
    figure = Figure("f1", Span(0, 8), quantity, Span(5, 7), "achieved", moment)
    person = Person(Span(0, 2), "新增", "局长", "Xin Zeng")
    return Brief(
        Issue("id", date(2025, 1, 8), "a.txt", text, text, (Step("nfkc", (Edit(Span(0, 1), "新", Span(0, 1)),)),)),
        (Interview("i1", Span(0, 8), (person,), (Turn(Span(0, 8), "narration", "新增"),), (Span(0, 8),), date=moment),),
        (figure,),
        (Pledge("p1", Span(0, 8), "新增", "全市", Span(0, 4), None, ("f1",), "will"),),
        (Summary("i1", (Span(0, 8),), "extractive"),),
        (Translation(Span(0, 8), "33 new enterprises.", "model", (Slot("<n1>", Span(2, 5), "33"),), ("retry",)),),
        (Finding("N-ALTERED", "error", Span(2, 5), None, "a message", "i1.point1"),),
        "sig",
        (("全市", "the city"),),
    )


def test_a_brief_reads_back_equal(tmp_path: Path) -> None:
    path = tmp_path / "brief.json"
    path.write_text(store.dumps({"schema": store.SCHEMA, "brief": brief()}), encoding="utf8")
    assert store.read(path) == brief()


@pytest.mark.parametrize("damage", ["", "{}", "[]", '{"schema": "x", "brief": {}}', '{"schema": "briefing/brief/1", "brief": {"issue": 3}}', "\ud800", "[" * 100_000])
def test_a_damaged_file_is_a_clear_error(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "brief.json"
    path.write_bytes(damage.encode("utf8", "surrogatepass"))
    with pytest.raises(InputError, match="run `briefing run` again"):
        store.read(path)
    path.write_text(store.dumps({"schema": store.SCHEMA, "brief": brief()}).replace('"low": "33"', '"low": "many"'), encoding="utf8")
    with pytest.raises(InputError, match="run `briefing run` again"):
        store.read(path)
    with pytest.raises(InputError, match="does not exist"):
        store.read(tmp_path / "none.json")


def test_a_write_that_fails_leaves_the_old_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store.write(tmp_path, {"brief.md": "old", "check.json": "old"})
    real = Path.replace

    def fail_on_the_last(self: Path, target: Path) -> Path:
        if Path(target).name == "brief.md":
            raise OSError("disk full")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", fail_on_the_last)
    with pytest.raises(OSError, match="disk full"):
        store.write(tmp_path, {"check.json": "new", "brief.md": "new"})
    assert (tmp_path / "brief.md").read_text() == "old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["brief.md", "check.json"]
