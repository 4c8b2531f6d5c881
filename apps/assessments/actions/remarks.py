"""Remarks in the margin: made on words of a section, answered, resolved, and suggestions that who writes accepts."""

import base64
import binascii
import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, emit
from apps.access.refusal import Refused
from apps.assessments import policy
from apps.assessments.actions import fields
from apps.assessments.models import Assessment, Remark
from apps.assessments.queries import remarks as queries
from apps.assessments.refusals import Refusals
from apps.coedit.actions import section_texts

S, State = Assessment.State, Remark.State
WORK = frozenset(queries.WORK)


class Mentions(forms.MultipleChoiceField):
    """Whom a remark names: persons who work on the assessment, and desks by which parties take part."""

    def __init__(self, **more: Any) -> None:
        super().__init__(widget=forms.CheckboxSelectMultiple, **more)

    def scope(self, actor: Actor | None, row: Any) -> None:
        """Offer those who may see the text, and nobody else."""
        self.choices = queries.nameable(row) if row is not None else []


class Anchor(forms.CharField):
    """A Yjs relative position, base64; empty where there is no editor."""

    def __init__(self) -> None:
        super().__init__(required=False, max_length=80, widget=forms.HiddenInput)

    def clean(self, value: Any) -> Any:
        """Its bytes."""
        try:
            data = base64.b64decode(super().clean(value), validate=True)
        except binascii.Error:
            data = b"?"
        if data and not section_texts.is_anchor(data):
            raise ValidationError(_now("Select a place in the text."))
        return data


@action(
    "jta_remark.make",
    model=Assessment,
    label=_("Remark on the text"),
    done=_("Remarked on the text"),
    policy=policy.may_remark,
    starts=WORK,
    ends=WORK,
    otherwise=Refusals.JTA_NO_REMARKS,
    takes={
        "section": fields.key_field(pgettext_lazy("field, assessments", "Section")),
        "quote": forms.CharField(
            label=pgettext_lazy("field, assessments", "Selected words"),
            max_length=500,
            required=False,
            strip=False,
            help_text=_("exact words from one paragraph; leave empty for the whole section"),
        ),
        "text": fields.words(pgettext_lazy("field, assessments", "Remark"), 3000),
        "suggests": forms.BooleanField(label=_("Suggest a replacement"), required=False),
        "suggestion": fields.words(
            pgettext_lazy("field, assessments", "Suggested words"),
            2000,
            required=False,
            help_text=_("leave empty to delete the words"),
        ),
        "mentions": Mentions(label=pgettext_lazy("field, assessments", "Notify"), required=False),
        "anchor_from": Anchor(),
        "anchor_to": Anchor(),
    },
)
def make_remark(
    actor: Actor,
    row: Assessment,
    *,
    section: uuid.UUID,
    text: str,
    quote: str = "",
    suggests: bool = False,
    suggestion: str = "",
    mentions: Any = (),
    anchor_from: bytes = b"",
    anchor_to: bytes = b"",
) -> Assessment:
    """Remark on words of a section, or suggest others; whom you name is told."""
    found = fields.section_of(row, section)
    pid = section_texts.quoted(found.pk, quote) if quote else ""
    if pid is None:
        raise ValidationError({"quote": _now("These words are not in the text. Copy them from the text.")})
    if suggests and not quote:
        raise ValidationError({"quote": _now("Enter the words to replace.")})
    row.made = Remark.objects.create(
        assessment=row,
        section=found,
        user_id=actor.user_id,
        desk_id=actor.desk_id,
        text=text,
        quote=quote,
        pid=pid,
        anchor_from=anchor_from if quote else b"",
        anchor_to=anchor_to if quote else b"",
        suggests=suggests,
        suggestion=suggestion if suggests else "",
        mentions=sorted(set(mentions)),
        at=timezone.now(),
    )
    _name(row, row.made)
    return row


def _name(row: Assessment, made: Remark) -> None:
    """Tell whom a remark names."""
    for desk, seats in queries.desks_of(row, made.mentions).items():
        said: dict[str, Any] = {"number": row.number, "level": row.level, "desks": [desk], "seats": seats, "due": ""}
        emit("jta.mention", row, {**said, "step": str(made.pk)})


def _remark(row: Assessment, key: uuid.UUID) -> Remark:
    found = queries.remark_of(row, key)
    if found is None:
        raise Refused("not-visible")
    return found


