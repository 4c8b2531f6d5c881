"""How a State's law comes into being: each stage a dated fact; stages may be skipped forward.

Fast sittings skip stages: Guyana passed three bills in one sitting in March 2007. A bill lapses with a prorogation and
is tabled again. A law with a sunset expires by the clock unless it is renewed.
"""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, emit
from apps.files.actions import attach
from apps.region.actions import facts
from apps.region.actions.fields import DayField, document, line, reason
from apps.region.models import Coverage, Track, TrackStep
from apps.region.policy import is_clock
from apps.region.policy import laws as policy
from apps.region.queries.choices import ProvisionChoice, StageChoice

S = Track.Stage
WAY = (
    S.NOT_STARTED,
    S.POLICY,
    S.DRAFTING,
    S.ATTORNEY,
    S.CABINET,
    S.TABLED,
    S.SECOND,
    S.COMMITTEE,
    S.PASSED,
    S.ASSENTED,
    S.GAZETTED,
    S.IN_FORCE,
)
"""The stages in their order."""
BILL = frozenset({S.TABLED, S.SECOND, S.COMMITTEE})
ON = DayField(label=pgettext_lazy("field, region", "Date"))
REFERENCE = line(pgettext_lazy("words, region", "Reference"))
TITLE = line(gettext_lazy("Title of the bill or Act"), most=200)
UNTIL = DayField(
    label=pgettext_lazy("field, region", "Sunset date"),
    required=False,
    help_text=gettext_lazy("Last day of a law with a sunset clause; the State and IMPACS are reminded."),
)


def before(stage: str) -> frozenset[str]:
    """The stages that come before one, from which it may be reached."""
    return frozenset(WAY[: WAY.index(Track.Stage(stage))])


def stage(starts: frozenset[str], ends: str, **takes: Any) -> dict[str, Any]:
    """How the reaching of a stage is declared; `takes` are its further fields: columns of the law, `until`, `note`."""
    fields = {"on": ON, "reference": REFERENCE, **takes, "file": document()}
    return {"model": Track, "policy": policy.may_tell, "starts": starts, "ends": ends, "takes": fields}


def record(actor: Actor, row: Track, reached: str, *, on: datetime.date, **told: Any) -> Track:
    """Add the fact, set what the law is called from now on, keep the document. Listeners: `measure.changed`."""
    last = TrackStep.objects.filter(track=row).known().order_by("-on").first()
    if last is not None and on < last.on:
        said = _("The last stage, %(stage)s, was on %(day)s. Enter that date or a later one, or correct that stage.")
        raise ValidationError({"on": said % {"stage": last.get_stage_display(), "day": last.on.isoformat()}})
    until, file = told.pop("until", None), told.pop("file", None)
    if until is not None and until < on:
        raise ValidationError(
            {"until": _("The law would end before it begins. Enter a later date, or leave it empty.")}
        )
    for name in ("title", "bill_no", "act_no", "gazette"):
        if told.get(name):
            setattr(row, name, told[name])
    kept = {"reference": told.get("reference", ""), "note": told.get("reason", "")}
    facts.add(TrackStep, actor, timezone.now(), track=row, stage=reached, on=on, until=until, **kept)
    if file is not None:
        attach(actor, row, file)
    emit("measure.changed", row, {"stage": reached})
    return row


CABINET = line(pgettext_lazy("words, region", "Decision"), gettext_lazy("Enter the reference of the Cabinet decision."))
VERSION = line(gettext_lazy("Model law used"), gettext_lazy("Enter the version of the model law, or “none”."))
BILL_NO = line(gettext_lazy("Number of the bill"), gettext_lazy("Enter the number of the bill."), most=40)
ACT_NO = line(
    gettext_lazy("Number of the Act"), gettext_lazy("Enter the number of the Act, for example No. 7 of 2007."), most=40
)
GAZETTE = line(
    pgettext_lazy("words, region", "Gazette"), gettext_lazy("Enter the number and date of the gazette."), most=80
)


