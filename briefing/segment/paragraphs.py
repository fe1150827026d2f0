"""The paragraphs of a page and what each looks like: heading, byline, caption, body or page furniture."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from briefing.lexicon import SPEECH, name_at, named
from briefing.segment.page_heads import is_page_head
from briefing.spans import Span

MAX_HEADING = 36
"""Code points; a longer line is no headline."""
MAX_CAPTION = 60
MAX_DECK = 80
_BYLINE = re.compile(
    r"^[^\w“《]*(?:(?:本报|本刊|新华社)?[\u4e00-\u9fff]{0,6}(?:\d{1,2}月\d{1,2}日|专)[电讯]\s*[（(]?\s*)?(?:[\u4e00-\u9fff·]{1,12}(?:报|网|台|社|壹点|客户端|新闻|发布|融媒|传媒|中心)(?:[·・]?[\u4e00-\u9fff]{2,8}新闻)?[·・\s]?(?=(?:首席|见习|实习|全媒体|融媒体?|特派)?(?:记者|通讯员)))?"
    r"(?:(?:本报|本刊|本台|见习|实习|首席|特约|特派|融媒体?|全媒体|新锐大众|齐鲁晚报·齐鲁壹点|文|文字|图|图片|摄影|整理|采写)[·・\s]*)*"
    r"(?:[\u4e00-\u9fff]{2}(?:时间|地点|日期)(?=[：:])|(?:采访|访谈|发布|对话|拍摄)(?:时间|地点|日期|记者)|特约主持人?|评论员|(?:访谈|对话)[人者](?=[：:]\s?本[报刊台网社])|日期|时间|地点|记者|通讯员|文/?图?|图/?文?|摄影|编辑|撰稿|撰文|采写|采访|整理|责任编辑|责编|美编|校对|供图|策划|制图|出镜|统筹|审核|审校|版式|组版|检校|采访者|采访人|访问者|提问者|监制|终审|复审|初审|排版|设计|制作|值班编委|值班主任|视频|海报|漫画|实习生|作者|责任校对|执笔)"
    r"(?:[:：/|｜\s]|(?=[\u4e00-\u9fff]{2,4}(?:[\s，、）)]|$)))"
)
_PRESIDES = re.compile(r"[^\w]*主持人?\s?[：:]\s*([^。！？，：]{4,40})")
_OF_THE_PAPER = re.compile(r"(?:本[报刊台网社]|.{2,8}(?:日报|晚报|电视台|融媒体?中心))[\u4e00-\u9fff\s]{2,12}$")
_GUESTS = re.compile(
    r"[^\w]*(?:本期|特邀|对话|访谈|受访|圆桌|做客|参与|与会)?(?:嘉宾|受访者|受访人|对话人|发言人)\s?[：:]?"
)
_DATELINE = re.compile(
    r"(?:[\u4e00-\u9fff]{2,12}?\d{1,2}月\d{1,2}日专?[电讯]|本[报刊台网社]讯(?=\s?[（(]))\s?(?:[（(][^（）()]{2,40}[）)])?$"
)
"""A dateline on a line of its own: 本报北京3月6日电（记者 李文）."""
_LEAD = re.compile(r"[\u4e00-\u9fff]{2,12}?\d{1,2}月\d{1,2}日专?[电讯]")
_FURNITURE = re.compile(
    r"^(?:(?=.{0,60}$)[^。，“：]*20\d\d年\d{1,2}月\d{1,2}日[^。，“：]*(?:\s[A-Z]?\d{1,2}\s?版|第?\s?[A-Z]?\d{1,2}版|星期)[^。，“：]*(?:[：:][^。，“：]{0,10})?|(?=.{0,45}$)[^。，“：]*报[^。，“：]*20\d\d\s?[年./-]\s?\d{1,2}\s?[月./-]\s?\d{1,2}[^。，“：]*|[A-Z]?\d{1,3}\s?版?|[A-Z]\d{2}\s.{1,10}|第?\s?[A-Z]?\d{1,2}\s?版.{0,12}|[（(]?(?:上接|下转|紧接).{0,14}|责编.{0,30}"
    r"|.{0,8}(?:日报|晚报|早报|时报|都市报)\s{0,4}(?:20\d\d年.{0,20})?|20\d\d年\d{1,2}月\d{1,2}日\s?(?:星期.)?.{0,12}"
    r"|当前位置.{0,40}|(?:首页|分享到|打印|关闭|字号|扫一扫|[（(]?来源[:：]|来源\s?[|｜]|新闻热线|订阅热线|长按识别|点击(?:上方|蓝字)|关注我们).{0,30}"
    r"|-?\s?\d{1,3}\s?-?|[^\w“”‘’《》（）。，！？…—%％$￥]+)$"
)
_CREDIT = re.compile(
    r"^[（(]?(?:本?版?图片均?[由为来]|照片由)|^(?:图为|图[①-⑩\d]\s?[：:]|资料图|上图|下图|左图|右图|▲|△|↑)|(?:摄|供图|资料图片?|/图)[）)]?$|^[（(].{0,16}(?:摄|供图)[）)]$"
)
_CONNECTIVE = re.compile(
    "同时|此外|另外|其中|目前|据悉|据了解|据介绍|下一步|接下来|截至|与此同时|近年来|多年来|去年以来|今年以来|对于|关于|对此|为此|因此"
    "|不仅|随着|围绕着|当前|眼下|日前|近日|当天|“|‘|「|一是|二是|三是|首先|其次|我们|他|她|记者"
)
_QUOTED = re.compile("“[^“”。！？；]{4,30}”")
"""A headline that is all one quotation: “县里看病，不用再往省城跑”."""
_TERMINAL = re.compile(r"[。！？!?…；;：:”’」』）)】》.]$")
_BULLET = r"[^\w“‘《（(【\[［—─$￥\-+]*"
_MEDIA = r"《?[\u4e00-\u9fff·]{1,14}(?:报|网|台|社|壹点|客户端|新闻|传媒|频道|周刊|杂志|发布)》?"
_ASKER = (
    rf"(?:《[^《》]{{2,14}}》|(?:现场)?(?:提?问题?|记者|主持人|网友|观众|听众|读者|本报|本刊|本台|编辑|小编|Q)(?:提?问|\d{{0,2}}|[甲乙丙一二三四五])"
    rf"|(?:{_MEDIA}|[\u4e00-\u9fff·]{{1,14}})[\u4e00-\u9fff·]{{0,10}}?记者(?:问|提问)?|(?:记者|主持人|市民|村民|居民|网友|观众)\s?[\u4e00-\u9fff]{{2,4}})"
)
_QUESTION = re.compile(
    rf"^{_BULLET}(?:{_ASKER}\s?[:：]|[【\[［]\s?(?:{_ASKER}|{_MEDIA})\s?[】\]］]\s?[:：]?|(?:问|Q)\s?[／/|丨.．]\s?|(?:记者|主持人)\s?[／/|丨]\s?"
    rf"|{_MEDIA}\s?[:：](?=.*(?:[？?]|请您?|如何|什么|哪些|怎[么样]|聊聊|谈谈|说说|关心|关注)))"
)
_ANSWER = re.compile(
    rf"^{_BULLET}(?:(?:回?答复?|A\d{{0,2}}|嘉宾|受访者|发言人)\s?[:：]|[【\[［]\s?(?:回?答复?|A\d{{0,2}})\s?[】\]］]\s?[:：]?|(?:答|A)\s?[／/|丨.．]\s?(?![A-Za-z]))\s*"
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the text that is not blank, without the spaces at its ends."""

    span: Span
    gap: int
    """Blank lines before it."""
    indented: bool


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """The lines that are not blank, in order."""
    out: list[Paragraph] = []
    gap = at = 0
    for line in text.split("\n"):
        bare = line.strip()
        if bare:
            start = at + len(line) - len(line.lstrip())
            out.append(Paragraph(Span(start, start + len(bare)), gap, line != line.lstrip()))
            gap = 0
        else:
            gap += 1
        at += len(line) + 1
    return tuple(out)


