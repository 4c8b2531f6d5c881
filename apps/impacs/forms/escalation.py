"""What of the escalations is shown, from the address."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from apps.impacs.models import Escalation, Office

SHOWN: dict[str, frozenset[str]] = {
    "silent": Escalation.SILENT,
    "open": Escalation.OPEN,
    "all": frozenset(Escalation.State.values),
}
"""What can be chosen: without an answer, still due, everything."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Filters of the list; what does not fit is left out."""

    shown: str = "open"
    office: str = ""
    party: str = ""

    @classmethod
    def read(cls, params: Mapping[str, str]) -> "Chosen":
        """From an address."""
        shown, office = params.get("shown", "open"), params.get("office", "")
        return cls(
            shown if shown in SHOWN else "open", office if office in Office.values else "", params.get("party", "")[:8]
        )

    def narrowed(self, rows: Any) -> Any:
        """The rows that fit."""
        rows = rows.filter(state__in=SHOWN[self.shown])
        rows = rows.filter(office=self.office) if self.office else rows
        return rows.filter(party=self.party) if self.party else rows

    def as_query(self) -> dict[str, str]:
        """Its parts for an address, those that say something."""
        said = {"shown": self.shown, "office": self.office, "party": self.party}
        return {name: value for name, value in said.items() if value and (name, value) != ("shown", "open")}
