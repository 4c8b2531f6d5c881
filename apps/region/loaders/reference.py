"""Reference data of the register: groups, systems, instruments, laws, initiatives, and the facts of 2008. Each start.

Facts are added once, by what they say and when it was recorded; one that was corrected since is not added again.
"""

import datetime
import json
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.db import transaction

from apps.people.models import Party
from apps.region.models import (
    Grouping,
    GroupingMember,
    Indicator,
    Initiative,
    InitiativeStatus,
    Instrument,
    InstrumentParty,
    InstrumentStep,
    Participation,
    PartyStep,
    StagePeriod,
    StatedCount,
    System,
    SystemPeriod,
    Topic,
    Track,
    TrackStep,
)
from apps.region.rules import entry_into_force

SEED = Path(__file__).parents[1] / "seed"
REPORT = datetime.date(2008, 1, 21)
"""The day of the Secretariat's report to the OAS: what it tells of was known then."""
STATES = (Party.Kind.MEMBER_STATE, Party.Kind.ASSOCIATE_MEMBER)


@transaction.atomic
def load_region_reference() -> dict[str, int]:
    """Bring the register up to the seed files; counts by kind of what is there."""
    parties = list(
        Party.objects.filter(periods__kind__in=STATES).distinct().order_by("code").values_list("code", flat=True)
    )
    _groupings()
    _systems(parties)
    _instruments()
    _laws(parties)
    _indicators()
    _initiatives()
    return {"systems": System.objects.count(), "instruments": Instrument.objects.count()}


def seed(name: str) -> dict[str, Any]:
    """A seed file of the register."""
    return tomllib.loads((SEED / f"{name}.toml").read_text(encoding="utf-8"))


def recorded(on: datetime.date) -> datetime.datetime:
    """When a seeded fact is taken to have been recorded: with the report of 2008, later ones on their own day."""
    return datetime.datetime.combine(max(on, REPORT), datetime.time(12), datetime.UTC)


def _groupings() -> None:
    for row in seed("groupings")["grouping"]:
        Grouping.objects.update_or_create(code=row["code"], defaults={"name": row["name"], "note": row.get("note", "")})
        for party in row["members"]:
            GroupingMember.objects.update_or_create(
                grouping_id=row["code"],
                party_id=party,
                valid_from=row["valid_from"],
                defaults={"valid_to": row.get("valid_to"), "source": row["source"]},
            )


def _systems(parties: Iterable[str]) -> None:
    plan = seed("systems")
    for position, row in enumerate(plan["system"]):
        columns = {name: value for name, value in row.items() if name not in {"code", "keeper", "status"}}
        System.objects.update_or_create(
            code=row["code"], defaults={**columns, "keeper_id": row["keeper"], "position": position}
        )
        for period in row["status"]:
            SystemPeriod.objects.update_or_create(
                system_id=row["code"], valid_from=period["valid_from"], defaults={"valid_to": None, **period}
            )
    with_rows = {row["code"] for row in plan["system"] if row["joinable"]} | {row["system"] for row in plan["stage"]}
    _missing(Participation, ("system_id", "party_id"), [(code, party) for code in with_rows for party in parties])
    heads = {(row.system_id, row.party_id): row for row in Participation.objects.all()}
    _stages(heads, plan["stage"])
    for row in plan["stated"]:
        at = recorded(row["as_of"])
        known = StatedCount.objects.filter(system=row["system"], as_of=row["as_of"], recorded_at=at)
        if not known.exists():
            StatedCount.objects.create(**_without(row, "system"), system_id=row["system"], recorded_at=at)


def _stages(heads: dict[tuple[str, str], Participation], plan: Iterable[dict[str, Any]]) -> None:
    """Add the seeded stages; a participation that nothing but the seed has touched stands at the last of them."""
    have = set(StagePeriod.objects.values_list("participation_id", "stage", "valid_from", "recorded_at"))
    rows = []
    for each in plan:
        for party in each["parties"]:
            head = heads[each["system"], party]
            at = recorded(each["valid_from"])
            if (head.pk, each["stage"], each["valid_from"], at) in have:
                continue
            rows.append(StagePeriod(participation=head, recorded_at=at, **_without(each, "system", "parties")))
            if head.version == 1 and each.get("valid_to") is None:
                head.state = each["stage"]
    StagePeriod.objects.bulk_create(rows)
    Participation.objects.bulk_update({row.participation for row in rows}, ["state"])


