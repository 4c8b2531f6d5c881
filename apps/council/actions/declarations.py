"""What States declare to a decision: reservations, opt-outs, accession, objection, dispute, reasons, translations."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.binding_acts import Binding
from apps.access.declared_actions import action, emit
from apps.access.refusal import Refused
from apps.council.actions.decision_fields import DayField, ListField
from apps.council.models import Clause, Decision, DecisionText, Statement
from apps.council.policy import decisions as policy
from apps.council.policy import may_keep
from apps.council.queries import consequences, membership, texts
from apps.council.refusals import Refusals
from apps.council.rules import seals

S = Decision.State
K = Statement.Kind
OPEN_TO_STATEMENTS = frozenset({S.ADOPTED, S.SEALED, S.IN_FORCE})
LANGUAGES = [
    ("fr", pgettext_lazy("words, council", "French")),
    ("nl", pgettext_lazy("words, council", "Dutch")),
    ("es", pgettext_lazy("words, council", "Spanish")),
]
TEXT = forms.CharField(
    label=pgettext_lazy("field, council", "Text"), max_length=6000, widget=forms.Textarea(attrs={"rows": 5})
)
CLAUSES = ListField(
    label=pgettext_lazy("field, council", "Clauses"),
    required=False,
    help_text=_("Clause numbers, for example 2, 3; leave empty for the whole decision"),
)


def _declaring(takes: dict[str, Any], may: Any = policy.may_declare) -> dict[str, Any]:
    """How what a State declares of an adopted decision is declared as an action."""
    known = {"model": Decision, "policy": may, "starts": OPEN_TO_STATEMENTS, "ends": OPEN_TO_STATEMENTS}
    return known | {"otherwise": Refusals.ONLY_ADOPTED, "takes": takes}


@action(
    "decision.enter_reservation",
    label=_("Enter a reservation"),
    done=_("Entered a reservation"),
    **_declaring(
        {
            "clauses": CLAUSES,
            "text": TEXT,
            "until": DayField(label=pgettext_lazy("field, council", "Until"), required=False),
        },
        policy.may_reserve,
    ),
    binding=Binding(consequences.of_statement, in_person=True),
)
def enter_reservation(
    actor: Actor, decision: Decision, *, text: str, clauses: Any = None, until: datetime.date | None = None
) -> Decision:
    """Put one's State's reservation to clauses on the record; its obligations end only by an opt-out (Art. 27(4))."""
    _only_members(actor)
    return _add(actor, decision, K.RESERVATION, text, clauses=_numbers(decision, clauses), until=until)


@action(
    "decision.ask_opt_out",
    label=_("Request an opt-out"),
    done=_("Asked for an opt-out"),
    **_declaring({"clauses": CLAUSES, "text": TEXT}, policy.may_opt_out),
)
def ask_opt_out(actor: Actor, decision: Decision, *, text: str, clauses: Any = None) -> Decision:
    """Ask the Conference to be excused from obligations of the decision (Revised Treaty, Article 27(4))."""
    _only_members(actor)
    numbers = _numbers(decision, clauses)
    return _add(actor, decision, K.OPT_OUT, text, clauses=numbers, state=Statement.State.ASKED)


@action(
    "decision.settle_opt_out",
    model=Decision,
    label=_("Record the Conference's answer to an opt-out"),
    done=_("Recorded the answer to an opt-out"),
    policy=may_keep,
    starts=OPEN_TO_STATEMENTS,
    ends=OPEN_TO_STATEMENTS,
    otherwise=Refusals.ONLY_ADOPTED,
    takes={
        "party": forms.CharField(label=pgettext_lazy("field, council", "State"), max_length=8),
        "answer": forms.ChoiceField(
            label=pgettext_lazy("field, council", "Answer"),
            choices=[
                ("granted", pgettext_lazy("choice, council", "Granted")),
                ("refused", pgettext_lazy("choice, council", "Refused")),
            ],
        ),
        "basis": forms.CharField(label=_("Decision of the Conference"), max_length=200),
        "until": DayField(label=pgettext_lazy("field, council", "Until"), required=False),
    },
)
def settle_opt_out(
    actor: Actor, decision: Decision, *, party: str, answer: str, basis: str, until: datetime.date | None = None
) -> Decision:
    """Record by which decision the Conference granted or refused a State's opt-out."""
    asked = Statement.objects.filter(decision=decision, party_id=party, kind=K.OPT_OUT, state=Statement.State.ASKED)
    found = asked.order_by("at").first()
    if found is None:
        raise ValidationError(
            {"party": _now("%(code)s has no opt-out request waiting for an answer.") % {"code": party}}
        )
    found.state, found.basis, found.until = answer, basis, until
    found.granted_on = timezone.now().date() if answer == Statement.State.GRANTED else None
    found.save(update_fields=["state", "basis", "until", "granted_on"])
    if answer == Statement.State.GRANTED and not found.clauses:
        decision.bound = [code for code in decision.bound if code != party]
    emit("decision.statement", decision, {"party": party, "kind": K.OPT_OUT})
    return decision


