"""The public register, the search box and My work: where people find decisions."""

import datetime
import re

import pytest

from apps.access.refusal import Refused
from apps.council.actions import amendments, seals, votes
from apps.council.models import Decision
from apps.people.queries.work import waiting_for
from tests.council.decisions.test_sealing import a_sealed, an_adopted
from tests.council.decisions.test_voting import an_open_vote
from tests.council.meetings.people import a_meeting, an_item
from tests.council.papers.world import a_draft as a_paper
from tests.council.papers.world import issued
from tests.council.people import SECRETARIAT, a_draft, a_proposal, a_session
from tests.days import in_days, written

REGISTER = "/register/"


def waits(actor):
    return [row.title.partition(":")[0] for row in waiting_for(actor) if "/decisions/" in row.url]


def test_everybody_reads_a_published_decision_and_nobody_a_vote_of_a_state(cast, client, api):
    meeting = a_session()
    decision = votes.open_vote(cast[SECRETARIAT], a_proposal(cast, meeting=meeting.pk, kind="procedural"))
    for party in ("BRB", "JAM", "TTO", "GUY", "LCA", "ATG", "KNA", "SUR"):
        votes.cast_vote(cast[f"{party.lower()}.ministry.decider"], decision, vote="for", explanation="Gladly.")
    decision = seals.seal_decision(cast[SECRETARIAT], votes.close_vote(cast[SECRETARIAT], decision))
    address = f"{REGISTER}{decision.number}/"
    assert client.get(address).status_code == 404
    seals.publish_decision(cast[SECRETARIAT], decision)
    text = client.get(address).content.decode()
    for words in (decision.number, decision.seal, "All Member States", written(in_days(120)), "Adopted: 8 for"):
        assert words in text
    for hidden in ("Gladly.", "Barbados", "BRB", decision.working_no, str(decision.pk)):
        assert hidden not in text
    assert decision.title in client.get(f"{REGISTER}?q=contact").content.decode()
    assert decision.title not in client.get(f"{REGISTER}?q=laboratory").content.decode()


def test_a_decision_of_a_restricted_item_cannot_be_made_public(cast, client):
    decision = a_sealed(cast)
    item = an_item(cast, a_meeting(cast), restricted=True)
    Decision.objects.filter(pk=decision.pk).update(item=item)
    with pytest.raises(Refused) as refused:
        seals.publish_decision(cast[SECRETARIAT], Decision.objects.get(pk=decision.pk))
    assert refused.value.code == "restricted-not-public"
    assert client.get(f"{REGISTER}{decision.number}/").status_code == 404


def test_what_is_not_published_is_as_absent_as_what_never_was(cast, client):
    decision = a_sealed(cast)
    absent = client.get(f"{REGISTER}CONSLE/1999/1/DEC/01/")
    hidden = client.get(f"{REGISTER}{decision.number}/")
    assert (absent.status_code, hidden.status_code) == (404, 404)
    bodies = [answer.content.replace(answer["X-Request-Id"].encode(), b"") for answer in (absent, hidden)]
    assert bodies[0] == bodies[1]
    assert decision.title not in client.get(REGISTER).content.decode()
    published = seals.publish_decision(cast[SECRETARIAT], decision)
    assert client.get(f"{REGISTER}{published.number}/").status_code == 200
    seals.unpublish_decision(cast[SECRETARIAT], published)
    assert client.get(f"{REGISTER}{published.number}/").status_code == 404


def test_the_register_is_slowed_down_for_one_address(client, db):
    answers = [client.get(REGISTER).status_code for _each in range(121)]
    assert (answers[0], answers[-1]) == (200, 429)


def test_the_sign_in_page_leads_to_the_register(client, db):
    assert 'href="/register/"' in client.get("/accounts/login/").content.decode()


def found(browser, *asked):
    """The page of results, without the marks around the words asked for."""
    return re.sub("</?mark>", "", browser.get(*asked).content.decode())