def usual_gap(found: Sequence[Paragraph]) -> int:
    """How many blank lines mostly stand between two paragraphs."""
    gaps = Counter(p.gap for p in found[1:])
    return gaps.most_common(1)[0][0] if gaps else 0


def is_byline(line: str) -> bool:
    """Whether `line` names reporters or photographers and nothing else.

    >>> is_byline("记者 夏侯凤超 李梦瑶"), is_byline("记者在现场看到，工地一片繁忙。")
    (True, False)
    """
    return len(line) <= 60 and not re.search("[。！？“，]", line) and bool(_BYLINE.match(line) or _DATELINE.match(line))


def leads(line: str) -> bool:
    """Whether a paragraph begins with a dateline: 新华社济南1月20日电（记者 李文）全市…

    >>> leads("人民网济南3月21日电（记者 乔装）3月20日，区长桑榆说。"), leads("3月20日，区长桑榆说。")
    (True, False)
    """
    return bool(_LEAD.match(line))


def presides(line: str) -> bool:
    """Whether the line only says who presides or who are there: 主持人：市政府新闻办副主任 韩梅, 本期嘉宾：

    >>> presides("主持人：本报评论员 苏见"), presides("嘉宾："), presides("主持人：去年怎样？")
    (True, True, False)
    """
    match = _PRESIDES.fullmatch(line)
    told = match is not None and (any(True for _ in named(match[1])) or bool(_OF_THE_PAPER.match(match[1])))
    return told or bool(_GUESTS.fullmatch(line))


