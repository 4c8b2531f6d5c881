"""Sharing what is approved: numbers, recipients, and what becomes of an earlier version."""

import datetime
import secrets
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
from apps.access.declared_actions import action, change_also, emit
from apps.access.grants import share as grant
from apps.access.grants import unshare
from apps.access.references import check_character, next_in
from apps.access.refusal import Refused
from apps.exchange.queries import orcon_answers
from apps.people.models import Desk
from apps.rifc import policy
from apps.rifc.actions import fields, sealing
from apps.rifc.actions.event_facts import about
from apps.rifc.models import MouMembership, NamedPerson, Paragraph, Receipt, Report
from apps.rifc.queries import citations, consequences, rule, targets, texts, violations, vocabulary
from apps.rifc.queries.shares import recipients_of
from apps.rifc.refusals import Refusals
from apps.rifc.rules import numbers
from apps.rifc.rules.facts import RED, Facts, Finding
from apps.rifc.rules.release import receivable

R, S = Report.State, Receipt.State
ORIGINATOR = "originator"
TAIL = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def receipt_fields() -> dict[str, forms.Field]:
    """Whether and until when recipients give a receipt."""
    return {
        "ack_required": forms.BooleanField(label=_("Request a receipt"), required=False),
        "ack_due": fields.moment_field(_("Receipt due (UTC)"), help_text=_("leave empty for two days")),
    }


@action(
    "rifc_report.share",
    model=Report,
    label=pgettext_lazy("button, rifc", "Share"),
    done=_("Shared a report"),
    policy=policy.may_share,
    starts={R.APPROVED},
    ends=R.SHARED,
    takes={
        "to": fields.Desks(label=pgettext_lazy("field, rifc", "To"), required=False),
        **receipt_fields(),
        "leave_out": fields.Codes(
            label=pgettext_lazy("field, rifc", "Leave out"),
            required=False,
            help_text=_("desks that had the previous version and do not receive this one"),
        ),
        "without_rifc": forms.CharField(
            label=_("Why RIFC does not receive it"),
            required=False,
            max_length=300,
            help_text=_("seen only by your desk"),
        ),
    },
    binding=Binding(consequences.of_share, in_person=True),
)
def share_rifc_report(
    actor: Actor,
    row: Report,
    *,
    to: Iterable[str] = (),
    ack_required: bool = False,
    ack_due: datetime.datetime | None = None,
    leave_out: Iterable[str] = (),
    without_rifc: str = "",
) -> Report:
    """Give the report its number and let the recipients have it: all of them, or none if one may not."""
    if texts.digest(row) != row.content_sha256:
        raise Refused("wrong-state", Refusals.NOT_WHAT_WAS_APPROVED, record=row)
    desks = _checked(actor, row, list(to))
    before = _predecessor(row)
    if before is not None:
        _nobody_forgotten(before, desks, set(leave_out))
    now = timezone.now()
    number_of(row, now)
    row.shared_at, row.without_rifc = now, without_rifc
    row.retention_review = retention_of(row, now)
    due = due_moment(now, ack_required, ack_due)
    if row.tlp == RED:
        _send_to_persons(actor, row, now, due)
    else:
        send(actor, row, desks, ORIGINATOR, now, due)
    if before is not None:
        _replace(before)
    emit("rifc.shared", row, about(row, [desk.pk for desk in desks], due=_iso(due)))
    return row


def _iso(moment: datetime.datetime | None) -> str:
    return moment.isoformat() if moment else ""


def due_moment(now: datetime.datetime, required: bool, asked: datetime.datetime | None) -> datetime.datetime | None:
    """Until when receipts are to be given; None where none is asked for. ValidationError for a moment that is over."""
    if not required:
        return None
    if asked is not None and asked <= now:
        raise ValidationError({"ack_due": _now("This time is past. Enter a later one, or leave it empty.")})
    return asked or now + vocabulary.minutes("ack")


def _checked(actor: Actor, row: Report, words: list[str]) -> list[Any]:
    """The desks that are meant, all of which can receive the report; errors at `to` for all that cannot."""
    if row.tlp == RED:
        if words:
            raise ValidationError({"to": _now("TLP:RED goes to the people it names, not to desks. Leave this empty.")})
        return []
    desks = desks_of(row, words)
    if not desks:
        raise ValidationError({"to": _now("Enter at least one desk to receive the report.")})
    refuse_unfit(rule.facts(row), desks)
    refuse_third_party(actor, row, desks)
    sealing.refuse_keyless(row, {desk.party_id for desk in desks})
    return desks


