"""The same identifier in reports that neither party sees of the other: who is told, and of what."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.access import outbox
from apps.access.refusal import Refused
from apps.entities.actions import silent_hits, statements
from apps.entities.models import Assertion, MatchPolicy, SilentHit
from apps.entities.tasks import run_entities_clock
from apps.notices.models import Notice
from apps.rifc.actions import recalls, shares
from tests.entities.people import BRB_HEAD, GUY, JAM, RIFC, TTO, a_report, a_thing, theirs
from tests.rifc.people import AUTHOR, fresh

pytestmark = pytest.mark.django_db
NUMBER = "+1 246 555 0199"


def held_by_both(cast: Any, number: str = NUMBER, **more: Any) -> tuple[Any, Any]:
    """Barbados and Trinidad's customs each hold a phone in a report of their own."""
    ours, foreign = a_report(cast, "JAM.contact"), theirs(cast, "GUY.contact", **more)
    a_thing(cast, ours, "phone", "number", number)
    a_thing(cast, foreign, "phone", "number", "1-246-555-0199", who="tto.customs.officer")
    outbox.drain()
    return ours, foreign


def test_rifc_learns_who_holds_the_same_and_both_points_of_contact_that_there_is_another(
    cast: Any, client_for: Any
) -> None:
    held_by_both(cast)
    [hit] = SilentHit.objects.all()
    assert (hit.parties, hit.field, hit.mutual) == (["BRB", "TTO"], "number", True)
    watch = client_for(RIFC).get(reverse("entities:silent")).content.decode()
    assert "BRB and TTO hold material on the same identifier:" in watch
    assert "0199" not in watch, "RIFC sees neither report"
    point = client_for("brb.contact.officer").get(reverse("entities:silent")).content.decode()
    assert "Another party holds material; ask RIFC" in point
    assert "TTO" not in point
    assert client_for(JAM).get(reverse("entities:silent_one", args=[hit.pk])).status_code == 404
    told = set(Notice.objects.filter(code="entities.silent_hit").values_list("owner__code", flat=True))
    assert told == {"RIFC.watch", "BRB.contact", "TTO.contact"}
    assert not Notice.objects.filter(code="entities.silent_hit").exclude(number="match", title="").exists()
    assert "The same identifier at BRB, TTO" in client_for(RIFC).get(reverse("people:desk")).content.decode()


@pytest.mark.parametrize(("policy", "hits", "desks"), [("never", 0, set()), ("rifc_only", 1, {"RIFC.watch"})])
def test_a_party_says_itself_what_is_said(cast: Any, policy: str, hits: int, desks: set[str]) -> None:
    MatchPolicy.objects.create(party_id="TTO", policy=policy, valid_from=timezone.now().date())
    held_by_both(cast)
    assert SilentHit.objects.count() == hits
    assert set(Notice.objects.filter(code="entities.silent_hit").values_list("owner__code", flat=True)) == desks
    assert not SilentHit.objects.visible_to(cast[TTO]).exists()


def test_nothing_is_said_where_one_sees_the_others_report_or_keeps_the_fact_to_itself(cast: Any) -> None:
    ours = a_report(cast, "TTO.border")
    a_thing(cast, ours, "phone", "number", NUMBER)
    a_thing(cast, theirs(cast, "GUY.contact"), "phone", "number", NUMBER, who="tto.customs.officer")
    outbox.drain()
    assert not SilentHit.objects.exists(), "a desk of Trinidad has it already"
    statements.create_entity(
        cast[AUTHOR], None, type="phone", field="number", value="+1 246 555 0177", kept=True,
        **_place(a_report(cast, "JAM.contact")),
    )  # fmt: skip
    a_thing(cast, theirs(cast, "GUY.contact"), "phone", "number", "+1 246 555 0177", who="tto.customs.officer")
    outbox.drain()
    assert not SilentHit.objects.exists()


def _place(report: Any) -> dict[str, Any]:
    from tests.entities.people import of

    return of(report)


def test_what_is_in_writing_is_compared_once_it_is_shared(cast: Any) -> None:
    from tests.rifc.people import approved

    draft = approved(cast, author="tto.customs.officer", head="tto.customs.head")
    a_thing(cast, draft, "phone", "number", NUMBER, who="tto.customs.officer")
    a_thing(cast, a_report(cast, "JAM.contact"), "phone", "number", NUMBER)
    outbox.drain()
    assert not SilentHit.objects.exists()
    shares.share_rifc_report(cast["tto.customs.officer"], draft, to=["GUY.contact"])
    outbox.drain()
    assert SilentHit.objects.count() == 1


def test_it_ends_when_one_of_the_two_is_taken_back_and_is_raised_once(cast: Any) -> None:
    ours, _foreign = held_by_both(cast)
    a_thing(cast, a_report(cast, "JAM.contact"), "phone", "number", NUMBER)
    outbox.drain()
    assert SilentHit.objects.count() == 1
    assert run_entities_clock(timezone.now()) == 0
    for report in {fact.thread: fact for fact in Assertion.objects.filter(originator="BRB")}.values():
        version = type(ours).objects.get(thread=report.thread)
        recalls.recall_rifc_report(cast[BRB_HEAD], version, reason_code="other", text="Back.")
    assert run_entities_clock(timezone.now()) == 1
    assert run_entities_clock(timezone.now()) == 0
    assert SilentHit.objects.get().state == "closed"


def test_only_rifcs_watch_closes_it(cast: Any, client_for: Any) -> None:
    held_by_both(cast)
    hit = SilentHit.objects.get()
    with pytest.raises(Refused):
        silent_hits.close_silent_hit(cast["brb.contact.officer"], hit, note="Ours.")
    with pytest.raises(Refused) as refused:
        silent_hits.close_silent_hit(cast[GUY], hit, note="?")
    assert refused.value.reason == "not-visible"
    place = reverse("entities:silent_close", args=[hit.pk])
    assert client_for(RIFC).post(place, {"note": ""}).status_code == 422
    assert client_for(RIFC).post(place, {"note": "Both were called."}).status_code == 302
    assert fresh(hit).note == "Both were called."
    assert "Both were called" not in client_for(TTO).get(reverse("entities:silent")).content.decode()


def test_the_table_of_marks_is_of_no_use_without_the_key(cast: Any) -> None:
    held_by_both(cast)
    marks = set(Assertion.objects.exclude(mark="").values_list("mark", flat=True))
    assert len(marks) == 1
    import hashlib

    assert hashlib.sha256(b"number\n+12465550199").hexdigest() not in marks
