"""How much of the articles of tests/cases/html each reader keeps, and how much it adds.

    python -m benchmarks.html_recall

The second column is trafilatura, where it is installed (`pip install trafilatura`); it is no dependency.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

from briefing.ingest import html

CASES = Path(__file__).parents[1] / "tests" / "cases"


def squeezed(text: str) -> str:
    """The text without white space and the bars of tables."""
    return re.sub(r"[\s|]", "", text)


def own(data: bytes) -> str:
    """What this project reads."""
    return html.read(data, "page").raw


def other(data: bytes) -> str:
    """What trafilatura reads, told to lose nothing."""
    import trafilatura

    return trafilatura.extract(data, include_tables=True, include_comments=False, favor_recall=True) or ""


def measure(reader: Callable[[bytes], str]) -> tuple[float, float, int, int]:
    """Recall and precision in characters, and the paragraphs with figures kept and printed."""
    whole = kept = read = figures = found = 0
    for case in json.loads((CASES / "html_pages.json").read_text(encoding="utf8")):
        page = (CASES / "html" / case["input"]["file"]).read_text(encoding="utf8").encode(case["input"]["charset"])
        got = squeezed(reader(page))
        read += len(got)
        for _, text in case["expect"]:
            parts = [squeezed(part) for part in text.split("|")]
            whole += sum(map(len, parts))
            there = [part for part in parts if part in got]
            kept += sum(map(len, there))
            if re.search(r"\d", text):
                figures += 1
                found += len(there) == len(parts)
    return kept / whole, kept / read, found, figures


def main() -> None:
    """Print one line a reader."""
    for name, reader in (("briefing", own), ("trafilatura", other)):
        try:
            recall, precision, found, figures = measure(reader)
        except ImportError:
            continue
        shares = f"characters kept {recall:.1%}, right of what was read {precision:.1%}"
        print(f"{name:12} {shares}, figures {found}/{figures}")


if __name__ == "__main__":
    main()
