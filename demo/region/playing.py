"""Plays the demonstration of the register through its real acts, as the cast and the desks' own seats."""

import dataclasses
import datetime
import tomllib
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils import timezone

from apps.access.actor import Actor
from apps.access.declared_actions import REGISTRY
from apps.access.models import Dispatch
from apps.people.actions import make_service_seat
from apps.people.models import Desk, Seat
from apps.people.queries import service_actor
from apps.region.actions import indicators, instruments, laws, participation
from apps.region.loaders.reference import recorded
from apps.region.models import (
    Indicator,
    Instrument,
    InstrumentParty,
    ModelLaw,
    Participation,
    Provenance,
    Provision,
    StagePeriod,
    Track,
)
from demo.people import seated

SECRETARIAT = "impacs.secretariat.manager"
KEEPERS = {"JRCC": "jrcc.watch.supervisor", "RIFC": "rifc.analysis.release", "IMPACS": SECRETARIAT}
SAID: dict[str, dict[str, str]] = {
    "express_interest": {"letter": "letter (fictional)"},
    "rejoin": {"letter": "letter (fictional)"},
    "assess": {"checklist": "lines, people, law (fictional)"},
    "sign": {"agreement": "agreement of the day (fictional)"},
    "legal_ready": {"not_required": "Existing law suffices (fictional)."},
    "test": {"plan": "test plan (fictional)"},
    "go_live": {"acceptance": "acceptance test (fictional)"},
    "suspend": {"reason": "Hurricane damage (fictional)."},
    "resume": {"note": "Lines restored (fictional)."},
    "withdraw": {"notice": "notice (fictional)"},
}
"""What each step says beside its day."""
ACTS = {"test": participation.begin_participation_tests}
BY_STATE = frozenset({"express_interest", "rejoin", "sign", "legal_ready", "withdraw"})


def load() -> int:
    """Add what is inferred and play what is fictional, once; how many steps of States it took."""
    plan = tomllib.loads((Path(__file__).parent / "steps.toml").read_text(encoding="utf-8"))
    if Instrument.objects.filter(code=plan["instrument"]["code"]).exists():
        return 0
    told = set(Dispatch.objects.values_list("pk", flat=True))
    _infer(plan)
    steps = sum(_way(each) for each in plan["way"])
    _laws(plan)
    _indicators(plan)
    _instrument(plan["instrument"])
    # nobody of today is told of what was played in one moment
    rows = Dispatch.objects.filter(done_at=None, listener__startswith="apps.region.listeners.notifications.").exclude(
        pk__in=told
    )
    rows.update(done_at=timezone.now())
    return steps


def _actor(username: str) -> Actor:
    return dataclasses.replace(seated(username), via="demo")


def _ministry(party: str) -> Actor:
    """Somebody of the cast who decides in the ministry, or the desk's own seat; one is made where there is none."""
    try:
        return _actor(f"{party.lower()}.ministry.decider")
    except LookupError:
        desk = Desk.objects.select_related("function").get(code=f"{party}.ministry")
        if not Seat.objects.filter(desk=desk, kind=Seat.Kind.SERVICE).exists():
            make_service_seat(desk)
        return dataclasses.replace(service_actor(desk.code, request_id="demo"), via="demo")


def _infer(plan: dict[str, Any]) -> None:
    """The ten of the Single Domestic Space as users of APIS, the other five as not; heads stand where that leads."""
    stages = dict.fromkeys(plan["inferred"], Participation.Stage.LIVE)
    stages |= dict.fromkeys(plan["inferred_out"], Participation.Stage.NONE)
    for party, stage in stages.items():
        head = Participation.objects.get(system="APIS", party=party)
        StagePeriod.objects.create(
            participation=head,
            stage=stage,
            valid_from=plan["inferred_from"],
            provenance=Provenance.INFERRED,
            source=plan["inferred_source"],
            recorded_at=recorded(plan["inferred_from"]),
        )
        Participation.objects.filter(pk=head.pk).update(state=stage)


