"""Steps of a State or an organisation to an instrument. Each is a dated fact; the order is that of the machine.

A ratification before the signature is taken as it is published, and flagged on the pages. A State bound by the
instrument (computed) may give notice; the withdrawal takes effect on the day that the notice names.
"""

import datetime
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.access.actor import Actor
from apps.access.doors import action, emit
from apps.files.actions import attach
from apps.files.intake import Stored
from apps.region.actions import facts
from apps.region.actions.fields import DayField, document, line, reason
from apps.region.choices import ReservationChoice, StepChoice
from apps.region.models import InstrumentParty, Objection, PartyStep, Reservation
from apps.region.policy import instruments as policy
from apps.region.queries.instruments import line_on

S = InstrumentParty.State
K = PartyStep.Kind
ON = DayField(label=gettext_lazy("On"))
TAKEN = frozenset({S.SIGNED, S.CABINET, S.RATIFIED, S.DEPOSITED, S.ACCEDED, S.PROVISIONAL})
REFERENCE = line(gettext_lazy("Reference"))
CABINET = line(gettext_lazy("Decision"), gettext_lazy("Give the reference of the Cabinet decision or the approval."))
POWERS = line(gettext_lazy("Full powers"), gettext_lazy("Give the reference of the full powers."))


def step(
    verb: str, label: Any, kind: str, course: tuple[set[str] | frozenset[str], str], by: Callable[..., Any], says: str,
    **takes: Any,
) -> Callable[..., InstrumentParty]:  # fmt: skip
    """Declare one step from some states to another: a fact of `kind` on a day, a reference, perhaps the document."""

    def taken(
        actor: Actor, row: InstrumentParty, *, on: datetime.date, reference: str = "", entrustment: str = "",
        file: Stored | None = None,
    ) -> InstrumentParty:  # fmt: skip
        row.entrustment = entrustment or row.entrustment
        return record(actor, row, kind, on, reference=reference, file=file)

    taken.__doc__ = says
    starts, ends = course
    return action(
        f"instrument_party.{verb}", model=InstrumentParty, label=label, policy=by, starts=starts, ends=ends,
        takes={"on": ON, "reference": REFERENCE, **takes, "file": document()},
    )(taken)  # fmt: skip


def record(
    actor: Actor, row: InstrumentParty, kind: str, on: datetime.date, *, reference: str = "", file: Stored | None = None
) -> InstrumentParty:
    """Add the fact in place of an earlier one of its kind. Listeners: `instrument.party_changed`."""
    now = timezone.now()
    for before in PartyStep.objects.filter(of=row, kind=kind).known():
        facts.supersede(before, now)
    facts.add(PartyStep, actor, now, of=row, kind=kind, on=on, reference=reference)
    if file is not None:
        attach(actor, row, file)
    emit("instrument.party_changed", row, {"kind": kind})
    return row


sign = step(
    "sign", gettext_lazy("Sign"), K.SIGNED, ({S.ELIGIBLE}, S.SIGNED), policy.may_sign,
    "Sign with full powers; an overseas territory names its entrustment.",
    reference=POWERS, entrustment=line(gettext_lazy("Entrustment, for an overseas territory")),
)  # fmt: skip
sign_ad_ref = step(
    "sign_ad_ref", gettext_lazy("Sign ad referendum"), K.AD_REFERENDUM, ({S.ELIGIBLE}, S.AD_REFERENDUM),
    policy.may_sign, "Sign while full powers are still to come; it counts for nothing until it is confirmed.",
)  # fmt: skip
approve_nationally = step(
    "approve_nationally", gettext_lazy("Approved at home"), K.APPROVED, ({S.SIGNED}, S.CABINET), policy.may_prepare,
    "Record the Cabinet's or Parliament's approval.", reference=CABINET,
)  # fmt: skip
ratify = step(
    "ratify", gettext_lazy("Ratify"), K.RATIFIED, ({S.SIGNED, S.CABINET}, S.RATIFIED), policy.may_sign,
    "Record that the instrument of ratification was executed.",
)  # fmt: skip
deposit = step(
    "deposit", gettext_lazy("Deposit"), K.DEPOSITED, ({S.RATIFIED}, S.DEPOSITED), policy.is_depositary,
    "Receive the original of the instrument of ratification; waiting days begin.",
)  # fmt: skip
accede = step(
    "accede", gettext_lazy("Accede"), K.ACCEDED, ({S.ELIGIBLE}, S.ACCEDED), policy.is_depositary,
    "Receive an instrument of accession; it counts like deposit.",
)  # fmt: skip
declare_provisional = step(
    "declare_provisional", gettext_lazy("Apply provisionally"), K.PROVISIONAL, ({S.SIGNED}, S.PROVISIONAL),
    policy.is_depositary, "Receive a declaration that the party applies the instrument from a day on.",
)  # fmt: skip


