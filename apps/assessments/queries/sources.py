"""The reports on which an assessment rests, and which of those who take part cannot see them."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q

from apps.access.actor import DECIDES, Actor
from apps.access.database_context import beyond
from apps.assessments import policy
from apps.assessments.models import Assessment
from apps.people.models import Desk, PartyPeriod
from apps.rifc import policy as rifc
from apps.rifc.models import MouMembership, Report
from apps.rifc.queries import rule, vocabulary
from apps.rifc.rules import release
from apps.rifc.rules.facts import Viewer


def in_force(threads: Iterable[uuid.UUID]) -> dict[uuid.UUID, Report]:
    """The version in force of each report, by thread; recalled ones are missing. For the rule alone. One query."""
    rows = beyond(Report.objects.all(), "assessment").filter(
        thread__in=set(threads), state=Report.State.SHARED, recalled_at=None
    )
    return {one.thread: one for one in rows.order_by("edition")}


def recalled(threads: set[uuid.UUID]) -> set[uuid.UUID]:
    """Those of these reports of which no version is in force since they were recalled. One query; none for none."""
    if not threads:
        return set()
    rows = beyond(Report.objects.all(), "assessment").filter(
        thread__in=threads, state__in=[Report.State.RECALLED, Report.State.SHARED]
    )
    known = list(rows.values_list("thread", "state"))
    return {thread for thread, _state in known} - {thread for thread, state in known if state == Report.State.SHARED}


def desks_of(parties: Iterable[str]) -> list[Any]:
    """Desks by which parties take part: points of contact and who signs. One query."""
    return list(_desks(parties))


def _desks(parties: Iterable[str]) -> Any:
    rows = Desk.objects.filter(party__in=list(parties), active=True, function__in=sorted(policy.SIGNS))
    return rows.select_related("function", "party").order_by("code")


def signatories(parties: Iterable[str]) -> dict[str, list[Viewer]]:
    """Who would sign for these parties, as the rule of release knows them, by party. One query."""
    at = vocabulary.today()
    mou = MouMembership.objects.filter(Q(in_force_to=None) | Q(in_force_to__gt=at), in_force_from__lte=at)
    associate = PartyPeriod.objects.filter(Q(valid_to=None) | Q(valid_to__gt=at), valid_from__lte=at)
    rows = _desks(parties).annotate(
        mou=Exists(mou.filter(party=OuterRef("party"))),
        associate=Exists(associate.filter(party=OuterRef("party"), kind="associate_member")),
    )
    found: dict[str, list[Viewer]] = {}
    for desk in rows:
        viewer = Viewer(
            party=desk.party_id,
            desk=desk.code,
            clearance=desk.function.max_level,
            person="",
            roles=rifc.roles(desk.function_id, DECIDES),
            mou=desk.mou,
            associate=desk.associate,
            community=desk.function_id in rifc.CISNET,
        )
        found.setdefault(desk.party_id, []).append(viewer)
    return found


def known(
    reader: Actor, threads: Iterable[uuid.UUID]
) -> tuple[dict[uuid.UUID, Report], dict[uuid.UUID, Report], set[uuid.UUID]]:
    """({report: its version in force}, {report: the newest version that the reader sees}, recalled ones). One query."""
    wanted = set(threads)
    if not wanted:
        return {}, {}, set()
    seen = Report.objects.visible_to(reader).filter(pk=OuterRef("pk"))
    rows = list(
        beyond(Report.objects.all(), "assessment")
        .filter(thread__in=wanted)
        .annotate(seen=Exists(seen))
        .order_by("edition")
    )
    force = {one.thread: one for one in rows if one.state == Report.State.SHARED and one.recalled_at is None}
    gone = {one.thread for one in rows if one.state == Report.State.RECALLED} - set(force)
    return force, {one.thread: one for one in rows if one.seen}, gone


def blind(
    row: Assessment, threads: Iterable[uuid.UUID], force: dict[uuid.UUID, Report] | None = None
) -> dict[uuid.UUID, list[str]]:
    """{report: parties that take part and of which nobody who signs may see it}; every party for one not in force.

    Three queries; two where the versions in force are given.
    """
    wanted = set(threads)
    if not wanted or not row.accepted:
        return {}
    reports = in_force(wanted) if force is None else {key: one for key, one in force.items() if key in wanted}
    facts = rule.facts_of(list(reports.values()))
    seats = signatories(row.accepted)
    missing: dict[uuid.UUID, list[str]] = {}
    for thread in sorted(wanted):
        report = reports.get(thread)
        unseen = [
            party
            for party in sorted(row.accepted)
            if report is None
            or not any(release.view(facts[report.pk], one).result == release.FULL for one in seats.get(party, []))
        ]
        if unseen:
            missing[thread] = unseen
    return missing
