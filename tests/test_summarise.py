"""Summaries: extractive choice, and a language model that is believed only where its numbers hold."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

import briefing
from briefing.errors import ConfigError, PromptError
from briefing.extract.figures import figures
from briefing.extract.pledges import pledges
from briefing.model import Finding, Interview, Issue, Role, Summary, Turn
from briefing.spans import Span
from briefing.summarise import Extractive, Summariser, prompting, prompts_hash
from briefing.summarise.extractive import summarise
from briefing.summarise.llm import Llm
from tests.test_figures import bracketed

LINES: tuple[tuple[Role, str], ...] = (
    ("headline", "云岭县县长周平：以项目建设带动山区振兴"),
    ("quote", "去年，全县实施重点项目[62个]，完成投资[58亿元]，项目建设迈出坚实步伐。"),
    ("quote", "这些成绩来之不易。"),
    ("question", "新的一年，云岭县有哪些打算？"),
    ("subhead", "招引龙头企业 壮大茶产业"),
    ("quote", "今年，我们将深化招商引资，力争引进茶叶加工龙头企业[3家]，茶产业产值达到[40亿元]。"),
    ("quote", "力争引进茶叶加工龙头企业[3家]，把茶产业产值做到[40亿元]。"),
    ("quote", "茶叶是大自然的馈赠，也是祖祖辈辈的记忆，一片叶子承载着山里人的盼头。"),
    ("subhead", "补齐民生短板 新建山区学校"),
    ("quote", "我们计划新建山区寄宿制学校[6所]，改造乡镇卫生院[11家]，让群众在家门口上学看病。"),
    ("quote", "同时，还要修好农村路。"),
    ("caption", "图为云岭县茶园。"),
)


def article() -> tuple[Issue, Interview, tuple[Any, ...], tuple[Any, ...]]:
    """An interview of our own, with its figures and pledges."""
    text, found = bracketed("\n".join(line for _, line in LINES))
    spans = [Span(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text)]
    turns = tuple(Turn(span, role, "周平") for (role, _), span in zip(LINES, spans, strict=True))
    sentences = tuple(t.span for t in turns if t.role in ("quote", "question"))
    interview = Interview("i1", Span(0, len(text)), (), turns, sentences)
    rows = figures(text, sentences, found, [], interviews=[interview])
    promised = pledges(text, sentences, rows, [], interviews=[interview])
    return Issue("test", None, "test", text, text), interview, rows, promised


def told(summary: Summary, issue: Issue) -> list[str]:
    return [p.of(issue.text) for p in summary.points]


def test_points_are_whole_sentences_in_text_order() -> None:
    issue, interview, rows, promised = article()
    summary = summarise(issue, interview, rows, promised)
    assert summary.method == "extractive" and summary.interview == "i1"
    assert set(summary.points) <= set(interview.sentences)
    assert list(summary.points) == sorted(summary.points)


def test_every_part_with_figures_is_covered_and_nothing_is_told_twice() -> None:
    issue, interview, rows, promised = article()
    chosen = told(summarise(issue, interview, rows, promised, points=(3, 3)), issue)
    assert any("62个" in c for c in chosen)
    assert any("6所" in c for c in chosen)
    assert sum("龙头企业3家" in c for c in chosen) == 1


def test_questions_captions_and_empty_phrases_are_never_chosen() -> None:
    issue, interview, rows, promised = article()
    chosen = told(summarise(issue, interview, rows, promised, points=(3, 20)), issue)
    assert not any("？" in c or "图为" in c or "来之不易" in c for c in chosen)


@pytest.mark.parametrize(("points", "count"), [((1, 1), 1), ((2, 2), 2), ((3, 6), 3), ((20, 20), 5)])
def test_number_of_points(points: tuple[int, int], count: int) -> None:
    issue, interview, rows, promised = article()
    assert len(summarise(issue, interview, rows, promised, points=points).points) == count


def test_the_same_input_gives_the_same_summary() -> None:
    issue, interview, rows, promised = article()
    assert len({summarise(issue, interview, rows, promised) for _ in range(5)}) == 1


def test_an_interview_without_sentences_has_no_points() -> None:
    issue = Issue("empty", None, "test", "标题", "标题")
    interview = Interview("i1", Span(0, 2), (), (Turn(Span(0, 2), "headline"),), ())
    assert summarise(issue, interview, (), ()).points == ()


def test_a_very_long_sentence_loses_to_a_moderate_one_that_says_the_same() -> None:
    moderate = "今年，我们将改造老旧小区40个，新增停车位3000个，让居民住得舒心。"
    long = "今年，" + "我们将改造老旧小区40个，新增停车位3000个，让居民住得舒心，" * 8 + "事情一件接着一件办。"
    text = long + moderate
    spans = (Span(0, len(long)), Span(len(long), len(text)))
    interview = Interview("i1", Span(0, len(text)), (), (), spans)
    chosen = summarise(Issue("t", None, "t", text, text), interview, (), (), points=(1, 1))
    assert chosen.points == (spans[1],)


def test_extractive_satisfies_the_protocol() -> None:
    issue, interview, rows, promised = article()
    summariser: Summariser = Extractive(2, 2)
    summary, findings = summariser.summarise(issue, interview, rows, promised)
    assert len(summary.points) == 2 and findings == ()


# --- prompts


def test_prompts_name_what_is_missing_or_unknown() -> None:
    with pytest.raises(PromptError, match="sentences"):
        prompting.fill("summary_points", least="1", most="2")
    with pytest.raises(PromptError, match="colour"):
        prompting.fill("summary_system", colour="red")
    with pytest.raises(PromptError, match="no_such_prompt"):
        prompting.fill("no_such_prompt")
    with pytest.raises(PromptError, match="no name"):
        prompting.fill("../pyproject")


def test_a_dollar_that_begins_no_variable_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_text("costs $5", encoding="utf8")
    monkeypatch.setattr(prompting, "folder", lambda: tmp_path)
    prompting.template.cache_clear()
    with pytest.raises(PromptError, match=r"\$\$"):
        prompting.fill("bad")


def test_prompts_are_found_in_an_installed_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "prompts").mkdir()
    monkeypatch.setattr(prompting, "files", lambda _package: tmp_path)
    assert prompting.folder() == tmp_path / "prompts"


def test_prompts_that_are_nowhere_are_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "briefing").mkdir()
    monkeypatch.setattr(prompting, "files", lambda _package: tmp_path)
    monkeypatch.setattr(briefing, "__file__", str(tmp_path / "briefing" / "__init__.py"))
    with pytest.raises(PromptError, match="install"):
        prompting.folder()


def test_the_hash_follows_the_prompts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert re.fullmatch(r"[0-9a-f]{12}", prompts_hash())
    (tmp_path / "a.txt").write_text("one", encoding="utf8")
    monkeypatch.setattr(prompting, "folder", lambda: tmp_path)
    prompts_hash.cache_clear()
    before = prompts_hash()
    (tmp_path / "a.txt").write_text("two", encoding="utf8")
    prompts_hash.cache_clear()
    assert prompts_hash() != before
    prompts_hash.cache_clear()


# --- the language model


@contextmanager
def endpoint(
    reply: bytes, *, status: int = 200, wait: float = 0, step: int = 0, headers: tuple[tuple[str, str], ...] = ()
) -> Iterator[tuple[str, list[Any]]]:
    """A real HTTP server on loopback that answers every POST with `reply`; yields its URL and what it was asked."""
    asked: list[Any] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            asked.append((self.path, json.loads(body)))
            time.sleep(wait)
            self.send_response(status)
            for name, value in headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            for start in range(0, len(reply), step or len(reply)):
                self.wfile.write(reply[start : start + (step or len(reply))])
                time.sleep(0.1 if step else 0)

        def log_message(self, *args: Any) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        def handle_error(self, *args: Any) -> None:
            pass

    server = Quiet(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def chat(content: Any) -> bytes:
    """The envelope of an OpenAI-compatible answer."""
    text = content if isinstance(content, str) else json.dumps(content)
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": text}}]}).encode()


def digits(zh: str, en: str) -> tuple[Finding, ...]:
    """A check for the tests: every run of digits of the point stands in its sources."""
    invented = set(re.findall(r"\d+", en)) - set(re.findall(r"\d+", zh))
    return tuple(Finding("N-INVENTED", "error", None, None, n) for n in sorted(invented))


GOOD = {
    "points": [
        {"text": "Last year 62 key projects were carried out.", "sources": [1]},
        {"text": "The county aims to bring in 3 leading tea companies.", "sources": [4]},
        {"text": "It plans 6 boarding schools.", "sources": [7]},
    ]
}


def asked_of(
    reply: bytes, timeout: int = 5, **options: Any
) -> tuple[Issue, Interview, Summary, tuple[Finding, ...], list[Any]]:
    issue, interview, rows, promised = article()
    with endpoint(reply, **options) as (url, asked):
        summary, findings = Llm(url, "small", digits, timeout=timeout).summarise(issue, interview, rows, promised)
    return issue, interview, summary, findings, asked


@pytest.mark.parametrize("fence", ["%s", "```json\n%s\n```"])
def test_a_sound_answer_chooses_the_sentences(fence: str) -> None:
    _, interview, summary, findings, asked = asked_of(chat(fence % json.dumps(GOOD)))
    assert findings == ()
    assert summary == Summary("i1", tuple(interview.sentences[n] for n in (0, 3, 6)), "llm")
    ((path, body),) = asked
    assert path == "/v1/chat/completions"
    assert body["model"] == "small" and body["temperature"] == 0
    assert "4. 今年，我们将深化招商引资" in body["messages"][1]["content"]


def point(text: str, sources: Any) -> dict[str, Any]:
    return {"points": [*GOOD["points"][:2], {"text": text, "sources": sources}]}


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (chat(point("It plans 7 boarding schools.", [7])), "N-INVENTED"),
        (chat(point("It plans 6 boarding schools.", [1])), "N-INVENTED"),
        (chat(point("It plans schools.", [99])), "does not exist"),
        (chat(point("It plans schools.", [0])), "does not exist"),
        (chat(point("It plans schools.", [True])), "does not exist"),
        (chat(point("It plans schools.", [])), "sources"),
        (chat(point("It plans schools.", [1, 2, 3, 4, 5])), "sources"),
        (chat(point("It plans schools.", None)), "sources"),
        (chat(point("  ", [7])), "no text"),
        (chat({"points": ["It plans schools."]}), "no text"),
        (chat({"points": []}), "0 points"),
        (chat({"points": GOOD["points"] * 3}), "9 points"),
        (chat({"points": "none"}), "list"),
        (chat({"answer": 1}), "JSON"),
        (chat("Sure! Here is your summary."), "JSON"),
        (chat("[" * 100000), "JSON"),
        (b"<html>bad gateway</html>", "chat endpoint"),
        (b"", "chat endpoint"),
        (b"\xff\xfe\x00", "chat endpoint"),
        (b'{"choices": []}', "chat endpoint"),
        (b'{"choices": [{"message": {"content": null}}]}', "no text"),
        (b"[" * 1_000_001, "too long"),
    ],
)
def test_an_unsound_answer_falls_back_and_says_why(reply: bytes, says: str) -> None:
    issue, interview, summary, findings, _ = asked_of(reply)
    (finding,) = findings
    assert summary.method == "extractive" and len(summary.points) == 3
    assert (finding.code, finding.severity, finding.unit, finding.source) == ("S-LLM", "warning", "i1", interview.span)
    assert says in finding.message
    assert issue.text  # the issue is untouched


def test_what_a_point_leaves_out_does_not_condemn_it() -> None:
    issue, interview, rows, promised = article()

    def missing(zh: str, en: str) -> tuple[Finding, ...]:
        return (Finding("N-MISSING", "error", None, None, ""), Finding("N-HEDGE", "note", None, None, ""))

    with endpoint(chat(GOOD)) as (url, _):
        summary, findings = Llm(url, "small", missing, timeout=5).summarise(issue, interview, rows, promised)
    assert (summary.method, findings) == ("llm", ())


@pytest.mark.parametrize("status", [301, 307, 404, 429, 500])
def test_an_error_status_falls_back(status: int) -> None:
    moved = (("Location", "http://127.0.0.1:9/elsewhere"),)
    _, _, summary, (finding,), asked = asked_of(chat(GOOD), status=status, headers=moved)
    assert summary.method == "extractive"
    assert str(status) in finding.message
    assert len(asked) == 1


def test_a_time_out_falls_back() -> None:
    begin = time.monotonic()
    _, _, summary, (finding,), _ = asked_of(chat(GOOD), timeout=1, wait=2)
    assert summary.method == "extractive"
    assert "within 1 seconds" in finding.message
    assert time.monotonic() - begin < 10


def test_an_answer_that_drips_falls_back() -> None:
    _, _, summary, (finding,), _ = asked_of(chat(GOOD), timeout=1, step=20)
    assert summary.method == "extractive"
    assert "within 1 seconds" in finding.message


def test_an_endpoint_that_is_not_there_falls_back() -> None:
    issue, interview, rows, promised = article()
    with endpoint(b"") as (url, _):
        pass
    summary, (finding,) = Llm(url, "small", digits, timeout=2).summarise(issue, interview, rows, promised)
    assert summary.method == "extractive"
    assert "cannot be reached" in finding.message


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://host/v1", "localhost:8080", "", "http://", "javascript:1"]
)
def test_other_schemes_are_refused(url: str) -> None:
    with pytest.raises(ConfigError, match="http"):
        Llm(url, "small", digits)


def test_a_model_must_be_named() -> None:
    with pytest.raises(ConfigError, match="llm_model"):
        Llm("http://localhost:1/v1", "", digits)
