"""What of the Council's records waits for a seat, for My desk."""

import datetime
from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.access.actor import DECIDES, WORKS, Actor
from apps.council.models import AgendaItem, Delegation, Meeting, MinutesCorrection, Position
from apps.council.queries.briefing import TO_SPEAK_TO
from apps.council.queries.meetings import COMING
from apps.council.rules.schedule import end_of_day
from apps.people.waiting import WorkRow, register

MOST = 50


def _end(day: datetime.date | None, meeting: Meeting) -> datetime.datetime | None:
    return end_of_day(day, meeting.time_zone) if day else None


@register
def own_delegations(actor: Actor) -> Iterator[WorkRow]:
    """Invitations without an answer and delegations without credentials, of the own State. One query."""
    if actor.function != "ministry" or actor.rank < WORKS:
        return
    rows = Delegation.objects.visible_to(actor).filter(party_id=actor.party_code, meeting__state__in=COMING)
    open_ = rows.filter(Q(answer="none") | Q(answer="accepted", credentials__in=["missing", "refused"]))
    for row in open_.select_related("meeting").order_by("meeting__starts_at")[:MOST]:
        unanswered = row.answer == "none"
        title = _("Answer the invitation: %(meeting)s") if unanswered else _("Credentials: %(meeting)s")
        yield WorkRow(
            title=title % {"meeting": row.meeting},
            url=reverse("council:meeting", args=[row.meeting_id]),
            due=_end(row.meeting.agenda_deadline, row.meeting) if unanswered else row.meeting.starts_at,
            detail=row.meeting.place,
            kind="mail" if unanswered else "signature",
        )


@register
def positions_to_write(actor: Actor) -> Iterator[WorkRow]:
    """Items to decide or recommend on which the own ministry has not yet said what it means to do. One query."""
    if actor.function != "ministry" or actor.rank < WORKS:
        return
    own = Position.objects.visible_to(actor).filter(owner_id=actor.desk_id)
    items = AgendaItem.objects.visible_to(actor).filter(
        meeting__state__in=COMING, state__in=["accepted", "scheduled"], kind__in=TO_SPEAK_TO
    )
    called = Delegation.objects.visible_to(actor).filter(party_id=actor.party_code).values("meeting")
    bare = items.filter(meeting__in=called).exclude(pk__in=own.exclude(stance="open").values("item"))
    for item in bare.select_related("meeting").order_by("meeting__starts_at", "position")[:MOST]:
        yield WorkRow(
            title=_("Write a position: %(title)s") % {"title": item.title},
            url=reverse("council:item", args=[item.pk]),
            due=item.meeting.starts_at,
            detail=str(item.meeting),
            kind="pen",
        )


@register
def positions_to_approve(actor: Actor) -> Iterator[WorkRow]:
    """Positions that wait for those who decide in the own ministry. One query."""
    if actor.function != "ministry" or actor.rank < DECIDES:
        return
    rows = Position.objects.visible_to(actor).filter(
        owner_id=actor.desk_id, state=Position.State.DRAFT, item__meeting__state__in=COMING
    )
    seen = AgendaItem.objects.visible_to(actor).values("pk")
    for row in rows.exclude(stance="open").filter(item__in=seen).select_related("item__meeting")[:MOST]:
        yield WorkRow(
            title=_("Approve the position: %(title)s") % {"title": row.item.title},
            url=reverse("council:position", args=[row.pk]),
            due=row.item.meeting.starts_at,
            detail=str(row.item.meeting),
            kind="check",
        )


@register
def minutes_to_read(actor: Actor) -> Iterator[WorkRow]:
    """Draft minutes that the own State can still correct. One query."""
    if actor.function != "ministry" or actor.rank < WORKS:
        return
    called = Delegation.objects.visible_to(actor).filter(party_id=actor.party_code).values("meeting")
    rows = Meeting.objects.visible_to(actor).filter(pk__in=called, state=Meeting.State.MINUTES_DRAFT)
    for row in rows.filter(corrections_until__gt=timezone.now()).order_by("corrections_until")[:MOST]:
        yield WorkRow(
            title=_("Read the draft minutes: %(meeting)s") % {"meeting": row},
            url=reverse("council:meeting", args=[row.pk]),
            due=row.corrections_until,
            detail=_("until then your State can correct them"),
            kind="file-text",
        )


@register
def kept_by_the_secretariat(actor: Actor) -> Iterator[WorkRow]:
    """Proposals, credentials and corrections that wait for the Secretariat. Three queries."""
    if actor.function != "secretariat" or actor.rank < WORKS:
        return
    proposals = AgendaItem.objects.visible_to(actor).filter(state=AgendaItem.State.PROPOSED)
    for item in proposals.select_related("meeting", "originator").order_by("meeting__starts_at")[:MOST]:
        yield WorkRow(
            title=_("Proposal: %(title)s") % {"title": item.title},
            url=reverse("council:item", args=[item.pk]),
            due=_end(item.meeting.agenda_deadline, item.meeting),
            detail=f"{item.originator.short_name}, {item.meeting}",
            kind="list",
        )
    presented = Delegation.objects.visible_to(actor).filter(credentials="presented", meeting__state__in=COMING)
    for row in presented.select_related("meeting", "party").order_by("meeting__starts_at")[:MOST]:
        yield WorkRow(
            title=_("Credentials of %(party)s") % {"party": row.party.short_name},
            url=reverse("council:act", args=["meetings", row.meeting_id, "settle_credentials"]),
            due=row.meeting.starts_at,
            detail=str(row.meeting),
            kind="signature",
        )
    corrections = MinutesCorrection.objects.visible_to(actor).filter(
        disposition="open", meeting__state=Meeting.State.MINUTES_DRAFT
    )
    for one in corrections.select_related("meeting", "party").order_by("at")[:MOST]:
        yield WorkRow(
            title=_("Correction by %(party)s") % {"party": one.party.short_name},
            url=reverse("council:act", args=["meetings", one.meeting_id, "settle_correction"]),
            due=one.meeting.corrections_until,
            detail=str(one.meeting),
            kind="pen",
        )
