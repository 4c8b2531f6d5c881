"""What time alone brings about for papers: embargoes that end, papers that are due."""

from collections.abc import Callable
from typing import Any

from celery import shared_task
from django.utils import timezone

from apps.access.refusal import Refused
from apps.council.papers.actions import papers as actions
from apps.council.papers.queries import papers as queries
from apps.people.queries import service_actor


@shared_task(name="council.papers")
def follow_membership() -> dict[str, int]:
    """Lift embargoes that are over, follow the membership, ask for papers that are due; how many of each.

    What somebody changes meanwhile is left to the next round.
    """
    actor, now = service_actor("IMPACS.automation", request_id="papers"), timezone.now()
    work: dict[str, tuple[Callable[..., Any], list[Any]]] = {
        "lifted": (actions.lift_paper_embargo, queries.embargoes_over(actor, now)),
        "followed": (actions.renew_paper_shares, queries.out_of_step(actor, now)),
        "missing": (actions.mark_paper_missing, queries.items_without_papers(actor, now.date())),
    }
    return {name: sum(_carried_out(act, actor, row) for row in rows) for name, (act, rows) in work.items()}


def _carried_out(act: Callable[..., Any], actor: Any, row: Any) -> bool:
    try:
        act(actor, type(row)(pk=row.pk))
    except Refused:
        return False
    return True
