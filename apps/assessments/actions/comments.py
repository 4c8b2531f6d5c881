"""Comments while the text goes round: made for a party, answered by the lead, closed by the party or the director."""

import uuid
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action
from apps.access.refusal import Refused
from apps.assessments import policy
from apps.assessments.actions import fields
from apps.assessments.actions.event_facts import contacts, emit_assessment_event
from apps.assessments.models import Assessment, Comment
from apps.assessments.refusals import Refusals

S, Outcome = Assessment.State, Comment.Outcome


@action(
    "jta_comment.make",
    model=Assessment,
    label=pgettext_lazy("button, assessments", "Comment"),
    done=_("Commented on an assessment"),
    policy=policy.may_comment,
    starts={S.COORDINATION},
    ends=S.COORDINATION,
    takes={
        "section": forms.UUIDField(
            label=pgettext_lazy("field, assessments", "Section"), required=False, widget=forms.HiddenInput
        ),
        "judgement": forms.UUIDField(
            label=pgettext_lazy("field, assessments", "Judgement"), required=False, widget=forms.HiddenInput
        ),
        "pid": forms.UUIDField(
            label=pgettext_lazy("field, assessments", "Paragraph"), required=False, widget=forms.HiddenInput
        ),
        "kind": forms.ChoiceField(
            label=pgettext_lazy("field, assessments", "Kind"),
            choices=Comment.Kind.choices,
            initial=Comment.Kind.WORDING,
            help_text=_("the text cannot be finalised while a blocking comment is open"),
        ),
        "text": fields.words(pgettext_lazy("field, assessments", "Comment"), 3000),
    },
)
def make_assessment_comment(
    actor: Actor,
    row: Assessment,
    *,
    kind: str,
    text: str,
    section: uuid.UUID | None = None,
    judgement: uuid.UUID | None = None,
    pid: uuid.UUID | None = None,
) -> Assessment:
    """Remark on a section, a paragraph or a judgement in the name of your party."""
    row.made = Comment.objects.create(
        assessment=row,
        section=fields.section_of(row, section) if section else None,
        judgement=fields.judgement_of(row, judgement) if judgement else None,
        pid=pid,
        party_id=actor.party_code,
        user_id=actor.user_id,
        kind=kind,
        text=text,
        at=timezone.now(),
    )
    emit_assessment_event("jta.comment", row, [row.owner_id], step=str(row.made.pk))
    return row


def _save(row: Assessment, found: Comment, *columns: str) -> Assessment:
    found.save(update_fields=["outcome", *columns])
    row.made = found
    return row


def _in(found: Comment, *outcomes: Any) -> None:
    if found.outcome not in outcomes:
        raise Refused("wrong-state")


@action(
    "jta_comment.resolve",
    model=Assessment,
    label=_("Answer a comment"),
    done=_("Answered a comment"),
    policy=policy.may_lead,
    starts={S.COORDINATION},
    ends=S.COORDINATION,
    takes={
        "comment": fields.key_field(pgettext_lazy("field, assessments", "Comment")),
        "outcome": forms.ChoiceField(
            label=pgettext_lazy("field, assessments", "It is"),
            choices=[
                (Outcome.ACCEPTED.value, pgettext_lazy("choice, assessments", "accepted")),
                (Outcome.REJECTED.value, pgettext_lazy("choice, assessments", "rejected")),
            ],
            widget=forms.RadioSelect,
        ),
        "text": fields.words(
            pgettext_lazy("field, assessments", "Answer"),
            3000,
            required=False,
            help_text=_("required if rejected"),
        ),
    },
)
def resolve_assessment_comment(
    actor: Actor, row: Assessment, *, comment: uuid.UUID, outcome: str, text: str = ""
) -> Assessment:
    """Accept or reject a comment; the party that made it confirms."""
    found = fields.comment_of(row, comment)
    _in(found, Outcome.OPEN, Outcome.ACCEPTED, Outcome.REJECTED)
    if outcome == Outcome.REJECTED and not text.strip():
        raise forms.ValidationError({"text": _("Enter the reason for rejecting it.")})
    found.outcome, found.answer, found.answered_at = outcome, text, timezone.now()
    emit_assessment_event("jta.answered", row, contacts([found.party_id]), step=f"{found.pk} {row.version}")
    return _save(row, found, "answer", "answered_at")


