"""A text is prepared, sent round, and received by each State."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, change_also, emit
from apps.access.grants import share
from apps.access.references import next_in
from apps.access.refusal import Refused
from apps.council.actions import periods
from apps.council.models import Circulation, Decision, Organ, WrittenProcedure
from apps.council.policy import is_clock, may_preside
from apps.council.procedures import policy
from apps.council.procedures.actions.fields import DecisionField, OpenCirculationField
from apps.council.procedures.actions.progress import OPEN, W, begin, locked_decision
from apps.council.procedures.models import RECORDED_RECEIPTS
from apps.council.procedures.queries import procedures as queries
from apps.council.queries import audience
from apps.council.queries.membership import chair_on, rule_set_on, rules_of, silence_rules_on
from apps.council.rules.rule_sets import need
from apps.people.queries import desk_ids

PUT_IN_WRITING = (Decision.State.PROPOSED, Decision.State.PENDING_AD_REFERENDUM)
LONGEST_REASON = 300


@action(
    "procedure.prepare",
    model=WrittenProcedure,
    label=_("Prepare a written procedure"),
    done=_("Prepared a written procedure"),
    policy=policy.may_prepare,
    ends=W.DRAFT,
    takes={
        "decision": DecisionField(states=PUT_IN_WRITING, label=pgettext_lazy("field, council", "Decision")),
        "period_hours": periods.PERIOD,
        "urgent": periods.URGENT,
        "urgent_basis": periods.BASIS,
    },
)
def prepare_procedure(
    actor: Actor,
    _row: None,
    *,
    decision: Decision,
    period_hours: int | None = None,
    urgent: bool = False,
    urgent_basis: str = "",
) -> WrittenProcedure:
    """Put a proposed decision to the States in writing; its text is closed from here on."""
    text = Decision.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=decision.pk).first()
    if text is None or text.state not in PUT_IN_WRITING:
        raise ValidationError({"decision": _now("Only a proposed decision can go to written procedure.")})
    now = timezone.now()
    text.chair_id = text.chair_id or chair_on(text.organ_id, now.date())
    verdict = policy.may_rule_on(actor, text)
    if not verdict:
        raise Refused("may-not", getattr(verdict, "code", ""))
    _ask_rules(text, now.date())
    rules, hours = _rules(text.organ_id, now.date(), period_hours, urgent, urgent_basis)
    row = WrittenProcedure.objects.create(
        reference=f"{text.organ_id}/WP/{now.year}/{next_in(f'WP/{text.organ_id}/{now.year}'):02}",
        decision=text,
        organ_id=text.organ_id,
        chair_id=text.chair_id,
        urgent=urgent,
        urgent_basis=urgent_basis if urgent else "",
        period_hours=hours,
        rules=rules,
        text_hash=text.text_hash,
        fictional=text.fictional,
        owner_id=desk_ids("IMPACS.secretariat")[0],
        originator_id=actor.party_code,
        level=text.level,
    )
    chair = audience.ministries([text.chair_id]) if text.chair_id else []
    share(actor, row, [*audience.keepers(), *chair])
    before, text.state = text.state, Decision.State.PENDING_WRITTEN
    change_also("decision.to_written", text, "state", "chair_id", before=before)
    return row


def _ask_rules(decision: Decision, day: datetime.date) -> None:
    """Ask what a vote would ask before anything is counted; afterwards the text is closed, and nothing can be added."""
    stored = rule_set_on(decision.organ_id, day)
    question = rules_of(stored).question(decision.question) if stored else None
    if question is None:
        raise ValidationError({"decision": _now("The rules of this organ do not allow this kind of decision.")})
    if question.requires_financial_statement and decision.financial is None:
        sentence = _now("Enter the statement of financial implications first (Revised Treaty, Article 27(5)).")
        raise ValidationError({"decision": sentence})
    if decision.question == Decision.Question.CRITICAL and decision.determination_id is None:
        sentence = _now("First adopt the determination that the matter is critical to national well-being.")
        raise ValidationError({"decision": sentence})


def _rules(organ: str, day: datetime.date, hours: int | None, urgent: bool, basis: str) -> tuple[dict[str, Any], int]:
    """The organ's parameters of the day, and the period in hours; ValidationError at the field that breaks them."""
    rules = silence_rules_on(organ, day)
    if rules is None:
        raise ValidationError(
            {
                "decision": _now("%(organ)s cannot use a written procedure: no rules for it are in force.")
                % {"organ": organ}
            }
        )
    return periods.chosen(rules, organ, hours, urgent=urgent, basis=basis)