@action(
    "decision.accede",
    label=pgettext_lazy("words, council", "Accede later"),
    done=_("Joined a decision later"),
    **_declaring({"text": TEXT}, policy.may_accede),
)
def accede_to_decision(actor: Actor, decision: Decision, *, text: str) -> Decision:
    """Declare that one's State, which the decision does not bind, joins it after all."""
    if decision.kind == Decision.Kind.DECISION:
        decision.bound = sorted({*decision.bound, actor.party_code})
    return _add(actor, decision, K.ACCESSION, text)


@action(
    "decision.object",
    label=pgettext_lazy("button, council", "Object"),
    done=_("Objected to an adopted decision"),
    **_declaring({"clauses": CLAUSES, "text": TEXT}),
    danger=True,
    binding=Binding(consequences.of_statement, in_person=True),
)
def object_to_decision(actor: Actor, decision: Decision, *, text: str, clauses: Any = None) -> Decision:
    """Put one's State's objection to an adopted decision on the record."""
    return _add(actor, decision, K.OBJECTION, text, clauses=_numbers(decision, clauses))


@action(
    "decision.raise_dispute",
    label=_("Declare a dispute"),
    done=_("Declared a dispute"),
    **_declaring({"text": TEXT}),
)
def raise_dispute(actor: Actor, decision: Decision, *, text: str) -> Decision:
    """Declare a dispute on meaning or application of the decision (Revised Treaty, Chapter Nine)."""
    _only_members(actor)
    return _add(actor, decision, K.DISPUTE, text)


@action(
    "decision.give_reasons",
    label=_("Give reasons for not implementing"),
    done=_("Gave reasons for not implementing"),
    **_declaring({"text": TEXT}, policy.may_give_reasons),
)
def give_reasons(actor: Actor, decision: Decision, *, text: str) -> Decision:
    """Tell the Secretariat in writing why a recommendation is not implemented (Revised Treaty, Article 27(6))."""
    return _add(actor, decision, K.REASONS, text)


@action(
    "decision.withdraw_statement",
    label=_("Withdraw our statement"),
    done=_("Withdrew a statement"),
    **_declaring({"kind": forms.ChoiceField(label=pgettext_lazy("field, council", "Statement"), choices=K.choices)}),
)
def withdraw_statement(actor: Actor, decision: Decision, *, kind: str) -> Decision:
    """Take one's State's latest statement of a kind back; it stays on the record as withdrawn."""
    own = Statement.objects.filter(decision=decision, party_id=actor.party_code, kind=kind)
    found = own.exclude(state=Statement.State.WITHDRAWN).order_by("-at").first()
    if found is None:
        raise ValidationError({"kind": _now("Your State has no statement of this kind on this decision.")})
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
        raise Refused(Refusals.MEMBERS_ONLY)


def _numbers(decision: Decision, sent: Any) -> list[str]:
    """Clause numbers, or the ids of clauses as the API shows them."""
    if sent in (None, "", []):
        return []
    if not isinstance(sent, list):
        raise ValidationError({"clauses": _now("Enter clause numbers, for example 2, 3.")})
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
    done=_("Added a translation of a decision"),
    policy=policy.may_translate,
    starts={S.PROPOSED, S.AMENDING, S.ADOPTED, S.SEALED, S.IN_FORCE},
    ends={S.PROPOSED, S.AMENDING, S.ADOPTED, S.SEALED, S.IN_FORCE},
    otherwise=Refusals.TEXT_NO_LONGER_OPEN,
    takes={
        "language": forms.ChoiceField(label=pgettext_lazy("field, council", "Language"), choices=LANGUAGES),
        "title": forms.CharField(label=pgettext_lazy("field, council", "Title"), max_length=200),
        "preamble": forms.CharField(
            label=pgettext_lazy("field, council", "Preamble"),
            required=False,
            max_length=20_000,
            widget=forms.Textarea(attrs={"rows": 6}),
        ),
        "clauses": forms.JSONField(
            label=pgettext_lazy("field, council", "Clauses"), help_text=_('{"1": "text", "2": "text"}: every clause')
        ),
    },
)
def translate_decision(
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
