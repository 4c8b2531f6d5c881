"""What the asking desk does: send, take back, give more time, ask further, close."""

import datetime
import secrets
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, also, change_also, do_also, emit
from apps.access.grants import share as grant
from apps.access.references import check_character
from apps.access.service_clock import due_after
from apps.exchange import policy
from apps.exchange.actions import fields, request_checks
from apps.exchange.actions.event_facts import of_part, of_request
from apps.exchange.models import Addressee, Message, Question, Request, Variant
from apps.exchange.queries import vocabulary
from apps.exchange.rules.lines import line_of

R, A = Request.State, Addressee.State
TAIL = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


@action(
    "rfi.send",
    model=Request,
    label=pgettext_lazy("button, exchange", "Send"),
    done=_("Sent a request for information"),
    policy=policy.may_send,
    starts={R.DRAFT},
    ends=R.SENT,
)
def send_rfi(actor: Actor, row: Request) -> Request:
    """Ask: each desk gets its own text and questions and learns of nobody else; all of them, or none if one may not."""
    line = line_of(row.line)
    variants = list(Variant.objects.filter(request=row).order_by("order"))
    found = request_checks.resolved(line, row, variants)
    request_checks.refuse_incomplete(row, found)
    request_checks.soon_enough(row.due_at)
    request_checks.refuse_unfit(actor, line, found)
    said = [row.subject, row.purpose, *row.questions]
    said += [text for one in variants for text in (one.subject, one.text, *one.questions)]
    request_checks.not_passed_on(actor, "variants", said, {desk.party_id for _variant, desk in found.values()})
    now = timezone.now()
    row.number, row.sent_at = numbered(line.number, now.year, actor.party_code), now
    row.due_at = row.due_at or due_after(now, vocabulary.minutes(row.priority))
    everybody = sorted(desk.code for _variant, desk in found.values())
    for variant, desk in found.values():
        others = [code for code in everybody if code != desk.code] if row.open_addressees else []
        ask(actor, row, variant, desk.pk, variant.questions or row.questions, due=row.due_at, others=others)
    return row


def numbered(kind: str, year: int, party: str) -> str:
    """A number that counts nothing: six random characters and a check letter, RFI-2026-BRB-7K2MQX-H."""
    while True:
        tail = "".join(secrets.choice(TAIL) for _place in range(6))
        number = f"{kind}-{year}-{party}-{tail}-{check_character(f'{kind}{year}{party}{tail}')}"
        if not Request.objects.filter(number=number).exists():
            return number


def ask(
    actor: Actor,
    row: Request,
    variant: Variant,
    desk: int,
    questions: Sequence[str],
    *,
    due: datetime.datetime,
    others: Sequence[str] = (),
) -> Addressee:
    """Let one desk have its part of a request from now on."""
    now = timezone.now()
    part: Addressee = Addressee.objects.create(
        owner_id=desk,
        originator_id=row.originator_id,
        level=variant.level,
        request=row,
        variant=variant,
        asker_id=row.owner_id,
        line=row.line,
        number=row.number,
        priority=row.priority,
        tlp=variant.tlp,
        sent_at=now,
        due_at=due,
        others=list(others),
        remind_at=first_reminder(row.priority, now, due),
    )
    Question.objects.bulk_create(Question(addressee=part, n=n, text=text) for n, text in enumerate(questions, start=1))
    grant(actor, part, {desk, row.owner_id}, basis="request for information")
    also("rfi_addressee.receive", part, after=A.RECEIVED)
    emit("exchange.received", part, of_part(part, [desk]))
    return part


def first_reminder(priority: str, now: datetime.datetime, due: datetime.datetime) -> datetime.datetime | None:
    """When a desk is reminded before an answer is due; None where that moment is over already."""
    at = due - vocabulary.minutes(priority, "remind")
    return at if at > now else None


def desk_field() -> forms.CharField:
    """One of those who were asked."""
    return forms.CharField(
        label=pgettext_lazy("field, exchange", "Desk"),
        max_length=40,
        help_text=_("as in the list of desks asked, for example JAM.contact"),
    )


def part_of(row: Request, desk: str, states: Iterable[str]) -> Addressee:
    """The newest part of a request at a desk that is in one of these states; ValidationError at `desk`."""
    rows = Addressee.objects.filter(request=row, owner__code=desk, state__in=list(states))
    found: Addressee | None = rows.order_by("-pk").first()
    if found is None:
        raise ValidationError({"desk": _now("Nothing of this kind is open at this desk. Check who is asked.")})
    return found


def open_parts(row: Request) -> Any:
    """Parts of a request that are still to be answered."""
    return Addressee.objects.filter(request=row, state__in=sorted(Addressee.LIVE))


