"""The declared actions, tried on keys of a desk and on seats: what it lets through, refuses and remembers."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from apps.access import declared_actions, outbox
from apps.access.models import Dispatch
from apps.access.refusal import STATUS, Refused, sentence_of
from apps.access.verdict import KNOWN
from apps.audit import actions as audit
from apps.audit.models import AuditRecord
from apps.people import actions
from apps.people.models import DeskToken
from apps.people.queries import actor_for_token
from tests import keys
from tests.keys import by_two

ADMIN = "jam.administration.administrator"


@pytest.fixture
def a_key(cast):
    return keys.a_key("JAM.border")


def test_an_act_in_the_wrong_state_is_refused_and_changes_nothing(cast, a_key):
    actions.revoke_api_key(cast[ADMIN], a_key)
    with pytest.raises(Refused, match="wrong-state"):
        actions.revoke_api_key(cast[ADMIN], a_key)
    outcomes = AuditRecord.objects.filter(verb="token.revoke").order_by("seq").values_list("outcome", "reason")
    assert list(outcomes) == [("done", ""), ("refused", "wrong-state")]


def test_what_one_cannot_see_one_cannot_change(cast, a_key):
    with pytest.raises(Refused, match="not-visible"):
        actions.revoke_api_key(cast["brb.administration.administrator"], a_key)
    assert DeskToken.objects.get(pk=a_key.pk).state == "live"


def test_a_read_only_key_is_refused_before_anything_else(cast):
    token = keys.a_key("JAM.administration", "read")
    program, _ = actor_for_token(actions.digest(token.secret))
    with pytest.raises(Refused, match="read-only"):
        actions.propose_api_key(program, None, **keys.ASKED)


def test_the_audit_row_names_person_seat_desk_verb_object_and_outcome(cast):
    a_key = by_two(cast[ADMIN], cast["jam.border.head"], scope="write")
    actor, row = cast[ADMIN], AuditRecord.objects.get(verb="token.propose", person=ADMIN)
    assert (row.seat_id, row.desk, row.role, row.party) == (actor.seat_id, "JAM.administration", "administrator", "JAM")
    assert (row.object_type, row.object_id, row.outcome, row.stream) == (
        "people.desktoken",
        str(a_key.pk),
        "done",
        "JAM",
    )


def test_offers_name_every_verb_of_the_state_with_the_reason_of_a_refusal(cast, a_key):
    [mine] = declared_actions.offers(cast[ADMIN], a_key)
    [theirs] = declared_actions.offers(cast["jam.ministry.decider"], a_key)
    assert (mine.verb, mine.allowed) == ("revoke", True)
    assert (theirs.allowed, theirs.why_not) == (False, sentence_of("not-administrator"))


def test_the_state_table_is_read_from_the_declarations():
    assert ("live", "token.revoke", "revoked") in declared_actions.state_table(DeskToken)
    assert ("", "token.propose", "proposed") in declared_actions.state_table(DeskToken)


def test_every_refusal_has_a_sentence():
    assert set(STATUS) <= set(KNOWN)


def test_emitting_outside_an_action_is_a_mistake():
    with pytest.raises(RuntimeError, match="body of an action"):
        declared_actions.emit("nothing.happened", object())


@pytest.mark.django_db(transaction=True)
def test_of_four_simultaneous_acts_one_wins_and_three_are_recorded_as_refused(cast, a_key):
    actor, results = cast[ADMIN], []

    def attempt():
        try:
            results.append(actions.revoke_api_key(actor, a_key).state)
        except Refused as refusal:
            results.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["revoked", "wrong-state", "wrong-state", "wrong-state"]
    audit.append_repetitions(timezone.now() + timedelta(hours=1))
    rows = AuditRecord.objects.filter(verb="token.revoke", outcome="refused").order_by("pk")
    assert [row.detail.get("times", 1) for row in rows] == [1, 2], "the second and third are counted"


@pytest.mark.django_db(transaction=True)
def test_work_delivered_to_four_workers_is_done_once(cast, a_key, monkeypatch):
    monkeypatch.setattr(outbox, "_LISTENERS", {"key.stale": [("test.revoke", revoke_stale)]})
    outbox.write("key.stale", a_key, {})
    [dispatch] = Dispatch.objects.all()

    def deliver():
        try:
            outbox.run(dispatch.pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=deliver) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert AuditRecord.objects.filter(verb="token.revoke").values_list("outcome", flat=True).get() == "done"
    assert Dispatch.objects.get().done_at is not None


def test_a_listener_that_fails_is_tried_again_later(cast, a_key, monkeypatch):
    def broken(_dispatch):
        raise ZeroDivisionError

    monkeypatch.setattr(outbox, "_LISTENERS", {"key.stale": [("test.broken", broken)]})
    outbox.write("key.stale", a_key, {})
    [dispatch] = Dispatch.objects.all()
    with pytest.raises(ZeroDivisionError):
        outbox.run(dispatch.pk)
    after = Dispatch.objects.get()
    assert (after.attempts, after.done_at, after.error) == (1, None, "ZeroDivisionError: ")
    assert after.available_at > dispatch.created_at


def revoke_stale(dispatch):
    from apps.people.queries import service_actor

    actor = service_actor("IMPACS.platform", request_id=dispatch.request_id)
    actions.revoke_api_key(actor, DeskToken.objects.visible_to(actor).get(pk=dispatch.object_id))
