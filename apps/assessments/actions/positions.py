"""What each party says of each judgement: nobody but the party itself enters, changes or shortens it."""

import uuid

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.broken import BrokenRules
from apps.access.doors import action
from apps.access.refused import Refused
from apps.assessments import policy
from apps.assessments.actions import fields
from apps.assessments.actions.told import tell
from apps.assessments.models import Assessment, Citation, Judgement, Position
from apps.assessments.queries import parts

S, K = Assessment.State, Position.Kind
LONGEST = {K.RESERVATION: 1000, K.DISSENT: 3000}


@action(
    "jta_judgement.take_position",
    model=Assessment,
    label=_("Take a position"),
    policy=policy.may_sign,
    starts={S.POSITIONS},
    ends=S.POSITIONS,
    takes={
        "judgement": fields.key_field(_("Judgement")),
        "position": forms.ChoiceField(label=_("Your State"), choices=K.choices, widget=forms.RadioSelect),
        "text": fields.words(
            _("Reservation or dissent"),
            3000,
            required=False,
            help_text=_("printed as you write it"),
        ),
        "judgement_sha256": forms.CharField(label=_("Fingerprint"), max_length=64, widget=forms.HiddenInput),
    },
)
def take(
    actor: Actor, row: Assessment, *, judgement: uuid.UUID, position: str, judgement_sha256: str, text: str = ""
) -> Assessment:
    """Say what your State thinks of a judgement; until positions are closed you may change it."""
    found = fields.judgement_of(row, judgement)
    if judgement_sha256 != current_sha256(found):
        raise Refused("wrong-state", "jta-older-text", record=row)
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
    tell("jta.position", row, [row.owner_id], step=str(row.made.pk))
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
        raise BrokenRules("text", [("J-text", _now("Write the reservation or the dissent; it is printed."))])
    if len(text) > most:
        said = _now("A text of up to %(most)s characters is printed here.") % {"most": most}
        raise BrokenRules("text", [("J-text", said)])
