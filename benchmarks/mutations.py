"""How many wrong numbers the check finds, and how often it alarms on correct translations.

    python -m benchmarks.mutations PAIRS [--sample 3000] [--seed 1] [--half train|held-out] [--show N] [--way NAME]

PAIRS is a file of correct pairs, Chinese TAB English, plain or .xz; it is only read. Each pair of the sample
that has digits on both sides is checked as it is (false alarms: errors and warnings), and once for each way in
which its English can be corrupted (detected: an error or a warning that was not there before). The corruption
works on the characters of the English alone, so that what the readers cannot read counts as missed.

The pairs fall into two halves by a checksum of the Chinese: misses of the train half may be read while rules are
written, of the held-out half only the counts are looked at. The corruption of a pair depends on the seed and the
pair alone, so that two runs can be compared pair by pair.

What leaves the pair right is no mistake, and is skipped:

- A hedge word where the Chinese has none at all: then it is a preposition (services over 300 communities).
- A hedge that is dropped where another one stands right before it (within less than 2 km), or stood before the
  number that it is joined to (over 10 and over 20 billion).
- A direction where the Chinese tells neither of a rise nor of a fall: blowing up 12 depots.
- Two numbers of one row that change places (volumes 2 and 3), unless they are dealt out (respectively, 分别).
"""

from __future__ import annotations

import argparse
import lzma
import random
import re
import sys
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

from briefing.check.numbers import compare

Way = Callable[[str, random.Random], "str | None"]

_NUMBER = re.compile(r"(?<![\w.,/-])\d+(?:,\d{3})*(?:\.\d+)?(?![\w/]|[.,]\d|-\d)")
_AMOUNT = re.compile(
    r"(?<![\w.,/-])(\d+(?:,\d{3})*(?:\.\d+)?)((?: (?:thousand|million|billion|trillion))?)(?![\w/]|[.,]\d|-\d)"
)
_SCALES = {"": 0, " thousand": 3, " million": 6, " billion": 9, " trillion": 12}
_UNITS = {
    "yuan": "US dollars", "US dollars": "yuan", "kilometers": "meters", "km": "m", "mu": "hectares", "hectares": "mu",
    "tonnes": "kilograms", "tons": "kilograms",
    "square meters": "square kilometers", "square kilometers": "square meters",
    "cubic meters": "liters", "kilowatts": "watts", "meters": "kilometers", "years": "months", "days": "hours",
    "hours": "minutes", "minutes": "seconds", "kilograms": "tonnes", "kWh": "MWh", "kilowatt-hours": "megawatt-hours",
}  # fmt: skip
_HEDGES = {
    "more than": ("nearly", "less than"), "over": ("under", "nearly"),
    "exceeding": ("nearly",), "exceeded": ("approached",),
    "nearly": ("more than", "over"), "almost": ("more than",), "about": ("more than", "less than"),
    "around": ("over",), "at least": ("at most",), "at most": ("at least",), "within": ("above",),
    "no more than": ("no less than",), "no less than": ("no more than",), "less than": ("more than",),
}  # fmt: skip
_OPPOSITES = (
    ("increased", "decreased"), ("increase", "decrease"), ("grew", "fell"), ("growth", "decline"), ("rose", "dropped"),
    ("rise", "drop"), ("up", "down"), ("raised", "lowered"), ("raise", "lower"), ("risen", "fallen"),
    ("growing", "shrinking"), ("increasing", "decreasing"), ("rising", "falling"), ("improved", "declined"),
)  # fmt: skip
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def _pick(pattern: re.Pattern[str], text: str, rng: random.Random) -> re.Match[str] | None:
    """One match that is not the number of a list item at the start."""
    found = [
        m for m in pattern.finditer(text) if not re.fullmatch(r"[\s(（]*", text[: m.start()]) and not _is_year(m, text)
    ]
    return rng.choice(found) if found else None


def _is_year(match: re.Match[str], text: str) -> bool:
    """Whether the number may be a year or a day: those are corrupted by `date`."""
    number = match[1] if match.re.groups else match[0]
    before = text[: match.start()].split(" ")[-2:]
    plain_year = bool(re.fullmatch(r"(?:19|20)\d\d", number)) and not text[match.end() :].startswith((" yuan", "%"))
    return plain_year or any(word in _MONTHS for word in before)


