"""Scans of pages that are made here: own text, set in columns, worsened as scanners worsen pages.

    python -m benchmarks.scans            # digits right, flagged and missed, for each way of worsening
"""

from __future__ import annotations

import difflib
import io
import random
import re
import sys
import time
from pathlib import Path
from typing import Any

FONTS = Path("/usr/share/fonts/opentype/noto")
TITLE = "云溪县：三年再造百亿元茶产业"
BODY = (
    "1月16日，云溪县委副书记、县长骆成林在接受记者专访时表示，2024年全县茶园面积达到38.6万亩，比上年扩大2.1万亩，干茶产量1.72万吨，综合产值61.35亿元，同比增长9.4%。",
    "“去年我们新建标准化加工厂27座，改造老厂房140余座，带动4.3万户茶农户均增收6280元。”骆成林介绍，全县现有规模以上茶企56家，其中年销售额超过1亿元的8家，出口额达到3197万美元，占全市的47.5%，比上年提高3.2个百分点。",
    "骆成林说，今年计划投资12.8亿元，实施重点项目39个，力争综合产值突破70亿元，新增就业岗位不少于5000个，农村居民人均可支配收入增长7%以上。",
    "到2027年，全县茶园面积稳定在40万亩，综合产值达到100亿元，机采率由35%提高到60%，每亩节约人工成本约800元，冷链物流覆盖90%的乡镇。",
    "截至1月10日，县里已兑付补贴资金8643.5万元，惠及茶农1.9万户；建成茶旅融合示范点16处，接待游客215万人次，实现旅游收入9.07亿元。",
)  # fmt: skip


def render(
    title: str = TITLE,
    body: tuple[str, ...] = BODY,
    *,
    size: int = 34,
    columns: int = 2,
    width: int = 1654,
    serif: bool = True,
) -> Any:
    """A page as an image of Pillow: the headline across, the body in columns below it."""
    from PIL import Image, ImageDraw, ImageFont

    face = FONTS / f"Noto{'Serif' if serif else 'Sans'}CJK-Regular.ttc"
    big, small = ImageFont.truetype(face, size * 2, index=2), ImageFont.truetype(face, size, index=2)
    column = (width - 200 - 60 * (columns - 1)) // columns
    rows: list[str] = []
    for paragraph in body:
        line = "　　"
        for token in re.findall(r"[\d.,%]+|.", paragraph):
            if small.getlength(line + token) > column and token not in "，。、；：”）":
                rows.append(line)
                line = ""
            line += token
        rows.append(line)
    each = -(-len(rows) // columns)
    height = 300 + int(each * size * 1.7) + 120
    page = Image.new("L", (width, height), 252)
    draw = ImageDraw.Draw(page)
    draw.text((100, 90), title, font=big, fill=20)
    for number, row in enumerate(rows):
        x = 100 + (number // each) * (column + 60)
        draw.text((x, 280 + int((number % each) * size * 1.7)), row, font=small, fill=30)
    return page


def worsen(
    page: Any,
    *,
    blur: float = 0.0,
    noise: int = 0,
    skew: float = 0.0,
    jpeg: int = 0,
    scale: float = 1.0,
    seed: int = 1,
) -> Any:
    """The page blurred, with salt and pepper, turned, at a lower resolution, saved as JPEG."""
    from PIL import Image, ImageFilter

    if skew:
        page = page.rotate(skew, resample=Image.Resampling.BICUBIC, expand=True, fillcolor=252)
    if scale != 1.0:
        page = page.resize((int(page.width * scale), int(page.height * scale)), Image.Resampling.LANCZOS)
    if blur:
        page = page.filter(ImageFilter.GaussianBlur(blur))
    if noise:
        chance = random.Random(seed)
        page = page.copy()
        for _ in range(page.width * page.height * noise // 1000):
            at = (chance.randrange(page.width), chance.randrange(page.height))
            page.putpixel(at, chance.choice((60, 140, 200, 255)))
    if jpeg:
        out = io.BytesIO()
        page.save(out, "JPEG", quality=jpeg)
        page = Image.open(io.BytesIO(out.getvalue())).convert("L")
    return page


WAYS: dict[str, dict[str, Any]] = {
    "clean": {},
    "blur": {"blur": 1.6},
    "noise": {"noise": 12},
    "skew": {"skew": 1.0},
    "jpeg": {"jpeg": 18},
    "low": {"scale": 0.5},
    "all": {"blur": 0.9, "noise": 5, "skew": -0.7, "jpeg": 30, "scale": 0.7},
    "awful": {"blur": 1.3, "noise": 10, "skew": 0.8, "jpeg": 22, "scale": 0.45},
}
_NUMBER = re.compile(r"\d[\d.,]*%?")


def score(raw: str, doubtful: list[tuple[int, int]], truth: str) -> tuple[int, int, int, int]:
    """Numbers printed, read right, wrong or lost but flagged, wrong and not flagged (what must be none)."""
    want = [m.group() for m in _NUMBER.finditer(truth)]
    got = [(m.group(), m.start(), m.end()) for m in _NUMBER.finditer(raw)]
    right = silent = flagged = 0
    matcher = difflib.SequenceMatcher(None, want, [g[0] for g in got], autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            right += b - a
            continue
        marked = sum(any(s < end and start < e for s, e in doubtful) for _, start, end in got[c:d])
        wrong = max(b - a, d - c)
        flagged += min(wrong, marked)
        silent += wrong - min(wrong, marked)
    return len(want), right, flagged, silent


def main() -> None:
    """Print one line for each way of worsening."""
    from briefing.errors import InputError
    from briefing.ingest.ocr import read_images

    wanted = sys.argv[1:] or list(WAYS)
    truth = TITLE + "\n" + "\n".join(BODY)
    print("way      numbers right flagged-wrong silent-wrong  flagged-in-all  characters  seconds")
    for serif in (True, False):
        for way in wanted:
            start = time.perf_counter()
            try:
                got = read_images([worsen(render(serif=serif), **WAYS[way])])
            except InputError as error:
                print(f"{way:8} refused: {error}", flush=True)
                continue
            spans = [(s.start, s.stop) for s in got.doubtful]
            total, right, flagged, silent = score(got.raw, spans, truth)
            bare = [re.sub(r"\s", "", text) for text in (truth, got.raw)]
            same = sum(m.size for m in difflib.SequenceMatcher(None, *bare, autojunk=False).get_matching_blocks())
            name = f"{way}{'' if serif else '*'}"
            print(
                f"{name:8} {total:7} {right:5} {flagged:13} {silent:12} {len(spans):15} {same / len(bare[0]):10.1%} "
                f"{time.perf_counter() - start:8.1f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
