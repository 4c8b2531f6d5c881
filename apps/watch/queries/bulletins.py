"""Bulletins: those in force, who gets one, who has said that they know, what the clock has to do."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from apps.access.actor import Actor
from apps.people.models import Seat
from apps.rifc import policy as rifc_policy
from apps.rifc.queries import rule, targets, violations
from apps.rifc.queries.audience import Group, Look, Moment
from apps.rifc.rules.facts import Facts, Finding
from apps.rifc.rules.release import invalid, receivable
from apps.watch.models import Bulletin, BulletinReceipt

B, S = Bulletin.State, BulletinReceipt.State
BOXES = ("active", "drafts", "ended")


def rows(actor: Actor | None, before: Any = None) -> Any:
    """Bulletins that the actor sees, with desk and party."""
    return Bulletin.objects.visible_to(actor, before=before).select_related("owner", "originator")


def boxed(found: Any, box: str, actor: Actor) -> Any:
    """Bulletins in force, one's desk's drafts, or those that have ended. ValueError for another box."""
    if box not in BOXES:
        raise ValueError(box)
    if box == "active":
        return found.filter(state__in=sorted(Bulletin.IN_FORCE))
    if box == "drafts":
        return found.filter(state=B.DRAFT, owner_id=actor.desk_id)
    return found.filter(state__in=[B.EXPIRED, B.CANCELLED]).exclude(number="")


def facts(row: Bulletin, desk: str) -> Facts:
    """What the rule of release knows of a bulletin of a desk."""
    return Facts(
        state="shared",
        originator=row.originator_id,
        desk=desk,
        classification=row.level,
        tlp=row.tlp,
        handling=frozenset(row.handling),
        eyes=frozenset(row.eyes),
    )


def told(row: Bulletin, desks: Iterable[int], **more: Any) -> dict[str, Any]:
    """What listeners are told: desks, number, level; never a word of it."""
    return {"number": row.number, "level": row.level, "desks": sorted(set(desks)), **more}


def audience_of(row: Bulletin) -> list[int]:
    """Ids of the desks that it was sent to."""
    return sorted(set(BulletinReceipt.objects.filter(bulletin=row).values_list("desk_id", flat=True)))


KNOWN = {
    "acknowledged": ("ok", "check", pgettext_lazy("words, watch", "Acknowledged")),
    "overdue": ("bad", "alert", pgettext_lazy("words, watch", "Receipt overdue")),
    "void": ("mute", "minus", gettext_lazy("No longer needed")),
    "opened": ("warn", "eye", gettext_lazy("Opened, not acknowledged")),
    "sent": ("warn", "circle", pgettext_lazy("words, watch", "Not opened")),
}


def how_known(receipt: BulletinReceipt) -> tuple[str, str, Any]:
    """Kind, picture and words of how far a receipt has come."""
    return KNOWN[receipt.state]


def receipts(actor: Actor, row: Bulletin) -> list[BulletinReceipt]:
    """For the desk that issued it what each desk was last asked; for others none. One query."""
    if actor.desk_id != row.owner_id:
        return []
    found = BulletinReceipt.objects.visible_to(actor).filter(bulletin=row, round=row.round)
    return list(found.select_related("desk__party", "desk__function").order_by("desk__code"))


def own_receipts(actor: Actor, found: Sequence[Bulletin]) -> dict[Any, BulletinReceipt]:
    """What one's desk was last asked, by bulletin. One query."""
    mine = BulletinReceipt.objects.visible_to(actor).filter(
        bulletin__in=[one.pk for one in found], desk_id=actor.desk_id, round=F("bulletin__round")
    )
    return {one.bulletin_id: one for one in mine}


def own_receipt(actor: Actor, row: Bulletin) -> BulletinReceipt | None:
    """What one's desk was last asked of a bulletin."""
    return own_receipts(actor, [row]).get(row.pk)


def overdue(actor: Actor, now: datetime.datetime, every: datetime.timedelta, times: int) -> list[BulletinReceipt]:
    """Receipts that are late and not noted so, or of which it is time to remind again; for the clock."""
    waiting = BulletinReceipt.objects.visible_to(actor).filter(state__in=sorted(BulletinReceipt.WAITING), due__lte=now)
    again = Q(reminded__lt=times, reminded_at__lte=now - every)
    found = waiting.filter(Q(late=False) | again, bulletin__state__in=[B.ISSUED, B.RENEWED, B.CANCELLED])
    return list(found.select_related("bulletin").order_by("pk")[:200])


def ended(actor: Actor, now: datetime.datetime) -> list[Bulletin]:
    """Bulletins whose end has passed; for the clock."""
    found = Bulletin.objects.visible_to(actor).filter(state__in=sorted(Bulletin.IN_FORCE), valid_to__lte=now)
    return list(found.order_by("pk")[:200])


def look(actor: Actor, known: Facts, to: Iterable[str]) -> Look:
    """Who gets a bulletin of this marking, person by person: while it is written, and then. Five queries."""
    wrong = [violations.sentence(violations.Finding(code)) for code in invalid(known) if code != "P4"]
    if wrong:
        return Look([], [], wrong)
    codes, unknown = targets.expanded(list(to))
    unknown += sorted(set(known.eyes) - set(rule.members()))
    found = {code: one for code, one in rule.targets(codes).items() if code != actor.desk_code}
    readers = {code for code in found if code.partition(".")[2] in rifc_policy.READERS}
    findings = [receivable(known, one) for one in found.values()]
    shut = [violations.sentence(one) for one in findings if isinstance(one, Finding)]
    shut += [_("%(code)s: ministries are sent finished products only.") % {"code": code} for code in sorted(readers)]
    shut += [_("%(code)s: no such desk or member.") % {"code": code} for code in unknown]
    sent = set(found) - readers - {one.at for one in findings if one is not None}
    people = _people({*sent, actor.desk_code}, known.classification)
    return Look(
        [
            Moment(_("While in draft"), _groups(people, {actor.desk_code}, actor.party_code)),
            Moment(
                pgettext("words, watch", "Once issued"), _groups(people, {*sent, actor.desk_code}, actor.party_code)
            ),
        ],
        shut,
        [],
    )


def _people(desks: set[str], level: int) -> list[Any]:
    """Seats in force at desks whose people are cleared for a level. One query."""
    seats = Seat.objects.current().filter(desk__code__in=sorted(desks)).exclude(kind=Seat.Kind.SERVICE)
    seats = seats.filter(user__clearance__gte=level, desk__function__max_level__gte=level)
    return list(seats.select_related("desk__party", "desk__function"))


def _groups(people: Sequence[Any], desks: set[str], first: str) -> list[Group]:
    counts: dict[str, int] = defaultdict(int)
    functions: dict[str, dict[str, str]] = defaultdict(dict)
    names: dict[str, str] = {}
    for seat in people:
        if seat.desk.code in desks:
            party = seat.desk.party_id
            counts[party] += 1
            functions[party][seat.desk.code] = seat.desk.function.name
            names[party] = seat.desk.party.short_name
    order = sorted(names, key=lambda party: (party != first, names[party]))
    return [
        Group(party, names[party], ", ".join(sorted(functions[party].values())), len(functions[party]), counts[party])
        for party in order
    ]