@action(
    "measure.approve_policy",
    label=pgettext_lazy("words, region", "Policy approved"),
    done=gettext_lazy("Recorded the approved policy"),
    **stage(before(S.POLICY), S.POLICY, reference=CABINET),
)
def approve_measure_policy(actor: Actor, row: Track, **told: Any) -> Track:
    """Record that the policy was approved."""
    return record(actor, row, S.POLICY, **told)


@action(
    "measure.instruct",
    label=pgettext_lazy("words, region", "Drafting started"),
    done=gettext_lazy("Recorded that drafting began"),
    **stage(before(S.DRAFTING), S.DRAFTING, reference=VERSION),
)
def instruct_measure_drafting(actor: Actor, row: Track, **told: Any) -> Track:
    """Record that drafting was instructed, from which model law."""
    return record(actor, row, S.DRAFTING, **told)


@action(
    "measure.to_ag",
    label=gettext_lazy("With the Attorney General"),
    done=gettext_lazy("Recorded that a draft went to the Attorney General"),
    **stage(before(S.ATTORNEY), S.ATTORNEY),
)
def send_measure_to_attorney(actor: Actor, row: Track, **told: Any) -> Track:
    """Record that the draft went to the Attorney General."""
    return record(actor, row, S.ATTORNEY, **told)


@action(
    "measure.cabinet",
    label=gettext_lazy("Approved by Cabinet"),
    done=gettext_lazy("Recorded the Cabinet's approval"),
    **stage(before(S.CABINET), S.CABINET, reference=CABINET),
)
def approve_measure_in_cabinet(actor: Actor, row: Track, **told: Any) -> Track:
    """Record the Cabinet's approval of the draft."""
    return record(actor, row, S.CABINET, **told)


@action(
    "measure.table",
    label=pgettext_lazy("navigation, region", "Bill tabled"),
    done=gettext_lazy("Recorded the tabling of a bill"),
    **stage(before(S.TABLED), S.TABLED, bill_no=BILL_NO, title=TITLE),
)
def table_measure(actor: Actor, row: Track, **told: Any) -> Track:
    """Record that the bill was tabled."""
    return record(actor, row, S.TABLED, **told)


@action(
    "measure.second",
    label=pgettext_lazy("words, region", "Second reading"),
    done=gettext_lazy("Recorded the second reading of a bill"),
    **stage(before(S.SECOND), S.SECOND),
)
def read_measure_again(actor: Actor, row: Track, **told: Any) -> Track:
    """Record the second reading."""
    return record(actor, row, S.SECOND, **told)


@action(
    "measure.committee",
    label=pgettext_lazy("words, region", "Referred to committee"),
    done=gettext_lazy("Recorded that a bill went to committee"),
    **stage(before(S.COMMITTEE), S.COMMITTEE),
)
def refer_measure_to_committee(actor: Actor, row: Track, **told: Any) -> Track:
    """Record that it went to committee."""
    return record(actor, row, S.COMMITTEE, **told)


@action(
    "measure.pass",
    label=pgettext_lazy("words, region", "Passed"),
    done=gettext_lazy("Recorded that a bill was passed"),
    **stage(before(S.PASSED), S.PASSED, title=TITLE),
)
def pass_measure(actor: Actor, row: Track, **told: Any) -> Track:
    """Record that Parliament passed it, both houses where there are two."""
    return record(actor, row, S.PASSED, **told)


@action(
    "measure.reject",
    label=pgettext_lazy("words, region", "Rejected"),
    done=gettext_lazy("Recorded that a bill was rejected"),
    **stage(
        BILL,
        S.REJECTED,
        reason=reason(pgettext_lazy("words, region", "Reason"), gettext_lazy("Enter why it was rejected.")),
    ),
    danger=True,
)
def reject_measure(actor: Actor, row: Track, **told: Any) -> Track:
    """Record that Parliament rejected it."""
    return record(actor, row, S.REJECTED, **told)


