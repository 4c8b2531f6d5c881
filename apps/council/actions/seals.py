"""After the vote: number and seal, entry into force, correction, and the end of a decision."""

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, emit
from apps.access.references import next_in
from apps.access.refusal import Refused
from apps.council.actions.decision_fields import DayField
from apps.council.actions.drafts import today_in
from apps.council.models import Ballot, Clause, Decision, DecisionText, SealedEntry, Vote
from apps.council.policy import is_clock, may_keep
from apps.council.queries import audience, texts
from apps.council.refusals import Refusals
from apps.council.rules import numbers, seals
from apps.documents.actions import name_publicly

S = Decision.State
SERIES = {"special": "S", "inter_sessional": "I", "joint": "J"}


@action(
    "decision.seal",
    model=Decision,
    label=_("Number and seal"),
    done=_("Numbered and sealed a decision"),
    policy=may_keep,
    starts={S.ADOPTED},
    ends=S.SEALED,
    otherwise=Refusals.ONLY_ADOPTED,
    takes={
        "effective_on": DayField(
            label=_("In force from"), required=False, help_text=_("Leave empty to keep the day adopted")
        )
    },
)
def seal_decision(actor: Actor, decision: Decision, *, effective_on: Any = None) -> Decision:
    """Give the number and seal text, votes, date and rule set: from now on nothing of it changes.

    Refused when the text is not the one that was voted on.
    """
    clauses = texts.clauses_of(decision)
    vote = _deciding_vote(decision)
    if texts.hash_of(decision.preamble, clauses) != decision.text_hash or vote.text_hash != decision.text_hash:
        raise Refused("wrong-state", Refusals.TEXT_CHANGED)
    if effective_on is not None:
        if effective_on < decision.result_day:
            raise ValidationError({"effective_on": _now("A decision is not in force before its adoption.")})
        decision.effective_on = effective_on
    decision.number = _next_number(decision)
    decision.sealed_at = timezone.now()
    content = {
        "kind": SealedEntry.Kind.DECISION,
        "number": decision.number,
        "title": decision.title,
        "preamble": decision.preamble,
        "clauses": [[one.number, one.text, one.addressee_rule, one.due_on] for one in clauses],
        "texts": _languages(decision),
        "adopted_on": decision.adopted_on,
        "effective_on": decision.effective_on,
        "votes": [[party, value] for party, value in _counted(vote)],
        "result": decision.result,
        "rule_set": [vote.rule_set_id, vote.rule_set_hash],
        "text_hash": decision.text_hash,
    }
    decision.seal = _chain(decision, SealedEntry.Kind.DECISION, content)
    emit("decision.sealed", decision)
    return decision


def _deciding_vote(decision: Decision) -> Vote:
    rows = Vote.objects.filter(decision=decision, state=Vote.State.CLOSED).select_related("rule_set", "meeting")
    return rows.order_by("-number")[0]


def _counted(vote: Vote) -> list[tuple[str, str]]:
    """The last ballot of each State that counted, in the order of the roll."""
    rows = Ballot.objects.filter(vote=vote, code="").order_by("order").values_list("party_id", "value")
    last = dict(rows)
    return [(party, last[party]) for party in vote.poll["members"] if party in last]


def _languages(decision: Decision) -> dict[str, str]:
    rows = DecisionText.objects.filter(decision=decision, version=decision.text_version).order_by("at")
    return {row.language: row.sha256 for row in rows}


def _next_number(decision: Decision) -> str:
    """`CONSLE/2008/5/DEC/02`: counted within the meeting over all kinds; in writing within the year."""
    meeting = decision.meeting
    in_writing = meeting is None or _deciding_vote(decision).method in {Vote.Method.SILENCE, Vote.Method.WRITTEN}
    year = decision.result_day.year
    series = "" if in_writing or meeting is None else SERIES.get(meeting.kind, "")
    place = None if in_writing or meeting is None else meeting.number
    running = next_in(f"council:{decision.organ_id}/{year}/{series}{place or 'WP'}")
    kind = numbers.kind_of(decision.question)
    return str(numbers.DecisionNumber(decision.organ_id, year, place, kind, running, series))


def _chain(decision: Decision, kind: str, content: dict[str, Any]) -> str:
    """Add a link to the chain of seals and give its seal; the counter's lock keeps the links in one order."""
    position = next_in("council:seals")
    last = SealedEntry.objects.order_by("-position").first()
    previous = last.seal if last else ""
    plain = json.loads(seals.canonical(content))
    made = seals.seal(plain, previous)
    SealedEntry.objects.create(
        position=position,
        decision=decision,
        kind=kind,
        content=plain,
        previous=previous,
        seal=made,
        at=timezone.now(),
    )
    return made


@action(
    "decision.correct",
    model=Decision,
    label=_("Correct a clerical error"),
    done=_("Corrected a slip of the pen"),
    policy=may_keep,
    starts={S.SEALED, S.IN_FORCE},
    ends={S.SEALED, S.IN_FORCE},
    otherwise=Refusals.ONLY_SEALED,
    takes={
        "clause": forms.CharField(
            label=pgettext_lazy("field, council", "Clause"),
            max_length=10,
            help_text=_("Its number, or P for the preamble"),
        ),
        "wrong": forms.CharField(label=pgettext_lazy("field, council", "Reads now"), max_length=300),
        "right": forms.CharField(label=pgettext_lazy("field, council", "Should read"), max_length=300),
        "reason": forms.CharField(label=pgettext_lazy("field, council", "Reason"), max_length=300),
    },
)
def correct_decision(actor: Actor, decision: Decision, *, clause: str, wrong: str, right: str, reason: str) -> Decision:
    """Put a correction beside a sealed decision, sealed itself; the sealed text stays as it is."""
    text = decision.preamble if clause.upper() == "P" else _clause_text(decision, clause)
    if wrong not in text:
        raise ValidationError({"wrong": _now("These words are not in the sealed text. Copy them from it.")})
    content = {
        "kind": SealedEntry.Kind.CORRECTION,
        "number": decision.number,
        "clause": clause.upper(),
        "wrong": wrong,
        "right": right,
        "reason": reason,
        "corrected_on": timezone.now().date(),
        "of_seal": decision.seal,
    }
    _chain(decision, SealedEntry.Kind.CORRECTION, content)
    emit("decision.corrected", decision)
    return decision


