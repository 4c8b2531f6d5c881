"""What recipients do with a report: it reaches them, they open it, they give a receipt. And what time brings about."""

import datetime
from collections.abc import Collection
from typing import Any

from django import forms
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, emit
from apps.access.managers import seen_keys
from apps.access.queries import visible_or_404
from apps.access.refusal import Refused
from apps.rifc import policy
from apps.rifc.actions.event_facts import about
from apps.rifc.models import ReadLog, Receipt, Report
from apps.rifc.queries import shares as queries
from apps.rifc.refusals import Refusals

S = Receipt.State
OPENABLE = (S.SENT, S.DELIVERED, S.OVERDUE)


@action(
    "rifc_report.read",
    model=ReadLog,
    label=pgettext_lazy("button, rifc", "Read"),
    done=_("Read a report"),
    policy=policy.may_read_any,
    ends="kept",
    automatic=True,
    by_readers=True,
)
def read_rifc_report(actor: Actor, _row: None, *, report: Any, channel: str) -> ReadLog:
    """Note a reading, before anything of the report is sent; its first reading opens the reader's entry.

    Refused("not-visible") where the report has been taken back meanwhile, so that nothing is sent.
    """
    # held until the end: a recall is wholly before this reading or wholly after it
    rows = Report.objects.visible_to(actor).select_for_update(of=("self",), no_key=True)
    seen = visible_or_404(rows, actor, report.pk)
    now = timezone.now()
    row: ReadLog = ReadLog.objects.create(
        report=seen,
        user_id=actor.user_id,
        seat_id=actor.seat_id,
        desk_id=actor.desk_id,
        party_id=actor.party_code,
        at=now,
        channel=channel[:50],
        request_id=actor.request_id,
    )
    mine = queries.own_receipt(actor, seen)
    if mine is not None and mine.opened_at is None:
        # a late entry stays late until its receipt is given
        state = S.OVERDUE if mine.state == S.OVERDUE else S.OPENED
        Receipt.objects.filter(pk=mine.pk, opened_at=None, state__in=OPENABLE).update(
            opened_at=now, delivered_at=mine.delivered_at or now, state=state
        )
    return row


NOTE_MANY = """
    WITH seen (id) AS MATERIALIZED (
        {seen} AND rifc_report.id = ANY(%s) ORDER BY rifc_report.id FOR KEY SHARE OF rifc_report
    ),
    noted AS (
        INSERT INTO rifc_readlog (id, report_id, user_id, seat_id, desk_id, party_id, at, channel, request_id, state)
        SELECT uuidv7(), id, %s, %s, %s, %s, clock_timestamp(), %s, %s, 'kept' FROM seen WHERE id <> ALL(%s)
    ),
    delivered AS (
        UPDATE rifc_receipt SET state = 'delivered', delivered_at = clock_timestamp()
        WHERE report_id IN (SELECT id FROM seen WHERE id <> ALL(%s)) AND desk_id = %s AND user_id IS NULL
        AND state = 'sent'
    )
    SELECT id FROM seen
"""
"""One statement, since programs read by the hundred. Recalls lock their report: each is before this or after it."""


def note_many(actor: Actor, reports: Collection[Any], channel: str, *, peeked: Collection[Any] = ()) -> set[Any]:
    """Note in the action under way that several versions are read in a part or by a program; the keys of those seen.

    Nothing is noted of the others, and nothing may be shown of them. An entry is delivered by this, never opened.
    Of `peeked` it is only asked whether they are seen: nothing of them is shown.
    """
    seen, aside = seen_keys(Report, actor), list(set(peeked) - set(reports))
    wanted: list[Any] = [*reports, *aside]
    by: list[Any] = [actor.user_id, actor.seat_id, actor.desk_id, actor.party_code, channel[:50], actor.request_id]
    with connection.cursor() as cursor:
        cursor.execute(NOTE_MANY.format(seen=seen.sql), [*seen.params, wanted, *by, aside, aside, actor.desk_id])
        return {row[0] for row in cursor.fetchall()}


@action(
    "receipt.deliver",
    model=Receipt,
    label=pgettext_lazy("button, rifc", "Deliver"),
    done=_("Noted the delivery of a report"),
    policy=policy.may_read_any,
    starts={S.SENT},
    ends=S.DELIVERED,
    automatic=True,
    by_readers=True,
)
def deliver_rifc_report(actor: Actor, first: Receipt, *, also_of: list[Any]) -> Receipt:
    """Note that entries of the actor's own have reached them in a list."""
    now = timezone.now()
    rows = Receipt.objects.visible_to(actor).filter(pk__in=also_of, state=S.SENT, delivered_at=None)
    Receipt.objects.filter(pk__in=rows.values("pk")).exclude(pk=first.pk).update(state=S.DELIVERED, delivered_at=now)
    first.delivered_at = first.delivered_at or now
    return first


@action(
    "receipt.ack",
    model=Receipt,
    label=pgettext_lazy("button, rifc", "Acknowledge"),
    done=_("Acknowledged a report"),
    policy=policy.is_recipient,
    starts={S.OPENED, S.OVERDUE, S.ACKNOWLEDGED},
    ends=S.ACKNOWLEDGED,
    takes={
        "edition": forms.IntegerField(
            label=pgettext_lazy("field, rifc", "Version"), min_value=1, widget=forms.HiddenInput
        ),
        "note": forms.CharField(label=pgettext_lazy("field, rifc", "Remark"), required=False, max_length=300),
    },
    otherwise=Refusals.OPEN_FIRST,
)
def acknowledge_report_receipt(actor: Actor, row: Receipt, *, edition: int, note: str = "") -> Receipt:
    """Say that your desk has the report; the first receipt counts."""
    if edition != row.report.edition or row.report.state not in {"shared", "archived"}:
        raise Refused("wrong-state", Refusals.ANOTHER_VERSION)
    if row.opened_at is None:
        raise Refused("wrong-state", Refusals.OPEN_FIRST)
    if row.ack_at is None:
        row.ack_at, row.ack_by_seat_id, row.ack_note = timezone.now(), actor.seat_id, note
        row.late = row.ack_due is not None and row.ack_due < row.ack_at
        emit("rifc.acknowledged", row, about(row.report, [row.report.owner_id], step=str(row.pk)))
    return row


@action(
    "receipt.expire",
    model=Receipt,
    label=_("Record a late receipt"),
    done=_("Noted the receipt of a report as late"),
    policy=policy.is_clock,
    starts={S.SENT, S.DELIVERED, S.OPENED, S.OVERDUE},
    ends=S.OVERDUE,
    automatic=True,
)
def expire_report_receipt(actor: Actor, row: Receipt, *, now: datetime.datetime) -> Receipt:
    """Tell the recipient's point of contact, the originator and RIFC's watch of a receipt that did not come."""
    row.reminded += 1
    row.reminded_at = now
    desks = [row.report.owner_id] if row.user_id else [row.report.owner_id, row.desk_id]
    emit("rifc.ack_overdue", row, about(row.report, desks, step=f"{row.pk}:{row.reminded}"))
    return row


def open_file(actor: Actor, attachment: Any) -> None:
    """Note the reading of a file of a report, before its bytes are sent; NOPRINT lets none go to recipients."""
    report = visible_or_404(Report.objects.visible_to(actor), actor, attachment.object_id)
    if "NOPRINT" in report.handling and report.owner_id != actor.desk_id:
        raise Refused(Refusals.NO_PRINT)
    read_rifc_report(actor, None, report=report, channel=f"attachment:{attachment.pk}")