def _instruments() -> None:
    plan = seed("instruments")["instrument"]
    for row in plan:
        if row.get("rule"):
            entry_into_force.validate(row["rule"])
        columns = _without(row, "code", "amends", "party", "step", "state")
        instrument, made = Instrument.objects.update_or_create(code=row["code"], defaults=columns)
        if made:
            instrument.state = row["state"]
            instrument.amends = Instrument.objects.get(code=row["amends"]) if "amends" in row else None
            instrument.save(update_fields=["state", "amends"])
        for step in row.get("step", []):
            _once(InstrumentStep, {"instrument": instrument, "kind": step["kind"], "on": step["on"]}, step)
        _lines(instrument, row)


def _lines(instrument: Instrument, plan: dict[str, Any]) -> None:
    named = {each["entity"]: each for each in plan.get("party", [])}
    for position, entity in enumerate(dict.fromkeys([*plan.get("eligible", []), *named])):
        of_state = None if entity.startswith("ORG:") else entity
        line, _made = InstrumentParty.objects.get_or_create(
            instrument=instrument, entity=entity, defaults={"party_id": of_state, "position": position}
        )
        steps = named.get(entity, {})
        for kind in PartyStep.Kind.values:
            if kind in steps:
                told = {"provenance": "document", "source": steps["source"]}
                _once(PartyStep, {"of": line, "kind": kind, "on": steps[kind]}, told)
                if line.version == 1 and kind in InstrumentParty.State.values:
                    line.state = kind
        line.save(update_fields=["state"])


def _laws(parties: Iterable[str]) -> None:
    plan = seed("laws")
    for position, row in enumerate(plan["topic"]):
        Topic.objects.update_or_create(code=row["code"], defaults={"name": row["name"], "position": position})
    _missing(Track, ("topic_id", "party_id"), [(row["code"], party) for row in plan["topic"] for party in parties])
    for row in plan["track"]:
        track = Track.objects.get(topic=row["topic"], party=row["party"])
        for step in row["step"]:
            _once(TrackStep, {"track": track, "stage": step["stage"], "on": step["on"]}, step)
        if track.version == 1:
            for name in ("title", "act_no"):
                setattr(track, name, row[name])
            track.state = row["step"][-1]["stage"]
            track.save(update_fields=["title", "act_no", "state"])


def _indicators() -> None:
    for position, row in enumerate(seed("indicators")["indicator"]):
        columns = {**_without(row, "code", "keeper"), "keeper_id": row["keeper"], "position": position}
        Indicator.objects.update_or_create(code=row["code"], defaults=columns)


def _initiatives() -> None:
    plan = json.loads((SEED / "initiatives.json").read_text(encoding="utf-8"))
    for position, row in enumerate(plan["items"]):
        status = {"status": row["status"], "source": plan["source"]}
        columns = {**_without(row, "code", "status"), "position": position}
        Initiative.objects.update_or_create(code=row["code"], defaults=columns)
        InitiativeStatus.objects.update_or_create(initiative_id=row["code"], valid_from=REPORT, defaults=status)


def _missing(model: Any, names: tuple[str, str], wanted: Iterable[tuple[str, str]]) -> None:
    """Heads that are not there yet, for every pair."""
    have = set(model.objects.values_list(*names))
    model.objects.bulk_create([model(**dict(zip(names, pair, strict=True))) for pair in wanted if pair not in have])


def _once(model: Any, what: dict[str, Any], told: dict[str, Any]) -> None:
    """A fact, unless it was recorded before, corrected since or not."""
    at = recorded(what["on"])
    if not model.objects.filter(**what, recorded_at=at).exists():
        model.objects.create(**{**told, **what}, recorded_at=at)


def _without(row: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}
