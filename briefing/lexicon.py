"""Who holds an office: names with their titles in Chinese running text, found by vocabulary and shape.

Both the segmenter (whose article is it?) and the extractor (who is named?) read people through here.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from briefing.spans import Span

SPEECH = (
    "介绍道|介绍说|介绍|表示|说道|说起|说|告诉记者|告诉|强调|指出|认为|谈道|谈到|谈起|坦言|透露|回答|答|回应|直言|解释|提到|提出|补充道|补充|"
    "总结道|总结|宣布|要求|呼吁|建议|称|道|讲|讲述|描绘|期待|相信|回忆|感慨|感叹|分析|承诺|披露|解读|剖析|举例|希望|坦陈|反问|致辞"
)
"""Verbs of saying, longest first where one begins another."""
_AFTER = re.compile(
    rf"(?:{SPEECH}|接受|在接受|做客|走进|带领|带队|主持|作|代表|围绕|就|在|对|向|与|和|同|及|率|出席|参加|调研|到|来到|是|为|也|还|又|"
    r"继续|进一步|同时|同志|先生|女士|委员|代表|教授|博士|院士|医生|老师|谈|表态|发言|讲话|发表|感到|深信|坚信|动情|自豪|欣慰|掰着|如数家珍|胸有成竹|信心|陪同|主讲|宣读|部署|汇报|率先|最|更|很|十分|正|都|一直|始终|多次|这样|打了|算了|拿出|应邀|通过|以|提醒|点出|详解|解读|解析|畅谈|履新|上任|就任|访谈|专访|亮出|晒出|给出|把脉|建言|分享|展望|盘点|回复|笑|则|已|曾|将|从|把|用|给|翻开|指着|[站坐走蹲]在|手捧|[拿捧握笑望看]着|一边|近日|日前|昨日|昨天|今天|今日|当天|[上下]午|\d{1,2}[日月]|一同|一起|分别|先后|首先|随后|接着|深有|"
    r"[，,。：:；;、！？（(）)“”‘’《》【】「」｜|丨—─/\s]|$)"
)
_VERB = re.compile(
    "(?:"
    + "|".join(word for word in SPEECH.split("|") if len(word) > 1)
    + "|接受|在接受|做客|走进|带领|带队|主持|陪同|出席|参加|调研|提醒|表态|发言|讲话|部署|汇报|应邀)"
)
"""A verb whose first character is no third character of a name: 苗青回答, 韩江陪同."""
_SAYING = tuple("说称道讲答问谈")
_PAUSE = tuple("，,：:“。 ")
_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_DOT = "·•‧・∙"
_BLANKS = 3
"""Blanks that may stand between an office and the name, as some papers set them."""
_MAX_NAME = 24
"""Code points of the longest name: those of several parts with dots between."""
_BEFORE_TITLE = re.compile(
    "由|专访了?|采访了?|走访了?|邀请到?了?|(?:对话|访谈|连线|探访|专访|采访|走访)了|对话|访谈|走近|任命|选举|当天|日前|近日|昨天|今天|上午|下午|图为|记者|来自|担任|现任|出任|请到了?|请来了?|为"
    "|嘉宾是?|(?:[的就也还又既便正则即他她我]|分别|其中)是|还有|以及|连线|约请|当选的?|新任的?|身为|作为|包括|来到|做客|走进|期间|会上|会后|席间|听取了?|陪同|聆听|拜访"
)
ATTENDS = re.compile("出席|参加|列席|参会|与会|做客|走进|来到|对话|访谈|专访|采访|担任|接受|邀请")
"""What an official does, and what is done with him: never a part of the name of a place or an office."""
_ATTRIBUTE = re.compile("(?<!目)的(?!地)")
"""What stands before it describes an official: 出席省两会的, 履新不久的, 分管教育的."""
_OPENERS = re.compile(
    r"(?:[^\w（(]|[据由与和对同向请在及其而让被跟]|我们|[一二三四五六七八九十]问|访(?=[^局])|记(?!者|协))+"
)
"""What stands right before an office and is no part of it: marks, emoji, prepositions."""
_PARTICLES = tuple("在就对向率到是也还又与及则已将把")
_VERB_SURNAMES = frozenset("谈向和计应解查封管连来常须束扶牧")
_VERB_OBJECT = re.compile(
    "安全|消费|就业|教育|医疗|养老|产业|生态|环保|文旅|旅游|乡村|农业|粮食|花卉|交通|住房|创新|科技|投资|招商|治理|城市|营商|开放|合作|高质量|如何|怎[么样]|今年|明年"
    "|发展|思路|工作|未来|变化|体会|感受|规划|打算|举措|经验|民生|改革|项目|务委员|委会|委扩大|[^。]?[“《]"
)
_CLAUSE_ENDS = "。！？；\n“”：:《》【】「」!?;｜|丨—─＞>"


@dataclass(frozen=True, slots=True)
class Named:
    """A name with the offices printed before or behind it."""

    name: Span
    title: Span | None


@cache
def surnames() -> frozenset[str]:
    """Family names of one and of two characters."""
    rows = files("briefing.data").joinpath("surnames.txt").read_text(encoding="utf8").splitlines()
    return frozenset(name for row in rows if not row.startswith("#") for name in row.split())


@cache
def _elements() -> re.Pattern[str]:
    """Tibetan, Mongolian and Uygur names without a family name: two known halves, or one known word of three
    characters and more."""
    rows = files("briefing.data").joinpath("names.tsv").read_text(encoding="utf8").splitlines()
    known = [row.split("\t") for row in rows if row and not row.startswith("#")]
    halves = "|".join(sorted((zh for zh, _, kind in known if kind == "half"), key=len, reverse=True))
    alone = "|".join(sorted((zh for zh, _, kind in known if kind == "part" and len(zh) > 2), key=len, reverse=True))
    return re.compile(f"(?:{halves}){{2,3}}|{alone}" if halves and alone else "(?!)")


@cache
def ranks() -> tuple[str, ...]:
    """What an office is called at its end, longest first: 党工委书记, 区长, 人大代表 …"""
    table = tomllib.loads(files("briefing.data").joinpath("titles.toml").read_text(encoding="utf8"))
    words = {*table["rank"], *table["head"], *table["whole"], "代表", "负责人", "巡视员", "调研员", "教授", "研究员"}
    words |= {"劳动模范", "劳模", "楷模", "博士", "获得者", *(f"{head}候选人" for head in table["head"])}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


@cache
def _title() -> re.Pattern[str]:
    """A rank at the end of a run of offices, a name to follow."""
    rank = "|".join(map(re.escape, ranks()))
    return re.compile(rf"(?:{rank})(?:（[^（）]{{1,8}}）)?(?=\s{{0,3}}[{_HAN}]{{2}}|\s?[{_HAN}][{_DOT}])")


@cache
def _offices() -> re.Pattern[str]:
    """The run of offices that ends at the end of the text that is matched, read backwards from the rank."""
    rank = "|".join(map(re.escape, ranks()))
    office = rf"[{_HAN}A-Za-z0-9“”·（）()\-]{{0,24}}?(?:{rank})(?:（[^（）]{{1,8}}）)?"
    return re.compile(rf"(?:{office}(?:[、，,/]|兼|\s)?)*{office}$")


@cache
def _ranked() -> re.Pattern[str]:
    """What a part of a run of offices ends with."""
    return re.compile(rf"(?:{'|'.join(map(re.escape, ranks()))})(?:（[^（）]*）)?\s?[，,、/]?$")


def name_at(text: str, at: int, stop: int | None = None) -> Span | None:
    """The personal name that begins at `at`: a family name and one or two characters, then a boundary.

    Names of several parts with dots between, and those made of known Tibetan elements, need no family name.

    >>> name_at("黄晓广说，下一步", 0), name_at("高质量发展", 0)
    (Span(start=0, stop=3), None)
    >>> name_at("阿卜杜拉·买买提介绍，全县", 0)
    Span(start=0, stop=8)
    """
    stop = len(text) if stop is None else stop
    if dotted := _dotted(text, at, stop):
        return dotted
    if _VERB.match(text, at):
        return None  # 市长强调: nobody of the family 强
    family = next((n for n in (2, 1) if text[at : at + n] in surnames()), 0)
    for given in () if not family else (2, 1) if family == 1 else (2, 1, 0):
        end = at + family + given
        if given == 2 and text[end - 1 : end] in _SAYING and text[end : end + 1] in _PAUSE:
            continue  # 周敏说，: the third character is the verb
        if given == 2 and family == 1 and _VERB.match(text, end - 1):
            continue
        if given == 2 and family == 1 and text[end - 1 : end] in _PARTICLES and text[end : end + 1] not in _PAUSE:
            continue  # 康乐在接受采访: the third character is a preposition
        if text[at] in _VERB_SURNAMES and _VERB_OBJECT.match(text, at + 1):
            continue  # 区委书记谈发展: nobody of the family 谈
        if end <= stop and re.fullmatch(f"[{_HAN}]+", text[at:end]) and _AFTER.match(text, end):
            return Span(at, end)
    elements = _elements().match(text, at, min(stop, at + _MAX_NAME))
    return Span(at, elements.end()) if elements and _AFTER.match(text, elements.end()) else None


def _dotted(text: str, at: int, stop: int) -> Span | None:
    """A name of parts with dots between, as short as its last part can be before a verb or a mark."""
    head = re.compile(rf"[{_HAN}]{{1,8}}(?:[{_DOT}][{_HAN}]{{1,8}})*[{_DOT}](?=[{_HAN}])").match(
        text, at, min(stop, at + _MAX_NAME)
    )
    if not head:
        return None
    for end in range(head.end() + 1, min(stop, head.end() + 8) + 1):
        if not _is_han(text[end - 1]):
            return None
        if _AFTER.match(text, end) and (end - head.end() > 1 or not _is_han(text[end : end + 1] or "，")):
            return Span(at, end)
    return None


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"


def named(text: str) -> Iterator[Named]:
    """People who are named with an office, in text order: 济阳区委副书记、区长黄晓广, 张三（某局局长）."""
    before = 0
    for match in _title().finditer(text):
        blanks = text[match.end() : match.end() + _BLANKS]
        at = match.end() + len(blanks) - len(blanks.lstrip())
        name = name_at(text, at)
        if name is None:
            continue
        title = title_before(text, match.end())
        if title is not None and title.start < before <= title.stop:
            start = before + len(text[before : title.stop]) - len(text[before : title.stop].lstrip("、，,和与及 "))
            title = Span(start, title.stop) if start < title.stop else None
        before = name.stop
        yield Named(name, title)
    for match in re.finditer(rf"[{_HAN}]{{2,4}}(?=[（(])", text):
        close = re.compile(r"[）)]").search(text, match.end(), match.end() + 60)
        if not close:
            continue
        inner = Span(match.end() + 1, close.start())
        if not _offices().fullmatch(inner.of(text)):
            continue
        for start in range(match.start(), match.end() - 1):
            name = name_at(text, start)
            if name is not None and name.stop == match.end():
                yield Named(name, inner)
                break


def title_before(text: str, stop: int) -> Span | None:
    """The run of offices that ends at `stop`, cut where a verb, a mark or the sentence begins it.

    >>> text = "1月9日，市水利局副局长、一级调研员常青"
    >>> title_before(text, len(text) - 2).of(text)
    '市水利局副局长、一级调研员'
    """
    start = max(text.rfind(mark, max(0, stop - 90), stop) for mark in _CLAUSE_ENDS)
    ahead = text[max(start + 1, stop - 90) : stop]
    base = stop - len(ahead)
    cut = max((m.end() for m in _BEFORE_TITLE.finditer(ahead) if m.end() < len(ahead) - 1), default=0)
    cut = max((cut, *(m.end() for m in _ATTRIBUTE.finditer(ahead) if m.end() < len(ahead) - 1)))
    # A comma belongs to the run only where what stands before it is an office, too.
    parts = re.split(r"(?<=[，,、/])", ahead[cut:])
    kept = parts[-1]
    for part in reversed(parts[:-1]):
        if not _ranked().search(part):
            break
        kept = part + kept
    kept = re.sub(r"^[^（(【\[]{0,20}[）)】」』\]]", "", kept).lstrip()
    kept = kept[match.end() :] if (match := _OPENERS.match(kept)) else kept
    offices = _offices().search(kept) if kept else None
    return Span(base + len(ahead) - len(kept), stop) if offices else None


def rank_ends(text: str) -> bool:
    """Whether `text` ends with the name of an office.

    >>> rank_ends("济阳区委副书记、区长"), rank_ends("重点项目")
    (True, False)
    """
    return text.endswith(ranks())


def is_title(text: str) -> bool:
    """Whether all of `text` is a run of offices: each part of it ends with a rank.

    >>> is_title("济南市人大代表，济阳区委副书记、区长"), is_title("今年，市长")
    (True, False)
    """
    return bool(text) and all(_ranked().search(part) for part in re.split(r"(?<=[，,、/])", text) if part.strip())


_SEATS = ("代表", "委员", "劳动模范", "劳模", "获得者", "博士", "院士", "教授", "研究员")
_DEPUTY = re.compile(r"(?:常务副|执行副|专职副|第一副|副|代理?|总|党委|党组|党总支|党支部|党工委|纪委|工会)+$")


def body_of(title: str) -> str:
    """The body that an office is in, as printed: 云河港集团党委书记、董事长 is of 云河港集团; "" where none is named.

    >>> body_of("云河港集团党委书记、董事长"), body_of("市政协委员、市中心医院院长"), body_of("县长")
    ('云河港集团', '市中心医院', '')
    """
    for office in re.split("[，,、兼]", re.sub("（[^（）]*）", "", title)):
        rank = next((rank for rank in ranks() if office.endswith(rank)), "")
        name = _DEPUTY.sub("", office.removesuffix(rank)) if rank else ""
        if len(name) > 2 and not office.endswith(_SEATS):
            return name
    return ""


_BEFORE_HEAD = re.compile(r"(?:代理|代|副|常务|原|前任?)+(?=[省市区县州旗镇乡]长)")
_OF_THE_NATION = re.compile("中共|国家[\u4e00-\u9fff]{2,8}?总局")
"""What may stand before the division that a committee or an office of the nation is in: 国家税务总局云河市税务局."""
_DIVISION = re.compile(
    r"[\u4e00-\u9fff]{2,6}?(?:省|自治区)|(?!城市)[^\W区县旗a-zA-Z\d]{1,5}?(?:市(?!场|容|值|民(?![政族宗]))|自治州|州(?![市区县])|盟|地区)|[\u4e00-\u9fff]{1,5}?(?:新区|开发区|高新区|区|自治县|县|旗)|"
    r"[\u4e00-\u9fff]{1,5}?(?:街道|镇|(?<!城)乡(?!村))"
)


def division_of(title: str) -> str:
    """The division that an official speaks for, with the city that the title names: 济南市济阳区.

    >>> division_of("济南市人大代表，济阳区委副书记、区长"), division_of("市教育局局长")
    ('济南市济阳区', '')
    """
    best: list[str] = []
    city = ""
    for part in re.split("[，,、；]", _BEFORE_HEAD.sub("", title)):
        chain: list[str] = []
        at = max((m.end() for m in ATTENDS.finditer(part)), default=0)
        ahead = _OF_THE_NATION.match(part, at)
        at = ahead.end() if ahead else at
        while match := _DIVISION.match(part, at):
            if len(match.group()) < 2 or re.match("[全我本各每该]|乡镇$|.*[还的是有这那你他她们了着也]", match.group()):
                break
            chain.append(match.group())
            at = match.end()
        if chain and chain[0].endswith(("市", "州", "盟", "省")):
            city = city or "".join(chain[:1])
        seat = part.endswith(("代表", "政协委员"))
        if chain and not (seat and best) and (not best or (best == [city] and chain[0] != city)):
            best = chain
    if best and city and best[0] != city:
        best = [city, *best]
    return re.sub(r"([省市区县州旗盟镇乡])\1$", r"\1", "".join(best))  # 沙市区|区长
