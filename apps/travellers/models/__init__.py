"""Persons, searches, and rules of retention."""

from apps.travellers.models.lookups import Lookup, LookupDeskGrant
from apps.travellers.models.persons import Person, PersonChange, PersonDeskGrant, PersonMember
from apps.travellers.models.retention import Erasure, RetentionRule
from apps.travellers.models.retention_changes import RetentionChange, RetentionChangeDeskGrant

__all__ = [
    "Erasure",
    "Lookup",
    "LookupDeskGrant",
    "Person",
    "PersonChange",
    "PersonDeskGrant",
    "PersonMember",
    "RetentionChange",
    "RetentionChangeDeskGrant",
    "RetentionRule",
]
