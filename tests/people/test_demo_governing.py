"""What the demonstration shows of governing accounts, and that its cast stays as it is."""

import pytest

from apps.people.models import AccessReview, AccountProposal, EmergencyUse, Invitation, ReviewItem, Seat
from demo import people as demo

pytestmark = pytest.mark.django_db


def test_the_demonstration_shows_each_kind_once_and_leaves_the_cast_alone():
    before = demo.cast()
    assert demo.load_governing() > 0
    assert demo.load_governing() == 0
    after = demo.cast()
    [liaison] = [one for one, was in zip(after, before, strict=True) if one != was]
    assert [(seat["desk"], seat["role"]) for seat in liaison.pop("seats")] == [
        ("BRB.contact", "officer"),
        ("JRCC.watch", "officer"),
    ]
    assert Seat.objects.seconded().get().seconded_from == "BRB"
    assert Invitation.objects.filter(user__is_demo=True, state="sent").count() == 2
    assert set(AccountProposal.objects.values_list("verb", "state")) == {
        ("seat.appoint", "open"),
        ("seat.delegate", "open"),
        ("seat.second", "done"),
        ("seat.second", "awaited"),
    }
    assert set(ReviewItem.objects.values_list("state", flat=True)) == {"open", "kept", "changed"}
    assert AccessReview.objects.get().party_id == "BRB"
    assert EmergencyUse.objects.get().state == "due"
