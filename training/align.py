"""Word alignment of the masked pairs (eflomal), symmetrised."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from pathlib import Path

_EN = re.compile(r"<[a-z]\d?>|[A-Za-z]+(?:['’][a-z]{1,2}\b)?|\d[\d.,]*\d|\S")
Links = tuple[tuple[int, int], ...]


def english_words(text: str) -> list[str]:
    """Words and punctuation; the possessive is cut off, since it has no Chinese word of its own.

    >>> english_words("Zhejiang's cross-border e-commerce")
    ['Zhejiang', "'s", 'cross', '-', 'border', 'e', '-', 'commerce']
    """
    return [part for word in _EN.findall(text) for part in _split(word)]


def _split(word: str) -> list[str]:
    head, mark, tail = word.partition("'")
    return [head, mark + tail] if mark and head and tail == "s" else [word]


def align(zh: Sequence[Sequence[str]], en: Sequence[Sequence[str]], *, effort: float = 1.0) -> list[Links]:
    """Links (i, j) for each pair: grow-diag-final-and over both directions."""
    from eflomal import Aligner

    with tempfile.TemporaryDirectory() as folder:
        forward, backward = Path(folder, "fwd"), Path(folder, "rev")
        aligner = Aligner(rel_iterations=effort, n_samplers=2)
        aligner.align(
            [" ".join(s) + "\n" for s in zh],
            [" ".join(w.lower() for w in t) + "\n" for t in en],
            links_filename_fwd=str(forward),
            links_filename_rev=str(backward),
        )
        pairs = zip(forward.read_text().splitlines(), backward.read_text().splitlines(), strict=True)
        return [_grow(_links(a), _links(b)) for a, b in pairs]


def _links(line: str) -> set[tuple[int, int]]:
    return {(int(i), int(j)) for i, _, j in (link.partition("-") for link in line.split())}


_NEAR = ((-1, 0), (0, -1), (1, 0), (0, 1), (-1, -1), (-1, 1), (1, -1), (1, 1))


def _grow(a: set[tuple[int, int]], b: set[tuple[int, int]]) -> Links:
    kept, union = a & b, a | b
    rows, columns = {i for i, _ in kept}, {j for _, j in kept}
    grown = True
    while grown:
        grown = False
        for i, j in sorted(kept):
            for di, dj in _NEAR:
                link = (i + di, j + dj)
                if link in union and link not in kept and (link[0] not in rows or link[1] not in columns):
                    kept.add(link)
                    rows.add(link[0])
                    columns.add(link[1])
                    grown = True
    for i, j in sorted(union - kept):
        if i not in rows and j not in columns:
            kept.add((i, j))
            rows.add(i)
            columns.add(j)
    return tuple(sorted(kept))
