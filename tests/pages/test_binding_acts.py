"""What binds a State or cannot be taken back: said before, proven in person, kept as a receipt, never done twice."""

import time
from typing import Any

import pytest
from django.urls import reverse

from apps.access.declared_actions import REGISTRY
from apps.council.models import Reply
from apps.jrcc.models import Hit
from apps.people.models import Seat, User
from tests.council.procedures.people import Clock, running
from tests.jrcc.pages_world import raised
from tests.reading import Browser

pytestmark = pytest.mark.django_db
JAM = "jam.ministry.decider"
BINDING = {
    *("decision.cast_vote", "decision.change_vote", "decision.enter_reservation", "decision.object"),
    *("procedure.support", "procedure.object", "procedure.withdraw_objection", "procedure.ask_extension"),
    *("rifc_report.share", "rifc_report.recall", "assessment.release", "assessment.recall"),
    *("hit.refer", "hit.refer_further", "hit.record_outcome", "entry.create", "entry.withdraw"),
}


def answer(row: Any, verb: str) -> str:
    return reverse("council:procedure_reply", args=[row.pk, verb])


def long_signed_in(username: str) -> Any:
    """A browser whose person gave their factors twenty minutes ago."""
    browser = Browser(raise_request_exception=False)
    user = User.objects.get(username=username)
    browser.force_login(user)
    session = browser.session
    session["seat"] = Seat.objects.filter(user=user, state="current").earliest("pk").pk
    session["account_authentication_methods_user"] = str(user.pk)
    session["account_authentication_methods"] = [{"method": "password", "at": time.time() - 1200}]
    session.save()
    return browser


def test_the_acts_that_bind_are_these() -> None:
    assert {spec.verb for spec in REGISTRY.values() if spec.binding is not None} == BINDING


def test_what_is_taken_back_is_taken_back_by_a_verb_that_asks_nothing_and_leads_where_it_began() -> None:
    undone = {spec.verb: REGISTRY[spec.undo] for spec in REGISTRY.values() if spec.undo}
    assert {"hit.claim", "hit.dismiss", "decision.publish", "state_action.submit_evidence"} <= set(undone)
    for verb, back in undone.items():
        spec = REGISTRY[verb]
        assert back.model is spec.model, verb
        assert spec.ends <= back.starts, verb
        assert set(back.takes) <= {"reason"}, verb
        assert spec.binding is None, verb


def test_a_reply_says_first_what_follows(cast: Any, client_for: Any, monkeypatch: Any) -> None:
    row = running(cast, Clock(monkeypatch))
    page = client_for(JAM).get(reverse("council:procedure", args=[row.pk])).content.decode()
    assert f'action="{answer(row, "support")}"' not in page  # no press of a button binds by itself
    sheet = client_for(JAM).get(answer(row, "support")).content.decode()
    assert "This records that Jamaica supports the text, under your name." in sheet
    assert "the last reply counts" in sheet
    assert "Record the support of Jamaica" in sheet
    assert "second factor" not in sheet
    assert Reply.objects.count() == 0


def test_the_receipt_has_the_place_of_the_buttons_and_a_second_press_does_nothing_more(
    cast: Any, client_for: Any, monkeypatch: Any
) -> None:
    row = running(cast, Clock(monkeypatch))
    browser = client_for(JAM)
    for _press in range(2):
        done = browser.post(answer(row, "support"), {"text_hash": row.text_hash}, follow=True).content.decode()
        assert "Jamaica: Supported a text in writing" in done
        assert "Proof for an auditor" in done
    assert Reply.objects.filter(party="JAM").count() == 1
    assert 'id="receipt"' not in client_for("brb.ministry.decider").get(row_page(row)).content.decode()


def row_page(row: Any) -> str:
    return reverse("council:procedure", args=[row.pk])


def test_another_answer_in_between_is_an_act_of_its_own(cast: Any, client_for: Any, monkeypatch: Any) -> None:
    row = running(cast, Clock(monkeypatch))
    browser = client_for(JAM)
    for verb in ("support", "object", "withdraw_objection", "support"):
        assert browser.post(answer(row, verb), {"text_hash": row.text_hash}).status_code == 302
    assert Reply.objects.filter(party="JAM").count() == 4


def test_who_gave_the_factor_long_ago_gives_it_anew_and_loses_nothing(cast: Any, monkeypatch: Any) -> None:
    row = running(cast, Clock(monkeypatch))
    browser = long_signed_in(JAM)
    assert "You will be asked for your second factor" in browser.get(answer(row, "object")).content.decode()
    seat = browser.session["seat"]
    sent = {"text_hash": row.text_hash, "reason": "The ports are missing.", "_seat": seat}
    asked = browser.post(answer(row, "object"), sent)
    assert "reauthenticate" in asked.url
    assert Reply.objects.count() == 0
    assert "The ports are missing." in browser.get(reverse("people:kept")).content.decode()


def test_a_program_acts_by_its_key(cast: Any, api: Any, monkeypatch: Any) -> None:
    row = running(cast, Clock(monkeypatch))
    place = f"/api/v1/council/procedures/{row.pk}/actions/support/"
    assert api("JAM.ministry").post(place, {"text_hash": row.text_hash}, format="json").status_code == 200


def test_a_claim_can_be_undone_from_its_toast(cast: Any, drain: Any, client_for: Any) -> None:
    hit, browser = raised(cast, drain), client_for("jrcc.watch.officer")
    done = browser.post(reverse("jrcc:hit_do", args=[hit.pk, "claim"]), follow=True).content.decode()
    back = reverse("jrcc:hit_do", args=[hit.pk, "release"])
    toast = done.partition("<toast-note")[2].partition("</toast-note>")[0]
    assert 'seconds="10"' in toast
    assert f'action="{back}"' in toast
    browser.post(back)
    assert Hit.objects.get(pk=hit.pk).state == Hit.State.RAISED
