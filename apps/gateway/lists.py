"""What was asked of INTERPOL, as it is declared."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from apps.access.actor import Actor
from apps.access.marking import Banner
from apps.access.templatetags import portal
from apps.audit.sentences import kind_in_words
from apps.gateway.models import Query, Source
from apps.gateway.policy import knows_hits
from apps.gateway.queries import subjects
from apps.pages.cells import Cell, Small
from apps.pages.columns import RIGHT, Col, Moment, Status, Title
from apps.pages.filters import Choice
from apps.pages.lists import Blank, List

OUTCOMES = {
    "asked": ("info", "half", _("Asked, no answer yet")),
    "no_record": ("ok", "check", pgettext_lazy("words, gateway", "No record")),
    "record": ("bad", "alert", pgettext_lazy("words, gateway", "Record found")),
    "kept": ("ok", "check", _("From a stored answer")),
    "gone": ("mute", "minus", _("No longer needed")),
    "answered": ("ok", "check", pgettext_lazy("words, gateway", "Answered")),
    "timeout": ("warn", "clock", _("No answer in time")),
    "unreachable": ("warn", "x", pgettext_lazy("words, gateway", "Not reachable")),
    "refused": ("warn", "x", _("Refused our request")),
    "server_error": ("warn", "x", _("Error at the source")),
    "broken": ("warn", "x", _("Answer not readable")),
    "other_question": ("warn", "x", _("Answer to another query")),
    "half_answer": ("warn", "x", _("Missing from the answer")),
}
"""Chip of a query's outcome."""
TOLD_TO_ALL = "answered"
"""In place of outcomes that say whether there is a record."""
SECRET = ("record", "no_record", "kept")


def _chip(line: Any) -> tuple[str, str, Any]:
    """That there is a record is for the JRCC alone; operators read that there was an answer."""
    outcome = line["it"].outcome
    return OUTCOMES[TOLD_TO_ALL if outcome in SECRET and not line["told"] else outcome]


def _subject(line: Any) -> Cell:
    """Whom it is about, as the way to their page for who works on them."""
    row = line["it"]
    return Cell(kind_in_words(row.subject_kind), (Small(row.subject_id, "ref"),), url=line["page"])


def _took(line: Any) -> str:
    return "" if line["it"].ms is None else f"{portal.grouped(line['it'].ms)} ms"


def _sources(actor: Actor | None) -> list[tuple[str, Any]]:
    return list(Source.objects.visible_to(actor).order_by("code").values_list("code", "name"))


def _outcomes(actor: Actor | None) -> list[tuple[str, Any]]:
    hidden = (TOLD_TO_ALL,) if actor and knows_hits(actor) else SECRET
    return [(code, words) for code, (_kind, _picture, words) in OUTCOMES.items() if code not in hidden]


def _with_outcome(rows: Any, outcome: str, _actor: Any) -> Any:
    return rows.filter(outcome__in=SECRET if outcome == TOLD_TO_ALL else [outcome])


class Queries(List):
    """What was asked, newest first; without names."""

    of, address, key = "gateway.query", "gateway:queries", "it.pk"
    title = _("Queries to INTERPOL")
    sub = _("Who was asked about, which source, when, and the result. Names and numbers are not stored here.")
    noun = ngettext_lazy("%(n)d query", "%(n)d queries", "n")
    related = ("source", "round")
    live = False
    columns = (
        Title("subject", pgettext_lazy("column, gateway", "About"), value=_subject),
        Moment("it.asked_at", pgettext_lazy("column, gateway", "Asked"), name="asked"),
        Col("it.source.name", pgettext_lazy("column, gateway", "Source"), name="source"),
        Col("it.round.desk", pgettext_lazy("column, gateway", "By"), name="by", nowrap=True),
        Status("outcome", pgettext_lazy("column, gateway", "Outcome"), value=_chip, phone=RIGHT),
        Moment("it.answered_at", pgettext_lazy("column, gateway", "Answered"), name="answered"),
        Col("took", pgettext_lazy("column, gateway", "Response time"), value=_took, nowrap=True),
    )
    filters = (
        Choice(
            "source",
            pgettext_lazy("field, gateway", "Source"),
            "source__code",
            choices=_sources,
            any_word=pgettext_lazy("choice, gateway", "All"),
        ),
        Choice(
            "outcome",
            pgettext_lazy("field, gateway", "Outcome"),
            choices=_outcomes,
            by=_with_outcome,
            any_word=pgettext_lazy("choice, gateway", "All"),
        ),
    )
    empty = Blank(
        pgettext_lazy("words, gateway", "No queries"),
        _("Queries appear as soon as a source is switched on and a manifest is screened."),
        "list",
    )

    def marking(self, rows: list[Query]) -> Banner:
        """Higher for who reads what came back."""
        return {"level": 2 if knows_hits(self.actor) else 1, "caveat": ""}

    def lines(self, rows: list[Query]) -> list[dict[str, Any]]:
        """Queries with the page of whom they are about, and whether the reader is told of records."""
        told, opens = knows_hits(self.actor), self.actor.function == "watch"
        return [{"it": row, "told": told, "page": _page(row) if opens else ""} for row in rows]


def _page(row: Query) -> str:
    name = subjects.find_subject_page(row.subject_kind)
    return reverse(name, args=[row.subject_id]) if name else ""
