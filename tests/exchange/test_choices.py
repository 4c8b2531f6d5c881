"""A party chooses at its point of contact what may be said where it and another one ask about, or hold, the same."""

import datetime
from typing import Any

import pytest
from django.urls import reverse

from apps.access.refusal import Refused
from apps.audit.models import AuditRecord
from apps.entities.models import MatchPolicy as HeldPolicy
from apps.exchange.actions import disclosure_choices
from apps.exchange.models import MatchPolicy
from apps.exchange.queries import vocabulary
from tests.exchange.people import HEAD, JAMAICA, TRINIDAD

pytestmark = pytest.mark.django_db
PAGES = [
    ("exchange:choice", MatchPolicy, "match_policy.choose"),
    ("entities:choice", HeldPolicy, "silent_policy.choose"),
]


@pytest.mark.parametrize(("name", "model", "verb"), PAGES)
def test_a_point_of_contact_chooses_for_its_state_and_reads_what_it_means(
    cast: Any, client_for: Any, name: str, model: Any, verb: str
) -> None:
    client, place = client_for(JAMAICA), reverse(name)
    said = client.get(place).content.decode()
    assert "Only RIFC says which party." in said
    assert client.post(place, {"policy": "loud"}).status_code == 422
    for choice in ("mutual", "never"):
        assert client.post(place, {"policy": choice}).status_code == 302
        assert "in force today" in client.get(place).content.decode()
    rows = model.objects.filter(party="JAM", valid_to=None)
    assert [(row.policy, row.valid_from) for row in rows] == [("never", vocabulary.today())]
    assert set(AuditRecord.objects.filter(verb=verb, outcome="done").values_list("owner_party", flat=True)) == {"JAM"}
    for other in (HEAD, "jam.intelligence.officer", "rifc.watch.officer"):
        assert client_for(other).get(place).status_code == 404


def test_what_held_before_ends_today_and_is_kept(cast: Any) -> None:
    disclosure_choices.choose_request_disclosure(cast[TRINIDAD], None, policy="rifc_only")
    before, now = MatchPolicy.objects.filter(party="TTO").order_by("valid_from")
    assert (before.policy, before.valid_to) == ("mutual", vocabulary.today())
    assert before.valid_from == datetime.date(2006, 7, 1)
    assert (now.policy, now.valid_to) == ("rifc_only", None)
    assert vocabulary.match_policies({"TTO", "JAM"}) == {"TTO": "rifc_only", "JAM": vocabulary.USUAL}


def test_nobody_else_of_the_state_chooses(cast: Any) -> None:
    for who in ("tto.customs.head", "tto.contact.reader", "rifc.watch.officer"):
        with pytest.raises(Refused):
            disclosure_choices.choose_request_disclosure(cast[who], None, policy="never")
    assert vocabulary.match_policies({"TTO"}) == {"TTO": "mutual"}
