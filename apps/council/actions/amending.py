"""Amendments: a State changes one clause of the proposed text, the chair rules, each ruling is a new version."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.doors import action, emit
from apps.access.refused import Refused
from apps.council.actions.drafting import keep_text
from apps.council.models import Amendment, Clause, Decision
from apps.council.policy import decisions as policy
from apps.council.policy import may_preside
from apps.council.queries import texts

S = Decision.State
A = Amendment.State
NUMBER = {"number": forms.IntegerField(label=_("Amendment"), min_value=1, help_text=_("its number"))}


@action(
    "decision.propose_amendment",
    model=Decision,
    label=_("Propose an amendment"),
    policy=policy.may_amend,
    starts={S.PROPOSED, S.AMENDING},
    ends=S.AMENDING,
    otherwise="amendment-too-late",
    takes={
        "clause": forms.CharField(
            label=_("Clause"), max_length=10, help_text=_("its number; a number that is not there yet adds a clause")
        ),
        "text": forms.CharField(
            label=_("New text"),
            required=False,
            max_length=texts.LONGEST_CLAUSE,
            widget=forms.Textarea(attrs={"rows": 6}),
            help_text=_("the whole clause as it should read; empty to leave the clause out"),
        ),
        "reason": forms.CharField(label=_("Reason"), required=False, max_length=300),
    },
)
def propose_amendment(actor: Actor, decision: Decision, *, clause: str, text: str = "", reason: str = "") -> Decision:
    """Propose that a clause of the text on the table reads otherwise, is added or left out."""
    present = {one.number: one.text for one in texts.clauses_of(decision)}
    if not text.strip() and clause not in present:
        raise ValidationError({"clause": _now("There is no clause %(number)s to leave out.") % {"number": clause}})
    if text.strip() == present.get(clause, "").strip():
        raise ValidationError({"text": _now("This is the text as it stands. Write how the clause should read.")})
    Amendment.objects.create(
        decision=decision,
        number=Amendment.objects.filter(decision=decision).count() + 1,
        against_version=decision.text_version,
        clause=clause,
        text=text.strip(),
        reason=reason,
        proposer_id=actor.party_code,
    )
    emit("decision.amendment", decision)
    return decision


@action(
    "decision.accept_amendment",
    model=Decision,
    label=_("Accept an amendment"),
    policy=may_preside,
    starts={S.AMENDING},
    ends={S.AMENDING, S.PROPOSED},
    otherwise="no-open-amendment",
    takes=NUMBER,
)
def accept_amendment(actor: Actor, decision: Decision, *, number: int) -> Decision:
    """Take an amendment into the text: a new version with a new hash."""
    amendment = _open(decision, number)
    _put_in(decision, amendment)
    clauses = texts.clauses_of(decision)
    decision.text_version += 1
    decision.text_hash = texts.hash_of(decision.preamble, clauses)
    decision.words = texts.words_of(decision.preamble, clauses)
    keep_text(actor, decision, note=_now("Amendment %(number)s") % {"number": number})
    return _settled(decision, amendment, A.ACCEPTED)


@action(
    "decision.reject_amendment",
    model=Decision,
    label=_("Reject an amendment"),
    policy=may_preside,
    starts={S.AMENDING},
    ends={S.AMENDING, S.PROPOSED},
    otherwise="no-open-amendment",
    takes={**NUMBER, "reason": forms.CharField(label=_("Reason"), required=False, max_length=300)},
)
def reject_amendment(actor: Actor, decision: Decision, *, number: int, reason: str = "") -> Decision:
    """Leave the text as it is; the amendment stays on the record."""
    amendment = _open(decision, number)
    amendment.reason = reason or amendment.reason
    return _settled(decision, amendment, A.REJECTED)


@action(
    "decision.withdraw_amendment",
    model=Decision,
    label=_("Withdraw our amendment"),
    policy=policy.may_amend,
    starts={S.AMENDING},
    ends={S.AMENDING, S.PROPOSED},
    otherwise="no-open-amendment",
    takes=NUMBER,
)
def withdraw_amendment(actor: Actor, decision: Decision, *, number: int) -> Decision:
    """Take one's own amendment back."""
    amendment = _open(decision, number)
    if amendment.proposer_id != actor.party_code:
        raise Refused("may-not", "not-proposer")
    return _settled(decision, amendment, A.WITHDRAWN)


def _open(decision: Decision, number: int) -> Amendment:
    found = Amendment.objects.filter(decision=decision, number=number, state=A.PROPOSED).first()
    if found is None:
        raise ValidationError({"number": _now("There is no open amendment %(number)s.") % {"number": number}})
    return found


def _put_in(decision: Decision, amendment: Amendment) -> None:
    clause = Clause.objects.filter(decision=decision, number=amendment.clause).first()
    if clause is not None and not amendment.text:
        clause.delete()
    elif clause is not None:
        clause.text = amendment.text
        clause.save(update_fields=["text"])
    else:
        last = Clause.objects.filter(decision=decision).order_by("-position").first()
        Clause.objects.create(
            decision=decision,
            number=amendment.clause,
            position=last.position + 1 if last else 1,
            text=amendment.text,
            addressee_rule=last.addressee_rule if last else "ALL_MEMBER_STATES",
            addressees=last.addressees if last else [],
        )
    if not Clause.objects.filter(decision=decision).exists():
        raise ValidationError({"number": _now("This would leave no clause. Withdraw the decision instead.")})


def _settled(decision: Decision, amendment: Amendment, state: str) -> Decision:
    """Close an amendment; the text is back on the table when no other is open."""
    amendment.state = state
    amendment.save(update_fields=["state", "reason"])
    still_open = Amendment.objects.filter(decision=decision, state=A.PROPOSED).exists()
    decision.state = S.AMENDING if still_open else S.PROPOSED
    return decision
