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
from django.utils.translation import gettext_lazy, pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, emit
from apps.files.actions import attach
from apps.files.rules.intake import Stored
from apps.region.actions import facts
from apps.region.actions.fields import DayField, document, line, reason
from apps.region.models import InstrumentParty, Objection, PartyStep, Reservation
from apps.region.policy import instruments as policy
from apps.region.queries.choices import ReservationChoice, StepChoice
from apps.region.queries.instruments import line_on

S = InstrumentParty.State
K = PartyStep.Kind
ON = DayField(label=pgettext_lazy("field, region", "Date"))
TAKEN = frozenset({S.SIGNED, S.CABINET, S.RATIFIED, S.DEPOSITED, S.ACCEDED, S.PROVISIONAL})
REFERENCE = line(pgettext_lazy("words, region", "Reference"))
CABINET = line(
    pgettext_lazy("words, region", "Decision"),
    gettext_lazy("Enter the reference of the Cabinet decision or approval."),
)
POWERS = line(pgettext_lazy("words, region", "Full powers"), gettext_lazy("Enter the reference of the full powers."))


def step(course: tuple[set[str] | frozenset[str], str], by: Callable[..., Any], **takes: Any) -> dict[str, Any]:
    """How a step from some states to another is declared: on a day, a reference, perhaps the document; `by` whom."""
    starts, ends = course
    fields = {"on": ON, "reference": REFERENCE, **takes, "file": document()}
    return {"model": InstrumentParty, "policy": by, "starts": starts, "ends": ends, "takes": fields}


def take_step(
    actor: Actor,
    row: InstrumentParty,
    kind: str,
    *,
    on: datetime.date,
    reference: str = "",
    entrustment: str = "",
    file: Stored | None = None,
) -> InstrumentParty:
    """Add the fact of a step on its day; an overseas territory's names its entrustment."""
    row.entrustment = entrustment or row.entrustment
    return record(actor, row, kind, on, reference=reference, file=file)


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


@action(
    "instrument_party.sign",
    label=pgettext_lazy("button, region", "Sign"),
    done=gettext_lazy("Signed an instrument"),
    **step(
        ({S.ELIGIBLE}, S.SIGNED),
        policy.may_sign,
        reference=POWERS,
        entrustment=line(gettext_lazy("Entrustment, for an overseas territory")),
    ),
)
def sign_instrument(actor: Actor, row: InstrumentParty, **told: Any) -> InstrumentParty:
    """Sign with full powers; an overseas territory names its entrustment."""
    return take_step(actor, row, K.SIGNED, **told)


@action(
    "instrument_party.sign_ad_ref",
    label=gettext_lazy("Sign ad referendum"),
    done=gettext_lazy("Signed an instrument ad referendum"),
    **step(({S.ELIGIBLE}, S.AD_REFERENDUM), policy.may_sign),
)
def sign_instrument_ad_ref(actor: Actor, row: InstrumentParty, **told: Any) -> InstrumentParty:
    """Sign while full powers are still to come; it counts for nothing until it is confirmed."""
    return take_step(actor, row, K.AD_REFERENDUM, **told)


@action(
    "instrument_party.approve_nationally",
    label=pgettext_lazy("button, region", "National approval"),
    done=gettext_lazy("Recorded the national approval of an instrument"),
    **step(({S.SIGNED}, S.CABINET), policy.may_prepare, reference=CABINET),
)
def approve_instrument_nationally(actor: Actor, row: InstrumentParty, **told: Any) -> InstrumentParty:
    """Record the Cabinet's or Parliament's approval."""
    return take_step(actor, row, K.APPROVED, **told)


@action(
    "instrument_party.ratify",
    label=pgettext_lazy("words, region", "Ratify"),
    done=gettext_lazy("Recorded the ratification of an instrument"),
    **step(({S.SIGNED, S.CABINET}, S.RATIFIED), policy.may_sign),
)
def ratify_instrument(actor: Actor, row: InstrumentParty, **told: Any) -> InstrumentParty:
    """Record that the instrument of ratification was executed."""
    return take_step(actor, row, K.RATIFIED, **told)


@action(
    "instrument_party.deposit",
    label=pgettext_lazy("words, region", "Deposit"),
    done=gettext_lazy("Received an instrument of ratification"),
    **step(({S.RATIFIED}, S.DEPOSITED), policy.is_depositary),
)
def deposit_instrument(actor: Actor, row: InstrumentParty, **told: Any) -> InstrumentParty:
    """Receive the original of the instrument of ratification; waiting days begin."""
    return take_step(actor, row, K.DEPOSITED, **told)


@action(
    "instrument_party.accede",
    label=pgettext_lazy("words, region", "Accede"),
    done=gettext_lazy("Received an instrument of accession"),
    **step(({S.ELIGIBLE}, S.ACCEDED), policy.is_depositary),
)
def accede_to_instrument(actor: Actor, row: InstrumentParty, **told: Any) -> InstrumentParty:
    """Receive an instrument of accession; it counts like deposit."""
    return take_step(actor, row, K.ACCEDED, **told)


