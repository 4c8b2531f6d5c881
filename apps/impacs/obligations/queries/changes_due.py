"""What time alone brings about for State actions."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.council.queries.meetings import next_meeting
from apps.impacs.models import Evidence, ExtensionRequest, StateAction
from apps.impacs.obligations.queries import releases
from apps.notices.models import Deadline, Notice

ANSWER, VERIFY = _("Answer an extension request"), pgettext("words, impacs", "Verify evidence")
"""What the clocks of the agency are called, in calendars outside of the portal as well."""

RUNS_OUT_IN = (14, 60)
"""Days before evidence runs out at which its State is told, the nearest first."""

WAITS_SINCE = (15, 10)
"""Days after a submission at which the verifier is told that it waits, the latest first."""


@dataclass(frozen=True, slots=True)
class ToTell:
    """A notice that a day gives rise to: of which event, about which record of which action, to whom."""

    event: str
    row: Any
    action: StateAction
    desks: tuple[Any, ...]
    step: str


def expired(day: datetime.date) -> list[Evidence]:
    """Accepted proofs whose last day is over."""
    return list(Evidence.objects.filter(state=Evidence.State.ACCEPTED, valid_until__lt=day).order_by("valid_until"))


def without_object() -> list[ExtensionRequest]:
    """Requests of actions that are finished or ended with their decision."""
    rows = ExtensionRequest.objects.filter(state=ExtensionRequest.State.REQUESTED)
    return list(rows.exclude(action__state__in=StateAction.OPEN))


def for_the_council(day: datetime.date, now: datetime.datetime) -> list[ExtensionRequest]:
    """Requests that the director did not answer in time, and those for the Council that stand on no agenda yet."""
    power = ExtensionRequest.Power
    late = Q(power=power.DIRECTOR, answer_by__lt=day) | Q(power=power.COUNCIL)
    rows = ExtensionRequest.objects.filter(
        late, state=ExtensionRequest.State.REQUESTED, item=None, action__state__in=StateAction.OPEN
    ).select_related("action__decision")
    meetings: dict[str, Any] = {}
    found = []
    for row in rows.order_by("answer_by"):
        organ = row.action.decision.organ_id
        if organ not in meetings:
            meetings[organ] = next_meeting(organ, now)
        if row.power == power.DIRECTOR or meetings[organ] is not None:
            found.append(row)
    return found


def idle_clocks() -> list[Deadline]:
    """Open clocks of submissions and requests that wait no more, because their decision has ended."""
    found = []
    waiting: tuple[tuple[Any, str, str], ...] = (
        (StateAction, VERIFY, StateAction.State.SUBMITTED),
        (ExtensionRequest, ANSWER, ExtensionRequest.State.REQUESTED),
    )
    for model, kind, state in waiting:
        rows = Deadline.objects.filter(object_type=model._meta.label_lower, kind=kind, state=Deadline.State.OPEN)
        clocks = list(rows)
        still = {str(pk) for pk in model.objects.filter(state=state).values_list("pk", flat=True)} if clocks else set()
        found += [clock for clock in clocks if clock.object_id not in still]
    return found


def first_released(day: datetime.date) -> list[StateAction]:
    """One action for each State and decision of which the Conference has released the State."""
    first: dict[tuple[Any, str], StateAction] = {}
    for row in releases.releasable(day).order_by("pk"):
        first.setdefault((row.decision_id, row.party_id), row)
    return list(first.values())


def to_tell(day: datetime.date) -> list[ToTell]:
    """Notices of the day that were not given yet."""
    wanted = [*_running_out(day), *_waiting(day)]
    ids = {str(one.row.pk) for one in wanted}
    told = set(Notice.objects.filter(object_id__in=ids).values_list("code", "object_id", "step"))
    return [one for one in wanted if (one.event, str(one.row.pk), one.step) not in told]


def _running_out(day: datetime.date) -> list[ToTell]:
    rows: Any = Evidence.objects.filter(
        state=Evidence.State.ACCEPTED,
        valid_until__gte=day,
        valid_until__lte=day + datetime.timedelta(days=max(RUNS_OUT_IN)),
    ).select_related("action__decision", "action__clause")
    found = []
    for row in rows.order_by("valid_until"):
        step = next(days for days in RUNS_OUT_IN if (row.valid_until - day).days <= days)
        desks = tuple(sorted({row.owner_id, row.desk_id}))
        found.append(ToTell("evidence.expiring", row, row.action, desks, f"{step} {row.valid_until}"))
    return found


def _waiting(day: datetime.date) -> list[ToTell]:
    since = day - datetime.timedelta(days=min(WAITS_SINCE))
    rows: Any = Evidence.objects.filter(state=Evidence.State.SUBMITTED, submitted_on__lte=since)
    found: dict[Any, ToTell] = {}
    for row in rows.select_related("action__decision", "action__clause").order_by("submitted_on"):
        waited = next(days for days in WAITS_SINCE if (day - row.submitted_on).days >= days)
        step = f"{waited} {row.submitted_on}"
        told = ToTell("evidence.waiting", row.action, row.action, ("IMPACS.secretariat",), step)
        found.setdefault(row.action_id, told)
    return list(found.values())
