"""The acts of a written procedure.

Locks are taken in one order: the procedure (by access), its organ, its decision, its parts. Instants of what people
do are the server's; the clock's acts are given theirs.
"""

from apps.council.procedures.actions.dispatch import (
    acknowledge_procedure_receipt,
    dispatch_procedure,
    force_procedure_start,
    prepare_procedure,
    record_procedure_bounce,
    record_procedure_receipt,
    take_procedure_receipt,
)
from apps.council.procedures.actions.endings import (
    move_procedure_to_meeting,
    void_procedure_delivery,
    withdraw_procedure,
)
from apps.council.procedures.actions.objections import dismiss_objection_proposal, propose_objection
from apps.council.procedures.actions.replies import (
    ask_procedure_extension,
    comment_on_procedure,
    object_to_procedure,
    support_procedure,
    withdraw_objection,
)
from apps.council.procedures.actions.timed import (
    alarm_of_procedure,
    beat,
    conclude_procedure,
    extend_procedure,
    lapse_procedure,
    remind_of_procedure,
    start_procedure_clock,
)

__all__ = [
    "acknowledge_procedure_receipt",
    "alarm_of_procedure",
    "ask_procedure_extension",
    "beat",
    "comment_on_procedure",
    "conclude_procedure",
    "dismiss_objection_proposal",
    "dispatch_procedure",
    "extend_procedure",
    "force_procedure_start",
    "lapse_procedure",
    "move_procedure_to_meeting",
    "object_to_procedure",
    "prepare_procedure",
    "propose_objection",
    "record_procedure_bounce",
    "record_procedure_receipt",
    "remind_of_procedure",
    "start_procedure_clock",
    "support_procedure",
    "take_procedure_receipt",
    "void_procedure_delivery",
    "withdraw_objection",
    "withdraw_procedure",
]
