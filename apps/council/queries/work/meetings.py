"""What of the Council's meetings waits for a seat, for My work."""

import datetime
from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.access.actor import DECIDES, WORKS, Actor
from apps.council.models import AgendaItem, Delegation, Meeting, MinutesCorrection, Position
from apps.council.queries.briefs import TO_SPEAK_TO
from apps.council.queries.meetings import COMING
from apps.council.rules.schedule import end_of_day
from apps.council.rules.titles import meeting_name
from apps.people.queries.work import Ask, Facts, Together, WorkRow, day, moment, same_for_a_seat

OF_MEETING = ("number", "kind", "organ_id", "time_zone", "starts_at", "agenda_deadline", "corrections_until", "place")


def of_meeting(prefix: str = "meeting__") -> dict[str, str]:
    """Columns of a meeting that is read with one of its parts: "meeting_number" and so on, "meeting_pk"."""
    return {f"meeting_{name}": f"{prefix}{name}" for name in (*OF_MEETING, "pk")}


def name_of(facts: Facts) -> str:
    """What the meeting is called."""
    return f"{meeting_name(facts['meeting_number'], facts['meeting_kind'])}, {facts['meeting_organ_id']}"


def _closes(facts: Facts) -> datetime.datetime | None:
    """The end of the day on which the agenda closes."""
    last = day(facts["meeting_agenda_deadline"])
    return end_of_day(last, facts["meeting_time_zone"]) if last else None


def page_of(facts: Facts) -> str:
    """The meeting's page."""
    return reverse("council:meeting", args=[facts["meeting_pk"]])


def brief_of(facts: Facts) -> Together:
    """What a State has to do for one meeting: its brief leads to all of it."""
    page = reverse("council:brief", args=[facts["meeting_pk"]])
    return Together(
        pgettext("words, council", "Prepare %(meeting)s") % {"meeting": name_of(facts)}, page, _("Open the brief")
    )


def _of_meeting(facts: Facts) -> Together:
    """What the Secretariat has to settle for one meeting."""
    return Together(name_of(facts), page_of(facts), _("Open the meeting"))


def own_meetings(actor: Actor) -> Iterator[Ask]:
    """Of the own State: invitations without an answer, delegations without credentials, draft minutes."""
    if actor.function != "ministry" or actor.rank < WORKS:
        return
    open_ = Q(answer="none") | Q(answer="accepted", credentials__in=["missing", "refused"])
    minutes = Q(meeting__state=Meeting.State.MINUTES_DRAFT, meeting__corrections_until__gt=timezone.now())
    rows = Delegation.objects.visible_to(actor).filter(party_id=actor.party_code)
    rows = rows.filter(Q(meeting__state__in=COMING) & open_ | minutes)
    facts = of_meeting() | {"answer": "answer", "state": "meeting__state"}
    yield Ask(rows, ["meeting__starts_at"], facts, lambda facts: [_of_delegation(facts)])


def _of_delegation(facts: Facts) -> WorkRow:
    if facts["state"] == Meeting.State.MINUTES_DRAFT:
        return _minutes(facts)
    unanswered = facts["answer"] == "none"
    title = (
        _("Answer the invitation: %(meeting)s")
        if unanswered
        else pgettext("words, council", "Present credentials: %(meeting)s")
    )
    return WorkRow(
        title=title % {"meeting": name_of(facts)},
        url=page_of(facts),
        due=_closes(facts) if unanswered else moment(facts["meeting_starts_at"]),
        detail=facts["meeting_place"],
        kind="mail" if unanswered else "signature",
        act=pgettext("button, council", "Answer") if unanswered else pgettext("verb", "Present"),
        step="invitation" if unanswered else "credentials",
        together=brief_of(facts),
    )


def _minutes(facts: Facts) -> WorkRow:
    return WorkRow(
        title=_("Read the draft minutes: %(meeting)s") % {"meeting": name_of(facts)},
        url=page_of(facts),
        due=moment(facts["meeting_corrections_until"]),
        detail=_("Your State can correct them until then"),
        kind="file-text",
        act=pgettext("button, council", "Read"),
        step="minutes",
    )