def _way(plan: dict[str, Any]) -> int:
    row = Participation.objects.select_related("system").get(system=plan["system"], party=plan["party"])
    for verb, on in plan["steps"]:
        act: Callable[..., Participation] = ACTS.get(verb) or REGISTRY[f"participation.{verb}"].run
        actor = _ministry(plan["party"]) if verb in BY_STATE else _actor(KEEPERS[row.system.keeper_id])
        said = dict(SAID[verb])
        if verb == "test" and row.state == Participation.Stage.SIGNED:
            said["waiver"] = "Waived by the Council for a year (fictional)."
        row = act(actor, row, on=on, **said)
    return len(plan["steps"])


def _laws(plan: dict[str, Any]) -> None:
    for each in plan["model_law"]:
        law = ModelLaw.objects.create(
            topic_id=each["topic"], version=each["version"], title=each["title"], issued_on=each["issued_on"],
            source="demonstration", fictional=True,
        )  # fmt: skip
        Provision.objects.bulk_create(
            Provision(law=law, number=str(number), title=title, position=number)
            for number, title in enumerate(each["provisions"], 1)
        )
    for each in plan["law"]:
        _law(each)


def _law(plan: dict[str, Any]) -> None:
    row = Track.objects.get(topic=plan["topic"], party=plan["party"])
    actor = _ministry(plan["party"])
    for verb, on in plan["steps"]:
        act: Any = laws.pass_measure if verb == "pass" else REGISTRY[f"measure.{verb}"].run
        takes = act.spec.takes
        said: dict[str, Any] = {
            name: plan[name] for name in ("title", "bill_no", "act_no") if name in takes and name in plan
        }
        if takes["reference"].required:
            said["reference"] = "(fictional)"
        if verb == "commence" and "sunset_days" in plan:
            said["until"] = timezone.now().date() + datetime.timedelta(plan["sunset_days"])
        row = act(actor, row, on=on, **said)
    provisions = Provision.objects.filter(law__topic=plan["topic"]).order_by("position")
    for provision, level in zip(provisions, plan.get("covered", ()), strict=False):
        row = laws.assess_measure(actor, row, provision=str(provision.pk), level=level, on=datetime.date(2024, 6, 3))


def _indicators(plan: dict[str, Any]) -> None:
    secretariat = _actor(SECRETARIAT)
    for each in plan["indicator"]:
        columns = {name: each[name] for name in ("code", "name", "definition", "unit", "source", "per")}
        row: Indicator = indicators.create_indicator(secretariat, None, **columns)
        for party, numbers in each["values"].items():
            for on, number in zip(each["days"], numbers, strict=True):
                told = {"on": on, "value": Decimal(number), "source": "fictional"}
                row = indicators.record_indicator_value(secretariat, row, party=party, **told)


def _instrument(plan: dict[str, Any]) -> None:
    depositary = _actor(SECRETARIAT)
    rule = {"op": "COUNT_DEPOSITED", "cls": "MEMBER_STATE", "at_least": 3, "plus_days": 60}
    row = instruments.create_instrument(
        depositary, None, code=plan["code"], title=plan["title"], kind=Instrument.Kind.AGREEMENT, rule=rule,
        rule_words=plan["rule_words"], consent=Instrument.Consent.DEPOSIT,
    )  # fmt: skip
    row = instruments.agree_instrument_text(depositary, row)
    row = instruments.open_instrument(
        depositary, row, on=plan["opened_on"], place=plan["place"], languages="en", eligible=plan["eligible"]
    )
    for entity, verb, on in plan["steps"]:
        line = InstrumentParty.objects.get(instrument=row, entity=entity)
        by_state = verb in {"sign", "sign_ad_ref", "ratify", "approve_nationally"}
        actor = _ministry(entity) if by_state else depositary
        REGISTRY[f"instrument_party.{verb}"].run(actor, line, on=on, reference="(fictional)")