def is_furniture(line: str) -> bool:
    """Whether `line` belongs to the page, not to an article: page numbers, running heads, breadcrumbs.

    >>> is_furniture("A05版 要闻"), is_furniture("下转A06版"), is_furniture("重点项目139个")
    (True, True, False)
    """
    return bool(_FURNITURE.match(line)) or is_page_head(line)


def is_credit(line: str) -> bool:
    """Whether `line` says itself that it belongs to a picture."""
    return len(line) <= 2 * MAX_CAPTION and bool(_CREDIT.search(line))


def is_name(line: str) -> bool:
    """Whether `line` is only a personal name, as under a portrait.

    >>> is_name("孟庆顺"), is_name("高质量发展")
    (True, False)
    """
    name = name_at(line, 0) if len(line) <= 4 else None
    return name is not None and len(name) == len(line)


def is_short_sentence(line: str) -> bool:
    """Whether `line` is one short sentence in nobody's mouth, as captions are."""
    one = len(re.findall("[。！？]", line)) == 1 and line[-1] in "。！？"
    return len(line) <= MAX_CAPTION and one and not re.search(rf"[“”]|(?:{SPEECH})[，：:]", line)


def is_heading(line: str) -> bool:
    """Whether `line` looks like a headline or subhead: short, no sentence, nothing left open.

    >>> is_heading("大额医疗费二次支付 起付线降低2000元"), is_heading("同时，探索共建共享平台，推进系统")
    (True, False)
    """
    return (
        2 <= len(line) <= MAX_HEADING
        and not re.search(r"[。；;]|[，、,]$|[\u4e00-\u9fff%”\x22]\.(?![A-Za-z0-9.])", line)
        and line.count("，") + line.count(",") <= 1
        and balanced(line)
        and not re.match(r"[，。、；：！？”’）》]|各位[^，。]{1,10}[：:]|同志们[：:]", line)
        and not (_CONNECTIVE.match(line) and "，" in line and not _QUOTED.fullmatch(line))
        and not re.search(rf"[\u4e00-\u9fff](?:{SPEECH})[，,：:]?(?:[‘，]|“(?![^“”]{{1,4}}”.))", line)
        and not is_byline(line)
        and not is_furniture(line)
        and not is_question(line)
        and not is_answer(line)
    )


