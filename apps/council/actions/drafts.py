"""Decisions from the draft to the table: text, clauses, money, and the way onto and off the agenda."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, emit
from apps.access.grants import share, unshare
from apps.access.models import Level
from apps.access.references import next_in
from apps.access.refusal import Refused
from apps.council.actions.decision_fields import text_fields
from apps.council.models import AgendaItem, Clause, Decision, DecisionText, Meeting, Organ
from apps.council.policy import decisions as policy
from apps.council.policy import may_keep, may_preside, may_propose
from apps.council.queries import audience, membership, texts
from apps.council.refusals import Refusals

S = Decision.State
QUESTIONS = {
    Decision.Kind.DECISION: Decision.Question.DECISION,
    Decision.Kind.RECOMMENDATION: Decision.Question.RECOMMENDATION,
    Decision.Kind.PROCEDURAL: Decision.Question.PROCEDURAL,
}
SOURCES = [
    ("assessed", pgettext_lazy("words, council", "Assessed contributions")),
    ("grant", _("Grant from a partner")),
    ("reserve", pgettext_lazy("words, council", "Reserve")),
    ("tbd", _("To be identified")),
]


@action(
    "decision.draft",
    model=Decision,
    label=_("Draft a decision"),
    done=_("Drafted a decision"),
    policy=may_propose,
    ends=S.DRAFT,
    takes={
        "kind": forms.ChoiceField(label=pgettext_lazy("field, council", "Kind"), choices=Decision.Kind.choices),
        **text_fields(required=True),
        "meeting": forms.UUIDField(
            label=pgettext_lazy("field, council", "Meeting"),
            required=False,
            help_text=_("ID; leave empty if decided in writing"),
        ),
        "item": forms.UUIDField(
            label=pgettext_lazy("field, council", "Agenda item"),
            required=False,
            help_text=pgettext_lazy("field, council", "ID"),
        ),
        "organ": forms.CharField(
            label=pgettext_lazy("field, council", "Organ"),
            required=False,
            max_length=30,
            help_text=_("CONSLE if left empty"),
        ),
    },
)
def draft_decision(actor: Actor, _row: None, *, title: str, kind: str, clauses: Any, **fields: Any) -> Decision:
    """Draft a decision or recommendation; nobody but its own desk and the Secretariat sees it yet."""
    today = timezone.localdate()
    meeting, item = _place(actor, fields.get("meeting"), fields.get("item"))
    organ = meeting.organ_id if meeting else _organ(fields.get("organ") or "CONSLE")
    read = texts.read_clauses(clauses, today)
    decision = Decision(
        working_no=f"{organ}-{today.year}-D{next_in(f'council.draft:{organ}:{today.year}'):03}",
        organ_id=organ,
        meeting=meeting,
        item=item,
        chair_id=meeting.chair_id if meeting else membership.chair_on(organ, today),
        proposer_id=actor.party_code,
        owner_id=actor.desk_id,
        originator_id=actor.party_code,
        level=item.level if item else Level.OFFICIAL,
        kind=kind,
        question=_question(kind, critical=fields.get("critical", False)),
        title=title,
        fictional=meeting.fictional if meeting else False,
        **_optional(fields),
    )
    _hash_text(decision, read)
    decision.save()
    _write_clauses(decision, read)
    keep_text(actor, decision)
    share(actor, decision, {*audience.keepers(), actor.desk_id})
    return decision


def _place(actor: Actor, meeting_id: Any, item_id: Any) -> tuple[Meeting | None, AgendaItem | None]:
    """The meeting and item that were named, both visible to the actor; the item's meeting where only it was named."""
    item = AgendaItem.objects.visible_to(actor).filter(pk=item_id).first() if item_id else None
    if item_id and item is None:
        raise ValidationError({"item": _now("There is no such agenda item. Copy its ID from the meeting's agenda.")})
    wanted = meeting_id or (item.meeting_id if item else None)
    meeting = Meeting.objects.visible_to(actor).filter(pk=wanted).first() if wanted else None
    if wanted and (meeting is None or (item is not None and item.meeting_id != meeting.pk)):
        raise ValidationError({"meeting": _now("There is no such meeting, or the item belongs to another meeting.")})
    return meeting, item


def _organ(code: str) -> str:
    if not Organ.objects.filter(code=code).exists():
        raise ValidationError({"organ": _now("There is no organ %(code)s. Enter CONSLE or SEPAC.") % {"code": code}})
    return code


def _question(kind: str, *, critical: bool) -> str:
    if critical and kind == Decision.Kind.DECISION:
        return Decision.Question.CRITICAL
    return QUESTIONS[Decision.Kind(kind)]


def _optional(fields: dict[str, Any]) -> dict[str, Any]:
    names = ("preamble", "subject", "effective_on", "expires_on", "csme_matter")
    return {name: fields[name] for name in names if fields.get(name) not in (None, "")}


