"""The pages of obligations, one action, mandates and progress, and My work."""

import datetime
import re
from html import unescape

import pytest

from apps.impacs import actions
from apps.impacs.models import Report, StateAction
from apps.impacs.queries.obligations import obligations
from apps.people.queries.work import waiting_for
from tests.days import EAST, today
from tests.impacs.people import (
    BARBADOS,
    CAYMAN,
    DUE,
    JAMAICA,
    SECRETARIAT,
    a_decision,
    action_of,
    ended,
)
from tests.jrcc.test_budgets import asked

pytestmark = pytest.mark.django_db
MATRIX, OBLIGATIONS, MANDATES = "/impacs/matrix/", "/impacs/obligations/", "/impacs/mandates/"


def text_of(answer):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def in_days(count):
    return today(EAST) + datetime.timedelta(days=count)


def some_obligations(cast):
    """Due long ago, soon, later and not at all, in another order; the later one is acknowledged."""
    begun = in_days(-5)
    late = ("Late work.", ["BRB"], in_days(-2))
    soon = ("Soon work.", ["BRB", "JAM"], in_days(20))
    far = ("Far work.", ["BRB"], in_days(200))
    known = ("Known work.", ["BRB"], in_days(100))
    decision = a_decision(known, far, late, soon, ("Foreign work.", ["JAM"], in_days(3)), day=begun)
    actions.acknowledge_state_action(cast[BARBADOS], action_of(decision, "BRB", "1"))
    return decision


def test_a_states_obligations_come_in_the_order_in_which_to_do_them(cast, client_for):
    some_obligations(cast)
    found = obligations(cast[BARBADOS], today(EAST))
    assert [(one.group, one.row.clause_text) for one in found] == [
        ("overdue", "Late work."),
        ("soon", "Soon work."),
        ("waiting", "Far work."),
        ("later", "Known work."),
    ]
    page = text_of(client_for(BARBADOS).get(OBLIGATIONS))
    places = [page.index(words) for words in ("Late work.", "Soon work.", "Far work.", "Known work.")]
    assert places == sorted(places)
    assert "Due 2 days ago, no evidence." in page
    assert "Foreign work." not in page


def test_what_waits_for_a_ministry_stands_on_its_desk(cast):
    decision = some_obligations(cast)
    rows = [(row.title, row.code) for row in waiting_for(cast[BARBADOS])]
    assert rows == [(t, f"{decision}, {n}") for n, t in [(3, "Late work."), (4, "Soon work."), (2, "Far work.")]]
    assert waiting_for(cast["brb.ministry.reader"]) == []


def test_an_obligation_ends_with_its_decision(cast):
    decision = some_obligations(cast)
    ended(decision, in_days(0))
    assert obligations(cast[BARBADOS], today(EAST)) == []


def test_a_ministry_acknowledges_from_the_list_and_reports_on_the_page(cast, client_for):
    row = action_of(a_decision(), "BRB")
    browser = client_for(BARBADOS)
    page, seat = f"/impacs/actions/{row.pk}/", cast[BARBADOS].seat_id
    assert browser.post(f"{page}acknowledge/", {"_seat": seat}, follow=True).status_code == 200
    assert "acknowledge/" not in browser.get(page).content.decode()
    shown = browser.get(f"{page}report/")
    version = re.search(r'name="version" value="(\d+)"', shown.content.decode()).group(1)
    answer = browser.post(
        f"{page}report/", {"_seat": seat, "version": version, "text": "Contact named.", "progress": "60"}, follow=True
    )
    assert "Contact named." in text_of(answer)
    assert StateAction.objects.get(pk=row.pk).progress == 60


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"text": "", "progress": "60"}, "Write what was done"),
        ({"text": "Typed with care", "progress": "120"}, "Progress cannot be more than 100"),
        ({"text": "Typed with care", "progress": "much"}, "Enter a whole number from 0 to 100, for example 60"),
    ],
)
def test_a_wrong_report_is_told_at_its_field_and_keeps_what_was_typed(cast, client_for, sent, sentence):
    row = action_of(a_decision(), "BRB")
    answer = client_for(BARBADOS).post(f"/impacs/actions/{row.pk}/report/", {"_seat": cast[BARBADOS].seat_id, **sent})
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert sent["text"] in answer.content.decode()
    assert not Report.objects.exists()


