"""Inside one ministry: an officer proposes to object, and those who decide object or do not."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action
from apps.access.grants import share
from apps.access.models import Level
from apps.council.models import ObjectionProposal, WrittenProcedure
from apps.council.policy import may_speak_for_state
from apps.council.procedures.policy import may_decide_on_proposal

P = ObjectionProposal.State


@action(
    "objection.propose",
    model=ObjectionProposal,
    label=_("Propose to object"),
    done=_("Proposed to object"),
    policy=may_speak_for_state,
    ends=P.PROPOSED,
    takes={
        "procedure": forms.UUIDField(label=pgettext_lazy("field, council", "Procedure"), widget=forms.HiddenInput),
        "reason": forms.CharField(
            label=_("Why our State should object"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
        ),
    },
)
def propose_objection(actor: Actor, _row: None, *, procedure: uuid.UUID, reason: str) -> ObjectionProposal:
    """Propose an objection to those who decide in one's own ministry; nobody else sees it."""
    subject = WrittenProcedure.objects.visible_to(actor).filter(pk=procedure).first()
    if subject is None or subject.state not in WrittenProcedure.OPEN:
        raise ValidationError({"procedure": _now("There is no open procedure to object to.")})
    if ObjectionProposal.objects.filter(owner_id=actor.desk_id, procedure=subject, state=P.PROPOSED).exists():
        raise ValidationError({"reason": _now("Your ministry already has this proposal waiting for a decision.")})
    row = ObjectionProposal.objects.create(
        procedure=subject,
        person=actor.person,
        reason=reason,
        owner_id=actor.desk_id,
        originator_id=actor.party_code,
        level=Level.OFFICIAL,
    )
    share(actor, row, [actor.desk_id])
    return row


@action(
    "objection.dismiss",
    model=ObjectionProposal,
    label=_("Do not object"),
    done=_("Decided not to object"),
    policy=may_decide_on_proposal,
    starts={P.PROPOSED},
    ends=P.DISMISSED,
    takes={"answer": forms.CharField(label=pgettext_lazy("field, council", "Reason"), required=False, max_length=300)},
)
def dismiss_objection_proposal(actor: Actor, row: ObjectionProposal, *, answer: str = "") -> ObjectionProposal:
    """Decide that the State does not object."""
    row.answer = answer
    return row
