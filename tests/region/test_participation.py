"""A State's way into a system and out of it: who may take which step, what is kept, what is refused."""

import datetime
import threading
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connections, transaction
from django.urls import reverse

from apps.access.declared_actions import REGISTRY
from apps.access.refusal import Refused
from apps.files.rules.intake import store_upload
from apps.notices.models import Notice
from apps.region.actions import participation as acts
from apps.region.models import Participation, StagePeriod
from tests.files import room

from . import people

pytestmark = pytest.mark.django_db
D = datetime.date
BARBADOS = "brb.ministry.decider"


def live(cast: Any, party: str = "JAM") -> Participation:
    """A State that went the whole way into APIS, live from 1 June 2024."""
    state, watch = cast[f"{party.lower()}.ministry.decider"], cast[people.WATCH]
    row = people.participation(party)
    row = acts.express_interest(state, row, on=D(2023, 1, 9), letter="MNS/1")
    row = acts.assess_participation(watch, row, on=D(2023, 2, 6), checklist="Lines and people")
    row = acts.sign_participation(state, row, on=D(2023, 6, 1), agreement="Agreement of 1 June 2023")
    row = acts.name_legal_basis(state, row, on=D(2023, 9, 1), not_required="The Immigration Act suffices.")
    row = acts.begin_participation_tests(watch, row, on=D(2024, 2, 1), plan="Plan 4")
    return acts.start_live_participation(watch, row, on=D(2024, 6, 1), acceptance="Test of 28 May 2024")


def known(row: Participation) -> list[tuple[str, str, str]]:
    """(stage, from, to) of what is known now, in order."""
    rows = StagePeriod.objects.filter(participation=row).known().order_by("valid_from", "pk")
    return [(each.stage, str(each.valid_from), str(each.valid_to or "")) for each in rows]


def stage_on(row: Participation, day: datetime.date) -> str:
    """The stage of a day by what is known now."""
    return str(StagePeriod.objects.filter(participation=row).known().on(day).get().stage)


def test_the_whole_way_in_is_kept_stage_by_stage(cast: Any):
    row = live(cast)
    assert row.state == "live"
    assert known(row) == [
        ("interested", "2023-01-09", "2023-02-06"),
        ("technical_assessment", "2023-02-06", "2023-06-01"),
        ("agreement_signed", "2023-06-01", "2023-09-01"),
        ("legal_basis_ready", "2023-09-01", "2024-02-01"),
        ("testing", "2024-02-01", "2024-06-01"),
        ("live", "2024-06-01", ""),
    ]


def test_leaving_and_coming_back_are_dated_and_nothing_is_erased(cast: Any):
    row = live(cast)
    row = acts.suspend_participation(cast[people.WATCH], row, on=D(2024, 9, 1), reason="Storm damage.")
    row = acts.resume_participation(cast[people.WATCH], row, on=D(2024, 10, 1))
    row = acts.withdraw_participation(cast[people.JAMAICA], row, on=D(2025, 1, 1), notice="MNS/90")
    row = acts.rejoin_participation(cast[people.JAMAICA], row, on=D(2025, 3, 1), letter="MNS/99")
    assert known(row)[-5:] == [
        ("live", "2024-06-01", "2024-09-01"),
        ("suspended", "2024-09-01", "2024-10-01"),
        ("live", "2024-10-01", "2025-01-01"),
        ("withdrawn", "2025-01-01", "2025-03-01"),
        ("interested", "2025-03-01", ""),
    ]
    stage = {str(day): stage_on(row, day) for day in (D(2024, 8, 31), D(2024, 9, 1), D(2024, 12, 31), D(2025, 1, 1))}
    assert stage == {
        "2024-08-31": "live",
        "2024-09-01": "suspended",
        "2024-12-31": "live",
        "2025-01-01": "withdrawn",
    }


def test_what_was_known_before_an_act_stays_answerable(cast: Any):
    row = live(cast)
    before = StagePeriod.objects.get(participation=row, stage="live", superseded_at=None).recorded_at
    acts.withdraw_participation(cast[people.JAMAICA], row, on=D(2024, 7, 1), notice="MNS/90")
    then = StagePeriod.objects.filter(participation=row).known(before).on(D(2024, 12, 1)).get()
    now = StagePeriod.objects.filter(participation=row).known().on(D(2024, 12, 1)).get()
    assert (then.stage, now.stage) == ("live", "withdrawn")


@pytest.mark.parametrize(
    ("verb", "who", "code"),
    [
        ("express_interest", BARBADOS, "not-your-state"),
        ("express_interest", people.WATCH, "not-your-state"),
        ("express_interest", people.READER, "needs-officer"),
        ("correct", people.JAMAICA, "not-system-keeper"),
    ],
)
def test_nobody_takes_a_step_that_is_not_his(cast: Any, verb: str, who: str, code: str):
    row = people.participation("JAM")
    fields = {"on": D(2024, 1, 1), "letter": "x"} if verb == "express_interest" else {"source": "x", "reason": "x"}
    with pytest.raises(Refused) as refusal:
        REGISTRY[f"participation.{verb}"].run(cast[who], row, **fields)
    assert refusal.value.code == code
    assert known(row) == []


