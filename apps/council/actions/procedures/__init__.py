"""The acts of a written procedure.

Locks are taken in one order: the procedure (by the door), its organ, its decision, its parts. Instants of what people
do are the server's; the clock's acts are given theirs.
"""

from apps.council.actions.procedures.endings import to_meeting, void_delivery, withdraw
from apps.council.actions.procedures.objections import dismiss, propose
from apps.council.actions.procedures.replies import ask_extension, comment, object_to, support, withdraw_objection
from apps.council.actions.procedures.sending import (
    acknowledge_receipt,
    dispatch,
    force_start,
    prepare,
    record_bounce,
    record_receipt,
    take_receipt,
)
from apps.council.actions.procedures.timed import alarm, beat, conclude, extend, lapse, remind, start_clock

__all__ = [
    "acknowledge_receipt",
    "alarm",
    "ask_extension",
    "beat",
    "comment",
    "conclude",
    "dismiss",
    "dispatch",
    "extend",
    "force_start",
    "lapse",
    "object_to",
    "prepare",
    "propose",
    "record_bounce",
    "record_receipt",
    "remind",
    "start_clock",
    "support",
    "take_receipt",
    "to_meeting",
    "void_delivery",
    "withdraw",
    "withdraw_objection",
]
