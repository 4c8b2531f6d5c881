"""From the draft to what may be shared: two people look at it, and what was approved is fingerprinted."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, emit
from apps.access.refusal import Refused
from apps.rifc import policy
from apps.rifc.actions import fields, sealing
from apps.rifc.actions.event_facts import about
from apps.rifc.models import Paragraph, Report
from apps.rifc.queries import citations, rule, texts, violations
from apps.rifc.refusals import Refusals
from apps.rifc.rules.corroboration import corroborates
from apps.rifc.rules.facts import Finding
from apps.rifc.rules.gradings import COMMON

R = Report.State
UNGRADED = frozenset({"spot_report", "product"})
"""Kinds whose paragraphs may go without a grading: first word of something, and finished judgements."""

CATEGORISED = frozenset({"intelligence_report", "product"})


@action(
    "rifc_report.submit",
    model=Report,
    label=pgettext_lazy("button, rifc", "Submit"),
    done=_("Handed a report in for release"),
    policy=policy.may_change,
    starts={R.DRAFT, R.RETURNED},
    ends=R.REVIEW,
)
def submit_rifc_report(actor: Actor, row: Report) -> Report:
    """Give the text to a releasing officer of the desk; it is locked until they answer."""
    ready(row)
    row.reason = ""
    emit("rifc.submitted", row, about(row, [row.owner_id], step=str(row.version)))
    return row


def ready(row: Report) -> None:
    """Errors for whatever a report still lacks before a second person looks at it."""
    rows = list(Paragraph.objects.filter(report=row).order_by("order"))
    if not rows:
        raise ValidationError({"paragraphs": _now("The report has no paragraphs. Write one, then submit the report.")})
    if row.kind in CATEGORISED and not row.threat_categories:
        raise ValidationError({"threat_categories": _now("Choose at least one threat category.")})
    waiting = [one.name for one in texts.files(row) if one.blob.state in texts.UNSETTLED]
    if waiting:
        names = ", ".join(waiting)
        raise ValidationError({"file": _now("Not yet checked for malware, or refused: %(names)s.") % {"names": names}})
    bare = [one for one in rows if not one.grade] if row.kind not in UNGRADED else []
    if bare:
        raise violations.broken("paragraphs", [Finding("G2", violations.place(one.order)) for one in bare])
    alone = [one for one in rows if _claims_confirmation(one) and not _confirmed(row, one)]
    if alone:
        raise violations.broken("paragraphs", [Finding("G1", violations.place(one.order)) for one in alone])
    if row.kind == "product" and row.info_cutoff is None:
        row.info_cutoff = timezone.now()


def _claims_confirmation(one: Paragraph) -> bool:
    return one.scheme == COMMON and one.grade[1:2] == "1"


def _confirmed(row: Report, one: Paragraph) -> bool:
    """Whether a report of another root confirms the paragraph: one source reported twice is one source."""
    edges = citations.graph({row.thread, *one.cites, *one.corroborated_by})
    edges[str(row.thread)] = {str(cited) for cited in one.cites}
    return any(corroborates(str(other), str(row.thread), edges) for other in one.corroborated_by)


@action(
    "rifc_report.return",
    model=Report,
    label=pgettext_lazy("button, rifc", "Return"),
    done=_("Returned a report to its author"),
    policy=policy.may_release,
    starts={R.REVIEW},
    ends=R.RETURNED,
    takes={"text": fields.reason_field(_("What must change"))},
)
def return_rifc_report(actor: Actor, row: Report, *, text: str) -> Report:
    """Send the text back to its author."""
    row.reason = text
    emit("rifc.returned", row, about(row, [row.owner_id], step=str(row.version)))
    return row


@action(
    "rifc_report.approve",
    model=Report,
    label=pgettext_lazy("button, rifc", "Approve"),
    done=_("Approved a report for sharing"),
    policy=policy.may_release,
    starts={R.REVIEW},
    ends=R.APPROVED,
)
def approve_rifc_report(actor: Actor, row: Report) -> Report:
    """Say that the report may be shared as it stands."""
    sealing.refuse_unread(actor, row)
    return _approved(actor, row)


def _approved(actor: Actor, row: Report) -> Report:
    row.approved_by_id, row.approved_at = actor.user_id, timezone.now()
    row.content_sha256, row.reason = texts.digest(row), ""
    sealing.forget_author(row)
    return row


@action(
    "rifc_report.self_approve",
    model=Report,
    label=_("Approve your own report"),
    done=_("Approved a report without a second person"),
    policy=policy.may_release_oneself,
    starts={R.DRAFT},
    ends=R.APPROVED,
)
def approve_own_rifc_report(actor: Actor, row: Report) -> Report:
    """Release without a second person: a spot report, or up to RESTRICTED where the party allows it."""
    if not rule.releasable_alone(row):
        raise Refused(Refusals.SECOND_OFFICER)
    ready(row)
    row.self_released = True
    return _approved(actor, row)


@action(
    "rifc_report.reopen",
    model=Report,
    label=_("Withdraw the approval"),
    done=_("Took the approval of a report back"),
    policy=policy.may_reopen,
    starts={R.APPROVED},
    ends=R.REVIEW,
    takes={"reason": fields.reason_field(pgettext_lazy("field, rifc", "Reason"))},
)
def reopen_rifc_report(actor: Actor, row: Report, *, reason: str) -> Report:
    """Look again before it is shared."""
    row.approved_by, row.approved_at, row.content_sha256, row.self_released = None, None, "", False
    row.reason = reason
    return row


@action(
    "rifc_report.discard",
    model=Report,
    label=pgettext_lazy("button, rifc", "Discard"),
    done=_("Discarded a report"),
    policy=policy.may_discard,
    starts={R.DRAFT, R.RETURNED, R.APPROVED},
    ends=R.WITHDRAWN,
    danger=True,
)
def discard_rifc_report(actor: Actor, row: Report) -> Report:
    """Give up a version that was never shared."""
    return row