@pytest.mark.parametrize("who", [people.JAMAICA, people.KEEPER, "rifc.analysis.release"])
def test_only_the_body_that_keeps_the_system_brings_a_state_into_use(cast: Any, who: str):
    row = acts.express_interest(cast[people.JAMAICA], people.participation("JAM"), on=D(2023, 1, 9), letter="MNS/1")
    with pytest.raises(Refused) as refusal:
        acts.assess_participation(cast[who], row, on=D(2023, 2, 1))
    assert refusal.value.code == "not-system-keeper"


def test_a_centre_is_not_joined_one_by_one(cast: Any):
    row = people.participation("BRB", "DEPORTEE_STUDY")
    with pytest.raises(Refused) as refusal:
        acts.express_interest(cast[BARBADOS], row, on=D(2024, 1, 1), letter="x")
    assert refusal.value.code == "not-joinable"


def test_a_step_out_of_its_turn_is_refused(cast: Any):
    with pytest.raises(Refused) as refusal:
        acts.start_live_participation(
            cast[people.WATCH], people.participation("JAM"), on=D(2024, 1, 1), acceptance="Test"
        )
    assert refusal.value.reason == "wrong-state"


def test_testing_before_the_legal_basis_needs_a_waiver(cast: Any):
    state, watch = cast[people.JAMAICA], cast[people.WATCH]
    row = acts.express_interest(state, people.participation("JAM"), on=D(2023, 1, 9), letter="MNS/1")
    row = acts.assess_participation(watch, row, on=D(2023, 2, 6))
    row = acts.sign_participation(state, row, on=D(2023, 6, 1), agreement="Agreement")
    with pytest.raises(ValidationError) as wrong:
        acts.begin_participation_tests(watch, row, on=D(2023, 7, 1), plan="Plan 4")
    assert list(wrong.value.message_dict) == ["waiver"]
    row = acts.begin_participation_tests(watch, row, on=D(2023, 7, 1), plan="Plan 4", waiver="Council, 3 June 2023")
    assert StagePeriod.objects.filter(participation=row, stage="testing").get().note == "Council, 3 June 2023"


@pytest.mark.parametrize("said", [{}, {"law": "Act", "not_required": "None."}])
def test_the_legal_basis_is_a_law_or_a_reason_and_not_both(cast: Any, said: dict[str, str]):
    state, watch = cast[people.JAMAICA], cast[people.WATCH]
    row = acts.express_interest(state, people.participation("JAM"), on=D(2023, 1, 9), letter="MNS/1")
    row = acts.sign_participation(
        state, acts.assess_participation(watch, row, on=D(2023, 2, 6)), on=D(2023, 6, 1), agreement="Agreement"
    )
    with pytest.raises(ValidationError) as wrong:
        acts.name_legal_basis(state, row, on=D(2023, 9, 1), **said)
    assert list(wrong.value.message_dict) == ["law"]


def test_a_step_before_the_last_one_is_told_with_its_day(cast: Any):
    row = live(cast)
    with pytest.raises(ValidationError) as wrong:
        acts.suspend_participation(cast[people.WATCH], row, on=D(2024, 5, 1), reason="x")
    assert "2024-06-01" in str(wrong.value)
    assert row.state == "live"


def test_a_correction_closes_what_was_known_and_adds_what_is(cast: Any):
    row = live(cast)
    wrong = StagePeriod.objects.get(participation=row, stage="live", superseded_at=None)
    earlier = StagePeriod.objects.get(participation=row, stage="testing", superseded_at=None)
    row = acts.correct_participation(
        cast[people.WATCH], row, period=str(earlier.pk), stage="testing", valid_from=D(2024, 2, 1),
        valid_to=D(2024, 5, 20), source="Log of the JRCC", reason="It began earlier.",
    )  # fmt: skip
    row = acts.correct_participation(
        cast[people.KEEPER], row, period=str(wrong.pk), stage="live", valid_from=D(2024, 5, 20), source="Log",
        reason="It began earlier.",
    )  # fmt: skip
    assert known(row)[-2:] == [("testing", "2024-02-01", "2024-05-20"), ("live", "2024-05-20", "")]
    wrong.refresh_from_db()
    assert wrong.superseded_at is not None
    assert StagePeriod.objects.filter(participation=row).known(wrong.recorded_at).on(D(2024, 5, 25)).get().stage == (
        "testing"
    )


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"stage": "live", "valid_from": D(2024, 7, 1)}, "valid_from"),
        ({"stage": "live", "valid_from": D(2022, 7, 1), "valid_to": D(2023, 1, 10)}, "valid_from"),
        ({"stage": "live", "valid_from": D(2022, 7, 1), "valid_to": D(2022, 6, 1)}, "valid_to"),
        ({"stage": "live"}, "valid_from"),
        ({}, "stage"),
    ],
    ids=["overlapping the last", "overlapping the first", "backwards", "without a day", "nothing"],
)
def test_a_correction_that_cannot_be_is_told_at_its_place(cast: Any, fields: dict[str, Any], place: str):
    row = live(cast)
    before = known(row)
    with pytest.raises(ValidationError) as wrong:
        acts.correct_participation(cast[people.WATCH], row, source="x", reason="y", **fields)
    assert list(wrong.value.message_dict) == [place]
    assert known(row) == before


