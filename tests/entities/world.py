"""Persons and things, for whoever asks who may see which."""

from typing import Any

from apps.access import outbox
from apps.entities.actions import duplicates, statements
from apps.entities.models import Assertion, LinkEvidence, Sighting, SilentHit
from tests.entities.people import BRB, a_person, a_report, a_thing, link, of, theirs


def some_things(cast: Any) -> dict[str, Any]:
    """A person with a phone in a report that Jamaica's intelligence has, perhaps another; and a number held twice."""
    report = a_report(cast, "JAM.intelligence")
    person, other = a_person(cast, report), a_person(cast, report, "Marlon Testcase Senior")
    phone = a_thing(cast, report, "phone", "number", "+1 246 555 0101")
    link(cast, person, phone, report)
    statements.record_sighting(cast[BRB], person, precision="unknown", place="Demo Bay", **of(report))
    twin = duplicates.propose_duplicate(
        cast["jam.intelligence.officer"], None, one=person.pk, other=other.pk, reason="Same."
    )
    a_thing(cast, theirs(cast, "GUY.contact"), "phone", "number", "+1 246 555 0101", who="tto.customs.officer")
    outbox.drain()
    return {
        "entity": person,
        "twin": twin,
        "entity_fact": Assertion.objects.filter(entity=person).first(),
        "entity_link": LinkEvidence.objects.get(),
        "entity_sighting": Sighting.objects.get(),
        "silent_hit": SilentHit.objects.get(),
    }