def _hash_text(decision: Decision, clauses: list[Any]) -> None:
    decision.text_hash = texts.hash_of(decision.preamble, clauses)
    decision.words = texts.words_of(decision.preamble, clauses)


def _write_clauses(decision: Decision, read: list[texts.ClauseText]) -> None:
    Clause.objects.filter(decision=decision).delete()
    Clause.objects.bulk_create(
        Clause(
            decision=decision,
            number=one.number,
            position=place,
            text=one.text,
            kind=one.kind,
            addressee_rule=one.rule,
            addressees=list(one.parties),
            due_on=one.due_on,
            evidence_required=list(one.evidence),
        )
        for place, one in enumerate(read, 1)
    )


def keep_text(actor: Actor, decision: Decision, note: str = "") -> None:
    """Write down the current text as a version that is never edited."""
    clauses = texts.clauses_of(decision)
    DecisionText.objects.create(
        decision=decision,
        version=decision.text_version,
        title=decision.title,
        preamble=decision.preamble,
        clauses=[
            {
                "number": one.number,
                "text": one.text,
                "addressees": one.addressee_rule,
                "due": one.due_on.isoformat() if one.due_on else None,
            }
            for one in clauses
        ],
        sha256=decision.text_hash,
        note=note,
        seat_id=actor.seat_id,
    )


@action(
    "decision.revise",
    model=Decision,
    label=_("Edit the draft"),
    done=_("Changed the draft of a decision"),
    policy=policy.may_work_on_draft,
    starts={S.DRAFT, S.DEFERRED},
    ends={S.DRAFT, S.DEFERRED},
    otherwise=Refusals.TEXT_NOT_A_DRAFT,
    takes=text_fields(required=False),
)
def revise_decision(
    actor: Actor, decision: Decision, *, clauses: Any = None, title: str = "", **fields: Any
) -> Decision:
    """Change title, preamble or clauses of a draft; each change is a version of its own."""
    decision.title = title or decision.title
    for name, value in fields.items():
        if name == "critical":
            decision.question = _question(decision.kind, critical=value)
        elif name in {"preamble", "subject", "csme_matter"} or value is not None:
            setattr(decision, name, value)
    if clauses is not None:
        _write_clauses(decision, texts.read_clauses(clauses, timezone.localdate()))
    decision.text_version += 1
    _hash_text(decision, texts.clauses_of(decision))
    keep_text(actor, decision)
    return decision


@action(
    "decision.attach_financials",
    model=Decision,
    label=pgettext_lazy("button, council", "Financial implications"),
    done=_("Stated the cost of a decision"),
    policy=may_keep,
    starts={S.DRAFT, S.PROPOSED, S.AMENDING, S.DEFERRED},
    ends={S.DRAFT, S.PROPOSED, S.AMENDING, S.DEFERRED},
    otherwise=Refusals.TEXT_NO_LONGER_OPEN,
    takes={
        "nil": forms.BooleanField(label=_("No cost (nil statement)"), required=False),
        "amount_minor": forms.IntegerField(
            label=pgettext_lazy("field, council", "Amount"),
            required=False,
            min_value=0,
            help_text=_("In cents: USD 180,000 is 18000000"),
        ),
        "currency": forms.RegexField(
            r"^[A-Z]{3}$",
            label=pgettext_lazy("field, council", "Currency"),
            required=False,
            help_text=_("Three-letter code, for example USD"),
        ),
        "years": forms.CharField(
            label=pgettext_lazy("field, council", "Years"),
            required=False,
            max_length=40,
            help_text=pgettext_lazy("field, council", "For example 2027, or 2027-2029"),
        ),
        "recurring": forms.BooleanField(label=_("Recurs every year"), required=False),
        "source": forms.ChoiceField(
            label=pgettext_lazy("field, council", "Source"), required=False, choices=[("", "—"), *SOURCES]
        ),
        "line": forms.CharField(label=pgettext_lazy("field, council", "Budget line"), required=False, max_length=80),
    },
)
def attach_decision_costs(actor: Actor, decision: Decision, **fields: Any) -> Decision:
    """State what the decision costs, or that it costs nothing; without it no vote opens on a decision (Art. 27(5))."""
    if not fields.get("nil") and not (fields.get("amount_minor") and fields.get("currency") and fields.get("source")):
        raise ValidationError({"amount_minor": _now("Enter amount, currency and source, or tick “No cost”.")})
    names = ("nil", "amount_minor", "currency", "years", "recurring", "source", "line")
    decision.financial = {name: fields.get(name) for name in names if fields.get(name) not in (None, "")}
    decision.financial["prepared_by"] = actor.desk_code
    return decision