@action(
    "instrument_party.declare_provisional",
    label=pgettext_lazy("words, region", "Apply provisionally"),
    done=gettext_lazy("Received a declaration of provisional application"),
    **step(({S.SIGNED}, S.PROVISIONAL), policy.is_depositary),
)
def declare_instrument_provisional(actor: Actor, row: InstrumentParty, **told: Any) -> InstrumentParty:
    """Receive a declaration that the party applies the instrument from a day on."""
    return take_step(actor, row, K.PROVISIONAL, **told)


@action(
    "instrument_party.confirm_signature",
    model=InstrumentParty,
    label=gettext_lazy("Confirm the signature"),
    done=gettext_lazy("Confirmed a signature ad referendum"),
    policy=policy.may_sign,
    starts={S.AD_REFERENDUM},
    ends=S.SIGNED,
    takes={"reference": POWERS, "file": document()},
)
def confirm_signature(
    actor: Actor, row: InstrumentParty, *, reference: str, file: Stored | None = None
) -> InstrumentParty:
    """Confirm a signature ad referendum with full powers; the date of the signature stays the earlier one."""
    first = PartyStep.objects.filter(of=row, kind=K.AD_REFERENDUM).known().get()
    return record(actor, row, K.SIGNED, first.on, reference=reference, file=file)


@action(
    "instrument_party.notify_bound",
    model=InstrumentParty,
    label=gettext_lazy("Notify as bound"),
    done=gettext_lazy("Recorded that a party is bound"),
    policy=policy.is_depositary,
    starts=TAKEN,
    ends=TAKEN,
    takes={"on": ON, "reference": REFERENCE},
)
def notify_bound(actor: Actor, row: InstrumentParty, *, on: datetime.date, reference: str = "") -> InstrumentParty:
    """Record from when the depositary says that the instrument binds the party; it wins over the computed day."""
    return record(actor, row, K.BOUND, on, reference=reference)


@action(
    "instrument_party.notify_withdrawal",
    model=InstrumentParty,
    label=gettext_lazy("Record notice of withdrawal"),
    done=gettext_lazy("Received a notice of withdrawal"),
    policy=policy.is_depositary,
    starts=TAKEN,
    ends=S.NOTICE,
    takes={
        "on": DayField(label=gettext_lazy("Notice received on")),
        "effect_on": DayField(label=pgettext_lazy("field, region", "Withdrawn from")),
        "reference": REFERENCE,
        "file": document(),
    },
    danger=True,
)
def notify_withdrawal(
    actor: Actor,
    row: InstrumentParty,
    *,
    on: datetime.date,
    effect_on: datetime.date,
    reference: str = "",
    file: Stored | None = None,
) -> InstrumentParty:
    """Record the notice and the day on which it takes effect; until then the party is bound, and may think again."""
    if not line_on(actor, row, on).bound(on):
        raise ValidationError({"on": _("The instrument does not bind this party on that date, so it cannot withdraw.")})
    if effect_on < on:
        raise ValidationError(
            {"effect_on": _("A withdrawal takes effect after the notice. Enter that date or a later one.")}
        )
    record(actor, row, K.NOTICE, on, reference=reference)
    return record(actor, row, K.WITHDRAWN, effect_on, reference=reference, file=file)


@action(
    "instrument_party.revoke_withdrawal",
    model=InstrumentParty,
    label=gettext_lazy("Withdraw the notice"),
    done=gettext_lazy("Revoked a notice of withdrawal"),
    policy=policy.is_depositary,
    starts={S.NOTICE},
    ends=TAKEN,
    takes={"reference": REFERENCE},
)
def revoke_withdrawal(actor: Actor, row: InstrumentParty, *, reference: str = "") -> InstrumentParty:
    """Take a notice of withdrawal back before it takes effect: the party stays bound."""
    now = timezone.now()
    taken = PartyStep.objects.filter(of=row).known()
    gone = taken.get(kind=K.WITHDRAWN)
    if gone.on <= facts.today(actor):
        raise ValidationError(_("The withdrawal has taken effect. The party must accede again."))
    for fact in taken.filter(kind__in=[K.NOTICE, K.WITHDRAWN]):
        facts.supersede(fact, now)
    row.state = last_state(row)
    emit("instrument.party_changed", row, {"kind": "revoked"})
    return row


ORDER = (
    (K.DEPOSITED, S.DEPOSITED),
    (K.ACCEDED, S.ACCEDED),
    (K.PROVISIONAL, S.PROVISIONAL),
    (K.RATIFIED, S.RATIFIED),
    (K.APPROVED, S.CABINET),
    (K.SIGNED, S.SIGNED),
    (K.AD_REFERENDUM, S.AD_REFERENDUM),
)


def last_state(row: InstrumentParty) -> str:
    """The state that the steps known now lead to, the furthest first."""
    kinds = set(PartyStep.objects.filter(of=row).known().values_list("kind", flat=True))
    if K.NOTICE in kinds:
        return S.NOTICE
    return next((state for kind, state in ORDER if kind in kinds), S.ELIGIBLE)


