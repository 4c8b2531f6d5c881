"""How a State's law comes into being: each stage a dated fact; stages may be skipped forward.

Fast sittings skip stages: Guyana passed three bills in one sitting in March 2007. A bill lapses with a prorogation and
is tabled again. A law with a sunset expires by the clock unless it is renewed.
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
from apps.region.actions import facts
from apps.region.actions.fields import DayField, document, line, reason
from apps.region.choices import ProvisionChoice, StageChoice
from apps.region.models import Coverage, Track, TrackStep
from apps.region.policy import is_clock
from apps.region.policy import laws as policy

S = Track.Stage
WAY = (
    S.NOT_STARTED, S.POLICY, S.DRAFTING, S.ATTORNEY, S.CABINET, S.TABLED, S.SECOND, S.COMMITTEE, S.PASSED, S.ASSENTED,
    S.GAZETTED, S.IN_FORCE,
)  # fmt: skip
"""The stages in their order."""
BILL = frozenset({S.TABLED, S.SECOND, S.COMMITTEE})
ON = DayField(label=gettext_lazy("On"))
REFERENCE = line(gettext_lazy("Reference"))
TITLE = line(gettext_lazy("Title of the bill or Act"), most=200)
UNTIL = DayField(
    label=gettext_lazy("Ends with"), required=False,
    help_text=gettext_lazy("Last day of a law with a sunset; the State and IMPACS are reminded."),
)  # fmt: skip


def before(stage: str) -> frozenset[str]:
    """The stages that come before one, from which it may be reached."""
    return frozenset(WAY[: WAY.index(Track.Stage(stage))])


def stage(verb: str, label: Any, starts: frozenset[str], ends: str, says: str, **takes: Any) -> Callable[..., Track]:
    """Declare the reaching of a stage; `takes` are its further fields: columns of the law, `until`, `note`."""

    def reached(actor: Actor, row: Track, *, on: datetime.date, reference: str = "", **told: Any) -> Track:
        return record(actor, row, ends, on, reference=reference, **told)

    reached.__doc__ = says
    return action(
        f"measure.{verb}", model=Track, label=label, policy=policy.may_tell, starts=starts, ends=ends,
        takes={"on": ON, "reference": REFERENCE, **takes, "file": document()},
    )(reached)  # fmt: skip


def record(actor: Actor, row: Track, reached: str, on: datetime.date, **told: Any) -> Track:
    """Add the fact, set what the law is called from now on, keep the document. Listeners: `measure.changed`."""
    last = TrackStep.objects.filter(track=row).known().order_by("-on").first()
    if last is not None and on < last.on:
        said = _("The last stage, %(stage)s, was on %(day)s. Give that day or a later one, or correct that stage.")
        raise ValidationError({"on": said % {"stage": last.get_stage_display(), "day": last.on.isoformat()}})
    until, file = told.pop("until", None), told.pop("file", None)
    if until is not None and until < on:
        raise ValidationError({"until": _("The law would end before it begins. Give a later day, or leave it empty.")})
    for name in ("title", "bill_no", "act_no", "gazette"):
        if told.get(name):
            setattr(row, name, told[name])
    kept = {"reference": told.get("reference", ""), "note": told.get("reason", "")}
    facts.add(TrackStep, actor, timezone.now(), track=row, stage=reached, on=on, until=until, **kept)
    if file is not None:
        attach(actor, row, file)
    emit("measure.changed", row, {"stage": reached})
    return row


CABINET = line(gettext_lazy("Decision"), gettext_lazy("Give the reference of the Cabinet decision."))
VERSION = line(gettext_lazy("Model law used"), gettext_lazy("Name the version of the model law, or say: none."))
BILL_NO = line(gettext_lazy("Number of the bill"), gettext_lazy("Give the number of the bill."), most=40)
ACT_NO = line(
    gettext_lazy("Number of the Act"), gettext_lazy("Give the number of the Act, for example No. 7 of 2007."), most=40
)
GAZETTE = line(gettext_lazy("Gazette"), gettext_lazy("Give the number and day of the gazette."), most=80)

approve_policy = stage(
    "approve_policy", gettext_lazy("Policy approved"), before(S.POLICY), S.POLICY,
    "Record that the policy was approved.", reference=CABINET,
)  # fmt: skip
instruct = stage(
    "instruct", gettext_lazy("Drafting begun"), before(S.DRAFTING), S.DRAFTING,
    "Record that drafting was instructed, from which model law.", reference=VERSION,
)  # fmt: skip
to_ag = stage(
    "to_ag", gettext_lazy("With the Attorney General"), before(S.ATTORNEY), S.ATTORNEY,
    "Record that the draft went to the Attorney General.",
)  # fmt: skip
cabinet = stage(
    "cabinet", gettext_lazy("Approved by Cabinet"), before(S.CABINET), S.CABINET,
    "Record the Cabinet's approval of the draft.", reference=CABINET,
)  # fmt: skip
table = stage(
    "table", gettext_lazy("Bill tabled"), before(S.TABLED), S.TABLED, "Record that the bill was tabled.",
    bill_no=BILL_NO, title=TITLE,
)  # fmt: skip
second = stage(
    "second", gettext_lazy("Second reading"), before(S.SECOND), S.SECOND, "Record the second reading.",
)  # fmt: skip
committee = stage(
    "committee", gettext_lazy("To committee"), before(S.COMMITTEE), S.COMMITTEE, "Record that it went to committee.",
)  # fmt: skip
pass_ = stage(
    "pass", gettext_lazy("Passed"), before(S.PASSED), S.PASSED,
    "Record that Parliament passed it, both houses where there are two.", title=TITLE,
)  # fmt: skip
reject = stage(
    "reject", gettext_lazy("Rejected"), BILL, S.REJECTED, "Record that Parliament rejected it.",
    reason=reason(gettext_lazy("Reason"), gettext_lazy("Say why it was rejected.")),
)  # fmt: skip
lapse_prorogation = stage(
    "lapse_prorogation", gettext_lazy("Lapsed with the session"), BILL, S.CABINET,
    "Record that the bill lapsed with a prorogation or dissolution; it has to be tabled again.",
)  # fmt: skip
assent = stage(
    "assent", gettext_lazy("Assented"), before(S.ASSENTED), S.ASSENTED, "Record the assent and the Act's number.",
    act_no=ACT_NO, title=TITLE,
)  # fmt: skip
gazette = stage(
    "gazette", gettext_lazy("Gazetted"), before(S.GAZETTED), S.GAZETTED, "Record the gazette.", gazette=GAZETTE,
)  # fmt: skip
commence = stage(
    "commence", gettext_lazy("In force"), before(S.IN_FORCE), S.IN_FORCE,
    "Record that the law came into force: on assent, on gazette, or by order.", until=UNTIL, title=TITLE,
)  # fmt: skip
renew = stage(
    "renew", gettext_lazy("Renew"), frozenset({S.IN_FORCE, S.EXPIRED}), S.IN_FORCE,
    "Record the Act or order that renews the law.", until=UNTIL,
    reference=line(gettext_lazy("Act or order"), gettext_lazy("Name the Act or order that renews it.")),
)  # fmt: skip
repeal = stage(
    "repeal", gettext_lazy("Repealed"), frozenset({S.IN_FORCE}), S.REPEALED, "Record that the law was repealed.",
    reference=line(gettext_lazy("Repealing Act"), gettext_lazy("Name the Act that repeals it.")),
)  # fmt: skip
retry = stage(
    "retry", gettext_lazy("Draft again"), frozenset({S.REJECTED}), S.DRAFTING, "Begin again after a rejection.",
)  # fmt: skip


@action(
    "measure.expire", model=Track, label=gettext_lazy("Expire"), policy=is_clock, starts={S.IN_FORCE}, ends=S.EXPIRED,
    automatic=True,
)  # fmt: skip
def expire(actor: Actor, row: Track, *, on: datetime.date) -> Track:
    """The law's last day is over and nobody renewed it; `on` is the day after."""
    return record(actor, row, S.EXPIRED, on)