def _clause_text(decision: Decision, number: str) -> str:
    found = Clause.objects.filter(decision=decision, number=number).first()
    if found is None:
        raise ValidationError({"clause": _now("There is no clause %(number)s.") % {"number": number}})
    return found.text


@action(
    "decision.bring_into_force",
    model=Decision,
    label=_("Bring into force"),
    done=_("Brought a decision into force"),
    policy=is_clock,
    starts={S.SEALED},
    ends=S.IN_FORCE,
    automatic=True,
)
def bring_decision_into_force(actor: Actor, decision: Decision) -> Decision:
    """On the effective date: name the parties that each clause addresses, and say that the decision binds."""
    day = decision.effective_on or decision.result_day
    for clause in texts.clauses_of(decision):
        clause.addressees = texts.resolve(clause.addressee_rule, day)
        clause.save(update_fields=["addressees"])
    decision.in_force_on = day
    emit("decision.in_force", decision)
    return decision


@action(
    "decision.supersede",
    model=Decision,
    label=pgettext_lazy("button, council", "Supersede"),
    done=_("Recorded that a later decision took its place"),
    policy=may_keep,
    starts={S.SEALED, S.IN_FORCE},
    ends=S.SUPERSEDED,
    otherwise=Refusals.ONLY_SEALED,
    takes={
        "by": forms.CharField(
            label=pgettext_lazy("field, council", "By"),
            max_length=300,
            help_text=_("ID or number of the later decision"),
        )
    },
)
def supersede_decision(actor: Actor, decision: Decision, *, by: str) -> Decision:
    """Record that a later sealed decision has taken the place of this one."""
    later = _named(actor, by)
    if later is None or later.pk == decision.pk or later.state not in {S.SEALED, S.IN_FORCE}:
        raise ValidationError(
            {"by": _now("Enter the ID or number of a sealed decision, for example CONSLE/2026/9/DEC/02.")}
        )
    decision.superseded_by, decision.ended_on = later, timezone.now().date()
    emit("decision.ended", decision)
    return decision


def _named(actor: Actor, text: str) -> Decision | None:
    """A visible decision by its number, its id, or its address in the API, which ends with the id."""
    rows = Decision.objects.visible_to(actor)
    found = rows.filter(number=text.strip()).first()
    if found is None:
        try:
            found = rows.filter(pk=text.strip().rstrip("/").rpartition("/")[2]).first()
        except ValidationError:
            return None
    return found


@action(
    "decision.lapse",
    model=Decision,
    label=pgettext_lazy("button, council", "Lapse"),
    done=_("Ended a decision on its last day"),
    policy=is_clock,
    starts={S.SEALED, S.IN_FORCE},
    ends=S.LAPSED,
    automatic=True,
)
def lapse_decision(actor: Actor, decision: Decision) -> Decision:
    """The day on which the decision expires has come."""
    decision.ended_on = decision.expires_on
    emit("decision.ended", decision)
    return decision


@action(
    "decision.annul",
    model=Decision,
    label=pgettext_lazy("button, council", "Annul"),
    done=_("Recorded that a decision was annulled"),
    policy=may_keep,
    starts={S.SEALED, S.IN_FORCE},
    ends=S.ANNULLED,
    otherwise=Refusals.ONLY_SEALED,
    takes={"reason": forms.CharField(label=_("Decision of the Conference"), max_length=300)},
    danger=True,
)
def annul_decision(actor: Actor, decision: Decision, *, reason: str) -> Decision:
    """Record that the Conference has annulled the decision; it stays readable with its votes."""
    decision.reason, decision.ended_on = reason, today_in(decision)
    emit("decision.ended", decision)
    return decision


@action(
    "decision.publish",
    model=Decision,
    label=_("Publish in the public register"),
    done=_("Entered a decision in the public register"),
    policy=may_keep,
    starts=Decision.STANDING,
    ends=Decision.STANDING,
    otherwise=Refusals.ONLY_SEALED,
    undo="decision.unpublish",
)
def publish_decision(actor: Actor, decision: Decision) -> Decision:
    """Let everybody read number, text, date and result in the public register; votes by State stay inside."""
    if decision.level > 1:
        raise Refused(Refusals.LEVEL_TOO_HIGH)
    if audience.is_restricted(decision):
        raise Refused(Refusals.RESTRICTED_NOT_PUBLIC)
    decision.public = True
    name_publicly(decision, public=True)
    return decision


@action(
    "decision.unpublish",
    model=Decision,
    label=_("Remove from the public register"),
    done=_("Took a decision out of the public register"),
    policy=may_keep,
    starts=Decision.STANDING,
    ends=Decision.STANDING,
    otherwise=Refusals.ONLY_SEALED,
    undo="decision.publish",
)
def unpublish_decision(actor: Actor, decision: Decision) -> Decision:
    """Take the decision out of the public register."""
    decision.public = False
    name_publicly(decision, public=False)
    return decision
