"""What the States answer. Every reply is kept; one without effect is kept with the reason, and told at once."""

from dataclasses import replace

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.binding_acts import Binding
from apps.access.declared_actions import action, change_also
from apps.council.models import ObjectionProposal, Reply, WrittenProcedure
from apps.council.policy import may_bind_state, may_speak_for_state
from apps.council.procedures.actions.fields import TextHashField
from apps.council.procedures.actions.progress import OPEN, W, put
from apps.council.procedures.queries import procedures as queries
from apps.council.procedures.rules import silence
from apps.council.queries import consequences

LONGEST_TEXT = 4000


def _text_hash() -> TextHashField:
    return TextHashField(
        label=pgettext_lazy("field, council", "Text"),
        help_text=_("Hash of the text you are answering: text_hash of the procedure"),
    )


@action(
    "procedure.support",
    model=WrittenProcedure,
    label=pgettext_lazy("button, council", "Support"),
    done=_("Supported a text in writing"),
    policy=may_bind_state,
    starts=OPEN,
    ends=OPEN,
    takes={"text_hash": _text_hash()},
    binding=Binding(consequences.of_support, in_person=True),
)
def support_procedure(actor: Actor, row: WrittenProcedure, *, text_hash: str) -> WrittenProcedure:
    """Support the text in so many words. It does not shorten the period unless every State with a vote does."""
    return _answer(actor, row, Reply.Kind.SUPPORT, text_hash)


@action(
    "procedure.object",
    model=WrittenProcedure,
    label=pgettext_lazy("button, council", "Object"),
    done=_("Broke the silence"),
    policy=may_bind_state,
    starts=OPEN,
    ends=OPEN,
    takes={
        "text_hash": _text_hash(),
        "reason": forms.CharField(
            label=pgettext_lazy("field, council", "Reason"),
            required=False,
            max_length=LONGEST_TEXT,
            widget=forms.Textarea(attrs={"rows": 4}),
        ),
    },
    danger=True,
    binding=Binding(consequences.of_objection, in_person=True),
)
def object_to_procedure(actor: Actor, row: WrittenProcedure, *, text_hash: str, reason: str = "") -> WrittenProcedure:
    """Break the silence: the text is not adopted in writing, and all States are told. No reason is needed."""
    _answer(actor, row, Reply.Kind.OBJECT, text_hash, reason)
    for proposal in ObjectionProposal.objects.select_for_update().filter(
        owner_id=actor.desk_id, procedure=row, state=ObjectionProposal.State.PROPOSED
    ):
        before, proposal.state = proposal.state, ObjectionProposal.State.TAKEN_UP
        change_also("objection.take_up", proposal, "state", before=before)
    return row


@action(
    "procedure.ask_extension",
    model=WrittenProcedure,
    label=_("Ask for more time"),
    done=_("Asked for more time for all States"),
    policy=may_bind_state,
    starts={W.RUNNING, W.EXTENDED},
    ends=OPEN,
    takes={"text_hash": _text_hash()},
    binding=Binding(consequences.of_more_time),
)
def ask_procedure_extension(actor: Actor, row: WrittenProcedure, *, text_hash: str) -> WrittenProcedure:
    """Ask for more time: once for each State, for everybody, within the longest period of the organ."""
    return _answer(actor, row, Reply.Kind.EXTENSION, text_hash)


@action(
    "procedure.comment",
    model=WrittenProcedure,
    label=pgettext_lazy("button, council", "Comment"),
    done=_("Commented without objecting"),
    policy=may_speak_for_state,
    starts=OPEN,
    ends=OPEN,
    takes={
        "text_hash": _text_hash(),
        "text": forms.CharField(
            label=pgettext_lazy("field, council", "Comment"),
            max_length=LONGEST_TEXT,
            widget=forms.Textarea(attrs={"rows": 4}),
            help_text=_("A comment is not an objection: the text is still adopted if no State objects."),
        ),
    },
)
def comment_on_procedure(actor: Actor, row: WrittenProcedure, *, text_hash: str, text: str) -> WrittenProcedure:
    """Comment without objecting."""
    return _answer(actor, row, Reply.Kind.COMMENT, text_hash, text)


@action(
    "procedure.withdraw_objection",
    model=WrittenProcedure,
    label=_("Withdraw the objection"),
    done=_("Withdrew an objection"),
    policy=may_bind_state,
    starts={W.OBJECTED},
    ends=OPEN,
    takes={"text_hash": _text_hash()},
    binding=Binding(consequences.of_withdrawn_objection, in_person=True),
)
def withdraw_objection(actor: Actor, row: WrittenProcedure, *, text_hash: str) -> WrittenProcedure:
    """Withdraw one's objection before the deadline; with the last one the clock runs on, for a day at least."""
    return _answer(actor, row, Reply.Kind.WITHDRAW, text_hash)


def _answer(actor: Actor, row: WrittenProcedure, kind: str, text_hash: str, reason: str = "") -> WrittenProcedure:
    """Keep a reply with the code that the engine gives it, and put the procedure where it stands now."""
    now = timezone.now()
    if kind == Reply.Kind.COMMENT and not reason.strip():
        raise ValidationError({"text": _now("Write your comment.")})
    reply = Reply(
        procedure=row,
        party_id=actor.party_code,
        kind=kind,
        text_hash=text_hash,
        reason=reason,
        at=now,
        seat_id=actor.seat_id,
    )
    facts = queries.facts(row, [*Reply.objects.filter(procedure=row).order_by("at", "pk"), reply])
    reply.code = _code(facts, reply)
    reply.save(force_insert=True)
    put(row, silence.state(facts, now))
    return row


def _code(facts: silence.Procedure, reply: Reply) -> str:
    """Why the last reply has no effect, "" when it has; before the start, as if the clock started with it."""
    if silence.started_at(facts, reply.at) is None:
        facts = replace(facts, forced_start_at=reply.at)
    before = silence.state(replace(facts, replies=facts.replies[:-1]), reply.at).ignored
    after = silence.state(facts, reply.at).ignored
    return after[-1][2] if len(after) > len(before) else ""
