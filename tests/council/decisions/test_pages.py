"""Pages of decisions: the list, one decision, the editor, the comparison, votes by button."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.council.actions import amendments, declarations, drafts, seals, votes
from apps.council.models import Ballot, Clause, Decision, Statement
from tests.council.decisions.test_sealing import a_sealed
from tests.council.decisions.test_voting import WITH_PEOPLE, an_open_vote, decider
from tests.council.papers.world import an_item
from tests.council.people import SECRETARIAT, a_draft, a_proposal, a_session, clauses
from tests.days import NEXT, in_days

MOST = 12
CONTROL = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")
LIST = "/council/decisions/"


def page(decision, tab=""):
    return reverse("council:decision", args=[decision.pk]) + (f"?tab={tab}" if tab else "")


def shown(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, answer.content[:300]
    return answer.content.decode()


def asked(client, address):
    shown(client, address)
    with CaptureQueriesContext(connection) as caught:
        client.get(address)
    return [q["sql"] for q in caught.captured_queries if not q["sql"].startswith(CONTROL)]


def row(place, **fields):
    given = {"number": "", "text": "", "addressees": "ALL_MEMBER_STATES", "due": "", "kind": "action"} | fields
    return {f"c-{place}-{name}": value for name, value in given.items()}


def sent(*rows, initial=0, **fields):
    data = {"c-TOTAL_FORMS": len(rows), "c-INITIAL_FORMS": initial, "kind": "decision", "title": "Contacts", **fields}
    for place, one in enumerate(rows):
        data |= row(place, **one)
    return data


def test_a_draft_is_on_the_list_of_its_desk_alone_until_it_is_proposed(cast, client_for):
    decision = a_draft(cast, "brb.ministry.decider")
    assert decision.title in shown(client_for("brb.ministry.decider"), LIST)
    assert decision.title not in shown(client_for("jam.ministry.decider"), LIST)
    drafts.propose_decision(cast["brb.ministry.decider"], decision)
    assert decision.title in shown(client_for("jam.ministry.decider"), LIST)


def test_the_list_is_narrowed_by_words_state_subject_and_what_binds_us(cast, client_for, drain):
    sealed = a_sealed(cast, subject="CYBER", title="A laboratory", clauses=[clauses()[1]])
    a_proposal(cast, title="Contacts day and night")
    drain()
    client = client_for("jam.ministry.decider")
    assert "A laboratory" in shown(client, f"{LIST}?q=circulate+provisions")
    assert "A laboratory" not in shown(client, f"{LIST}?state=proposed")
    assert "Contacts day and night" not in shown(client, f"{LIST}?subject=CYBER")
    assert "No match" in shown(client, f"{LIST}?binds_us=on")
    assert "A laboratory" in shown(client_for("impacs.secretariat.manager"), f"{LIST}?binds_us=on")
    assert "A laboratory" in shown(client, f"{LIST}?q={sealed.number.lower().replace('/', '+')}")
    assert client.get(f"{LIST}?state=nonsense").status_code == 422


@pytest.mark.machine_clock
def test_what_changed_since_the_last_visit_is_marked(cast, client_for):
    decision = a_proposal(cast)
    client = client_for("jam.ministry.decider")
    assert "New</span>" in shown(client, LIST)
    shown(client, page(decision))
    assert 'class="new"' not in shown(client, LIST)
    amendments.propose_amendment(cast["brb.ministry.decider"], decision, clause="1", text="Each State names two.")
    assert "Changed</span>" in shown(client, LIST)


def test_a_decision_is_not_there_for_border_desks_and_for_those_who_may_not_see_it(cast, client_for):
    draft = a_draft(cast, "brb.ministry.decider")
    assert client_for("jam.ministry.decider").get(page(draft)).status_code == 404
    assert client_for("jam.border.officer").get(LIST).status_code == 404
    assert client_for("brb.ministry.decider").get(page(draft, "nonsense")).status_code == 404


def test_a_state_votes_by_button_with_its_explanation_and_may_change_it(cast, client_for):
    decision = an_open_vote(cast)
    client = client_for("brb.ministry.decider")
    assert "For, subject to confirmation" in shown(client, page(decision))
    cast_ = reverse("council:act", args=["decisions", decision.pk, "cast_vote"])
    assert client.post(cast_, {"vote": "for", "explanation": "It is time."}).status_code == 302
    assert Ballot.objects.get().explanation == "It is time."
    text = shown(client, page(decision))
    assert "Change our vote" in text
    assert "Barbados has voted: <b>For</b>" in text
    assert "has voted: <b>" not in shown(client_for("jam.ministry.decider"), page(decision))


def test_an_associate_and_a_reader_are_told_why_they_have_no_vote(cast, client_for):
    decision = an_open_vote(cast)
    assert "Associate Members attend and speak" in shown(client_for("cym.ministry.decider"), page(decision))
    text = shown(client_for("brb.ministry.reader"), page(decision))
    assert "You cannot vote here." in text
    assert 'name="vote"' not in text


def test_the_votes_of_an_open_electronic_vote_are_not_shown_and_those_of_a_closed_one_are(cast, client_for):
    decision = an_open_vote(cast)
    votes.cast_vote(decider(cast, "BRB"), decision, vote="against", explanation="Costs.")
    client = client_for("jam.ministry.decider")
    assert "Costs." not in shown(client, page(decision, "votes"))
    votes.close_vote(cast[SECRETARIAT], decision)
    text = shown(client, page(decision, "votes"))
    assert "Costs." in text
    assert "3/4 of 15 = 11.25, rounded up 12" in text
    assert "Rejected: 0 for, 12 of 15 needed." in text


def test_the_chair_rules_on_an_amendment_by_button(cast, client_for):
    meeting = a_session()
    decision = a_proposal(cast, meeting=meeting.pk)
    decision = amendments.propose_amendment(cast["brb.ministry.decider"], decision, clause="1", text="Each names two.")
    accept = reverse("council:act", args=["decisions", decision.pk, "accept_amendment"])
    assert accept not in shown(client_for("jam.ministry.decider"), page(decision))
    chair = client_for("tto.ministry.decider")
    assert accept in shown(chair, page(decision))
    assert chair.post(accept, {"number": 1, "version": decision.version}).status_code == 302
    assert Clause.objects.get(decision=decision, number="1").text == "Each names two."
    compared = reverse("council:decision_compare", args=[decision.pk])
    text = shown(client_for("jam.ministry.decider"), f"{compared}?from=1&to=2")
    assert "Each <del>Member State </del>names <del>a contact</del><ins>two</ins>." in text
    assert client_for("jam.ministry.decider").get(f"{compared}?from=1&to=7").status_code == 404


def test_the_form_of_an_amendment_begins_with_the_clause_as_it_stands(cast, client_for):
    decision = a_proposal(cast)
    client = client_for("brb.ministry.decider")
    text = shown(client, reverse("council:decision_amend", args=[decision.pk]) + "?clause=2")
    assert "IMPACS circulates the model provisions." in text
    closed = votes.open_vote(cast[SECRETARIAT], decision)
    assert client.get(reverse("council:decision_amend", args=[closed.pk])).status_code == 409


def test_a_draft_is_written_clause_by_clause_and_adding_a_row_loses_nothing(cast, client_for):
    client = client_for("brb.ministry.decider")
    more = client.post(
        f"{LIST}new/", sent({"text": "Each State reports.", "due": "nonsense"}, add="1", title="Reports")
    )
    assert more.status_code == 200
    text = more.content.decode()
    assert 'name="c-1-text"' in text
    for kept in ("Each State reports.", "nonsense", 'value="Reports"'):
        assert kept in text
    done = client.post(
        f"{LIST}new/",
        sent(
            {"text": "Each State reports.", "due": f"31 Dec {NEXT}", "evidence": "Law; Gazette"},
            {"text": "They meet.", "addressees": "STATES", "states": ["BRB", "JAM"]},
            {"text": "Dropped.", "DELETE": "on"},
            {},
        ),
    )
    assert done.status_code == 302, done.content.decode()
    decision = Decision.objects.get()
    first, second = Clause.objects.filter(decision=decision).order_by("position")
    assert (first.due_on, first.evidence_required) == (datetime.date(NEXT, 12, 31), ["Law", "Gazette"])
    assert second.addressee_rule == "STATES:BRB,JAM"
    assert done.url == page(decision)


def test_a_draft_is_begun_from_an_agenda_item_and_stands_under_it(cast, client_for):
    item = an_item(cast, a_session())
    client = client_for("brb.ministry.decider")
    begin = f"{LIST}new/?item={item.pk}"
    assert begin in shown(client, reverse("council:item", args=[item.pk]))
    assert f'<option value="{item.pk}" selected>' in shown(client, begin)
    assert client.post(f"{LIST}new/", sent({"text": "One."}, item=str(item.pk))).status_code == 302
    assert Decision.objects.get().item_id == item.pk
    assert client.post(f"{LIST}new/", sent({"text": "One."}, item="nonsense")).status_code == 422


def test_a_fault_stands_at_the_row_where_it_was_typed(client_for, cast):
    client = client_for("brb.ministry.decider")
    answer = client.post(
        f"{LIST}new/", sent({"text": "One."}, {"text": "Two.", "addressees": "STATES"}, {"text": "3", "due": "soon"})
    )
    assert answer.status_code == 422
    rows = answer.context["rows"]
    assert [set(form.errors) for form in rows] == [set(), {"states"}, {"due"}]
    doubled = client.post(f"{LIST}new/", sent({"text": "One.", "number": "1"}, {"text": "Two.", "number": "1"}))
    assert set(doubled.context["rows"][1].errors) == {"number"}
    refused = client.post(f"{LIST}new/", sent({"text": "One."}, {"text": "Two.", "addressees": "ORGAN:NOBODY"}))
    assert refused.status_code == 422
    assert "There is no body NOBODY" in refused.context["rows"][1].errors["addressees"][0]
    assert client.post(f"{LIST}new/", sent({})).status_code == 422
    assert not Decision.objects.exists()


def test_a_draft_is_changed_in_the_editor_and_a_stale_page_is_refused_with_what_was_typed(cast, client_for):
    decision = a_draft(cast, "brb.ministry.decider")
    client = client_for("brb.ministry.decider")
    place = reverse("council:decision_revise", args=[decision.pk])
    assert "Each Member State names a contact." in shown(client, place)
    typed = sent({"text": "Each State names two."}, initial=1, version=decision.version)
    assert client.post(place, typed).status_code == 302
    stale = client.post(place, typed | {"c-0-text": "Each State names three."})
    assert stale.status_code == 412
    assert "Each State names three." in stale.content.decode()
    assert client_for("jam.ministry.decider").get(place).status_code == 404


def test_the_page_of_a_sealed_decision_shows_its_seal_its_number_and_what_states_declared(cast, client_for):
    decision = a_sealed(cast)
    declarations.enter_reservation(cast["brb.ministry.decider"], decision, clauses=["1"], text="Only in office hours.")
    seals.correct_decision(
        cast[SECRETARIAT], decision, clause="1", wrong="a contact", right="one contact", reason="Slip"
    )
    text = shown(client_for("jam.ministry.decider"), page(decision))
    for words in (decision.number, "Seal intact", "Only in office hours.", "one contact", decision.seal[:8]):
        assert words in text


@pytest.mark.django_db(transaction=True)
def test_a_sealed_decision_that_somebody_changed_in_the_database_says_so(cast, client_for, as_owner):
    decision = a_sealed(cast)
    as_owner(
        "ALTER TABLE council_decision DISABLE TRIGGER sealed",
        f"UPDATE council_decision SET title = 'Another title' WHERE id = '{decision.pk}'",
        "ALTER TABLE council_decision ENABLE TRIGGER sealed",
    )
    assert "Seal broken" in shown(client_for("jam.ministry.decider"), page(decision))


def test_a_reservation_names_clauses_as_a_person_writes_them(cast, client_for):
    decision = a_sealed(cast)
    client = client_for("brb.ministry.decider")
    place = reverse("council:act", args=["decisions", decision.pk, "enter_reservation"])
    wrong = client.post(place, {"clauses": "1, 7", "text": "Only in office hours."})
    assert wrong.status_code == 422
    assert "There is no clause 7." in wrong.content.decode()
    assert 'value="1, 7"' in wrong.content.decode()
    assert client.post(place, {"clauses": "1, 2", "text": "Only in office hours."}).status_code == 302
    assert Statement.objects.get().clauses == ["1", "2"]


def test_a_text_is_translated_clause_by_clause_and_is_behind_when_the_text_moves_on(cast, client_for):
    decision = a_proposal(cast)
    client = client_for("sur.ministry.decider")
    place = reverse("council:decision_translate", args=[decision.pk])
    assert "Each Member State names a contact." in shown(client, place)
    typed = {"language": "nl", "title": "Contacten", "clause_0": "Elke lidstaat noemt een contact."}
    assert client.post(place, typed).status_code == 422
    assert client.post(place, typed | {"clause_1": "IMPACS deelt uit."}).status_code == 302
    text = shown(client, page(decision, "texts"))
    assert 'lang="nl"' in text
    assert "Older than the English text" not in text
    decision = amendments.propose_amendment(cast["brb.ministry.decider"], decision, clause="1", text="Two.")
    amendments.accept_amendment(cast[SECRETARIAT], decision, number=1)
    assert "Older than the English text" in shown(client, page(decision, "texts"))


def test_a_rejected_text_is_drafted_again_and_both_are_linked(cast, client_for):
    decision = votes.close_vote(cast[SECRETARIAT], an_open_vote(cast))
    client = client_for("brb.ministry.decider")
    assert client.post(reverse("council:decision_retable", args=[decision.pk])).status_code == 302
    again = Decision.objects.get(retabled_from=decision)
    assert str(again) in shown(client, page(decision))
    assert str(decision) in shown(client, page(again))


def test_pages_of_decisions_keep_to_twelve_questions(cast, client_for, api):
    decision = a_full_decision(cast, api)
    open_ = an_open_vote(cast)
    client = client_for("jam.ministry.decider")
    places = [LIST, f"{LIST}?q=contact&binds_us=on", page(open_), page(open_, "votes")]
    places += [page(decision, tab) for tab in ("decision", "votes", "texts", "history")]
    places += [reverse("council:decision_compare", args=[decision.pk])]
    few = {place: asked(client, place) for place in places}
    assert {place: len(all_) for place, all_ in few.items() if len(all_) > MOST} == {}, "\n".join(
        q[:150] for all_ in few.values() if len(all_) > MOST for q in all_
    )
    for _each in range(3):
        a_proposal(cast)
    assert len(asked(client, LIST)) == len(few[LIST])


def a_full_decision(cast, api):
    """Sealed, with 15 ballots, 6 clauses and 4 statements."""
    meeting = a_session()
    clauses = [
        {"text": f"Rule {n}.", "addressees": "ALL_MEMBER_STATES", "due": in_days(120).isoformat()} for n in range(6)
    ]
    decision = votes.open_vote(cast[SECRETARIAT], a_proposal(cast, meeting=meeting.pk, clauses=clauses))
    for party in WITH_PEOPLE:
        votes.cast_vote(decider(cast, party), decision, vote="for")
    for party in ("BHS", "BLZ", "DMA", "GRD", "HTI", "MSR", "VCT"):
        address = f"/api/v1/council/decisions/{decision.pk}/actions/cast_vote/"
        assert api(f"{party}.ministry").post(address, {"vote": "for"}, format="json").status_code == 200
    decision = seals.seal_decision(cast[SECRETARIAT], votes.close_vote(cast[SECRETARIAT], decision))
    for party in WITH_PEOPLE[:4]:
        decision = declarations.enter_reservation(decider(cast, party), decision, clauses=["2"], text="In part.")
    return decision


@pytest.mark.parametrize("tab", ["decision", "votes", "texts", "history"])
def test_every_tab_of_every_state_is_shown_to_secretariat_and_ministry(cast, client_for, tab):
    meeting = a_session()
    made = [a_draft(cast), a_proposal(cast), an_open_vote(cast), a_sealed(cast)]
    made.append(
        votes.adopt_decision_by_consensus(cast[SECRETARIAT], a_proposal(cast, meeting=meeting.pk), objections=["BRB"])
    )
    made.append(votes.close_vote(cast[SECRETARIAT], an_open_vote(cast)))
    for decision in made:
        assert decision.title in shown(client_for(SECRETARIAT), page(decision, tab))
