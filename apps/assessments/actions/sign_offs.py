"""Sign-off: bound to the fingerprint of text and positions; whatever changes voids it, and the signers are told."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action
from apps.access.refusal import Refused
from apps.access.throttles import count_anew, used_up
from apps.assessments import policy
from apps.assessments.actions import fields
from apps.assessments.actions.event_facts import emit_assessment_event, signing_desks
from apps.assessments.models import Assessment, Signature
from apps.assessments.queries import parts
from apps.assessments.refusals import Refusals
from apps.people.models import User

S = Assessment.State
TRIES, WITHIN_S = 5, 900
"""Wrong passwords in a row after which a person waits. Portal rule."""


@action(
    "assessment.sign",
    model=Assessment,
    label=pgettext_lazy("button, assessments", "Sign"),
    done=_("Signed an assessment"),
    policy=policy.may_sign,
    starts={S.SIGN_OFF},
    ends=S.SIGN_OFF,
    takes={
        "content_sha256": forms.CharField(
            label=pgettext_lazy("field, assessments", "Fingerprint"), max_length=64, widget=forms.HiddenInput
        ),
        "password": forms.CharField(
            label=pgettext_lazy("field, assessments", "Your password"),
            max_length=200,
            strip=False,
            widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
            help_text=_("you sign in your own name, so confirm your identity again"),
        ),
    },
)
def sign_assessment(actor: Actor, row: Assessment, *, content_sha256: str, password: str) -> Assessment:
    """Sign the text and the positions for your State, exactly as their fingerprint says."""
    _same(row, content_sha256)
    _really(actor, password)
    return _signed(actor, row, Signature.State.SIGNED, content_sha256, "")


@action(
    "assessment.refuse_sign",
    model=Assessment,
    label=_("Refuse to sign"),
    done=_("Refused to sign an assessment"),
    policy=policy.may_sign,
    starts={S.SIGN_OFF},
    ends=S.SIGN_OFF,
    takes={
        "text": fields.words(
            pgettext_lazy("field, assessments", "Reason"), 3000, help_text=_("printed in the signature annex")
        )
    },
)
def refuse_signature(actor: Actor, row: Assessment, *, text: str) -> Assessment:
    """Say for your State that it does not sign, and why."""
    return _signed(actor, row, Signature.State.REFUSED, parts.content_sha256(row), text)


def _same(row: Assessment, shown: str) -> None:
    """The fingerprint that was shown is that of the text and positions as they are in this moment."""
    if shown != row.content_sha256 or shown != parts.content_sha256(row):
        raise Refused("wrong-state", Refusals.JTA_OLDER_TEXT, record=row)


def _really(actor: Actor, password: str) -> None:
    key = f"jta-sign:{actor.user_id}"
    if used_up(key, TRIES, WITHIN_S):
        raise Refused(Refusals.JTA_TOO_MANY_TRIES)
    if not User.objects.get(pk=actor.user_id).check_password(password):
        raise Refused(Refusals.JTA_WRONG_PASSWORD)
    count_anew(key)


def _signed(actor: Actor, row: Assessment, kind: str, sha256: str, text: str) -> Assessment:
    now = timezone.now()
    own = Signature.objects.filter(assessment=row, party=actor.party_code, void_at=None)
    if own.filter(content_sha256=sha256, kind=kind).exists():
        raise Refused("wrong-state", Refusals.JTA_SIGNED_ALREADY, record=row)
    own.update(void_at=now)
    row.made = Signature.objects.create(
        assessment=row,
        party_id=actor.party_code,
        user_id=actor.user_id,
        desk_id=actor.desk_id,
        kind=kind,
        content_sha256=sha256,
        text=text,
        at=now,
    )
    emit_assessment_event("jta.signed", row, [row.owner_id], step=str(row.made.pk))
    return row


def void(row: Assessment, now: Any) -> None:
    """Make all signatures void and tell those who gave them."""
    live = Signature.objects.filter(assessment=row, void_at=None)
    parties = sorted(set(live.values_list("party_id", flat=True)))
    live.update(void_at=now)
    row.content_sha256 = ""
    emit_assessment_event("jta.void", row, signing_desks(parties), step=f"void {row.version}")
