"""Names of files on the site: letters, digits and dashes, whatever the source says.

A slug is a readable part and a hash of the whole text, so that two names never share a page, and no text of a
source reaches a path or an address.
"""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256

_OTHER = re.compile(r"[^a-z0-9]+")
_LONGEST = 40


def slug(hint: str, *key: str) -> str:
    """A file name made from `hint` (English or pinyin) that is unique to `key`.

    >>> slug("Zhou Min", "周敏", "云河市")
    'zhou-min-eec20c2c'
    >>> slug("../../etc/passwd", "x"), slug("周敏", "x")
    ('etc-passwd-2d711642', 'x-2d711642')
    """
    plain = unicodedata.normalize("NFKD", hint).encode("ascii", "ignore").decode("ascii").lower()
    readable = _OTHER.sub("-", plain)[:_LONGEST].strip("-") or "x"
    return f"{readable}-{sha256(chr(0).join(key).encode('utf8', 'surrogatepass')).hexdigest()[:8]}"