@action(
    "instrument_party.correct",
    model=InstrumentParty,
    label=gettext_lazy("Correct the register"),
    done=gettext_lazy("Corrected the register of an instrument"),
    policy=policy.is_depositary,
    starts=S.values,
    ends=S.values,
    takes={
        "step": StepChoice(label=gettext_lazy("Entry to correct"), required=False),
        "kind": forms.ChoiceField(
            label=pgettext_lazy("field, region", "What happened"),
            required=False,
            choices=[("", gettext_lazy("None: remove the entry")), *K.choices],
        ),
        "on": DayField(label=pgettext_lazy("field, region", "Date"), required=False),
        "source": line(pgettext_lazy("field, region", "Source"), gettext_lazy("Enter the source."), most=300),
        "reason": reason(
            pgettext_lazy("field, region", "Reason"), gettext_lazy("Enter why the register is corrected.")
        ),
    },
)
def correct_instrument_party(
    actor: Actor,
    row: InstrumentParty,
    *,
    source: str,
    reason: str,
    step: str = "",
    kind: str = "",
    on: datetime.date | None = None,
) -> InstrumentParty:
    """Put right what was recorded, or add what a document shows; what was known until now stays answerable."""
    now = timezone.now()
    known = PartyStep.objects.filter(of=row).known()
    wrong = known.filter(pk=step).first() if step else None
    if wrong is None and not kind:
        raise ValidationError({"kind": _("Choose the step to record, or the entry to remove.")})
    if kind and on is None:
        raise ValidationError({"on": _("Enter the date of the step, for example 12 Feb 2008.")})
    if kind and known.filter(kind=kind).exclude(pk=wrong.pk if wrong else None).exists():
        raise ValidationError({"kind": _("An entry of this kind already exists. Choose it as the entry to correct.")})
    if wrong is not None:
        facts.supersede(wrong, now)
    if kind:
        facts.add(PartyStep, actor, now, of=row, kind=kind, on=on, source=source, note=reason)
    row.state = last_state(row)
    emit("instrument.party_changed", row, {"kind": kind})
    return row


@action(
    "instrument_party.reserve",
    model=InstrumentParty,
    label=gettext_lazy("Reservation or declaration"),
    done=gettext_lazy("Entered a reservation or declaration"),
    policy=policy.is_depositary,
    starts=TAKEN,
    ends=TAKEN,
    takes={
        "kind": forms.ChoiceField(label=pgettext_lazy("field, region", "Kind"), choices=Reservation.Kind.choices),
        "article": line(pgettext_lazy("field, region", "Article"), gettext_lazy("Enter the article."), most=40),
        "text": forms.CharField(
            label=pgettext_lazy("field, region", "Text"),
            max_length=4000,
            widget=forms.Textarea(attrs={"rows": 4}),
            error_messages={"required": gettext_lazy("Copy the text word for word.")},
        ),
        "on": DayField(label=pgettext_lazy("field, region", "Date made")),
    },
)
def record_party_reservation(
    actor: Actor, row: InstrumentParty, *, kind: str, article: str, text: str, on: datetime.date
) -> InstrumentParty:
    """Enter a reservation or declaration made at signature, ratification or accession; the parties are told."""
    facts.add(Reservation, actor, timezone.now(), of=row, kind=kind, article=article, text=text, on=on)
    emit("instrument.party_changed", row, {"kind": kind})
    return row


@action(
    "instrument_party.object",
    model=InstrumentParty,
    label=gettext_lazy("Object to a reservation"),
    done=gettext_lazy("Objected to a reservation"),
    policy=policy.may_sign,
    starts=TAKEN,
    ends=TAKEN,
    takes={
        "reservation": ReservationChoice(label=pgettext_lazy("field, region", "Reservation")),
        "relation": forms.ChoiceField(
            label=pgettext_lazy("field, region", "Effect of the objection"), choices=Objection.Relation.choices
        ),
        "text": reason(
            pgettext_lazy("field, region", "Objection"), gettext_lazy("Write the objection as it is to be notified.")
        ),
        "on": DayField(label=pgettext_lazy("field, region", "Date made")),
    },
)
def object_to_reservation(
    actor: Actor, row: InstrumentParty, *, reservation: str, relation: str, text: str, on: datetime.date
) -> InstrumentParty:
    """Object to another party's reservation within twelve months (Vienna Convention, Article 20(5))."""
    made = Reservation.objects.filter(pk=reservation, of__instrument=row.instrument_id).known().get()
    if not made.on <= on <= made.on + datetime.timedelta(366):
        raise ValidationError(
            {"on": _("An objection must be made within 12 months of the reservation. Check the date.")}
        )
    if Objection.objects.filter(reservation=made, entity=row.entity).known().exists():
        raise ValidationError({"reservation": _("This party has already objected to this reservation.")})
    told = {"entity": row.entity, "relation": relation, "text": text, "on": on}
    facts.add(Objection, actor, timezone.now(), reservation=made, **told)
    emit("instrument.party_changed", row, {"kind": "objection"})
    return row
