"""People, desks, and what is asked and decided about them, for tests/matrix.py."""

from typing import Any

from apps.people.models import Desk, DeskToken, Party, Seat, User
from tests.keys import a_key
from tests.people.governing import some_governing

RECORDS = {
    "api:people-accounts": "person", "api:people-desks": "desk", "api:people-emergencies": "emergency_use",
    "api:people-handovers": "handover", "api:people-invitations": "invitation",
    "api:people-parties": "party", "api:people-proposals": "proposal", "api:people-review-items": "review_item",
    "api:people-reviews": "review", "api:people-seats": "seat", "api:people-secondments": "secondment",
    "api:people-stand-ins": "acting_seat",
    "people:account_": "person", "people:acting_end": "acting_seat", "people:appoint": "person",
    "people:approval": "proposal", "people:emergency": "emergency_use", "people:handover": "handover",
    "people:invitation_": "invitation", "people:newcomer": "invitation",
    "people:person": "person", "people:review": "review",
    "people:review_do": "review_item", "people:seat_": "seat", "people:secondment": "sent_seat",
    "people:token_": "token", "people:waiver": "person", "people:waiver_end": "waiver",
}  # fmt: skip
VERBS = {
    "people:approval_do": "approve", "people:review_do": "keep", "people:emergency_do": "judge",
    "people:token_do": "refuse", "people:newcomer": "confirm",
}  # fmt: skip


def records(cast: Any, world: dict[str, Any]) -> dict[str, Any]:
    """Of Jamaica, as the register has them."""
    return {
        "token": DeskToken.objects.filter(seat__desk__code="JAM.border").first() or a_key("JAM.border", "read"),
        "person": User.objects.get(username="jam.border.officer"),
        "seat": Seat.objects.get(user__username="jam.border.officer", state="current"),
        "party": Party.objects.get(code="JAM"),
        "desk": Desk.objects.get(code="JAM.border"),
    }


def last_records(cast: Any, world: dict[str, Any]) -> dict[str, Any]:
    """One of each that the administrators of Jamaica govern with."""
    return some_governing(cast)