def _put(text: str, match: re.Match[str], new: str) -> str:
    return text[: match.start()] + new + text[match.end() :]


def digit(text: str, rng: random.Random) -> str | None:
    """One digit of a number becomes another."""
    match = _pick(_NUMBER, text, rng)
    if match is None:
        return None
    place = rng.choice([n for n, c in enumerate(match[0]) if c.isdigit()])
    other = rng.choice([d for d in "123456789" if d != match[0][place]])
    return _put(text, match, match[0][:place] + other + match[0][place + 1 :])


def _shifted(text: str, rng: random.Random, power: int) -> str | None:
    match = _pick(_AMOUNT, text, rng)
    if match is None:
        return None
    value = Decimal(match[1].replace(",", "")).scaleb(_SCALES[match[2]] + power)
    if not value:
        return None
    scale = next((s for s in (" trillion", " billion", " million") if value >= Decimal(10) ** _SCALES[s]), "")
    shown = value.scaleb(-_SCALES[scale])
    if scale and len(shown.normalize().as_tuple().digits) - shown.adjusted() > 5:
        scale, shown = "", value
    shown = shown.normalize()
    return _put(text, match, f"{shown:,f}{scale}")


def ten(text: str, rng: random.Random) -> str | None:
    """A number becomes ten times larger or smaller."""
    return _shifted(text, rng, rng.choice((1, -1)))


def wan_yi(text: str, rng: random.Random) -> str | None:
    """万 is taken for 亿, or the reverse: a factor of ten thousand."""
    return _shifted(text, rng, rng.choice((4, -4)) if re.search(r"million|billion", text) else 4)


def swapped(text: str, rng: random.Random) -> str | None:
    """Two numbers of the sentence change places."""
    found = [
        m for m in _NUMBER.finditer(text) if not re.fullmatch(r"[\s(（]*", text[: m.start()]) and not _is_year(m, text)
    ]
    places = [(a, b) for n, a in enumerate(found) for b in found[n + 1 : n + 4] if a[0] != b[0]]
    if not places:
        return None
    a, b = rng.choice(places)
    return text[: a.start()] + b[0] + text[a.end() : b.start()] + a[0] + text[b.end() :]


def unit(text: str, rng: random.Random) -> str | None:
    """The unit after a number becomes another one."""
    names = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
    found = list(re.finditer(rf"(?<=\d )(?P<a>(?:(?:million|billion|trillion) )?)(?P<unit>{names})\b", text))
    if not found:
        return None
    match = rng.choice(found)
    return _put(text, match, match["a"] + _UNITS[match["unit"]])


def points(text: str, rng: random.Random) -> str | None:
    """Percentage points become percent, or the reverse."""
    found = list(re.finditer(r"(?<=\d) percentage points?|(?<=\d)%(?! points)", text))
    if not found:
        return None
    match = rng.choice(found)
    return _put(text, match, "%" if "point" in match[0] else " percentage points")


def _hedge(text: str, rng: random.Random) -> re.Match[str] | None:
    names = "|".join(sorted(_HEDGES, key=len, reverse=True))
    found = list(re.finditer(rf"\b(?<!no )(?<!not )(?<!no more than )({names})(?= (?:RMB |US\$ ?|¥)?\d)", text))
    # "over 62 days" may be "in the course of", which is no hedge
    found = [
        m for m in found if m[0] != "over" or not re.match(r" [\d,.]+[ -](?:year|month|day|hour)", text[m.end() :])
    ]
    return rng.choice(found) if found else None


def hedge_dropped(text: str, rng: random.Random) -> str | None:
    """More than, nearly, about, at least … before a number is left out."""
    match = _hedge(text, rng)
    if match is None or match[0] == "exceeded":
        return None
    return text[: match.start()] + text[match.end() + 1 :]


def hedge_inverted(text: str, rng: random.Random) -> str | None:
    """A hedge becomes its opposite."""
    match = _hedge(text, rng)
    return None if match is None else _put(text, match, rng.choice(_HEDGES[match[0]]))