@action(
    "instrument_party.confirm_signature", model=InstrumentParty, label=gettext_lazy("Confirm the signature"),
    policy=policy.may_sign, starts={S.AD_REFERENDUM}, ends=S.SIGNED, takes={"reference": POWERS, "file": document()},
)  # fmt: skip
def confirm_signature(
    actor: Actor, row: InstrumentParty, *, reference: str, file: Stored | None = None
) -> InstrumentParty:
    """Confirm a signature ad referendum with full powers; the date of the signature stays the earlier one."""
    first = PartyStep.objects.filter(of=row, kind=K.AD_REFERENDUM).known().get()
    return record(actor, row, K.SIGNED, first.on, reference=reference, file=file)


@action(
    "instrument_party.notify_bound", model=InstrumentParty, label=gettext_lazy("Notify as bound"),
    policy=policy.is_depositary, starts=TAKEN, ends=TAKEN, takes={"on": ON, "reference": REFERENCE},
)  # fmt: skip
def notify_bound(actor: Actor, row: InstrumentParty, *, on: datetime.date, reference: str = "") -> InstrumentParty:
    """Record from when the depositary says that the instrument binds the party; it wins over the computed day."""
    return record(actor, row, K.BOUND, on, reference=reference)


@action(
    "instrument_party.notify_withdrawal", model=InstrumentParty, label=gettext_lazy("Receive notice of withdrawal"),
    policy=policy.is_depositary, starts=TAKEN, ends=S.NOTICE,
    takes={
        "on": DayField(label=gettext_lazy("Notice received on")),
        "effect_on": DayField(label=gettext_lazy("Withdrawn from")), "reference": REFERENCE, "file": document(),
    },
)  # fmt: skip
def notify_withdrawal(
    actor: Actor, row: InstrumentParty, *, on: datetime.date, effect_on: datetime.date, reference: str = "",
    file: Stored | None = None,
) -> InstrumentParty:  # fmt: skip
    """Record the notice and the day on which it takes effect; until then the party is bound, and may think again."""
    if not line_on(actor, row, on).bound(on):
        raise ValidationError(
            {"on": _("The instrument does not bind this party on that day: there is nothing to leave.")}
        )
    if effect_on < on:
        raise ValidationError(
            {"effect_on": _("A withdrawal takes effect after the notice. Give that day or a later one.")}
        )
    record(actor, row, K.NOTICE, on, reference=reference)
    return record(actor, row, K.WITHDRAWN, effect_on, reference=reference, file=file)


@action(
    "instrument_party.revoke_withdrawal", model=InstrumentParty, label=gettext_lazy("Take the notice back"),
    policy=policy.is_depositary, starts={S.NOTICE}, ends=TAKEN, takes={"reference": REFERENCE},
)  # fmt: skip
def revoke_withdrawal(actor: Actor, row: InstrumentParty, *, reference: str = "") -> InstrumentParty:
    """Take a notice of withdrawal back before it takes effect: the party stays bound."""
    now = timezone.now()
    taken = PartyStep.objects.filter(of=row).known()
    gone = taken.get(kind=K.WITHDRAWN)
    if gone.on <= facts.today(actor):
        raise ValidationError(_("The withdrawal has taken effect. The party has to accede again."))
    for fact in taken.filter(kind__in=[K.NOTICE, K.WITHDRAWN]):
        facts.supersede(fact, now)
    row.state = last_state(row)
    emit("instrument.party_changed", row, {"kind": "revoked"})
    return row


ORDER = (
    (K.DEPOSITED, S.DEPOSITED), (K.ACCEDED, S.ACCEDED), (K.PROVISIONAL, S.PROVISIONAL), (K.RATIFIED, S.RATIFIED),
    (K.APPROVED, S.CABINET), (K.SIGNED, S.SIGNED), (K.AD_REFERENDUM, S.AD_REFERENDUM),
)  # fmt: skip


def last_state(row: InstrumentParty) -> str:
    """The state that the steps known now lead to, the furthest first."""
    kinds = set(PartyStep.objects.filter(of=row).known().values_list("kind", flat=True))
    if K.NOTICE in kinds:
        return S.NOTICE
    return next((state for kind, state in ORDER if kind in kinds), S.ELIGIBLE)


