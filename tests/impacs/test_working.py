"""Steps, owners, difficulties, assistance, private notes, and whether a clause applies at all."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from apps.access.refusal import Refused
from apps.council.models import Statement
from apps.impacs import actions
from apps.impacs.actions import clock
from apps.impacs.models import (
    AssistanceRequest,
    Difficulty,
    Evidence,
    ExtensionRequest,
    NationalNote,
    Report,
    StateAction,
    Step,
)
from apps.impacs.obligations.queries import status
from apps.notices.models import Deadline, Notice
from apps.notices.queries.calendar_events import events_for
from apps.people.models import Seat
from tests.impacs.people import BARBADOS, CAYMAN, JAMAICA, SECRETARIAT, ended, tell
from tests.impacs.working import OFFICER, an_action, fresh, in_days, noon, submitted, verified, with_a_proof

pytestmark = pytest.mark.django_db
BORDER = "brb.border.head"


def at(cast, row, day=None, who=BARBADOS):
    return status.of_rows(cast[who], [row], day or in_days(0))[row.pk][1]


def steps(row):
    return list(Step.objects.filter(action=row, removed_on=None).order_by("pk"))


def test_ticked_steps_make_the_progress_by_their_weights(cast):
    row = an_action()
    for title, weight in (("Bill", 3), ("Debate", 1)):
        row = actions.add_action_step(cast[BARBADOS], row, title=title, weight=weight)
    assert (row.state, at(cast, row).facts.progress_pct) == ("in_progress", 0)
    row = actions.tick_action_steps(cast[BARBADOS], row, done=[str(steps(row)[0].pk)])
    assert (row.progress, at(cast, row).facts.progress_pct) == (75, 75)
    row = actions.tick_action_steps(cast[BARBADOS], row, done=[])
    assert at(cast, row).facts.progress_pct == 0


def test_where_there_are_steps_a_report_needs_no_number_and_its_number_is_left_aside(cast):
    row = actions.add_action_step(cast[BARBADOS], an_action(), title="Bill")
    row = actions.report_on_state_action(cast[BARBADOS], row, text="Tabled.")
    row = actions.report_on_state_action(cast[BARBADOS], row, text="Nearly.", progress=90)
    assert list(Report.objects.values_list("progress", flat=True)) == [0, 0]
    assert at(cast, row).facts.progress_pct == 0


def test_without_steps_the_number_is_needed(cast):
    with pytest.raises(ValidationError) as wrong:
        actions.report_on_state_action(cast[BARBADOS], an_action(), text="Tabled.")
    assert set(wrong.value.message_dict) == {"progress"}


def test_the_past_knows_the_steps_of_its_time(cast):
    row = an_action()
    actions.report_on_state_action(cast[BARBADOS], row, text="Begun.", progress=40)
    Step.objects.create(action=row, title="Old", added_on=in_days(-9), done_on=in_days(-5), removed_on=in_days(-2))
    row = fresh(row)
    progress = [at(cast, row, in_days(day)).facts.progress_pct for day in (-10, -7, -4, -1, 0)]
    assert progress == [0, 0, 100, 0, 40]


def test_a_removed_step_counts_no_more_and_the_last_report_counts_again(cast):
    row = actions.report_on_state_action(cast[BARBADOS], an_action(), text="Begun.", progress=30)
    row = actions.add_action_step(cast[BARBADOS], row, title="Bill")
    row = actions.remove_action_step(cast[BARBADOS], row, step=str(steps(row)[0].pk))
    assert (row.progress, at(cast, row).facts.progress_pct) == (30, 30)


@pytest.mark.parametrize("act", ["tick", "remove", "due"])
def test_steps_that_are_not_there_are_told(cast, act):
    row = an_action()
    acts = {
        "tick": lambda: actions.tick_action_steps(cast[BARBADOS], row, done=[]),
        "remove": lambda: actions.remove_action_step(cast[BARBADOS], row, step="0"),
        "due": lambda: actions.add_action_step(cast[BARBADOS], row, title="Early", due=in_days(-99)),
    }
    with pytest.raises(ValidationError):
        acts[act]()


def test_work_given_to_another_desk_is_seen_and_done_there_and_decided_in_the_ministry(cast):
    row = an_action()
    assert not StateAction.objects.visible_to(cast[BORDER]).exists()
    with_a_proof(cast, row)
    row = actions.hand_over_state_action(cast[BARBADOS], fresh(row), desk="BRB.border", responsible="Immigration")
    assert StateAction.objects.visible_to(cast[BORDER]).get() == row
    assert Evidence.objects.visible_to(cast[BORDER]).count() == 1
    actions.report_on_state_action(cast[BORDER], row, text="Trained.", progress=20)
    with pytest.raises(Refused) as refusal:
        actions.submit_evidence(cast[BORDER], row)
    assert refusal.value.code == "not-addressed"
    assert at(cast, fresh(row), who=BORDER).status.colour == at(cast, fresh(row)).status.colour


def test_work_taken_back_is_gone_from_the_other_desk(cast):
    row = actions.hand_over_state_action(cast[BARBADOS], an_action(), desk="BRB.border")
    with_a_proof(cast, row, who=BORDER)
    row = actions.hand_over_state_action(cast[BARBADOS], fresh(row))
    assert not StateAction.objects.visible_to(cast[BORDER]).exists()
    assert not Evidence.objects.visible_to(cast[BORDER]).exists()
    assert Evidence.objects.visible_to(cast[BARBADOS]).count() == 1


def test_only_desks_and_people_of_the_same_state_can_be_named(cast):
    row = an_action()
    stranger = Seat.objects.get(user__username=JAMAICA)
    for fields in ({"desk": "JAM.border"}, {"focal": str(stranger.pk)}, {"focal": "zero"}):
        with pytest.raises(ValidationError) as wrong:
            actions.hand_over_state_action(cast[BARBADOS], row, **fields)
        assert set(wrong.value.message_dict) == set(fields)


def test_a_focal_person_sits_at_a_desk_that_does_the_work(cast):
    seat = Seat.objects.get(user__username=BORDER, desk__code="BRB.border")
    row = an_action()
    with pytest.raises(ValidationError, match="Choose their desk too, or someone at the responsible desk"):
        actions.hand_over_state_action(cast[BARBADOS], row, focal=str(seat.pk))
    assert actions.hand_over_state_action(cast[BARBADOS], row, desk="BRB.border", focal=str(seat.pk)).focal_seat == seat


def test_a_note_never_leaves_the_state(cast):
    row = actions.note_state_action(cast[BARBADOS], an_action(), text="The minister hesitates.")
    readers = [
        who
        for who in (BARBADOS, JAMAICA, SECRETARIAT, "impacs.secretariat.officer")
        if NationalNote.objects.visible_to(cast[who]).exists()
    ]
    assert (readers, row.state) == ([BARBADOS], "not_started")


def test_a_difficulty_colours_the_status_until_it_is_cleared(cast):
    row = actions.report_on_state_action(cast[BARBADOS], an_action(begun=-10, due=200), text="Begun.", progress=50)
    row = actions.declare_difficulty(cast[BARBADOS], row, severity="CRITICAL", kind="STAFF", text="Nobody left.")
    assert at(cast, row).status.reasons[0] == "BLOCKED_CRITICAL"
    row = actions.clear_difficulty(cast[BARBADOS], row, difficulty=str(Difficulty.objects.get().pk))
    assert at(cast, row).status.reasons == ("ON_TRACK",)
    with pytest.raises(ValidationError):
        actions.clear_difficulty(cast[BARBADOS], row, difficulty=str(Difficulty.objects.get().pk))


def test_other_states_read_how_grave_it_is_and_not_the_words(cast):
    row = an_action()
    actions.declare_difficulty(cast[BARBADOS], row, severity="MAJOR", kind="FUNDING", text="The treasury is empty.")
    words = {who: Difficulty.objects.visible_to(cast[who]).get().words for who in (BARBADOS, JAMAICA, SECRETARIAT)}
    assert words == {BARBADOS: "The treasury is empty.", JAMAICA: "", SECRETARIAT: "The treasury is empty."}
    assert not Difficulty.objects.visible_to(cast[CAYMAN]).exists()


@pytest.mark.parametrize("since", [in_days(1), in_days(-99)])
def test_a_difficulty_begins_between_the_beginning_and_today(cast, since):
    with pytest.raises(ValidationError) as wrong:
        actions.declare_difficulty(cast[BARBADOS], an_action(), severity="MINOR", kind="LEGAL", text="x", since=since)
    assert set(wrong.value.message_dict) == {"since"}


def test_help_is_asked_for_taken_up_answered_and_closed(cast, drain):
    row = actions.ask_assistance(cast[BARBADOS], an_action(), kind="DRAFTING", text="A drafter for two days.")
    asked = AssistanceRequest.objects.get(action=row)
    drain()
    assert Notice.objects.filter(code="assistance.asked", owner__code="IMPACS.secretariat").exists()
    assert not AssistanceRequest.objects.visible_to(cast[JAMAICA]).exists()
    asked = actions.accept_assistance(cast[OFFICER], asked)
    with pytest.raises(Refused, match="wrong-state"):
        actions.close_assistance(cast[BARBADOS], asked)
    asked = actions.answer_assistance(cast[OFFICER], asked, answer="From Monday on.")
    drain()
    assert Notice.objects.filter(code="assistance.answered", owner__code="BRB.ministry").exists()
    assert actions.close_assistance(cast[BARBADOS], asked).state == "closed"


@pytest.mark.parametrize("who", [BARBADOS, JAMAICA])
def test_only_the_agency_answers(cast, who):
    actions.ask_assistance(cast[BARBADOS], an_action(), kind="DRAFTING", text="A drafter.")
    with pytest.raises(Refused):
        actions.answer_assistance(cast[who], AssistanceRequest.objects.get(), answer="Yes.")


def test_help_no_longer_needed_is_withdrawn(cast):
    actions.ask_assistance(cast[BARBADOS], an_action(), kind="DRAFTING", text="A drafter.")
    assert actions.withdraw_assistance(cast[BARBADOS], AssistanceRequest.objects.get()).state == "withdrawn"


def test_a_day_that_is_over_cannot_be_wanted(cast):
    with pytest.raises(ValidationError) as wrong:
        actions.ask_assistance(cast[BARBADOS], an_action(), kind="OTHER", text="x", wanted_by=in_days(-1))
    assert set(wrong.value.message_dict) == {"wanted_by"}


def test_a_clause_that_does_not_apply_is_found_by_the_director_and_told_to_all(cast, drain):
    row = actions.claim_not_applicable(cast[BARBADOS], an_action(), reason="No land border.")
    assert (row.state, at(cast, row).counts) == ("not_started", True)
    with pytest.raises(Refused) as refusal:
        actions.allow_not_applicable_claim(cast[OFFICER], row, reason="Right.")
    assert refusal.value.code == "needs-director"
    row = actions.allow_not_applicable_claim(cast[SECRETARIAT], row, reason="The Act says so.")
    drain()
    assert (row.state, at(cast, row).status.reasons) == ("not_applicable", ("NOT_APPLICABLE",))
    told = set(Notice.objects.filter(code="action.not_applicable").values_list("owner__code", flat=True))
    assert {"BRB.ministry", "JAM.ministry", "IMPACS.secretariat"} <= told
    assert at(cast, row, in_days(-1)).counts


def test_a_clause_that_applies_all_the_same_goes_on(cast):
    row = actions.claim_not_applicable(cast[BARBADOS], an_action(), reason="No land border.")
    row = actions.refuse_not_applicable_claim(cast[SECRETARIAT], row, reason="Airports are borders.")
    assert (row.claimed_on, row.state) == (None, "not_started")
    with pytest.raises(ValidationError):
        actions.allow_not_applicable_claim(cast[SECRETARIAT], row, reason="After all.")


def an_opt_out(row: StateAction, until: datetime.date | None = None) -> Statement:
    return Statement.objects.create(
        decision=row.decision, party_id=row.party_id, kind="opt_out", text="x", seat_id=0, state="granted",
        granted_on=in_days(0), until=until,
    )  # fmt: skip


def test_a_release_by_the_conference_holds_the_action_until_it_ends(cast):
    row = an_action()
    an_opt_out(row, until=in_days(3))
    from django.db import transaction

    from apps.access import outbox

    with transaction.atomic():
        outbox.write("decision.statement", row.decision, {"party": "BRB", "kind": "opt_out"})
    outbox.drain(but=outbox.MAIL)
    assert (fresh(row).state, at(cast, fresh(row)).status.reasons) == ("opted_out", ("OPTED_OUT",))
    with pytest.raises(Refused, match="wrong-state"):
        actions.report_on_state_action(cast[BARBADOS], row, text="Begun.", progress=5)
    assert clock.new_day(noon(3)) == 0
    assert clock.new_day(noon(4)) == 1
    assert fresh(row).state == "in_progress"


def test_a_release_that_begins_later_is_found_by_the_clock(cast):
    row = an_action()
    an_opt_out(row)
    assert [clock.new_day(noon()), clock.new_day(noon())] == [1, 0]
    assert fresh(row).state == "opted_out"
    assert fresh(StateAction.objects.get(party="JAM")).state == "not_started"


def test_evidence_that_runs_out_opens_the_action_again_where_it_has_to_be_renewed(cast, drain):
    renewed = verified(cast, an_action("letter"), requirement="letter", valid_until=in_days(10))
    once = verified(cast, an_action("act"), requirement="act", kind="gazetted_act", valid_until=in_days(10))
    assert clock.new_day(noon()) == 2  # both States are told that it runs out
    assert clock.new_day(noon()) == 0
    late = noon(11)
    assert clock.new_day(late) == 2
    drain()
    assert [fresh(row).state for row in (renewed, once)] == ["in_progress", "verified"]
    assert at(cast, fresh(renewed), in_days(11)).status.colour != "BLUE"
    assert at(cast, fresh(renewed), in_days(9)).status.colour == "BLUE"


def test_the_verifier_is_told_that_evidence_waits(cast):
    submitted(cast, an_action())
    days = [clock.new_day(noon(n)) for n in (9, 10, 11, 15, 16)]
    assert days == [0, 1, 0, 1, 0]
    assert Notice.objects.filter(code="evidence.waiting").count() == 2


def test_a_decision_that_ends_ends_what_was_submitted_too(cast):
    row = submitted(cast, an_action())
    decision = row.decision
    decision.state, decision.ended_on = "superseded", in_days(0)
    decision.save(update_fields=["state", "ended_on"])
    tell("decision.ended", decision)
    assert fresh(row).state == "superseded"


def test_the_verifiers_clock_ends_with_the_decision(cast, drain):
    row = submitted(cast, an_action())
    drain()
    clocks = Deadline.objects.filter(object_type="impacs.stateaction", object_id=str(row.pk))
    assert [each.desk.code for each in clocks.filter(state="open")] == ["IMPACS.secretariat"]
    assert clock.new_day(noon()) == 0
    ended(row.decision, in_days(0))
    assert [clock.new_day(noon()), clock.new_day(noon())] == [1, 0]
    assert not clocks.filter(state="open").exists()


def test_a_calendar_holds_the_due_date_in_force(cast):
    row = an_action(due=10)
    actions.request_extension(cast[BARBADOS], row, until=in_days(40), reason="More time.")
    actions.grant_extension(cast[SECRETARIAT], ExtensionRequest.objects.get())
    (event,) = [each for each in events_for(cast[BARBADOS]) if each.uid == f"action-{row.pk}"]
    assert (event.start, row.decision.title in event.number) == (in_days(40), False)
    assert not [each for each in events_for(cast[JAMAICA]) if each.uid == f"action-{row.pk}"]
