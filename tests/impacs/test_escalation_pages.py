"""The pages of escalations and offices: lists, acts, vacancies, and what nobody else sees."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.access import outbox
from apps.impacs.models import Escalation, OfficeHolder
from apps.impacs.tasks.escalation import run_escalation_clock
from apps.people.models import Seat
from demo.impacs import ladder
from tests.council.meetings.people import a_meeting
from tests.days import in_days, today
from tests.impacs.people import BARBADOS, CAYMAN, JAMAICA, SECRETARIAT, a_decision, action_of
from tests.jrcc.test_budgets import asked

pytestmark = pytest.mark.django_db
LIST, OFFICES = reverse("impacs:escalations"), reverse("impacs:offices")
PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}


def text(answer: Any) -> str:
    return str(answer.content.decode())


def overdue(*parties: str, days: int = 1, count: int = 1) -> list[Any]:
    """Clauses that were due so many days ago, escalated today."""
    now = timezone.now()
    local = (now - datetime.timedelta(hours=5)).date()
    due = local - datetime.timedelta(days=days)
    decisions = [a_decision((f"Each names contact {n}.", list(parties), due)) for n in range(count)]
    run_escalation_clock(now.replace(hour=20))
    outbox.drain(but=outbox.MAIL)
    return decisions


def page(row: Any) -> str:
    return reverse("impacs:escalation", args=[row.pk])


def do(browser: Client, row: Any, verb: str, **fields: Any) -> Any:
    return browser.post(reverse("impacs:escalation_do", args=[row.pk, verb]), fields)


def test_a_state_reads_its_own_escalations_and_the_agency_all_of_them(cast: Any, client_for: Any) -> None:
    decision, *_ = overdue("BRB", "JAM", "CYM")
    for who, own in ((BARBADOS, {"BRB"}), (JAMAICA, {"JAM"}), (CAYMAN, {"CYM"})):
        shown = text(client_for(who).get(LIST))
        assert shown.count("<tbody") == 1
        assert {code for code in ("BRB", "JAM", "CYM") if f'">{code}</abbr>' in shown.partition("<tbody")[2]} == own
    everything = text(client_for(SECRETARIAT).get(LIST)).partition("<tbody")[2]
    assert all(f'">{code}</abbr>' in everything for code in ("BRB", "JAM", "CYM"))
    assert str(decision) in everything
    foreign = Escalation.objects.get(party="JAM")
    assert client_for(BARBADOS).get(page(foreign)).status_code == 404
    assert do(client_for(BARBADOS), foreign, "acknowledge", answer="x").status_code == 404
    assert client_for("brb.border.officer").get(LIST).status_code == 404


def test_filters_stand_in_the_address_and_an_empty_list_leads_back(cast: Any, client_for: Any) -> None:
    overdue("BRB", "JAM")
    browser = client_for(SECRETARIAT)
    assert text(browser.get(f"{LIST}?party=JAM")).partition("<tbody")[2].count("<tr") == 1
    assert text(browser.get(f"{LIST}?shown=silent&office=permanent_secretary")).partition("<tbody")[2].count("<tr") == 2
    nothing = text(browser.get(f"{LIST}?office=council_list"))
    assert "Nothing matches your choice" in nothing
    assert browser.get(f"{LIST}?shown=rubbish&office=<b>&party={'x' * 99}").status_code == 200
    assert "No escalations" in text(client_for(CAYMAN).get(LIST))


def test_the_page_says_who_is_asked_why_and_takes_the_answer(cast: Any, client_for: Any) -> None:
    decision, *_ = overdue("BRB")
    row = Escalation.objects.get()
    browser = client_for(SECRETARIAT)
    shown = text(browser.get(page(row)))
    for words in ("Director of IMPACS", "The office is vacant: Permanent secretary", "Each names contact 0."):
        assert words in shown
    assert do(browser, row, "acknowledge", answer="I called the ministry.").status_code == 302
    row.refresh_from_db()
    assert row.state == "acknowledged"
    again = text(browser.get(page(row)))
    assert "I called the ministry." in again
    assert 'method="post"' not in again.partition("<main")[2], "answered once"
    action = action_of(decision, "BRB")
    part = reverse("impacs:escalation_of", args=["impacs.stateaction", action.pk])
    assert part in text(client_for(BARBADOS).get(reverse("impacs:action", args=[action.pk])))
    assert "I called the ministry." in text(client_for(BARBADOS).get(part, headers=PARTIAL))
    assert "I called the ministry." in text(client_for(BARBADOS).get(part))
    foreign = text(client_for(JAMAICA).get(part))
    assert "I called" not in foreign
    assert "No one has had to be notified of the due date" in foreign, (
        "other States see the action, not what was raised about it"
    )
    assert client_for(CAYMAN).get(part).status_code == 404
    unknown = reverse("impacs:escalation_of", args=["council.decision", action.pk])
    assert browser.get(unknown).status_code == 404


def test_an_act_that_is_wrong_stays_on_its_page(cast: Any, client_for: Any) -> None:
    overdue("BRB", days=20)
    row = Escalation.objects.get()
    row.office, row.rung = "minister_office", 4
    row.save()
    browser = client_for(SECRETARIAT)
    empty = do(browser, row, "pass_on", answer="")
    assert empty.status_code == 422
    assert "Write one sentence, for example: The bill goes to Cabinet on 3 March" in text(empty)
    vacant = do(browser, row, "pass_on", answer="Minister, the contact is not named.")
    assert vacant.status_code == 422
    assert "Ask its ministry to name someone, or write a letter and acknowledge" in text(vacant)
    assert "Minister, the contact is not named." in text(vacant), "what was typed stays"
    assert do(browser, row, "acknowledge", answer="x" * 501).status_code == 422
    meeting = str(a_meeting(cast).pk)
    assert do(browser, row, "put_on_list", meeting=meeting).status_code == 403
    assert do(browser, row, "raise").status_code == 404
    assert do(browser, row, "nothing").status_code == 404
    assert do(browser, row, "acknowledge", answer="ok", version="99").status_code == 412
    row.refresh_from_db()
    assert row.state == "raised"


def test_the_list_for_a_meeting_is_chosen_among_those_to_come(cast: Any, client_for: Any) -> None:
    overdue("BRB", days=40)
    row = Escalation.objects.get()
    row.office, row.told, row.rung = "council_list", "council_list", 5
    row.save()
    meeting = a_meeting(cast)
    browser = client_for("impacs.secretariat.officer")
    assert str(meeting.pk) in text(browser.get(page(row)))
    assert do(browser, row, "put_on_list", meeting="00000000-0000-0000-0000-000000000000").status_code == 422
    assert do(browser, row, "put_on_list", meeting=str(meeting.pk)).status_code == 302
    assert "On the Council&#x27;s list" in text(browser.get(page(row)))


def test_a_ministry_names_its_offices_and_the_agency_sees_who_is_missing(cast: Any, client_for: Any) -> None:
    browser = client_for(BARBADOS)
    shown = text(browser.get(OFFICES))
    assert "Permanent secretary" in shown
    assert "Director of IMPACS" not in shown
    seat = Seat.objects.get(pk=cast["brb.ministry.reader"].seat_id)
    today = (timezone.now() - datetime.timedelta(hours=4)).date()
    given = {"office": "permanent_secretary", "seat": str(seat.uid), "valid_from": f"{today:%-d %b %Y}"}
    assert browser.post(OFFICES, given).status_code == 302
    holder = OfficeHolder.objects.get()
    assert (holder.party_id, holder.seat_id, holder.valid_from, holder.valid_to) == ("BRB", seat.pk, today, None)
    name = seat.user.get_full_name()
    assert name in text(browser.get(OFFICES))
    whole = text(client_for(SECRETARIAT).get(OFFICES))
    assert name in whole
    assert whole.count("Vacant") > 20
    assert name not in text(client_for(JAMAICA).get(OFFICES)), "who holds an office is the State's and the agency's"
    assert client_for(JAMAICA).post(reverse("impacs:office_end", args=[holder.pk])).status_code == 404
    successor = Seat.objects.get(pk=cast[BARBADOS].seat_id)
    assert browser.post(OFFICES, given | {"seat": str(successor.uid)}).status_code == 302
    assert OfficeHolder.objects.filter(state="held").get().seat_id == successor.pk
    assert (
        browser.post(reverse("impacs:office_end", args=[OfficeHolder.objects.get(state="held").pk])).status_code == 302
    )
    assert not OfficeHolder.objects.filter(state="held").exists()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("valid_from", "soon", "Enter a day"),
        ("valid_from", "1 Jan 2020", "cannot be filled in the past"),
        ("valid_from", "", "required"),
        ("office", "impacs_director", "Select a valid choice"),
        ("office", "council_list", "Select a valid choice"),
        ("seat", "00000000-0000-0000-0000-000000000000", "Select a valid choice"),
        ("seat", "", "required"),
    ],
)
def test_a_wrong_name_is_told_at_its_place(cast: Any, client_for: Any, field: str, value: str, words: str) -> None:
    seat = Seat.objects.get(pk=cast[BARBADOS].seat_id)
    given = {
        "office": "permanent_secretary",
        "seat": str(seat.uid),
        "valid_from": in_days(30).isoformat(),
        field: value,
    }
    answer = client_for(BARBADOS).post(OFFICES, given)
    assert answer.status_code == 422
    assert words in text(answer)
    assert not OfficeHolder.objects.exists()


def test_a_seat_of_another_desk_and_a_reader_are_refused(cast: Any, client_for: Any) -> None:
    foreign = Seat.objects.get(pk=cast[JAMAICA].seat_id)
    given = {"office": "approver", "seat": str(foreign.uid), "valid_from": in_days(30).isoformat()}
    assert client_for(BARBADOS).post(OFFICES, given).status_code == 422
    reader = client_for("brb.ministry.reader")
    assert 'method="post" novalidate' not in text(reader.get(OFFICES))
    own = Seat.objects.get(pk=cast[BARBADOS].seat_id)
    assert reader.post(OFFICES, given | {"seat": str(own.uid)}).status_code == 403
    assert not OfficeHolder.objects.exists()


def test_pages_ask_as_often_for_many_escalations_as_for_one(cast: Any, client_for: Any) -> None:
    overdue("BRB")
    row = Escalation.objects.get()
    places = {LIST: (BARBADOS, SECRETARIAT), page(row): (BARBADOS, SECRETARIAT), OFFICES: (BARBADOS, SECRETARIAT)}
    few = {(place, who): len(asked(client_for(who), place)) for place, each in places.items() for who in each}
    overdue("BRB", "JAM", count=12)
    assert Escalation.objects.count() >= 24
    many = {(place, who): len(asked(client_for(who), place)) for place, each in places.items() for who in each}
    assert many == few
    assert {key: count for key, count in many.items() if count > 12} == {}


def test_the_demonstration_shows_vacancies_and_an_answer_and_is_played_once(cast: Any) -> None:
    due = today() - datetime.timedelta(days=3)
    a_decision(("Each names a contact.", ["JAM", "BRB", "GRD"], due))
    found = ladder.load()
    assert found == ladder.load() == 3
    told = dict(Escalation.objects.values_list("party", "told"))
    assert told == {"JAM": "permanent_secretary", "BRB": "permanent_secretary", "GRD": "impacs_director"}
    assert Escalation.objects.get(party="JAM").state == "acknowledged"
    assert OfficeHolder.objects.count() == 4
