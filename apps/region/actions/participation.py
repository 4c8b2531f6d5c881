"""A State's way into a system and out of it. Each act ends the stage before on a day and begins the next on it.

Transitions: docs/reference/states. The body that keeps a system (JRCC, RIFC, IMPACS) assesses, tests and brings into
use; the State asks, signs, and may always leave. A stage that was left stays in the register.
"""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, emit
from apps.files.actions import attach
from apps.files.rules.intake import Stored
from apps.region.actions import facts
from apps.region.actions.fields import DayField, document, line, reason
from apps.region.models import Participation, StagePeriod
from apps.region.policy import participation as policy
from apps.region.queries.choices import LawChoice, PeriodChoice

S = Participation.Stage
BEGUN = frozenset({S.INTERESTED, S.ASSESSMENT, S.SIGNED, S.LEGAL, S.TESTING, S.LIVE, S.SUSPENDED})
ON = DayField(label=pgettext_lazy("field, region", "Date"))


def move(actor: Actor, row: Participation, stage: str, on: datetime.date, **told: Any) -> Participation:
    """End the stage that holds on a day and begin another on it; the day may not be before the last one began.

    `told`: note, source, and `file` for a document. Listeners: `participation.changed`, and `participation.live`
    where a period in use begins or ends.
    """
    now, stored = timezone.now(), told.pop("file", None)
    last = _last(row)
    if last is not None and on < last.valid_from:
        sentence = _(
            "The last stage, %(stage)s, began on %(day)s. Enter that date or a later one, or correct that stage."
        )
        named = {"stage": last.get_stage_display(), "day": last.valid_from.isoformat()}
        raise ValidationError({"on": sentence % named})
    if last is not None and (last.valid_to is None or last.valid_to > on):
        facts.supersede(last, now)
        facts.add(StagePeriod, actor, now, **_as_before(last), valid_to=on)
    facts.add(StagePeriod, actor, now, participation=row, stage=stage, valid_from=on, **told)
    _keep(actor, row, stored)
    emit("participation.live" if S.LIVE in {row.state, stage} else "participation.changed", row, {"stage": stage})
    row.state = stage
    return row


def _last(row: Participation) -> StagePeriod | None:
    """The stage that comes last by what is known now; of several begun on one day the one that goes on."""
    rows = StagePeriod.objects.filter(participation=row).known()
    found: StagePeriod | None = rows.order_by("-valid_from", F("valid_to").desc(nulls_first=True)).first()
    return found


def _as_before(fact: StagePeriod) -> dict[str, Any]:
    """What a period says beside its end."""
    names = ("participation_id", "stage", "valid_from", "early", "offered", "provenance", "source", "note")
    return {name: getattr(fact, name) for name in names}


def _keep(actor: Actor, row: Participation, stored: Stored | None) -> None:
    if stored is not None:
        attach(actor, row, stored)


@action(
    "participation.express_interest",
    model=Participation,
    label=gettext_lazy("Ask to join"),
    done=gettext_lazy("Asked to join a system"),
    policy=policy.may_speak_for_state,
    starts={S.NONE},
    ends=S.INTERESTED,
    takes={
        "on": ON,
        "letter": line(gettext_lazy("Reference of the letter"), gettext_lazy("Enter the reference of your letter.")),
        "file": document(),
    },
)
def express_interest(
    actor: Actor, row: Participation, *, on: datetime.date, letter: str, file: Stored | None = None
) -> Participation:
    """Tell the body that keeps the system that the State wants to join."""
    return move(actor, row, S.INTERESTED, on, source=letter, file=file)


@action(
    "participation.assess",
    model=Participation,
    label=gettext_lazy("Start the assessment"),
    done=gettext_lazy("Began the assessment of a State for a system"),
    policy=policy.keeps_system,
    starts={S.INTERESTED},
    ends=S.ASSESSMENT,
    takes={"on": ON, "checklist": line(gettext_lazy("What is assessed"), most=500), "file": document()},
)
def assess_participation(
    actor: Actor, row: Participation, *, on: datetime.date, checklist: str = "", file: Stored | None = None
) -> Participation:
    """Look at what the State needs before it can join."""
    return move(actor, row, S.ASSESSMENT, on, note=checklist, file=file)


@action(
    "participation.sign",
    model=Participation,
    label=gettext_lazy("Sign the agreement"),
    done=gettext_lazy("Signed the agreement of a system"),
    policy=policy.may_bind_state,
    starts={S.ASSESSMENT},
    ends=S.SIGNED,
    takes={
        "on": ON,
        "agreement": line(
            pgettext_lazy("field, region", "Agreement"),
            gettext_lazy("Enter the agreement that was signed, with its date or number."),
            most=300,
        ),
        "file": document(pgettext_lazy("field, region", "Signed text")),
    },
)
def sign_participation(
    actor: Actor, row: Participation, *, on: datetime.date, agreement: str, file: Stored | None = None
) -> Participation:
    """Bind the State to the system's agreement."""
    return move(actor, row, S.SIGNED, on, source=agreement, file=file)