@action(
    "measure.lapse_prorogation",
    label=gettext_lazy("Lapsed with the session"),
    done=gettext_lazy("Recorded that the bill lapsed"),
    **stage(BILL, S.CABINET),
)
def lapse_measure(actor: Actor, row: Track, **told: Any) -> Track:
    """Record that the bill lapsed with a prorogation or dissolution; it has to be tabled again."""
    return record(actor, row, S.CABINET, **told)


@action(
    "measure.assent",
    label=pgettext_lazy("words, region", "Assented"),
    done=gettext_lazy("Recorded the assent to a bill"),
    **stage(before(S.ASSENTED), S.ASSENTED, act_no=ACT_NO, title=TITLE),
)
def assent_to_measure(actor: Actor, row: Track, **told: Any) -> Track:
    """Record the assent and the Act's number."""
    return record(actor, row, S.ASSENTED, **told)


@action(
    "measure.gazette",
    label=pgettext_lazy("words, region", "Gazetted"),
    done=gettext_lazy("Recorded that a law was gazetted"),
    **stage(before(S.GAZETTED), S.GAZETTED, gazette=GAZETTE),
)
def gazette_measure(actor: Actor, row: Track, **told: Any) -> Track:
    """Record the gazette."""
    return record(actor, row, S.GAZETTED, **told)


@action(
    "measure.commence",
    label=pgettext_lazy("words, region", "In force"),
    done=gettext_lazy("Recorded that a law came into force"),
    **stage(before(S.IN_FORCE), S.IN_FORCE, until=UNTIL, title=TITLE),
)
def commence_measure(actor: Actor, row: Track, **told: Any) -> Track:
    """Record that the law came into force: on assent, on gazette, or by order."""
    return record(actor, row, S.IN_FORCE, **told)


@action(
    "measure.renew",
    label=pgettext_lazy("button, region", "Renew"),
    done=gettext_lazy("Recorded the renewal of a law"),
    **stage(
        frozenset({S.IN_FORCE, S.EXPIRED}),
        S.IN_FORCE,
        until=UNTIL,
        reference=line(gettext_lazy("Act or order"), gettext_lazy("Enter the Act or order that renews it.")),
    ),
)
def renew_measure(actor: Actor, row: Track, **told: Any) -> Track:
    """Record the Act or order that renews the law."""
    return record(actor, row, S.IN_FORCE, **told)


@action(
    "measure.repeal",
    label=pgettext_lazy("words, region", "Repealed"),
    done=gettext_lazy("Recorded the repeal of a law"),
    **stage(
        frozenset({S.IN_FORCE}),
        S.REPEALED,
        reference=line(pgettext_lazy("words, region", "Repealing Act"), gettext_lazy("Enter the Act that repeals it.")),
    ),
    danger=True,
)
def repeal_measure(actor: Actor, row: Track, **told: Any) -> Track:
    """Record that the law was repealed."""
    return record(actor, row, S.REPEALED, **told)


@action(
    "measure.retry",
    label=pgettext_lazy("button, region", "Redraft"),
    done=gettext_lazy("Began to draft a rejected law again"),
    **stage(frozenset({S.REJECTED}), S.DRAFTING),
)
def retry_measure(actor: Actor, row: Track, **told: Any) -> Track:
    """Begin again after a rejection."""
    return record(actor, row, S.DRAFTING, **told)


@action(
    "measure.expire",
    model=Track,
    label=pgettext_lazy("button, region", "Expire"),
    done=gettext_lazy("Recorded that a law ran out"),
    policy=is_clock,
    starts={S.IN_FORCE},
    ends=S.EXPIRED,
    automatic=True,
)
def expire_measure(actor: Actor, row: Track, *, on: datetime.date) -> Track:
    """The law's last day is over and nobody renewed it; `on` is the day after."""
    return record(actor, row, S.EXPIRED, on=on)


