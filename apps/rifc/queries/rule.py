"""The rule of release asked about rows: what it has to know of a report, of a seat, and of a desk."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import BigIntegerField, Q, TextField, Value

from apps.access.actor import Actor
from apps.access.database_context import beyond
from apps.people.models import Desk, PartyPeriod
from apps.rifc import policy
from apps.rifc.models import MouMembership, NamedPerson, RecallAck, Receipt, Report
from apps.rifc.queries import vocabulary
from apps.rifc.rules.facts import RED, RESTRICTED, Facts, Target, Viewer

INTERNAL = "internal-forward"


def members(day: datetime.date | None = None) -> dict[str, Any]:
    """Memberships of the MoU in force on a day (today), by party. One query."""
    at = day or vocabulary.today()
    held = Q(in_force_from__lte=at) & (Q(in_force_to=None) | Q(in_force_to__gt=at))
    return {row.party_id: row for row in MouMembership.objects.filter(held)}


def is_member(party: str) -> bool:
    """Whether the MoU is in force for a party today. One query."""
    at = vocabulary.today()
    held = Q(in_force_from__lte=at) & (Q(in_force_to=None) | Q(in_force_to__gt=at))
    return MouMembership.objects.filter(held, party=party).exists()


def own_rules(party: str) -> Any:
    """What a party does its own way (its membership row); None where the MoU is not in force for it."""
    return members().get(party)


def releasable_alone(report: Report) -> bool:
    """Whether who wrote it may release it: a spot report, or up to RESTRICTED where its party allows it."""
    if report.variant_of_id is not None:
        return False
    if report.kind == "spot_report":
        return True
    own = own_rules(report.originator_id) if report.level <= RESTRICTED else None
    return own is not None and bool(own.self_release)


def kinds_of_parties(kinds: Iterable[str] = ()) -> dict[str, str]:
    """{party: what it is today}, of some kinds or all. One query."""
    at = vocabulary.today()
    rows = PartyPeriod.objects.filter(Q(valid_from__lte=at) & (Q(valid_to=None) | Q(valid_to__gt=at)))
    wanted = list(kinds)
    rows = rows.filter(kind__in=wanted) if wanted else rows
    return dict(rows.values_list("party_id", "kind"))


def viewer_of(actor: Actor) -> Viewer:
    """The actor as the rule knows them. Two queries."""
    return Viewer(
        party=actor.party_code,
        desk=actor.desk_code,
        clearance=actor.clearance,
        person=str(actor.user_id),
        roles=policy.roles_of(actor),
        mou=actor.party_code in members(),
        associate=kinds_of_parties(["associate_member"]).get(actor.party_code) is not None,
        community=actor.function in policy.CISNET,
    )


def facts_of(reports: Sequence[Report]) -> dict[Any, Facts]:
    """What the rule knows of versions, by key. One query."""
    desks: dict[Any, str] = {}
    sent, forwards, dropped, persons = (defaultdict(set) for _ in range(4))  # type: ignore[var-annotated]
    for kind, report, desk, user, basis, state in _entries([row.pk for row in reports]):
        name = str(user) if user else desk
        if kind == "owner":
            desks[report] = desk
        elif kind == "named":
            persons[report].add(name)
        elif kind == "ack" or state == Receipt.State.WITHDRAWN:
            dropped[report].add(name)
        elif not user:
            (forwards if basis == INTERNAL else sent)[report].add(desk)
    return {
        row.pk: Facts(
            state="recalled" if row.recalled_at else row.state,
            originator=row.originator_id,
            desk=desks[row.pk],
            classification=row.level,
            tlp=row.tlp,
            orcon=row.orcon,
            handling=frozenset(row.handling),
            eyes=frozenset(row.eyes),
            recipients=frozenset() if row.tlp == RED else frozenset(sent[row.pk]),
            persons=frozenset(persons[row.pk]),
            forwards=frozenset(forwards[row.pk]),
            dropped=frozenset(dropped[row.pk]),
            third_parties=frozenset(row.third_parties),
        )
        for row in reports
    }


def _entries(keys: list[Any]) -> Any:
    """(kind, version, desk, person, basis, state) of all whom versions were given to: one statement over four tables.

    Kinds: owner, receipt, ack (of a recall), named. What a kind does not have is empty.
    """
    nobody, nothing = Value(None, BigIntegerField()), Value("", TextField())
    receipts = Receipt.objects.filter(report__in=keys).values_list(
        Value("receipt", TextField()), "report_id", "desk__code", "user_id", "basis", "state"
    )
    acks = RecallAck.objects.filter(report__in=keys).values_list(
        Value("ack", TextField()), "report_id", "desk__code", "user_id", nothing, nothing
    )
    named = NamedPerson.objects.filter(report__in=keys, withdrawn_at=None).values_list(
        Value("named", TextField()), "report_id", nothing, "user_id", nothing, nothing
    )
    owners = (
        beyond(Report.objects.all(), "sharing")
        .filter(pk__in=keys)
        .values_list(Value("owner", TextField()), "pk", "owner__code", nobody, nothing, nothing)
    )
    return owners.union(receipts, acks, named, all=True)


def facts(report: Report) -> Facts:
    """What the rule knows of one version."""
    return facts_of([report])[report.pk]


def targets(codes: Iterable[str]) -> dict[str, Target]:
    """Active desks of these codes as the rule knows them. Three queries."""
    mou, associates = members(), kinds_of_parties(["associate_member"])
    rows = Desk.objects.filter(code__in=list(codes), active=True).select_related("function")
    return {row.code: as_target(row, mou, associates) for row in rows}


def as_target(desk: Any, mou: dict[str, Any], associates: dict[str, str]) -> Target:
    """A desk (its function loaded) as the rule knows it."""
    return Target(
        party=desk.party_id,
        desk=desk.code,
        ceiling=desk.function.max_level,
        mou=desk.party_id in mou,
        associate=desk.party_id in associates,
    )
