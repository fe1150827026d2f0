"""Random pages on which every line is stretched to the measure, the last one of a paragraph too.

A seed gives a page: its columns, type, spacing, articles, boxes and pictures are thrown with dice. On the pages of even
seeds no paragraph ends in a short line, so that a column may end in 元 and 。 as far apart as it is wide.
"""

from __future__ import annotations

import random
from html import escape
from itertools import pairwise

from tests.pages.layouts import RUNNING, Layout, running, sheet
from tests.pages.stories import Story

PLACES = ("栖霞县", "白沙区", "枫溪镇", "北屿新区", "石潭县", "云岭区", "广济县", "澄湖新城")
NAMES = ("郑怀远", "苏曼青", "纪长河", "白一鸣", "尹若兰", "祁东升", "闻海燕")
HEADS = (
    "河水清了鱼回来了", "从一粒米做到一桌饭", "把冷板凳坐成热板凳", "让数据多跑路群众少跑腿", "三座老厂房的第二春", "大山里飞出金凤凰",
    "一年开工百个项目靠什么", "守好粮仓算好细账", "修一条回家的路", "小院落里的大民生", "港口越来越忙", "谁来种地怎么种好地", "产业链上的加减法",
)
SUBHEADS = (
    "先把家底摸清楚", "钱从哪里来", "人往哪里去", "事在哪里办", "一张图管到底", "账本摆到桌面上", "新厂与老厂", "把水留住 把路修通",
    "从“有没有”到“好不好”", "留得住人", "下一步：再快一点",
)
KICKERS = ("两会访谈", "对话县区长", "问答", "基层见闻", "经济观察", "民生账本")
QUESTIONS = ("新的一年，最想办成的一件事是什么？", "去年的账单上，哪一个数字您最满意？", "钱从哪里来，地从哪里出？", "对{y}年有什么打算？")
SENTENCES = (
    "去年全县粮食总产{a}.{c}万吨，比上年增加{f}.{c}%，其中优质稻占{d}%左右。",
    "“账不能只算一年，”{n}说，“头{f}年投进去{b}亿元，第{d}年才见到回头钱。”",
    "镇上的冷库从{f}座添到{d}座，库容{g}立方米，葡萄可以存到第二年{f}月。",
    "到{y}年，城区绿地率要达到{a}.{c}%，人均公园绿地不少于{d}.{f}平方米。",
    "全市{e}个行政村里，{a}个通了快递，剩下的{f}个也排进了今年上半年的计划。",
    "他把一张表摊开：合同额{e}.{c}亿元，到账{b}.{c}亿元，缺口{d}亿元由三家银行补上。",
    "厂里{g}名工人轮班，白班{d}小时，夜班{f}小时，一条线一天出{e}台整机。",
    "“群众问得最多的就一句话：什么时候通水？”他顿了顿，“{f}月{d}日，一天也不拖。”",
    "改造后的泵站每小时多排水{g}立方米，低洼处的{e}户人家汛期不用再搬东西上楼。",
    "港口全年吞吐量{e}万吨，同比增长{d}.{c}%，集装箱{b}.{c}万标箱，增长{f}.{c}%。",
    "记者看到，屏幕上跳动着{g}个点位，绿色的是正常，红色的只有{f}处。",
    "养老的事情急不得，也慢不得。",
    "这笔钱花得值不值，乡亲们说了算。",
    "他说，办法总比困难多。",
    "他笑着说：“能！”",
    "为什么不早一点动手？一是没有钱，二是没有人，三是谁也不愿意先开这个口。",
    "——这是一笔{b}.{c}亿元的大账——当年收回的只有{f}%，其余要等{d}年。",
    "三至五年内，建成{d}—{a}个社区食堂，覆盖{b}万名60岁以上老人。",
    "其中：道路{a}条、桥梁{f}座、管网{e}.{c}公里，总投资{b}亿元（含征迁{f}.{c}亿元）。",
    "空气质量优良天数{e}天，细颗粒物（PM2.5）平均浓度每立方米{a}微克，下降{f}.{c}%。",
    "“快了，快了……”老支书数着手指头，“再有{f}个月零{d}天就封顶。”",
    "“明年还是这个劲头！”说完，他又上了去工地的车。",
)
OPENINGS = ("", "", "", "“十四五”以来，", "谈到民生，{n}说，", "数据显示，", "在{p}采访时，", "与{y}年相比，", "更重要的是，")
KINDS = ("one", "stack", "banner", "pair", "rail", "around", "continued", "questions", "opening", "aside", "strip")