@action(
    "instrument_party.correct", model=InstrumentParty, label=gettext_lazy("Correct the register"),
    policy=policy.is_depositary, starts=S.values, ends=S.values,
    takes={
        "step": StepChoice(label=gettext_lazy("Which entry is wrong"), required=False),
        "kind": forms.ChoiceField(
            label=gettext_lazy("What happened"), required=False,
            choices=[("", gettext_lazy("Nothing: the entry falls away")), *K.choices],
        ),
        "on": DayField(label=gettext_lazy("On"), required=False),
        "source": line(gettext_lazy("Source"), gettext_lazy("Say where it is written."), most=300),
        "reason": reason(gettext_lazy("Reason"), gettext_lazy("Say why the register is corrected.")),
    },
)  # fmt: skip
def correct(
    actor: Actor, row: InstrumentParty, *, source: str, reason: str, step: str = "", kind: str = "",
    on: datetime.date | None = None,
) -> InstrumentParty:  # fmt: skip
    """Put right what was recorded, or add what a document shows; what was known until now stays answerable."""
    now = timezone.now()
    known = PartyStep.objects.filter(of=row).known()
    wrong = known.filter(pk=step).first() if step else None
    if wrong is None and not kind:
        raise ValidationError({"kind": _("Choose the step that is to be recorded, or the entry that falls away.")})
    if kind and on is None:
        raise ValidationError({"on": _("Give the day of the step, for example 12 Feb 2008.")})
    if kind and known.filter(kind=kind).exclude(pk=wrong.pk if wrong else None).exists():
        raise ValidationError(
            {"kind": _("There is an entry of this kind already. Choose it as the one that is wrong.")}
        )
    if wrong is not None:
        facts.supersede(wrong, now)
    if kind:
        facts.add(PartyStep, actor, now, of=row, kind=kind, on=on, source=source, note=reason)
    row.state = last_state(row)
    emit("instrument.party_changed", row, {"kind": kind})
    return row


@action(
    "instrument_party.reserve", model=InstrumentParty, label=gettext_lazy("Reservation or declaration"),
    policy=policy.is_depositary, starts=TAKEN, ends=TAKEN,
    takes={
        "kind": forms.ChoiceField(label=gettext_lazy("Kind"), choices=Reservation.Kind.choices),
        "article": line(gettext_lazy("Article"), gettext_lazy("Name the article."), most=40),
        "text": forms.CharField(
            label=gettext_lazy("Text"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}),
            error_messages={"required": gettext_lazy("Copy the text as it was made.")},
        ),
        "on": DayField(label=gettext_lazy("Made on")),
    },
)  # fmt: skip
def reserve(
    actor: Actor, row: InstrumentParty, *, kind: str, article: str, text: str, on: datetime.date
) -> InstrumentParty:
    """Enter a reservation or declaration made at signature, ratification or accession; the parties are told."""
    facts.add(Reservation, actor, timezone.now(), of=row, kind=kind, article=article, text=text, on=on)
    emit("instrument.party_changed", row, {"kind": kind})
    return row


@action(
    "instrument_party.object", model=InstrumentParty, label=gettext_lazy("Object to a reservation"),
    policy=policy.may_sign, starts=TAKEN, ends=TAKEN,
    takes={
        "reservation": ReservationChoice(label=gettext_lazy("Reservation")),
        "relation": forms.ChoiceField(label=gettext_lazy("It"), choices=Objection.Relation.choices),
        "text": reason(gettext_lazy("Objection"), gettext_lazy("Write the objection as it is to be notified.")),
        "on": DayField(label=gettext_lazy("Made on")),
    },
)  # fmt: skip
def object_(
    actor: Actor, row: InstrumentParty, *, reservation: str, relation: str, text: str, on: datetime.date
) -> InstrumentParty:
    """Object to another party's reservation within twelve months (Vienna Convention, Article 20(5))."""
    made = Reservation.objects.filter(pk=reservation, of__instrument=row.instrument_id).known().get()
    if not made.on <= on <= made.on + datetime.timedelta(366):
        raise ValidationError({"on": _("An objection is made within twelve months of the reservation. Check the day.")})
    if Objection.objects.filter(reservation=made, entity=row.entity).known().exists():
        raise ValidationError({"reservation": _("This party has objected to this reservation already.")})
    told = {"entity": row.entity, "relation": relation, "text": text, "on": on}
    facts.add(Objection, actor, timezone.now(), reservation=made, **told)
    emit("instrument.party_changed", row, {"kind": "objection"})
    return row
