"""Taking a report back: at once, with a reason, and with each recipient saying what became of their copies."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.binding_acts import Binding
from apps.access.declared_actions import action, also, change_also, emit
from apps.access.grants import share as grant
from apps.access.ids import uuid7
from apps.access.refusal import Refused
from apps.files.actions import attach
from apps.files.rules.intake import Stored
from apps.notices.refusals import Refusals as NoticesRefusals
from apps.people.models import Desk
from apps.rifc import policy
from apps.rifc.actions import fields, sealing
from apps.rifc.actions.event_facts import about
from apps.rifc.models import NamedPerson, Paragraph, Recall, RecallAck, Receipt, Report, SourceReference
from apps.rifc.queries import consequences, targets, texts, vocabulary
from apps.rifc.refusals import Refusals
from apps.rifc.rules.facts import RED

R, A = Report.State, RecallAck.State
AT_RISK = "source_at_risk"


@action(
    "rifc_report.recall",
    model=Report,
    label=pgettext_lazy("button, rifc", "Recall"),
    done=_("Recalled a report"),
    policy=policy.may_steer,
    starts={R.SHARED, R.SUPERSEDED},
    ends=R.RECALLED,
    takes={
        "reason_code": fields.Terms("recall_reason", label=pgettext_lazy("field, rifc", "Reason")),
        "text": fields.reason_field(
            _("Message to recipients"),
            help_text=_("shown to every recipient: leave out anything that must be protected"),
        ),
    },
    danger=True,
    binding=Binding(consequences.of_recall, in_person=True),
)
def recall_rifc_report(actor: Actor, row: Report, *, reason_code: str, text: str) -> Report:
    """Take all versions back: recipients lose them in this moment and say what became of their copies."""
    now = timezone.now()
    period = vocabulary.minutes("recall_at_risk" if reason_code == AT_RISK else "recall")
    others = Report.objects.filter(thread=row.thread, state__in=[R.SHARED, R.SUPERSEDED]).exclude(pk=row.pk)
    versions = [row, *others.select_for_update(of=("self",))]
    asked: set[Any] = set()
    for one in sorted(versions, key=lambda version: -version.edition):
        made = Recall.objects.create(
            report=one,
            reason_code=reason_code,
            text=text,
            at=now,
            seat_id=actor.seat_id,
            ack_due=now + period,
            period=period,
        )
        _ask(one, made, asked)
        before, one.recalled_at, one.state = one.state, now, R.RECALLED
        if one is not row:
            change_also("rifc_report.recall", one, "recalled_at", "state", before=before)
    sealing.end_openings(versions)
    emit("rifc.recalled", row, about(row, _desks_of(versions)))
    return row


def _ask(report: Report, made: Recall, asked: set[Any]) -> None:
    """One answer from everybody who had the version and is not asked for a later one already."""
    rows = Receipt.objects.filter(report=report).exclude(state=Receipt.State.WITHDRAWN)
    wanted = []
    for desk, user in rows.values_list("desk_id", "user_id"):
        if (desk, user) not in asked:
            asked.add((desk, user))
            wanted.append(
                RecallAck(report=report, recall=made, report_desk_id=report.owner_id, desk_id=desk, user_id=user)
            )
    RecallAck.objects.bulk_create(wanted)


def _desks_of(versions: Iterable[Report]) -> set[int]:
    rows = Receipt.objects.filter(report__in=list(versions), user=None).exclude(state=Receipt.State.WITHDRAWN)
    return set(rows.values_list("desk_id", flat=True))


@action(
    "recall_ack.answer",
    model=RecallAck,
    label=_("Report what happened to the copies"),
    done=_("Answered a recall"),
    policy=policy.is_recipient,
    starts=RecallAck.WAITING,
    ends=RecallAck.ANSWERED,
    takes={
        "result": forms.ChoiceField(
            label=pgettext_lazy("field, rifc", "Your copies"),
            choices=[
                (A.CONFIRMED.value, _("All copies have been removed")),
                (A.PASSED_ON.value, _("Forwarded before the recall")),
                (A.CANNOT.value, _("They cannot be removed")),
            ],
            widget=forms.RadioSelect,
        ),
        "to": fields.Codes(
            label=pgettext_lazy("field, rifc", "Forwarded to"),
            required=False,
            help_text=_("desk codes; other bodies in one word each"),
        ),
        "text": fields.reason_field(_("Which copies, or why not"), required=False),
    },
    otherwise=NoticesRefusals.ANSWERED_ALREADY,
)
def answer_recall(actor: Actor, row: RecallAck, *, result: str, to: Iterable[str] = (), text: str = "") -> RecallAck:
    """Tell the originator what your desk did with its copies; the recall follows to whom they were passed."""
    named = [one.strip() for one in to if one.strip()]
    if result == A.PASSED_ON and not named:
        raise ValidationError({"to": _now("Enter the desks or bodies that received it from you.")})
    if result == A.CANNOT and not text.strip():
        raise ValidationError({"text": _now("Enter why the copies cannot be removed.")})
    row.state, row.text, row.to = result, text, named if result == A.PASSED_ON else []
    row.at = timezone.now()
    row.late = row.at > row.recall.ack_due
    followed = _follow(row) if row.to else []
    emit("rifc.recall_answered", row, about(row.report, [row.report_desk_id], step=str(row.pk)))
    if followed:
        emit("rifc.recalled", row.report, about(row.report, followed))
    return row


def _follow(row: RecallAck) -> list[int]:
    """Ask desks that got it from this one as well; ids of those newly asked."""
    codes, _outside = targets.expanded([one for one in row.to if "." in one or one.isupper()])
    desks = Desk.objects.filter(code__in=codes, active=True).exclude(pk=row.report_desk_id)
    asked = set(RecallAck.objects.filter(recall=row.recall, user=None).values_list("desk_id", flat=True))
    new = [desk.pk for desk in desks if desk.pk not in asked]
    RecallAck.objects.bulk_create(
        RecallAck(report=row.report, recall=row.recall, report_desk_id=row.report_desk_id, desk_id=desk, parent=row)
        for desk in new
    )
    return new


@action(
    "recall_ack.close",
    model=RecallAck,
    label=pgettext_lazy("button, rifc", "Close"),
    done=_("Closed the answer to a recall"),
    policy=policy.may_close_ack,
    starts=RecallAck.ANSWERED,
    ends=A.CLOSED,
)
def close_recall_answer(actor: Actor, row: RecallAck) -> RecallAck:
    """Take the answer as it is, once everybody to whom the report was passed has answered."""
    children = RecallAck.objects.filter(parent=row).exclude(state__in=[A.CLOSED, A.VOID])
    if children.exists():
        raise Refused("wrong-state", Refusals.CHILDREN_OPEN, record=row)
    return row


@action(
    "recall_ack.expire",
    model=RecallAck,
    label=_("Record a late answer"),
    done=_("Reminded of a recall that is not answered"),
    policy=policy.is_clock,
    starts=RecallAck.WAITING,
    ends=A.OVERDUE,
    automatic=True,
)
def expire_recall_answer(actor: Actor, row: RecallAck, *, step: int) -> RecallAck:
    """Remind at once, twice and four times the period."""
    row.reminded = step
    desks = [row.report_desk_id] if row.user_id else [row.report_desk_id, row.desk_id]
    emit("rifc.recall_overdue", row, about(row.report, desks, step=f"{row.pk}:{step}"))
    return row


@action(
    "rifc_report.undo_recall",
    model=Report,
    label=_("Undo the recall"),
    done=_("Undid the recall of a report"),
    policy=policy.may_steer,
    starts={R.RECALLED},
    ends=R.SUPERSEDED,
    takes={"text": fields.reason_field(_("Message to recipients"), 300)},
)
def undo_recall(actor: Actor, row: Report, *, text: str) -> Report:
    """Share the recalled version again as a new one, within a day and if nothing has taken its place."""
    if Report.objects.filter(thread=row.thread, edition__gt=row.edition).exists():
        raise Refused("wrong-state", Refusals.REPLACED_ALREADY, record=row)
    if row.recalled_at is None or timezone.now() > row.recalled_at + vocabulary.minutes("undo"):
        raise Refused("wrong-state", Refusals.TOO_LATE_TO_UNDO, record=row)
    Recall.objects.filter(report__thread=row.thread, undone_at=None).update(undone_at=timezone.now())
    open_rows = RecallAck.objects.filter(report__thread=row.thread, state__in=RecallAck.WAITING)
    open_rows.update(state=A.VOID)
    again = _again(actor, row, text)
    row.recalled_at = None
    desks = list(Receipt.objects.filter(report=again, user=None).values_list("desk_id", flat=True))
    also("rifc_report.share", again, after=again.state)
    emit("rifc.shared", again, about(again, desks))
    return row


def _again(actor: Actor, row: Report, text: str) -> Report:
    """The same content as the next version, to everybody who has not lost it by themselves."""
    now = timezone.now()
    made = Report.objects.get(pk=row.pk)
    made.pk, made.edition, made.version, made.state = uuid7(), row.edition + 1, 1, R.SHARED
    made._state.adding = True
    made.recalled_at, made.shared_at, made.change_note = None, now, text[:300]
    made.save(force_insert=True)
    _copy_parts(actor, row, made)
    rows = Receipt.objects.filter(report=row).exclude(state=Receipt.State.WITHDRAWN)
    sent = [
        Receipt(
            report=made,
            desk_id=one.desk_id,
            user_id=one.user_id,
            ack_required=one.ack_required,
            ack_due=now + vocabulary.minutes("ack") if one.ack_required else None,
            basis=one.basis,
            conditions=one.conditions,
            added_at=now,
            added_by_seat_id=actor.seat_id,
        )
        for one in rows
    ]
    Receipt.objects.bulk_create(sent)
    rows.update(state=Receipt.State.VOID)
    desks = {one.desk_id for one in sent if one.user_id is None and made.tlp != RED}
    grant(actor, made, {made.owner_id, *desks}, basis="recall undone")
    return made


def _copy_parts(actor: Actor, row: Report, made: Report) -> None:
    sealed = {one.paragraph_id: one for one in SourceReference.objects.filter(paragraph__report=row)}
    references = []
    for one in Paragraph.objects.filter(report=row).order_by("order"):
        was, one.pk, one.report = one.pk, uuid7(), made
        one._state.adding = True
        one.save(force_insert=True)
        if was in sealed:
            references.append(
                SourceReference(
                    paragraph=one,
                    desk_id=sealed[was].desk_id,
                    party_id=sealed[was].party_id,
                    pseudonym=sealed[was].pseudonym,
                    sealed=sealed[was].sealed,
                )
            )
    SourceReference.objects.bulk_create(references)
    NamedPerson.objects.bulk_create(
        NamedPerson(report=made, user_id=one.user_id)
        for one in NamedPerson.objects.filter(report=row, withdrawn_at=None)
    )
    sealing.carry_sealed_text(row, made)
    for file in texts.files(row):
        attach(actor, made, Stored.again(file))