def dropped(text: str, rng: random.Random) -> str | None:
    """A number is left out, with its scale and unit."""
    match = _pick(
        re.compile(
            _AMOUNT.pattern + r"(?:%| (?:percentage points?|yuan|mu|hectares|kilometers|tonnes|square meters))?"
        ),
        text,
        rng,
    )
    return None if match is None else text[: match.start()].rstrip() + " " + text[match.end() :].lstrip()


def invented(text: str, rng: random.Random) -> str | None:
    """A number comes in that the source does not have."""
    extra = f"{rng.randint(21, 98)}"
    match = rng.choice(list(re.finditer(r"(?<=[a-z]) (?=[a-z]+s\b)", text)) or [None])
    if match is not None:
        before = text[: match.start()].split(" ")[-1].lower()
        if before not in {"percentage", "square", "cubic", "this", "it", "us", "kilowatt"} and not re.search(
            r"\d[\d.,]*(?: (?:million|billion|trillion))?$", text[: match.start()]
        ):
            return f"{text[: match.start()]} {extra}{text[match.start() :]}"
    return f"{text.rstrip('.')}, with {extra} more to come"


def direction(text: str, rng: random.Random) -> str | None:
    """A rise becomes a fall, or the reverse."""
    table = dict(_OPPOSITES) | {down: up for up, down in _OPPOSITES}
    names = "|".join(table)
    verb = rf"\b(?<!set )(?<!made )(?<!shot )(?<!up )(?<!built )(?<!shut )(?<!closed )(?<!make )({names})\b"
    found = list(re.finditer(verb + r"(?= (?:by |of )?(?:about |nearly |more than |over )?\d)", text, re.I))
    if not found:
        return None
    match = rng.choice(found)
    return _put(text, match, table[match[0].lower()])


def date(text: str, rng: random.Random) -> str | None:
    """A year, month or day becomes another one."""
    found = list(re.finditer(rf"\b(?:(?:19|20)\d\d(?![\d,.%]\d|%| yuan)|(?:{'|'.join(_MONTHS)})(?= \d))\b", text))
    if not found:
        return None
    match = rng.choice(found)
    if match[0] in _MONTHS:
        return _put(text, match, rng.choice([m for m in _MONTHS if m != match[0]]))
    return _put(text, match, str(int(match[0]) + rng.choice((-2, -1, 1, 2))))


WAYS: dict[str, Way] = {
    "digit": digit, "ten": ten, "wan-yi": wan_yi, "swapped": swapped, "unit": unit, "points": points,
    "hedge-dropped": hedge_dropped, "hedge-inverted": hedge_inverted, "dropped": dropped, "invented": invented,
    "direction": direction, "date": date,
}  # fmt: skip


def read(path: Path) -> Iterator[tuple[str, str]]:
    """The pairs of a TSV file."""
    raw = path.read_bytes()
    for line in (lzma.decompress(raw) if path.suffix == ".xz" else raw).decode("utf8").split("\n"):
        zh, tab, en = line.partition("\t")
        if tab:
            yield zh, en


def alarms(zh: str, en: str) -> frozenset[tuple[str, str]]:
    """The errors and warnings, by code and place in the source."""
    return frozenset(
        (f.code, str(f.source) if f.source else f"{f.message}") for f in compare(zh, en) if f.severity != "note"
    )


def half(zh: str) -> str:
    """Which half of the pairs a Chinese text belongs to: train or held-out."""
    return "held-out" if zlib.crc32(zh.encode()) % 2 else "train"


_HEDGED_ZH = re.compile(
    "[超逾余多过近约内满许跨起≈]|以上|以下|左右|上下|前后|不[足到少低高大]|突破|至[少多]|最[少多高低]|[高低大小少]于|接近|上[百千万]"
)
_MOVES_ZH = re.compile("[增升涨提扩加减降跌缩滑落窄压]|高于|低于|多于|少于|长了|下行|上行|回升|新[建设开]|快|慢")
_ROW = re.compile(r"(?:-|[a-z ]{0,8})?(?:,| and| or|, and) ")


