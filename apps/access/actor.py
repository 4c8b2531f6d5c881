"""The asker of every read and write: one person on one active seat."""

from dataclasses import dataclass

READS, WORKS, DECIDES = 1, 2, 3
"""Ranks of roles: reads, works (create, answer), decides (approve, release, share); each includes the one before."""


@dataclass(frozen=True, slots=True)
class Key:
    """The key by which a program acts: its number, its first letters, and by whose hands it was made."""

    id: int
    prefix: str
    made_by: str
    approved_by: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Everything that a read or a write may ask about a person on a seat, loaded once per request.

    `groups` are the ids of the groups that grants may point at. Never cached across requests, never put into a
    task: tasks carry the desk and rebuild it, so that an ended seat stops work already queued.
    """

    user_id: int
    person: str
    seat_id: int
    seat_kind: str
    desk_id: int
    desk_code: str
    party_code: str
    party_name: str
    time_zone: str
    function: str
    role: str
    rank: int
    clearance: int
    groups: tuple[int, ...]
    request_id: str = ""
    via: str = "web"
    address: str | None = None
    may_write: bool = True
    seconded_from: str = ""
    """The person's own party where their seat is at a desk of another one; "" at home."""
    proven: bool = False
    """Whether the person has shown who they are, in the last 15 minutes (docs/reference/security.md, step-up)."""
    verbs: tuple[str, ...] = ()
    """The only verbs that a program's key may do; none named: all of its seat."""
    collections: tuple[str, ...] = ()
    """The only collections of the API that a program's key opens, `taxii` and `stream` among them; none named: all."""

    key: Key | None = None
    """By which a desk's program acts; None for people and for the portal itself."""

    def opens(self, collection: str) -> bool:
        """Whether the limits of a program's key leave it this collection; always for people."""
        return not self.collections or collection in self.collections
