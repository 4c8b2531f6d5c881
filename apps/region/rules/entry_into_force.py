"""When an instrument enters into force: a rule tree over the dated steps of its parties. Pure.

Rules are data, since every instrument has its own (Vienna Convention on the Law of Treaties, Article 24):

    {"op": "COUNT_SIGNED", "cls": "MEMBER_STATE", "at_least": 3, "plus_days": 0}
    {"op": "COUNT_DEPOSITED", "cls": "MEMBER_STATE", "at_least": 3, "plus_days": 60}
    {"op": "SIGNED_BY", "entities": ["ORG:CARICOM", "ORG:INTERPOL"], "plus_days": 60}
    {"op": "APPROVED_BY", "entities": ["ORG:CONFERENCE"]}
    {"op": "ALL_SIGNATORIES_RATIFIED"}
    {"op": "AND", "of": [rule, …], "plus_days": 0}

A signature ad referendum does not count until it is confirmed. Accession counts like deposit. A new signature reopens
ALL_SIGNATORIES_RATIFIED. The steps are taken as they are known, whatever their day: whether the instrument is in force
on a day is the comparison of that day with the date given here.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

OPS = {
    "COUNT_SIGNED": {"cls", "at_least"},
    "COUNT_DEPOSITED": {"cls", "at_least"},
    "SIGNED_BY": {"entities"},
    "APPROVED_BY": {"entities"},
    "ALL_SIGNATORIES_RATIFIED": set(),
    "AND": {"of"},
}
"""Each operation with what it needs; each may have `plus_days`, of AND they follow the latest date of its parts."""
CLASSES = ("MEMBER_STATE", "RSS_MEMBER_STATE", "OTHER_STATE", "ORG_RSS")
DEEPEST, MOST_DAYS = 5, 3660


class RuleError(ValueError):
    """A rule that cannot be read; the sentence says where and what to write."""


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps of one entity, None where there is none (or none known). `classes` of the instrument's rule."""

    entity: str
    classes: frozenset[str] = frozenset()
    signed_on: date | None = None
    ad_referendum: bool = False
    approved_on: date | None = None
    ratified_on: date | None = None
    deposited_on: date | None = None
    acceded_on: date | None = None
    provisional_from: date | None = None
    bound_on: date | None = None
    notice_on: date | None = None
    withdrawn_on: date | None = None

    @property
    def signature(self) -> date | None:
        """The day of a signature that counts."""
        return None if self.ad_referendum else self.signed_on

    @property
    def deposit(self) -> date | None:
        """The day of deposit, or of accession, which has the same effect."""
        return self.deposited_on or self.acceded_on

    @property
    def ratified_before_signed(self) -> bool:
        """Published lists hold such pairs: taken as they are, and flagged."""
        return bool(self.ratified_on and self.signed_on and self.ratified_on < self.signed_on)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a node of the rule gave: its date (None: not met), who met it when, who is still missing, its children."""

    op: str
    on: date | None
    need: int = 0
    cls: str = ""
    plus_days: int = 0
    met: tuple[tuple[str, date], ...] = ()
    missing: tuple[str, ...] = ()
    parts: tuple["Finding", ...] = ()

    @property
    def counted(self) -> frozenset[str]:
        """Entities whose steps the date follows from."""
        return frozenset(entity for entity, _on in self.met).union(*(part.counted for part in self.parts))


def validate(rule: Any, depth: int = 0) -> None:
    """Refuse what is no rule; RuleError names the place."""
    if not isinstance(rule, Mapping):
        raise RuleError(
            'A rule is an object, for example {"op": "COUNT_SIGNED", "cls": "MEMBER_STATE", "at_least": 3}.'
        )
    if depth > DEEPEST:
        raise RuleError("Rules stand in one another at most five deep.")
    op = rule.get("op")
    if op not in OPS:
        raise RuleError(f"{op!r} is no operation. Write one of: {', '.join(OPS)}.")
    missing, more = OPS[op] - set(rule), set(rule) - OPS[op] - {"op", "plus_days"}
    if missing or more:
        raise RuleError(
            f"{op} takes {', '.join(sorted(OPS[op])) or 'nothing'}; look at {', '.join(sorted(missing | more))}."
        )
    _check_values(op, rule)
    for part in rule.get("of", []):
        validate(part, depth + 1)


def _check_values(op: str, rule: Mapping[str, Any]) -> None:
    checks: dict[str, tuple[Callable[[Any], bool], str]] = {
        "cls": (lambda value: value in CLASSES, f"cls is one of {', '.join(CLASSES)}"),
        "at_least": (lambda value: type(value) is int and 1 <= value <= 99, "at_least is a number from 1 to 99"),
        "plus_days": (lambda value: type(value) is int and 0 <= value <= MOST_DAYS, "plus_days is a number of days"),
        "entities": (_are_codes, 'entities is a list of codes, for example ["ORG:RSS", "BRB"]'),
        "of": (lambda value: isinstance(value, list) and bool(value), "of is a list of rules"),
    }
    for name, value in rule.items():
        if name in checks and not checks[name][0](value):
            raise RuleError(f"{op}: {checks[name][1]}.")


def _are_codes(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, str) and one for one in value)


def evaluate(rule: Mapping[str, Any] | None, steps: Sequence[Steps]) -> Finding | None:
    """What the rule gives over the steps; None where the instrument has no known rule."""
    if rule is None:
        return None
    if rule["op"] == "AND":
        parts = tuple(finding for part in rule["of"] if (finding := evaluate(part, steps)) is not None)
        dates = [part.on for part in parts]
        last = None if None in dates else max(day for day in dates if day)
        plus = rule.get("plus_days", 0)
        return Finding("AND", _after(last, plus), plus_days=plus, parts=parts)
    return _leaf(rule, steps)


def _leaf(rule: Mapping[str, Any], steps: Sequence[Steps]) -> Finding:
    op, plus = rule["op"], rule.get("plus_days", 0)
    if op in {"COUNT_SIGNED", "COUNT_DEPOSITED"}:
        mine = [each for each in steps if rule["cls"] in each.classes]
        found = _dated(mine, _signed if op == "COUNT_SIGNED" else _deposited)
        first = found[: rule["at_least"]]
        met = first[-1][1] if len(first) == rule["at_least"] else None
        return Finding(op, _after(met, plus), rule["at_least"], rule["cls"], plus, tuple(first))
    if op in {"SIGNED_BY", "APPROVED_BY"}:
        named = [each for each in steps if each.entity in rule["entities"]]
        found = _dated(named, _signed if op == "SIGNED_BY" else _approved)
        missing = tuple(code for code in rule["entities"] if code not in {entity for entity, _on in found})
    else:
        signatories = [each for each in steps if each.signature]
        found = _dated(signatories, _ratified)
        missing = tuple(each.entity for each in signatories if _ratified(each) is None)
    last = max((on for _entity, on in found), default=None)
    return Finding(op, None if missing else _after(last, plus), 0, "", plus, tuple(found), missing)


def _dated(steps: Iterable[Steps], of: Callable[[Steps], date | None]) -> list[tuple[str, date]]:
    """(entity, day) of those who took the step, the earliest first."""
    return sorted(((each.entity, on) for each in steps if (on := of(each))), key=lambda pair: (pair[1], pair[0]))


def _signed(each: Steps) -> date | None:
    return each.signature


def _deposited(each: Steps) -> date | None:
    return each.deposit


def _approved(each: Steps) -> date | None:
    return each.approved_on


def _ratified(each: Steps) -> date | None:
    """Ratified, and signed: the later day, except where the list has them the other way round."""
    return each.ratified_on or each.deposited_on


def _after(day: date | None, days: int) -> date | None:
    return day + timedelta(days) if day else None


CONSENTS = ("signature", "ratification", "deposit")


def bound_from(each: Steps, in_force_on: date | None, consent: str, days: int = 0) -> date | None:
    """From when the instrument binds an entity; the depositary's own notification wins.

    Otherwise the later of the entry into force and the entity's own consent, plus the days that the instrument says.
    Source: Vienna Convention on the Law of Treaties, Articles 11 to 16 and 24.
    """
    if each.bound_on:
        return each.bound_on
    own = {
        "signature": each.signature or each.acceded_on,
        "ratification": each.ratified_on or each.deposit,
        "deposit": each.deposit,
    }[consent]
    if own is None or in_force_on is None:
        return None
    return max(in_force_on, own + timedelta(days))


@dataclass(frozen=True, slots=True)
class Course:
    """What is known of an instrument as a whole: the stage that the depositary keeps, and the days of its course."""

    recorded: str
    opened_on: date | None = None
    signed_on: date | None = None
    in_force_on: date | None = None
    terminated_on: date | None = None


def status_on(day: date, course: Course, steps: Collection[Steps]) -> str:
    """The status of an instrument on a day.

    The depositary keeps the stages before signature; everything after follows from dates. An instrument opened on a
    later day, or first signed on one, is still being negotiated.
    """
    if course.terminated_on and course.terminated_on <= day:
        return "terminated"
    if course.in_force_on and course.in_force_on <= day:
        return "in_force"
    if any(each.provisional_from and each.provisional_from <= day for each in steps):
        return "provisionally_applied"
    taken = [on for each in steps for on in (each.signed_on, each.ratified_on, each.deposit) if on]
    taken += [course.signed_on] if course.signed_on else []
    if any(on <= day for on in taken):
        return "signed_not_in_force"
    if course.recorded in {"negotiating", "text_agreed"}:
        return course.recorded
    opened = course.opened_on or min(taken, default=None)
    return "open_for_signature" if opened and opened <= day else "negotiating"
