"""Statements for other floors: what a report's versions say of persons and things, and what of it stands for a seat."""

import uuid
from collections.abc import Collection
from typing import Any

from apps.access.actor import Actor
from apps.entities.models import Assertion, LinkEvidence, Sighting


def of_report(thread: Any) -> tuple[list[Assertion], list[LinkEvidence], list[Sighting]]:
    """Current facts, evidence of links (with the link) and sightings that rest on a report, for whoever sees it.

    Not what a desk keeps for itself. In the order in which they were recorded; three queries.
    """
    narrow = {"thread": thread, "state": "current", "kept_by": None}
    facts = Assertion.objects.filter(**narrow).select_related("entity").order_by("pk")
    links = LinkEvidence.objects.filter(**narrow).select_related("link").order_by("pk")
    return list(facts), list(links), list(Sighting.objects.filter(**narrow).order_by("pk"))


def standing(actor: Actor, ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Those of these statements that a page would show the actor now: the rule of the pages itself. Three queries."""
    wanted = list(ids)
    if not wanted:
        return set()
    rows = [model.objects.visible_to(actor).current().filter(pk__in=wanted) for model in KINDS]
    return {pk for found in rows for pk in found.values_list("pk", flat=True)}


KINDS = (Assertion, LinkEvidence, Sighting)
