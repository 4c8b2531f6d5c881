"""Holding two to be one: proposed, confirmed by the parties that keep them, taken back. Nothing is ever merged."""

from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.doors import action
from apps.entities import policy
from apps.entities.models import Entity, Twin
from apps.entities.queries import things

S = Twin.State


@action(
    "twin.propose",
    model=Twin,
    label=_("Hold to be the same"),
    policy=policy.may_record,
    ends={S.PROPOSED, S.CONFIRMED},
    takes={
        "one": forms.UUIDField(label=_("One"), help_text=_("id of a person or thing")),
        "other": forms.UUIDField(label=_("The other"), help_text=_("id of a person or thing of the same type")),
        "reason": forms.CharField(
            label=_("Why"), max_length=300, help_text=_("read by the parties that have to confirm it")
        ),
    },
)
def propose(actor: Actor, _row: None, *, one: UUID, other: UUID, reason: str) -> Twin:
    """Propose that two are one. It holds once each party that keeps one of them has confirmed it."""
    rows: list[Entity] = []
    for name, pk in (("one", one), ("other", other)):
        found = things.entity(actor, pk)
        if found is None:
            raise ValidationError({name: _now("There is no person or thing of this id.")})
        rows.append(found)
    first, second = sorted(rows, key=lambda row: str(row.pk))
    if first.pk == second.pk:
        raise ValidationError({"other": _now("It is the same already. Choose another.")})
    if first.type != second.type:
        raise ValidationError({"other": _now("Two of different types are never one.")})
    parties = sorted({first.party_id, second.party_id})
    waiting = [code for code in parties if code != actor.party_code]
    try:
        with transaction.atomic():
            return Twin.objects.create(
                one=first,
                other=second,
                proposer_id=actor.party_code,
                parties=parties,
                waiting=waiting,
                reason=reason,
                state=S.PROPOSED if waiting else S.CONFIRMED,
            )
    except IntegrityError:
        raise ValidationError({"other": _now("This is proposed already, or holds.")}) from None


@action(
    "twin.agree",
    model=Twin,
    label=_("Confirm"),
    policy=policy.may_confirm,
    starts={S.PROPOSED},
    ends={S.PROPOSED, S.CONFIRMED},
)
def agree(actor: Actor, row: Twin) -> Twin:
    """Say for your party, which keeps one of the two, that they are one."""
    row.waiting = [code for code in row.waiting if code != actor.party_code]
    row.state = S.PROPOSED if row.waiting else S.CONFIRMED
    return row


@action("twin.refuse", model=Twin, label=_("Refuse"), policy=policy.may_confirm, starts={S.PROPOSED}, ends=S.REFUSED)
def refuse(actor: Actor, row: Twin) -> Twin:
    """Say for your party that they are not one; somebody may propose it anew with other reasons."""
    return row


@action(
    "twin.undo",
    model=Twin,
    label=_("Take back"),
    policy=policy.may_undo,
    starts={S.PROPOSED, S.CONFIRMED},
    ends=S.UNDONE,
)
def undo(actor: Actor, row: Twin) -> Twin:
    """Take the word back: both stand by themselves again, with all that was recorded of each."""
    return row
