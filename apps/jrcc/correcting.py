"""The versions of a list, and the words for the fields that are mended in them."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from apps.access.actor import Actor
from apps.jrcc.models import Submission, SubmissionContent
from apps.jrcc.paxlst.differences import Change, differences
from apps.jrcc.paxlst.mending import can_be_mended

DATE = gettext_lazy("Day, month, year, for example 28 2 1971.")
MOMENT = gettext_lazy("Local time, for example 28 11 2026 14:30.")
STATE = gettext_lazy("Three-letter code of the State, as in the document: GUY, JAM, TTO.")
PLACE = gettext_lazy("IATA code of the airport or UN/LOCODE of the port.")
FIELDS: dict[str, tuple[Any, Any]] = {
    "surname": (gettext_lazy("Surname"), ""),
    "given_names": (gettext_lazy("Given names"), ""),
    "sex": (gettext_lazy("Sex"), gettext_lazy("M, F or X, as in the document.")),
    "birth_date": (gettext_lazy("Date of birth"), DATE),
    "nationality": (gettext_lazy("Nationality"), STATE),
    "status": (gettext_lazy("Passenger or crew"), ""),
    "seat": (pgettext_lazy("of an aircraft", "Seat"), ""),
    "pnr": (gettext_lazy("Booking"), ""),
    "from": (gettext_lazy("Boards at"), PLACE),
    "to": (gettext_lazy("Leaves at"), PLACE),
    "document.type": (gettext_lazy("Document type"), gettext_lazy("P for a passport, I for an identity card.")),
    "document.number": (gettext_lazy("Document number"), gettext_lazy("Letters and digits as in the document.")),
    "document.issuer": (gettext_lazy("Issuing State"), STATE),
    "document.expires": (gettext_lazy("Document expires"), DATE),
    "flight.carrier": (gettext_lazy("Carrier"), gettext_lazy("Two or three letters, for example 7T.")),
    "flight.number": (gettext_lazy("Flight or voyage number"), ""),
    "flight.date": (gettext_lazy("Date of the flight"), DATE),
    "vessel.imo": (gettext_lazy("IMO number"), gettext_lazy("Seven digits; the last one checks the others.")),
    "leg.from": (gettext_lazy("From"), PLACE),
    "leg.to": (gettext_lazy("To"), PLACE),
    "leg.departs": (gettext_lazy("Departs"), MOMENT),
    "leg.arrives": (gettext_lazy("Arrives"), MOMENT),
    "message.stated_total": (gettext_lazy("Persons on the whole list"), gettext_lazy("A number.")),
}
"""What a field is called in a form, and the hint beside it."""


def field_words(field: str) -> str:
    """A field in words: `leg.departs.2` is "Departs, leg 2"."""
    kind, _dot, rest = field.partition(".")
    if kind == "leg" and rest.count("."):
        key, number = rest.split(".")
        return _("%(field)s, leg %(number)s") % {"field": FIELDS[f"leg.{key}"][0], "number": number}
    return str(FIELDS[field][0]) if field in FIELDS else field


def versions(actor: Actor, row: Submission) -> list[Submission]:
    """Every version of a list that the seat sees, the first one first. One query."""
    first = row.series or row.pk
    rows = Submission.objects.visible_to(actor).filter(Q(pk=first) | Q(series=first))
    return list(rows.order_by("edition"))


def readings(actor: Actor, *rows: Submission) -> list[list[dict[str, Any]]]:
    """The lists read from submissions, in their order; [] for one that is not read yet. One query."""
    contents = SubmissionContent.objects.visible_to(actor).filter(submission__in=rows).defer("raw")
    found = {content.submission_id: content.reading or [] for content in contents}
    return [found.get(row.pk, []) for row in rows]


def changes(before: Sequence[dict[str, Any]], after: Sequence[dict[str, Any]]) -> list[Change]:
    """What a correction changed; lists that name nobody on board stand outside it."""
    return differences([obj for obj in before if can_be_mended(obj)], after)
