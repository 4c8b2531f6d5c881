"""The reports on which an assessment rests, and which of those who take part cannot see them."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from apps.access.actor import DECIDES
from apps.assessments import policy
from apps.assessments.models import Assessment
from apps.people.models import Desk
from apps.rifc import policy as rifc
from apps.rifc.models import Report
from apps.rifc.queries import rule
from apps.rifc.rules import release
from apps.rifc.rules.facts import Viewer


def in_force(threads: Iterable[uuid.UUID]) -> dict[uuid.UUID, Report]:
    """The version in force of each report, by thread; recalled ones are missing. For the rule alone. One query."""
    rows = Report.objects.filter(thread__in=set(threads), state=Report.State.SHARED, recalled_at=None)
    return {one.thread: one for one in rows.order_by("edition")}


def desks_of(parties: Iterable[str]) -> list[Any]:
    """Desks by which parties take part: points of contact and who signs. One query."""
    rows = Desk.objects.filter(party__in=list(parties), active=True, function__in=sorted(policy.SIGNS))
    return list(rows.select_related("function", "party").order_by("code"))


def signatories(desks: Sequence[Any]) -> dict[str, list[Viewer]]:
    """Who would sign at these desks, as the rule of release knows him, by party. Two queries."""
    mou, associates = rule.members(), rule.kinds_of_parties(["associate_member"])
    found: dict[str, list[Viewer]] = {}
    for desk in desks:
        viewer = Viewer(
            party=desk.party_id,
            desk=desk.code,
            clearance=desk.function.max_level,
            person="",
            roles=rifc.roles(desk.function_id, DECIDES),
            mou=desk.party_id in mou,
            associate=desk.party_id in associates,
            community=desk.function_id in rifc.CISNET,
        )
        found.setdefault(desk.party_id, []).append(viewer)
    return found


def blind(row: Assessment, threads: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[str]]:
    """{report: parties that take part and of which nobody who signs may see it}; every party for one not in force."""
    wanted = set(threads)
    if not wanted or not row.accepted:
        return {}
    reports = in_force(wanted)
    facts = rule.facts_of(list(reports.values()))
    seats = signatories(desks_of(row.accepted))
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
