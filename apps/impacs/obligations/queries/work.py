"""What of the State's obligations waits for its ministry, for My work."""

from collections.abc import Iterator
from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.access.actor import WORKS, Actor
from apps.access.urgency import end_of
from apps.impacs import titles
from apps.impacs.models import ExtensionRequest, StateAction
from apps.impacs.obligations.queries.progress import today_of
from apps.impacs.queries.obligations import Obligation, obligations
from apps.people.queries.work import HORIZON, Ask, Facts, Together, WorkRow, day

MOST = 50


def obligations_to_work_on(actor: Actor) -> Iterator[WorkRow]:
    """Actions of one's own State that are overdue, due soon, or not acknowledged yet. Four queries."""
    if actor.function != "ministry" or actor.rank < WORKS:
        return
    rows = [one for one in obligations(actor, today_of(actor)) if _waits(one)]
    for one in rows[:MOST]:
        row = one.row
        yield WorkRow(
            title=titles.state_action(row.clause_text),
            url=reverse("impacs:action", args=[row.pk]),
            due=end_of(one.at.status.effective_due, actor.time_zone),
            detail=" ".join([*one.at.sentences, *([_("Not acknowledged yet.")] if one.unacknowledged else [])]),
            kind="landmark",
            act=pgettext("button, impacs", "Acknowledge") if one.unacknowledged else pgettext("verb", "Report"),
            seat=row.focal_seat,
            place=reverse("impacs:obligations"),
            code=titles.clause_code(row.decision_number, row.clause_number),
            together=of_decision(row.decision, row.decision_title),
        )


def of_decision(key: Any, title: str) -> Together:
    """What a State has to do for one decision: the list of its obligations, of that decision alone."""
    page = f"{reverse('impacs:obligations')}?decision={key}"
    return Together(title, page, pgettext("button, impacs", "Report on all"))


def _waits(one: Obligation) -> bool:
    return one.at.counts and (one.unacknowledged or bool({"OVERDUE", "DUE_SOON"} & set(one.at.status.reasons)))


def obligations_to_come(actor: Actor) -> Iterator[Ask]:
    """Days of the next two weeks on which an action of one's own State is due."""
    if actor.function != "ministry":
        return
    today = today_of(actor)
    seen = ExtensionRequest.objects.visible_to(actor)
    granted = seen.filter(action=OuterRef("pk"), state=ExtensionRequest.State.GRANTED)
    later = Subquery(granted.order_by("-decided_on").values("new_due_on")[:1])
    rows = StateAction.objects.visible_to(actor).filter(party=actor.party_code, state__in=StateAction.OPEN)
    rows = rows.annotate(due=Coalesce(later, "due_on")).filter(due__range=(today, today + HORIZON))
    facts = {"pk": "pk", "due": "due", "clause": "clause__number", "text": "clause__text"}
    facts |= {"decision": "decision__number", "working": "decision__working_no"}
    yield Ask(rows, ["due", "pk"], facts, lambda facts: [_to_come(facts, actor.time_zone)])


def _to_come(facts: Facts, zone: str) -> WorkRow:
    return WorkRow(
        title=titles.state_action(facts["text"]),
        url=reverse("impacs:action", args=[facts["pk"]]),
        due=end_of(day(facts["due"]), zone),
        detail="",
        kind="landmark",
        code=titles.clause_code(facts["decision"] or facts["working"], facts["clause"]),
    )
