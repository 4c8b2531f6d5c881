"""A procedure ends without adoption because somebody rules so."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, emit
from apps.council.models import WrittenProcedure
from apps.council.policy import may_preside
from apps.council.procedures.actions.progress import OPEN, W, arithmetic, back_to_the_table, ended
from apps.council.procedures.queries import procedures as queries
from apps.council.procedures.rules import silence


def _reason() -> forms.CharField:
    return forms.CharField(label=pgettext_lazy("field, council", "Reason"), max_length=300)


@action(
    "procedure.withdraw",
    model=WrittenProcedure,
    label=_("Withdraw the procedure"),
    done=_("Withdrew a written procedure"),
    policy=may_preside,
    starts={W.DRAFT, W.DISPATCHED, W.RUNNING, W.EXTENDED},
    ends=W.WITHDRAWN,
    takes={"reason": _reason()},
    danger=True,
)
def withdraw_procedure(actor: Actor, row: WrittenProcedure, *, reason: str) -> WrittenProcedure:
    """Withdraw a procedure, for example to change its text; the decision is proposed again."""
    sent = row.state != W.DRAFT
    _close(actor, row, reason, "WITHDRAWN", f"Withdrawn: {reason}")
    if sent:
        emit("written.concluded", row, {"outcome": "WITHDRAWN"})
    return row


@action(
    "procedure.to_meeting",
    model=WrittenProcedure,
    label=_("Refer to a meeting"),
    done=_("Took a written procedure to a meeting"),
    policy=may_preside,
    starts={W.OBJECTED},
    ends=W.WITHDRAWN,
)
def move_procedure_to_meeting(actor: Actor, row: WrittenProcedure) -> WrittenProcedure:
    """The silence is broken: the decision is proposed again, for the next meeting."""
    _close(actor, row, "", "OBJECTED", "Not adopted: the silence was broken.")
    emit("written.concluded", row, {"outcome": "OBJECTED"})
    return row


@action(
    "procedure.void_delivery",
    model=WrittenProcedure,
    label=_("Declare a delivery void"),
    done=_("Declared a delivery void"),
    policy=may_preside,
    starts=OPEN,
    ends=W.LAPSED,
    takes={"reason": _reason()},
)
def void_procedure_delivery(actor: Actor, row: WrittenProcedure, *, reason: str) -> WrittenProcedure:
    """A State turns out not to have had the text: the procedure lapses, and the decision is proposed again."""
    row.delivery_void = True
    _close(actor, row, reason, "LAPSED", f"Lapsed: a delivery was void. {reason}")
    emit("written.concluded", row, {"outcome": "LAPSED"})
    return row


def _close(actor: Actor, row: WrittenProcedure, reason: str, outcome: str, sentence: str) -> None:
    now = timezone.now()
    row.reason = reason
    seen = silence.state(queries.facts(row), now)
    if seen.objections:
        sentence = f"{sentence} Objections: {', '.join(seen.objections)} ({arithmetic(row, seen)})."
    ended(row, seen, outcome, sentence, now)
    back_to_the_table(row)
