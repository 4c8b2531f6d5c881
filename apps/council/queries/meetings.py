"""Reads around a meeting: its delegations, what all of them see, and what each page shows."""

import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils import timezone
from guardian.utils import get_group_obj_perms_model

from apps.access.actor import Actor
from apps.access.managers import permission_id
from apps.council.models import AgendaItem, Delegation, Meeting, MinutesCorrection, Position
from apps.council.queries import audience
from apps.council.queries.agenda import place
from apps.council.rules import places
from apps.council.rules.titles import meeting_name
from apps.notices.models import Notice
from apps.people.models import Party

COMING = ("convened", "agenda_open", "agenda_closed", "adjourned")
"""States of a meeting that is called and not in session."""
FIRST_REMINDER, LAST_REMINDER = datetime.timedelta(days=14), datetime.timedelta(days=3)
RUNNING = ("in_session", "suspended", "adjourned")
"""States of a meeting whose session has begun and is not closed."""
PAST = ("closed", "minutes_draft", "minutes_agreed")
"""States of a meeting that took place and is over."""


def title_of(meeting: Meeting) -> str:
    """ "Fifth Meeting, Council for National Security and Law Enforcement"."""
    return f"{meeting_name(meeting.number, meeting.kind)}, {meeting.organ.name}"


def without_credentials(meeting: Meeting) -> list[str]:
    """States that have not said that they stay away, and whose credentials are missing or were refused."""
    rows = Delegation.objects.filter(meeting=meeting, credentials__in=["missing", "refused"])
    return sorted(rows.exclude(answer=Delegation.Answer.DECLINED).values_list("party_id", flat=True))


def to_remind(now: datetime.datetime) -> list[tuple[Meeting, str]]:
    """(meeting, step) of those whose States still have to be reminded of credentials: steps "14" and "3" days."""
    found = []
    for meeting in Meeting.objects.filter(state__in=COMING, starts_at__gt=now, starts_at__lte=now + FIRST_REMINDER):
        step = "3" if meeting.starts_at <= now + LAST_REMINDER else "14"
        told = Notice.objects.filter(code="credentials.missing", object_id=str(meeting.pk), step=step)
        if without_credentials(meeting) and not told.exists():
            found.append((meeting, step))
    return found


def groups_of_delegations(meeting: Meeting, votes: bool) -> list[int]:
    """Group ids of the ministries called to a meeting; with `votes` of the Member States alone."""
    rows = Delegation.objects.filter(meeting=meeting)
    parties = (rows.filter(votes=True) if votes else rows).values_list("party_id", flat=True)
    return audience.ministries(list(parties))


def seen_by_all(model: Any, meeting: Meeting, groups: list[int]) -> list[Any]:
    """Records of a meeting that every one of these groups may see now: what a newcomer is shown as well."""
    grants: Any = get_group_obj_perms_model(model)
    seen = grants.objects.filter(
        content_object__meeting=meeting,
        group_id__in=groups,
        permission_id=permission_id(model, "view"),
        until__gt=Now(),
    )
    counted = seen.values("content_object_id").annotate(n=Count("group_id", distinct=True)).filter(n=len(set(groups)))
    return list(model.objects.filter(pk__in=[row["content_object_id"] for row in counted])) if groups else []


def last_meeting(meeting: Meeting) -> Meeting | None:
    """The meeting of the same organ before this one that took place, None for the first."""
    rows = Meeting.objects.filter(organ_id=meeting.organ_id, state__in=PAST, starts_at__lt=meeting.starts_at)
    return rows.order_by("-starts_at").first()


def next_meeting(organ: str, now: datetime.datetime) -> Meeting | None:
    """The organ's next meeting that is called, None while there is none."""
    rows = Meeting.objects.filter(organ_id=organ, state__in=COMING, starts_at__gt=now).order_by("starts_at")
    return rows.first()


def left_over(meeting: Meeting) -> list[Any]:
    """Items of the organ's other meetings that were deferred and stand on no later agenda yet, oldest first."""
    carried = AgendaItem.objects.exclude(carried_from=None).values("carried_from")
    rows = AgendaItem.objects.filter(meeting__organ_id=meeting.organ_id, state=AgendaItem.State.DEFERRED)
    return list(rows.exclude(meeting=meeting).exclude(pk__in=carried).order_by("meeting__starts_at", "position"))


