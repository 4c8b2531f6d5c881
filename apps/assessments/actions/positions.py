"""What each party says of each judgement: nobody but the party itself enters, changes or shortens it."""

import uuid

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action
from apps.access.refusal import Refused
from apps.access.violations import BrokenRules
from apps.assessments import policy
from apps.assessments.actions import fields
from apps.assessments.actions.event_facts import emit_assessment_event
from apps.assessments.models import Assessment, Citation, Judgement, Position
from apps.assessments.queries import parts
from apps.assessments.refusals import Refusals

S, K = Assessment.State, Position.Kind
LONGEST = {K.RESERVATION: 1000, K.DISSENT: 3000}


@action(
    "jta_judgement.take_position",
    model=Assessment,
    label=_("Record a position"),
    done=_("Took a position on a judgement"),
    policy=policy.may_sign,
    starts={S.POSITIONS},
    ends=S.POSITIONS,
    takes={
        "judgement": fields.key_field(pgettext_lazy("field, assessments", "Judgement")),
        "position": forms.ChoiceField(
            label=pgettext_lazy("field, assessments", "Your State"), choices=K.choices, widget=forms.RadioSelect
        ),
        "text": fields.words(
            _("Reservation or dissent"),
            3000,
            required=False,
            help_text=_("printed exactly as written"),
        ),
        "judgement_sha256": forms.CharField(
            label=pgettext_lazy("field, assessments", "Fingerprint"), max_length=64, widget=forms.HiddenInput
        ),
    },
)
def take_position(
    actor: Actor, row: Assessment, *, judgement: uuid.UUID, position: str, judgement_sha256: str, text: str = ""
) -> Assessment:
    """Say what your State thinks of a judgement; until positions are closed you may change it."""
    found = fields.judgement_of(row, judgement)
    if judgement_sha256 != current_sha256(found):
        raise Refused("wrong-state", Refusals.JTA_OLDER_TEXT, record=row)
    _worded(position, text.strip())
    now = timezone.now()
    before = Position.objects.filter(judgement=found, party=actor.party_code, void_at=None)
    before.update(void_at=now)
    row.made = Position.objects.create(
        assessment=row,
        judgement=found,
        party_id=actor.party_code,
        user_id=actor.user_id,
        kind=position,
        text=text.strip() if position in LONGEST else "",
        judgement_sha256=judgement_sha256,
        at=now,
    )
    emit_assessment_event("jta.position", row, [row.owner_id], step=str(row.made.pk))
    return row


def current_sha256(found: Judgement) -> str:
    """The fingerprint of a judgement as it stands."""
    found.cites = list(Citation.objects.filter(judgement=found).order_by("pk"))
    return parts.judgement_sha256(found)


def _worded(position: str, text: str) -> None:
    most = LONGEST.get(K(position))
    if most is None:
        return
    if not text:
        raise BrokenRules("text", [("J-text", _now("Write the reservation or dissent. It is printed."))])
    if len(text) > most:
        said = _now("Enter up to %(most)s characters.") % {"most": most}
        raise BrokenRules("text", [("J-text", said)])