def is_deck(line: str) -> bool:
    """Whether `line` is set under a headline behind a dash: long, perhaps, but no sentence.

    >>> is_deck("——云河市委常委、副市长杜鹏，副市长聂民谈一季度“开门红”"), is_deck("——全市新增企业33家。")
    (True, False)
    """
    return bool(re.match("[—─]{2}[^—─]", line)) and len(line) <= MAX_DECK and not re.search("[。；;！？!?]", line)


def is_title_line(line: str) -> bool:
    """Whether `line` may be the headline where one has to come: short, and no sentence.

    >>> is_title_line("“十五五”时期，园区要冲刺“千亿”"), is_title_line("今年，园区新增企业33家。")
    (True, False)
    """
    return 2 <= len(line) <= MAX_HEADING and not re.search("[。；;：:]", line) and balanced(line)


def runs_on(line: str, following: str) -> bool:
    """Whether `following` can only be the rest of `line`: 14|00余亿元, 今|年，全区…, Acme|Power.

    >>> runs_on("完成投资14", "00余亿元"), runs_on("推进城市有机更", "新，建设学校3所。")
    (True, True)
    """
    digits = re.search(r"[\d.]$", line) and re.match(r"[\d.%余多万亿个家项所]", following)
    punctuated = re.match(
        r"[，。、；：！？”’）》]|(?![一二三四五六七八九十]+、)[\u4e00-\u9fff]{1,3}[，。、]", following
    )
    return bool(digits or punctuated) and not starts_paragraph(following)


def is_open(text: str) -> bool:
    """Whether a stretch of body text breaks off in the middle of a sentence.

    >>> is_open("孟庆顺介绍，“今"), is_open("项目快干快投。"), is_open("推进系统，建设平台，完善管理")
    (True, False, True)
    """
    if is_byline(text) or is_furniture(text) or is_credit(text) or is_heading(text):
        return False
    return not _TERMINAL.search(text)


def starts_paragraph(line: str) -> bool:
    """Whether `line` begins as a new paragraph does, rather than in the middle of a sentence."""
    if _CONNECTIVE.match(line) or re.match(r"(?:今[年天日]|去年|[明昨][天日]|20\d\d年|\d{1,2}月\d{1,2}日)", line):
        return True
    name = name_at(line, 0)
    return name is not None and bool(re.match(SPEECH, line[name.stop :]))


def width(line: str) -> int:
    """The width of `line` in half-width cells.

    >>> width("增长7%")
    6
    """
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def balanced(line: str) -> bool:
    """Whether every quotation mark and bracket that is opened is closed."""
    return all(line.count(a) == line.count(b) for a, b in ("“”", "‘’", "（）", "《》", "「」"))


def is_question(line: str) -> bool:
    """Whether a paragraph is a question of the interviewer: 问：…, 记者：…, 齐鲁晚报：…, 【问】…, Q: …

    >>> [is_question(s) for s in ("【问】去年怎样？", "云河网记者：路修好了吗？", "Q1：学位够吗？", "记者在现场看到")]
    [True, True, True, False]
    """
    return bool(_QUESTION.match(line))


def is_answer(line: str) -> bool:
    """Whether a paragraph is marked as an answer, without a name: 答：…, 【答】…, A: …"""
    return bool(_ANSWER.match(line))


def label_end(line: str) -> int:
    """Where the label of an answer ends: 答：, 【答】, A:.

    >>> label_end("答：增长6%。"), label_end("答应的事要办好。")
    (2, 0)
    """
    match = _ANSWER.match(line)
    return match.end() if match else 0
