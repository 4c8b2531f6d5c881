"""Which desks are told of what became of State actions. Numbers go into mails, words never."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from apps.access import outbox
from apps.access.grants import groups_that_see
from apps.access.models import Dispatch
from apps.impacs.models import AssistanceRequest, ExtensionRequest, StateAction
from apps.impacs.queries.consequences import name_action_number
from apps.notices import actions as notices
from apps.people.queries import desk_ids, service_actor

Row = Any


def the_state(row: Row) -> list[int]:
    """The ministry of the State, and the desk that it gave the work to."""
    action: Any = getattr(row, "action", row)
    return [action.owner_id, *([action.desk_id] if action.desk_id else [])]


def the_agency(row: Row) -> list[int]:
    """IMPACS, which verifies and answers."""
    return desk_ids("IMPACS.secretariat")


def everybody(row: Row) -> list[int]:
    """All who see the action, but the portal's clock: the Council is informed."""
    action = getattr(row, "action", row)
    return sorted(set(groups_that_see(action)) - set(desk_ids("IMPACS.automation")))


@dataclass(frozen=True, slots=True)
class Telling:
    """That a topic becomes a notice: of which event, about which record, to whom."""

    topic: str
    event: str
    model: Any
    to: Callable[[Row], Iterable[int]]


TELLINGS = [
    Telling("evidence.submitted", "evidence.submitted", StateAction, the_agency),
    Telling("evidence.rejected", "evidence.rejected", StateAction, the_state),
    Telling("state_action.verified", "action.verified", StateAction, the_state),
    Telling("state_action.reopened", "action.reopened", StateAction, the_state),
    Telling("state_action.handed_over", "action.handed_over", StateAction, the_state),
    Telling("state_action.claimed", "action.claimed", StateAction, the_agency),
    Telling("state_action.claim_refused", "action.claim_refused", StateAction, the_state),
    Telling("state_action.not_applicable", "action.not_applicable", StateAction, everybody),
    Telling("state_action.bound_again", "action.bound_again", StateAction, the_state),
    Telling("extension.requested", "extension.requested", ExtensionRequest, the_agency),
    Telling("extension.decided", "extension.decided", ExtensionRequest, the_state),
    Telling("assistance.asked", "assistance.asked", AssistanceRequest, the_agency),
    Telling("assistance.accepted", "assistance.accepted", AssistanceRequest, the_state),
    Telling("assistance.answered", "assistance.answered", AssistanceRequest, the_state),
]


def _listener(telling: Telling) -> Callable[[Dispatch], None]:
    def tell(dispatch: Dispatch) -> None:
        clock = service_actor("IMPACS.automation", request_id=dispatch.request_id)
        row = telling.model.objects.visible_to(clock).get(pk=dispatch.object_id)
        action = getattr(row, "action", row)
        notices.create_notices(
            clock,
            None,
            event=telling.event,
            desks=sorted(set(telling.to(row))),
            object_type=row._meta.label_lower,
            object_id=row.pk,
            number=name_action_number(action),
            title=action.clause.text,
            step=str(row.version),
            level=row.level,
        )

    tell.__name__ = f"tell_{telling.event.replace('.', '_')}"
    return tell


for each in TELLINGS:
    outbox.on(each.topic)(_listener(each))
