"""What a seat or a key would add is said before it is given, and is what the person sees afterwards."""

import pytest
from django.apps import apps
from django.urls import reverse

from apps.access.models import Record
from apps.people import actions
from apps.people.models import AccountProposal, Desk, Seat
from apps.people.queries import actor_for
from apps.people.queries.seat_additions import seat_additions
from tests import world
from tests.days import in_days
from tests.people.governing import ADMIN, PLATFORM, person
from tests.people.test_giving_walks import HEAD, JRCC, OFFICER
from tests.screening.people import KEEPER, an_entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def seat(cast):
    """An officer of Jamaica's border, asked to sit at its intelligence desk."""
    world.a_hit(cast)
    an_entry(cast[KEEPER], reference="R-99")
    at = Desk.objects.select_related("function", "party").get(code="JAM.intelligence")
    return Seat(user=person(OFFICER), desk=at, role="officer", rank=2)


def held(username):
    return list(
        Seat.objects.in_force().filter(user__username=username).select_related("user", "desk__function", "desk__party")
    )


def test_it_is_the_difference_between_what_the_person_sees_and_would_see(seat, cast):
    told = {one.kind: one.number for one in seat_additions(seat, held(OFFICER)).kinds}
    before = cast[OFFICER]
    saved = Seat.objects.create(user=seat.user, desk=seat.desk, role="officer", rank=2)
    after = actor_for(saved.user, saved.pk)
    assert after is not None
    for model in apps.get_models():
        if issubclass(model, Record):
            new = model._default_manager.visible_to(after).exclude(pk__in=model._default_manager.visible_to(before))
            assert told.get(str(model._meta.verbose_name), 0) == new.count(), model
    assert told


def test_a_seat_that_the_person_has_adds_nothing(cast, seat):
    (own,) = held(OFFICER)
    assert seat_additions(own, [own]).kinds == []


def test_a_level_that_a_key_does_not_reach_adds_nothing(cast, seat):
    high = {one.kind for one in seat_additions(seat, []).kinds}
    low = {one.kind for one in seat_additions(seat, [], clearance=0).kinds}
    assert low < high


@pytest.mark.parametrize("verb", ["seat.appoint", "seat.delegate"])
def test_the_second_person_reads_it_before_approving(verb, seat, cast, client_for):
    wanted = {"user": OFFICER, "desk": "JAM.intelligence", "role": "head"}
    more = {"last_day": in_days(9), "reason": "leave"} if verb == "seat.delegate" else {}
    row = actions.do_or_ask(cast[ADMIN], verb, None, **wanted, **more)
    page = client_for(PLATFORM).get(reverse("people:approval", args=[row.uid])).content.decode()
    assert "What this appointment adds" in page
    told = seat_additions(seat, held(OFFICER)).kinds
    assert told
    assert all(one.kind in page for one in told)


def test_the_persons_own_party_reads_it_before_agreeing(seat, cast, client_for):
    asked = {"user": OFFICER, "desk": "JRCC.watch", "role": "officer", "last_day": in_days(9), "reason": "x"}
    row = actions.secondments.ask_for_person(cast[JRCC], None, **asked)
    assert (
        "What this appointment adds"
        in client_for(ADMIN).get(reverse("people:approval", args=[row.uid])).content.decode()
    )


def test_who_appoints_names_a_stand_in_or_approves_a_key_reads_it_on_the_form(seat, cast, client_for):
    admin = client_for(ADMIN)
    place = {"place": "JAM.intelligence:officer"}
    page = admin.get(reverse("people:appoint", args=[person(OFFICER).uid]), place).content.decode()
    assert "Adds" in page
    look = {"look": "", "user": OFFICER, **place}
    assert "Adds" in admin.post(reverse("people:stand_in"), look).content.decode()
    key = actions.propose_api_key(cast[ADMIN], None, desk="JAM.border", scope="read")
    page = client_for(HEAD).get(reverse("people:token_do", args=[key.uid, "approve"])).content.decode()
    assert "Adds" in page
    assert not AccountProposal.objects.exists()


def test_circles_of_the_desks_party_are_named(seat, cast):
    assert isinstance(seat_additions(seat, []).circles, list)