def settled(row: Request) -> None:
    """A request of which no part is open is answered; the caller saves it."""
    if row.state in Request.OPEN and not open_parts(row).exists():
        row.state, row.answered_at = R.ANSWERED, timezone.now()
        emit("exchange.complete", row, of_request(row, [row.owner_id]))


@action(
    "rfi.withdraw",
    model=Request,
    label=_("Withdraw the request to a desk"),
    done=_("Withdrew a request from one desk"),
    policy=policy.may_work,
    starts=Request.OPEN,
    ends=Request.OPEN | {R.ANSWERED},
    takes={"desk": desk_field()},
    danger=True,
)
def withdraw_rfi(actor: Actor, row: Request, *, desk: str) -> Request:
    """Take the request back from one desk; what it has answered stays."""
    do_also("rfi_addressee.withdraw", part_of(row, desk, Addressee.LIVE))
    settled(row)
    return row


@action(
    "rfi_addressee.withdraw",
    model=Addressee,
    label=pgettext_lazy("button, exchange", "Withdraw"),
    done=_("Was no longer asked"),
    policy=policy.may_steer,
    starts=Addressee.LIVE,
    ends=A.WITHDRAWN,
    automatic=True,
)
def withdraw_rfi_addressee(actor: Actor, part: Addressee) -> Addressee:
    """No longer asked."""
    part.done_at, part.remind_at = timezone.now(), None
    emit("exchange.withdrawn", part, of_part(part, [part.owner_id]))
    return part


@action(
    "rfi.cancel",
    model=Request,
    label=_("Cancel the request"),
    done=_("Cancelled a request for information"),
    policy=policy.may_work,
    starts={R.DRAFT} | Request.OPEN,
    ends=R.CANCELLED,
    takes={
        "reason": fields.words_field(pgettext_lazy("field, exchange", "Reason"), help_text=_("only your desk sees it"))
    },
    danger=True,
)
def cancel_rfi(actor: Actor, row: Request, *, reason: str) -> Request:
    """Take the request back from everybody; answers that were given stay with you."""
    row.reason, row.closed_at = reason, timezone.now()
    for part in open_parts(row).order_by("pk"):
        do_also("rfi_addressee.withdraw", part)
    return row


@action(
    "rfi.extend",
    model=Request,
    label=_("Extend the deadline"),
    done=_("Gave a desk more time"),
    policy=policy.may_work,
    starts=Request.OPEN,
    ends=Request.OPEN,
    takes={
        "desk": desk_field(),
        "due": fields.moment_field(_("New deadline (UTC)"), help_text=_("leave empty for the deadline requested")),
    },
)
def extend_rfi(actor: Actor, row: Request, *, desk: str, due: datetime.datetime | None = None) -> Request:
    """Let a desk answer later."""
    part = do_also("rfi_addressee.extend", part_of(row, desk, EXTENDABLE), due=due)
    row.due_at = max(row.due_at or part.due_at, part.due_at)
    return row


EXTENDABLE = frozenset({A.ACCEPTED, A.PARTIAL, A.OVERDUE})


@action(
    "rfi_addressee.extend",
    model=Addressee,
    label=pgettext_lazy("button, exchange", "Extend"),
    done=_("Was given more time"),
    policy=policy.may_steer,
    starts=EXTENDABLE,
    ends=A.ACCEPTED,
    automatic=True,
)
def extend_rfi_addressee(actor: Actor, part: Addressee, *, due: datetime.datetime | None = None) -> Addressee:
    """A later moment than before."""
    new = due or part.extension_due
    if new is None or new <= part.due_at or new <= timezone.now():
        raise ValidationError({"due": _now("Enter a time later than the current deadline.")})
    part.due_at, part.extension_due, part.extension_reason, part.reminded = new, None, "", 0
    part.remind_at = first_reminder(part.priority, timezone.now(), new)
    emit("exchange.extended", part, of_part(part, [part.owner_id], step=new.isoformat()))
    return part


@action(
    "rfi.refuse_extension",
    model=Request,
    label=_("Refuse the extension"),
    done=_("Refused a desk more time"),
    policy=policy.may_work,
    starts=Request.OPEN,
    ends=Request.OPEN,
    takes={"desk": desk_field()},
)
def refuse_rfi_extension(actor: Actor, row: Request, *, desk: str) -> Request:
    """The moment stays as it is."""
    part = _locked(part_of(row, desk, EXTENDABLE))
    if part.extension_due is None:
        raise ValidationError({"desk": _now("This desk has not requested an extension.")})
    asked, part.extension_due = part.extension_due, None
    change_also("rfi_addressee.refuse_extension", part, "extension_due")
    emit("exchange.extension_refused", part, of_part(part, [part.owner_id], step=asked.isoformat()))
    return row


