"""Tables of instruments and of their parties."""

from collections.abc import Callable, Iterable
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from apps.access.templatetags.names import as_party
from apps.access.templatetags.portal import day
from apps.pages.cells import Cell, Small
from apps.pages.columns import Col, Count, Day, Status, Title
from apps.pages.strips import Strip, StripPart
from apps.pages.tables import Table

INSTRUMENT = pgettext_lazy("column, region", "Instrument")
SIGNED = pgettext_lazy("column, region", "Signed")
RATIFIED = pgettext_lazy("column, region", "Ratified")
BOUND = pgettext_lazy("column, region", "Bound from")


def _code_of(row: dict[str, Any]) -> str:
    it = row["standing"].instrument
    if not it.amends:
        return str(it.code)
    return f"{it.code}, {pgettext('column, region', 'amends %(code)s') % {'code': it.amends.code}}"


def _doubts(row: dict[str, Any]) -> tuple[Small, ...]:
    """Where what is recorded does not agree."""
    said = [
        (row["standing"].mismatch, _now("calculated and notified dates differ")),
        (row["standing"].flagged, _now("a ratification is dated before its signature, as published")),
    ]
    return tuple(Small(words, "warn") for found, words in said if found)


def _number(of: str) -> Callable[[dict[str, Any]], Any]:
    """How many, or that nobody recorded who signed."""

    def number(row: dict[str, Any]) -> Any:
        found = getattr(row["standing"], of)
        return Cell(pgettext("words, region", "not recorded"), tone="q") if found is None else found

    return number


Table(
    "region.bound",
    _("Who is bound"),
    (
        Title("standing.instrument.title", INSTRUMENT),
        Count("n", pgettext_lazy("column, region", "Bound"), value=_number("known_parties")),
        Count("standing.only_signed", _("Signed, not bound")),
        Count("standing.without_step", pgettext_lazy("column, region", "Neither recorded")),
    ),
)
Table(
    "region.instruments",
    pgettext_lazy("words, region", "Instruments table"),
    (
        Title("standing.instrument.title", INSTRUMENT, small=_code_of),
        Status("status", pgettext_lazy("column, region", "Status"), value=lambda row: row["chip"]),
        Day("standing.instrument.opened_on", pgettext_lazy("column, region", "Opened")),
        Count("n", pgettext_lazy("column, region", "Signatories"), value=_number("known_signatories")),
        Count("n", pgettext_lazy("column, region", "Bound"), value=_number("known_parties")),
        Day("standing.in_force_on", _("In force from"), small=_doubts),
    ),
    page=lambda row: row["url"],
)


def _entity(row: dict[str, Any]) -> str:
    it = row["line"].row
    return as_party(it.party.short_name) if it.party else str(it.entity)


def _published(row: dict[str, Any]) -> Small | None:
    steps = row["line"].steps
    return Small(_now("ratified before signature, as published"), "warn") if steps.ratified_before_signed else None


def _provisional(row: dict[str, Any]) -> SafeString | None:
    begun = row["line"].steps.provisional_from
    return format_html("{} {}", pgettext("words, region", "provisionally from"), day(begun)) if begun else None


def _acceded(row: dict[str, Any]) -> str:
    return pgettext("words, region", "acceded") if row["line"].steps.acceded_on else ""


def _records(row: dict[str, Any]) -> SafeString | None:
    """The steps that the seat may record of a party, folded."""
    if not row["offers"]:
        return None
    entity = row["line"].row.entity
    link = '<li><a href="{}">{}<span class="vh">, {}</span></a></li>'
    return format_html(
        '<details class="more"><summary>{}<span class="vh"> {}</span></summary><ul class="plain">{}</ul></details>',
        pgettext("button, region", "Record"),
        entity,
        format_html_join("", link, ((offer["url"], offer["label"], entity) for offer in row["offers"])),
    )


Table(
    "region.parties",
    pgettext_lazy("words, region", "Parties table"),
    (
        Title("entity", pgettext_lazy("column, region", "Party"), value=_entity, small=_published),
        Day(
            "line.steps.signed_on",
            SIGNED,
            small=lambda row: pgettext("words, region", "ad referendum") if row["line"].steps.ad_referendum else "",
        ),
        Day("line.steps.approved_on", pgettext_lazy("column, region", "Approved")),
        Day("line.steps.ratified_on", RATIFIED),
        Day(
            "deposited",
            pgettext_lazy("column, region", "Deposited"),
            value=lambda row: row["line"].steps.acceded_on or row["line"].steps.deposited_on,
            small=_acceded,
        ),
        Day("line.bound_from", BOUND, small=_provisional),
        Day("line.steps.withdrawn_on", pgettext_lazy("column, region", "Withdrawn")),
        Col("records", _("Steps to record"), value=_records),
    ),
    anchor="line",
    key="key",
)
Table(
    "region.instruments_of_state",
    pgettext_lazy("words, region", "Instruments table"),
    (
        Title("standing.instrument.title", INSTRUMENT, code="standing.instrument.code"),
        Status("status", pgettext_lazy("column, region", "The instrument"), value=lambda row: row["chip"]),
        Day("line.steps.signed_on", SIGNED),
        Day("line.steps.ratified_on", RATIFIED),
        Day("line.bound_from", BOUND),
    ),
    page=lambda row: row["url"],
)


def bound_strips(rows: Iterable[dict[str, Any]]) -> list[Strip]:
    """For each instrument of which steps are recorded how many parties are bound, and how many signed."""
    return [
        Strip(
            row["standing"].instrument.title,
            [
                StripPart(len(row["standing"].contracting_parties), pgettext("words, region", "bound"), "b2"),
                StripPart(row["standing"].only_signed, pgettext("words, region", "signed, not bound"), "b1"),
            ],
            len(row["standing"].lines),
            unknown=pgettext("words, region", "neither recorded"),
            url=row["url"],
        )
        for row in rows
    ]


def party_rows(lines: Any, offers_of: Any) -> list[dict[str, Any]]:
    """Parties of an instrument, each with the steps that the seat may record and its anchor in the page."""
    return [{"line": line, "offers": offers_of(line.row), "key": slugify(line.row.entity)} for line in lines]


def instrument_rows(found: Any, days: str) -> list[dict[str, Any]]:
    """(standing, line of a State or None, chip) as rows, with their pages on the days of this page."""
    return [
        {
            **{"standing": standing, "line": line, "chip": chip},
            "url": f"{reverse('region:instrument', args=[standing.instrument.code])}{days}",
        }
        for standing, line, chip in found
    ]