@action(
    "measure.remind",
    model=Track,
    label=pgettext_lazy("button, region", "Send a reminder"),
    done=gettext_lazy("Reminded of a law that will end"),
    policy=is_clock,
    starts={S.IN_FORCE},
    ends=S.IN_FORCE,
    automatic=True,
)
def remind_of_measure(actor: Actor, row: Track, *, step: str) -> Track:
    """Tell the State and IMPACS that the law will end, so many days before (`step`)."""
    row.reminded = step
    emit("measure.sunset", row, {"step": step})
    return row


@action(
    "measure.assess",
    model=Track,
    label=gettext_lazy("Compare with the model law"),
    done=gettext_lazy("Compared a law with the model law"),
    policy=policy.may_assess,
    starts=S.values,
    ends=S.values,
    takes={
        "provision": ProvisionChoice(label=gettext_lazy("Provision of the model law")),
        "level": forms.ChoiceField(label=gettext_lazy("The national law covers it"), choices=Coverage.Level.choices),
        "section": line(gettext_lazy("Section of the national law"), most=60),
        "on": DayField(label=pgettext_lazy("field, region", "Compared on")),
    },
)
def assess_measure(
    actor: Actor, row: Track, *, provision: str, level: str, on: datetime.date, section: str = ""
) -> Track:
    """Say how far the State's law covers one provision; an earlier assessment stays in the history."""
    now = timezone.now()
    for earlier in Coverage.objects.filter(track=row, provision=int(provision)).known():
        facts.supersede(earlier, now)
    told = {"provision_id": int(provision), "level": level, "section": section, "on": on}
    facts.add(Coverage, actor, now, track=row, **told)
    return row


@action(
    "measure.correct",
    model=Track,
    label=gettext_lazy("Correct the register"),
    done=gettext_lazy("Corrected the register of laws"),
    policy=policy.may_assess,
    starts=S.values,
    ends=S.values,
    takes={
        "step": StageChoice(label=gettext_lazy("Entry to correct"), required=False),
        "stage": forms.ChoiceField(
            label=pgettext_lazy("field, region", "Stage reached"),
            required=False,
            choices=[("", gettext_lazy("None: remove the entry")), *S.choices],
        ),
        "on": DayField(label=pgettext_lazy("field, region", "Date"), required=False),
        "until": UNTIL,
        "source": line(pgettext_lazy("field, region", "Source"), gettext_lazy("Enter the source."), most=300),
        "reason": reason(
            pgettext_lazy("field, region", "Reason"), gettext_lazy("Enter why the register is corrected.")
        ),
    },
)
def correct_measure(
    actor: Actor,
    row: Track,
    *,
    source: str,
    reason: str,
    step: str = "",
    stage: str = "",
    on: datetime.date | None = None,
    until: datetime.date | None = None,
) -> Track:
    """Put right what was recorded, or add what a document shows; what was known until now stays answerable."""
    now = timezone.now()
    known = TrackStep.objects.filter(track=row).known()
    wrong = known.filter(pk=step).first() if step else None
    if wrong is None and not stage:
        raise ValidationError({"stage": _("Choose the stage to record, or the entry to remove.")})
    if stage and on is None:
        raise ValidationError({"on": _("Enter the date of the stage, for example 12 Feb 2008.")})
    if on and until and until < on:
        raise ValidationError(
            {"until": _("The law would end before it begins. Enter a later date, or leave it empty.")}
        )
    if wrong is not None:
        facts.supersede(wrong, now)
    if stage:
        facts.add(TrackStep, actor, now, track=row, stage=stage, on=on, until=until, source=source, note=reason)
    last = known.order_by("-on", "-recorded_at").first()
    row.state = last.stage if last is not None else S.NOT_STARTED
    emit("measure.changed", row, {"stage": row.state})
    return row