@action(
    "participation.legal_ready",
    model=Participation,
    label=gettext_lazy("Record the legal basis"),
    done=gettext_lazy("Named the legal basis for a system"),
    policy=policy.may_speak_for_state,
    starts={S.SIGNED},
    ends=S.LEGAL,
    takes={
        "on": ON,
        "law": LawChoice(label=gettext_lazy("Law in force"), required=False),
        "not_required": reason(
            gettext_lazy("Or why no law is needed"), gettext_lazy("Enter why no law is needed."), required=False
        ),
        "file": document(),
    },
)
def name_legal_basis(
    actor: Actor,
    row: Participation,
    *,
    on: datetime.date,
    law: str = "",
    not_required: str = "",
    file: Stored | None = None,
) -> Participation:
    """Name the State's law that lets it use the system, or say why none is needed."""
    if bool(law) == bool(not_required):
        raise ValidationError({"law": _("Choose the law in force or enter why no law is needed, not both.")})
    said = {"source": law} if law else {"note": not_required}
    return move(actor, row, S.LEGAL, on, **said, file=file)


@action(
    "participation.test",
    model=Participation,
    label=pgettext_lazy("button, region", "Start testing"),
    done=gettext_lazy("Began testing a system"),
    policy=policy.keeps_system,
    starts={S.LEGAL, S.SIGNED},
    ends=S.TESTING,
    takes={
        "on": ON,
        "plan": line(
            pgettext_lazy("field, region", "Test plan"),
            gettext_lazy("Enter the test plan, with its date or number."),
            most=300,
        ),
        "waiver": reason(
            pgettext_lazy("field, region", "Waiver"),
            gettext_lazy("Enter who waived the legal basis, and when."),
            required=False,
        ),
        "file": document(),
    },
)
def begin_participation_tests(
    actor: Actor, row: Participation, *, on: datetime.date, plan: str, waiver: str = "", file: Stored | None = None
) -> Participation:
    """Test with the State; before its legal basis is ready only with a waiver."""
    if row.state == S.SIGNED and not waiver:
        raise ValidationError(
            {"waiver": _("The legal basis is not ready. Enter who waived it, when and under which reference.")}
        )
    return move(actor, row, S.TESTING, on, source=plan, note=waiver, file=file)


@action(
    "participation.go_live",
    model=Participation,
    label=gettext_lazy("Bring into use"),
    done=gettext_lazy("Brought a system into use"),
    policy=policy.keeps_system,
    starts={S.TESTING},
    ends=S.LIVE,
    takes={
        "on": ON,
        "acceptance": line(
            pgettext_lazy("field, region", "Acceptance test"),
            gettext_lazy("Enter the acceptance test that was passed, with its date."),
            most=300,
        ),
        "file": document(),
    },
)
def start_live_participation(
    actor: Actor, row: Participation, *, on: datetime.date, acceptance: str, file: Stored | None = None
) -> Participation:
    """Bring the State into use after it passed the acceptance test; all States are told."""
    return move(actor, row, S.LIVE, on, source=acceptance, file=file)


@action(
    "participation.suspend",
    model=Participation,
    label=pgettext_lazy("button, region", "Suspend"),
    done=gettext_lazy("Suspended the use of a system"),
    policy=policy.may_suspend,
    starts={S.LIVE},
    ends=S.SUSPENDED,
    takes={
        "on": ON,
        "reason": reason(
            pgettext_lazy("field, region", "Reason"),
            gettext_lazy("Enter why the State does not use the system for now."),
        ),
        "file": document(),
    },
    danger=True,
)
def suspend_participation(
    actor: Actor, row: Participation, *, on: datetime.date, reason: str, file: Stored | None = None
) -> Participation:
    """Stop the use for a time; it ends the period in use, and all States are told."""
    return move(actor, row, S.SUSPENDED, on, note=reason, file=file)


@action(
    "participation.resume",
    model=Participation,
    label=pgettext_lazy("button, region", "Resume"),
    done=gettext_lazy("Resumed the use of a system"),
    policy=policy.keeps_system,
    starts={S.SUSPENDED},
    ends=S.LIVE,
    takes={"on": ON, "note": line(pgettext_lazy("field, region", "Note"), most=500), "file": document()},
)
def resume_participation(
    actor: Actor, row: Participation, *, on: datetime.date, note: str = "", file: Stored | None = None
) -> Participation:
    """Bring a suspended State back into use: a new period begins; all States are told."""
    return move(actor, row, S.LIVE, on, note=note, file=file)


