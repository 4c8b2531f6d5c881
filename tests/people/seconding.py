"""How tests come to a person of Barbados at the JRCC's watch, whom both parties' administrators have agreed on."""

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.access.actor import Actor
from apps.access.refusal import Refused
from apps.people.actions import approvals, secondments
from apps.people.models import AccountProposal, Seat
from tests.people.governing import OTHERS_ADMIN, PLATFORM, at_seat, seat_of

JRCC = "jrcc.administration.administrator"
LIAISON = "brb.border.officer"
BADGE = "Seconded from BRB"


def day(days: int) -> date:
    """Counted from today in Port of Spain and Bridgetown alike."""
    return timezone.localdate(timezone=ZoneInfo("America/Barbados")) + timedelta(days=days)


def asked(cast: Any, **more: Any) -> AccountProposal:
    """The JRCC asks Barbados for a border officer."""
    wanted = {"user": LIAISON, "desk": "JRCC.watch", "role": "officer", "last_day": day(90), "reason": "liaison"}
    return secondments.ask_for_person(cast[JRCC], None, **{**wanted, **more})


def agreed(cast: Any, **more: Any) -> Seat:
    """... and the administrator of Barbados agrees."""
    proposal = secondments.agree_to_second_person(at_home(), asked(cast, **more))
    assert state_of(proposal) == "done"
    return Seat.objects.seconded().get(user__username=LIAISON, state="current")


def sent_to(cast: Any, user: str, desk: str, role: str) -> Seat:
    """The seat of anybody at any desk of another party, after all whom it takes have agreed."""
    asks, sends = (f"{party.lower()}.administration.administrator" for party in (desk[: desk.index(".")], user[:3]))
    wanted = {"user": user, "desk": desk, "role": role, "last_day": day(90), "reason": "liaison"}
    proposal = secondments.ask_for_person(cast[asks], None, **wanted)
    if proposal.state == AccountProposal.State.OPEN:
        approvals.approve_proposal(cast[PLATFORM], proposal)
    home = seat_of(sends)
    secondments.agree_to_second_person(at_seat(home.user, home), AccountProposal.objects.get(pk=proposal.pk))
    return Seat.objects.get(user__username=user, desk__code=desk, state="current")


def browser_at(client_for: Any, seat: Seat) -> Any:
    """The browser of a person who has gone over to this seat of their."""
    browser = client_for(seat.user.username)
    assert browser.post(reverse("people:switch_seat"), {"seat": seat.pk}).status_code == 302
    return browser


def at_home() -> Actor:
    """The administrator of Barbados, who has just given their second factor."""
    seat = seat_of(OTHERS_ADMIN)
    return at_seat(seat.user, seat)


def state_of(proposal: AccountProposal) -> str:
    return AccountProposal.objects.get(pk=proposal.pk).state


def refusal_of(act: Any) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code
