"""Chinese that is put into an order nearer to English before it is translated, where the slots make that safe.

Only slots are moved, never a word between them, so nothing is lost and nothing is added but a bracket.
"""

from __future__ import annotations

import re

_SLOT = "<[ndplot][1-9]>"
_NAMES = "<[plot][1-9]>"
_HAN = "[\u4e00-\u9fff]"
_EXAMPLES = re.compile(
    rf"(?<!<n[1-9]>)(?P<list>{_NAMES}(?:[、和及与]{_NAMES})*)等(?P<count>{_SLOT})?"
    rf"(?P<noun>{_HAN}{{0,4}}<t[1-9]>|{_HAN}{{2,4}}?(?<![到在为向对从与和给])(?=[，。；：、“（）]|<t|$))"
)


def preordered(masked: str) -> str:
    """The masked text with examples behind what they are examples of.

    >>> preordered("引进<o1>、<o2>等<n1><t1>，新增<n2><t2>")
    '引进<n1><t1>（包括<o1>、<o2>），新增<n2><t2>'
    >>> preordered("力促<o1>、<o2>等<n1>项目<t1>，紧盯<t2>等重大<t3>。")
    '力促<n1>项目<t1>（包括<o1>、<o2>），紧盯重大<t3>（包括<t2>）。'
    >>> preordered("等<n1>条件成熟"), preordered("吸引<n1><t1>等青年到<l1>")
    ('等<n1>条件成熟', '吸引<n1><t1>等青年到<l1>')
    """
    return _EXAMPLES.sub(lambda m: f"{m['count'] or ''}{m['noun']}（包括{m['list']}）", masked)
