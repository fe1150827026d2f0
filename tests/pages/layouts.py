"""The layouts: each is a page (or two) of HTML and the articles that must be read from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from tests.pages.stories import Story, news, story

PAPER = (350, 500)
"""Width and height of the sheet in millimetres."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A page to be set, and its articles in the order in which they ought to come."""

    name: str
    sheets: tuple[str, ...]
    """The HTML of each page."""
    stories: tuple[Story, ...]
    furniture: tuple[str, ...] = ()
    """Texts that must not stand inside any paragraph."""


CSS = """
@page { size: 350mm 500mm; margin: 0 }
* { box-sizing: border-box; margin: 0; padding: 0 }
body { font-family: 'Noto Serif CJK SC'; font-size: 10pt; line-height: 1.5; color: #000 }
.sheet { width: 350mm; height: 499.5mm; padding: 12mm 14mm; overflow: hidden; page-break-after: always; position: relative; display: flow-root }
p { text-indent: 2em; text-align: justify }
h1 { font: 900 34pt/1.25 'Noto Sans CJK SC'; text-align: center }
h2 { font: 700 20pt/1.3 'Noto Sans CJK SC' }
h3 { font: 700 11pt/1.6 'Noto Sans CJK SC'; text-align: center; margin: 2mm 0 }
.kicker { font: 14pt/1.4 'Noto Sans CJK SC'; text-align: center }
.deck { font: 13pt/1.6 'Noto Serif CJK SC'; text-align: center }
.byline { font: 9pt/1.8 'Noto Sans CJK SC'; text-align: center; text-indent: 0; margin-bottom: 2mm }
.cols { column-gap: 8mm; column-fill: balance }
.photo { background: linear-gradient(#888, #ddd); height: 42mm; width: 100% }
figure { break-inside: avoid }
figcaption { font: 8pt/1.4 'Noto Sans CJK SC' }
.running { display: flex; justify-content: space-between; border-bottom: 1pt solid #000; font: 10pt/1.8 'Noto Sans CJK SC'; margin-bottom: 6mm }
.foot { position: absolute; bottom: 6mm; left: 14mm; right: 14mm; font-size: 8pt }
.box { border: 1pt solid #333; padding: 4mm; background: #eee }
table { border-collapse: collapse; width: 100%; font-size: 9pt } td { border: .5pt solid #666; padding: 1mm 2mm }
"""
RUNNING = ("要 闻", "2025年1月20日 星期一", "A03")


def running(page: str = "A03") -> str:
    return f'<div class="running"><span>{RUNNING[0]}</span><span>临溪晚报</span><span>{RUNNING[1]}</span><span>{page}</span></div>'


def head(one: Story, level: str = "h1") -> str:
    out = f'<div class="kicker">{one.kicker}</div>' if one.kicker else ""
    out += f"<{level}>{one.headline}</{level}>"
    out += f'<div class="deck">{one.deck}</div>' if one.deck else ""
    return out + (f'<p class="byline">{one.byline}</p>' if one.byline else "")


def paragraphs(one: Story) -> list[str]:
    heads = dict(one.subheads)
    return [(f"<h3>{heads[n]}</h3>" if n in heads else "") + f"<p>{escape(text)}</p>" for n, text in enumerate(one.body)]


def columns(one: Story, count: int, inner: str | None = None, style: str = "") -> str:
    return f'<div class="cols" style="column-count:{count};{style}">{inner if inner is not None else "".join(paragraphs(one))}</div>'


def figure(one: Story, height: str = "42mm") -> str:
    return f'<figure><div class="photo" style="height:{height}"></div><figcaption>{one.caption}</figcaption></figure>'


def sheet(*parts: str) -> str:
    return f'<div class="sheet">{"".join(parts)}</div>'


def two_columns() -> Layout:
    one = story(1, length=1500, subheads=2)
    return Layout("two_columns", (sheet(head(one), columns(one, 2)),), (one,))


def banner() -> Layout:
    """A banner over four columns, and two articles side by side below it, each with its own headline."""
    one, two, three = story(2, length=2200, subheads=3), story(3, length=900), story(4, length=800)
    below = f'<div style="display:grid;grid-template-columns:1fr 1fr;gap:8mm;margin-top:10mm"><div>{head(two, "h2")}{columns(two, 2)}</div><div>{head(three, "h2")}{columns(three, 2)}</div></div>'
    return Layout("banner", (sheet(running(), head(one), columns(one, 4), below),), (one, two, three), RUNNING)


def stacked() -> Layout:
    """Four columns above, four short pieces of news below, their gutters in line."""
    one, shorts = story(5, length=2400), [news(n, length=200) for n in range(4)]
    below = "".join(f'<div><h3 style="text-align:left">{s.headline}</h3>{"".join(paragraphs(s))}</div>' for s in shorts)
    page = sheet(running(), head(one), columns(one, 4), f'<div style="display:grid;grid-template-columns:repeat(4,1fr);gap:8mm;margin-top:8mm">{below}</div>')
    return Layout("stacked", (page,), (one, *shorts), RUNNING)


