"""Persons and things of reports, and what is said of them."""

from apps.entities.models.evidence import Assertion, Evidence, LinkEvidence, Sighting
from apps.entities.models.things import Entity, Link, Listed, MatchPolicy, SilentHit, SilentHitDeskGrant, Twin

__all__ = [
    "Assertion",
    "Entity",
    "Evidence",
    "Link",
    "LinkEvidence",
    "Listed",
    "MatchPolicy",
    "Sighting",
    "SilentHit",
    "SilentHitDeskGrant",
    "Twin",
]