def zone_of(place: str, chair: str | None) -> str:
    """The time zone of a place that names a town or State of the Community, else of the State in the chair; or ""."""
    zones: dict[str, str] = {}
    names: dict[str, str] = {}
    states = Party.objects.exclude(alpha2="").values_list("code", "short_name", "time_zone")
    for code, name, zone in states:
        zones[code], names[name] = zone, code
    return zones.get(places.party_of(place, names) or chair or "", "")


def meetings(actor: Actor | None) -> Any:
    """Meetings that the actor sees, with organ and chair."""
    return Meeting.objects.visible_to(actor).select_related("organ", "chair", "rule_set")


def not_over(prefix: str = "") -> Q:
    """Meetings that are called and not past their end, or going on; `prefix` is the way to them, "meeting__"."""
    runs = Q(**{f"{prefix}state__in": RUNNING})
    called = Q(**{f"{prefix}state__in": COMING, f"{prefix}ends_at__gt": timezone.now()})
    return runs | called


def taken_part_in(actor: Actor) -> Any:
    """Meetings of any organ that come or go on, and that the actor's party has not said to stay away from."""
    away = Delegation.objects.visible_to(actor).filter(
        meeting=OuterRef("pk"), party_id=actor.party_code, answer=Delegation.Answer.DECLINED
    )
    return Meeting.objects.visible_to(actor).filter(not_over(), ~Exists(away))


def coming(actor: Actor | None) -> list[Any]:
    """Meetings to come and going on, the next one first; drafts and called-off ones not over yet among them."""
    return list(meetings(actor).exclude(_is_over()).order_by("starts_at")[:50])


def _is_over() -> Q:
    """Closed, or past its end; a session that runs on is not over."""
    return Q(state__in=PAST) | Q(ends_at__lte=timezone.now()) & ~Q(state__in=RUNNING)


def over(actor: Actor | None) -> Any:
    """Meetings of the past, unordered, for pages by key."""
    return meetings(actor).filter(_is_over())


def delegations(actor: Actor | None, meeting: Meeting) -> list[Any]:
    """Delegations of a visible meeting: Member States in roll-call order, then Associate Members. One query."""
    rows = Delegation.objects.visible_to(actor).filter(meeting=meeting).select_related("party")
    return sorted(rows, key=_roll_call)


def positions(actor: Actor, meeting: Meeting) -> dict[Any, Any]:
    """{item id: position} of the actor's own ministry. One query."""
    rows = Position.objects.visible_to(actor).filter(item__meeting=meeting, owner_id=actor.desk_id)
    return {row.item_id: row for row in rows}


def own_delegation(actor: Actor, meeting: Meeting) -> Delegation | None:
    """The delegation of the actor's party, None when it was not called."""
    return Delegation.objects.visible_to(actor).filter(meeting=meeting, party_id=actor.party_code).first()


def position_on(actor: Actor, item: AgendaItem) -> Position | None:
    """The position of the actor's own ministry on an item, None when it has none."""
    return Position.objects.visible_to(actor).filter(item=item, owner_id=actor.desk_id).first()


def seen(actor: Actor, model: Any, pk: Any) -> Any:
    """The record with this key if the actor sees it, else None; no query without a key."""
    return model.objects.visible_to(actor).filter(pk=pk).first() if pk else None


def corrections(actor: Actor, meeting: Meeting) -> list[Any]:
    """Corrections of a meeting's minutes in the order of their arrival; no query before there are minutes."""
    if not meeting.minutes:
        return []
    return list(
        MinutesCorrection.objects.visible_to(actor).filter(meeting=meeting).select_related("party").order_by("at")
    )


def with_agenda(actor: Actor | None, rows: list[Any]) -> list[Any]:
    """The meetings, each with `agenda` (items that the actor sees) and `delegations`. Two queries for any number."""
    items = AgendaItem.objects.visible_to(actor).filter(meeting__in=rows)
    called = Delegation.objects.visible_to(actor).filter(meeting__in=rows).select_related("party")
    by_id = {row.pk: row for row in rows}
    for row in rows:
        row.agenda, row.delegations = [], []
    for item in sorted(items.exclude(state__in=["rejected", "withdrawn"]), key=place):
        by_id[item.meeting_id].agenda.append(item)
    for one in sorted(called, key=_roll_call):
        by_id[one.meeting_id].delegations.append(one)
    return rows


def _roll_call(row: Delegation) -> tuple[Any, ...]:
    return not row.votes, row.party.roll_call_order or 0, row.party.name
