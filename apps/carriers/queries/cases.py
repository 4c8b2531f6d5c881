"""Cases against carriers, and their evidence."""

from typing import Any

from apps.access.actor import Actor
from apps.carriers.models import ComplianceCase

CHIPS = {
    "open": ("info", "half"),
    "notified": ("info", "send"),
    "explained": ("info", "message"),
    "proposed": ("warn", "clock"),
    "penalty": ("bad", "scale"),
    "appealed": ("warn", "history"),
    "waived": ("mute", "minus"),
    "paid": ("ok", "check"),
}


def case_line(actor: Actor, row: ComplianceCase) -> dict[str, Any]:
    """A case as a list shows it; the carrier reads an amount when it is set, not when it is proposed."""
    kind, picture = CHIPS[row.state]
    told = actor.party_code == row.party_id or row.confirmed_by
    amount = f"{row.amount_minor / 100:,.2f} {row.rule.currency}" if row.amount_minor and told else ""
    return {"it": row, "chip": (kind, picture, row.get_state_display()), "amount": amount}


def receipts_in_cases() -> set[str]:
    """Receipts that are evidence in a case against a carrier that is not over."""
    over = [ComplianceCase.State.WAIVED, ComplianceCase.State.PAID]
    rows = ComplianceCase.objects.exclude(state__in=over).values_list("evidence", flat=True)
    return {one["receipt"] for facts in rows for fact in facts for one in fact["receipts"]}
