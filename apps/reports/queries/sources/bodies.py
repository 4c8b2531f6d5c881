"""Sources among the bodies of the Community: organs, who is in the chair, and the chart of the framework."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from apps.council.models import Organ, OrganChair
from apps.reports.queries.sources.frame import Found, Frame, row_of, source


def organs_on(frame: Frame) -> list[Organ]:
    """Bodies that existed on the day, by code."""
    rows = Organ.objects.visible_to(frame.actor).filter(Q(valid_to=None) | Q(valid_to__gt=frame.as_of))
    return list(rows.filter(Q(valid_from=None) | Q(valid_from__lte=frame.as_of)).order_by("code"))


@source("body")
def body(frame: Frame, params: Mapping[str, Any]) -> list[Found]:
    """The body of this `code`, if it existed on the day, and the facts in `codes`, if they held."""
    found = Found()
    row = next((one for one in organs_on(frame) if one.code == params["code"]), None)
    if row is None:
        return [Found(gap=_("%(code)s did not exist on this day.") % {"code": params["code"]})]
    found.values["name"] = row.name
    found.rows.append(row_of(row))
    for code in params.get("codes", ()):
        fact = frame.holding(code)
        if fact is None:
            return [Found(gap=_("No fact %(code)s is recorded for this day.") % {"code": code})]
        found.with_fact(fact, frame.values(fact))
    return [found]


@source("created")
def created(frame: Frame, params: Mapping[str, Any]) -> list[Found]:
    """The bodies in `organs` that existed on the day, as the fact `by` calls them."""
    fact = frame.holding(params["by"])
    if fact is None:
        return [Found(gap=_("No fact %(code)s is recorded for this day.") % {"code": params["by"]})]
    values = frame.values(fact)
    standing = {row.code: row for row in organs_on(frame)}
    found = Found().with_fact(fact, {})
    called = [(code, values.get(f"calls.{code}")) for code in params["organs"] if code in standing]
    found.values["organs"] = tuple(str(said) for _code, said in called if said)
    found.rows += [row_of(standing[code]) for code, _said in called]
    return [found]


@source("chair")
def chair(frame: Frame, params: Mapping[str, Any]) -> list[Found]:
    """The State in the chair of `organ` on the day, and the title of the person who speaks for it."""
    rows = OrganChair.objects.visible_to(frame.actor).filter(organ=params["organ"], valid_from__lte=frame.as_of)
    row = rows.filter(Q(valid_to=None) | Q(valid_to__gt=frame.as_of)).first()
    if row is None:
        return [Found(gap=_("No chair of %(organ)s is recorded for this day.") % {"organ": params["organ"]})]
    found = Found({"chair.state": frame.names.get(row.party_id, row.party_id)}, [row_of(row)])
    fact = frame.holding(f"office.{params['organ']}.{row.party_id}")
    if fact is None:
        found.gap = _("The office of the chair is not recorded.")
        return [found]
    return [found.with_fact(fact, {f"chair.{name}": value for name, value in frame.values(fact).items()})]


@source("framework")
def framework(frame: Frame, params: Mapping[str, Any]) -> list[Found]:
    """The chart of the framework on the day: every body under `root`, in `lines`, indented by its depth."""
    rows = [row for row in organs_on(frame) if row.kind not in params.get("without", ())]
    left = set(params.get("leave_out", ()))
    lines, shown = [], []
    top = [row for row in rows if row.code == params["root"]]
    for depth, row in [*((0, row) for row in top), *_below(params["root"], rows, left, 1)]:
        lines.append(f"{'– ' * depth}{row.name}")
        shown.append(row_of(row))
    if not lines:
        return [Found(gap=_("No body of the framework existed on this day."))]
    return [Found({"as_of": frame.as_of, "lines": tuple(lines), "n": len(lines)}, shown)]


def _below(parent: str | None, rows: Sequence[Organ], left: set[str], depth: int = 0) -> Iterator[tuple[int, Organ]]:
    for row in rows:
        if row.parent_id == parent and row.code not in left:
            yield depth, row
            yield from _below(row.code, rows, left, depth + 1)
