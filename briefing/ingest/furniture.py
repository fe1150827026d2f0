"""Lines of a web page that belong to the page and not to an article: breadcrumbs, pagers, sharing, small print."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

_LONGEST = 400
"""Code points; a longer line is never furniture."""


@cache
def web() -> dict[str, dict[str, list[str]]]:
    """The names and lines of data/web.toml."""
    data: dict[str, Any] = tomllib.loads(files("briefing.data").joinpath("web.toml").read_text("utf-8"))
    return data


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{line})" for line in web()["lines"][kind]))


def is_furniture(line: str) -> bool:
    """Whether the whole of `line` belongs to the page: no sentence ever does, but for the small print.

    >>> is_furniture("当前位置：首页 > 要闻 > 正文"), is_furniture("上一页 1 2 3 下一页")
    (True, True)
    >>> is_furniture("下一条生产线投产后，年产能将达5万吨。"), is_furniture("热线12345受理诉求3万件")
    (False, False)
    """
    line = line.strip()
    if not line or len(line) > _LONGEST:
        return False
    if not re.search("[。；]|，.*，", line) and _pattern("furniture").fullmatch(line):
        return True
    return bool(_pattern("legal").fullmatch(line))


def closes(line: str) -> bool:
    """Whether under the heading `line` there is nothing more of the article.

    >>> closes("相关新闻："), closes("相关新闻发布会举行")
    (True, False)
    """
    return line.strip().strip("【】[]:： >»更多+·|-—").strip() in web()["lines"]["closing"]


def without_counters(line: str) -> str:
    """A line of credits without what it says of its readers and of the size of its type.

    >>> without_counters("来源：云河日报 2025-01-15 浏览次数：1024次")
    '来源：云河日报 2025-01-15'
    """
    return _pattern("counters").sub("", line).strip(" |\u3000")