def _locked(part: Addressee) -> Addressee:
    found: Addressee = Addressee.objects.select_for_update(of=("self",)).get(pk=part.pk)
    return found


@action(
    "rfi.reply",
    model=Request,
    label=_("Reply to a desk"),
    done=_("Replied to a desk that asked back"),
    policy=policy.may_work,
    starts=Request.OPEN,
    ends=Request.OPEN,
    takes={"desk": desk_field(), "text": fields.words_field(pgettext_lazy("field, exchange", "Reply"), 2000)},
)
def reply_to_rfi_question(actor: Actor, row: Request, *, desk: str, text: str) -> Request:
    """Answer what a desk asked back; nobody else reads it."""
    part = _locked(part_of(row, desk, Addressee.LIVE))
    request_checks.not_passed_on(actor, "text", [text], [part.owner.party_id])
    said = Message.objects.create(
        addressee=part, from_asker=True, text=text, at=timezone.now(), by_seat_id=actor.seat_id
    )
    change_also("rfi_addressee.reply", part)
    emit("exchange.replied", part, of_part(part, [part.owner_id], step=str(said.pk)))
    return row


@action(
    "rfi.follow_up",
    model=Request,
    label=pgettext_lazy("button, exchange", "Ask follow-up questions"),
    done=_("Asked further questions"),
    policy=policy.may_work,
    starts={R.ANSWERED},
    ends=R.IN_PROGRESS,
    takes={
        "questions": fields.Texts(
            label=pgettext_lazy("field, exchange", "Follow-up questions"), help_text=_("one per line")
        ),
        "to": fields.Texts(
            label=pgettext_lazy("field, exchange", "Desks"),
            required=False,
            help_text=_("one per line; leave empty for all desks that have answered"),
        ),
        "due": fields.moment_field(
            pgettext_lazy("field, exchange", "Due (UTC)"), help_text=_("leave empty for the deadline of the priority")
        ),
    },
)
def follow_up_rfi(
    actor: Actor,
    row: Request,
    *,
    questions: Sequence[str],
    to: Sequence[str] = (),
    due: datetime.datetime | None = None,
) -> Request:
    """Ask those who have answered further questions."""
    request_checks.soon_enough(due)
    rows = Addressee.objects.filter(request=row, state=A.ANSWERED).select_related("owner").order_by("pk")
    parts = [part for part in rows if not to or part.owner.code in to]
    missing = set(to) - {part.owner.code for part in parts}
    if missing or not parts:
        names = ", ".join(sorted(missing)) or pgettext("words, exchange", "none")
        raise ValidationError(
            {"to": _now("Only desks that have answered can get follow-up questions: %(names)s.") % {"names": names}}
        )
    request_checks.not_passed_on(actor, "questions", questions, {part.owner.party_id for part in parts})
    row.due_at = due or due_after(timezone.now(), vocabulary.minutes(row.priority))
    row.answered_at = None
    for part in parts:
        do_also("rfi_addressee.follow_up", part, questions=list(questions), due=row.due_at)
    return row


@action(
    "rfi_addressee.follow_up",
    model=Addressee,
    label=pgettext_lazy("button, exchange", "Ask follow-up questions"),
    done=_("Was asked further questions"),
    policy=policy.may_steer,
    starts={A.ANSWERED},
    ends=A.ACCEPTED,
    automatic=True,
)
def follow_up_rfi_addressee(
    actor: Actor, part: Addressee, *, questions: Sequence[str], due: datetime.datetime
) -> Addressee:
    """Further questions, and a new moment."""
    last = Question.objects.filter(addressee=part).count()
    Question.objects.bulk_create(
        Question(addressee=part, n=n, text=text) for n, text in enumerate(questions, start=last + 1)
    )
    part.due_at, part.done_at, part.reminded = due, None, 0
    part.remind_at = first_reminder(part.priority, timezone.now(), due)
    emit("exchange.followed_up", part, of_part(part, [part.owner_id], step=f"from {last + 1}"))
    return part


@action(
    "rfi.close",
    model=Request,
    label=pgettext_lazy("button, exchange", "Close"),
    done=_("Closed a request for information"),
    policy=policy.may_work,
    starts={R.ANSWERED},
    ends=R.CLOSED,
    takes={
        "feedback": fields.Terms("feedback", label=_("The answers were"), widget=forms.RadioSelect),
        "feedback_note": fields.words_field(
            pgettext_lazy("field, exchange", "Remark"), required=False, help_text=_("only your desk sees it")
        ),
    },
)
def close_rfi(actor: Actor, row: Request, *, feedback: str, feedback_note: str = "") -> Request:
    """Say what the answers were worth, and close the request."""
    row.feedback, row.feedback_note, row.closed_at = feedback, feedback_note, timezone.now()
    return row
