"""Questions in the case of a hit: who asks whom, who reads them, who is told."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from apps.access.outbox import drain as work_off
from apps.access.refusal import Refused
from apps.jrcc import policy
from apps.jrcc.actions import hits as floor
from apps.jrcc.actions import questions as actions
from apps.jrcc.models import HitQuestion
from apps.notices.models import Notice
from apps.travellers.actions import retention_rounds
from tests.jrcc.people import AGENT, QUILL, RAM, WATCH, fresh, list_entry, send, the_hit, the_registers
from tests.jrcc.test_retention import everywhere

OWNER, ACTING, BESIDE = "jam.intelligence.officer", "brb.border.officer", "tto.border.officer"
OUTSIDE = "guy.border.officer"


@pytest.fixture(autouse=True)
def _registers(db):
    the_registers()


@pytest.fixture
def hit(cast):
    """A hit on a Jamaican entry that Barbados and Trinidad and Tobago have."""
    list_entry(cast[OWNER])
    send(cast[AGENT], RAM, QUILL)
    work_off()
    return floor.refer_hit(cast[WATCH], the_hit(), to=["BRB", "TTO"])


def asked(cast, hit, who=OWNER, of="BRB", text="Has he a scar?"):
    return actions.ask_hit_question(cast[who], None, hit=hit.pk, of=of, text=text)


def seen_by(cast, *names):
    return [name for name in names if HitQuestion.objects.visible_to(cast[name]).exists()]


@pytest.mark.parametrize(("who", "of"), [(OWNER, "BRB"), (OWNER, "TTO"), (ACTING, "JAM"), (BESIDE, "JAM")])
def test_the_owner_asks_who_acts_and_who_acts_asks_the_owner(hit, cast, who, of):
    assert asked(cast, hit, who, of).state == "asked"


@pytest.mark.parametrize(
    ("who", "of"), [(OWNER, "GUY"), (OWNER, "JAM"), (OWNER, "JRCC"), (ACTING, "TTO"), (BESIDE, "BRB")]
)
def test_nobody_else_is_asked(hit, cast, who, of):
    with pytest.raises(ValidationError):
        asked(cast, hit, who, of)
    assert not HitQuestion.objects.exists()


@pytest.mark.parametrize(
    ("who", "error"), [(OUTSIDE, ValidationError), (WATCH, Refused), ("brb.intelligence.officer", ValidationError)]
)
def test_who_does_not_see_the_hit_or_is_no_side_of_it_asks_nothing(hit, cast, who, error):
    with pytest.raises(error):
        asked(cast, hit, who)


def test_before_a_hit_is_referred_there_is_nobody_to_ask(cast):
    list_entry(cast[OWNER])
    send(cast[AGENT], QUILL)
    work_off()
    assert policy.may_be_asked(cast[OWNER], the_hit()) == []
    with pytest.raises(ValidationError):
        asked(cast, the_hit())


def test_both_sides_and_the_watch_read_it_and_another_acting_state_does_not(hit, cast):
    asked(cast, hit)
    everybody = [OWNER, ACTING, WATCH, BESIDE, OUTSIDE, AGENT, "brb.intelligence.officer"]
    assert seen_by(cast, *everybody) == [OWNER, ACTING, WATCH]


def test_the_pages_of_the_hit_show_it_to_its_sides_alone_and_each_the_names_of_its_own(hit, cast, client_for):
    row = actions.answer_hit_question(cast[ACTING], asked(cast, hit), answer="On the left hand")
    place = reverse("jrcc:hit", args=[hit.pk])
    pages = {who: client_for(who).get(place).content.decode() for who in (OWNER, ACTING, WATCH, BESIDE)}
    assert ["On the left hand" in page for page in pages.values()] == [True, True, True, False]
    panel = {who: page[page.find('id="qu-h"') : page.find('id="in-h"')] for who, page in pages.items()}
    assert [row.asked_by in text for text in panel.values()] == [True, False, False, False]
    assert [row.answered_by in text for text in panel.values()] == [False, True, False, False]
    assert "Has he a scar?" in client_for(ACTING).get(reverse("jrcc:border_hit", args=[hit.pk])).content.decode()


def test_each_is_told_and_no_mail_has_a_word_of_it(hit, cast, drain, mailoutbox):
    row = asked(cast, hit)
    drain()
    told = Notice.objects.filter(code="hit.asked")
    assert {one.owner.code for one in told} == {"BRB.border"}
    actions.answer_hit_question(cast[ACTING], row, answer="On the left hand")
    drain()
    assert {one.owner.code for one in Notice.objects.filter(code="hit.answered")} >= {"JAM.intelligence"}
    assert not any(word in str(mail.message()) for mail in mailoutbox for word in ("scar", "QUILL", "left hand"))


def test_a_question_is_answered_once_and_by_who_was_asked(hit, cast):
    row = asked(cast, hit)
    with pytest.raises(Refused) as refused:
        actions.answer_hit_question(cast[OWNER], row, answer="Myself")
    assert refused.value.code == "not-asked-party"
    actions.answer_hit_question(cast[ACTING], row, answer="Yes")
    with pytest.raises(Refused) as refused:
        actions.answer_hit_question(cast[ACTING], fresh(row), answer="No")
    assert (refused.value.reason, fresh(row).answer) == ("wrong-state", "Yes")


def test_who_asked_takes_it_back_and_nobody_else(hit, cast):
    row = asked(cast, hit)
    with pytest.raises(Refused) as refused:
        actions.withdraw_hit_question(cast[ACTING], row)
    assert refused.value.code == "not-your-question"
    assert actions.withdraw_hit_question(cast[OWNER], row).state == "withdrawn"


def test_asking_and_answering_by_the_pages(hit, cast, client_for):
    page = client_for(OWNER).get(reverse("jrcc:hit_ask", args=[hit.pk])).content.decode()
    assert page.count("<option") == 2
    body = {"hit": hit.pk, "of": "BRB", "text": "Has he a scar?"}
    assert client_for(OWNER).post(reverse("jrcc:hit_ask", args=[hit.pk]), {**body, "text": ""}).status_code == 422
    assert client_for(OWNER).post(reverse("jrcc:hit_ask", args=[hit.pk]), body).status_code == 302
    row = HitQuestion.objects.get()
    assert "Question about a hit" in client_for(ACTING).get(reverse("people:desk")).content.decode()
    place = reverse("jrcc:hitquestion_do", args=[row.pk, "answer"])
    assert client_for(ACTING).post(place, {"answer": "No", "version": row.version}).status_code == 302
    assert fresh(row).answer == "No"
    assert client_for(BESIDE).get(reverse("jrcc:hitquestion", args=[row.pk])).status_code == 404


def test_programs_ask_and_answer(hit, client_for):
    body = json.dumps({"hit": str(hit.pk), "of": "BRB", "text": "Has he a scar?"})
    made = client_for(OWNER).post("/api/v1/jrcc/hit-questions/", body, content_type="application/json")
    assert made.status_code == 201, made.content
    place = f"/api/v1/jrcc/hit-questions/{made.json()['id']}/"
    done = client_for(ACTING).post(f"{place}actions/answer/", '{"answer": "No"}', content_type="application/json")
    assert (done.status_code, done.json()["state"]) == (200, "answered")
    assert client_for(BESIDE).get(place).status_code == 404
    found = client_for(OWNER).get("/api/v1/jrcc/hit-questions/", {"hit": str(hit.pk)}).json()["results"]
    assert [one["answer"] for one in found] == ["No"]


def test_its_words_end_with_those_of_the_hit(hit, cast):
    actions.answer_hit_question(cast[ACTING], asked(cast, hit, text="Is it QUILLINGFORD?"), answer="Yes, OSMANDIAS")
    floor.acknowledge_hit(cast[ACTING], fresh(hit))
    floor.record_hit_outcome(cast[ACTING], fresh(hit), outcome="admitted", note="")
    retention_rounds.forget(timezone.now() + timedelta(days=95))
    retention_rounds.forget(timezone.now() + timedelta(days=1830))
    assert everywhere("OSMANDIAS") == {}
    assert HitQuestion.objects.get().text == ""
