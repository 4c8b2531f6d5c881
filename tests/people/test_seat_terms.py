"""Seats for some days, standing in, moving, leaving, another name, and what does not go together."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from apps.access.refusal import Refused
from apps.people import actions
from apps.people.actions import approvals, clock
from apps.people.models import AccountProposal, Seat, SeatWaiver
from apps.people.queries import seats_of
from tests.people.governing import ADMIN, OTHERS_ADMIN, a_second_administrator, an_invitation, at_seat, person, seat_of
from tests.people.governing import clock as the_clock

OFFICER, HEAD = "jam.border.officer", "jam.border.head"


def day(days: int):
    """Counted from the party's today: for some hours of each day it is yesterday in Jamaica."""
    return timezone.localdate(timezone=ZoneInfo("America/Jamaica")) + timedelta(days=days)


def appointed(cast, **more) -> Seat:
    wanted = {"user": OFFICER, "desk": "JAM.customs", "role": "officer"}
    return actions.appoint_person(cast[ADMIN], None, **{**wanted, **more})


def stands_in(actor, **more):
    wanted = {"user": OFFICER, "desk": "JAM.border", "role": "officer", "last_day": day(7), "reason": "on leave"}
    return actions.do_or_ask(actor, "seat.delegate", None, **{**wanted, **more})


# --- begin and end ---


def test_a_seat_of_tomorrow_does_not_count_today(cast):
    seat = appointed(cast, first_day=day(2), last_day=day(9))
    assert seat not in seats_of(person(OFFICER))
    assert seat.valid_to - seat.valid_from == timedelta(days=8)


def test_a_seat_ends_by_itself_after_its_last_day(cast):
    seat = appointed(cast, last_day=day(3))
    assert seat in seats_of(person(OFFICER))
    assert clock.run(the_clock(), timezone.now() + timedelta(days=2))["ended"] == 0
    assert clock.run(the_clock(), seat.valid_to)["ended"] == 1
    assert Seat.objects.get(pk=seat.pk).state == "ended"


@pytest.mark.parametrize(
    ("days", "field"),
    [
        ({"first_day": -2}, "first_day"),
        ({"first_day": 9, "last_day": 3}, "last_day"),
        ({"last_day": -1}, "last_day"),
        ({"last_day": 800}, "last_day"),
    ],
)
def test_days_that_make_no_sense_are_refused_at_their_field(days, field, cast):
    with pytest.raises(ValidationError) as wrong:
        appointed(cast, **{name: day(value) for name, value in days.items()})
    assert field in wrong.value.message_dict


def test_nobody_sits_twice_at_one_desk(cast):
    appointed(cast)
    with pytest.raises(ValidationError):
        appointed(cast, role="reader")


# --- standing in ---


def test_an_administrator_names_somebody_to_stand_in_until_a_day(cast):
    seat = stands_in(cast[ADMIN], desk="JAM.customs")
    assert (seat.kind, seat.rank, seat.reason) == ("acting", 2, "on leave")
    assert {one.desk.code for one in seats_of(person(OFFICER))} == {"JAM.border", "JAM.customs"}


def test_a_head_asks_for_his_own_desk_and_an_administrator_approves(cast):
    proposal = stands_in(cast[HEAD], role="head")
    assert isinstance(proposal, AccountProposal)
    assert approvals.approve_proposal(cast[ADMIN], proposal).state == "done"
    acting = seat_of(OFFICER, kind="acting")
    assert (acting.desk.code, acting.rank) == ("JAM.border", 3)
    assert acting.valid_to.date() >= day(7)
    assert seat_of(OFFICER, kind="standing").rank == 2


def test_a_head_names_nobody_at_another_desk_nor_from_outside(cast):
    for more in ({"desk": "JAM.customs"}, {"user": "jam.ministry.reader"}, {"user": "brb.border.officer"}):
        with pytest.raises(ValidationError):
            stands_in(cast[HEAD], **more)


def test_an_officer_names_nobody_and_who_stands_in_neither(cast):
    with pytest.raises(Refused, match="not-head"):
        stands_in(cast[OFFICER], user=HEAD)
    approvals.approve_proposal(cast[ADMIN], stands_in(cast[HEAD], role="head"))
    acting = at_seat(person(OFFICER), seat_of(OFFICER, kind="acting"))
    with pytest.raises(Refused, match="not-head"):
        stands_in(acting, user="jam.border.head")


def test_a_head_names_nobody_else_an_appointment(cast):
    with pytest.raises(Refused, match="not-administrator"):
        actions.do_or_ask(cast[HEAD], "seat.appoint", None, user=OFFICER, desk="JAM.border", role="head")
    wanted = {"user": OFFICER, "desk": "JAM.border", "role": "head"}
    with pytest.raises(Refused, match="not-administrator"):
        approvals.propose_account(cast[HEAD], None, asks_for="seat.appoint", subject=person(OFFICER), payload=wanted)


