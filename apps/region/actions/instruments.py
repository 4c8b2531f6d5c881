"""An instrument's own course: registered, text agreed, opened, notified as in force, terminated.

Signature, provisional application and entry into force are no acts on the instrument: they follow from its parties.
"""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.access.actor import Actor
from apps.access.doors import action, also, emit
from apps.files.actions import attach
from apps.files.intake import Stored
from apps.people.models import Party
from apps.region.actions import facts
from apps.region.actions.fields import DayField, document, line, reason
from apps.region.models import Instrument, InstrumentParty, InstrumentStep
from apps.region.policy import instruments as policy
from apps.region.rules import entry_into_force
from apps.region.rules.entry_into_force import RuleError

S = Instrument.State
CODE = RegexValidator(
    r"^[A-Z0-9][A-Z0-9-]{2,29}$", gettext_lazy("Write capital letters, digits and dashes, as MAR-AIR-2008.")
)
ORG = "ORG:"


@action(
    "instrument.create", model=Instrument, label=gettext_lazy("Register an instrument"), policy=policy.is_depositary,
    ends=S.NEGOTIATING,
    takes={
        "code": forms.CharField(
            label=gettext_lazy("Code"), max_length=30, validators=[CODE],
            error_messages={"required": gettext_lazy("Give a short code, for example MAR-AIR-2008.")},
        ),
        "title": line(gettext_lazy("Title"), gettext_lazy("Give the title as the text has it."), most=250),
        "kind": forms.ChoiceField(label=gettext_lazy("Kind"), choices=Instrument.Kind.choices),
        "rule": forms.JSONField(
            label=gettext_lazy("Rule of entry into force"), required=False,
            help_text=gettext_lazy('As data: {"op": "COUNT_DEPOSITED", "cls": "MEMBER_STATE", "at_least": 3}'),
        ),
        "rule_words": line(gettext_lazy("The article in its own words"), most=500),
        "consent": forms.ChoiceField(
            label=gettext_lazy("A party is bound"), choices=Instrument.Consent.choices,
            initial=Instrument.Consent.RATIFICATION,
        ),
        "amends": line(gettext_lazy("Amends (code of the instrument)")),
    },
)  # fmt: skip
def create(
    actor: Actor, _row: None, *, code: str, title: str, kind: str, rule: Any = None, **more: Any,
) -> Instrument:  # fmt: skip
    """Enter an instrument under negotiation, with its rule of entry into force as data."""
    if Instrument.objects.filter(code=code).exists():
        raise ValidationError(
            {"code": _("There is an instrument %(code)s already. Give another code.") % {"code": code}}
        )
    _check_rule(rule)
    amends = more.pop("amends", "")
    earlier = Instrument.objects.filter(code=amends).first() if amends else None
    if amends and earlier is None:
        raise ValidationError(
            {"amends": _("There is no instrument %(code)s. Look it up in the list.") % {"code": amends}}
        )
    depositary = "Secretary-General of the Caribbean Community"
    row: Instrument = Instrument.objects.create(
        code=code, title=title, kind=kind, rule=rule, amends=earlier, depositary=depositary, **more
    )
    return row


def _check_rule(rule: Any) -> None:
    if rule is None:
        return
    try:
        entry_into_force.validate(rule)
    except RuleError as wrong:
        raise ValidationError({"rule": str(wrong)}) from wrong


@action(
    "instrument.agree_text", model=Instrument, label=gettext_lazy("Text is agreed"), policy=policy.is_depositary,
    starts={S.NEGOTIATING}, ends=S.TEXT_AGREED, takes={"file": document(gettext_lazy("Agreed text"))},
)  # fmt: skip
def agree_text(actor: Actor, row: Instrument, *, file: Stored | None = None) -> Instrument:
    """Record that the Council agreed the text."""
    if file is not None:
        attach(actor, row, file)
    return row


