"""The subject of an entry: checked, named and laid out for reading. The form is matching's (contract, section 1)."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from apps.screening.matching import BadIdentity, Identity, prepare
from apps.screening.matching.wording import written

LONGEST_TITLE = 200


def checked(subject: Any) -> Identity:
    """The subject as the matcher sees it; ValidationError at `subject`, naming the place inside, if it cannot."""
    try:
        identity = prepare(subject)
    except BadIdentity as wrong:
        place = {"message": wrong.message, "pointer": wrong.pointer or "/"}
        raise ValidationError({"subject": _("%(message)s (at %(pointer)s)") % place}) from wrong
    if not (identity.names or identity.documents):
        raise ValidationError({"subject": _("Give a name or a document number: nobody can be found without.")})
    return identity


def title(subject: dict[str, Any]) -> str:
    """What a person's line is headed with: "SURNAME, Given names", the full name, an alias, or the document."""
    surname, given = _text(subject.get("surname")), _text(subject.get("given_names"))
    name = ", ".join(part for part in (surname.upper(), given) if part) or _text(subject.get("full_name"))
    named = name or next(iter(alias_lines(subject)), "") or next(iter(document_lines(subject)), "")
    return named[:LONGEST_TITLE]


def rows(subject: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """(label, values) of what is known, in the order of a passport."""
    table: list[tuple[str, Iterable[str]]] = [
        (_("Surname"), [_text(subject.get("surname"))]),
        (_("Given names"), [_text(subject.get("given_names"))]),
        (_("Full name"), [_text(subject.get("full_name"))]),
        (_("Other names"), alias_lines(subject)),
        (_("Sex"), [_text(subject.get("sex"))]),
        (_("Date of birth"), date_lines(subject)),
        (_("Nationality"), _each(subject.get("nationality"))),
        (_("Documents"), document_lines(subject)),
        (_("Place of birth"), [_text(subject.get("birth_place"))]),
    ]
    known = [(label, [value for value in values if value]) for label, values in table]
    return [(label, values) for label, values in known if values]


def alias_lines(subject: dict[str, Any]) -> list[str]:
    """Each alias on a line of its own."""
    return [alias_line(alias) for alias in subject.get("aliases") or []]


def alias_line(alias: Any) -> str:
    """One alias as a person writes it."""
    if not isinstance(alias, dict):
        return _text(alias)
    parts = [_text(alias.get("given_names")), _text(alias.get("surname"))]
    return _text(alias.get("full_name")) or " ".join(part for part in parts if part)


def date_lines(subject: dict[str, Any]) -> list[str]:
    """Dates of birth as an officer reads them: 9 Apr 1971, 1970 to 1975; what cannot be read, as stated."""
    value = subject.get("birth_date")
    try:
        return [written(date) for date in prepare({"birth_date": value}, strict=False).dates]
    except BadIdentity:
        return _each(value)


def document_lines(subject: dict[str, Any]) -> list[str]:
    """Type, number and issuer of each document."""
    documents = [d for d in subject.get("documents") or [] if isinstance(d, dict) and d.get("number")]
    lines = []
    for document in documents:
        parts = (_text(document.get(key)) for key in ("type", "number", "issuer"))
        lines.append(" ".join(part for part in parts if part))
    return lines


def _each(value: Any) -> list[str]:
    return [_text(item) for item in (value if isinstance(value, list) else [value])]


def _text(value: Any) -> str:
    return "" if value is None else " ".join(str(value).replace("<", " ").split())
