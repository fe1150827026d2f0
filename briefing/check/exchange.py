"""TMX and XLIFF read as a stream: segments without their inline codes, each with its line in the file.

Python's own expat is used, not a library of translation tools: those build the whole file in memory, and an
object model of it would too. Expat gives the line of each element and says when an entity is declared, so that a
file cannot expand itself; nothing outside the file is ever opened.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat

from briefing.check.segments import Pair, Skipped, is_language
from briefing.errors import InputError, UnknownFormat

_CHUNK = 1 << 16
_DEEPEST = 100
_LONGEST = 1_000_000
"""Characters of one segment; more is no segment but an attack or a mistake of the exporting tool."""
_LANG = "http://www.w3.org/XML/1998/namespace lang"
_NATIVE = frozenset({"bpt", "ept", "ph", "it", "ut"})
"""Inline elements whose content is code of the original format, not text (TMX, XLIFF 1.2)."""
_STANDALONE = frozenset({"x", "ph", "it", "ut"})
"""Codes that stand for something of their own (an image, a break) and may part two numbers."""
_BREAKS = re.compile("lb|newline|linebreak|br", re.I)
_DECLARED = re.compile(rb"<\?xml[^>]*\bencoding\s*=\s*[\"']([A-Za-z0-9._-]+)")
_WIDE = frozenset({"gb2312", "gbk", "gb18030", "big5", "big5hkscs", "cp950"})
"""Encodings that expat does not know: their text is handed to it as UTF-8."""


def pairs(path: Path, columns: tuple[str, str] | None, skipped: Skipped) -> Iterator[Pair]:
    """The pairs of a TMX or XLIFF file in their order; InputError where it is malformed or holds no such pair."""
    try:
        with path.open("rb") as stream:
            wide = _wide(stream.read(1024))
            stream.seek(0)
            walk = _Walk(path, columns or ("zh", "en"), skipped, expat.ParserCreate("utf-8" if wide else None, " "))
            decoder = codecs.getincrementaldecoder(wide)() if wide else None
            while data := stream.read(_CHUNK):
                walk.parser.Parse(decoder.decode(data).encode("utf-8") if decoder else data, False)
                yield from walk.drawn()
            walk.parser.Parse(b"", True)
    except expat.ExpatError as error:
        where = f"line {error.lineno}, column {error.offset + 1}"
        raise InputError(f"{path}, {where}: this is no well-formed XML ({expat.ErrorString(error.code)})") from error
    except (LookupError, ValueError) as error:
        raise InputError(f"{path}: its encoding cannot be read ({error}): save it as UTF-8") from error
    yield from walk.drawn()
    walk.close()


def _wide(head: bytes) -> str:
    """The encoding that `head` declares where expat does not know it, so that it needs decoding first; else ""."""
    declared = _DECLARED.match(head)
    name = codecs.lookup(declared[1].decode()).name if declared else ""
    return {"gb2312": "gb18030", "gbk": "gb18030"}.get(name, name) if name in _WIDE else ""


class _Walk:
    """The state while a file goes by: where the parser is, and the segments of the unit at hand."""

    def __init__(self, path: Path, columns: tuple[str, str], skipped: Skipped, parser: expat.XMLParserType) -> None:
        self.path, self.columns, self.skipped, self.parser = path, columns, skipped, parser
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.EntityDeclHandler = self._entity
        self.parser.SkippedEntityHandler = self._skipped_entity
        self._stack: list[str] = []
        self._ready: list[Pair] = []
        self._languages = ["", ""]
        self._unit = ""
        self._number = 0
        self._segments: list[tuple[str, str, int, int]] = []
        self._segment_id = ""
        self._counted = 0
        self._text: list[str | None] | None = None
        self._size = 0
        self._depth = 0
        self._silent: list[bool] = []
        self._at = (0, 0, "")
        self._seen = [False, False]

    def drawn(self) -> Iterator[Pair]:
        """The pairs that have become whole since the last call."""
        ready, self._ready = self._ready, []
        yield from ready

    def close(self) -> None:
        """InputError where the file went by without any unit in the two languages."""
        if not all(self._seen):
            seen = ", ".join(sorted(filter(None, self.skipped.languages))) or "none"
            wanted = " and ".join(self.columns)
            raise InputError(
                f"{self.path} holds no unit in {wanted} (languages found: {seen}): name its two language tags with "
                "--columns ZH,EN"
            )

    # handlers of the parser

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        if not self._stack and name not in ("tmx", "xliff"):
            raise UnknownFormat(f"{self.path} is XML, but neither TMX nor XLIFF: its root is <{name[:40]}>")
        parent = self._stack[-1] if self._stack else ""
        self._stack.append(name)
        if len(self._stack) > _DEEPEST:
            self._fail(f"elements are nested deeper than {_DEEPEST}")
        if self._text is not None:
            self._inline(name, attributes)
        elif name == "xliff":
            self._declare(attributes.get("srcLang", ""), attributes.get("trgLang", ""))
        elif name == "file" and "source-language" in attributes:
            self._declare(attributes["source-language"], attributes.get("target-language", ""))
        elif name in ("tu", "trans-unit", "unit"):
            self._number += 1
            self._unit = attributes.get("tuid") or attributes.get("id") or str(self._number)
            self._segments, self._counted = [], 0
        elif name == "segment":
            self._counted += 1
            self._segment_id = attributes.get("id") or str(self._counted)
            self._segments = []
        elif name == "tuv":
            self._languages[0] = attributes.get(_LANG) or attributes.get("lang", "")
        elif name == "seg" and parent == "tuv":
            self._capture(self._languages[0])
        elif name in ("source", "target") and parent in ("trans-unit", "segment"):
            language = attributes.get(_LANG) or self._languages[name == "target"]
            self._capture(language or f"?{name}")

    def _declare(self, source: str, target: str) -> None:
        self._languages = [source, target]
        self.skipped.languages.update(filter(None, self._languages))
        for place in (0, 1):
            self._seen[place] |= any(is_language(tag, self.columns[place]) for tag in self._languages)

    def _capture(self, language: str) -> None:
        self._text, self._size, self._depth = [], 0, len(self._stack)
        self._silent = []
        self._at = (self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1, language)

    def _inline(self, name: str, attributes: dict[str, str]) -> None:
        assert self._text is not None
        kind = next((attributes[a] for a in ("ctype", "subType", "type") if a in attributes), "")
        if _BREAKS.fullmatch(kind.rpartition(":")[2]) or (name in _STANDALONE and attributes.get("equiv-text") == "\n"):
            self._text.append("\n")
        elif name in _STANDALONE:
            self._text.append(None)
        elif name == "cp":
            code = attributes.get("hex", "")
            self._text.append(chr(int(code, 16)) if re.fullmatch("[0-9A-Fa-f]{1,4}", code) else "\ufffd")
        elif name == "sub":
            self._text.append(" ")
        silent = bool(self._silent) and self._silent[-1]
        self._silent.append(name != "sub" and (silent or name in _NATIVE))

    def _characters(self, data: str) -> None:
        if self._text is None or (self._silent and self._silent[-1]):
            return
        self._size += len(data)
        if self._size > _LONGEST:
            self._fail(f"a segment is longer than {_LONGEST:,} characters")
        self._text.append(data)

    def _end(self, tag: str) -> None:
        name = self._stack.pop()
        if self._text is not None and len(self._stack) + 1 > self._depth:
            if self._silent.pop() is False and name == "sub":
                self._text.append(" ")
        elif self._text is not None:
            line, column, language = self._at
            self._segments.append((language, _joined(self._text), line, column))
            self._text = None
        elif name in ("tu", "trans-unit") and self._segments:
            self._finish(self._unit)
        elif name == "segment" and self._segments:
            self._finish(f"{self._unit}/{self._segment_id}" if self._segment_id else self._unit)

    def _finish(self, unit: str) -> None:
        """Pair the segments of a unit: each Chinese variant with each English one."""
        self.skipped.languages.update(language for language, *_ in self._segments if not language.startswith("?"))
        sides = [[s for s in self._segments if self._is(s[0], place)] for place in (0, 1)]
        self._segments = []
        self._seen = [seen or bool(side) for seen, side in zip(self._seen, sides, strict=True)]
        if not sides[0] and not sides[1]:
            self.skipped.reasons["in other languages"] += 1
            return
        if not any(text.strip() for _, text, *_ in sides[0]):
            self.skipped.reasons["without Chinese"] += 1
            return
        if not any(text.strip() for _, text, *_ in sides[1]):
            self.skipped.reasons["without English"] += 1
            return
        several = len(sides[0]) * len(sides[1]) > 1
        for zh_language, zh, *_ in sides[0]:
            for en_language, en, line, column in sides[1]:
                name = f"{unit} ({zh_language}, {en_language})" if several else unit
                if zh.strip() and en.strip():
                    self._ready.append(Pair(name, zh, en, line, column))

    def _is(self, language: str, place: int) -> bool:
        """Whether a segment is in the Chinese (0) or the English (1); a target of no language is the other one."""
        if language.startswith("?"):
            other = self._languages[0 if language == "?target" else 1]
            return is_language(other, self.columns[1 - place])
        return is_language(language, self.columns[place])

    def _entity(self, name: str, *_: object) -> None:
        self._fail(f"it declares the entity {name[:40]!r}; entities can expand without end and are not read")

    def _skipped_entity(self, name: str, *_: object) -> None:
        self._fail(f"the entity &{name[:40]}; is not known: write the character itself")

    def _fail(self, why: str) -> None:
        raise InputError(f"{self.path}, line {self.parser.CurrentLineNumber}: {why}")


def _joined(pieces: list[str | None]) -> str:
    """The text of a segment; a code between two digits parts them, or two numbers would become one."""
    out: list[str] = []
    apart = False
    for piece in pieces:
        if piece is None:
            apart = True
        elif piece:
            if apart and out and out[-1][-1].isdigit() and piece[0].isdigit():
                out.append(" ")
            out.append(piece)
            apart = False
    return "".join(out)
