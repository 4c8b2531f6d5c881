"""An instrument's own course: registered, text agreed, opened, notified as in force, terminated.

Signature, provisional application and entry into force are no acts on the instrument: they follow from its parties.
"""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, also, emit
from apps.files.actions import attach
from apps.files.rules.intake import Stored
from apps.people.models import Party
from apps.region.actions import facts
from apps.region.actions.fields import DayField, document, line, reason
from apps.region.models import Instrument, InstrumentParty, InstrumentStep
from apps.region.policy import instruments as policy
from apps.region.rules import entry_into_force
from apps.region.rules.entry_into_force import RuleError

S = Instrument.State
CODE = RegexValidator(
    r"^[A-Z0-9][A-Z0-9-]{2,29}$", gettext_lazy("Use capital letters, digits and dashes, for example MAR-AIR-2008.")
)
ORG = "ORG:"
RULE = '{"op": "COUNT_DEPOSITED", "cls": "MEMBER_STATE", "at_least": 3}'


def _rule_as_data() -> SafeString:
    return format_html("{} <code>{}</code>", _("As data, for example:"), RULE)


@action(
    "instrument.create",
    model=Instrument,
    label=gettext_lazy("Register an instrument"),
    done=gettext_lazy("Registered an instrument"),
    policy=policy.is_depositary,
    ends=S.NEGOTIATING,
    takes={
        "code": forms.CharField(
            label=pgettext_lazy("field, region", "Code"),
            max_length=30,
            validators=[CODE],
            error_messages={"required": gettext_lazy("Enter a short code, for example MAR-AIR-2008.")},
        ),
        "title": line(
            pgettext_lazy("field, region", "Title"), gettext_lazy("Enter the title as in the text."), most=250
        ),
        "kind": forms.ChoiceField(label=pgettext_lazy("field, region", "Kind"), choices=Instrument.Kind.choices),
        "rule": forms.JSONField(
            label=gettext_lazy("Rule of entry into force"),
            required=False,
            help_text=lazy(_rule_as_data, SafeString)(),
        ),
        "rule_words": line(gettext_lazy("Text of the article"), most=500),
        "consent": forms.ChoiceField(
            label=gettext_lazy("How a party is bound"),
            choices=Instrument.Consent.choices,
            initial=Instrument.Consent.RATIFICATION,
        ),
        "amends": line(gettext_lazy("Amends (instrument code)")),
    },
)
def create_instrument(
    actor: Actor,
    _row: None,
    *,
    code: str,
    title: str,
    kind: str,
    rule: Any = None,
    **more: Any,
) -> Instrument:
    """Enter an instrument under negotiation, with its rule of entry into force as data."""
    if Instrument.objects.filter(code=code).exists():
        raise ValidationError({"code": _("The code %(code)s is taken. Enter another code.") % {"code": code}})
    _check_rule(rule)
    amends = more.pop("amends", "")
    earlier = Instrument.objects.filter(code=amends).first() if amends else None
    if amends and earlier is None:
        raise ValidationError(
            {"amends": _("No instrument has the code %(code)s. Look it up in the list.") % {"code": amends}}
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
    "instrument.agree_text",
    model=Instrument,
    label=gettext_lazy("Record the agreed text"),
    done=gettext_lazy("Recorded that a text was agreed"),
    policy=policy.is_depositary,
    starts={S.NEGOTIATING},
    ends=S.TEXT_AGREED,
    takes={"file": document(pgettext_lazy("field, region", "Agreed text"))},
)
def agree_instrument_text(actor: Actor, row: Instrument, *, file: Stored | None = None) -> Instrument:
    """Record that the Council agreed the text."""
    if file is not None:
        attach(actor, row, file)
    return row


