"""The subject of an entry: checked, named and laid out for reading. The form is matching's (contract, section 1)."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from apps.screening.matching import BadIdentity, Identity, prepare, says_something
from apps.screening.matching.wording import written
from apps.screening.models import Entry

LONGEST_TITLE = 200


UNUSED_KIND = gettext_lazy(
    "Entries of the kind %(value)s are not screened yet, so it is not imported. Screened are: person, document."
)


def kind_of(record: Any) -> str:
    """The kind that a subject says it is, person where it says none; ValidationError for one that nothing compares.

    `kind` is read before the subject is, so anything that is no kind at all is refused alike.
    """
    kind = record.get("kind") if isinstance(record, dict) else None
    if kind in (None, ""):
        return Entry.Kind.PERSON
    if not isinstance(kind, str) or kind not in Entry.SCREENED:
        raise ValidationError(UNUSED_KIND % {"value": str(kind)[:40]})
    return kind


def check_subject(subject: Any) -> Identity:
    """The subject as the matcher sees it; ValidationError at `subject`, naming the place inside, if it cannot."""
    try:
        kind_of(subject)
    except ValidationError as wrong:
        place = {"message": " ".join(wrong.messages), "pointer": "/kind"}
        raise ValidationError(
            {"subject": pgettext("message, screening", "%(message)s (at %(pointer)s)") % place}
        ) from wrong
    try:
        identity = prepare(subject)
    except BadIdentity as wrong:
        place = {"message": wrong.message, "pointer": wrong.pointer or "/"}
        raise ValidationError(
            {"subject": pgettext("message, screening", "%(message)s (at %(pointer)s)") % place}
        ) from wrong
    if fault := unfindable(identity):
        raise ValidationError({"subject": fault})
    return identity


def unfindable(identity: Identity) -> str:
    """Why nobody could ever be found by a subject; "" where somebody can."""
    if not (identity.names or identity.documents):
        return _("Enter a name or a document number. Without one, no one can be found.")
    if not identity.names and not any(says_something(one.number) for one in identity.documents):
        return _("Give the whole document number: too many documents could bear a number as short or plain as this.")
    return ""


def title(subject: dict[str, Any]) -> str:
    """What a person's line is headed with: "SURNAME, Given names", the full name, an alias, or the document."""
    surname, given = _text(subject.get("surname")), _text(subject.get("given_names"))
    name = ", ".join(part for part in (surname.upper(), given) if part) or _text(subject.get("full_name"))
    named = name or next(iter(alias_lines(subject)), "") or next(iter(document_lines(subject)), "")
    return named[:LONGEST_TITLE]


def list_identity_facts(subject: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """(label, values) of what is known, in the order of a passport."""
    table: list[tuple[str, Iterable[str]]] = [
        (pgettext("navigation, screening", "Surname"), [_text(subject.get("surname"))]),
        (pgettext("navigation, screening", "Given names"), [_text(subject.get("given_names"))]),
        (pgettext("navigation, screening", "Full name"), [_text(subject.get("full_name"))]),
        (pgettext("navigation, screening", "Other names"), [_alias_told(one) for one in subject.get("aliases") or []]),
        (pgettext("navigation, screening", "Sex"), [_text(subject.get("sex"))]),
        (_("Date of birth"), date_lines(subject)),
        (pgettext("navigation, screening", "Nationality"), _each(subject.get("nationality"))),
        (pgettext("navigation, screening", "Documents"), document_lines(subject)),
        (_("Place of birth"), [_text(subject.get("birth_place"))]),
    ]
    known = [(label, [value for value in values if value]) for label, values in table]
    return [(label, values) for label, values in known if values]


def telling_facts(subject: dict[str, Any]) -> str:
    """Birth, nationality and the first document of somebody in one line; how many more documents there are."""
    papers = document_lines(subject)
    more = f" +{len(papers) - 1}" if len(papers) > 1 else ""
    nationality = " ".join(_each(subject.get("nationality")))
    parts = (" / ".join(date_lines(subject)), nationality, papers[0] + more if papers else "")
    return ", ".join(part for part in parts if part.strip())


def alias_lines(subject: dict[str, Any]) -> list[str]:
    """Each alias on a line of its own."""
    return [alias_line(alias) for alias in subject.get("aliases") or []]


def alias_line(alias: Any) -> str:
    """One alias as a person writes it."""
    if not isinstance(alias, dict):
        return _text(alias)
    parts = [_text(alias.get("given_names")), _text(alias.get("surname"))]
    return _text(alias.get("full_name")) or " ".join(part for part in parts if part)


def _alias_told(alias: Any) -> str:
    """One alias with what kind of name it is, where that is known."""
    kind = alias.get("kind") if isinstance(alias, dict) else ""
    words = {
        "birth": pgettext("kind of name, screening", "%(name)s (name at birth)"),
        "former": pgettext("kind of name, screening", "%(name)s (former name)"),
    }
    return words[kind] % {"name": alias_line(alias)} if kind in words else alias_line(alias)


def date_lines(subject: dict[str, Any]) -> list[str]:
    """Dates of birth as an officer reads them: 9 Apr 1971, 1970 to 1975; what cannot be read, as stated."""
    value = subject.get("birth_date")
    try:
        return [written(date) for date in prepare({"birth_date": value}, strict=False).dates]
    except BadIdentity:
        return _each(value)


def document_lines(subject: dict[str, Any]) -> list[str]:
    """Type, number and issuer of each document, and when it expires."""
    documents = [d for d in subject.get("documents") or [] if isinstance(d, dict) and d.get("number")]
    lines = []
    for document in documents:
        parts = (_text(document.get(key)) for key in ("type", "number", "issuer"))
        until = _text(document.get("expires"))
        words = " ".join(part for part in parts if part)
        lines.append(
            pgettext("words, screening", "%(paper)s until %(day)s") % {"paper": words, "day": until} if until else words
        )
    return lines


def _each(value: Any) -> list[str]:
    return [_text(item) for item in (value if isinstance(value, list) else [value])]


def _text(value: Any) -> str:
    return "" if value is None else " ".join(str(value).replace("<", " ").split())
