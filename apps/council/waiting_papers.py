"""What of the Council's papers waits for a seat, for My desk."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from apps.access.actor import WORKS, Actor
from apps.council.managers import COUNCIL_FUNCTIONS
from apps.council.queries import papers as queries
from apps.people.waiting import WorkRow, register


@register
def papers_to_work_on(actor: Actor) -> Iterator[WorkRow]:
    """Papers returned to the desk, those that it is asked to clear, and for the Secretariat what was handed in."""
    if actor.function not in COUNCIL_FUNCTIONS or actor.rank < WORKS:
        return
    for paper in queries.to_work_on(actor):
        if actor.desk_id in paper.asked:
            title, kind = _("Clear paper %(paper)s"), "shield-check"
        elif paper.state == "returned":
            title, kind = _("Revise paper %(paper)s"), "undo"
        else:
            title, kind = _("Send paper %(paper)s to clearance"), "inbox"
        yield WorkRow(
            title=title % {"paper": paper},
            url=reverse("council:paper", args=[paper.pk]),
            due=None,
            detail=paper.reason or paper.title,
            kind=kind,
        )


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


@register
def papers_to_read(actor: Actor) -> Iterator[WorkRow]:
    """Papers of the next meeting that nobody of the State has opened, for its ministry."""
    if actor.function != "ministry":
        return
    for paper in queries.to_read(actor):
        yield WorkRow(
            title=_("Read paper %(paper)s") % {"paper": paper},
            url=reverse("council:paper", args=[paper.pk]),
            due=paper.meeting.starts_at,
            detail=paper.title,
            kind="file-text",
        )
