"""Persons and things of reports, and what is said of them."""

from apps.entities.models.entities import Entity, Link, Listed, MatchPolicy, SilentHit, SilentHitDeskGrant, Twin
from apps.entities.models.evidence import Assertion, Evidence, LinkEvidence, Sighting

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