@action(
    "instrument.open",
    model=Instrument,
    label=gettext_lazy("Open for signature"),
    done=gettext_lazy("Opened an instrument for signature"),
    policy=policy.is_depositary,
    starts={S.TEXT_AGREED},
    ends=S.OPEN,
    takes={
        "on": DayField(label=pgettext_lazy("field, region", "Opened on")),
        "place": line(pgettext_lazy("field, region", "Place"), gettext_lazy("Enter where it is opened for signature.")),
        "languages": line(
            pgettext_lazy("field, region", "Authentic languages"), gettext_lazy("Enter codes, for example en, fr.")
        ),
        "eligible": line(
            gettext_lazy("Who may sign"), gettext_lazy("Enter codes, for example BRB, JAM, ORG:RSS."), most=300
        ),
    },
)
def open_instrument(
    actor: Actor, row: Instrument, *, on: datetime.date, place: str, languages: str, eligible: str
) -> Instrument:
    """Open the instrument for signature: every entity that may sign gets its line."""
    row.opened_on, row.place = on, place
    row.languages = [each.strip().lower() for each in languages.split(",") if each.strip()]
    if any(not each.isalpha() or len(each) > 3 for each in row.languages):
        raise ValidationError({"languages": _("Enter language codes, for example en, fr, nl.")})
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
        said = _("%(codes)s: no State has this code. Enter BRB for a State, ORG:RSS for an organisation.")
        raise ValidationError({"eligible": said % {"codes": ", ".join([*unknown, *wrong])}})
    have = set(InstrumentParty.objects.filter(instrument=row).values_list("entity", flat=True))
    for position, entity in enumerate(dict.fromkeys(entities)):
        if entity not in have:
            line_ = InstrumentParty.objects.create(
                instrument=row, entity=entity, party_id=entity if entity in states else None, position=position
            )
            also("instrument_party.enter", line_, after=line_.state)


@action(
    "instrument.notify_in_force",
    model=Instrument,
    label=gettext_lazy("Notify entry into force"),
    done=gettext_lazy("Recorded that an instrument is in force"),
    policy=policy.is_depositary,
    starts={S.OPEN},
    ends=S.OPEN,
    takes={
        "on": DayField(label=gettext_lazy("In force from")),
        "source": line(
            pgettext_lazy("field, region", "Source"),
            gettext_lazy("Enter the reference of the depositary's notification."),
            most=300,
        ),
    },
)
def notify_entry_into_force(actor: Actor, row: Instrument, *, on: datetime.date, source: str) -> Instrument:
    """Record the depositary's date; where the steps of the parties give another one, the difference stays in sight."""
    _notify(actor, row, InstrumentStep.Kind.IN_FORCE, on, source)
    emit("instrument.in_force", row)
    return row


@action(
    "instrument.terminate",
    model=Instrument,
    label=pgettext_lazy("button, region", "Terminate"),
    done=gettext_lazy("Recorded that an instrument ended"),
    policy=policy.is_depositary,
    starts={S.OPEN},
    ends=S.TERMINATED,
    takes={
        "on": DayField(label=pgettext_lazy("field, region", "Terminated on")),
        "source": line(
            pgettext_lazy("field, region", "Source"), gettext_lazy("Enter the rule or the decision."), most=300
        ),
    },
    danger=True,
)
def terminate_instrument(actor: Actor, row: Instrument, *, on: datetime.date, source: str) -> Instrument:
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
    "instrument.correct_rule",
    model=Instrument,
    label=gettext_lazy("Correct the rule"),
    done=gettext_lazy("Corrected the rule of entry into force"),
    policy=policy.is_depositary,
    starts=S.values,
    ends=S.values,
    takes={
        "rule": forms.JSONField(label=gettext_lazy("Rule of entry into force"), required=False),
        "rule_words": line(
            gettext_lazy("Text of the article"), gettext_lazy("Copy the article word for word."), most=500
        ),
        "reason": reason(pgettext_lazy("field, region", "Reason"), gettext_lazy("Enter the source of the rule.")),
    },
)
def correct_entry_rule(actor: Actor, row: Instrument, *, rule_words: str, reason: str, rule: Any = None) -> Instrument:
    """Put the rule right once the text is at hand; every date is reckoned anew from it."""
    _check_rule(rule)
    row.rule, row.rule_words, row.confidence = rule, rule_words, reason
    return row
