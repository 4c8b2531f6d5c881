"""Written procedures in the browser: who sees what, and what each button does."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.council.models import Circulation, ObjectionProposal, Reply, WrittenProcedure
from apps.council.procedures import actions
from apps.people.models import Seat
from apps.people.queries.work import waiting_for
from tests.council.procedures.people import SECRETARY, Clock, a_decision, a_draft, a_minister, running, sent

pytestmark = pytest.mark.django_db
JAM, BRB, CYM = "jam.ministry.decider", "brb.ministry.decider", "cym.ministry.decider"


def page(row):
    return reverse("council:procedure", args=[row.pk])


def answer(row, verb):
    return reverse("council:procedure_reply", args=[row.pk, verb])


def test_a_draft_is_seen_by_secretariat_and_chair_alone(cast, client_for):
    row = a_draft(cast)
    assert client_for(SECRETARY).get(page(row)).status_code == 200
    assert client_for("tto.ministry.decider").get(page(row)).status_code == 200
    assert client_for(JAM).get(page(row)).status_code == 404
    assert row.reference not in client_for(JAM).get(reverse("council:procedures")).content.decode()


def test_what_is_sent_is_seen_by_every_ministry_and_by_no_other_desk(cast, client_for):
    row = sent(cast)
    for who in (JAM, BRB, CYM):
        assert row.text_hash in client_for(who).get(page(row)).content.decode()
    assert client_for("jrcc.watch.officer").get(page(row)).status_code == 404


def test_reading_the_page_is_no_receipt_and_the_button_is(cast, client_for):
    row = sent(cast)
    client, way = client_for(JAM), Circulation.objects.get(procedure=row, party_id="JAM")
    assert "Confirm receipt" in client.get(page(row)).content.decode()
    assert client.get(answer(row, "acknowledge_receipt")).status_code == 200
    way.refresh_from_db()
    assert way.receipt_at is None
    assert client.post(answer(row, "acknowledge_receipt")).status_code == 302
    way.refresh_from_db()
    assert way.receipt_kind == "portal"


def test_an_objection_is_asked_for_twice_and_shown_with_its_receipt(cast, client_for, monkeypatch):
    row = running(cast, Clock(monkeypatch))
    client = client_for(BRB)
    assert answer(row, "object") in client.get(page(row)).content.decode()
    asked = client.get(answer(row, "object")).content.decode()
    assert row.text_hash in asked
    assert Reply.objects.count() == 0
    # another State's reply in between changes the record's version, and turns nothing away
    actions.support_procedure(a_minister("JAM"), row, text_hash=row.text_hash)
    done = client.post(answer(row, "object"), {"text_hash": row.text_hash}, follow=True)
    text = done.content.decode()
    assert "Silence broken" in text
    assert "Receipt for your records" in text
    assert "2008-04-08T14:20:00.000000Z" in text
    row.refresh_from_db()
    assert row.state == "objected"


def test_a_reply_without_effect_is_told_at_once_with_the_rule(cast, client_for, monkeypatch):
    row = running(cast, Clock(monkeypatch))
    told = client_for(CYM).post(answer(row, "object"), {"text_hash": row.text_hash}, follow=True).content.decode()
    assert "Recorded without effect: Only Member States reply with effect (Revised Treaty Art. 27(1))." in told
    stale = client_for(BRB).post(answer(row, "object"), {"text_hash": "0" * 64}, follow=True).content.decode()
    assert "Recorded without effect: It refers to an earlier text." in stale
    row.refresh_from_db()
    assert row.state == "running"


def test_support_of_another_state_is_not_on_the_page_before_the_end(cast, client_for, monkeypatch):
    row = running(cast, Clock(monkeypatch))
    actions.support_procedure(a_minister("HTI"), row, text_hash=row.text_hash)
    actions.comment_on_procedure(a_minister("HTI"), row, text_hash=row.text_hash, text="We would add the ports.")
    before = client_for(JAM).get(page(row)).content.decode()
    assert "Supports" not in before
    assert "We would add the ports." not in before
    assert "Supports" in client_for(SECRETARY).get(page(row)).content.decode()
    row.refresh_from_db()
    actions.withdraw_procedure(cast[SECRETARY], row, reason="the text changes")
    assert "We would add the ports." in client_for(JAM).get(page(row)).content.decode()


def test_an_empty_comment_is_asked_for_again(cast, client_for, monkeypatch):
    row = running(cast, Clock(monkeypatch))
    assert client_for(BRB).post(answer(row, "comment"), {"text_hash": row.text_hash}).status_code == 422


def test_a_verb_that_is_no_answer_has_no_such_page(cast, client_for):
    row = sent(cast)
    assert client_for(SECRETARY).get(answer(row, "withdraw")).status_code == 404


def sits_as_officer(username):
    """The decider's seat, taken by one who only works."""
    Seat.objects.filter(user__username=username).update(rank=2)


