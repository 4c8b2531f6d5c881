"""Lists of manifests and of airlines' bookings, as they are declared."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy, pgettext, pgettext_lazy

from apps.access.middleware import note_read
from apps.manifests import policy
from apps.manifests.models import BookedTraveller
from apps.manifests.queries import receipts
from apps.pages.cells import Cell, Small, stack
from apps.pages.columns import WIDE, Col, Count, Day, Link, Moment, Title
from apps.pages.filters import Choice, On, Words
from apps.pages.lists import Blank, Button, List
from apps.pages.tables import Table


def _is_carrier(actor: Any) -> bool:
    return bool(actor is not None and actor.function == "carrier")


def _grade(line: Any) -> Cell:
    """The grade, and whether part of the list has not come yet."""
    kind, picture, words = line["grade"]
    missing = Cell(pgettext("words, jrcc", "Part missing"), chip=("warn", "minus"))
    return Cell(words, chip=(kind, picture), more=(missing,) if line["it"].parts_missing else ())


class Manifests(List):
    """The lists that this carrier has sent, or for the JRCC all of them, newest first.

    It does not ask for itself when one changes: what the JRCC does with the persons is none of its sender's business.
    """

    of, address, opens, key = "jrcc.submission", "jrcc:submissions", "jrcc:submission", "it.pk"
    title = pgettext_lazy("heading, jrcc", "Manifests")
    noun = ngettext_lazy("%(n)d list", "%(n)d lists", "n")
    related = ("owner",)
    template = "jrcc/submissions.html"
    live = False
    columns = (
        Title(
            "title",
            pgettext_lazy("column, jrcc", "Journey"),
            code="it.receipt",
            marks=lambda line: (pgettext("words, jrcc", "(test)"),) if line["it"].is_test else (),
            name="journey",
        ),
        Moment("it.created_at", pgettext_lazy("column, jrcc", "Received"), name="received"),
        Col(
            "it.owner.code",
            pgettext_lazy("column, jrcc", "Sent by"),
            may=lambda actor: not _is_carrier(actor),
            name="sender",
        ),
        Count("it.passengers", pgettext_lazy("column, jrcc", "Passengers"), name="passengers"),
        Count("it.crew", pgettext_lazy("column, jrcc", "Crew"), name="crew"),
        Col("grade", pgettext_lazy("column, jrcc", "Grade"), value=_grade),
        Col("state", pgettext_lazy("column, jrcc", "Status")),
    )
    filters = (
        Choice(
            "grade",
            pgettext_lazy("field, jrcc", "Grade"),
            choices=[(code, words) for code, (_kind, _picture, words) in receipts.GRADES.items()],
            any_word=pgettext_lazy("choice, jrcc", "All"),
        ),
    )

    def __init__(self, request: Any, **scope: Any) -> None:
        super().__init__(request, **scope)
        self.for_carrier = _is_carrier(self.actor)
        self.name = _("Sent by your desk") if self.for_carrier else pgettext_lazy("heading, jrcc", "Received")
        self.empty = NO_LIST_SENT if policy.may_receive(self.actor, None) else NO_LIST

    def subtitle(self) -> Any:
        """Whose lists."""
        if self.for_carrier:
            return _("Passenger and crew manifests that your desk has sent, newest first. Each gets a receipt at once.")
        return _("Passenger and crew manifests as carriers sent them, newest first.")

    def lines(self, rows: list[Any]) -> list[dict[str, Any]]:
        """Lists with their journeys and grades in words."""
        return [
            {
                "it": row,
                "title": receipts.flight_words(row.flight) or row.receipt,
                "grade": receipts.grade_chip(row.grade),
                "state": receipts.state_words(row),
            }
            for row in rows
        ]


NO_LIST = Blank(_("No manifest yet"), _("Manifests that carriers send appear here."), "file")
NO_LIST_SENT = Blank(
    _("No manifest yet"),
    _("Send the first one above. You get a receipt at once, and the result of reading it a few seconds later."),
    "file",
)


def _joined(words: Iterable[Any]) -> str:
    return " ".join(str(word) for word in words if word)


def _made(line: Any) -> str:
    day = line["it"].created_on
    return pgettext("column, jrcc", "made %(day)s") % {"day": Day.in_words(day)} if day else ""


def _traveller(one: Any) -> Cell:
    """The name, what is known of the person, and each of their papers."""
    seat = pgettext("words, jrcc", "seat %(seat)s") % {"seat": one.seat} if one.seat else ""
    bags = ngettext("%(n)s bag", "%(n)s bags", one.bags) % {"n": one.bags} if one.bags else ""
    known = _joined((receipts.day_words(one.birth_date), one.nationality, seat, bags))
    papers = [
        _joined((paper.get("type"), paper.get("number"), paper.get("issuer"), _expires(paper)))
        for paper in one.documents
    ]
    name = ", ".join(filter(None, (one.surname or "–", one.given_names)))
    return Cell(name, tuple(Small(words) for words in (known, *papers) if words))


def _expires(paper: Any) -> str:
    return pgettext("words, jrcc", "until %(day)s") % {"day": paper.get("expires")} if paper.get("expires") else ""


def _leg(leg: Any) -> Cell:
    return Cell(_joined((leg.get("carrier"), leg.get("number"), f"{leg.get('from') or '?'}–{leg.get('to') or '?'}")))


def _sold(line: Any) -> Cell:
    """Who sold it, and how it was paid."""
    agency, paid = line["it"].agency or {}, ", ".join(line["it"].payment)
    words = _joined(agency.get(name) for name in ("number", "office", "city", "country"))
    return Cell(words, (Small(paid),) if paid else ())


def _upper(column: str) -> Any:
    return lambda rows, words, _actor: rows.filter(**{column: words.strip().upper()})


class Bookings(List):
    """Bookings that the seat may see, the newest first. Each counts as read, so none is taken away as a file."""

    of, address, key = "jrcc.booking", "jrcc:bookings", "it.pk"
    title = pgettext_lazy("heading, jrcc", "Bookings")
    sub = _(
        "Airline bookings on flights that touch your State, as far as your State's law "
        "allows. Each booking you see is recorded as read."
    )
    noun = ngettext_lazy("%(n)d booking", "%(n)d bookings", "n")
    export = None
    live = False
    columns = (
        Title("it.locator", pgettext_lazy("column, jrcc", "Booking"), small=_made, name="booking"),
        Col(
            "flight",
            pgettext_lazy("column, jrcc", "Flight"),
            value=lambda line: _joined((line["it"].carrier, line["it"].number, _route(line["it"]))),
            small=lambda line: Day.in_words(line["it"].date),
            nowrap=True,
        ),
        Col(
            "travellers",
            pgettext_lazy("column, jrcc", "Travellers"),
            value=lambda line: stack([_traveller(one) for one in line["people"]]),
        ),
        Col(
            "itinerary",
            pgettext_lazy("column, jrcc", "Itinerary"),
            value=lambda line: stack([_leg(leg) for leg in line["it"].itinerary]),
            nowrap=True,
        ),
        Col(
            "contacts",
            pgettext_lazy("column, jrcc", "Contact details"),
            value=lambda line: stack([Cell(one["value"]) for one in line["it"].contacts]),
        ),
        Col("sold", _("Sold by, paid by"), value=_sold),
        Day("it.keep_until", pgettext_lazy("column, jrcc", "Kept until"), name="kept"),
    )
    filters = (
        Words("carrier", pgettext_lazy("field, jrcc", "Carrier"), by=_upper("carrier"), longest=3),
        Words("number", pgettext_lazy("field, jrcc", "Number"), by=_upper("number"), longest=8),
        On("day", pgettext_lazy("field, jrcc", "Day"), "date"),
    )
    empty = Blank(
        pgettext_lazy("words, jrcc", "No bookings"),
        _("Bookings appear here when your State has a law in force that allows them and an airline sends them."),
        "file",
    )

    def lines(self, rows: list[Any]) -> list[dict[str, Any]]:
        """Bookings with the travellers that they are for."""
        people: dict[Any, list[Any]] = {row.pk: [] for row in rows}
        for one in BookedTraveller.objects.visible_to(self.actor).filter(booking__in=rows).order_by("seq"):
            people[one.booking_id].append(one)
        return [{"it": row, "people": people[row.pk]} for row in rows]

    def noted(self, rows: list[Any]) -> None:
        """Each booking counts as read."""
        for row in rows:
            note_read(self.request, "booking.read", row)

    def more(self) -> list[Button]:
        """By what law."""
        return [Button(_("Laws on bookings"), reverse("jrcc:bookings_rules"), "scale")]


def _route(row: Any) -> str:
    return f"{row.origin}–{row.destination}"


Table(
    "manifests.receipts",
    pgettext_lazy("words, jrcc", "Receipts"),
    (
        Title(
            "flight",
            pgettext_lazy("column, jrcc", "Journey"),
            value=lambda row: receipts.flight_words(row.flight) or pgettext("words, jrcc", "being read"),
            code="receipt",
        ),
        Moment("created_at", pgettext_lazy("column, jrcc", "Received")),
    ),
    page=lambda row: reverse("jrcc:submission", args=[row.pk]),
)


def _what(line: Any) -> str:
    return {
        "journey": pgettext("noun, jrcc", "Journey"),
        "changed": pgettext("words, jrcc", "Changed"),
        "added": pgettext("words, jrcc", "Added"),
        "removed": pgettext("words, jrcc", "Removed"),
    }[line["kind"]]


Table(
    "manifests.changes",
    pgettext_lazy("words, jrcc", "Changes"),
    (
        Title("name", pgettext_lazy("column, jrcc", "Who")),
        Col("what", pgettext_lazy("column, jrcc", "What"), value=_what),
        Col("field", pgettext_lazy("column, jrcc", "Field")),
        Col("old", pgettext_lazy("column, jrcc", "Before")),
        Col(
            "new",
            pgettext_lazy("column, jrcc", "Now"),
            value=lambda line: format_html("<b>{}</b>", line["new"]) if line["new"] else "",
        ),
    ),
)


def _by_jrcc(line: Any) -> str:
    return _now("by the JRCC: %(reason)s") % {"reason": line["it"].reason} if line["it"].reason else ""


def _changed(line: Any) -> tuple[str, str] | None:
    """The way to what a version changed; the first has changed nothing."""
    if line["is_first"]:
        return None
    row = line["it"]
    version = pgettext("words, jrcc", "in version %(n)s") % {"n": row.edition}
    return f"{pgettext('link, jrcc', 'What changed')} {version}", reverse("jrcc:submission_changes", args=[row.pk])


Table(
    "manifests.versions",
    pgettext_lazy("words, jrcc", "Versions"),
    (
        Title(
            "it.receipt",
            pgettext_lazy("column, jrcc", "Receipt"),
            marks=lambda line: (pgettext("words, jrcc", "this one"),) if line["is_shown"] else (),
        ),
        Count("it.edition", pgettext_lazy("column, jrcc", "Version")),
        Moment("it.created_at", pgettext_lazy("column, jrcc", "Sent"), small=_by_jrcc, phone=WIDE),
        Link("changes", pgettext_lazy("words, jrcc", "Changes"), value=_changed),
    ),
    page=lambda line: "" if line["is_shown"] else reverse("jrcc:submission", args=[line["it"].pk]),
)
