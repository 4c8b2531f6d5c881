"""A person of one party at a desk of another: who asks, who agrees, who may not, and how it ends."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from apps.access.refusal import Refused
from apps.audit.models import AuditRecord
from apps.notices.models import Notice
from apps.people import actions
from apps.people.actions import approvals, clock, emergency, reviews, secondments
from apps.people.models import AccountProposal, AccountRule, Seat, SeatConflict, User
from apps.people.queries import actor_for, seats_of
from tests.people.governing import ADMIN, OTHERS_ADMIN, a_second_administrator, at_seat, person, refusals, seat_of
from tests.people.governing import clock as the_clock
from tests.people.seconding import JRCC, LIAISON, agreed, asked, at_home, day, refusal_of, state_of

# --- the whole path ---


def test_nobody_sits_elsewhere_before_his_own_party_has_agreed(cast):
    proposal = asked(cast)
    assert (state_of(proposal), proposal.home_id) == ("awaited", "BRB")
    assert not Seat.objects.seconded().exists()
    done = secondments.agree_to_second_person(at_home(), proposal)
    seat = Seat.objects.seconded().get()
    assert state_of(done) == "done"
    assert (seat.desk.code, seat.rank, seat.seconded_from) == ("JRCC.watch", 2, "BRB")
    assert seat.valid_to.astimezone(ZoneInfo(seat.desk.party.time_zone)).date() == day(91)
    actor = actor_for(person(LIAISON), seat.pk)
    assert (actor.party_code, actor.seconded_from) == ("JRCC", "BRB")


def test_the_audit_has_a_row_of_each_administrator_and_both_chains_tell_of_it(cast):
    agreed(cast)
    rows = AuditRecord.objects.filter(outcome="done", verb__in=["seat.second", "proposal.agree", "account.second"])
    assert set(rows.values_list("verb", "person", "stream")) == {
        ("seat.second", JRCC, "JRCC"),
        ("proposal.agree", OTHERS_ADMIN, "JRCC"),
        ("account.second", OTHERS_ADMIN, "BRB"),
    }


def test_what_takes_two_people_takes_the_second_one_first_and_home_hears_of_it_only_then(cast):
    proposal = asked(cast, role="supervisor")
    assert (state_of(proposal), proposal.home_id) == ("open", None)
    assert proposal not in AccountProposal.objects.visible_to(at_home())
    second = a_second_administrator("JRCC", "second")
    approvals.approve_proposal(second, proposal)
    assert state_of(proposal) == "awaited"
    assert not Seat.objects.seconded().exists()
    secondments.agree_to_second_person(at_home(), AccountProposal.objects.get(pk=proposal.pk))
    assert Seat.objects.seconded().get().rank == 3


def test_the_platform_confirms_where_the_asking_party_has_one_administrator_and_never_agrees_for_a_state(cast):
    proposal = asked(cast, role="supervisor")
    platform = cast["portal.platform.head"]
    approvals.approve_proposal(platform, proposal)
    awaited = AccountProposal.objects.get(pk=proposal.pk)
    assert awaited.state == "awaited"
    assert refusal_of(lambda: secondments.agree_to_second_person(platform, awaited)) == "not-home-party"


def test_administrators_of_both_parties_and_the_person_are_told(cast, drain):
    agreed(cast)
    drain()
    told = {code: set(Notice.objects.filter(code=code).values_list("owner__code", flat=True)) for code in CODES}
    both = {"JRCC.administration", "BRB.administration"}
    assert told["accounts.secondment_asked"] == {"BRB.administration"}
    assert told["accounts.secondment_answered"] == both
    assert told["accounts.secondment_begun"] == both | {"JRCC.watch"}
    seat = Seat.objects.seconded().get()
    assert Notice.objects.get(code="accounts.secondment_begun", owner__code="JRCC.watch").seats == [seat.pk]
    actions.end_appointment(cast[JRCC], seat, reason="over")
    drain()
    ended = set(Notice.objects.filter(code="accounts.secondment_ended").values_list("owner__code", flat=True))
    assert ended == both | {"BRB.border"}


CODES = ("accounts.secondment_asked", "accounts.secondment_answered", "accounts.secondment_begun")


# --- who may not ---


@pytest.mark.parametrize("name", ["brb.border.nobody", "brb.border.officer ", "svc.jrcc.watch", "7t.carrier.agent"])
def test_who_is_not_there_or_cannot_be_sent_gets_one_same_answer(name, cast):
    assert refusal_of(lambda: asked(cast, user=name)) == "no-such-person"


@pytest.mark.parametrize("state", ["suspended", "left", "invited"])
def test_a_closed_account_is_answered_as_one_that_is_not_there(state, cast, client_for):
    User.objects.filter(username=LIAISON).update(state=state)
    browser, place = client_for(JRCC), reverse("people:secondment_new")
    fields = {"place": "JRCC.watch:officer", "last_day": day(9).isoformat(), "reason": "liaison"}
    closed = browser.post(place, {**fields, "user": LIAISON})
    unknown = browser.post(place, {**fields, "user": "brb.border.unheard"})
    same = [one.content.decode().replace(LIAISON, "-").replace("brb.border.unheard", "-") for one in (closed, unknown)]
    assert closed.status_code == unknown.status_code == 403
    assert _masked(same[0]) == _masked(same[1])
    assert refusals("proposal.second", "no-such-person") == 2


def _masked(page: str) -> list[str]:
    return [line for line in page.splitlines() if "csrf" not in line.lower() and "request" not in line.lower()]


def test_ones_own_people_are_appointed_and_not_asked_for(cast):
    assert refusal_of(lambda: asked(cast, user="jrcc.watch.supervisor")) == "no-such-person"


def test_only_account_administrators_ask_and_only_for_their_own_desks(cast):
    wanted = {"user": LIAISON, "desk": "JRCC.watch", "role": "officer", "last_day": day(9), "reason": "liaison"}
    assert (
        refusal_of(lambda: secondments.ask_for_person(cast["jrcc.watch.supervisor"], None, **wanted))
        == "not-administrator"
    )
    with pytest.raises(ValidationError, match="own party"):
        asked(cast, desk="RIFC.analysis", role="analyst")


@pytest.mark.parametrize(
    ("first", "last", "field"), [(None, 400, "last_day"), (9, 3, "last_day"), (-3, 9, "first_day")]
)
def test_a_secondment_has_an_end_within_a_year(first, last, field, cast):
    with pytest.raises(ValidationError) as wrong:
        asked(cast, first_day=first and day(first), last_day=day(last))
    assert field in wrong.value.message_dict


def test_its_longest_time_is_dated_data(cast):
    AccountRule.objects.filter(code="secondment_longest").update(value=10)
    with pytest.raises(ValidationError):
        asked(cast, last_day=day(20))


def test_no_seat_of_a_foreigner_comes_about_by_another_way(cast):
    with pytest.raises(ValidationError):
        actions.appoint_person(cast[JRCC], None, user=LIAISON, desk="JRCC.watch", role="officer")
    seat = agreed(cast)
    supervisor = cast["jrcc.watch.supervisor"]
    stands_in = {"user": LIAISON, "desk": "JRCC.watch", "role": "officer", "last_day": day(3), "reason": "leave"}
    with pytest.raises(ValidationError, match="another party"):
        actions.delegate_stand_in(supervisor, None, **stands_in)
    with pytest.raises(ValidationError):
        actions.appoint_person(cast[JRCC], None, user=LIAISON, desk="JRCC.oversight", role="reader")
    move = {"desk": "JRCC.oversight", "role": "reader", "reason": "moved"}
    assert refusal_of(lambda: actions.transfer_appointment(cast[JRCC], seat, **move)) == "seconded-seat"
    why = "A vessel is overdue and nobody of the other desk can be reached tonight."
    taking = at_seat(seat.user, seat)
    assert (
        refusal_of(lambda: emergency.take_emergency_seat(taking, None, desk="JRCC.watch", cause="life", why=why))
        == "seconded"
    )
    with pytest.raises(Refused, match="needs-approval"):
        secondments.appoint_seconded_person(
            cast[JRCC], None, user=LIAISON, desk="JRCC.watch", role="officer", last_day=day(3), reason="x"
        )


# --- who may not agree ---


def test_the_asking_party_alone_cannot_agree(cast):
    proposal = asked(cast)
    other = a_second_administrator("JRCC", "second")
    assert refusal_of(lambda: secondments.agree_to_second_person(cast[JRCC], proposal)) == "own-proposal"
    assert refusal_of(lambda: secondments.agree_to_second_person(other, proposal)) == "not-home-party"
    with pytest.raises(Refused):
        approvals.approve_proposal(other, proposal)
    assert not Seat.objects.seconded().exists()


def test_a_third_party_does_not_know_of_it(cast):
    proposal = asked(cast)
    assert refusal_of(lambda: secondments.agree_to_second_person(cast[ADMIN], proposal)) == "not-visible"


def test_one_person_at_both_administrations_is_one_person(cast):
    second = a_second_administrator("BRB", "second")
    sent = secondments.ask_for_person(
        cast[JRCC], None,
        user="brb.second", desk="JRCC.administration", role="administrator", last_day=day(30), reason="help",
    )  # fmt: skip
    approvals.approve_proposal(cast["portal.platform.head"], sent)
    secondments.agree_to_second_person(at_home(), AccountProposal.objects.get(pk=sent.pk))
    there = Seat.objects.seconded().get(user__username="brb.second")
    both = at_seat(there.user, there)
    wanted = {"user": LIAISON, "desk": "JRCC.watch", "role": "officer", "last_day": day(30), "reason": "liaison"}
    proposal = secondments.ask_for_person(both, None, **wanted)
    assert refusal_of(lambda: secondments.agree_to_second_person(second, proposal)) == "own-proposal"
    assert refusal_of(lambda: secondments.agree_to_second_person(both, proposal)) == "own-proposal"
    # and who approved it over there as the second person does not answer at home
    other = asked(cast, role="supervisor")
    approvals.approve_proposal(both, other)
    awaited = AccountProposal.objects.get(pk=other.pk)
    assert refusal_of(lambda: secondments.agree_to_second_person(second, awaited)) == "own-proposal"


def test_the_person_himself_never_agrees_to_his_own(cast):
    a_second_administrator("BRB", "second")
    proposal = asked(cast, user="brb.second")
    himself = at_seat(person("brb.second"), seat_of("brb.second"))
    assert refusal_of(lambda: secondments.agree_to_second_person(himself, proposal)) == "own-account"
    assert refusal_of(lambda: secondments.decline_to_second_person(himself, proposal, answer="no")) == "own-account"


def test_agreeing_wants_the_second_factor_anew(cast):
    proposal = asked(cast)
    seat = seat_of(OTHERS_ADMIN)
    late = at_seat(seat.user, seat, proven=False)
    assert refusal_of(lambda: secondments.agree_to_second_person(late, proposal)) == "step-up"


# --- what becomes of a request ---


def test_home_declines_with_a_reason_that_who_asked_reads(cast, client_for):
    proposal = secondments.decline_to_second_person(at_home(), asked(cast), answer="needed at the airport")
    assert state_of(proposal) == "refused"
    assert not Seat.objects.seconded().exists()
    page = client_for(JRCC).get(reverse("people:approval", args=[proposal.uid])).content.decode()
    assert "needed at the airport" in page
    assert person(OTHERS_ADMIN).full_name not in page


def test_who_asked_takes_it_back_and_nobody_else(cast):
    proposal = asked(cast)
    assert refusal_of(lambda: approvals.withdraw_proposal(at_home(), proposal)) == "not-your-proposal"
    approvals.withdraw_proposal(cast[JRCC], proposal)
    assert state_of(proposal) == "withdrawn"
    assert refusal_of(lambda: secondments.agree_to_second_person(at_home(), proposal)) == "wrong-state"


def test_silence_is_no_consent(cast):
    proposal = asked(cast)
    late = proposal.expires_at + timedelta(minutes=1)
    assert clock.run(the_clock(), proposal.expires_at - timedelta(minutes=1))["lapsed"] == 0
    assert clock.run(the_clock(), late)["lapsed"] == 1
    assert state_of(proposal) == "lapsed"


def test_too_late_an_answer_lapses(cast):
    proposal = asked(cast)
    past = timezone.now() - timedelta(days=20)
    AccountProposal.objects.filter(pk=proposal.pk).update(made_at=past, expires_at=past + timedelta(days=10))
    secondments.agree_to_second_person(at_home(), proposal)
    assert state_of(proposal) == "lapsed"
    assert not Seat.objects.seconded().exists()


def test_an_account_that_was_suspended_meanwhile_makes_it_void(cast):
    proposal = asked(cast)
    actions.suspend_account(cast[OTHERS_ADMIN], person(LIAISON), reason="inquiry")
    secondments.agree_to_second_person(at_home(), proposal)
    assert state_of(proposal) == "void"
    assert not Seat.objects.seconded().exists()


def test_an_account_that_was_closed_makes_void_what_waits_and_who_asked_hears_of_it(cast, drain):
    proposal = asked(cast)
    actions.close_leaver_account(cast[OTHERS_ADMIN], person(LIAISON), reason="retired")
    assert state_of(proposal) == "void"
    drain()
    assert Notice.objects.filter(code="accounts.secondment_answered", owner__code="JRCC.administration").exists()


def test_an_asker_without_his_seat_makes_it_void(cast):
    second = a_second_administrator("JRCC", "second")
    proposal = asked(cast)
    actions.end_appointment(second, seat_of(JRCC), reason="moved")
    secondments.agree_to_second_person(at_home(), proposal)
    assert state_of(proposal) == "void"


def test_a_change_at_home_voids_nothing_and_a_later_answer_begins_with_itself(cast):
    proposal = asked(cast, first_day=day(0))
    actions.appoint_person(cast[OTHERS_ADMIN], None, user=LIAISON, desk="BRB.customs", role="reader")
    secondments.agree_to_second_person(at_home(), proposal)
    assert state_of(proposal) == "done"


def test_a_longer_one_is_a_new_agreement(cast):
    seat = agreed(cast)
    with pytest.raises(ValidationError, match="already"):
        asked(cast, last_day=day(120))
    longer = asked(cast, first_day=day(91), last_day=day(120))
    secondments.agree_to_second_person(at_home(), longer)
    assert Seat.objects.seconded().filter(user=seat.user, state="current").count() == 2


# --- conflicts ---


def test_conflicts_count_across_parties_but_only_home_is_told_of_its_own_seats(cast):
    proposal = asked(cast, desk="JRCC.oversight", role="reader")  # says nothing of their seat at the border
    approvals.approve_proposal(cast["portal.platform.head"], proposal)
    awaited = AccountProposal.objects.get(pk=proposal.pk)
    why = SeatConflict.objects.get(one="oversight", other="border").why
    with pytest.raises(ValidationError) as wrong:
        secondments.agree_to_second_person(at_home(), awaited)
    assert wrong.value.message_dict == {"desk": [why]}
    waiver = {"conflict": "oversight+border", "last_day": day(60), "reason": "small State"}
    actions.record_people_waiver(cast[OTHERS_ADMIN], None, user=LIAISON, **waiver)
    secondments.agree_to_second_person(at_home(), awaited)
    assert state_of(awaited) == "done"


def test_a_seat_at_home_conflicts_with_one_elsewhere(cast):
    agreed(cast)
    with pytest.raises(ValidationError, match="oversee"):
        actions.do_or_ask(cast[OTHERS_ADMIN], "seat.appoint", None, user=LIAISON, desk="BRB.oversight", role="reader")


# --- how it ends ---


@pytest.mark.parametrize("who", [JRCC, OTHERS_ADMIN])
def test_either_party_ends_it_at_once(who, cast, client_for):
    seat = agreed(cast)
    browser = client_for(who)
    assert browser.get(reverse("people:seat_end", args=[seat.uid])).status_code == 200
    answer = browser.post(reverse("people:seat_end", args=[seat.uid]), {"reason": "needed at home"}, follow=True)
    assert answer.status_code == 200
    assert [one.desk.code for one in seats_of(person(LIAISON))] == ["BRB.border"]
    assert actor_for(person(LIAISON), seat.pk) is None
    ended = AuditRecord.objects.filter(outcome="done", verb__in=["seat.end", "account.return"])
    assert set(ended.values_list("verb", "stream")) == {("seat.end", "JRCC"), ("account.return", "BRB")}


@pytest.mark.parametrize("act", [actions.suspend_account, actions.close_leaver_account])
def test_suspension_and_leaving_at_home_end_it_and_do_not_say_why_elsewhere(act, cast):
    seat = agreed(cast)
    act(cast[OTHERS_ADMIN], person(LIAISON), reason="under inquiry")
    seat.refresh_from_db()
    assert (seat.state, seat.reason) == ("ended", "recalled by the person's own party")


def test_home_calls_its_person_back_although_nobody_else_administers_there(cast):
    proposal = asked(cast, desk="JRCC.administration", role="administrator")
    approvals.approve_proposal(cast["portal.platform.head"], proposal)
    secondments.agree_to_second_person(at_home(), AccountProposal.objects.get(pk=proposal.pk))
    Seat.objects.filter(user__username=JRCC).update(state="ended", valid_to=timezone.now())
    seat = Seat.objects.seconded().get()
    actions.suspend_account(cast[OTHERS_ADMIN], person(LIAISON), reason="under inquiry")
    seat.refresh_from_db()
    assert seat.state == "ended"


def test_dormancy_ends_it_too(cast):
    seat = agreed(cast)
    reviews.suspend_dormant_account(the_clock(), person(LIAISON))
    seat.refresh_from_db()
    assert seat.state == "ended"


def test_it_ends_by_itself_after_its_last_day_and_both_are_told(cast, drain):
    seat = agreed(cast)
    assert clock.run(the_clock(), seat.valid_to)["ended"] == 1
    drain()
    told = Notice.objects.filter(code="accounts.secondment_ended").values_list("owner__code", flat=True)
    assert {"JRCC.administration", "BRB.administration"} <= set(told)


def test_a_third_party_ends_nothing(cast):
    seat = agreed(cast)
    assert refusal_of(lambda: actions.end_appointment(cast[ADMIN], seat, reason="x")) == "not-visible"
