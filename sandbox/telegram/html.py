"""Telegram's HTML: what parse_mode=HTML accepts, and the plain text and entities it becomes.

Tags, character references and refusals follow the Bot API's section "HTML style"; offsets in
refusals count bytes, offsets in entities count UTF-16 code units.
"""

import re
from dataclasses import dataclass, field

from sandbox.telegram.errors import ApiError, bad_request
from sandbox.telegram.utf16 import units

Entity = dict[str, object]

KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
TAG = re.compile(r"<(/?)([^\s>]*)((?:\"[^\"]*\"|'[^']*'|[^>\"'])*)>")
ATTRIBUTE = re.compile(r"\s+([^\s=>/]+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>]+))?")
REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([a-zA-Z]+));?")


@dataclass(frozen=True, slots=True)
class RichText:
    """A text as people see it, with its formatting."""

    text: str
    entities: tuple[Entity, ...] = ()


@dataclass(frozen=True, slots=True)
class _Open:
    tag: str
    attributes: dict[str, str]
    offset: int
    text_from: int


@dataclass(slots=True)
class _Parser:
    source: str
    text: str = ""
    open: list[_Open] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def run(self) -> RichText:
        at = 0
        while (tag_at := self.source.find("<", at)) >= 0:
            self.text += unescape(self.source[at:tag_at])
            at = self._tag(tag_at)
        self.text += unescape(self.source[at:])
        if self.open:
            raise _unparsable(
                f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"'
            )
        return _stripped(self.text, self.entities)

    def _tag(self, at: int) -> int:
        offset = len(self.source[:at].encode())
        found = TAG.match(self.source, at)
        if found is None:
            side = "end" if self.source.startswith("</", at) else "start"
            raise _unparsable(f"Unclosed {side} tag at byte offset {offset}")
        slash, name, rest = found.groups()
        if slash:
            self._end(name.strip().lower(), offset)
        else:
            self._start(name.lower(), rest, offset)
        return found.end()

    def _start(self, tag: str, rest: str, offset: int) -> None:
        if tag not in KINDS:
            raise _unparsable(f'Unsupported start tag "{tag}" at byte offset {offset}')
        attributes = _attributes(tag, rest, offset)
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise _unparsable(f'Tag "span" must have class "tg-spoiler" at byte offset {offset}')
        self.open.append(_Open(tag, attributes, units(self.text), len(self.text)))

    def _end(self, tag: str, offset: int) -> None:
        if not self.open:
            raise _unparsable(f"Unexpected end tag at byte offset {offset}")
        started = self.open.pop()
        if tag and tag != started.tag:
            raise _unparsable(
                f"Unmatched end tag at byte offset {offset}, "
                f'expected "</{started.tag}>", found "</{tag}>"'
            )
        self._close(started)

    def _close(self, started: _Open) -> None:
        length = units(self.text) - started.offset
        kind = _kind(started)
        if not length:
            return
        entity: Entity = {"type": kind, "offset": started.offset, "length": length}
        if kind == "text_link":
            entity["url"] = started.attributes.get("href") or self.text[started.text_from :]
        self.entities.append(entity)


def parse_html(source: str) -> RichText:
    """The text people see; ApiError 400 for what Telegram refuses to parse."""
    return _Parser(source).run()


def plain(source: str) -> RichText:
    """A text without parse mode."""
    return _stripped(source, [])


def unescape(source: str) -> str:
    """Resolve the references Telegram knows; all others stay as they are written."""
    return REFERENCE.sub(_character, source)


def _character(found: re.Match[str]) -> str:
    hexadecimal, decimal, name = found.groups()
    if name:
        return NAMED.get(name, found[0])
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    return chr(code) if 0 < code < 0x10FFFF and not 0xD800 <= code < 0xE000 else found[0]


def _attributes(tag: str, rest: str, offset: int) -> dict[str, str]:
    attributes: dict[str, str] = {}
    at = 0
    while rest[at:].strip():
        found = ATTRIBUTE.match(rest, at)
        if found is None:
            raise _unparsable(f'Empty attribute name in the tag "{tag}" at byte offset {offset}')
        name, value = found[1].lower(), found[2]
        if value is None and (tag, name) != ("blockquote", "expandable"):
            raise _unparsable(
                "Expected equal sign in declaration of an attribute of the tag "
                f'"{tag}" at byte offset {offset}'
            )
        attributes[name] = unescape((value or "").strip("\"'"))
        at = found.end()
    return attributes


def _kind(started: _Open) -> str:
    if started.tag == "blockquote" and "expandable" in started.attributes:
        return "expandable_blockquote"
    return KINDS[started.tag]


def _stripped(text: str, entities: list[Entity]) -> RichText:
    cut = units(text) - units(text.lstrip())
    kept = text.strip()
    moved = [_moved(entity, cut, units(kept)) for entity in entities]
    shown = [entity for entity in moved if entity is not None]
    return RichText(kept, tuple(sorted(shown, key=_order)))


def _moved(entity: Entity, cut: int, end: int) -> Entity | None:
    offset, length = _order(entity)
    start, stop = max(0, offset - cut), min(end, offset - length - cut)
    return {**entity, "offset": start, "length": stop - start} if stop > start else None


def _order(entity: Entity) -> tuple[int, int]:
    offset, length = entity["offset"], entity["length"]
    assert isinstance(offset, int)  # noqa: S101 - written by the parser above
    assert isinstance(length, int)  # noqa: S101
    return offset, -length  # the outer one first


def _unparsable(detail: str) -> ApiError:
    return bad_request(f"can't parse entities: {detail}")
