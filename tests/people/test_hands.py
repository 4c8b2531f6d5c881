"""By whose hand: who gave and approved a seat, who made a key, and who at the desk is told."""

import pytest
from django.urls import reverse

from apps.notices.models import Delivery, Notice
from apps.people import actions
from apps.people.actions import approvals
from apps.people.models import DeskToken, Seat, User
from apps.people.queries import actor_for_token, hands_of, keys_made_by
from tests.keys import by_two
from tests.people.governing import (
    ADMIN,
    OTHERS_ADMIN,
    PLATFORM,
    a_second_administrator,
    an_invitation,
    person,
    seat_of,
)
from tests.people.seconding import JRCC, agreed, day

OFFICER, HEAD = "jam.border.officer", "jam.border.head"
GIVEN = "accounts.seat_given"


def page_of(browser, username, name="person"):
    return browser.get(reverse(f"people:{name}", args=[person(username).uid])).content.decode()


def hand(actor, seat):
    return hands_of(actor, seat.user, [seat]).get(seat.pk)


# --- seats ---


def test_a_seat_says_who_gave_it(cast, client_for):
    actions.appoint_person(cast[ADMIN], None, user=OFFICER, desk="JAM.customs", role="officer")
    assert f"Appointed by {ADMIN}</p>" in page_of(client_for(ADMIN), OFFICER)


def test_a_seat_that_took_two_people_names_both(cast, client_for):
    second = a_second_administrator()
    for desk in ("JAM.customs", "JAM.contact"):
        wanted = {"user": OFFICER, "desk": desk, "role": "head" if desk == "JAM.customs" else "officer"}
        done = actions.do_or_ask(cast[ADMIN], "seat.appoint", None, **wanted)
        if desk == "JAM.customs":
            approvals.approve_proposal(second, done)
    assert f"Appointed by {ADMIN}, approved by {second.person}" in page_of(client_for(ADMIN), OFFICER)
    assert hand(cast[ADMIN], seat_of(OFFICER, desk__code="JAM.contact")).approved_by == []


def test_who_is_of_another_party_is_named_by_his_desk(cast):
    proposal = actions.do_or_ask(cast[ADMIN], "seat.appoint", None, user=OFFICER, desk="JAM.customs", role="head")
    approvals.approve_proposal(cast[PLATFORM], proposal)
    assert hand(cast[ADMIN], seat_of(OFFICER, desk__code="JAM.customs")).approved_by == ["IMPACS.platform"]
    agreed(cast)
    seat = Seat.objects.seconded().select_related("user").get()
    there = hand(cast[JRCC], seat)
    assert (there.given_by, there.approved_by) == (JRCC, ["BRB.administration"])


def test_what_the_audit_does_not_know_is_not_said(cast, client_for):
    assert hands_of(cast[ADMIN], person(OFFICER), [seat_of(OFFICER)]) == {}
    assert "Appointed by" not in page_of(client_for(ADMIN), OFFICER)


def test_another_party_reads_nothing_of_it(cast):
    seat = actions.appoint_person(cast[ADMIN], None, user=OFFICER, desk="JAM.customs", role="officer")
    assert hand(cast[OTHERS_ADMIN], seat) is None


# --- who is told ---


def told() -> list[Notice]:
    return list(Notice.objects.filter(code=GIVEN).select_related("owner").order_by("pk"))


@pytest.mark.parametrize("way", ["appointed", "invited", "moved", "standing in"])
def test_who_decides_at_the_desk_is_told_of_a_new_seat(way, cast, drain):
    if way == "appointed":
        actions.appoint_person(cast[ADMIN], None, user="jam.customs.officer", desk="JAM.border", role="officer")
    elif way == "invited":
        an_invitation(cast)
    elif way == "moved":
        actions.transfer_appointment(
            cast[ADMIN], seat_of("jam.customs.officer"), desk="JAM.border", role="officer", reason="moved"
        )
    else:
        wanted = {"user": "jam.customs.officer", "desk": "JAM.border", "role": "officer", "reason": "leave"}
        actions.delegate_stand_in(cast[ADMIN], None, **wanted, last_day=day(9))
    drain()
    (notice,) = told()
    assert (notice.owner.code, notice.seats) == ("JAM.border", [seat_of(HEAD).pk])
    assert set(Delivery.objects.filter(notice=notice).values_list("user__username", flat=True)) == {HEAD}
    assert notice.number.startswith("JAM-")
    assert ", officer" in notice.title


def test_heads_of_a_desk_are_told_whom_another_party_sent(cast, drain):
    agreed(cast)
    drain()
    (notice,) = told()
    assert notice.owner.code == "JRCC.watch"
    assert Seat.objects.seconded().get().pk not in notice.seats
    assert "seconded from Barbados" in notice.title or "seconded from BRB" in notice.title


def test_a_head_who_names_somebody_to_stand_in_and_a_desk_without_a_head_hear_nothing(cast, drain):
    wanted = {"user": OFFICER, "desk": "JAM.border", "role": "officer", "reason": "leave", "last_day": day(9)}
    actions.delegate_stand_in(cast[HEAD], None, **wanted)
    Seat.objects.filter(desk__code="JAM.customs", rank=3).update(state="ended")
    actions.appoint_person(cast[ADMIN], None, user=OFFICER, desk="JAM.customs", role="officer")
    drain()
    assert told() == []


# --- keys ---


def another_administrator(client_for):
    """(actor, browser) of a second administrator who has been signed in before."""
    second = a_second_administrator()
    User.objects.filter(pk=second.user_id).update(must_change_password=False)
    return second, client_for(second.person)


def a_key(cast, **more):
    return by_two(cast[ADMIN], cast[HEAD], **more)


def test_the_page_of_keys_says_who_made_each(cast, client_for):
    a_key(cast)
    browser = client_for(ADMIN)
    assert f'data-l="Asked for by">{ADMIN}</td>' in browser.get(reverse("people:tokens")).content.decode()
    assert ADMIN not in client_for(PLATFORM).get(reverse("people:tokens")).content.decode()


@pytest.mark.parametrize("name", ["account_suspend", "account_leave"])
def test_who_shuts_a_person_out_sees_the_keys_that_he_made_and_ends_them(name, cast, client_for):
    (_second, browser), key = another_administrator(client_for), a_key(cast, label="gateway")
    page = page_of(browser, ADMIN, name)
    assert key.prefix in page
    assert reverse("entrance:key_successor", args=[key.uid]) in page
    revoke = reverse("people:token_revoke", args=[key.uid])
    assert revoke in page
    assert key.prefix not in page_of(browser, OFFICER, name)
    browser.post(revoke)
    assert DeskToken.objects.get(pk=key.pk).state == "revoked"
    assert key.prefix not in page_of(browser, ADMIN, name)


def test_a_key_outlives_the_account_of_its_maker_and_his_page_says_so(cast, client_for):
    (second, browser), key = another_administrator(client_for), a_key(cast)
    assert key.prefix not in page_of(browser, ADMIN)
    actions.suspend_account(second, person(ADMIN), reason="under inquiry")
    assert actor_for_token(actions.digest(key.secret)) is not None
    assert key.prefix in page_of(browser, ADMIN)
    assert keys_made_by(cast[OTHERS_ADMIN], person(ADMIN)) == []
