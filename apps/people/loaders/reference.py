"""Reference data of the people app: parties, functions, desks. Idempotent, keyed by code; run at each start."""

import tomllib
from pathlib import Path
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction

from apps.people.actions import make_service_seat
from apps.people.models import (
    AccountRule,
    Desk,
    Function,
    Party,
    PartyPeriod,
    Seat,
    SeatConflict,
    TwoPersonRule,
)

SEED = Path(__file__).parents[1] / "seed"


def seed(name: str) -> dict[str, Any]:
    """A seed file as data."""
    return tomllib.loads((SEED / f"{name}.toml").read_text(encoding="utf-8"))


@transaction.atomic
def load_people_reference() -> dict[str, int]:
    """Bring parties, functions, desks and service seats up to the seed files; counts by kind of what is there."""
    for row in seed("functions")["function"]:
        Function.objects.update_or_create(code=row["code"], defaults=row)
    for row in seed("parties")["party"]:
        load_party(**row)
    load_desks()
    load_rules()
    return {"parties": Party.objects.count(), "functions": Function.objects.count(), "desks": Desk.objects.count()}


def load_party(code: str, periods: list[dict[str, Any]], **columns: Any) -> Party:
    """Make or update one party with its dated kinds."""
    party, _ = Party.objects.update_or_create(code=code, defaults=columns)
    known = list(party.periods.order_by("valid_from").values("kind", "valid_from", "valid_to", "source"))
    wanted = [{"valid_to": None, "source": ""} | period for period in periods]
    if [sorted(p.items(), key=str) for p in known] != [sorted(p.items(), key=str) for p in wanted]:
        party.periods.all().delete()
        PartyPeriod.objects.bulk_create([PartyPeriod(party=party, **period) for period in wanted])
    return party


def load_desks() -> None:
    """The desks that each party has by its kind or by its name; automation desks get their service seat."""
    plan = seed("desks")
    have = set(Desk.objects.values_list("code", flat=True))
    for party in Party.objects.prefetch_related("periods"):
        kinds = {period.kind for period in party.periods.all()}
        functions = plan["party"].get(party.code) or [f for kind in kinds for f in plan["kind"].get(kind, [])]
        for function in functions:
            if f"{party.code}.{function}" not in have:
                make_desk(party, function)
    for desk in Desk.objects.filter(function_id__in=["automation", "platform"]).select_related("function"):
        if not Seat.objects.filter(desk=desk, kind="service").exists():
            make_service_seat(desk)


def load_rules() -> None:
    """Terms, what takes two people, and what does not go together: by their codes and first days."""
    rules = seed("governing")
    for model, name, keys in (
        (AccountRule, "rule", ["code", "valid_from"]),
        (TwoPersonRule, "two_persons", ["kind", "value", "valid_from"]),
        (SeatConflict, "conflict", ["one", "other", "valid_from"]),
    ):
        for row in rules[name]:
            model.objects.update_or_create(**{key: row[key] for key in keys}, defaults={"valid_to": None} | row)


def make_desk(party: Party, function: str) -> Desk:
    """One desk with its group."""
    code = f"{party.code}.{function}"
    group, _ = Group.objects.get_or_create(name=code)
    return Desk.objects.create(group=group, code=code, party=party, function_id=function)
