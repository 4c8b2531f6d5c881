"""What States declare to a decision: reservations, opt-outs, accession, objection, dispute, reasons, translations."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.doors import action, emit
from apps.access.refused import Refused
from apps.council.actions.drafting import DayField, ListField
from apps.council.models import Clause, Decision, DecisionText, Statement
from apps.council.policy import decisions as policy
from apps.council.policy import may_keep
from apps.council.queries import membership, texts
from apps.council.rules import seals

S = Decision.State
K = Statement.Kind
OPEN_TO_STATEMENTS = frozenset({S.ADOPTED, S.SEALED, S.IN_FORCE})
LANGUAGES = [("fr", _("French")), ("nl", _("Dutch")), ("es", _("Spanish"))]
TEXT = forms.CharField(label=_("Text"), max_length=6000, widget=forms.Textarea(attrs={"rows": 5}))
CLAUSES = ListField(
    label=_("Clauses"), required=False, help_text=_("their numbers, such as 2, 3; empty: the whole decision")
)


def _declared(verb: str, label: Any, takes: dict[str, Any]) -> Any:
    return action(
        f"decision.{verb}",
        model=Decision,
        label=label,
        policy=policy.may_declare,
        starts=OPEN_TO_STATEMENTS,
        ends=OPEN_TO_STATEMENTS,
        otherwise="only-adopted",
        takes=takes,
    )


@_declared(
    "enter_reservation",
    _("Enter a reservation"),
    {"clauses": CLAUSES, "text": TEXT, "until": DayField(label=_("Until"), required=False)},
)
def enter_reservation(
    actor: Actor, decision: Decision, *, text: str, clauses: Any = None, until: datetime.date | None = None
) -> Decision:
    """Put one's State's reservation to clauses on the record; its obligations end only by an opt-out (Art. 27(4))."""
    _only_members(actor)
    if decision.kind == Decision.Kind.PROCEDURAL:
        raise Refused("may-not", "reservation-not-allowed")
    return _add(actor, decision, K.RESERVATION, text, clauses=_numbers(decision, clauses), until=until)


@_declared("ask_opt_out", _("Ask for an opt-out"), {"clauses": CLAUSES, "text": TEXT})
def ask_opt_out(actor: Actor, decision: Decision, *, text: str, clauses: Any = None) -> Decision:
    """Ask the Conference to be excused from obligations of the decision (Revised Treaty, Article 27(4))."""
    _only_members(actor)
    if decision.kind != Decision.Kind.DECISION:
        raise Refused("may-not", "opt-out-not-needed")
    numbers = _numbers(decision, clauses)
    return _add(actor, decision, K.OPT_OUT, text, clauses=numbers, state=Statement.State.ASKED)


@action(
    "decision.settle_opt_out",
    model=Decision,
    label=_("Record the Conference's answer to an opt-out"),
    policy=may_keep,
    starts=OPEN_TO_STATEMENTS,
    ends=OPEN_TO_STATEMENTS,
    otherwise="only-adopted",
    takes={
        "party": forms.CharField(label=_("State"), max_length=8),
        "answer": forms.ChoiceField(label=_("Answer"), choices=[("granted", _("Granted")), ("refused", _("Refused"))]),
        "basis": forms.CharField(label=_("Decision of the Conference"), max_length=200),
        "until": DayField(label=_("Until"), required=False),
    },
)
def settle_opt_out(
    actor: Actor, decision: Decision, *, party: str, answer: str, basis: str, until: datetime.date | None = None
) -> Decision:
    """Record by which decision the Conference granted or refused a State's opt-out."""
    asked = Statement.objects.filter(decision=decision, party_id=party, kind=K.OPT_OUT, state=Statement.State.ASKED)
    found = asked.order_by("at").first()
    if found is None:
        raise ValidationError({"party": _now("%(code)s has no opt-out waiting for an answer.") % {"code": party}})
    found.state, found.basis, found.until = answer, basis, until
    found.granted_on = timezone.now().date() if answer == Statement.State.GRANTED else None
    found.save(update_fields=["state", "basis", "until", "granted_on"])
    emit("decision.statement", decision, {"party": party, "kind": K.OPT_OUT})
    return decision


@_declared("accede", _("Join later"), {"text": TEXT})
def accede(actor: Actor, decision: Decision, *, text: str) -> Decision:
    """Declare that one's State, which was absent, abstained or voted against, joins the decision after all."""
    return _add(actor, decision, K.ACCESSION, text)


@_declared("object", _("Object"), {"clauses": CLAUSES, "text": TEXT})
def object_(actor: Actor, decision: Decision, *, text: str, clauses: Any = None) -> Decision:
    """Put one's State's objection to an adopted decision on the record."""
    return _add(actor, decision, K.OBJECTION, text, clauses=_numbers(decision, clauses))