@action(
    "measure.remind", model=Track, label=gettext_lazy("Remind"), policy=is_clock, starts={S.IN_FORCE}, ends=S.IN_FORCE,
    automatic=True,
)  # fmt: skip
def remind(actor: Actor, row: Track, *, step: str) -> Track:
    """Tell the State and IMPACS that the law will end, so many days before (`step`)."""
    row.reminded = step
    emit("measure.sunset", row, {"step": step})
    return row


@action(
    "measure.assess", model=Track, label=gettext_lazy("Compare with the model law"), policy=policy.may_assess,
    starts=S.values, ends=S.values,
    takes={
        "provision": ProvisionChoice(label=gettext_lazy("Provision of the model law")),
        "level": forms.ChoiceField(label=gettext_lazy("The national law covers it"), choices=Coverage.Level.choices),
        "section": line(gettext_lazy("Section of the national law"), most=60),
        "on": DayField(label=gettext_lazy("Compared on")),
    },
)  # fmt: skip
def assess(actor: Actor, row: Track, *, provision: str, level: str, on: datetime.date, section: str = "") -> Track:
    """Say how far the State's law covers one provision; an earlier assessment stays in the history."""
    now = timezone.now()
    for earlier in Coverage.objects.filter(track=row, provision=int(provision)).known():
        facts.supersede(earlier, now)
    told = {"provision_id": int(provision), "level": level, "section": section, "on": on}
    facts.add(Coverage, actor, now, track=row, **told)
    return row


@action(
    "measure.correct", model=Track, label=gettext_lazy("Correct the register"), policy=policy.may_assess,
    starts=S.values, ends=S.values,
    takes={
        "step": StageChoice(label=gettext_lazy("Which entry is wrong"), required=False),
        "stage": forms.ChoiceField(
            label=gettext_lazy("What was reached"), required=False,
            choices=[("", gettext_lazy("Nothing: the entry falls away")), *S.choices],
        ),
        "on": DayField(label=gettext_lazy("On"), required=False), "until": UNTIL,
        "source": line(gettext_lazy("Source"), gettext_lazy("Say where it is written."), most=300),
        "reason": reason(gettext_lazy("Reason"), gettext_lazy("Say why the register is corrected.")),
    },
)  # fmt: skip
def correct(
    actor: Actor, row: Track, *, source: str, reason: str, step: str = "", stage: str = "",
    on: datetime.date | None = None, until: datetime.date | None = None,
) -> Track:  # fmt: skip
    """Put right what was recorded, or add what a document shows; what was known until now stays answerable."""
    now = timezone.now()
    known = TrackStep.objects.filter(track=row).known()
    wrong = known.filter(pk=step).first() if step else None
    if wrong is None and not stage:
        raise ValidationError({"stage": _("Choose the stage that is to be recorded, or the entry that falls away.")})
    if stage and on is None:
        raise ValidationError({"on": _("Give the day of the stage, for example 12 Feb 2008.")})
    if on and until and until < on:
        raise ValidationError({"until": _("The law would end before it begins. Give a later day, or leave it empty.")})
    if wrong is not None:
        facts.supersede(wrong, now)
    if stage:
        facts.add(TrackStep, actor, now, track=row, stage=stage, on=on, until=until, source=source, note=reason)
    last = known.order_by("-on", "-recorded_at").first()
    row.state = last.stage if last is not None else S.NOT_STARTED
    emit("measure.changed", row, {"stage": row.state})
    return row
