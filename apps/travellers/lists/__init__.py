"""Lists of searches for people, of persons and of retention, as they are declared."""

from apps.travellers.lists import persons, retention
from apps.travellers.lists.lookups import Lookups, lookup_line

__all__ = ["Lookups", "lookup_line", "persons", "retention"]