@same_for_a_seat
def own_positions(actor: Actor) -> Iterator[Ask]:
    """Positions to write on items to decide or recommend on, and for who decides positions to approve."""
    if actor.function != "ministry" or actor.rank < WORKS:
        return
    own = Position.objects.visible_to(actor).filter(owner_id=actor.desk_id, item=OuterRef("pk"))
    decided = own.exclude(stance=Position.Stance.OPEN)
    # a ministry has one position on an item at most; who cannot approve it is not asked
    drafts = decided.filter(state=Position.State.DRAFT) if actor.rank >= DECIDES else decided.none()
    called = Delegation.objects.visible_to(actor).filter(party_id=actor.party_code).values("meeting")
    bare = Q(state__in=["accepted", "scheduled"], kind__in=TO_SPEAK_TO, meeting__in=called) & ~Exists(decided)
    items = AgendaItem.objects.visible_to(actor).filter(meeting__state__in=COMING)
    items = items.annotate(draft=Subquery(drafts.values("pk")[:1])).filter(bare | Q(draft__isnull=False))
    facts = of_meeting() | {"pk": "pk", "title": "title", "draft": "draft"}
    yield Ask(items, ["meeting__starts_at", "position"], facts, lambda facts: [_position(facts)])


def _position(facts: Facts) -> WorkRow:
    draft = facts["draft"]
    title = _("Approve the position: %(title)s") if draft else _("Write a position: %(title)s")
    return WorkRow(
        title=title % {"title": facts["title"]},
        url=reverse("council:position", args=[draft]) if draft else reverse("council:item", args=[facts["pk"]]),
        due=moment(facts["meeting_starts_at"]),
        detail=name_of(facts),
        kind="check" if draft else "pen",
        act=pgettext("button, council", "Approve") if draft else pgettext("button, council", "Write"),
        together=brief_of(facts),
    )


@same_for_a_seat
def kept_by_the_secretariat(actor: Actor) -> Iterator[Ask]:
    """Proposals, credentials and corrections that wait for the Secretariat."""
    if actor.function != "secretariat" or actor.rank < WORKS:
        return
    by_date = ["meeting__starts_at"]
    proposals = AgendaItem.objects.visible_to(actor).filter(state=AgendaItem.State.PROPOSED)
    facts = of_meeting() | {"pk": "pk", "title": "title", "party": "originator__short_name"}
    yield Ask(proposals, by_date, facts, lambda facts: [_proposal(facts)])
    presented = Delegation.objects.visible_to(actor).filter(credentials="presented", meeting__state__in=COMING)
    facts = of_meeting() | {"party": "party__short_name", "pk": "pk"}
    yield Ask(presented, by_date, facts, lambda facts: [_credentials(facts)])
    corrections = MinutesCorrection.objects.visible_to(actor).filter(
        disposition="open", meeting__state=Meeting.State.MINUTES_DRAFT
    )
    yield Ask(corrections, ["at"], facts, lambda facts: [_correction(facts)])


def _proposal(facts: Facts) -> WorkRow:
    return WorkRow(
        title=pgettext("heading, council", "Decide on the proposal: %(title)s") % {"title": facts["title"]},
        url=reverse("council:item", args=[facts["pk"]]),
        due=_closes(facts),
        detail=f"{facts['party']}, {name_of(facts)}",
        kind="list",
        act=pgettext("button, council", "Decide"),
        together=_of_meeting(facts),
    )


def _credentials(facts: Facts) -> WorkRow:
    return WorkRow(
        title=pgettext("heading, council", "Credentials of %(party)s") % {"party": facts["party"]},
        url=reverse("council:act", args=["meetings", facts["meeting_pk"], "settle_credentials"]),
        due=moment(facts["meeting_starts_at"]),
        detail=name_of(facts),
        kind="signature",
        act=pgettext("button, council", "Decide"),
        record=page_of(facts),
        step=f"credentials {facts['party']}",
        together=_of_meeting(facts),
    )


def _correction(facts: Facts) -> WorkRow:
    return WorkRow(
        title=pgettext("heading, council", "Correction by %(party)s") % {"party": facts["party"]},
        url=reverse("council:act", args=["meetings", facts["meeting_pk"], "settle_correction"]),
        due=moment(facts["meeting_corrections_until"]),
        detail=name_of(facts),
        kind="pen",
        act=pgettext("button, council", "Decide"),
        record=page_of(facts),
        step=f"correction {facts['party']} {facts['pk']}",
        together=_of_meeting(facts),
    )
