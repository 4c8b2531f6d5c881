"""Witnesses of the trail: asked for, approved by a second person, ended; what they co-sign, and what too few did."""

import base64
import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, emit
from apps.access.refusal import Refused
from apps.audit.anchors import Cosignature
from apps.oversight import policy
from apps.oversight.models import Anchor, AnchorCosignature, MissedQuorum, Witness
from apps.oversight.refusals import Refusals

KEY_BYTES = 32
SEEN = "%Y-%m-%dT%H:%M:%SZ"
W = Witness.State
WHY = forms.CharField(label=pgettext_lazy("field, oversight", "Reason"), max_length=200)


@action(
    "witness.propose",
    model=Witness,
    label=_("Ask for a witness"),
    done=_("Asked for a witness of the audit trail"),
    policy=policy.may_propose_witness,
    ends=W.PROPOSED,
    step_up=True,
    takes={
        "name": forms.CharField(
            label=pgettext_lazy("field, oversight", "Name"),
            help_text=_("Small letters, digits and hyphens, for example bridgetown-1."),
            max_length=30,
            validators=[RegexValidator(r"\A[a-z0-9][a-z0-9-]*\Z", _("Use small letters, digits and hyphens."))],
        ),
        "key": forms.CharField(
            label=_("Public key of the witness"),
            help_text=_("As the program prints it: 44 letters, digits and signs."),
            max_length=44,
        ),
        "contact": forms.CharField(label=_("Whom to call when it is late"), max_length=120),
    },
)
def propose_witness(actor: Actor, _row: None, *, name: str, key: str, contact: str) -> Witness:
    """Ask for a witness of one's own party; a second person of the party approves its key."""
    if not _is_key(key):
        raise ValidationError({"key": _("This is no public key. Copy the line that the program prints.")})
    if Witness.objects.filter(key=key).exists():
        raise ValidationError({"key": _("A witness with this key is known. Let the program make a new key.")})
    if Witness.objects.filter(party_id=actor.party_code, name=name).exists():
        raise ValidationError({"name": _("Your party has had a witness of this name. Choose another name.")})
    witness: Witness = Witness.objects.create(
        party_id=actor.party_code,
        name=name,
        key=key,
        contact=contact,
        proposer_id=actor.user_id,
        proposer=actor.person,
    )
    return witness


def _is_key(text: str) -> bool:
    try:
        raw = base64.b64decode(text, validate=True)
    except ValueError:
        return False
    return len(raw) == KEY_BYTES and base64.b64encode(raw).decode() == text


@action(
    "witness.approve",
    model=Witness,
    label=_("Approve the witness"),
    done=_("Approved a witness of the audit trail as the second person"),
    policy=policy.may_decide_witness,
    starts={W.PROPOSED},
    ends=W.LIVE,
    step_up=True,
)
def approve_witness(actor: Actor, witness: Witness) -> Witness:
    """Let a witness of one's own party count, as the second person. Compare its key with the machine's first."""
    witness.approver, witness.decided_at = actor.person, timezone.now()
    emit("witness.changed", witness, {"party": witness.party_id, "code": witness.code, "step": W.LIVE})
    return witness


@action(
    "witness.refuse",
    model=Witness,
    label=_("Refuse the witness"),
    done=_("Refused a witness of the audit trail"),
    policy=policy.may_decide_witness,
    starts={W.PROPOSED},
    ends=W.REFUSED,
    takes={"answer": WHY},
    danger=True,
)
def refuse_witness(actor: Actor, witness: Witness, *, answer: str) -> Witness:
    """Say no to a witness of one's own party."""
    witness.approver, witness.decided_at, witness.answer = actor.person, timezone.now(), answer
    return witness


@action(
    "witness.end",
    model=Witness,
    label=_("End the witness"),
    done=_("Ended a witness of the audit trail"),
    policy=policy.may_end_witness,
    starts={W.PROPOSED, W.LIVE},
    ends=W.ENDED,
    takes={"answer": WHY},
    step_up=True,
    danger=True,
)
def end_witness(actor: Actor, witness: Witness, *, answer: str) -> Witness:
    """End a witness of one's own party: it co-signs no more. What it has co-signed stays; oversight is told."""
    witness.ended_at, witness.answer = timezone.now(), answer
    emit("witness.changed", witness, {"party": witness.party_id, "code": witness.code, "step": W.ENDED})
    return witness


@action(
    "cosignature.give",
    model=AnchorCosignature,
    label=_("Submit a co-signature"),
    done=_("Co-signed an anchor of the audit trail"),
    policy=policy.may_cosign,
    ends="given",
    takes={
        "anchor": forms.IntegerField(label=_("Number of the anchor"), min_value=1),
        "key": forms.CharField(label=_("Public key of the witness"), max_length=44),
        "seen": forms.CharField(label=_("When it was seen"), max_length=20),
        "signature": forms.CharField(label=pgettext_lazy("field, oversight", "Signature"), max_length=88),
    },
)
def cosign_anchor(actor: Actor, _row: None, *, anchor: int, key: str, seen: str, signature: str) -> AnchorCosignature:
    """Hand in what a live witness of one's own party has signed; it is checked with the key that two people approved.

    Refused("wrong-state") if it has co-signed this anchor.
    """
    witness = Witness.objects.filter(party_id=actor.party_code, key=key, state=W.LIVE).first()
    if witness is None:
        raise ValidationError({"key": _("Your party has no live witness with this key.")})
    row = Anchor.objects.filter(number=anchor).first()
    if row is None:
        raise ValidationError({"anchor": _("There is no anchor of this number.")})
    _readable(seen)
    if not Cosignature(witness.code, key, seen, signature).fits(anchor, row.root, row.log):
        raise ValidationError({"signature": _("This is not the signature of the witness under this anchor.")})
    given, is_new = AnchorCosignature.objects.get_or_create(
        anchor=row, witness=witness, defaults={"seen": seen, "signature": signature}
    )
    if not is_new:
        raise Refused("wrong-state", Refusals.COSIGNED_ALREADY)
    return given


def _readable(seen: str) -> None:
    try:
        datetime.datetime.strptime(seen, SEEN).replace(tzinfo=datetime.UTC)
    except ValueError as wrong:
        raise ValidationError({"seen": _("Write the time in UTC like 2009-11-26T10:05:00Z.")}) from wrong


@action(
    "quorum.miss",
    model=MissedQuorum,
    label=_("Note that witnesses are missing"),
    done=_("Noted that an anchor has too few witnesses"),
    policy=policy.may_keep_time,
    ends="missed",
    automatic=True,
)
def miss_quorum(actor: Actor, _row: None, *, anchor: Any, counted: int, needed: int) -> MissedQuorum:
    """Note that an anchor had too few co-signatures in time; tell oversight and the operators of the first in a row,
    and once each day while it goes on. Refused("wrong-state") if it is noted."""
    if MissedQuorum.objects.filter(anchor=anchor).exists():
        raise Refused("wrong-state", Refusals.QUORUM_NOTED)
    goes_on = MissedQuorum.objects.filter(anchor__number=anchor.number - 1, anchor__day=anchor.day).exists()
    row: MissedQuorum = MissedQuorum.objects.create(anchor=anchor, counted=counted, needed=needed)
    if not goes_on:
        emit("quorum.missed", row, {"number": f"{anchor.number}: {counted}/{needed}"})
    return row