@action(
    "decision.propose",
    model=Decision,
    label=_("Propose for decision"),
    done=_("Proposed a decision to the States"),
    policy=policy.may_work_on_draft,
    starts={S.DRAFT, S.DEFERRED},
    ends=S.PROPOSED,
    otherwise=Refusals.TEXT_NOT_A_DRAFT,
)
def propose_decision(actor: Actor, decision: Decision) -> Decision:
    """Lay the text before the States: from now on they see it and may amend it."""
    today = timezone.localdate()
    if decision.meeting_id:
        decision.chair_id = Meeting.objects.values_list("chair_id", flat=True).get(pk=decision.meeting_id)
    share(actor, decision, {*audience.of_decision(decision, today), decision.owner_id})
    emit("decision.proposed", decision)
    return decision


@action(
    "decision.place",
    model=Decision,
    label=_("Put on an agenda"),
    done=_("Put a decision on an agenda"),
    policy=may_keep,
    starts={S.DRAFT, S.PROPOSED, S.DEFERRED},
    ends={S.DRAFT, S.PROPOSED, S.DEFERRED},
    otherwise=Refusals.TEXT_NO_LONGER_OPEN,
    takes={
        "item": forms.UUIDField(
            label=pgettext_lazy("field, council", "Agenda item"), help_text=pgettext_lazy("field, council", "ID")
        )
    },
)
def place_decision_on_agenda(actor: Actor, decision: Decision, *, item: Any) -> Decision:
    """Bring the decision under an agenda item, of this meeting or the next."""
    meeting, found = _place(actor, None, item)
    decision.meeting, decision.item = meeting, found
    decision.chair_id = meeting.chair_id if meeting else decision.chair_id
    if found is not None and found.restricted:
        unshare(decision, audience.ministries([party.code for party in membership.associates(timezone.localdate())]))
    return decision


@action(
    "decision.defer",
    model=Decision,
    label=pgettext_lazy("button, council", "Defer"),
    done=_("Deferred a decision"),
    policy=may_preside,
    starts={S.PROPOSED, S.AMENDING},
    ends=S.DEFERRED,
    otherwise=Refusals.TEXT_NO_LONGER_OPEN,
    takes={"reason": forms.CharField(label=pgettext_lazy("field, council", "Reason"), max_length=300)},
)
def defer_decision(actor: Actor, decision: Decision, *, reason: str) -> Decision:
    """Put the matter off; the text can be changed and proposed again."""
    decision.reason = reason
    return decision


@action(
    "decision.withdraw",
    model=Decision,
    label=pgettext_lazy("button, council", "Withdraw"),
    done=_("Withdrew a proposed decision"),
    policy=policy.may_work_on_draft,
    starts={S.DRAFT, S.PROPOSED, S.DEFERRED},
    ends=S.WITHDRAWN,
    otherwise=Refusals.TEXT_NO_LONGER_OPEN,
    takes={"reason": forms.CharField(label=pgettext_lazy("field, council", "Reason"), max_length=300)},
    danger=True,
)
def withdraw_decision(actor: Actor, decision: Decision, *, reason: str) -> Decision:
    """Take a proposal back; it stays readable."""
    decision.reason = reason
    return decision


@action(
    "decision.retable",
    model=Decision,
    label=_("Redraft a rejected text"),
    done=_("Drafted a rejected decision again"),
    policy=may_propose,
    ends=S.DRAFT,
    takes={
        "decision": forms.UUIDField(
            label=pgettext_lazy("field, council", "Rejected decision"), help_text=pgettext_lazy("field, council", "ID")
        )
    },
)
def retable_decision(actor: Actor, _row: None, *, decision: Any) -> Decision:
    """Make a new draft of a rejected decision; the old one with its vote stays as it is, linked."""
    old = Decision.objects.visible_to(actor).filter(pk=decision).first()
    if old is None or old.state != S.REJECTED:
        raise Refused(Refusals.ONLY_REJECTED)
    today = timezone.localdate()
    new = Decision(
        working_no=f"{old.organ_id}-{today.year}-D{next_in(f'council.draft:{old.organ_id}:{today.year}'):03}",
        owner_id=actor.desk_id,
        originator_id=actor.party_code,
        proposer_id=actor.party_code,
        chair_id=membership.chair_on(old.organ_id, today),
        retabled_from=old,
        **{name: getattr(old, name) for name in ("organ_id", "level", "kind", "question", "title", "subject")},
        **{name: getattr(old, name) for name in ("preamble", "text_hash", "words", "csme_matter", "fictional")},
    )
    new.save()
    clauses = texts.clauses_of(old)
    for clause in clauses:
        clause.pk = Clause().pk
        clause.decision = new
    Clause.objects.bulk_create(clauses)
    keep_text(actor, new)
    share(actor, new, {*audience.keepers(), actor.desk_id})
    return new


def today_in(decision: Decision) -> datetime.date:
    """The day where the decision is taken: of its meeting, or UTC in writing."""
    if decision.meeting is not None:
        return membership.day_of(timezone.now(), decision.meeting.time_zone)
    return timezone.now().date()
