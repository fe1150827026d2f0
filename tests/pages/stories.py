"""Articles of an invented city for the pages: every article differs, and each is the same at every call."""

from __future__ import annotations

import random
from dataclasses import dataclass

DISTRICTS = ("东陵区", "河湾区", "石桥县", "青坪区", "望川县", "柳泉新区", "北麓县", "双井区")
NAMES = ("沈知远", "韩若梅", "罗立诚", "方文昭", "褚建川", "魏秋白", "欧阳岚", "秦以宁", "陶永清", "温如海")
HEADS = (
    "把每一个项目都盯到投产那天", "让老街坊住上放心房", "一条产业链牵出三十家工厂", "水清了，客人也多了", "办事不出镇，跑腿归干部",
    "从卖苹果到卖品牌", "十五分钟，走到家门口的学校", "荒坡变果园，果园变景区", "好路修到田埂上", "以实干换实绩，用数据说话",
)
KICKERS = ("开局谈发展", "区县长访谈", "履职一年间", "走进会客厅", "两会面对面", "问计新一年")
SUBHEADS = (
    "盯紧产业，项目一个接一个", "补齐短板，学位一年多三千", "守住生态，河道重现清流", "松绑减负，窗口少跑一半", "留住人才，公寓拎包入住",
    "打通堵点，断头路年内清零", "稳住饭碗，零工有了驿站", "念好山字经，林下生金", "接好接力棒，老厂换新颜", "办好身边事，食堂开进小区",
)
_SENTENCES = (
    "去年全区引进超亿元项目{a}个，到位资金{b}.{c}亿元，其中制造业占了六成以上。",
    "今年我们计划新建、改扩建中小学{d}所，新增学位{e}00个，力争秋季开学前全部交付。",
    "全年完成老旧小区改造{a}个，惠及居民{b}.{c}万户，比上年多出近三成。",
    "前三季度规模以上工业增加值同比增长{d}.{c}%，增速比全市平均水平高{f}.{c}个百分点。",
    "到年底，农村公路养护里程将达到{e}公里，自然村通达率不低于百分之九十八。",
    "我们请来{d}位技术员，蹲在大棚里手把手教，亩均产量由{e}公斤提高到{g}公斤。",
    "窗口把{a}项事项并成一件事，材料少了{b}份，平均办理时间压缩到{f}.5个工作日。",
    "河道清淤完成{a}.{c}公里，两岸新植乔木{g}余株，断面水质稳定在三类以上。",
    "截至目前，已有{a}家企业签约入驻，预计年产值超过{b}亿元，带动就业约{e}人。",
    "养老服务中心增加到{d}处，助餐点{a}个，高龄老人每餐只需付{f}元。",
    "有人担心征地会耽误春播，镇里就先把补偿款{g}万元打到卡上，再商量怎么腾地。",
    "新的一年，还要再建公共停车位{g}个、充电桩{e}根，让老城区的夜晚不再为停车发愁。",
    "去年接待游客{b}.{c}万人次，旅游收入{d}.{f}亿元，民宿从{d}家增至{a}家。",
    "研发投入占地区生产总值的比重达到{f}.{c}%，高新技术企业净增{a}家。",
    "灌区节水改造涉及{d}个乡镇、{g}亩耕地，每年可省水{e}万立方米以上。",
    "这件事难在哪儿？难在账要算得清，话要说得透，群众心里有一杆秤。",
    "几任班子接着干，图纸没有换过，只是把虚线一段一段描成了实线。",
    "夜里十点，调度会还没散，墙上的进度表又添了几面红旗。",
    "老张把钥匙往桌上一放，说住了三十年的筒子楼，总算等来了电梯。",
    "企业要的不是一句客气话，而是水电气哪天能通、厂门口的路哪天能修好。",
)
_OPENINGS = ("", "", "据介绍，", "眼下，", "在{p}，", "说起变化，{n}打开了话匣子：", "与此同时，", "账本显示，")


@dataclass(frozen=True, slots=True)
class Story:
    """One article, as it should be read back: paragraphs without line breaks."""

    headline: str
    body: tuple[str, ...]
    kicker: str = ""
    deck: str = ""
    byline: str = ""
    caption: str = ""
    speaker: str = ""
    subheads: tuple[tuple[int, str], ...] = ()
    """Each stands before the paragraph of that number."""


def story(number: int, *, length: int = 900, subheads: int = 0, caption: bool = False) -> Story:
    """The interview of that number, its body of about `length` characters."""
    dice = random.Random(number)
    place, name = DISTRICTS[number % len(DISTRICTS)], NAMES[(number * 3 + 1) % len(NAMES)]
    office = f"临溪市{place}区长" if place.endswith("区") else f"临溪市{place}县长"
    body = [
        f"1月{dice.randint(8, 24)}日，记者专访了{office}{name}。谈到过去一年，{name}说得最多的一个词是“落地”。{_sentence(dice, place, name)}"
    ]
    while sum(map(len, body)) < length:
        said = "".join(_sentence(dice, place, name) for _ in range(dice.randint(1, 3)))
        shape = dice.randrange(3)
        if shape == 0:
            said = f"“{said[:-1]}。”{name}介绍。"
        elif shape == 1:
            said = f"{name}表示，{said}"
        body.append(said)
    places = sorted(dice.sample(range(1, len(body)), min(subheads, len(body) - 1)))
    heads = dice.sample(SUBHEADS, len(places))
    return Story(
        headline=HEADS[number % len(HEADS)],
        body=tuple(body),
        kicker=f"{KICKERS[number % len(KICKERS)]}·{place}",
        deck=f"——访{office}{name}",
        byline=f"本报记者 {dice.choice(('林一舟', '邵青', '何田'))} 通讯员 {dice.choice(('段小满', '齐越'))}",
        caption=f"{place}一处在建项目工地，工人正在吊装构件。本报记者 林一舟 摄" if caption else "",
        speaker=name,
        subheads=tuple(zip(places, heads, strict=True)),
    )


def news(number: int, *, length: int = 160) -> Story:
    """A short piece of news in which nobody is interviewed."""
    dice = random.Random(5000 + number)
    place = DISTRICTS[(number * 3) % len(DISTRICTS)]
    body = f"本报讯 （记者 何田）记者从{place}获悉，"
    while len(body) < length:
        body += _sentence(dice, place, "工作人员").replace("我们", "当地")
    return Story(headline=f"{place}{('新开三条公交线', '春耕备足化肥', '公布首批试点名单', '启用二号水厂')[number % 4]}", body=(body,))


def _sentence(dice: random.Random, place: str, name: str) -> str:
    opening, sentence = dice.choice(_OPENINGS), dice.choice(_SENTENCES)
    return (opening + sentence).format(
        a=dice.randint(12, 98), b=dice.randint(3, 49), c=dice.randint(1, 9), d=dice.randint(4, 19),
        e=dice.randint(110, 990), f=dice.randint(2, 9), g=dice.randint(1001, 9989), p=place, n=name,
    )
