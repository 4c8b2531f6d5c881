"""What the form of an act holds to begin with."""

from collections.abc import Mapping
from typing import Any

KEPT = {
    "evidence.correct": ("kind", "requirement", "title", "issued_on", "authority", "citation", "valid_until"),
    "evidence.share": (),
    "state_action.hand_over": ("responsible",),
}
"""Columns of the record that are shown for a change, by verb."""

NAMED = ("difficulty", "requirement", "step")
"""Fields that an address may name, where a button stands beside the thing itself."""


def begin_with(verb: str, row: Any, asked: Mapping[str, str]) -> dict[str, Any]:
    """Initial values: what the record holds already, and what the address of the button names."""
    found = {name: getattr(row, name) for name in KEPT.get(verb, ())}
    if verb in {"evidence.correct", "evidence.share"}:
        found |= {"audience": row.audience, "named": row.named}
    if verb == "state_action.hand_over":
        found |= {"desk": row.desk.code if row.desk_id else "", "focal": str(row.focal_seat_id or "")}
    return found | {name: asked[name] for name in NAMED if name in asked}
