"""What is known of a person as the rows of a form: further names, dates of birth and documents, one each. Pure."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.screening.queries import identities

ALIAS, BIRTH, DOCUMENT = "alias", "birth", "document"
FIELDS = {
    ALIAS: ("alias", "alias_kind"),
    BIRTH: ("birth_date",),
    DOCUMENT: ("document_type", "document_number", "document_issuer", "document_expires"),
}
"""The fields of one row; those of the second row are called `alias_2`, and so on."""
PARTS = {ALIAS: "aliases", BIRTH: "birth_date", DOCUMENT: "documents"}
"""The part of an identity that the rows of a kind are."""
ASKED = {ALIAS: "alias", BIRTH: "birth_date", DOCUMENT: "document_number"}
"""Without this field a row says nothing."""
MOST = {ALIAS: 20, BIRTH: 10, DOCUMENT: 10}
"""Rows of a form; an entry of a file may have more, which stay as they are."""
WEAK = "weak"
ALIAS_KINDS = [
    ("", pgettext_lazy("kind of name, screening", "Also known as")),
    ("birth", _("Name at birth")),
    ("former", pgettext_lazy("kind of name, screening", "Former name")),
    (WEAK, _("Nickname, or known in part only")),
]
DOCUMENTS = [
    ("P", pgettext_lazy("words, screening", "Passport")),
    ("I", pgettext_lazy("words, screening", "Identity card")),
    ("ID", _("National identity number")),
    ("V", pgettext_lazy("words, screening", "Visa")),
    ("A", pgettext_lazy("words, screening", "Residence card")),
    ("C", pgettext_lazy("words, screening", "Crew card")),
]
_YEARS = re.compile(r"(\d{4})\s*(?:-|–|to|à|tot|a)\s*(\d{4})", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})[ .](\d{1,2})[ .](\d{4})", re.ASCII)


def name_of(field: str, row: int) -> str:
    """What a field of a row is called; rows count from 0."""
    return field if row == 0 else f"{field}_{row + 1}"


def rows_in(kind: str, data: Mapping[str, Any]) -> int:
    """How many rows of a kind were posted, at least one."""
    posted = [n for n in range(MOST[kind]) if any(name_of(field, n) in data for field in FIELDS[kind])]
    return max(posted, default=0) + 1


def stored_in(subject: Mapping[str, Any], kind: str) -> list[Any]:
    """What an identity has of a kind, one for each row."""
    value = subject.get(PARTS[kind])
    if value in (None, "", []):
        return []
    return list(value) if isinstance(value, list) else [value]


def as_typed(kind: str, item: Any) -> tuple[str, ...]:
    """A stored name, date or document as the fields of its row."""
    if kind == BIRTH:
        return (_date_typed(item),)
    if kind == ALIAS:
        known = item if isinstance(item, dict) else {}
        weak = WEAK if known.get("quality") == WEAK else ""
        return identities.alias_line(item), weak or str(known.get("kind") or "")
    paper = item if isinstance(item, dict) else {}
    return tuple(str(paper.get(key) or "") for key in ("type", "number", "issuer", "expires"))


def _date_typed(item: Any) -> str:
    if isinstance(item, dict):
        ends = [str(item[end]) for end in ("from", "to") if item.get(end) is not None]
        return f"{ends[0]}-{ends[-1]}" if ends else ""
    return "" if item is None else str(item)


def as_stored(kind: str, typed: Sequence[str], before: Any) -> Any:
    """The fields of a row as an identity has them; what was not changed stays as it is."""
    if before is not None and tuple(typed) == as_typed(kind, before):
        return before
    if kind == BIRTH:
        return _date_stored(typed[0])
    if kind == ALIAS:
        name, sort = " ".join(typed[0].split()), typed[1]
        if not sort:
            return name
        return {"full_name": name, "quality": WEAK} if sort == WEAK else {"full_name": name, "kind": sort}
    paper = {**(before or {}), "type": typed[0], "number": typed[1], "issuer": typed[2].upper() or None}
    paper.pop("expires", None)
    return {**paper, "expires": typed[3]} if typed[3] else paper


def _date_stored(text: str) -> Any:
    """A year, a month, a day, or the years between which somebody was born; a day may be written day first."""
    years, day = _YEARS.fullmatch(text), _DAY_FIRST.fullmatch(text)
    if years:
        return {"from": int(years[1]), "to": int(years[2])}
    return f"{day[3]}-{int(day[2]):02}-{int(day[1]):02}" if day else text


def put_rows(subject: dict[str, Any], kind: str, items: Sequence[Any]) -> None:
    """Put the rows of a kind into an identity; one date of birth stands alone."""
    part = PARTS[kind]
    rest = stored_in(subject, kind)[MOST[kind] :]
    found = [*items, *rest]
    subject[part] = found[0] if kind == BIRTH and len(found) == 1 else found
    if not found:
        del subject[part]