def test_search_finds_a_decision_by_its_number_in_any_spelling_and_by_its_words(cast, client_for):
    decision = a_sealed(cast, title="Model provisions on contacts")
    _organ, year, meeting, kind, _running = decision.number.split("/")
    client = client_for("jam.ministry.decider")
    for typed in (decision.number, f"CONSLE {year} {meeting} {kind} 1", f"consle{year}-{meeting}{kind.lower()}1"):
        assert decision.title in found(client, "/search/", {"q": typed}), typed
    assert decision.title in found(client, "/search/", {"q": "provision contact"})
    assert decision.title not in found(client, "/search/", {"q": "laboratory"})
    assert decision.title not in found(client_for("jam.border.officer"), "/search/", {"q": "contact"})


def test_search_shows_no_draft_of_another_desk(cast, client_for):
    a_draft(cast, "brb.ministry.decider", title="A secret thought")
    assert "A secret thought" not in found(client_for("jam.ministry.decider"), "/search/?q=secret")
    assert "A secret thought" in found(client_for("brb.ministry.decider"), "/search/?q=secret")


def test_an_open_vote_waits_for_states_that_have_not_voted_and_for_no_associate(cast):
    decision = an_open_vote(cast)
    brb = cast["brb.ministry.decider"]
    assert waits(brb) == ["Vote"]
    votes.cast_vote(brb, decision, vote="for")
    assert waits(brb) == []
    assert waits(cast["jam.ministry.decider"]) == ["Vote"]
    assert waits(cast["jam.ministry.reader"]) == waits(cast["cym.ministry.decider"]) == []


def test_amendments_wait_for_the_chair_and_seals_and_drafts_for_their_desks(cast):
    meeting = a_session()
    proposal = a_proposal(cast, meeting=meeting.pk)
    amendments.propose_amendment(cast["brb.ministry.decider"], proposal, clause="1", text="Two.")
    assert waits(cast["tto.ministry.decider"]) == ["Decide on the amendments"]
    an_adopted(cast)
    assert sorted(waits(cast[SECRETARIAT])) == ["Decide on the amendments", "Number and seal"]
    a_draft(cast, "brb.ministry.decider")
    assert waits(cast["brb.ministry.decider"]) == ["Finish the draft"]


def test_a_cabinets_answer_and_the_reasons_for_a_recommendation_wait_with_their_last_day(cast):
    meeting = a_session(present=["JAM", "BRB", "TTO", "GUY", "LCA", "ATG", "KNA", "SUR", "DMA"])
    votes.adopt_decision_by_consensus(cast[SECRETARIAT], a_proposal(cast, meeting=meeting.pk))
    assert waits(cast["jam.ministry.decider"]) == []
    meeting = a_session(present=["JAM", "BRB", "TTO", "GUY", "LCA", "ATG", "KNA", "DMA", "HTI"])
    votes.adopt_decision_by_consensus(cast[SECRETARIAT], a_proposal(cast, meeting=meeting.pk))
    assert waits(cast["sur.ministry.decider"]) == ["Record your Cabinet's answer"]
    a_sealed(cast, kind="recommendation")
    rows = [row for row in waiting_for(cast["jam.ministry.decider"]) if row.title.startswith("Implement")]
    adopted = Decision.objects.get(kind="recommendation").adopted_on
    assert [row.due.date() for row in rows] == [adopted + datetime.timedelta(days=183)]


def test_search_finds_a_paper_by_number_and_words_and_none_that_is_not_shared(cast, client_for):
    paper = issued(cast)
    asked = {"q": paper.number.replace("/", " ").lower()}
    assert paper.title in found(client_for("brb.ministry.decider"), "/search/", asked)
    a_paper(cast, title="A paper of our own")
    assert "A paper of our own" in found(client_for("jam.ministry.decider"), "/search/?q=paper+own")
    assert "A paper of our own" not in found(client_for("brb.ministry.decider"), "/search/?q=paper+own")