def desks_of(row: Report, words: list[str]) -> list[Any]:
    """Desks (with function) of codes, parties and groups, but the report's own; ValidationError at `to` for others."""
    codes, unknown = targets.expanded(words)
    if unknown:
        raise ValidationError({"to": _now("No desk has this code: %(codes)s.") % {"codes": ", ".join(unknown)[:200]}})
    rows = Desk.objects.filter(code__in=codes, active=True).exclude(pk=row.owner_id)
    desks = list(rows.select_related("function", "party").order_by("code"))
    others = [desk.code for desk in desks if desk.function_id in policy.READERS and row.kind != "product"]
    if others:
        raise ValidationError(
            {"to": _now("Ministries are sent finished products only: %(codes)s.") % {"codes": ", ".join(others)}}
        )
    return desks


def refuse_unfit(facts: Facts, desks: list[Any]) -> None:
    """BrokenRules at `to` with V02, V04, V08 or V09 for each desk that cannot receive the report."""
    mou, associates = rule.members(), rule.kinds_of_parties(["associate_member"])
    found = [receivable(facts, rule.as_target(desk, mou, associates)) for desk in desks]
    wrong = [one for one in found if one is not None]
    if wrong:
        raise violations.broken("to", wrong)


def refuse_third_party(actor: Actor, row: Report, desks: list[Any]) -> None:
    """BrokenRules (O04) for desks that do not have what the report quotes of other parties, or come from elsewhere."""
    if not row.third_parties:
        return
    quoted = [one for one in citations.quoted_by(row) if one.originator_id != row.originator_id]
    having = [set(recipients_of(one)) | {one.owner_id} for one in quoted]
    released, answered = citations.released_to(row), _answered(actor, row)
    wrong = []
    for desk in desks:
        covered = answered <= {desk.party_id} and all(
            desk.pk in has or desk.party_id == one.originator_id for one, has in zip(quoted, having, strict=True)
        )
        if not covered and desk.code not in released:
            wrong.append(Finding("O04", desk.code))
    if wrong:
        raise violations.broken("to", wrong)


def _answered(actor: Actor, row: Report) -> set[str]:
    """Parties whose answers given with ORCON the report quotes: nobody else has these."""
    said = Paragraph.objects.filter(report=row).values_list("text", flat=True)
    return set(orcon_answers.originators(actor, [row.summary, *said])) - {row.originator_id}


def _predecessor(row: Report) -> Report | None:
    """The version that this one takes the place of, locked."""
    rows = Report.objects.filter(thread=row.thread, state__in=[R.SHARED, R.RECALLED]).exclude(pk=row.pk)
    found: Report | None = rows.order_by("-edition").select_for_update(of=("self",)).first()
    return found


def _nobody_forgotten(before: Report, desks: list[Any], left_out: set[str]) -> None:
    """Whoever has the version before gets the new one, or is left out by name."""
    had = Receipt.objects.filter(report=before, user=None).exclude(state=S.WITHDRAWN)
    missing = set(had.values_list("desk__code", flat=True)) - {desk.code for desk in desks} - left_out
    if missing:
        names = ", ".join(sorted(missing))
        raise ValidationError(
            {
                "to": _now(
                    "These desks have the previous version: %(codes)s. Add them, or enter them under “Leave out”."
                )
                % {"codes": names}
            }
        )


def number_of(row: Report, now: datetime.datetime) -> None:
    """The report's number, at its first sharing: gapless by type, year and originator; kept by later versions."""
    if row.register_number:
        return
    series = numbers.series(row.kind, now.year, row.originator_id)
    row.register_number = numbers.numbered(series, next_in(f"rifc:{series}"))
    own = rule.own_rules(row.originator_id)
    if own is None or own.number_style == MouMembership.Numbers.RUNNING:
        row.number = row.register_number
        return
    tail = "".join(secrets.choice(TAIL) for _place in range(6))
    row.number = numbers.disguised(series, tail, check_character(f"{series}{tail}"))


def retention_of(row: Report, now: datetime.datetime) -> datetime.date:
    """When the originator looks whether a report is still needed: products after three years, others after one."""
    return now.date() + datetime.timedelta(days=365 * (3 if row.kind == "product" else 1))


def send(
    actor: Actor,
    row: Report,
    desks: list[Any],
    basis: str,
    now: datetime.datetime,
    due: datetime.datetime | None,
    conditions: str = "",
) -> list[Receipt]:
    """Let desks have a version from now on; an entry withdrawn before is opened again.

    Refused where its text is sealed and not for all of them.
    """
    if sealing.not_sealed_for(row, {desk.party_id for desk in desks}):
        raise Refused("wrong-state", Refusals.NOT_SEALED_FOR, record=row)
    Receipt.objects.filter(report=row, desk__in=desks, user=None, state=S.WITHDRAWN).delete()
    rows = [
        Receipt(
            report=row,
            desk=desk,
            ack_required=due is not None,
            ack_due=due,
            basis=basis,
            conditions=conditions,
            added_at=now,
            added_by_seat_id=actor.seat_id,
        )
        for desk in desks
    ]
    Receipt.objects.bulk_create(rows)
    if desks:
        grant(actor, row, [desk.pk for desk in desks], basis=basis[:80])
    return rows