def test_the_page_of_a_head_shows_his_people_and_ends_what_he_named(cast, client_for):
    browser = client_for(HEAD)
    page = browser.get(reverse("people:stand_in")).content.decode()
    assert OFFICER in page
    assert "jam.ministry" not in page
    form = {"user": OFFICER, "place": "JAM.border:officer", "last_day": day(5).isoformat(), "reason": "course"}
    assert browser.post(reverse("people:stand_in"), form).status_code == 302
    acting = seat_of(OFFICER, kind="acting")
    done = browser.post(reverse("people:acting_end", args=[acting.uid]), {"reason": "back already"})
    assert done.url == reverse("people:stand_in")
    assert Seat.objects.get(pk=acting.pk).state == "ended"
    own = seat_of(OFFICER)
    assert browser.post(reverse("people:acting_end", args=[own.uid]), {"reason": "x"}).status_code == 403
    assert client_for(OFFICER).get(reverse("people:stand_in")).status_code == 404


# --- moving, leaving, names ---


def test_a_seat_is_moved_in_one_act(cast):
    actions.transfer_appointment(cast[ADMIN], seat_of(OFFICER), desk="JAM.customs", role="officer", reason="new post")
    assert [seat.desk.code for seat in seats_of(person(OFFICER))] == ["JAM.customs"]


def test_a_move_to_a_seat_that_takes_two_changes_nothing(cast):
    with pytest.raises(Refused, match="transfer-takes-two"):
        actions.transfer_appointment(cast[ADMIN], seat_of(OFFICER), desk="JAM.customs", role="head", reason="promoted")
    assert [seat.desk.code for seat in seats_of(person(OFFICER))] == ["JAM.border"]


def test_a_move_that_cannot_be_keeps_the_old_seat(cast):
    with pytest.raises(ValidationError):
        actions.transfer_appointment(
            cast[ADMIN], seat_of(OFFICER), desk="BRB.customs", role="officer", reason="mistake"
        )
    assert [seat.desk.code for seat in seats_of(person(OFFICER))] == ["JAM.border"]


def test_who_leaves_loses_seats_and_sessions_and_what_waits_about_him_is_void(cast, client_for):
    browser = client_for(OFFICER)
    assert browser.get(reverse("people:desk")).status_code == 200
    waits = actions.do_or_ask(cast[ADMIN], "seat.appoint", None, user=OFFICER, desk="JAM.customs", role="head")
    actions.close_leaver_account(cast[ADMIN], person(OFFICER), reason="retired")
    assert person(OFFICER).state == "left"
    assert not Seat.objects.filter(user__username=OFFICER, state="current").exists()
    assert browser.get(reverse("people:desk")).status_code == 302
    assert AccountProposal.objects.get(pk=waits.pk).state == "void"
    with pytest.raises(ValidationError):
        appointed(cast)
    with pytest.raises(Refused, match="wrong-state"):
        actions.reactivate_account(cast[ADMIN], person(OFFICER))


def test_the_last_administrator_does_not_leave_without_a_successor(cast):
    second = a_second_administrator()
    actions.close_leaver_account(second, person(ADMIN), reason="retired")
    third = actions.do_or_ask(second, "seat.appoint", None, user=OFFICER, desk="JAM.administration", role="clerk")
    assert isinstance(third, AccountProposal)
    with pytest.raises(Refused, match="own-account"):
        actions.close_leaver_account(second, person("jam.smith"), reason="me, too")


def test_of_two_administrators_who_close_each_other_one_stays(cast):
    second = a_second_administrator()
    actions.close_leaver_account(cast[ADMIN], person("jam.smith"), reason="first")
    with pytest.raises(Refused):  # their own seat has ended in the meantime
        actions.close_leaver_account(second, person(ADMIN), reason="second")
    assert person(ADMIN).state == "active"


def test_a_name_is_corrected_also_of_who_is_only_invited(cast):
    an_invitation(cast)
    actions.rename_account(cast[ADMIN], person("jam.border.brown"), name="  Ivy   Browne ")
    assert (person("jam.border.brown").full_name, person("jam.border.brown").state) == ("Ivy Browne", "invited")
    with pytest.raises(Refused, match="not-visible"):
        actions.rename_account(cast[OTHERS_ADMIN], person("jam.border.brown"), name="Somebody")
    with pytest.raises(Refused, match="own-account"):
        actions.rename_account(cast[ADMIN], person(ADMIN), name="Baron")


# --- what does not go together ---