def sidebar() -> Layout:
    """A boxed sidebar in the middle of three columns, which cuts a paragraph in two."""
    one, side = story(6, length=2600, subheads=2), news(7, length=320)
    box = f'<span class="box" style="float:left;width:100%;display:block;text-indent:0;margin:3mm 0"><span style="display:block;text-align:center;font:700 11pt/1.6 \'Noto Sans CJK SC\'">{side.headline}</span><span style="display:block;text-indent:2em">{side.body[0]}</span></span>'
    inner = paragraphs(one)
    middle = len(inner) // 2
    cut = len(one.body[middle]) // 2
    inner[middle] = f"<p>{escape(one.body[middle][:cut])}{box}{escape(one.body[middle][cut:])}</p>"
    return Layout("sidebar", (sheet(running(), head(one), columns(one, 3, "".join(inner))),), (one, side), RUNNING)


def photo() -> Layout:
    """A photograph with its caption inside a column, in the middle of a sentence."""
    one = story(7, length=2400, caption=True)
    inner = paragraphs(one)
    middle = len(inner) // 2
    cut = len(one.body[middle]) // 2
    shown = f'<span style="float:left;width:100%;display:block;text-indent:0;margin:2mm 0"><span class="photo" style="display:block"></span><span style="display:block;font:8pt/1.4 \'Noto Sans CJK SC\'">{one.caption}</span></span>'
    inner[middle] = f"<p>{escape(one.body[middle][:cut])}{shown}{escape(one.body[middle][cut:])}</p>"
    return Layout("photo", (sheet(head(one), columns(one, 3, "".join(inner))),), (one,))


def vertical_headline() -> Layout:
    """Headlines set vertically, once left and once right of the columns."""
    one, two = story(8, length=1500), story(9, length=1500)
    down = "writing-mode:vertical-rl;font:900 30pt/1.3 'Noto Sans CJK SC';height:110mm"
    upper = f'<div style="display:grid;grid-template-columns:auto 1fr;gap:8mm;margin-bottom:14mm"><div style="{down}">{one.headline}</div><div><p class="byline">{one.byline}</p>{columns(one, 4)}</div></div>'
    lower = f'<div style="display:grid;grid-template-columns:1fr auto;gap:8mm"><div><p class="byline">{two.byline}</p>{columns(two, 4)}</div><div style="{down}">{two.headline}</div></div>'
    return Layout("vertical_headline", (sheet(running(), upper, lower),), (one, two), RUNNING)


def vertical() -> Layout:
    """A whole page set vertically, in two tiers of columns from right to left."""
    one = story(10, length=1700)
    tiers, size = [], len(one.body) // 2
    for part in (one.body[:size], one.body[size:]):
        tiers.append(f'<div style="writing-mode:vertical-rl;height:150mm;width:100%;margin-bottom:10mm">{"".join(f"<p>{escape(t)}</p>" for t in part)}</div>')
    return Layout("vertical", (sheet(f"<h1>{one.headline}</h1><p class='byline'>{one.byline}</p>", *tiers),), (one,))


def drop_cap() -> Layout:
    """A drop capital, a headline and subheads printed twice for want of a bold type."""
    one = story(11, length=1600, subheads=3)
    double = "position:absolute;left:.35pt;top:0;width:100%"
    inner = "".join(paragraphs(one))
    for _, text in one.subheads:
        inner = inner.replace(f"<h3>{text}</h3>", f'<h3 style="position:relative;font-weight:400">{text}<span style="{double}">{text}</span></h3>')
    inner = inner.replace("<p>", '<p class="first" style="text-indent:0">', 1)
    style = '<style>.first::first-letter{float:left;font-size:38pt;line-height:42pt;padding-right:1mm}</style>'
    top = f'{style}<h1 style="position:relative;font-weight:400">{one.headline}<span style="{double}">{one.headline}</span></h1><p class="byline">{one.byline}</p>'
    return Layout("drop_cap", (sheet(running(), top, columns(one, 3, inner)),), (one,), RUNNING)


def continued() -> Layout:
    """An article that goes on, in the middle of a sentence, on the next page."""
    one, two = story(12, length=3800, subheads=3), story(13, length=900)
    parts = paragraphs(one)
    at = len(parts) * 3 // 5
    cut = len(one.body[at]) // 2
    before = [*parts[:at], f"<p style='text-align-last:justify'>{escape(one.body[at][:cut])}</p>"]
    after = [f'<p style="text-indent:0">{escape(one.body[at][cut:])}</p>', *parts[at + 1 :]]
    first = sheet(running("A03"), head(one), columns(one, 4, "".join(before)), '<div class="foot">责编 何田 美编 齐越 电话 0900-5550123</div>')
    second = sheet(running("A04"), columns(one, 4, "".join(after)), f'<div style="margin-top:10mm">{head(two, "h2")}{columns(two, 3)}</div>', '<div class="foot">责编 何田 美编 齐越 电话 0900-5550123</div>')
    return Layout("continued", (first, second), (one, two), (*RUNNING, "0900-5550123"))


