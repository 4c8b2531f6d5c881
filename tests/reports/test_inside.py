"""Reports inside the Community on the same engine: to the Council, a State's scorecard, the brief for a meeting."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from apps.council.models import AgendaItem, Meeting, Statement
from apps.impacs import actions as impacs
from apps.reports import actions
from apps.reports.models import RenderedSentence, Report
from apps.reports.queries import scorecards
from tests.council.room import people as room
from tests.days import today
from tests.impacs.people import ALL, a_decision, action_of, reported
from tests.reports import people
from tests.reports.people import BARBADOS, CAYMAN, JAMAICA, MANAGER, OFFICER, sentence

pytestmark = pytest.mark.django_db


def ago(days: int) -> datetime.date:
    return timezone.now().date() - datetime.timedelta(days=days)


def overdue(**more):
    """A decision on all Member States whose clause fell due 30 days ago."""
    return a_decision(("Each Member State names a contact.", ALL, ago(30)), day=ago(200), **more)


def the_council(cast, **fields):
    report = actions.create_report(cast[OFFICER], None, kind="council", as_of=ago(0), **fields)
    return actions.compile_report(cast[OFFICER], report)


def texts(report: Report, section: str) -> list[str]:
    rows = RenderedSentence.objects.filter(report=report, draft=report.draft, section=section).order_by("position")
    return [row.said for row in rows]


def test_the_council_is_told_per_decision_what_is_done_and_late_and_why(cast):
    decision = overdue(expires_on=ago(0) + datetime.timedelta(days=60))
    reported(action_of(decision, "JAM"), ago(40), 50)
    report = the_council(cast)
    (summary, *_rest) = texts(report, "summary")
    assert "1 decisions" in summary or "15 actions" in summary
    (late,) = texts(report, "late")
    assert late.startswith(f"{decision.number}, clause 1")
    assert "Jamaica (overdue" in late
    (item,) = texts(report, "items")
    assert f"{decision.number}, “{decision.title}”: 0 of 15 actions done" in item
    (lapse,) = texts(report, "lapsing")
    assert decision.number in lapse
    assert "earlier meeting" in " ".join(texts(report, "summary"))
    row = sentence(report, f"LATE/{decision.number}-1")
    assert len(row.rows) == 16
    assert not report.fictional


def test_an_associate_member_is_never_counted_among_the_member_states(cast):
    a_decision(("Each names a contact.", ["JAM", "CYM"], ago(30)), ("Associates too.", ["CYM"], ago(30)), day=ago(200))
    report = the_council(cast)
    assert "1 actions of Member States" in texts(report, "summary")[0]
    (late,) = texts(report, "late")
    assert "Cayman" not in late


def test_what_became_of_it_since_the_last_council_is_told(cast):
    from apps.impacs.models import Turn

    meeting = room.in_session(cast, room.FULL)
    held = datetime.datetime.combine(ago(20), datetime.time(14), datetime.UTC)
    Meeting.objects.filter(pk=meeting.pk).update(
        starts_at=held, ends_at=held + datetime.timedelta(hours=4), state="closed", kind="regular"
    )
    old, new = overdue(), a_decision(("Each names another.", ALL, ago(-60)), day=ago(5))
    for kind, day in (("submitted", ago(15)), ("verified", ago(10))):
        Turn.objects.create(action=action_of(old, "BRB"), kind=kind, day=day, completed_on=ago(16), seat_id=0)
    report = the_council(cast)
    assert [old.number in one and "Barbados" in one for one in texts(report, "done")] == [True]
    assert [new.number in one for one in texts(report, "new")] == [True]
    assert "Changes are counted since the meeting" in texts(report, "summary")[1]


def test_reasons_are_due_after_six_months_of_those_who_did_not_say_why(cast):
    decision = a_decision(("Each considers it.", ALL, None), day=ago(200), kind="recommendation")
    Statement.objects.create(decision=decision, party_id="JAM", kind="reasons", text="The law forbids it.", seat_id=0)
    (said,) = texts(the_council(cast), "reasons")
    assert decision.number in said
    assert "Barbados" in said
    assert "Jamaica" not in said


def test_a_decision_of_the_demonstration_marks_the_report_and_never_enters_the_one_to_the_oas(cast):
    overdue(fictional=True)
    assert the_council(cast).fictional
    assert not people.compiled(cast).fictional


def test_a_scorecard_has_the_five_numbers_and_the_states_own_words(cast):
    decision = overdue()
    reported(action_of(decision, "JAM"), ago(40), 50)
    actions.write_comment(cast[JAMAICA], None, indicator="open_share", cut_off=ago(0), text="A bill is before us.")
    report = actions.create_report(cast[OFFICER], None, kind="scorecard", as_of=ago(0), party="JAM")
    report = actions.compile_report(cast[OFFICER], report)
    assert sentence(report, "S1").said.startswith("On the cut-off date")
    assert "1 of 1 actions of Jamaica" in sentence(report, "S1").said
    assert "100 per cent" in sentence(report, "S1").said
    assert "delay of 30 days" in sentence(report, "S4").said
    assert "No evidence of Jamaica has been judged" in sentence(report, "S5").said
    assert "A bill is before us." in sentence(report, "SAYS/open_share").said
    assert sentence(report, "S1").rows == [["impacs.stateaction", str(action_of(decision, "JAM").pk)]]


def test_a_card_counts_only_what_binds_the_state_on_the_day(cast):
    overdue()
    (card,) = scorecards.cards(cast[MANAGER], ago(0), None, ["JAM"])
    assert card.scores.open.whole == 1
    (before,) = scorecards.cards(cast[MANAGER], ago(201), None, ["JAM"])
    assert before.scores.open.whole == 0
    assert len(scorecards.cards(cast[MANAGER], ago(0), None)) == 15
    assert scorecards.cards(cast[MANAGER], ago(0), None, ["CYM"]) == []


def test_a_state_sees_its_own_numbers_and_comments_alone(cast, client_for):
    overdue()
    actions.write_comment(cast[JAMAICA], None, indicator="open_share", cut_off=today(), text="A bill is before us.")
    # a day that has begun for each of them
    cards = f"/reports/scorecards/?as_of={today()}"
    own = client_for(JAMAICA).get(cards).content.decode()
    other = client_for(BARBADOS).get(cards).content.decode()
    secretariat = client_for(OFFICER).get(cards).content.decode()
    associate = client_for(CAYMAN).get(cards).content.decode()
    assert "A bill is before us." in own
    assert "Barbados" not in own.split("<main", 1)[1]
    assert "A bill is before us." not in other
    assert "A bill is before us." in secretariat
    assert "Suriname" in secretariat
    assert "No numbers for this day" in associate
    assert client_for(JAMAICA).get("/reports/scorecards/?as_of=2999-01-01").status_code == 422


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"cut_off": datetime.date(2999, 1, 1)}, "cut_off"),
        ({"cut_off": datetime.date(1970, 1, 1)}, "cut_off"),
    ],
)
def test_a_comment_stands_beside_a_number_that_there_is(cast, fields, field):
    given = {"indicator": "change", "cut_off": ago(0), "text": "So it is."} | fields
    with pytest.raises(ValidationError) as wrong:
        actions.write_comment(cast[JAMAICA], None, **given)
    assert field in wrong.value.message_dict


def test_one_comment_a_number_until_it_is_withdrawn(cast):
    given = {"indicator": "change", "cut_off": ago(0), "text": "So it is."}
    first = actions.write_comment(cast[JAMAICA], None, **given)
    with pytest.raises(ValidationError, match="Withdraw it first"):
        actions.write_comment(cast[JAMAICA], None, **given)
    actions.withdraw_comment(cast[JAMAICA], first)
    assert actions.write_comment(cast[JAMAICA], None, **given).state == "standing"


def test_a_brief_tells_for_each_item_what_came_of_earlier_decisions_on_it(cast, client_for):
    meeting = room.in_session(cast, room.FULL)
    item = room.an_item(cast, meeting, kind=AgendaItem.Kind.DECISION, title="Contacts")
    draft = room.a_decision(cast, item)
    type(draft).objects.filter(pk=draft.pk).update(subject="CONTACTS")
    decision = overdue(subject="CONTACTS")
    report = actions.create_report(cast[OFFICER], None, kind="brief", as_of=ago(0), meeting=str(meeting.pk))
    report = actions.compile_report(cast[OFFICER], report)
    said = " ".join(texts(report, "items"))
    assert "“Contacts”" in said
    assert f"{decision.number} (0 of 15 obligations done, 15 overdue)" in said
    page = client_for(BARBADOS).get(f"/reports/meetings/{meeting.pk}/").content.decode()
    assert "0 of 15 obligations done, 0 need attention, 15 overdue" in page
    assert (
        f"/reports/meetings/{meeting.pk}/"
        in client_for(BARBADOS).get(f"/council/meetings/{meeting.pk}/brief/").content.decode()
    )


def test_an_issued_report_inside_is_read_by_members_and_a_scorecard_too(cast):
    overdue()
    for fields in ({"kind": "council"}, {"kind": "scorecard", "party": "JAM"}):
        report = people.issued(cast, as_of=ago(0), **fields)
        assert [Report.objects.visible_to(cast[who]).filter(pk=report.pk).exists() for who in (BARBADOS, CAYMAN)] == [
            True, False,
        ]  # fmt: skip


def test_progress_moves_the_figures_of_a_draft(cast):
    decision = overdue()
    report = the_council(cast)
    impacs.report_on_state_action(cast[JAMAICA], action_of(decision, "JAM"), text="Nearly.", progress=95)
    report = actions.refresh_report(cast[OFFICER], report)
    assert report.draft == 2
    assert sentence(report, f"LATE/{decision.number}-1").draft == 2