@action(
    "participation.withdraw",
    model=Participation,
    label=pgettext_lazy("button, region", "Withdraw"),
    done=gettext_lazy("Took a State out of a system"),
    policy=policy.may_bind_state,
    starts=BEGUN,
    ends=S.WITHDRAWN,
    takes={
        "on": ON,
        "notice": line(
            pgettext_lazy("field, region", "Notice"),
            gettext_lazy("Enter the reference of the notice of withdrawal."),
            most=300,
        ),
        "file": document(),
    },
    danger=True,
)
def withdraw_participation(
    actor: Actor, row: Participation, *, on: datetime.date, notice: str, file: Stored | None = None
) -> Participation:
    """Take the State out of the system from a day on; what it did in it stays in the register, and all are told."""
    return move(actor, row, S.WITHDRAWN, on, source=notice, file=file)


@action(
    "participation.rejoin",
    model=Participation,
    label=gettext_lazy("Ask to join again"),
    done=gettext_lazy("Asked to join a system again"),
    policy=policy.may_speak_for_state,
    starts={S.WITHDRAWN},
    ends=S.INTERESTED,
    takes={
        "on": ON,
        "letter": line(gettext_lazy("Reference of the letter"), gettext_lazy("Enter the reference of your letter.")),
        "file": document(),
    },
)
def rejoin_participation(
    actor: Actor, row: Participation, *, on: datetime.date, letter: str, file: Stored | None = None
) -> Participation:
    """Begin again after a withdrawal."""
    return move(actor, row, S.INTERESTED, on, source=letter, file=file)


@action(
    "participation.correct",
    model=Participation,
    label=gettext_lazy("Correct the register"),
    done=gettext_lazy("Corrected the register of participation"),
    policy=policy.may_correct,
    starts=S.values,
    ends=S.values,
    takes={
        "period": PeriodChoice(label=gettext_lazy("Entry to correct"), required=False),
        "stage": forms.ChoiceField(
            label=pgettext_lazy("field, region", "Stage"),
            required=False,
            choices=[("", gettext_lazy("None: remove the entry")), *S.choices],
        ),
        "valid_from": DayField(label=pgettext_lazy("field, region", "From"), required=False),
        "valid_to": DayField(
            label=pgettext_lazy("field, region", "Until"),
            required=False,
            help_text=gettext_lazy("First day on which this no longer applied. Leave empty if it still applies."),
        ),
        "source": line(pgettext_lazy("field, region", "Source"), gettext_lazy("Enter the source."), most=300),
        "reason": reason(
            pgettext_lazy("field, region", "Reason"), gettext_lazy("Enter why the register is corrected.")
        ),
        "file": document(),
    },
)
def correct_participation(
    actor: Actor,
    row: Participation,
    *,
    source: str,
    reason: str,
    period: str = "",
    stage: str = "",
    valid_from: datetime.date | None = None,
    valid_to: datetime.date | None = None,
    file: Stored | None = None,
) -> Participation:
    """Put right what was recorded, or add what a document shows; what was known until now stays answerable."""
    now = timezone.now()
    wrong = StagePeriod.objects.filter(participation=row).known().filter(pk=period).first() if period else None
    if wrong is None and not stage:
        raise ValidationError({"stage": _("Choose the stage to record, or the entry to remove.")})
    if wrong is not None:
        facts.supersede(wrong, now)
    if stage:
        _check_period(row, valid_from, valid_to)
        kept = {"stage": stage, "valid_from": valid_from, "valid_to": valid_to, "source": source, "note": reason}
        facts.add(StagePeriod, actor, now, participation=row, **kept)
    _keep(actor, row, file)
    last = _last(row)
    row.state = last.stage if last is not None else S.NONE
    emit("participation.changed", row, {"stage": row.state})
    return row


def _check_period(row: Participation, begin: datetime.date | None, end: datetime.date | None) -> None:
    """Refuse a period that runs backwards, or at the same time as another."""
    if begin is None:
        raise ValidationError({"valid_from": _("Enter the start date, for example 12 Feb 2008.")})
    if end is not None and end < begin:
        raise ValidationError({"valid_to": _("The end is before the start. Enter a later date, or leave it empty.")})
    for other in StagePeriod.objects.filter(participation=row).known():
        starts_before_end = end is None or other.valid_from < end
        ends_after_start = other.valid_to is None or other.valid_to > begin
        empty = other.valid_from == other.valid_to or begin == end
        if starts_before_end and ends_after_start and not empty:
            sentence = _("From %(day)s the register already shows “%(stage)s”. Correct that entry first.")
            named = {"day": other.valid_from.isoformat(), "stage": other.get_stage_display()}
            raise ValidationError({"valid_from": sentence % named})