def test_an_officer_proposes_to_object_and_only_his_own_ministry_sees_it(cast, client_for, monkeypatch):
    row = running(cast, Clock(monkeypatch))
    decider = cast[BRB]
    sits_as_officer(BRB)
    client = client_for(BRB)
    assert answer(row, "object") not in client.get(page(row)).content.decode()
    assert client.post(answer(row, "object"), {"text_hash": row.text_hash}).status_code == 403
    form = client.get(reverse("council:objection_new", args=[row.pk])).content.decode()
    assert str(row.pk) in form
    sent_in = {"procedure": str(row.pk), "reason": "Clause 1 binds our budget"}
    assert client.post(reverse("council:objection_new", args=[row.pk]), sent_in).status_code == 302
    proposal = ObjectionProposal.objects.get()
    assert "Clause 1 binds our budget" in client.get(page(row)).content.decode()
    for who in (JAM, SECRETARY):
        assert "Clause 1 binds our budget" not in client_for(who).get(page(row)).content.decode()
        assert not ObjectionProposal.objects.visible_to(cast[who]).exists()
    dismissal = reverse("council:objection_dismiss", args=[proposal.pk])
    assert client.post(dismissal).status_code == 403
    assert client_for(JAM).post(dismissal).status_code == 404
    assert any("proposes to object" in line.title for line in waiting_for(decider))
    actions.object_to_procedure(decider, row, text_hash=row.text_hash)
    proposal.refresh_from_db()
    assert proposal.state == "taken_up"


def test_a_proposal_to_object_can_be_dismissed_by_one_who_decides(cast, client_for, monkeypatch):
    row = running(cast, Clock(monkeypatch))
    proposal = actions.propose_objection(cast[BRB], None, procedure=row.pk, reason="Too dear")
    client = client_for(BRB)
    client.post(reverse("council:objection_dismiss", args=[proposal.pk]), {"answer": "The money is there"})
    proposal.refresh_from_db()
    assert (proposal.state, proposal.answer) == ("dismissed", "The money is there")
    assert "The money is there" in client.get(page(row)).content.decode()


def test_the_secretariat_prepares_and_sends_by_page(cast, client_for):
    decision = a_decision(cast)
    a_minister("JAM")
    client = client_for(SECRETARY)
    new = reverse("council:procedure_new")
    assert decision.title in client.get(f"{new}?decision={decision.pk}").content.decode()
    short = client.post(new, {"decision": str(decision.pk), "period_hours": "24"})
    assert short.status_code == 422
    assert "at least 72 hours (UN General Assembly decision 74/544" in short.content.decode()
    assert client.post(new, {"decision": str(decision.pk)}).status_code == 302
    row = WrittenProcedure.objects.get()
    refused = client.post(reverse("council:act", args=["procedures", row.pk, "dispatch"]))
    assert refused.status_code == 422
    assert "No one has an appointment at the ministry of" in refused.content.decode()


def test_my_desk_tells_what_waits(cast, monkeypatch):
    Clock(monkeypatch)
    row = sent(cast)
    assert any(line.code.startswith("CONSLE/WP") for line in waiting_for(cast[JAM]))
    late = [line for line in waiting_for(cast[SECRETARY]) if line.title.startswith("Missing receipts")]
    assert "HTI" in late[0].detail  # sent in 2008, so a day has passed
    actions.acknowledge_procedure_receipt(cast[JAM], row)
    assert any(line.title.startswith("Written procedure") for line in waiting_for(cast[JAM]))
    actions.support_procedure(cast[JAM], row, text_hash=row.text_hash)
    assert not any(line.title.startswith("Written procedure") for line in waiting_for(cast[JAM]))


def test_the_pages_ask_the_database_twelve_times_at_most(cast, client_for, monkeypatch):
    row = running(cast, Clock(monkeypatch))
    for code in ("HTI", "BLZ", "JAM"):
        actions.support_procedure(a_minister(code), row, text_hash=row.text_hash)
    for who in (JAM, SECRETARY):
        for place in (page(row), reverse("council:procedures")):
            client = client_for(who)
            client.get(place)
            with CaptureQueriesContext(connection) as caught:
                client.get(place)
            control = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")
            assert len([q for q in caught.captured_queries if not q["sql"].startswith(control)]) <= 12, place
