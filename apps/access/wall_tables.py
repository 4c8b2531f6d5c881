"""What an app says in its AppConfig of tables that are neither records nor parts: `walls`, by label or by table name.

    walls: ClassVar = {"people.party": ANYBODY, "mfa.authenticator": own("user_id")}

A table of which nothing is said has the floor: whoever has a seat reads it, an action or the portal itself writes it.
"""

from dataclasses import dataclass, replace
from enum import StrEnum


class Strength(StrEnum):
    """How near a table's policy comes to the door, the nearest first."""

    EXACT = "exact"
    """The very rows of the door."""
    BOUND = "upper bound"
    """Rows of which the door takes some away."""
    OWN = "own rows"
    """Of a person, or of a desk: their own alone."""
    PORTAL = "portal"
    """No seat reads it: actions, the entrance, the portal itself."""
    FLOOR = "floor"
    """Whoever has a seat, and nobody without one."""
    OPEN = "open"
    """Reference data: read by anybody, written by actions and the portal alone."""
    NONE = "none"
    """Row-level security cannot be had; a trigger sees to it that actions and the portal alone write."""


@dataclass(frozen=True, slots=True)
class Table:
    """How a table is guarded that is neither a record nor a part of one."""

    strength: Strength
    column: str = ""
    """The column that names whose a row is, who writes it as well; it has to be the setting `says`."""
    says: str = "user"
    entrance: bool = False
    """Whether the entrance reads and writes it, where nobody is known yet (database_context.entrance_context)."""
    seats_write: str = ""
    """Why a seat writes it outside of actions; "": it does not."""
    why: str = ""
    """Of NONE: why there can be no policy."""
    by_migration: bool = False
    """Whether a migration of the app makes its policy, which is left alone."""
    kept: bool = False
    """Whether rows are removed for a reason of database_context.REMOVALS alone."""
    signed: bool = False
    """Whether each row is written in the name of the one who asks (the audit); none is changed."""

    def of(self, column: str) -> "Table":
        """The same, and a person writes their own rows, by the column that names them."""
        return replace(self, column=column)

    def at_entrance(self) -> "Table":
        """The same, and the entrance reads and writes it."""
        return replace(self, entrance=True)

    def kept_rows(self) -> "Table":
        """The same, and rows are removed for a declared reason alone."""
        return replace(self, kept=True)

    def seats(self, why: str) -> "Table":
        """The same, and a seat writes it outside of actions."""
        return replace(self, seats_write=why)


FLOOR, ANYBODY, PORTAL = Table(Strength.FLOOR), Table(Strength.OPEN), Table(Strength.PORTAL)


def own(column: str, says: str = "user") -> Table:
    """Rows of a person alone (or of a seat, a desk), by the column that names them."""
    return Table(Strength.OWN, column, says)


def unwalled(why: str) -> Table:
    """A table that row-level security cannot guard."""
    return Table(Strength.NONE, why=why)