def _leaves_right(way: str, zh: str, en: str, corrupt: str) -> bool:
    """Whether a corruption makes nothing wrong: see the docstring of the module."""
    if way.startswith("hedge"):
        return not _HEDGED_ZH.search(zh) or (way == "hedge-dropped" and _hedge_remains(en, corrupt))
    if way == "direction":
        return not _MOVES_ZH.search(zh)
    if way != "swapped" or "分别" in zh or "respectively" in en:
        return False
    first = next(n for n, (a, b) in enumerate(zip(en, corrupt, strict=False)) if a != b)
    last = len(en) - next(n for n, (a, b) in enumerate(zip(en[::-1], corrupt[::-1], strict=False)) if a != b)
    numbers = [m for m in _NUMBER.finditer(en) if m.end() > first and m.start() < last]
    return len(numbers) == 2 and bool(_ROW.fullmatch(en, numbers[0].end(), numbers[1].start()))


def _hedge_remains(en: str, corrupt: str) -> bool:
    """Whether another hedge stands before the number whose hedge was dropped, or before the one it is joined to."""
    place = next((n for n, (a, b) in enumerate(zip(en, corrupt, strict=False)) if a != b), len(corrupt))
    while place and corrupt[place - 1] not in " (":
        place -= 1
    before = corrupt[max(0, place - 60) : place]
    names = "|".join(sorted(_HEDGES, key=len, reverse=True))
    return bool(
        re.search(rf"\b(?:{names}) $", before)
        or re.search(rf"\b(?:{names}) (?:RMB |US\$ ?|¥)?[\d.,]+(?:%| \w+){{0,2}},? (?:and|or) $", before)
    )


def corrupted(way: str, zh: str, en: str, seed: int) -> str | None:
    """`en` corrupted in one way, None where it has nothing to corrupt; the same for the same seed and pair."""
    corrupt = WAYS[way](en, random.Random(f"{seed}:{way}:{zh}"))
    return None if corrupt is None or corrupt == en or _leaves_right(way, zh, en, corrupt) else corrupt


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--sample", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=0, help="print this many misses a way and all false alarms")
    parser.add_argument("--half", choices=("train", "held-out"), help="draw the sample from one half of the pairs")
    parser.add_argument("--way", choices=WAYS, action="append")
    args = parser.parse_args(arguments)
    rng = random.Random(args.seed)
    numeral = re.compile(r"[0-9０-９]|[一二三四五六七八九十百千万亿]")
    pairs = [(zh, en) for zh, en in read(args.pairs) if numeral.search(zh) and re.search(r"\d", en)]
    pairs = [pair for pair in pairs if args.half in (None, half(pair[0]))]
    pairs = rng.sample(pairs, min(args.sample, len(pairs)))
    started = time.perf_counter()
    clean: list[tuple[str, str, frozenset[tuple[str, str]]]] = []
    codes: Counter[str] = Counter()
    for zh, en in pairs:
        found = alarms(zh, en)
        clean.append((zh, en, found))
        codes.update({code for code, _ in found})
        if found and args.show:
            print(f"FALSE {sorted(found)}\n  {zh}\n  {en}", file=sys.stderr)
    seconds = time.perf_counter() - started
    wrong = sum(bool(found) for _, _, found in clean)
    print(f"correct pairs  {len(pairs)}, with an error or a warning {wrong} ({wrong / len(pairs):.2%}), "
          f"{1000 * seconds / len(pairs):.1f} ms a pair; by code: {dict(codes.most_common())}")  # fmt: skip
    total = caught = 0
    for name in args.way or WAYS:
        tried = hit = shown = 0
        for zh, en, before in clean:
            corrupt = corrupted(name, zh, en, args.seed)
            if corrupt is None:
                continue
            tried += 1
            if alarms(zh, corrupt) - before:
                hit += 1
            elif shown < args.show:
                shown += 1
                print(f"MISSED {name}\n  {zh}\n  {corrupt}\n  was: {en}", file=sys.stderr)
        total, caught = total + tried, caught + hit
        print(f"{name:15} {hit:5} of {tried:5}  {hit / max(tried, 1):8.2%}")
    print(f"{'all':15} {caught:5} of {total:5}  {caught / max(total, 1):8.2%}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
