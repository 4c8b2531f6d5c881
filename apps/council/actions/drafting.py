"""Decisions from the draft to the table: text, clauses, money, and the way onto and off the agenda."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.doors import action, emit
from apps.access.models import Level
from apps.access.references import next_in
from apps.access.refused import Refused
from apps.access.sharing import share, unshare
from apps.council.models import AgendaItem, Clause, Decision, DecisionText, Meeting, Organ
from apps.council.policy import decisions as policy
from apps.council.policy import may_keep, may_preside, may_propose
from apps.council.queries import audience, membership, texts
from apps.council.rules import schedule

S = Decision.State
QUESTIONS = {
    Decision.Kind.DECISION: Decision.Question.DECISION,
    Decision.Kind.RECOMMENDATION: Decision.Question.RECOMMENDATION,
    Decision.Kind.PROCEDURAL: Decision.Question.PROCEDURAL,
}
SOURCES = [
    ("assessed", _("Assessed contributions")),
    ("grant", _("Grant of a partner")),
    ("reserve", _("Reserve")),
    ("tbd", _("Still to be found")),
]


class DayField(forms.DateField):
    """A day, as 2026-12-31 or 31 Dec 2026."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"invalid": _("Write the day as 2026-12-31 or 31 Dec 2026.")})
        super().__init__(input_formats=["%Y-%m-%d", "%d %b %Y", "%d %B %Y"], **kwargs)

    def to_python(self, value: Any) -> datetime.date | None:
        """The day; ValidationError for one at an end of the calendar."""
        day = super().to_python(value)
        if day is not None and not schedule.FIRST_DAY <= day <= schedule.LAST_DAY:
            raise ValidationError(_now("Write a day between 1900 and 2999, for example 2026-12-31."))
        return day


class ListField(forms.JSONField):
    """Numbers or codes: a list over the API, "2, 3" as a person writes it."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> Any:
        """The list; ["2", "3"] for "2, 3"."""
        if isinstance(value, str) and value.strip() and not value.strip().startswith(("[", "{")):
            return [each for each in value.replace(",", " ").replace(";", " ").split() if each]
        return super().to_python(value)

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What was typed, as it was typed."""
        return data

    def prepare_value(self, value: Any) -> Any:
        """A list as a person writes it."""
        return ", ".join(map(str, value)) if isinstance(value, list) else value


def _text_fields(required: bool) -> dict[str, forms.Field]:
    return {
        "title": forms.CharField(label=_("Title"), max_length=200, required=required),
        "preamble": forms.CharField(
            label=_("Preamble"), required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 6})
        ),
        "clauses": forms.JSONField(
            label=_("Clauses"),
            required=required,
            help_text=_('[{"text", "addressees": [PARTY…] or "ALL_MEMBER_STATES", "due": "2026-12-31" or null}]'),
        ),
        "subject": forms.CharField(
            label=_("Subject"), max_length=30, required=False, help_text=_("system or programme: APIS, CISNET, CYBER")
        ),
        "effective_on": DayField(
            label=_("In force from"), required=False, help_text=_("empty: from the day of adoption")
        ),
        "expires_on": DayField(label=_("Expires on"), required=False, help_text=_("empty: until it is superseded")),
        "csme_matter": forms.BooleanField(
            label=_("A matter of the Single Market: States in arrears vote on it (Article 27(2))"), required=False
        ),
        "critical": forms.BooleanField(
            label=_("Critical to national well-being: decided by all, abstentions apart (Article 29)"), required=False
        ),
    }


@action(
    "decision.draft",
    model=Decision,
    label=_("Draft a decision"),
    policy=may_propose,
    ends=S.DRAFT,
    takes={
        "kind": forms.ChoiceField(label=_("Kind"), choices=Decision.Kind.choices),
        **_text_fields(required=True),
        "meeting": forms.UUIDField(label=_("Meeting"), required=False, help_text=_("id; empty: decided in writing")),
        "item": forms.UUIDField(label=_("Agenda item"), required=False, help_text=_("id")),
        "organ": forms.CharField(label=_("Organ"), required=False, max_length=30, help_text=_("CONSLE unless given")),
    },
)
def draft(actor: Actor, _row: None, *, title: str, kind: str, clauses: Any, **fields: Any) -> Decision:
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
        raise ValidationError({"item": _now("There is no such agenda item. Take its id from the meeting's agenda.")})
    wanted = meeting_id or (item.meeting_id if item else None)
    meeting = Meeting.objects.visible_to(actor).filter(pk=wanted).first() if wanted else None
    if wanted and (meeting is None or (item is not None and item.meeting_id != meeting.pk)):
        raise ValidationError({"meeting": _now("There is no such meeting, or the item belongs to another one.")})
    return meeting, item


