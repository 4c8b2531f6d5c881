"""Sources in the region's register: who takes part in what, instruments, laws. Counts and lists from one answer."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from apps.region.models import REPORTED, Instrument, System, SystemPeriod, TrackStep
from apps.region.queries import counts
from apps.region.queries.counts import Basis, Count
from apps.reports.queries.sources.frame import Found, Frame, Row, row_of, source
from apps.reports.rules import words
from apps.reports.rules.values import Value, parties
from apps.reports.rules.words import Parties

ONE_DAY = datetime.timedelta(days=1)
JOINING = ("interested", "technical_assessment", "agreement_signed", "legal_basis_ready", "testing")
BEGUN = frozenset({"passed", "assented", "gazetted", "in_force"})
ROWS_OF = {Basis.ROWS: "region.stageperiod", Basis.STATED: "region.statedcount", Basis.GAP: ""}


def _system(frame: Frame, code: str) -> System | None:
    return System.objects.visible_to(frame.actor).filter(pk=code).first()


def _named(system: System) -> dict[str, Value]:
    found: dict[str, Value] = {"system.name": system.name, "system.short": system.short_name}
    if system.operator:
        found["operator"] = system.operator
    if system.functions:
        found["functions"] = tuple(system.functions)
    return found


@source("system")
def system(frame: Frame, params: Mapping[str, Any]) -> list[Found]:
    """A system of the register: `system.name`, `operator`, `functions`, and its `stage` on the day.

    `codes`: facts that say otherwise on the day, such as what it was called then.
    """
    row = _system(frame, params["system"])
    if row is None:
        return [Found(gap=_("The register has no system %(code)s.") % {"code": params["system"]})]
    found = Found(_named(row), [row_of(row)])
    period = _period_on(frame, row)
    if period is not None:
        found.values["stage"] = str(period.get_status_display()).lower()
        found.rows.append(row_of(period))
    return [_with_facts(frame, found, params)]


def _with_facts(frame: Frame, found: Found, params: Mapping[str, Any]) -> Found:
    """Add what the facts in `codes` say, those that hold on the day."""
    for code in params.get("codes", ()):
        fact = frame.holding(code)
        if fact is not None:
            found.with_fact(fact, frame.values(fact))
    return found


def _period_on(frame: Frame, row: System) -> SystemPeriod | None:
    periods = SystemPeriod.objects.visible_to(frame.actor).filter(system=row, valid_from__lte=frame.as_of)
    return next(
        (one for one in periods.order_by("-valid_from") if one.valid_to is None or frame.as_of < one.valid_to), None
    )


@source("regime")
def regime(frame: Frame, params: Mapping[str, Any]) -> list[Found]:
    """The last period in which a system was in operation: `from`, `to` (its last day), and `state_today`."""
    row = _system(frame, params["system"])
    periods = SystemPeriod.objects.visible_to(frame.actor).filter(
        system=row, status__in=["operating", "permanent"], valid_from__lte=frame.as_of
    )
    period = periods.order_by("-valid_from").first() if row is not None else None
    if row is None or period is None:
        return [Found(gap=_("%(code)s was not in operation by this day.") % {"code": params["system"]})]
    live = period.valid_to is None or frame.as_of < period.valid_to
    values = {**_named(row), "from": period.valid_from, "state_today": "live" if live else "lapsed"}
    if period.valid_to is not None:
        values["to"] = period.valid_to - ONE_DAY
    count = counts.count_participations(frame.actor, row.pk, frame.as_of, frame.known_at)
    users = count.n if live else 0
    if users is not None:
        values |= {"n": users, "N": count.members}
    return [Found(values, [row_of(row), row_of(period), *(_rows(count) if live else [])])]


@source("participation")
def participation(frame: Frame, params: Mapping[str, Any]) -> list[Found]:
    """How many Member States use a system: `n` of `N`, `k` the rest, `all`, and `states` where each one is known.

    Count and list are of one answer, so that they cannot disagree. `codes`: facts to go with it.
    """
    row = _system(frame, params["system"])
    if row is None:
        return [Found(gap=_("The register has no system %(code)s.") % {"code": params["system"]})]
    count = counts.count_participations(frame.actor, row.pk, frame.as_of, frame.known_at)
    found = Found({**_named(row), "N": count.members}, _rows(count))
    found.counted = _("Member States with %(system)s in use") % {"system": row.name}
    if count.n is None:
        found.gap = _unknown(count)
        return [found]
    found.values |= {"n": count.n, "k": count.members - count.n, "all": count.n == count.members}
    if count.basis == Basis.ROWS:
        found.values["states"] = parties(count.parties, frame.names)
    found.note = _note(count)
    return [_with_facts(frame, found, params)]


def _rows(count: Count) -> list[Row]:
    return [(ROWS_OF[count.basis], str(pk)) for pk in count.row_ids]


def _unknown(count: Count) -> str:
    sentence = _("The stage of %(unknown)s of the %(members)s Member States is not known, and no number is stated.")
    return sentence % {"unknown": len(count.unknown), "members": count.members}


def _note(count: Count) -> str:
    if count.disagrees:
        return _("A document of that day gives a different number from the register.")
    if count.basis == Basis.STATED and count.stated_on is not None:
        sentence = _("As stated on %(day)s: %(source)s. The register does not cover every State.")
        return sentence % {"day": words.day(count.stated_on), "source": count.source}
    return ""


@source("joining")
def joining(frame: Frame, params: Mapping[str, Any]) -> list[Found]:
    """Kinds of parties that have asked to join a system, from the register, else from the facts in `codes`."""
    rows = counts.periods(frame.actor, frame.as_of, frame.known_at, REPORTED)
    asked = list(rows.filter(participation__system=params["system"], stage__in=JOINING))
    codes = {one.participation.party_id for one in asked}
    classes = [
        *(["other Member States"] if codes & set(frame.members) else []),
        *(["Associate Members"] if codes & set(frame.associates) else []),
    ]
    if classes:
        return [Found({"classes": tuple(classes)}, [row_of(one) for one in asked])]
    for code in params.get("codes", ()):
        fact = frame.holding(code)
        if fact is not None:
            note = _("As stated, without names: %(source)s.") % {"source": fact.source}
            return [Found(note=note).with_fact(fact, frame.values(fact))]
    return [Found(gap=_("No request to join is known."))]


@source("instrument")
def instrument(frame: Frame, params: Mapping[str, Any]) -> list[Found]:
    """An instrument of the register and the facts in `codes` about it: when and where it was signed, its grounds."""
    row = Instrument.objects.visible_to(frame.actor).filter(code=params["instrument"]).first()
    if row is None:
        return [Found(gap=_("The register has no instrument %(code)s.") % {"code": params["instrument"]})]
    found = Found({"title": row.title}, [row_of(row)])
    for code in params["codes"]:
        fact = frame.holding(code)
        if fact is None:
            found.gap = _("No fact %(code)s is recorded for this day.") % {"code": code}
        else:
            found.with_fact(fact, frame.values(fact))
    return [found]


@source("laws")
def laws(frame: Frame, params: Mapping[str, Any]) -> list[Found]:
    """How many Member States have passed a law on `topic`; a gap while the stage of one of them is not known."""
    steps = TrackStep.objects.visible_to(frame.actor).known(frame.known_at).filter(provenance__in=REPORTED)
    rows = steps.filter(track__topic=params["topic"], on__lte=frame.as_of).select_related("track").order_by("on")
    stage: dict[str, TrackStep] = {row.track.party_id: row for row in rows}
    known = [code for code in frame.members if code in stage]
    found = Found({"N": len(frame.members)}, [row_of(stage[code]) for code in known])
    found.counted = _("Member States with a law on this topic passed")
    if frame.members and len(known) == len(frame.members):
        begun = [code for code in known if stage[code].stage in BEGUN]
        found.values |= {"n": len(begun), "states": Parties(tuple(begun), tuple(frame.names[code] for code in begun))}
        return [found]
    found.gap = _("The stage of the law is not known for every Member State.")
    return [_with_facts(frame, found, params)]
