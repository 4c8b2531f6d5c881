"""Written procedures as a list shows them."""

from typing import Any

from django.utils.translation import gettext_lazy, pgettext_lazy

from apps.access.actor import Actor
from apps.council.models import Reply, WrittenProcedure
from apps.council.procedures.queries import procedures as queries

W = WrittenProcedure.State
CHIPS: dict[str, tuple[str, str, Any]] = {
    W.DRAFT: ("mute", "pen", pgettext_lazy("words, council", "Draft")),
    W.DISPATCHED: ("info", "send", gettext_lazy("Sent, waiting for receipts")),
    W.RUNNING: ("info", "clock", pgettext_lazy("words, council", "Running")),
    W.EXTENDED: ("info", "clock", pgettext_lazy("words, council", "Running, extended")),
    W.OBJECTED: ("bad", "flag", pgettext_lazy("words, council", "Silence broken")),
    W.CONCLUDED: ("ok", "circle-check", pgettext_lazy("words, council", "Adopted")),
    W.LAPSED: ("mute", "circle-x", pgettext_lazy("words, council", "Lapsed")),
    W.WITHDRAWN: ("mute", "undo", pgettext_lazy("words, council", "Withdrawn")),
}
"""Chip of a state: kind, picture, word."""


def list_lines(actor: Actor, rows: list[WrittenProcedure]) -> list[dict[str, Any]]:
    """Lines of the list: the procedure, its chip, and whether the seat's own State has received and answered."""
    sent = {w.procedure_id: w for w in queries.circulations_of(actor, rows) if w.party_id == actor.party_code}
    said: dict[Any, Reply] = {}
    for reply in queries.replies_to(actor, rows):
        if reply.party_id == actor.party_code and not reply.code:
            said[reply.procedure_id] = reply
    return [
        {
            "it": row,
            "chip": CHIPS[row.state],
            "sent": sent.get(row.pk),
            "said": said.get(row.pk),
        }
        for row in rows
    ]