def test_who_works_does_not_oversee_the_same_party(cast):
    with pytest.raises(ValidationError, match="does not oversee"):
        appointed_to_oversight(cast)


def appointed_to_oversight(cast):
    wanted = {"user": OFFICER, "desk": "JAM.oversight", "role": "reader"}
    return actions.do_or_ask(cast[ADMIN], "seat.appoint", None, **wanted)


def test_a_waiver_lets_him_for_a_time_and_is_seen_by_oversight(cast):
    actions.record_people_waiver(
        cast[ADMIN], None, user=OFFICER, conflict="oversight+border", last_day=day(100), reason="two people"
    )
    assert isinstance(appointed_to_oversight(cast), AccountProposal)
    waiver = SeatWaiver.objects.get()
    actions.end_people_waiver(cast[ADMIN], waiver)
    AccountProposal.objects.all().delete()
    with pytest.raises(ValidationError):
        appointed_to_oversight(cast)


@pytest.mark.parametrize(
    "more",
    [
        {"last_day": 400},
        {"last_day": -1},
        {"conflict": "border+customs"},
        {"user": "brb.border.officer"},
        {"user": ADMIN},
    ],
)
def test_a_waiver_lasts_a_year_at_most_and_is_of_a_real_conflict(more, cast):
    more = {name: day(value) if name == "last_day" else value for name, value in more.items()}
    given = {"user": OFFICER, "conflict": "oversight+border", "last_day": day(100), "reason": "x"}
    with pytest.raises(ValidationError):
        actions.record_people_waiver(cast[ADMIN], None, **{**given, **more})


# --- pages ---


def test_before_and_after_of_an_appointment(cast, client_for):
    officer, browser = person(OFFICER), client_for(ADMIN)
    page = browser.get(reverse("people:appoint", args=[officer.uid]), {"place": "JAM.ministry:drafter"})
    text = page.content.decode()
    assert page.status_code == 200
    assert "holds JAM.ministry, drafter" in text
    assert "holds JAM.border, officer" in text
    assert "Decisions" in text.partition("New pages:")[2]
    assert not Seat.objects.filter(user=officer, desk__code="JAM.ministry").exists()
    two = browser.get(reverse("people:appoint", args=[officer.uid]), {"place": "JAM.ministry:decider"})
    assert "Request second approval" in two.content.decode()
    foreign = browser.get(reverse("people:appoint", args=[officer.uid]), {"place": "BRB.border:head"})
    assert foreign.status_code == 422


def test_a_persons_page_says_what_each_seat_lets_him_see(client_for):
    head = person(HEAD)
    text = client_for(ADMIN).get(reverse("people:person", args=[head.uid])).content.decode()
    assert "holds JAM.border, head" in text
    assert "approves, releases and shares for the desk" in text
    assert "Border desk" in text


@pytest.mark.parametrize("what", ["account_rename", "account_leave", "account_clear", "waiver"])
def test_each_change_has_its_page(what, client_for):
    browser, officer = client_for(ADMIN), person(OFFICER)
    assert browser.get(reverse(f"people:{what}", args=[officer.uid])).status_code == 200
    assert browser.post(reverse(f"people:{what}", args=[officer.uid]), {}).status_code == 422
    assert client_for(OTHERS_ADMIN).get(reverse(f"people:{what}", args=[officer.uid])).status_code == 404


def test_changes_by_page_do_what_they_say(client_for):
    browser, officer = client_for(ADMIN), person(OFFICER)
    browser.post(reverse("people:account_rename", args=[officer.uid]), {"name": "New Name"})
    browser.post(reverse("people:account_clear", args=[officer.uid]), {"clearance": "1"})
    seat = seat_of(OFFICER)
    browser.post(reverse("people:seat_transfer", args=[seat.uid]), {"place": "JAM.customs:reader", "reason": "x"})
    changed = person(OFFICER)
    assert (changed.full_name, changed.clearance, seat_of(OFFICER).desk.code) == ("New Name", 1, "JAM.customs")
    browser.post(reverse("people:account_leave", args=[officer.uid]), {"reason": "gone"})
    assert person(OFFICER).state == "left"


def test_the_platform_desk_gives_nobody_a_seat(cast):
    """It sees administrators of all parties, and would otherwise sit one down at another State's desk."""
    platform, seat = cast["portal.platform.head"], {"user": "jam.administration.administrator", "role": "officer"}
    with pytest.raises(Refused, match="not-administrator"):
        actions.appoint_person(platform, None, desk="BRB.customs", **seat)
    with pytest.raises(ValidationError, match="desk of your own party"):
        actions.delegate_stand_in(platform, None, desk="BRB.customs", last_day=day(3), reason="x", **seat)