def _organ(code: str) -> str:
    if not Organ.objects.filter(code=code).exists():
        raise ValidationError({"organ": _now("There is no organ %(code)s; write CONSLE or SEPAC.") % {"code": code}})
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
    label=_("Change the draft"),
    policy=policy.may_work_on_draft,
    starts={S.DRAFT, S.DEFERRED},
    ends={S.DRAFT, S.DEFERRED},
    otherwise="text-not-a-draft",
    takes=_text_fields(required=False),
)
def revise(actor: Actor, decision: Decision, *, clauses: Any = None, title: str = "", **fields: Any) -> Decision:
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
    label=_("Financial implications"),
    policy=may_keep,
    starts={S.DRAFT, S.PROPOSED, S.AMENDING, S.DEFERRED},
    ends={S.DRAFT, S.PROPOSED, S.AMENDING, S.DEFERRED},
    otherwise="text-no-longer-open",
    takes={
        "nil": forms.BooleanField(label=_("It costs nothing (nil statement)"), required=False),
        "amount_minor": forms.IntegerField(
            label=_("Amount"), required=False, min_value=0, help_text=_("in cents: 180000 USD is 18000000")
        ),
        "currency": forms.RegexField(
            r"^[A-Z]{3}$", label=_("Currency"), required=False, help_text=_("ISO 4217, for example USD")
        ),
        "years": forms.CharField(label=_("Years"), required=False, max_length=40, help_text=_("2027, or 2027-2029")),
        "recurring": forms.BooleanField(label=_("It recurs every year"), required=False),
        "source": forms.ChoiceField(label=_("Source"), required=False, choices=[("", "—"), *SOURCES]),
        "line": forms.CharField(label=_("Budget line"), required=False, max_length=80),
    },
)
def attach_financials(actor: Actor, decision: Decision, **fields: Any) -> Decision:
    """State what the decision costs, or that it costs nothing; without it no vote opens on a decision (Art. 27(5))."""
    if not fields.get("nil") and not (fields.get("amount_minor") and fields.get("currency") and fields.get("source")):
        raise ValidationError(
            {"amount_minor": _now("Write amount, currency and source, or tick that the decision costs nothing.")}
        )
    names = ("nil", "amount_minor", "currency", "years", "recurring", "source", "line")
    decision.financial = {name: fields.get(name) for name in names if fields.get(name) not in (None, "")}
    decision.financial["prepared_by"] = actor.desk_code
    return decision


@action(
    "decision.propose",
    model=Decision,
    label=_("Put on the table"),
    policy=policy.may_work_on_draft,
    starts={S.DRAFT, S.DEFERRED},
    ends=S.PROPOSED,
    otherwise="text-not-a-draft",
)
def propose(actor: Actor, decision: Decision) -> Decision:
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
    policy=may_keep,
    starts={S.DRAFT, S.PROPOSED, S.DEFERRED},
    ends={S.DRAFT, S.PROPOSED, S.DEFERRED},
    otherwise="text-no-longer-open",
    takes={"item": forms.UUIDField(label=_("Agenda item"), help_text=_("id"))},
)
def place(actor: Actor, decision: Decision, *, item: Any) -> Decision:
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
    label=_("Defer"),
    policy=may_preside,
    starts={S.PROPOSED, S.AMENDING},
    ends=S.DEFERRED,
    otherwise="text-no-longer-open",
    takes={"reason": forms.CharField(label=_("Reason"), max_length=300)},
)
def defer(actor: Actor, decision: Decision, *, reason: str) -> Decision:
    """Put the matter off; the text can be changed and proposed again."""
    decision.reason = reason
    return decision


@action(
    "decision.withdraw",
    model=Decision,
    label=_("Withdraw"),
    policy=policy.may_work_on_draft,
    starts={S.DRAFT, S.PROPOSED, S.DEFERRED},
    ends=S.WITHDRAWN,
    otherwise="text-no-longer-open",
    takes={"reason": forms.CharField(label=_("Reason"), max_length=300)},
)
def withdraw(actor: Actor, decision: Decision, *, reason: str) -> Decision:
    """Take a proposal back; it stays readable."""
    decision.reason = reason
    return decision


@action(
    "decision.retable",
    model=Decision,
    label=_("Draft again from a rejected text"),
    policy=may_propose,
    ends=S.DRAFT,
    takes={"decision": forms.UUIDField(label=_("Rejected decision"), help_text=_("id"))},
)
def retable(actor: Actor, _row: None, *, decision: Any) -> Decision:
    """Make a new draft of a rejected decision; the old one with its vote stays as it is, linked."""
    old = Decision.objects.visible_to(actor).filter(pk=decision).first()
    if old is None or old.state != S.REJECTED:
        raise Refused("may-not", "only-rejected")
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
