"""Amendments: a State changes one clause of the proposed text, the chair rules, each ruling is a new version."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, emit
from apps.access.refusal import Refused
from apps.council.actions.drafts import keep_text
from apps.council.models import Amendment, Clause, Decision
from apps.council.policy import decisions as policy
from apps.council.policy import may_preside
from apps.council.queries import texts
from apps.council.refusals import Refusals

S = Decision.State
A = Amendment.State
NUMBER = {
    "number": forms.IntegerField(
        label=pgettext_lazy("field, council", "Amendment"),
        min_value=1,
        help_text=_("Number of the second document"),
    )
}


@action(
    "decision.propose_amendment",
    model=Decision,
    label=_("Propose an amendment"),
    done=_("Proposed an amendment"),
    policy=policy.may_amend,
    starts={S.PROPOSED, S.AMENDING},
    ends=S.AMENDING,
    otherwise=Refusals.AMENDMENT_TOO_LATE,
    takes={
        "clause": forms.CharField(
            label=pgettext_lazy("field, council", "Clause"),
            max_length=10,
            help_text=_("Its number; a new number adds a clause"),
        ),
        "text": forms.CharField(
            label=pgettext_lazy("field, council", "New text"),
            required=False,
            max_length=texts.LONGEST_CLAUSE,
            widget=forms.Textarea(attrs={"rows": 6}),
            help_text=_("The whole clause as it should read; leave empty to delete the clause"),
        ),
        "reason": forms.CharField(label=pgettext_lazy("field, council", "Reason"), required=False, max_length=300),
    },
)
def propose_amendment(actor: Actor, decision: Decision, *, clause: str, text: str = "", reason: str = "") -> Decision:
    """Propose that a clause of the text on the table reads otherwise, is added or left out."""
    present = {one.number: one.text for one in texts.clauses_of(decision)}
    if not text.strip() and clause not in present:
        raise ValidationError({"clause": _now("There is no clause %(number)s to delete.") % {"number": clause}})
    if text.strip() == present.get(clause, "").strip():
        raise ValidationError({"text": _now("This is the current text. Write how the clause should read.")})
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
    done=_("Accepted an amendment"),
    policy=may_preside,
    starts={S.AMENDING},
    ends={S.AMENDING, S.PROPOSED},
    otherwise=Refusals.NO_OPEN_AMENDMENT,
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
    keep_text(actor, decision, note=pgettext("words, council", "Amendment %(number)s") % {"number": number})
    return _settled(decision, amendment, A.ACCEPTED)


@action(
    "decision.reject_amendment",
    model=Decision,
    label=_("Reject an amendment"),
    done=_("Rejected an amendment"),
    policy=may_preside,
    starts={S.AMENDING},
    ends={S.AMENDING, S.PROPOSED},
    otherwise=Refusals.NO_OPEN_AMENDMENT,
    takes={
        **NUMBER,
        "reason": forms.CharField(label=pgettext_lazy("field, council", "Reason"), required=False, max_length=300),
    },
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
    done=_("Withdrew an amendment"),
    policy=policy.may_amend,
    starts={S.AMENDING},
    ends={S.AMENDING, S.PROPOSED},
    otherwise=Refusals.NO_OPEN_AMENDMENT,
    takes=NUMBER,
)
def withdraw_amendment(actor: Actor, decision: Decision, *, number: int) -> Decision:
    """Take one's own amendment back."""
    amendment = _open(decision, number)
    if amendment.proposer_id != actor.party_code:
        raise Refused(Refusals.NOT_PROPOSER)
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
        raise ValidationError({"number": _now("This would delete the last clause. Withdraw the decision instead.")})


def _settled(decision: Decision, amendment: Amendment, state: str) -> Decision:
    """Close an amendment; the text is back on the table when no other is open."""
    amendment.state = state
    amendment.save(update_fields=["state", "reason"])
    still_open = Amendment.objects.filter(decision=decision, state=A.PROPOSED).exists()
    decision.state = S.AMENDING if still_open else S.PROPOSED
    return decision
