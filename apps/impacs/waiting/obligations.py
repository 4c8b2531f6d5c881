"""What of the State's obligations waits for its ministry, for My desk."""

import datetime
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from apps.access.actor import WORKS, Actor
from apps.impacs.models import ExtensionRequest, StateAction
from apps.impacs.queries.obligations import Obligation, obligations
from apps.impacs.queries.progress import today_of
from apps.people.waiting import HORIZON, Ask, Facts, WorkRow, cut, day, register_as, register_coming

MOST = 50


@register_as("obligations", gettext_lazy("Obligations"))
def obligations_to_work_on(actor: Actor) -> Iterator[WorkRow]:
    """Actions of one's own State that are overdue, due soon, or not acknowledged yet. Four queries."""
    if actor.function != "ministry" or actor.rank < WORKS:
        return
    rows = [one for one in obligations(actor, today_of(actor)) if _waits(one)]
    for one in rows[:MOST]:
        row = one.row
        named = {"decision": row.decision_number, "clause": row.clause_number, "text": cut(row.clause_text, 90)}
        yield WorkRow(
            title=_("%(decision)s, clause %(clause)s: %(text)s") % named,
            url=reverse("impacs:action", args=[row.pk]),
            due=end_of(one.at.status.effective_due, actor.time_zone),
            detail=" ".join([*one.at.sentences, *([_("Not acknowledged yet.")] if one.unacknowledged else [])]),
            kind="landmark",
            act=_("Acknowledge") if one.unacknowledged else pgettext("verb", "Report"),
            seat=row.focal_seat,
            place=reverse("impacs:obligations"),
        )


def _waits(one: Obligation) -> bool:
    return one.at.counts and (one.unacknowledged or bool({"OVERDUE", "DUE_SOON"} & set(one.at.status.reasons)))


def end_of(day: datetime.date | None, zone: str) -> datetime.datetime | None:
    """The last minute of a day where the State is."""
    return datetime.datetime.combine(day, datetime.time(23, 59), ZoneInfo(zone)) if day else None


@register_coming
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
        title=_("%(decision)s, clause %(clause)s is due")
        % {"decision": facts["decision"] or facts["working"], "clause": facts["clause"]},
        url=reverse("impacs:action", args=[facts["pk"]]),
        due=end_of(day(facts["due"]), zone),
        detail=cut(facts["text"], 90),
        kind="landmark",
    )
