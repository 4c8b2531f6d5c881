"""What of the Council's papers waits for a seat, for My desk."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from apps.access.actor import WORKS, Actor
from apps.council.managers import COUNCIL_FUNCTIONS
from apps.council.queries import papers as queries
from apps.people.waiting import WorkRow, register


@register
def papers(actor: Actor) -> Iterator[WorkRow]:
    """Papers returned to the desk, to be cleared, handed in to the Secretariat, or for its ministry to read. One query.

    To read are issued papers of the next meeting that nobody of the State has opened.
    """
    if actor.function not in COUNCIL_FUNCTIONS:
        return
    for paper in queries.waiting(actor):
        to_read = paper.state == "issued"
        title, kind = _title(actor, paper)
        yield WorkRow(
            title=title % {"paper": paper},
            url=reverse("council:paper", args=[paper.pk]),
            due=paper.meeting.starts_at if to_read else None,
            detail=paper.title if to_read else paper.reason or paper.title,
            kind=kind,
        )


def _title(actor: Actor, paper: Any) -> tuple[str, str]:
    if paper.state == "issued":
        return _("Read paper %(paper)s"), "file-text"
    if actor.desk_id in paper.asked:
        return _("Clear paper %(paper)s"), "shield-check"
    if paper.state == "returned":
        return _("Revise paper %(paper)s"), "undo"
    return _("Send paper %(paper)s to clearance"), "inbox"


@register
def translations_to_renew(actor: Actor) -> Iterator[WorkRow]:
    """Translations that are of an earlier text, for the Secretariat."""
    if actor.function != "secretariat" or actor.rank < WORKS:
        return
    for row in queries.out_of_date(actor):
        place = reverse("council:paper_translate", args=[row.paper_id])
        yield WorkRow(
            title=_("Renew the %(language)s translation of %(paper)s")
            % {"language": row.language.upper(), "paper": row.paper},
            url=f"{place}?language={row.language}",
            due=None,
            detail=row.title,
            kind="globe",
        )
