"""Pages as a browser reads them: white space that nobody sees, at the edges of blocks and in tags, is no difference."""

import re
from functools import cache
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.test import Client

BLOCKS = (
    "address|article|aside|blockquote|body|caption|dd|details|dialog|div|dl|dt|fieldset|figcaption|figure|footer|form"
    "|h[1-6]|head|header|hr|html|hx-partial|legend|li|link|main|meta|nav|ol|optgroup|option|p|script|section|select"
    "|summary|table|tbody|td|template|tfoot|th|thead|title|tr|ul|!doctype"
)
KEPT = re.compile(r"(<(?:pre|textarea|script|style)\b.*?</(?:pre|textarea|script|style)>)", re.S | re.I)
TAG = re.compile(r"<[a-zA-Z/!](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
LOOSE = re.compile(r'[\t\n]|  |=" | "(?=[ />])| /?>$')
"""What a tag that is on one line already has nothing of."""
EDGE = re.compile(rf" ?(</?(?:{BLOCKS})(?=[ >])(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>) ?", re.I)
INNER = re.compile(r"(<(?:button|svg|g|defs|text|desc)(?=[ >])[^<>]*>) | (?=</(?:button|svg|g|defs|text|desc)>)")
DRAWN = re.compile(r"(<(?:circle|ellipse|line|path|polygon|polyline|rect|use|g)\b[^<>]*>|</(?:g|text|defs)>) ")


def _tag(found: re.Match[str]) -> str:
    """A tag on one line: blanks between attributes are one, at the ends of a value none."""
    if not LOOSE.search(found[0]):
        return found[0]
    text = re.sub(r"[ \t\n]+", " ", found[0])
    text = re.sub(r'(=") | (?="[ />])', lambda one: one[1] or "", text)
    return re.sub(r" ?(/?>)$", r"\1", text)


def tight(html: str) -> str:
    """The HTML without the white space that a browser drops; pre, textarea and script are kept, as is a hard blank."""
    parts = KEPT.split(html)
    for index in range(0, len(parts), 2):
        text = re.sub(r"[ \t\n]+", " ", TAG.sub(_tag, parts[index]))
        parts[index] = DRAWN.sub(r"\1", INNER.sub(r"\1", EDGE.sub(r"\1", text)))
    for index in range(1, len(parts), 2):
        parts[index] = TAG.sub(_tag, parts[index], count=1)
        if not parts[index].lower().startswith("<textarea"):
            parts[index - 1], parts[index + 1] = parts[index - 1].rstrip(), parts[index + 1].lstrip()
    return "".join(parts).strip()


class Page:
    """An answer whose content is read as a browser reads it; worked out when somebody looks, since most do not."""

    _read: bytes

    @property
    def content(self) -> bytes:
        if "_read" not in vars(self):
            plain: bytes = super().content  # type: ignore[misc]
            self._read = tight(plain.decode()).encode()
        return self._read


@cache
def _page_of(kind: type[HttpResponse]) -> type[HttpResponse]:
    return type(f"{kind.__name__}AsPage", (Page, kind), {})


class Browser(Client):
    """Django's client, whose pages read as a browser reads them."""

    def request(self, **request: Any) -> HttpResponseBase:
        answer = super().request(**request)
        plain = not answer.streaming and "Content-Encoding" not in answer
        if plain and answer.get("Content-Type", "").startswith("text/html"):
            answer.__class__ = _page_of(type(answer))
        return answer
