"""What of the Council's records waits for a seat, for My desk."""

import datetime
from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q, Subquery
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
def own_meetings(actor: Actor) -> Iterator[WorkRow]:
    """Of the own State: invitations without an answer, delegations without credentials, draft minutes. One query."""
    if actor.function != "ministry" or actor.rank < WORKS:
        return
    open_ = Q(answer="none") | Q(answer="accepted", credentials__in=["missing", "refused"])
    minutes = Q(meeting__state=Meeting.State.MINUTES_DRAFT, meeting__corrections_until__gt=timezone.now())
    rows = Delegation.objects.visible_to(actor).filter(party_id=actor.party_code)
    rows = rows.filter(Q(meeting__state__in=COMING) & open_ | minutes).select_related("meeting")
    for row in rows.order_by("meeting__starts_at")[:MOST]:
        yield _minutes(row.meeting) if row.meeting.state == Meeting.State.MINUTES_DRAFT else _delegation(row)


def _delegation(row: Delegation) -> WorkRow:
    unanswered = row.answer == "none"
    title = _("Answer the invitation: %(meeting)s") if unanswered else _("Credentials: %(meeting)s")
    return WorkRow(
        title=title % {"meeting": row.meeting},
        url=reverse("council:meeting", args=[row.meeting_id]),
        due=_end(row.meeting.agenda_deadline, row.meeting) if unanswered else row.meeting.starts_at,
        detail=row.meeting.place,
        kind="mail" if unanswered else "signature",
    )


def _minutes(meeting: Meeting) -> WorkRow:
    return WorkRow(
        title=_("Read the draft minutes: %(meeting)s") % {"meeting": meeting},
        url=reverse("council:meeting", args=[meeting.pk]),
        due=meeting.corrections_until,
        detail=_("until then your State can correct them"),
        kind="file-text",
    )


@register
def own_positions(actor: Actor) -> Iterator[WorkRow]:
    """Positions to write on items to decide or recommend on, and for who decides positions to approve. One query."""
    if actor.function != "ministry" or actor.rank < WORKS:
        return
    own = Position.objects.visible_to(actor).filter(owner_id=actor.desk_id, item=OuterRef("pk"))
    decided = own.exclude(stance=Position.Stance.OPEN)
    # a ministry has one position on an item at most; who cannot approve it is not asked
    drafts = decided.filter(state=Position.State.DRAFT) if actor.rank >= DECIDES else decided.none()
    called = Delegation.objects.visible_to(actor).filter(party_id=actor.party_code).values("meeting")
    bare = Q(state__in=["accepted", "scheduled"], kind__in=TO_SPEAK_TO, meeting__in=called) & ~Exists(decided)
    items = AgendaItem.objects.visible_to(actor).filter(meeting__state__in=COMING).select_related("meeting")
    items = items.annotate(draft=Subquery(drafts.values("pk")[:1])).filter(bare | Q(draft__isnull=False))
    for item in items.order_by("meeting__starts_at", "position")[:MOST]:
        title = _("Approve the position: %(title)s") if item.draft else _("Write a position: %(title)s")
        place = reverse("council:position", args=[item.draft]) if item.draft else None
        yield WorkRow(
            title=title % {"title": item.title},
            url=place or reverse("council:item", args=[item.pk]),
            due=item.meeting.starts_at,
            detail=str(item.meeting),
            kind="check" if item.draft else "pen",
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
