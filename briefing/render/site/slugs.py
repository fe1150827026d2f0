"""Names of files on the site: letters, digits and dashes, whatever the source says.

A slug is a readable part and a hash of the whole text, so that two names never share a page, and no text of a
source reaches a path or an address.
"""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256

from briefing.translate.names import word

_HAN = re.compile(r"[\u3400-\u9fff]+")
_OTHER = re.compile(r"[^a-z0-9]+")
_LONGEST = 40


def slug(hint: str, *key: str) -> str:
    """A file name made from `hint` that is unique to `key`; Chinese in the hint is written in pinyin.

    >>> slug("Zhou Min", "周敏", "云河市")
    'zhou-min-eec20c2c'
    >>> slug("../../etc/passwd", "x"), slug("济南日报 A06版", "x"), slug("？", "x")
    ('etc-passwd-2d711642', 'jinanribao-a06-ban-2d711642', 'x-2d711642')
    """
    read = _HAN.sub(lambda found: f" {word(found.group()).replace(chr(39), '')} ", hint[: 4 * _LONGEST])
    plain = unicodedata.normalize("NFKD", read).encode("ascii", "ignore").decode("ascii").lower()
    readable = _OTHER.sub("-", plain).strip("-")
    if len(readable) > _LONGEST:
        cut = readable[: _LONGEST + 1]
        readable = (cut.rpartition("-")[0] or cut[:_LONGEST]).strip("-")
    readable = readable or "x"
    return f"{readable}-{sha256(chr(0).join(key).encode('utf8', 'surrogatepass')).hexdigest()[:8]}"