@action(
    "procedure.dispatch",
    model=WrittenProcedure,
    label=_("Send to the States"),
    done=_("Sent a written procedure to the States"),
    policy=policy.may_serve,
    starts={W.DRAFT},
    ends=W.DISPATCHED,
    takes={
        "override_reason": forms.CharField(
            label=_("Reason to send with too few voting States"),
            required=False,
            max_length=LONGEST_REASON,
            help_text=_("Needed only if the portal refuses to send for that reason"),
        )
    },
)
def dispatch_procedure(actor: Actor, row: WrittenProcedure, *, override_reason: str = "") -> WrittenProcedure:
    """Send the text to every Member State and Associate Member; who is asked and who may vote is frozen here."""
    now = timezone.now()
    organ = Organ.objects.select_for_update().get(pk=row.organ_id)  # two dispatches count one after the other
    decision = locked_decision(row)
    row.rules, row.period_hours = _rules(organ.code, now.date(), row.period_hours, row.urgent, row.urgent_basis)
    most = row.rules.get("parallel_maximum", 5)
    if WrittenProcedure.objects.filter(organ=organ, state__in=OPEN).count() >= most:
        sentence = _now(
            "This organ already has %(n)s procedures running, the most its rules allow. Wait for one to end."
        )
        raise ValidationError(sentence % {"n": most})
    row.poll = _electorate(row, decision, now.date(), override_reason)
    row.text_hash, row.dispatched_at = decision.text_hash, now
    parties = [*row.poll["members"], *([] if audience.is_restricted(decision) else row.poll["associates"])]
    Circulation.objects.bulk_create([Circulation(procedure=row, party_id=code, sent_at=now) for code in parties])
    groups = audience.of_decision(decision, now.date())
    share(actor, row, groups)
    share(actor, decision, groups)
    emit("written.dispatched", row)
    return row


def _electorate(row: WrittenProcedure, decision: Decision, day: datetime.date, override: str) -> dict[str, Any]:
    """The frozen roll of States; ValidationError if somebody could not receive, or too few could adopt."""
    poll = queries.electorate(decision, day)
    if poll is None:
        sentence = _now("%(organ)s needs exactly one rule set in force today. Enter it before sending.")
        raise ValidationError(sentence % {"organ": row.organ_id})
    empty = queries.unattended(poll["members"])
    if empty:
        sentence = _now(
            "No one has an appointment at the ministry of %(states)s, so the text could not be received there."
        )
        raise ValidationError(sentence % {"states": ", ".join(empty)})
    parameters = queries.parameters_of(row.rules)
    entitled = len(poll["members"]) - len(poll["without_vote"])
    required = need(len(poll["members"]), parameters.required_fraction, parameters.required_strictly_more)
    if entitled < required and not override:
        sentence = _now(
            "%(entitled)s States have a vote and %(required)s are needed (Revised Treaty, "
            "Articles 27(2) and 29(2)), so the procedure could not decide. Refer the matter to a "
            "meeting, or give a reason to send it."
        )
        raise ValidationError({"override_reason": sentence % {"entitled": entitled, "required": required}})
    return {**poll, "entitled": entitled, "required": required, "override": override}


@action(
    "procedure.acknowledge_receipt",
    model=WrittenProcedure,
    label=pgettext_lazy("button, council", "Confirm receipt"),
    done=_("Confirmed receipt of a written procedure"),
    policy=policy.may_acknowledge,
    starts=OPEN,
    ends=OPEN,
)
def acknowledge_procedure_receipt(actor: Actor, row: WrittenProcedure) -> WrittenProcedure:
    """Confirm for one's State that it has the text. Opening the page alone is no receipt."""
    _receive(actor, row, actor.party_code, Circulation.ReceiptKind.PORTAL, "")
    return row