def test_a_report_on_a_decision_that_ended_meanwhile_keeps_what_was_typed(cast, client_for):
    decision = a_decision()
    row = action_of(decision, "BRB")
    ended(decision, in_days(0))
    sent = {"_seat": cast[BARBADOS].seat_id, "text": "Typed with care", "progress": "60"}
    answer = client_for(BARBADOS).post(f"/impacs/actions/{row.pk}/report/", sent)
    assert (answer.status_code, "Typed with care" in answer.content.decode()) == (409, True)


def test_another_state_reads_the_status_and_not_the_words(cast, client_for):
    row = action_of(a_decision(), "BRB")
    actions.report_on_state_action(cast[BARBADOS], row, text="The bill waits in Cabinet.", progress=40)
    places = [f"/impacs/actions/{row.pk}/", MATRIX, f"/impacs/decisions/{row.decision_id}/progress/"]
    for place in places:
        page = text_of(client_for(JAMAICA).get(place))
        assert "The bill waits" not in page
    assert "Barbados and IMPACS can read what Barbados reports." in text_of(client_for(JAMAICA).get(places[0]))
    for reader in (BARBADOS, SECRETARIAT):
        assert "The bill waits" in text_of(client_for(reader).get(places[0]))


def test_another_state_cannot_report_for_it(cast, client_for):
    row = action_of(a_decision(), "BRB")
    sent = {"_seat": cast[JAMAICA].seat_id, "text": "Nothing done.", "progress": "0"}
    answer = client_for(JAMAICA).post(f"/impacs/actions/{row.pk}/report/", sent)
    assert answer.status_code == 403
    assert not Report.objects.exists()


def test_an_associate_member_opens_its_own_action_and_no_other(cast, client_for):
    decision = a_decision(("Everybody acts.", ["BRB", "CYM"], DUE))
    statuses = [
        client_for(CAYMAN).get(f"/impacs/actions/{action_of(decision, party).pk}/").status_code
        for party in ("CYM", "BRB")
    ]
    assert statuses == [200, 404]


def test_impacs_finds_its_mandates_and_their_decision(cast, client_for):
    decision = a_decision(("IMPACS circulates the model.", ["IMPACS"], DUE), ("JRCC watches.", ["JRCC"], None))
    page = client_for(SECRETARIAT).get(MANDATES, {"body": "IMPACS"})
    assert "IMPACS circulates the model." in text_of(page)
    assert "JRCC watches." not in text_of(page)
    assert f"/impacs/decisions/{decision.pk}/progress/" in page.content.decode()


def test_the_progress_of_a_decision_is_a_page_and_a_part_of_one(cast, client_for):
    decision = a_decision(("Two act; IMPACS helps.", ["BRB", "JAM", "IMPACS"], DUE), ("To note.", [], None))
    place = f"/impacs/decisions/{decision.pk}/progress/"
    whole, part = (client_for(BARBADOS).get(place, headers=more) for more in ({}, {"HX-Request-Type": "partial"}))
    assert "<h1>" in whole.content.decode()
    assert "<h1>" not in part.content.decode()
    for page in (text_of(whole), text_of(part)):
        assert "0 of 2 States done" in page
        assert "Mandate of IMPACS : Open" in page or "Mandate of IMPACS: Open" in page
        assert "2. To note." in page


def test_a_cell_can_be_read_without_seeing_it(cast, client_for):
    a_decision(day=in_days(-100))
    page = client_for(BARBADOS).get(f"{MATRIX}?as_of={in_days(0)}&compare={in_days(-99)}")
    assert f'value="{in_days(0).day} {in_days(0):%b %Y}"' in page.content.decode()
    assert "Grenada: " in page.content.decode()
    assert ", previously: on track" in page.content.decode()
    assert 'class="me"><abbr title="Barbados">BRB' in page.content.decode()