def _send_to_persons(actor: Actor, row: Report, now: datetime.datetime, due: datetime.datetime | None) -> None:
    """One entry for each person named; no desk is given anything, so that a colleague sees nothing."""
    seats, gone = targets.people(texts.named_usernames(row))
    if gone:
        names = ", ".join(gone)
        raise ValidationError({"to": _now("No longer at a desk of the community: %(names)s.") % {"names": names}})
    sealing.refuse_keyless(row, {seat.desk.party_id for seat in seats})
    Receipt.objects.bulk_create(
        Receipt(
            report=row,
            desk_id=seat.desk_id,
            user_id=seat.user_id,
            ack_required=due is not None,
            ack_due=due,
            basis=ORIGINATOR,
            added_at=now,
            added_by_seat_id=actor.seat_id,
        )
        for seat in seats
    )


def _replace(before: Report) -> None:
    """The version before is read-only from now on, and its receipts are void: its readers are asked again."""
    Receipt.objects.filter(report=before).exclude(state=S.WITHDRAWN).update(state=S.VOID)
    if before.state == R.SHARED:
        before.state = R.SUPERSEDED
        change_also("rifc_report.replace", before, "state", before=R.SHARED)


@action(
    "rifc_report.add_recipient",
    model=Report,
    label=pgettext_lazy("button, rifc", "Add recipients"),
    done=_("Added recipients to a report"),
    policy=policy.may_steer,
    starts={R.SHARED},
    ends=R.SHARED,
    takes={"to": fields.Desks(label=pgettext_lazy("field, rifc", "To")), **receipt_fields()},
)
def add_report_recipient(
    actor: Actor,
    row: Report,
    *,
    to: Iterable[str],
    ack_required: bool = False,
    ack_due: datetime.datetime | None = None,
) -> Report:
    """Let more desks have a shared report."""
    if row.tlp == RED:
        raise ValidationError({"to": _now("TLP:RED goes to the people it names. Write a new version to name more.")})
    desks = _checked(actor, row, list(to))
    have = set(Receipt.objects.filter(report=row, user=None).exclude(state=S.WITHDRAWN).values_list("desk", flat=True))
    twice = [Finding("V12", desk.code) for desk in desks if desk.pk in have]
    if twice:
        raise violations.broken("to", twice)
    now = timezone.now()
    send(actor, row, desks, ORIGINATOR, now, due_moment(now, ack_required, ack_due))
    emit("rifc.shared", row, about(row, [desk.pk for desk in desks]))
    return row


@action(
    "rifc_report.withdraw_entry",
    model=Report,
    label=_("Withdraw from a recipient"),
    done=_("Took a report from a recipient"),
    policy=policy.may_steer,
    starts={R.SHARED, R.SUPERSEDED},
    ends={R.SHARED, R.SUPERSEDED},
    takes={
        "recipient": forms.CharField(label=_("Desk, or person by user name"), max_length=150),
        "reason": fields.reason_field(pgettext_lazy("field, rifc", "Reason"), 300),
    },
    danger=True,
)
def withdraw_report_entry(actor: Actor, row: Report, *, recipient: str, reason: str) -> Report:
    """Take the report from one recipient; the others notice nothing."""
    rows = Receipt.objects.filter(report=row).exclude(state=S.WITHDRAWN).select_for_update(of=("self",))
    red = row.tlp == RED
    found = (
        rows.filter(user__username=recipient).first() if red else rows.filter(desk__code=recipient, user=None).first()
    )
    if found is None:
        raise ValidationError(
            {"recipient": _now("This report was not sent to this recipient. Enter it as in the list of recipients.")}
        )
    found.state, found.reason, found.withdrawn_at = S.WITHDRAWN, reason, timezone.now()
    found.save(update_fields=["state", "reason", "withdrawn_at"])
    if red:
        NamedPerson.objects.filter(report=row, user=found.user_id).update(withdrawn_at=found.withdrawn_at)
    else:
        unshare(row, [found.desk_id])
        emit("rifc.entry_withdrawn", row, about(row, [found.desk_id]))
    return row


@action(
    "rifc_report.archive",
    model=Report,
    label=pgettext_lazy("button, rifc", "Archive"),
    done=_("Archived a report"),
    policy=policy.may_change,
    starts=Report.OUT,
    ends=R.ARCHIVED,
    takes={"review_done": forms.BooleanField(label=_("The retention review is done"))},
)
def archive_rifc_report(actor: Actor, row: Report, *, review_done: bool) -> Report:
    """Put a report aside: who has it keeps it, recalled ones stay recalled."""
    return row