@action(
    "procedure.record_receipt",
    model=WrittenProcedure,
    label=_("Record a receipt"),
    done=_("Recorded that a State has the text"),
    policy=policy.may_serve,
    starts=OPEN,
    ends=OPEN,
    takes={
        "party": OpenCirculationField(label=pgettext_lazy("field, council", "State")),
        "kind": forms.ChoiceField(label=pgettext_lazy("field, council", "How"), choices=RECORDED_RECEIPTS),
        "note": forms.CharField(
            label=pgettext_lazy("field, council", "Note"),
            max_length=LONGEST_REASON,
            help_text=_("For a call: who was reached, on which number, when; for a note: its number and date"),
        ),
    },
)
def record_procedure_receipt(
    actor: Actor, row: WrittenProcedure, *, party: str, kind: str, note: str
) -> WrittenProcedure:
    """Record that a State has the text: a call, a note verbale, its mission."""
    _receive(actor, row, party, kind, note)
    return row


@action(
    "procedure.take_receipt",
    model=WrittenProcedure,
    label=_("Register a receipt"),
    done=_("Took over a receipt given on the notification"),
    policy=is_clock,
    starts=OPEN,
    ends=OPEN,
    automatic=True,
)
def take_procedure_receipt(actor: Actor, row: WrittenProcedure, *, party: str) -> WrittenProcedure:
    """A ministry gave its receipt on the notice of the procedure: it is the State's receipt of the text."""
    if not Circulation.objects.filter(procedure=row, party_id=party, receipt_at=None).exists():
        raise Refused("wrong-state", record=row)
    _receive(actor, row, party, Circulation.ReceiptKind.PORTAL, "")
    return row


def _receive(actor: Actor, row: WrittenProcedure, party: str, kind: str, note: str) -> None:
    found = Circulation.objects.select_for_update().filter(procedure=row, party_id=party).first()
    if found is None:
        raise ValidationError({"party": _now("The text was not sent to this State.")})
    if found.receipt_at is not None:
        raise ValidationError({"party": _now("This State's receipt is already recorded.")})
    found.receipt_at, found.receipt_kind, found.receipt_note = timezone.now(), kind, note
    found.seat_id = actor.seat_id
    found.save(update_fields=["receipt_at", "receipt_kind", "receipt_note", "seat_id"])
    if row.state == W.DISPATCHED and queries.all_received(row):
        emit("written.received", row)


@action(
    "procedure.record_bounce",
    model=WrittenProcedure,
    label=_("Record bounced mail"),
    done=_("Recorded bounced mail"),
    policy=policy.may_note_bounce,
    starts=OPEN,
    ends=OPEN,
    takes={"party": OpenCirculationField(label=pgettext_lazy("field, council", "State"))},
)
def record_procedure_bounce(actor: Actor, row: WrittenProcedure, *, party: str) -> WrittenProcedure:
    """Record that the mail to a State came back: somebody has to call."""
    changed = Circulation.objects.filter(procedure=row, party_id=party, receipt_at=None).update(
        bounced_at=timezone.now()
    )
    if not changed:
        raise ValidationError({"party": _now("This State already has the text, or was not sent it.")})
    return row


@action(
    "procedure.force_start",
    model=WrittenProcedure,
    label=_("Start without all receipts"),
    done=_("Started the clock without all receipts"),
    policy=may_preside,
    starts={W.DISPATCHED},
    ends={W.RUNNING, W.EXTENDED, W.OBJECTED},
    takes={
        "reason": forms.CharField(
            label=pgettext_lazy("field, council", "Reason"),
            max_length=LONGEST_REASON,
            help_text=_("Who could not be reached, and how the text was served instead; printed on the result"),
        )
    },
)
def force_procedure_start(actor: Actor, row: WrittenProcedure, *, reason: str) -> WrittenProcedure:
    """Start the clock after substitute service, when a State cannot be reached."""
    now = timezone.now()
    wait = row.rules.get("retry_hours", 24)
    if row.dispatched_at is None or now < row.dispatched_at + datetime.timedelta(hours=wait):
        sentence = _now(
            "First try for %(hours)s hours after sending: by telephone, by note verbale, through the mission."
        )
        raise ValidationError({"reason": sentence % {"hours": wait}})
    row.forced_start_at, row.forced_reason = now, reason
    begin(row, now)
    return row
