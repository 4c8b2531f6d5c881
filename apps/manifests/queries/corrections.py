"""The versions of a list, and the words for the fields that are mended in them."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from apps.access.actor import Actor
from apps.manifests.models import Submission, SubmissionContent
from apps.manifests.paxlst.corrections import can_be_mended
from apps.manifests.paxlst.differences import Change, differences

DATE = gettext_lazy("Day, month, year, for example 28 2 1971.")
MOMENT = gettext_lazy("Local time, for example 28 11 2026 14:30.")
STATE = gettext_lazy("Three-letter code of the State, as in the document: GUY, JAM, TTO.")
PLACE = gettext_lazy("IATA code of the airport or UN/LOCODE of the port.")
FIELDS: dict[str, tuple[Any, Any]] = {
    "surname": (pgettext_lazy("words, jrcc", "Surname"), ""),
    "given_names": (pgettext_lazy("words, jrcc", "Given names"), ""),
    "sex": (pgettext_lazy("words, jrcc", "Sex"), gettext_lazy("M, F or X, as in the document.")),
    "birth_date": (gettext_lazy("Date of birth"), DATE),
    "nationality": (pgettext_lazy("words, jrcc", "Nationality"), STATE),
    "status": (gettext_lazy("Passenger or crew"), ""),
    "seat": (pgettext_lazy("of an aircraft", "Seat"), ""),
    "pnr": (pgettext_lazy("words, jrcc", "Booking"), ""),
    "from": (pgettext_lazy("words, jrcc", "Embarks at"), PLACE),
    "to": (pgettext_lazy("words, jrcc", "Disembarks at"), PLACE),
    "document.type": (
        pgettext_lazy("words, jrcc", "Document type"),
        gettext_lazy("P for a passport, I for an identity card."),
    ),
    "document.number": (
        pgettext_lazy("words, jrcc", "Document number"),
        gettext_lazy("Letters and digits as in the document."),
    ),
    "document.issuer": (pgettext_lazy("words, jrcc", "Issuing State"), STATE),
    "document.expires": (pgettext_lazy("words, jrcc", "Document expires"), DATE),
    "flight.carrier": (pgettext_lazy("words, jrcc", "Carrier"), gettext_lazy("Two or three letters, for example 7T.")),
    "flight.number": (gettext_lazy("Flight or voyage number"), ""),
    "flight.date": (pgettext_lazy("words, manifests", "Flight date"), DATE),
    "vessel.imo": (
        pgettext_lazy("words, jrcc", "IMO number"),
        gettext_lazy("Seven digits; the last one checks the others."),
    ),
    "leg.from": (pgettext_lazy("field, jrcc", "From"), PLACE),
    "leg.to": (pgettext_lazy("words, jrcc", "To"), PLACE),
    "leg.departs": (pgettext_lazy("words, jrcc", "Departs"), MOMENT),
    "leg.arrives": (pgettext_lazy("words, jrcc", "Arrives"), MOMENT),
    "message.stated_total": (
        gettext_lazy("People on the whole manifest"),
        pgettext_lazy("words, jrcc", "Enter a number."),
    ),
}
"""What a field is called in a form, and the hint beside it."""


def field_words(field: str) -> str:
    """A field in words: `leg.departs.2` is "Departs, leg 2"."""
    kind, _dot, rest = field.partition(".")
    if kind == "leg" and rest.count("."):
        key, number = rest.split(".")
        return pgettext("words, jrcc", "%(field)s, leg %(number)s") % {
            "field": FIELDS[f"leg.{key}"][0],
            "number": number,
        }
    return str(FIELDS[field][0]) if field in FIELDS else field


def list_submission_versions(actor: Actor, row: Submission) -> list[Submission]:
    """Every version of a list that the seat sees, the first one first. One query."""
    first = row.series or row.pk
    rows = Submission.objects.visible_to(actor).filter(Q(pk=first) | Q(series=first))
    return list(rows.order_by("edition"))


def readings(actor: Actor, *rows: Submission) -> list[list[dict[str, Any]]]:
    """The lists read from submissions, in their order; [] for one that is not read yet. One query."""
    contents = SubmissionContent.objects.visible_to(actor).filter(submission__in=rows).defer("raw")
    found = {content.submission_id: content.reading or [] for content in contents}
    return [found.get(row.pk, []) for row in rows]


def list_corrected_lists(before: Sequence[dict[str, Any]], after: Sequence[dict[str, Any]]) -> list[Change]:
    """What a correction changed; lists that name nobody on board stand outside it."""
    return differences([obj for obj in before if can_be_mended(obj)], after)
