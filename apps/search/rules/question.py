"""What somebody asks: words and filters as they stand in an address, read once for page, program and saved search."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

LONGEST = 300
"""Letters of a question; nobody types more, and each word costs the database a look into the index."""
LONGEST_VALUE = 80
FILTERS = (
    "kind",
    "thing",
    "party",
    "tlp",
    "level",
    "category",
    "sort_of",
    "place",
    "box",
    "from",
    "until",
    "cites",
    "as_of",
    "similar",
)
DAYS = ("from", "until", "as_of")
SORTS = ("relevance", "newest")
LARGEST_PAGE = 50
PARTS_OF_A_NUMBER = 12
IDENTIFIER = re.compile(r"^\+?[A-Z0-9][A-Z0-9 ()./-]{3,24}$")
WORD = re.compile(r"\w[\w'’-]*")
OPERATORS = frozenset({"or", "and"})
CITES = re.compile(r"(?i)(?:^| )cites +(\S{3,80})")
AS_OF = re.compile(r"(?i)(?:^| )as of +(\S{10})(?= |$)")
"""Written among the words: reports that quote a report, and what held on a day (docs/reference/search.md)."""


@dataclass(frozen=True, slots=True)
class Question:
    """Words in the form that websearch_to_tsquery reads, and {filter: value}; `page` counts from 1."""

    words: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)
    sort: str = "relevance"
    page: int = 1

    @property
    def empty(self) -> bool:
        """Nothing is asked: neither words nor a filter that narrows."""
        return not self.words and not set(self.filters) - {"similar", "kind"}

    @property
    def similar(self) -> bool:
        """Whether names that sound or look alike are wanted as well."""
        return self.filters.get("similar") == "1"

    @property
    def kind(self) -> str:
        """The one kind that is wanted; empty for all."""
        return self.filters.get("kind", "")

    @property
    def number(self) -> str:
        """The words as a reference without zeros and signs, "IR 2026 BRB 142"; empty if they are none."""
        return numbered(self.words)

    @property
    def identifier(self) -> bool:
        """Whether the words could be a telephone number, plate, IMO number or document number as a whole."""
        text = self.words.upper()
        return bool(IDENTIFIER.match(text)) and sum(character.isdecimal() for character in text) >= 2

    @property
    def plain(self) -> list[str]:
        """Words that the text has to hold, without signs and excluded ones: to be marked where they are shown."""
        kept = re.sub(r'-"[^"]*"|(?<!\w)-\S+', " ", self.words)
        return [word for word in WORD.findall(kept.lower()) if word not in OPERATORS]

    def asked(self) -> dict[str, str]:
        """As parameters of an address, without the page."""
        words = {"q": self.words} if self.words else {}
        sort = {"sort": self.sort} if self.sort != "relevance" else {}
        return {**words, **{name: self.filters[name] for name in FILTERS if name in self.filters}, **sort}

    def address(self, **changed: str) -> str:
        """The query string with some parameters changed, empty ones left out; it begins at the first page."""
        parts = {**self.asked(), **changed}
        return "?" + urlencode({name: value for name, value in parts.items() if value})


def numbered(text: str) -> str:
    """A reference as its parts, capitals, without leading zeros: "ir-2008-0117" is "IR 2008 117"; empty if it is none.

    The same as search_number() in the database.
    """
    parts = re.findall(r"[A-Z]+|[0-9]+", text.upper())
    if not any(part.isdecimal() for part in parts) or len(parts) > PARTS_OF_A_NUMBER:
        return ""
    return " ".join((part.lstrip("0") or "0") if part.isdecimal() else part for part in parts)


def read_question(params: Mapping[str, Any]) -> Question:
    """The question of an address; ValidationError at the parameter for a value that cannot be one."""
    wrong: dict[str, str] = {}
    words = " ".join(str(params.get("q", "")).split())
    if len(words) > LONGEST:
        wrong["q"] = _("Enter at most %(most)s characters.") % {"most": LONGEST}
    filters = {name: str(params[name]).strip() for name in FILTERS if str(params.get(name, "")).strip()}
    words, written = _operators(words)
    filters = written | filters
    wrong |= {
        name: _("Enter at most %(most)s characters.") % {"most": LONGEST_VALUE}
        for name, value in filters.items()
        if len(value) > LONGEST_VALUE
    }
    wrong |= {name: _("Enter a date as 2026-06-30.") for name in DAYS if not _is_day(filters.get(name))}
    if not filters.get("level", "0").isascii() or not filters.get("level", "0").isdecimal():
        wrong["level"] = _("Enter the number of a marking, 0 to 3.")
    page = str(params.get("page", "1"))
    if not page.isascii() or not page.isdecimal() or not 1 <= int(page[:6]) <= LARGEST_PAGE:
        wrong["page"] = _("Choose a page from 1 to %(most)s.") % {"most": LARGEST_PAGE}
    sort = str(params.get("sort", "relevance"))
    if sort not in SORTS:
        wrong["sort"] = pgettext("words, search", "Choose one of: %(sorts)s.") % {"sorts": ", ".join(SORTS)}
    if wrong:
        raise ValidationError(wrong)  # type: ignore[arg-type]
    if "party" in filters:
        filters["party"] = filters["party"].upper()
    return Question(words, filters, sort, int(page))


def _operators(words: str) -> tuple[str, dict[str, str]]:
    """(the words without operators, {filter: value} of these). "As of" something that is no day stays words."""
    found = {}
    for name, pattern in (("cites", CITES), ("as_of", AS_OF)):
        match = pattern.search(words)
        if match and (name == "cites" or _is_day(match[1])):
            found[name] = match[1]
            words = " ".join((words[: match.start()] + words[match.end() :]).split())
    return words, found


def _is_day(text: str | None) -> bool:
    if text is None:
        return True
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True
