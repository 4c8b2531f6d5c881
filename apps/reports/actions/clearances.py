"""What a State answers when it is asked about the sentences that name it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, change_also, emit
from apps.people.models import Party
from apps.reports import policy
from apps.reports.actions.circulation import end_clearances
from apps.reports.actions.computed_sentences import leave_names_out
from apps.reports.models import Clearance, Report
from apps.reports.refusals import Refusals

C = Clearance.State
COMMENT: dict[str, Any] = {
    "label": pgettext_lazy("field, reports", "Comment"),
    "max_length": 1000,
    "widget": forms.Textarea(attrs={"rows": 3}),
}


@action(
    "clearance.agree",
    model=Clearance,
    label=pgettext_lazy("button, reports", "Clear"),
    done=_("Cleared sentences of a report"),
    policy=policy.may_clear,
    starts={C.ASKED},
    ends=C.AGREED,
    otherwise=Refusals.CLEARANCE_OVER,
)
def agree_sentences(actor: Actor, clearance: Clearance) -> Clearance:
    """Agree to the sentences that name the State."""
    clearance.answered_at = timezone.now()
    emit("clearance.over", clearance)
    return clearance


@action(
    "clearance.object",
    model=Clearance,
    label=_("Object to being named"),
    done=_("Objected to being named in a report"),
    policy=policy.may_clear,
    starts={C.ASKED},
    ends=C.OBJECTED,
    takes={"comment": forms.CharField(required=False, **COMMENT)},
    otherwise=Refusals.CLEARANCE_OVER,
    danger=True,
    locks_first=["report"],
)
def object_to_sentences(actor: Actor, clearance: Clearance, *, comment: str = "") -> Clearance:
    """Object to being named: the count stays in the report, the list of names goes."""
    clearance.answered_at, clearance.comment = timezone.now(), comment
    _leave_out(clearance)
    emit("clearance.over", clearance)
    return clearance


@action(
    "clearance.return",
    model=Clearance,
    label=_("Return with a comment"),
    done=_("Returned a report with a comment"),
    policy=policy.may_clear,
    starts={C.ASKED},
    ends=C.RETURNED,
    takes={
        "key": forms.CharField(
            label=pgettext_lazy("field, reports", "Sentence"), max_length=60, help_text=_("its code, for example C2")
        ),
        "comment": forms.CharField(**COMMENT),
    },
    otherwise=Refusals.CLEARANCE_OVER,
    danger=True,
    locks_first=["report"],
)
def return_sentence_clearance(actor: Actor, clearance: Clearance, *, key: str, comment: str) -> Clearance:
    """Say what is wrong in a sentence: the report goes back to the Secretariat."""
    if key not in clearance.keys:
        sentence = _now("You are asked about %(keys)s. Name one of them.")
        raise ValidationError({"key": sentence % {"keys": ", ".join(clearance.keys)}})
    clearance.answered_at, clearance.comment = timezone.now(), f"{key}: {comment}"[:1000]
    report = Report.objects.get(pk=clearance.report_id)
    before, report.state, report.reason = report.state, Report.State.RETURNED, clearance.comment[:300]
    change_also("report.return", report, "state", "reason", before=before)
    end_clearances(report, but=clearance.pk)
    emit("report.returned", report)
    emit("clearance.over", clearance)
    return clearance


@action(
    "clearance.lapse",
    model=Clearance,
    label=pgettext_lazy("button, reports", "Lapse"),
    done=_("Closed an expired request for clearance"),
    policy=policy.is_clock,
    starts={C.ASKED},
    ends=C.OBJECTED,
    automatic=True,
    locks_first=["report"],
)
def lapse_sentence_clearance(actor: Actor, clearance: Clearance) -> Clearance:
    """The day has passed without an answer: the State is not named. Portal rule: silence is no consent to be named."""
    clearance.comment = _now("No answer by the deadline; names are left out.")
    _leave_out(clearance)
    emit("clearance.over", clearance)
    return clearance


def _leave_out(clearance: Clearance) -> None:
    names = dict(Party.objects.order_by("roll_call_order", "code").values_list("code", "short_name"))
    leave_names_out(Report.objects.get(pk=clearance.report_id), clearance.keys, names)