@_declared("raise_dispute", _("Declare a dispute"), {"text": TEXT})
def raise_dispute(actor: Actor, decision: Decision, *, text: str) -> Decision:
    """Declare a dispute on meaning or application of the decision (Revised Treaty, Chapter Nine)."""
    _only_members(actor)
    return _add(actor, decision, K.DISPUTE, text)


@_declared("give_reasons", _("Give reasons for not implementing"), {"text": TEXT})
def give_reasons(actor: Actor, decision: Decision, *, text: str) -> Decision:
    """Tell the Secretariat in writing why a recommendation is not implemented (Revised Treaty, Article 27(6))."""
    if decision.kind != Decision.Kind.RECOMMENDATION:
        raise Refused("may-not", "reasons-for-recommendations")
    return _add(actor, decision, K.REASONS, text)


@_declared(
    "withdraw_statement",
    _("Withdraw our statement"),
    {"kind": forms.ChoiceField(label=_("Statement"), choices=K.choices)},
)
def withdraw_statement(actor: Actor, decision: Decision, *, kind: str) -> Decision:
    """Take one's State's latest statement of a kind back; it stays on the record as withdrawn."""
    own = Statement.objects.filter(decision=decision, party_id=actor.party_code, kind=kind)
    found = own.exclude(state=Statement.State.WITHDRAWN).order_by("-at").first()
    if found is None:
        raise ValidationError({"kind": _now("Your State has no such statement here.")})
    found.state = Statement.State.WITHDRAWN
    found.save(update_fields=["state"])
    emit("decision.statement", decision, {"party": actor.party_code, "kind": kind})
    return decision


def _add(actor: Actor, decision: Decision, kind: str, text: str, **more: Any) -> Decision:
    Statement.objects.create(
        decision=decision, party_id=actor.party_code, kind=kind, text=text, seat_id=actor.seat_id, **more
    )
    emit("decision.statement", decision, {"party": actor.party_code, "kind": kind})
    return decision


def _only_members(actor: Actor) -> None:
    if actor.party_code not in {party.code for party in membership.roll(timezone.now().date())}:
        raise Refused("may-not", "members-only")


def _numbers(decision: Decision, sent: Any) -> list[str]:
    """Clause numbers, or the ids of clauses as the API shows them."""
    if sent in (None, "", []):
        return []
    if not isinstance(sent, list):
        raise ValidationError({"clauses": _now("Name clauses by their numbers, for example 2, 3.")})
    by_name: dict[str, str] = {}
    for clause in Clause.objects.filter(decision=decision):
        by_name |= {clause.number: clause.number, str(clause.pk): clause.number}
    unknown = [str(each) for each in sent if str(each) not in by_name]
    if unknown:
        raise ValidationError({"clauses": _now("There is no clause %(number)s.") % {"number": unknown[0]}})
    return [by_name[str(each)] for each in sent]


@action(
    "decision.translate",
    model=Decision,
    label=_("Add a translation"),
    policy=policy.may_translate,
    starts={S.PROPOSED, S.AMENDING, S.ADOPTED, S.SEALED, S.IN_FORCE},
    ends={S.PROPOSED, S.AMENDING, S.ADOPTED, S.SEALED, S.IN_FORCE},
    otherwise="text-no-longer-open",
    takes={
        "language": forms.ChoiceField(label=_("Language"), choices=LANGUAGES),
        "title": forms.CharField(label=_("Title"), max_length=200),
        "preamble": forms.CharField(
            label=_("Preamble"), required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 6})
        ),
        "clauses": forms.JSONField(label=_("Clauses"), help_text=_('{"1": "text", "2": "text"}: every clause')),
    },
)
def translate(
    actor: Actor, decision: Decision, *, language: str, title: str, clauses: Any, preamble: str = ""
) -> Decision:
    """Add a marked translation of the text as it stands; the English text stays the authentic one."""
    present = texts.clauses_of(decision)
    if not isinstance(clauses, dict) or {str(key) for key in clauses} != {one.number for one in present}:
        raise ValidationError({"clauses": _now("Translate every clause, each under its own number.")})
    if not all(isinstance(text, str) and text.strip() for text in clauses.values()):
        raise ValidationError({"clauses": _now('Send the text of each clause: {"1": "text", "2": "text"}.')})
    texts_by_number = [(one.number, str(clauses[one.number])) for one in present]
    DecisionText.objects.create(
        decision=decision,
        version=decision.text_version,
        language=language,
        authentic=False,
        title=title,
        preamble=preamble,
        clauses=[{"number": number, "text": text} for number, text in texts_by_number],
        sha256=seals.text_hash(preamble, texts_by_number),
        source_hash=decision.text_hash,
        seat_id=actor.seat_id,
    )
    return decision
