"""Keys of a State's holders: proposed by who holds one, put into force by a second person, ended by either."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, also, emit
from apps.access.refusal import Refused
from apps.audit.verb_labels import noted
from apps.sealing import policy
from apps.sealing.models import HolderKey
from apps.sealing.refusals import Refusals
from apps.sealing.rules import points
from apps.sealing.rules.envelopes import MOST_HOLDERS

K = HolderKey.State
noted("holder_key.replace", _("Replaced a key of a holder by their newer one"))


@action(
    "holder_key.propose",
    model=HolderKey,
    label=_("Register the key"),
    done=_("Proposed a key of a holder"),
    policy=policy.may_hold,
    ends=K.PROPOSED,
    takes={
        "public": forms.CharField(
            label=pgettext_lazy("field, sealing", "Public key"),
            help_text=_("A point of P-256, 65 bytes in base64url. The page fills it in when it makes the key."),
            max_length=88,
        ),
        "kept": forms.ChoiceField(label=_("Where the private half is"), choices=HolderKey.Kept.choices, initial="file"),
        "why": forms.CharField(label=pgettext_lazy("field, sealing", "Reason"), max_length=200),
    },
)
def propose_holder_key(actor: Actor, _row: None, *, public: str, kept: str, why: str) -> HolderKey:
    """Propose the public half of a key that you hold for your State; an administrator puts it into force."""
    try:
        point = points.read_point(public)
    except ValueError:
        said = _now("This is no public key: it wants 65 bytes of an uncompressed point of P-256, in base64url.")
        raise ValidationError({"public": said}) from None
    if HolderKey.objects.filter(public=public).exists():
        raise ValidationError({"public": _now("This key is registered already. Make a new one.")})
    row: HolderKey = HolderKey.objects.create(
        party_id=actor.party_code,
        user_id=actor.user_id,
        desk_id=actor.desk_id,
        public=public,
        fingerprint=points.fingerprint(point),
        kept=kept,
        why=why,
    )
    emit("holder_key.proposed", row)
    return row


@action(
    "holder_key.confirm",
    model=HolderKey,
    label=_("Put the key into force"),
    done=_("Put a key of a holder into force"),
    policy=policy.may_confirm_key,
    starts={K.PROPOSED},
    ends=K.IN_FORCE,
    takes={
        "fingerprint": forms.CharField(
            label=_("Fingerprint as the holder reads it to you"),
            help_text=_("Ask for it in person or by telephone, never by the portal: it may be false here."),
            max_length=60,
        )
    },
    step_up=True,
    danger=True,
)
def confirm_holder_key(actor: Actor, row: HolderKey, *, fingerprint: str) -> HolderKey:
    """Let texts be sealed for this key from now on, once fingerprints agree; the holder's key before is replaced."""
    if "".join(fingerprint.split()).lower() != row.fingerprint.replace(" ", ""):
        said = _now("This is not the fingerprint of the proposed key. Put nothing into force, and ask the holder.")
        raise ValidationError({"fingerprint": said})
    _refuse_crowd(row)
    now = timezone.now()
    before = HolderKey.objects.select_for_update(of=("self",)).filter(user_id=row.user_id, state=K.IN_FORCE).first()
    if before is not None:
        HolderKey.objects.filter(pk=before.pk).update(state=K.REPLACED, valid_to=now)
        also("holder_key.replace", before, before=K.IN_FORCE, after=K.REPLACED)
    row.confirmed_by_id, row.valid_from = actor.user_id, now
    emit("holder_key.confirmed", row)
    return row


def _refuse_crowd(row: HolderKey) -> None:
    """Refused where as many others of the party hold keys as a text has shares for: with more nothing can be sealed."""
    others = HolderKey.objects.filter(party=row.party_id, state=K.IN_FORCE).exclude(user_id=row.user_id)
    # two administrators at once: the second waits here, and counts what the first put into force
    list(others.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    if others.count() >= MOST_HOLDERS:
        raise Refused("wrong-state", Refusals.ENOUGH_HOLDERS, record=row)


@action(
    "holder_key.withdraw",
    model=HolderKey,
    label=pgettext_lazy("button, sealing", "Withdraw"),
    done=_("Took a proposed key of a holder back"),
    policy=policy.may_end_key,
    starts={K.PROPOSED},
    ends=K.WITHDRAWN,
    danger=True,
)
def withdraw_holder_key(actor: Actor, row: HolderKey) -> HolderKey:
    """Take a proposed key back; what is in force stays."""
    return row


@action(
    "holder_key.end",
    model=HolderKey,
    label=_("End the key"),
    done=_("Ended a key of a holder"),
    policy=policy.may_end_key,
    starts={K.IN_FORCE, K.REPLACED},
    ends=K.ENDED,
    takes={"because": forms.CharField(label=_("What happened: lost, stolen, the holder left"), max_length=200)},
    danger=True,
)
def end_holder_key(actor: Actor, row: HolderKey, *, because: str) -> HolderKey:
    """Let nothing be sealed for, or opened with, this key any more; its shares of texts count no more."""
    row.valid_to, row.ended_because = timezone.now(), because
    emit("holder_key.ended", row)
    return row