@action(
    "instrument.open", model=Instrument, label=gettext_lazy("Open for signature"), policy=policy.is_depositary,
    starts={S.TEXT_AGREED}, ends=S.OPEN,
    takes={
        "on": DayField(label=gettext_lazy("Opened on")),
        "place": line(gettext_lazy("Place"), gettext_lazy("Say where it is opened for signature.")),
        "languages": line(gettext_lazy("Authentic languages"), gettext_lazy("Write codes, for example en, fr.")),
        "eligible": line(
            gettext_lazy("Who may sign"), gettext_lazy("Write codes, for example BRB, JAM, ORG:RSS."), most=300
        ),
    },
)  # fmt: skip
def open_(actor: Actor, row: Instrument, *, on: datetime.date, place: str, languages: str, eligible: str) -> Instrument:
    """Open the instrument for signature: every entity that may sign gets its line."""
    row.opened_on, row.place = on, place
    row.languages = [each.strip().lower() for each in languages.split(",") if each.strip()]
    if any(not each.isalpha() or len(each) > 3 for each in row.languages):
        raise ValidationError({"languages": _("Write codes of languages, for example en, fr, nl.")})
    row.eligible = [each.strip().upper() for each in eligible.split(",") if each.strip()]
    add_lines(row, row.eligible)
    return row


def add_lines(row: Instrument, entities: list[str]) -> None:
    """A line for each entity that has none; an unknown State is an error at `eligible`."""
    states = set(Party.objects.filter(alpha2__gt="", code__in=entities).values_list("code", flat=True))
    unknown = [each for each in entities if not each.startswith(ORG) and each not in states]
    wrong = [
        each for each in entities if each.startswith(ORG) and not each.removeprefix(ORG).replace("_", "").isalnum()
    ]
    if unknown or wrong:
        said = _("%(codes)s: no State of this code. Write BRB for a State, ORG:RSS for an organisation.")
        raise ValidationError({"eligible": said % {"codes": ", ".join([*unknown, *wrong])}})
    have = set(InstrumentParty.objects.filter(instrument=row).values_list("entity", flat=True))
    for position, entity in enumerate(dict.fromkeys(entities)):
        if entity not in have:
            line_ = InstrumentParty.objects.create(
                instrument=row, entity=entity, party_id=entity if entity in states else None, position=position
            )
            also("instrument_party.enter", line_, after=line_.state)


@action(
    "instrument.notify_in_force", model=Instrument, label=gettext_lazy("Notify as in force"),
    policy=policy.is_depositary, starts={S.OPEN}, ends=S.OPEN,
    takes={
        "on": DayField(label=gettext_lazy("In force from")),
        "source": line(gettext_lazy("Source"), gettext_lazy("Name the depositary's notification."), most=300),
    },
)  # fmt: skip
def notify_in_force(actor: Actor, row: Instrument, *, on: datetime.date, source: str) -> Instrument:
    """Record the depositary's date; where the steps of the parties give another one, the difference stays in sight."""
    _notify(actor, row, InstrumentStep.Kind.IN_FORCE, on, source)
    emit("instrument.in_force", row)
    return row


@action(
    "instrument.terminate", model=Instrument, label=gettext_lazy("Terminate"), policy=policy.is_depositary,
    starts={S.OPEN}, ends=S.TERMINATED,
    takes={
        "on": DayField(label=gettext_lazy("Terminated on")),
        "source": line(gettext_lazy("Source"), gettext_lazy("Name the rule or the decision."), most=300),
    },
)  # fmt: skip
def terminate(actor: Actor, row: Instrument, *, on: datetime.date, source: str) -> Instrument:
    """Record that the instrument ended; until that day it stays what it was."""
    _notify(actor, row, InstrumentStep.Kind.TERMINATED, on, source)
    emit("instrument.in_force", row)
    return row


def _notify(actor: Actor, row: Instrument, kind: str, on: datetime.date, source: str) -> None:
    now = timezone.now()
    for before in InstrumentStep.objects.filter(instrument=row, kind=kind).known():
        facts.supersede(before, now)
    facts.add(InstrumentStep, actor, now, instrument=row, kind=kind, on=on, source=source)


@action(
    "instrument.correct_rule", model=Instrument, label=gettext_lazy("Correct the rule"), policy=policy.is_depositary,
    starts=S.values, ends=S.values,
    takes={
        "rule": forms.JSONField(label=gettext_lazy("Rule of entry into force"), required=False),
        "rule_words": line(
            gettext_lazy("The article in its own words"), gettext_lazy("Copy the article as it reads."), most=500
        ),
        "reason": reason(gettext_lazy("Reason"), gettext_lazy("Say where the rule is written.")),
    },
)  # fmt: skip
def correct_rule(actor: Actor, row: Instrument, *, rule_words: str, reason: str, rule: Any = None) -> Instrument:
    """Put the rule right once the text is at hand; every date is reckoned anew from it."""
    _check_rule(rule)
    row.rule, row.rule_words, row.confidence = rule, rule_words, reason
    return row
