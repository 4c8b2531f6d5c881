"""Comments while the text goes round: made for a party, answered by the lead, closed by the party or the director."""

import uuid
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.doors import action
from apps.access.refused import Refused
from apps.assessments import policy
from apps.assessments.actions import fields
from apps.assessments.actions.told import contacts, tell
from apps.assessments.models import Assessment, Comment

S, Outcome = Assessment.State, Comment.Outcome


@action(
    "jta_comment.make",
    model=Assessment,
    label=_("Comment"),
    policy=policy.may_comment,
    starts={S.COORDINATION},
    ends=S.COORDINATION,
    takes={
        "section": forms.UUIDField(label=_("Section"), required=False, widget=forms.HiddenInput),
        "judgement": forms.UUIDField(label=_("Judgement"), required=False, widget=forms.HiddenInput),
        "pid": forms.UUIDField(label=_("Paragraph"), required=False, widget=forms.HiddenInput),
        "kind": forms.ChoiceField(
            label=_("Kind"),
            choices=Comment.Kind.choices,
            initial=Comment.Kind.WORDING,
            help_text=_("a blocking comment keeps the text from being frozen until it is closed"),
        ),
        "text": fields.words(_("Comment"), 3000),
    },
)
def make(
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
    tell("jta.comment", row, [row.owner_id], step=str(row.made.pk))
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
    policy=policy.may_lead,
    starts={S.COORDINATION},
    ends=S.COORDINATION,
    takes={
        "comment": fields.key_field(_("Comment")),
        "outcome": forms.ChoiceField(
            label=_("It is"),
            choices=[(Outcome.ACCEPTED.value, _("accepted")), (Outcome.REJECTED.value, _("rejected"))],
            widget=forms.RadioSelect,
        ),
        "text": fields.words(_("Answer"), 3000, required=False, help_text=_("needed where it is rejected")),
    },
)
def resolve(actor: Actor, row: Assessment, *, comment: uuid.UUID, outcome: str, text: str = "") -> Assessment:
    """Accept or reject a comment; the party that made it confirms."""
    found = fields.comment_of(row, comment)
    _in(found, Outcome.OPEN, Outcome.ACCEPTED, Outcome.REJECTED)
    if outcome == Outcome.REJECTED and not text.strip():
        raise forms.ValidationError({"text": _("Say why it is rejected.")})
    found.outcome, found.answer, found.answered_at = outcome, text, timezone.now()
    tell("jta.answered", row, contacts([found.party_id]), step=f"{found.pk} {row.version}")
    return _save(row, found, "answer", "answered_at")


def _own(actor: Actor, row: Assessment, comment: uuid.UUID) -> Comment:
    """The comment, where it is the actor's party's."""
    found: Comment = fields.comment_of(row, comment)
    if found.party_id != actor.party_code:
        raise Refused("may-not", "jta-not-your-comment")
    return found


@action(
    "jta_comment.close",
    model=Assessment,
    label=_("Close a comment"),
    policy=policy.may_comment,
    starts={S.COORDINATION},
    ends=S.COORDINATION,
    takes={"comment": fields.key_field(_("Comment"))},
)
def confirm(actor: Actor, row: Assessment, *, comment: uuid.UUID) -> Assessment:
    """Say for the party that commented that the answer settles it."""
    found = _own(actor, row, comment)
    _in(found, Outcome.ACCEPTED, Outcome.REJECTED)
    found.outcome, found.closed_at = Outcome.CLOSED, timezone.now()
    return _save(row, found, "closed_at")


@action(
    "jta_comment.bring_up",
    model=Assessment,
    label=_("Ask the director"),
    policy=policy.may_comment,
    starts={S.COORDINATION},
    ends=S.COORDINATION,
    takes={"comment": fields.key_field(_("Comment"))},
)
def escalate(actor: Actor, row: Assessment, *, comment: uuid.UUID) -> Assessment:
    """Bring a blocking comment that was rejected to the director."""
    found = _own(actor, row, comment)
    _in(found, Outcome.REJECTED)
    if found.kind != Comment.Kind.BLOCKING:
        raise Refused("may-not", "jta-not-blocking")
    found.outcome = Outcome.ESCALATED
    tell("jta.escalated", row, [row.owner_id], step=str(found.pk))
    return _save(row, found)


@action(
    "jta_comment.rule_on",
    model=Assessment,
    label=_("Decide on a comment"),
    policy=policy.may_direct,
    starts={S.COORDINATION},
    ends=S.COORDINATION,
    takes={"comment": fields.key_field(_("Comment")), "text": fields.words(_("Decision"), 3000)},
)
def decide(actor: Actor, row: Assessment, *, comment: uuid.UUID, text: str) -> Assessment:
    """Settle a comment that was brought to you; the dissent of a party stays open to it."""
    found = fields.comment_of(row, comment)
    _in(found, Outcome.ESCALATED)
    found.outcome, found.answer, found.closed_at = Outcome.CLOSED, text, timezone.now()
    tell("jta.answered", row, contacts([found.party_id]), step=f"{found.pk} {row.version}")
    return _save(row, found, "answer", "closed_at")


@action(
    "jta_comment.lapse",
    model=Assessment,
    label=_("Close an answered comment"),
    policy=policy.is_clock,
    starts={S.COORDINATION},
    ends=S.COORDINATION,
    automatic=True,
)
def lapse(actor: Actor, row: Assessment, *, comment: uuid.UUID) -> Assessment:
    """Close a comment whose answer nobody objected to for three working days."""
    found = fields.comment_of(row, comment)
    _in(found, Outcome.ACCEPTED, Outcome.REJECTED)
    found.outcome, found.closed_at = Outcome.CLOSED, timezone.now()
    return _save(row, found, "closed_at")
