"""What `briefing translate` writes, beside the stored outputs of other systems on the same sentences.

    python -m benchmarks.translation FOLDER [--limit N] [--speed]

FOLDER holds one folder a test set with src.zh, ref.en and sys.NAME.en. Printed are BLEU and chrF (sacrebleu), and
the share of the source's 万/亿 numbers whose value stands in the English. With --speed (needs torch), a model of the
shape of opus-mt with random weights translates the same characters under transformers.
"""

from __future__ import annotations

import argparse
import re
import resource
import time
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from briefing.extract.quantities import quantities
from briefing.numerals.en import readings


def lines_of(path: Path, limit: int) -> list[str]:
    """The first `limit` lines of a file, all where `limit` is 0."""
    found = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    return found[:limit] if limit else found


def ours(zh: Sequence[str]) -> tuple[list[str], float]:
    """The product's English, and the seconds it took with one thread."""
    from briefing import lines
    from briefing.config import Config

    begin = time.perf_counter()
    english = [text for text, _ in lines.translate(iter(zh), Config(threads=1))]
    return english, time.perf_counter() - begin


def scaled(zh: str) -> list[Decimal]:
    """The values of the numbers that `zh` writes with 万 or 亿.

    >>> scaled("投资1.2亿元，新增3万人，共5个")
    [Decimal('120000000'), Decimal('30000')]
    """
    found = (q for q in quantities(zh) if q.kind != "soft" and re.search("[万亿]", q.span.of(zh)))
    return [value for q in found for value in {q.low, q.high} - {None} if value is not None]


def kept(zh: Sequence[str], en: Sequence[str]) -> tuple[int, int]:
    """How many 万/亿 values of the source there are, and how many stand in the English."""
    total = right = 0
    for source, target in zip(zh, en, strict=True):
        wanted = scaled(source)
        if wanted:
            found = {value for q in readings(target) for value in (q.low, q.high)}
            total += len(wanted)
            right += sum(value in found for value in wanted)
    return total, right


def rows(folder: Path, limit: int) -> Iterator[str]:
    """The table for one test set, a line at a time."""
    import sacrebleu

    zh, ref = lines_of(folder / "src.zh", limit), lines_of(folder / "ref.en", limit)
    english, seconds = ours(zh)
    systems = {"briefing": english} | {
        path.name.split(".")[1]: lines_of(path, limit) for path in sorted(folder.glob("sys.*.en"))
    }
    for name, said in ({"(reference)": ref} | systems).items():
        plain = [re.sub("[“”]", '"', text) for text in said]
        bleu = sacrebleu.corpus_bleu(plain, [ref]).score
        chrf = sacrebleu.corpus_chrf(plain, [ref]).score
        total, right = kept(zh, said)
        scores = f"{bleu:.1f} | {chrf:.1f}" if name != "(reference)" else "|"
        share = f"{right}/{total} ({100 * right / max(total, 1):.1f}%)"
        yield f"| {folder.name} | {len(zh)} | {name} | {scores} | {share} |"
    speed = sum(map(len, zh)) / seconds
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    yield f"<!-- {folder.name}: {speed:.0f} characters a second with one thread, {peak} MB -->"


def opus_shape(zh: Sequence[str]) -> float:
    """Characters a second of a 6+6-layer Marian model, d 512, with random weights, one thread, beam 4."""
    import torch
    from transformers import MarianConfig, MarianMTModel

    torch.set_num_threads(1)
    size = 65001
    model = MarianMTModel(
        MarianConfig(
            vocab_size=size, d_model=512, encoder_layers=6, decoder_layers=6, encoder_ffn_dim=2048,
            decoder_ffn_dim=2048, encoder_attention_heads=8, decoder_attention_heads=8, pad_token_id=size - 1,
            decoder_start_token_id=size - 1, eos_token_id=0, forced_eos_token_id=0, max_position_embeddings=512,
        )
    ).eval()  # fmt: skip
    begin = time.perf_counter()
    with torch.no_grad():
        for at in range(0, len(zh), 16):
            part = zh[at : at + 16]
            length = max(4, int(max(map(len, part)) * 0.65))  # tokens for the characters, on either side
            tokens = torch.randint(1, size - 1, (len(part), length))
            model.generate(tokens, num_beams=4, min_new_tokens=length, max_new_tokens=length + 1)
    return sum(map(len, zh)) / (time.perf_counter() - begin)


def main() -> None:
    """Print the table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("sets", nargs="*", help="test sets; all of the folder if none is named")
    parser.add_argument("--limit", type=int, default=0, help="sentences of each set")
    parser.add_argument("--speed", action="store_true")
    a = parser.parse_args()
    print("| set | sentences | system | BLEU | chrF | 万/亿 values in the English |\n|---|---|---|---|---|---|")
    names = a.sets or sorted(path.name for path in a.folder.iterdir() if (path / "src.zh").exists())
    for name in names:
        for row in rows(a.folder / name, a.limit):
            print(row, flush=True)
    if a.speed:
        zh = lines_of(a.folder / names[0] / "src.zh", min(a.limit or 64, 64))
        print(f"<!-- the shape of opus-mt, random weights, transformers: {opus_shape(zh):.0f} characters a second -->")


if __name__ == "__main__":
    main()
