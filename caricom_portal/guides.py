"""The user guides, one for each job, as help of the portal's pages.

A section says directly under its heading which pages it explains, in a line that Markdown does not show:
`[help]: # (council:procedures council:procedure)`, names of addresses.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

from caricom_portal.documentation import DOCS, address_of
from caricom_portal.documentation_search import HEADING_LINE, INLINE, anchor_of

HELP_LINE = re.compile(r"^\[help\]: # \(([^()]*)\)$")
GUIDES: Mapping[str, str] = {
    "ministry": "ministry",
    "border": "border",
    "watch": "watch",
    "intelligence": "analyst",
    "analysis": "analyst",
    "contact": "analyst",
    "customs": "analyst",
    "administration": "administrator",
    "carrier": "carrier",
    "secretariat": "secretariat",
    "oversight": "oversight",
    "platform": "operator",
    "RIFC.watch": "analyst",
}
"""{function, or a single desk whose work is another than that of its function: its guide}."""
EVERYONE = "everyone"
"""The guide to what every desk has."""


@dataclass(frozen=True, slots=True)
class Guide:
    """A guide: its page of the documentation, its title, its sections as (anchor, heading), and {page: anchor}."""

    name: str
    title: str
    sections: tuple[tuple[str, str], ...]
    explains: Mapping[str, str]


def guide_for(function: str, desk_code: str = "") -> Guide | None:
    """The guide of a function, or of a desk that has one of its own; None where nobody works."""
    name = GUIDES.get(desk_code) or GUIDES.get(function)
    return guide_of(name) if name else None


def guide_of(name: str) -> Guide:
    """A guide by the name of its file; read anew when that has changed."""
    path = DOCS / "guides" / f"{name}.md"
    return _read(f"guides/{name}", path, path.stat().st_mtime_ns)


def help_for(view_name: str, function: str, desk_code: str = "") -> str | None:
    """Where a page is explained: in the guide of one's own function, else in another that names it; None for none."""
    own = guide_for(function, desk_code)
    others = (guide_of(name) for name in dict.fromkeys((EVERYONE, *GUIDES.values())))
    for guide in chain([own] if own else [], others):
        if view_name in guide.explains:
            return f"{address_of(guide.name)}#{guide.explains[view_name]}"
    return None


def help_of_page(request: Any, actor: Any, tab: str) -> dict[str, Any]:
    """What the head offers as help: `page`, where this page or else its tab is explained, and the reader's `guide`."""
    match = getattr(request, "resolver_match", None)
    function, desk = (actor.function, actor.desk_code) if actor else ("", "")
    explained = (help_for(view, function, desk) for view in (match.view_name if match else "", tab) if view)
    guide = guide_for(function, desk)
    page, whole = next(filter(None, explained), None), address_of(guide.name) if guide else ""
    glossary = address_of("reference/glossary")
    return {"page": page, "guide": guide, "guide_url": whole, "glossary": glossary, "url": page or whole or glossary}


@lru_cache(maxsize=64)
def _read(name: str, path: Path, _changed: int) -> Guide:
    title, anchor = "", ""
    sections: list[tuple[str, str]] = []
    explains: dict[str, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if began := HEADING_LINE.match(line):
            heading = INLINE.sub(r"\1", began[2])
            anchor = anchor_of(began[2])
            if began[1] == "#":
                title = heading
            elif began[1] == "##":
                sections.append((anchor, heading))
        elif said := HELP_LINE.match(line):
            for view in said[1].split():
                explains.setdefault(view, anchor)
    return Guide(name, title, tuple(sections), explains)