class Page:
    """The page of one seed while it is made."""

    def __init__(self, seed: int) -> None:
        self.seed, self.dice = seed, random.Random(seed)
        r = self.dice
        self.stretched = seed % 2 == 0
        self.size, self.leading = r.choice((9, 9.5, 10, 10.5)), r.choice((1.35, 1.45, 1.55, 1.7))
        self.gap, self.rule = r.choice((4, 5, 6, 8)), r.choice(("", "", "column-rule:.5pt solid #777;"))
        self.spacing, self.uneven = r.choice((0, 0, 0.02, 0.05, 0.1, 0.25)), r.random() < 0.4
        self.indented = r.random() < 0.88
        self.font = r.choice(("Noto Serif CJK SC", "Noto Serif CJK SC", "Noto Sans CJK SC"))
        self.capital = r.random() < 0.3
        self.heads = r.sample(HEADS, len(HEADS))
        self.stories: list[Story] = []
        self.apart = r.choice(("margin-top:7mm", "margin-top:5mm;border-top:.8pt solid #000;padding-top:4mm"))

    def css(self) -> str:
        r, c = self.dice, f".s{self.seed}"
        last = "text-align-last:justify;" if self.stretched else ""
        sans = "Noto Serif CJK SC" if "Sans" in self.font else "Noto Sans CJK SC"
        above, wide = r.choice((0.5, 1, 2.5)) if "Sans" in self.font else r.choice((0, 0, 1, 2.5)), r.random() < 0.2
        out = f"{c}{{font-family:'{self.font}';font-size:{self.size}pt;line-height:{self.leading}}}"
        out += f"{c} p{{text-indent:{2 * self.indented}em;text-align:justify;{last}letter-spacing:{self.spacing}em;margin-bottom:{0 if self.indented else r.choice((0.5, 0.8, 1.2))}em}}"
        out += f"{c} .byline{{letter-spacing:0;text-indent:0}} {c} .q{{font-family:'{sans}';font-weight:700}}"
        out += f"{c} h3{{font:700 {self.size + above}pt/{self.leading} '{sans}';text-align:{r.choice(('center', 'center', 'left'))};{last if wide else ''}margin:{r.choice((1, 2, 3))}mm 0;break-after:avoid}}"
        out += f"{c} figcaption,{c} .cap{{display:block;font:{self.size - r.choice((1, 1.5, 2))}pt/1.4 'Noto Sans CJK SC';text-indent:0;text-align:justify;text-align-last:{r.choice(('left', 'justify'))};letter-spacing:0}}"
        out += f"{c} .inbox{{text-align:justify;text-indent:2em;display:block;{last}}} {c} .set{{float:left;width:100%;display:block;break-inside:avoid;text-indent:0;margin:2mm 0}}"
        if self.capital:
            out += f"{c} .first{{text-indent:0}} {c} .first::first-letter{{float:left;font-size:{self.size * 2.85:.1f}pt;line-height:{2 * self.size * self.leading:.1f}pt;padding-right:1mm}}"
        return f"<style>{out}</style>"

    def sentence(self, place: str, name: str) -> str:
        r = self.dice
        return (r.choice(OPENINGS) + r.choice(SENTENCES)).format(
            a=r.randint(12, 98), b=r.randint(3, 49), c=r.randint(1, 9), d=r.randint(4, 29), e=r.randint(101, 999),
            f=r.randint(2, 9), g=r.randint(1001, 9999), y=r.randint(2019, 2030), p=place, n=name,
        )

    def story(self, length: float, subheads: int = 0, *, short: bool = False) -> Story:
        """A story of about `length` characters, kept as the next of the page; `short`: one sentence a paragraph."""
        r = self.dice
        place, name = r.choice(PLACES), r.choice(NAMES)
        body: list[str] = []
        while sum(map(len, body)) < length:
            text = "".join(self.sentence(place, name) for _ in range(1 if short else r.choice((1, 1, 2, 2, 3, 4))))
            body.append(f"“{text[:-1]}。”{name}说。" if r.random() < 0.25 and "“" not in text else text)
        where = sorted(r.sample(range(1, len(body)), min(subheads, len(body) - 1)))
        reporter = f"本报记者 {r.choice(('高原', '叶知秋', '莫愁'))}" + r.choice(("", " 通讯员 万小川"))
        scene = r.choice(("一处果园，农户正在采摘", "污水处理厂新上的曝气池", "老街改造后的夜市", "新建成的文体中心"))
        made = Story(
            self.heads.pop(), tuple(body), r.choice((*KICKERS, *("",) * 6)),
            f"——访{place}负责人{name}" if r.random() < 0.4 else "", reporter if r.random() < 0.6 else "",
            f"图为{place}{scene}。{r.choice(('本报记者 高原 摄', '资料图片', '莫愁 摄', '通讯员供图'))}", name,
            tuple(zip(where, r.sample(SUBHEADS, len(where)), strict=True)),
        )
        self.stories.append(made)
        return made

    def paragraph(self, text: str, kind: str = "", style: str = "", inner: str = "") -> str:
        """A paragraph; `inner` is set in its middle."""
        if self.uneven:
            style += f";letter-spacing:{self.dice.uniform(0, 0.14):.3f}em"
        cut = len(text) // 2
        shown = escape(text[:cut]) + inner + escape(text[cut:]) if inner else escape(text)
        return f'<p class="{kind}" style="{style}">{shown}</p>'

    def paragraphs(self, one: Story, inner: str = "", *, first: bool = False) -> list[str]:
        heads, at = dict(one.subheads), self.dice.randrange(1, max(2, len(one.body) - 1)) if inner else -1
        out = []
        for n, text in enumerate(one.body):
            kind = "first" if first and n == 0 and self.capital and text[0] not in "“《—0123456789" else ""
            out.append((f"<h3>{heads[n]}</h3>" if n in heads else "") + self.paragraph(text, kind, "", inner if n == at else ""))
        return out

    def columns(self, count: int, inner: str) -> str:
        return f'<div style="column-count:{count};column-gap:{self.gap}mm;{self.rule}">{inner}</div>'

    def head(self, one: Story, level: str = "h1") -> str:
        r = self.dice
        size, side = r.choice((26, 30, 36) if level == "h1" else (16, 18, 22)), r.choice(("center", "center", "left"))
        parts = (("div", "kicker", one.kicker), (level, "", one.headline), ("div", "deck", one.deck), ("p", "byline", one.byline))
        return "".join(
            f'<{tag} class="{kind}" style="text-align:{side};text-align-last:{side};{f"font-size:{size}pt;margin-bottom:{r.choice((1, 2, 3))}mm" if tag == level else ""}">{text}</{tag}>'
            for tag, kind, text in parts if text
        )

    def figure(self, one: Story, width: int = 100) -> str:
        side = self.dice.choice(("0 auto 3mm", "0 0 3mm 0", "0 0 3mm auto"))
        return f'<figure style="width:{width}%;margin:{side}"><div class="photo" style="height:{self.dice.choice((30, 40))}mm"></div><figcaption>{one.caption}</figcaption></figure>'

    def article(self, length: int, count: int, level: str = "h1", *, plain: bool = False) -> str:
        """An article in columns, with a boxed sidebar, a picture in a column or over all of them, or nothing."""
        r = self.dice
        one = self.story(length, r.choice((0, 0, 1, 2, 3)) if length > 500 else 0)
        kind, inner, top = r.choice(("", "", "box", "picture", "top")) if not plain else "", "", ""
        if kind == "box" and length / count > 300:
            side = self.story(min(r.choice((60, 120, 200)), length / count * 0.35), short=True)
            texts = "".join(f'<span class="inbox">{escape(text)}</span>' for text in side.body)
            inner = f'<span class="box set"><span style="display:block;text-align:center;text-align-last:center;font:700 {self.size + 1}pt/1.6 \'Noto Sans CJK SC\'">{side.headline}</span>{texts}</span>'
        elif kind == "picture":
            inner = f'<span class="set"><span class="photo" style="display:block;height:{r.choice((25, 32, 40))}mm"></span><span class="cap">{one.caption}</span></span>'
        elif kind == "top":
            top = self.figure(one, r.choice((45, 60, 100)))
        return self.head(one, level) + top + self.columns(count, "".join(self.paragraphs(one, inner, first=True)))

    def around(self, length: int, count: int) -> str:
        """An article around a picture or a box over its inner, or all but its last, columns."""
        r = self.dice
        one = self.story(length, r.choice((0, 1, 2)))
        outer = r.random() < 0.6
        shares = [1.0] * outer + [0.62] * (count - 1 - outer) + [1.0]
        middle, heads, whole = count - 1 - outer, dict(one.subheads), sum(map(len, one.body))
        ends = [int(whole * sum(shares[:n]) / sum(shares)) for n in ([1] if outer else []) + [count - 1]]
        parts: list[list[str]] = [[] for _ in range(len(ends) + 1)]
        at = 0
        for n, text in enumerate(one.body):
            edges = [0, *(e - at for e in ends if 3 < e - at < len(text) - 3), len(text)]
            for j, (a, b) in enumerate(pairwise(edges)):
                style = ("text-indent:0;" if j else "") + ("text-align-last:justify;" if b < len(text) else "")
                before = f"<h3>{heads[n]}</h3>" if n in heads and not j else ""
                parts[sum(at + a + 3 >= e for e in ends)].append(before + self.paragraph(text[a:b], "", style))
            at += len(text)
        if r.random() < 0.5:
            side = self.story(r.choice((160, 260)))
            inside = f'<div class="box" style="margin-bottom:4mm"><h2 style="font-size:15pt;text-align:center">{side.headline}</h2>{self.columns(r.choice((1, max(1, middle))), "".join(self.paragraphs(side)))}</div>'
        else:
            inside = self.figure(one)
        cells = [f"<div>{''.join(parts[0])}</div>"] if outer else []
        cells.append(f'<div style="grid-column:span {middle}">{inside}{self.columns(middle, "".join(parts[outer]))}</div>')
        cells.append(f"<div>{''.join(parts[-1])}</div>")
        return self.head(one) + f'<div style="display:grid;grid-template-columns:repeat({count},1fr);gap:{self.gap}mm">{"".join(cells)}</div>'

    def below(self, inner: str) -> str:
        return f'<div style="{self.apart}">{inner}</div>'

    def row(self, cells: list[str], widths: str, style: str = "") -> str:
        gap = self.dice.choice((self.gap, 9))
        return f'<div style="display:grid;grid-template-columns:{widths};gap:{gap}mm;{style}">{"".join(f"<div>{c}</div>" for c in cells)}</div>'

    def sheets(self, kind: str) -> list[str]:
        """The HTML of each sheet of a page of that kind."""
        r = self.dice
        if kind == "one":
            return [self.article(r.randint(1200, 3600), r.randint(2, 5))]
        if kind == "stack":
            out = self.article(r.randint(800, 1700), r.randint(2, 5))
            for _ in range(r.randint(1, 2)):
                out += self.below(self.article(r.randint(400, 1000), r.randint(2, 5), r.choice(("h1", "h2"))))
            return [out]
        if kind in ("banner", "pair"):
            out = self.article(r.randint(900, 1800), r.randint(3, 5))
            cells = [self.article(r.randint(450, 800), 2, "h2"), self.article(r.randint(450, 700), r.choice((1, 2)), "h2")]
            out += self.row(cells, r.choice(("1fr 1fr", "3fr 2fr")), self.apart)
            return [out + (self.below(self.article(r.randint(300, 500), r.randint(3, 5), "h2", plain=True)) if kind == "pair" else "")]
        if kind == "rail":
            left, right = self.article(r.randint(1000, 2200), r.randint(2, 4)), ""
            for _ in range(r.randint(1, 3)):
                one = self.story(r.randint(120, 320))
                right += f'<div class="{"box" if r.random() < 0.3 else ""}" style="margin-bottom:5mm"><h2 style="font-size:{r.choice((13, 15))}pt">{one.headline}</h2>{"".join(self.paragraphs(one))}</div>'
            return [self.row([left, right], f"{r.choice((2, 3, 4))}fr 1fr")]
        if kind == "around":
            out = self.around(r.randint(1400, 2800), r.choice((3, 4, 4, 5)))
            return [out + (self.below(self.article(r.randint(400, 900), r.randint(3, 5), "h2", plain=True)) if r.random() < 0.5 else "")]
        one = self.story(r.randint(1300, 2600), r.choice((0, 2)))
        texts, count = self.paragraphs(one, first=True), r.randint(2, 5)
        if kind == "continued":
            at = r.randrange(len(texts) // 3, 2 * len(texts) // 3)
            text, before = one.body[at], f"<h3>{dict(one.subheads)[at]}</h3>" if at in dict(one.subheads) else ""
            cut = len(text) // 2
            first = self.head(one) + self.columns(count, "".join(texts[:at]) + before + self.paragraph(text[:cut], "", "text-align-last:justify"))
            rest = self.columns(r.randint(2, 5), self.paragraph(text[cut:], "", "text-indent:0") + "".join(texts[at + 1 :]))
            return [first, rest + self.below(self.article(r.randint(400, 900), r.randint(2, 4), "h2"))]
        if kind == "questions":
            body, inner = list(one.body), list(texts)
            for n in range(len(body) - 1, 0, -1):
                if r.random() < 0.5 and n not in dict(one.subheads):
                    asked = "记者：" + (self.sentence(PLACES[0], NAMES[0])[:-1] + "，" if r.random() < 0.3 else "") + r.choice(QUESTIONS).format(y=2026)
                    body.insert(n, asked)
                    inner.insert(n, self.paragraph(asked, "q"))
            self.stories[-1] = Story(one.headline, tuple(body), one.kicker, one.deck, one.byline)
            out = self.head(one) + self.columns(count, "".join(inner))
        elif kind == "opening":  # the first paragraph over all columns, in the type of the body
            out = self.head(one) + f'<div style="margin-bottom:3mm">{texts[0]}</div>' + self.columns(max(3, count), "".join(texts[1:]))
        elif kind == "aside":  # a picture beside the columns
            shown = f'<div style="width:{r.choice((70, 100))}mm">{self.figure(one)}</div>', f'<div style="flex:1">{self.columns(min(3, count), "".join(texts))}</div>'
            out = self.head(one) + f'<div style="display:flex;gap:8mm">{"".join(shown if r.random() < 0.5 else shown[::-1])}</div>'
        else:  # a strip of short pieces at the foot of the page
            out = self.head(one) + self.columns(count, "".join(texts))
            cells = []
            for _ in range(r.randint(2, 4)):
                piece = self.story(r.randint(60, 150), short=True)
                cells.append(f'<h3 style="text-align:left;margin:0 0 1mm 0;font-size:{self.size + 2}pt">{piece.headline}</h3>{"".join(self.paragraphs(piece))}')
            return [out + self.row(cells, f"repeat({len(cells)},1fr)", "margin-top:7mm")]
        return [out + self.below(self.article(r.randint(400, 900), r.randint(2, 5), "h2"))]


def stretched(seed: int) -> Layout:
    """The page, or two pages, of a seed."""
    page = Page(seed)
    kind = KINDS[seed % len(KINDS)]
    css, made = page.css(), page.sheets(kind)
    shown = len(made) > 1 or page.dice.random() < 0.6
    sheets = tuple(
        sheet(css if n == 0 else "", f'<div class="s{seed}">', running(f"A0{3 + n}") if shown else "", inner, "</div>")
        for n, inner in enumerate(made)
    )
    return Layout(f"{kind}-{seed}", sheets, tuple(page.stories), RUNNING if shown else ())
