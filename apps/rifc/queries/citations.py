"""What reports rest on: whom they quote, and whether two have a root in common."""

import uuid
from collections.abc import Iterable

from apps.access.actor import Actor
from apps.access.database_context import beyond
from apps.rifc.models import Paragraph, ReleaseRequest, Report

DEEPEST = 12
"""Steps of citations that are followed; a chain of reports on reports is never longer in practice."""


def cited(actor: Actor, threads: Iterable[uuid.UUID]) -> dict[uuid.UUID, Report]:
    """Newest version of each report that the actor sees, by thread. One query."""
    rows = Report.objects.visible_to(actor).filter(thread__in=list(threads)).order_by("edition")
    return {row.thread: row for row in rows}


def graph(threads: Iterable[uuid.UUID]) -> dict[str, set[str]]:
    """{report: reports that it quotes} of everything that is reached from these, by thread. For the rule alone."""
    edges: dict[str, set[str]] = {}
    left = {str(thread) for thread in threads}
    for _step in range(DEEPEST):
        if not left:
            break
        for thread in left:
            edges.setdefault(thread, set())
        rows = Paragraph.objects.filter(report__thread__in=left).exclude(cites=[])
        for citing, quoted in rows.values_list("report__thread", "cites"):
            edges[str(citing)] |= {str(one) for one in quoted}
        left = {one for quoted in edges.values() for one in quoted} - set(edges)
    return edges


def quoted_by(report: Report) -> list[Report]:
    """Newest shared version of each report that a version rests on, directly or through others. For the rule alone."""
    threads = set(graph({report.thread})) - {str(report.thread)}
    rows = beyond(Report.objects.all(), "sharing").filter(
        thread__in=threads, state__in=[Report.State.SHARED, Report.State.SUPERSEDED]
    )
    return list({row.thread: row for row in rows.order_by("edition")}.values())


def released_to(report: Report) -> set[str]:
    """Codes of desks for which the originators have agreed to the release of this report's earlier versions."""
    states = [ReleaseRequest.State.APPROVED, ReleaseRequest.State.APPROVED_SANITISED]
    rows = beyond(ReleaseRequest.objects.all(), "sharing").filter(report__thread=report.thread, state__in=states)
    return {code for codes in rows.values_list("targets", flat=True) for code in codes}