def _own(actor: Actor, row: Assessment, comment: uuid.UUID) -> Comment:
    """The comment, where it is the actor's party's."""
    found: Comment = fields.comment_of(row, comment)
    if found.party_id != actor.party_code:
        raise Refused(Refusals.JTA_NOT_YOUR_COMMENT)
    return found


@action(
    "jta_comment.close",
    model=Assessment,
    label=_("Close a comment"),
    done=_("Closed a comment"),
    policy=policy.may_comment,
    starts={S.COORDINATION},
    ends=S.COORDINATION,
    takes={"comment": fields.key_field(pgettext_lazy("field, assessments", "Comment"))},
)
def close_assessment_comment(actor: Actor, row: Assessment, *, comment: uuid.UUID) -> Assessment:
    """Say for the party that commented that the answer settles it."""
    found = _own(actor, row, comment)
    _in(found, Outcome.ACCEPTED, Outcome.REJECTED)
    found.outcome, found.closed_at = Outcome.CLOSED, timezone.now()
    return _save(row, found, "closed_at")


@action(
    "jta_comment.bring_up",
    model=Assessment,
    label=_("Refer to the director"),
    done=_("Brought a comment to the director"),
    policy=policy.may_comment,
    starts={S.COORDINATION},
    ends=S.COORDINATION,
    takes={"comment": fields.key_field(pgettext_lazy("field, assessments", "Comment"))},
)
def escalate_assessment_comment(actor: Actor, row: Assessment, *, comment: uuid.UUID) -> Assessment:
    """Bring a blocking comment that was rejected to the director."""
    found = _own(actor, row, comment)
    _in(found, Outcome.REJECTED)
    if found.kind != Comment.Kind.BLOCKING:
        raise Refused(Refusals.JTA_NOT_BLOCKING)
    found.outcome = Outcome.ESCALATED
    emit_assessment_event("jta.escalated", row, [row.owner_id], step=str(found.pk))
    return _save(row, found)


@action(
    "jta_comment.rule_on",
    model=Assessment,
    label=_("Decide on a comment"),
    done=_("Decided on a comment"),
    policy=policy.may_direct,
    starts={S.COORDINATION},
    ends=S.COORDINATION,
    takes={
        "comment": fields.key_field(pgettext_lazy("field, assessments", "Comment")),
        "text": fields.words(pgettext_lazy("field, assessments", "Decision"), 3000),
    },
)
def rule_on_assessment_comment(actor: Actor, row: Assessment, *, comment: uuid.UUID, text: str) -> Assessment:
    """Settle a comment that was brought to you; the dissent of a party stays open to it."""
    found = fields.comment_of(row, comment)
    _in(found, Outcome.ESCALATED)
    found.outcome, found.answer, found.closed_at = Outcome.CLOSED, text, timezone.now()
    emit_assessment_event("jta.answered", row, contacts([found.party_id]), step=f"{found.pk} {row.version}")
    return _save(row, found, "answer", "closed_at")


@action(
    "jta_comment.lapse",
    model=Assessment,
    label=_("Close an answered comment"),
    done=_("Closed an answered comment by rule"),
    policy=policy.is_clock,
    starts={S.COORDINATION},
    ends=S.COORDINATION,
    automatic=True,
)
def lapse_assessment_comment(actor: Actor, row: Assessment, *, comment: uuid.UUID) -> Assessment:
    """Close a comment whose answer nobody objected to for three working days."""
    found = fields.comment_of(row, comment)
    _in(found, Outcome.ACCEPTED, Outcome.REJECTED)
    found.outcome, found.closed_at = Outcome.CLOSED, timezone.now()
    return _save(row, found, "closed_at")