ADVERT = "金麦家电城 年货节满3000减500 地址：东陵区迎春路8号 热线：0900-5550188"
WEATHER = "今日多云转晴 气温-3℃至6℃ 北风三级"


def busy() -> Layout:
    """Six articles on one page, with a table of indicators, the weather and an advertisement."""
    one, two, three = story(14, length=1500, subheads=1), story(15, length=800), story(16, length=700)
    shorts = [news(n, length=150) for n in range(3)]
    rows = (("指标", "去年", "增长"), ("地区生产总值（亿元）", "486.2", "5.9%"), ("社会消费品零售总额（亿元）", "201.7", "4.3%"), ("进出口总额（亿元）", "88.5", "11.0%"))
    table = "<h3>2024年主要经济指标</h3><table>" + "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows) + "</table>"
    brief = "".join(f'<h3 style="text-align:left">{s.headline}</h3>{"".join(paragraphs(s))}' for s in shorts)
    weather = f'<div class="box" style="margin-top:5mm"><h3>天气预报</h3><div>{WEATHER}</div></div>'
    advert = f'<div class="box" style="margin-top:8mm;text-align:center;font:700 15pt/1.6 \'Noto Sans CJK SC\'">{ADVERT}</div>'
    left = f'<div>{head(one, "h1")}{columns(one, 3)}<div style="display:grid;grid-template-columns:1fr 1fr;gap:8mm;margin-top:8mm"><div>{head(two, "h2")}{columns(two, 2)}</div><div>{head(three, "h2")}{columns(three, 2)}</div></div>{advert}</div>'
    right = f'<div><h2>简讯</h2>{brief}<div style="margin-top:5mm">{table}</div>{weather}</div>'
    page = sheet(running(), f'<div style="display:grid;grid-template-columns:3fr 1fr;gap:9mm">{left}{right}</div>')
    return Layout("busy", (page,), (one, two, three, *shorts), (*RUNNING, "金麦家电城", "天气预报", "社会消费品零售总额"))


def five_columns() -> Layout:
    """Narrow columns, a photograph over two of them, rules between the columns."""
    one, two = story(17, length=2700, subheads=3, caption=True), story(18, length=1000)
    inner = columns(one, 5, style="column-gap:6mm;column-rule:.5pt solid #777")
    shown = f'<div style="width:128mm;margin:0 auto 4mm">{figure(one, "60mm")}</div>'
    below = f'<div style="border-top:1pt solid #000;margin-top:6mm;padding-top:4mm">{head(two, "h2")}{columns(two, 5, style="column-gap:6mm")}</div>'
    return Layout("five_columns", (sheet(running(), head(one), shown, inner, below),), (one, two), RUNNING)


def nested() -> Layout:
    """An article that bends around another one: no straight cut parts the two."""
    one, inner = story(19, length=2600), story(20, length=600)
    cell = "border:1pt solid #333;padding:4mm"
    texts = paragraphs(one)
    third = len(texts) // 3
    col = "display:flex;flex-direction:column"
    page = (
        f'{head(one)}<div style="display:grid;grid-template-columns:repeat(4,1fr);gap:8mm">'
        f'<div style="{col}">{"".join(texts[:third])}</div>'
        f'<div style="grid-column:span 2"><div style="{cell}">{head(inner, "h2")}{columns(inner, 2)}</div>{columns(one, 2, "".join(texts[third:2 * third]), "margin-top:5mm")}</div>'
        f'<div style="{col}">{"".join(texts[2 * third:])}</div></div>'
    )
    return Layout("nested", (sheet(running(), page),), (one, inner), RUNNING)


def spaced() -> Layout:
    """Wide set headline, paragraphs parted by blank lines and not indented, two articles beside each other."""
    one, two = story(21, length=1300), story(22, length=1300)
    style = "<style>.open p{text-indent:0;margin-bottom:10pt} .open h1{letter-spacing:.4em}</style>"
    page = f'{style}<div class="open" style="display:grid;grid-template-columns:1fr 1fr;gap:12mm"><div>{head(one, "h1")}{columns(one, 2)}</div><div>{head(two, "h1")}{columns(two, 2)}</div></div>'
    return Layout("spaced", (sheet(running(), page),), (one, two), RUNNING)


LAYOUTS: tuple[Callable[[], Layout], ...] = (
    two_columns, banner, stacked, sidebar, photo, vertical_headline, vertical, drop_cap, continued, busy,
    five_columns, nested, spaced,
)