def test_a_day_that_cannot_be_read_is_told_at_its_field(cast, client_for):
    a_decision()
    for place in (MATRIX, "/impacs/matrix.csv"):
        answer = client_for(BARBADOS).get(f"{place}?as_of=soon&mine=on")
        assert answer.status_code == 422
        assert "for example 30 Jun 2026" in text_of(answer)


def test_an_empty_matrix_says_why(client_for):
    assert "No decisions in force yet" in text_of(client_for(BARBADOS).get(MATRIX))
    assert "No decisions match these filters" in text_of(client_for(BARBADOS).get(f"{MATRIX}?mine=on"))
    assert "Your State has no obligations in force" in text_of(client_for(BARBADOS).get(OBLIGATIONS))


def test_the_matrix_by_state_links_and_counts(cast, client_for):
    a_decision()
    page = text_of(client_for(BARBADOS).get(f"{MATRIX}?by=state&as_of={in_days(0)}"))
    assert "0 of 1" in page
    assert "Grenada" in page


@pytest.mark.parametrize("place", [MATRIX, MANDATES, "/impacs/matrix.csv", "/impacs/matrix.xlsx"])
def test_pages_of_the_council_are_not_there_for_other_desks(client_for, place):
    assert client_for("brb.border.officer").get(place).status_code == 404
    assert client_for(SECRETARIAT).get(place).status_code == 200


def test_obligations_are_a_ministrys(client_for):
    assert client_for(SECRETARIAT).get(OBLIGATIONS).status_code == 404


def test_pages_ask_as_often_for_many_rows_as_for_one_and_never_more_than_twelve_times(cast, client_for):
    decision = a_decision(("All act.", ["BRB", "JAM", "IMPACS"], DUE))
    row = action_of(decision, "BRB")
    actions.report_on_state_action(cast[BARBADOS], row, text="Begun.", progress=5)
    pages = {
        "obligations": (BARBADOS, OBLIGATIONS),
        "action": (BARBADOS, f"/impacs/actions/{row.pk}/"),
        "progress": (BARBADOS, f"/impacs/decisions/{decision.pk}/progress/"),
        "mandates": (SECRETARIAT, MANDATES),
        "matrix": (BARBADOS, MATRIX),
        "desk": (BARBADOS, "/people/desk/"),
    }
    few = {name: asked(client_for(who), place) for name, (who, place) in pages.items()}
    for _ in range(10):
        a_decision(("All act.", ["BRB", "JAM", "IMPACS"], DUE), ("All tell.", ["BRB"], None))
    many = {name: asked(client_for(who), place) for name, (who, place) in pages.items()}
    assert {name: len(each) for name, each in many.items()} == {name: len(each) for name, each in few.items()}
    own = {name: len(each) for name, each in many.items() if name != "desk"}  # every app asks for My work
    assert {name: count for name, count in own.items() if count > 12} == {}


def test_the_summary_counts_the_obligations_by_group_and_leads_to_each(cast, client_for, monkeypatch):
    a_decision(("Act.", "ALL_MEMBER_STATES", DUE))
    a_decision(("Report.", "ALL_MEMBER_STATES", None))
    now = datetime.datetime(2026, 10, 5, 12, tzinfo=datetime.UTC)
    monkeypatch.setattr("apps.impacs.views.work.today_of", lambda actor: now.date())
    partial = {"HX-Request": "true", "HX-Request-Type": "partial"}
    said = client_for(BARBADOS).get("/impacs/obligations/summary/", headers=partial).content.decode()
    assert re.search(rf'href="{OBLIGATIONS}#g-overdue"><b>1</b><span class="t-bad">Overdue', said)
    assert re.search(rf'href="{OBLIGATIONS}#g-waiting"><b>1</b>', said)
    assert re.search(r"<b>0</b><span>Due in 30 days", said)