@action(
    "jta_remark.answer",
    model=Assessment,
    label=_("Answer a remark"),
    done=_("Answered a remark"),
    policy=policy.may_remark,
    starts=WORK,
    ends=WORK,
    otherwise=Refusals.JTA_NO_REMARKS,
    takes={
        "remark": fields.key_field(pgettext_lazy("field, assessments", "Remark")),
        "text": fields.words(pgettext_lazy("field, assessments", "Answer"), 3000),
        "mentions": Mentions(label=pgettext_lazy("field, assessments", "Notify"), required=False),
    },
)
def answer_remark(actor: Actor, row: Assessment, *, remark: uuid.UUID, text: str, mentions: Any = ()) -> Assessment:
    """Answer a remark; an answer to an answer stands under the same remark."""
    found = _remark(row, remark)
    row.made = Remark.objects.create(
        assessment=row,
        section=found.section,
        answers_id=found.answers_id or found.pk,
        user_id=actor.user_id,
        desk_id=actor.desk_id,
        text=text,
        mentions=sorted(set(mentions)),
        at=timezone.now(),
    )
    _name(row, row.made)
    return row


def _close(actor: Actor, row: Assessment, found: Remark, state: str) -> Assessment:
    by = (None, None, None) if state == State.OPEN else (actor.user_id, actor.party_code, timezone.now())
    found.state, (found.closed_by_id, found.closed_party_id, found.closed_at) = state, by
    found.save(update_fields=["state", "closed_by", "closed_party", "closed_at"])
    row.made = found
    return row


def _mine(actor: Actor, row: Assessment, key: uuid.UUID, *states: str) -> Remark:
    """A remark in one of these states that the actor may close or open."""
    found = _remark(row, key)
    if not queries.may_close(actor, row, found):
        raise Refused(Refusals.JTA_NOT_YOUR_REMARK)
    if found.state not in states:
        raise Refused("wrong-state", record=row)
    return found


@action(
    "jta_remark.settle",
    model=Assessment,
    label=_("Resolve a remark"),
    done=_("Resolved a remark"),
    policy=policy.may_remark,
    starts=WORK,
    ends=WORK,
    otherwise=Refusals.JTA_NO_REMARKS,
    takes={"remark": fields.key_field(pgettext_lazy("field, assessments", "Remark"))},
)
def settle_remark(actor: Actor, row: Assessment, *, remark: uuid.UUID) -> Assessment:
    """Say that a remark has had its answer: who made it, or who writes."""
    return _close(actor, row, _mine(actor, row, remark, State.OPEN), State.RESOLVED)


@action(
    "jta_remark.reopen",
    model=Assessment,
    label=_("Reopen a remark"),
    done=_("Reopened a remark"),
    policy=policy.may_remark,
    starts=WORK,
    ends=WORK,
    otherwise=Refusals.JTA_NO_REMARKS,
    takes={"remark": fields.key_field(pgettext_lazy("field, assessments", "Remark"))},
)
def reopen_remark(actor: Actor, row: Assessment, *, remark: uuid.UUID) -> Assessment:
    """Say that a remark still waits for its answer."""
    return _close(actor, row, _mine(actor, row, remark, State.RESOLVED, State.ACCEPTED), State.OPEN)


@action(
    "jta_remark.accept",
    model=Assessment,
    label=_("Accept a suggestion"),
    done=_("Accepted a suggestion into the text"),
    policy=policy.may_write,
    starts=WORK,
    ends=WORK,
    otherwise=Refusals.JTA_NO_REMARKS,
    takes={"remark": fields.key_field(pgettext_lazy("field, assessments", "Remark"))},
)
def accept_remark(actor: Actor, row: Assessment, *, remark: uuid.UUID) -> Assessment:
    """Put the suggested words into the text, in your own name; open editors have them at once."""
    found = _mine(actor, row, remark, State.OPEN)
    if not found.suggests:
        raise Refused("wrong-state", record=row)
    try:
        section_texts.replace_words(
            found.section_id,
            found.quote,
            found.suggestion,
            pid=found.pid,
            anchor=bytes(found.anchor_from),
            user_id=actor.user_id,
            desk_id=actor.desk_id,
        )
    except section_texts.NotThere:
        raise ValidationError(
            _now("The text has changed since. Make the change yourself, then resolve the remark.")
        ) from None
    except section_texts.Frozen as frozen:
        raise Refused("wrong-state", Refusals.JTA_FROZEN) from frozen
    return _close(actor, row, found, State.ACCEPTED)