def test_the_database_refuses_two_stages_at_one_time_and_any_edit(cast: Any):
    row = live(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        StagePeriod.objects.create(participation=row, stage="none", valid_from=D(2024, 8, 1))
    fact = StagePeriod.objects.filter(participation=row).known().first()
    for change in (lambda: StagePeriod.objects.filter(pk=fact.pk).update(stage="none"), lambda: fact.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_documents_are_read_by_the_state_the_keeper_and_impacs_alone(cast: Any, client_for: Any):
    paper = store_upload(room.sent("Letter.pdf", room.PDF))
    row = people.participation("JAM")
    row = acts.express_interest(cast[people.JAMAICA], row, on=D(2024, 1, 9), letter="MNS/1", file=paper)
    place = reverse("region:participation", args=[row.pk])
    shows = {
        who: b"Letter.pdf" in client_for(who).get(place).content
        for who in (people.JAMAICA, people.WATCH, people.KEEPER, BARBADOS, "rifc.analysis.release")
    }
    assert shows == {
        people.JAMAICA: True, people.WATCH: True, people.KEEPER: True, BARBADOS: False, "rifc.analysis.release": False,
    }  # fmt: skip


def test_all_member_states_are_told_when_one_goes_live_and_mails_carry_no_title(cast: Any, drain: Any):
    row = acts.express_interest(cast[people.JAMAICA], people.participation("JAM"), on=D(2023, 1, 9), letter="MNS/1")
    drain()
    told = {each.owner.code for each in Notice.objects.filter(object_id=str(row.pk)).select_related("owner")}
    assert told == {"JRCC.watch", "JAM.ministry"}
    row = acts.withdraw_participation(cast[people.JAMAICA], live_again(cast, row), on=D(2025, 1, 1), notice="MNS/90")
    drain()
    told = {each.owner.code for each in Notice.objects.filter(object_id=str(row.pk), code="participation.live")
            .select_related("owner")}  # fmt: skip
    assert len(told) == 18
    assert {"BRB.ministry", "HTI.ministry", "JRCC.watch", "RIFC.analysis", "IMPACS.secretariat"} <= told
    assert "CYM.ministry" not in told
    assert set(Notice.objects.filter(object_id=str(row.pk)).values_list("number", flat=True)) == {"APIS/JAM"}


def live_again(cast: Any, row: Participation) -> Participation:
    """The rest of the way in."""
    state, watch = cast[people.JAMAICA], cast[people.WATCH]
    row = acts.sign_participation(
        state, acts.assess_participation(watch, row, on=D(2023, 2, 6)), on=D(2023, 6, 1), agreement="Agreement"
    )
    row = acts.begin_participation_tests(watch, row, on=D(2024, 2, 1), plan="Plan 4", waiver="Council")
    return acts.start_live_participation(watch, row, on=D(2024, 6, 1), acceptance="Test")


@pytest.mark.django_db(transaction=True)
def test_of_two_who_bring_one_state_into_use_at_once_one_does(cast: Any):
    state, watch = cast[people.JAMAICA], cast[people.WATCH]
    row = acts.express_interest(state, people.participation("JAM"), on=D(2023, 1, 9), letter="MNS/1")
    row = acts.sign_participation(
        state, acts.assess_participation(watch, row, on=D(2023, 2, 6)), on=D(2023, 6, 1), agreement="Agreement"
    )
    row = acts.begin_participation_tests(watch, row, on=D(2024, 2, 1), plan="Plan 4", waiver="Council")
    done: list[str] = []

    def press() -> None:
        try:
            acts.start_live_participation(watch, row, on=D(2024, 6, 1), acceptance="Test")
            done.append("live")
        except Refused as refusal:
            done.append(refusal.reason)
        finally:
            connections.close_all()

    both = [threading.Thread(target=press) for _ in range(2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert sorted(done) == ["live", "wrong-state"]
    assert sum(stage == "live" for stage, *_ in known(row)) == 1
