"""A sheet beside the plan: a verdict for each row, with what it would change and what is wrong, cell by cell."""

import datetime
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.access.actor import Actor
from apps.impacs.models import Dependency, Mandate, Programme, Task
from apps.impacs.plan.policy import tasks as policy
from apps.impacs.plan.queries import choices
from apps.impacs.plan.queries.words import CELLS, cells, mandate_code
from apps.impacs.plan.rules import schedule, workbook
from apps.impacs.plan.rules.workbook import Compared, Line, Read
from apps.people.models import Party

NEW, CHANGED, SAME, CONFLICT, FAULT = "new", "changed", "same", "conflict", "fault"
WRITABLE = (
    *("title", "kind", "owner", "mandate", "programme", "year", "starts_on", "due_on", "estimate_days", "priority"),
    "after",
)
FORMATS = ("%Y-%m-%d", "%d %b %Y", "%d %B %Y")
FIRST, LAST = datetime.date(1990, 1, 1), datetime.date(2199, 12, 31)
NOTHING = Compared({}, {}, {})


@dataclass(slots=True)
class Verdict:
    """What a row of the sheet comes to. `faults` are (place, sentence); `fields` what `task.change` or create gets."""

    line: Line
    task: Any = None
    compared: Compared = NOTHING
    faults: list[tuple[str, str]] = field(default_factory=list)
    fields: dict[str, Any] = field(default_factory=dict)
    add_after: list[UUID] = field(default_factory=list)
    drop_after: list[UUID] = field(default_factory=list)
    take: str = ""

    @property
    def kind(self) -> str:
        """One of new, changed, same, conflict, fault."""
        if self.faults:
            return FAULT
        if self.task is None:
            return NEW
        if self.compared.both and not self.take:
            return CONFLICT
        return CHANGED if self.fields or self.add_after or self.drop_after else SAME

    @property
    def meanwhile(self) -> list[tuple[Any, str, str]]:
        """(column, as exported, as it stands) of cells that somebody changed since the export."""
        return [(_head(name), *pair) for name, pair in self.compared.theirs.items()]

    @property
    def conflicts(self) -> list[tuple[Any, str, str]]:
        """(column, as it stands, as the file says) of cells that both changed."""
        return [(_head(name), *pair) for name, pair in self.compared.both.items()]

    @property
    def changes(self) -> list[tuple[Any, str, str]]:
        """(column, as it stands, as the file says) of what will be written."""
        taken = self.compared.both if self.take == "file" else {}
        return [(_head(name), *pair) for name, pair in {**self.compared.mine, **taken}.items()]


def _head(name: str) -> Any:
    return pgettext("words, impacs", "After") if name == "after" else CELLS[name]


class Plan:
    """Everything that rows are compared with, read once: eight queries, whatever the number of rows."""

    def __init__(self, actor: Actor, read: Read) -> None:
        self.actor, self.read = actor, read
        keys = {key for line in read.lines if (key := _uuid(line.cells.get("key", "")))}
        seen = Task.objects.visible_to(actor)
        self.references = {ref.upper(): pk for pk, ref in seen.values_list("pk", "reference")}
        rows = seen.filter(pk__in=keys)
        related = ("owner", "programme", "mandate__decision", "mandate__clause")
        self.tasks = {row.pk: row for row in rows.select_related(*related)}
        self.desks = dict(choices.desks(actor))
        self.programmes = set(
            Programme.objects.visible_to(actor).filter(state=Programme.State.OPEN).values_list("code", flat=True)
        )
        mandates = Mandate.objects.visible_to(actor).filter(state__in=Mandate.UNREPORTED)
        self.mandates = {mandate_code(row).upper(): row for row in mandates.select_related("decision", "clause")}
        self.parties = set(Party.objects.visible_to(actor).values_list("code", flat=True))
        links = Dependency.objects.visible_to(actor).exclude(successor_task=None).exclude(predecessor_task=None)
        self.before: dict[Any, dict[Any, Any]] = {}
        for pk, first, second in links.values_list("pk", "predecessor_task_id", "successor_task_id"):
            self.before.setdefault(second, {})[first] = pk
        self.named = {pk: ref for ref, pk in self.references.items()}

    def now(self, task: Any) -> dict[str, str]:
        """The task in cells, with what it waits for."""
        return {**cells(task), "after": "; ".join(sorted(self.named[pk] for pk in self.before.get(task.pk, {})))}


def rows_of(actor: Actor, rows: Iterable[Any]) -> list[dict[str, str]]:
    """Tasks as the rows of an exported sheet. One query besides those of the rows."""
    found = list(rows)
    links = Dependency.objects.visible_to(actor).filter(successor_task__in=found).exclude(predecessor_task=None)
    after: dict[Any, list[str]] = {}
    for pk, reference in links.values_list("successor_task_id", "predecessor_task__reference"):
        after.setdefault(pk, []).append(reference)
    return [
        {
            "key": str(row.pk),
            "version": str(row.version),
            "reference": row.reference,
            **cells(row),
            "after": "; ".join(sorted(after.get(row.pk, []))),
        }
        for row in found
    ]


def verdicts(plan: Plan, takes: dict[str, str]) -> list[Verdict]:
    """A verdict for each row. `takes` = {key: "file" or "portal"} settles what both sides changed. No queries."""
    found = [_verdict(plan, line, takes) for line in plan.read.lines]
    _twice(plan, found)
    _circles(plan, found)
    return found


def _verdict(plan: Plan, line: Line, takes: dict[str, str]) -> Verdict:
    one = Verdict(line)
    for name in line.formulas:
        place = plan.read.place(line, name)
        one.faults.append((place, _("This cell contains a formula. Enter the value itself.")))
    if not _find(plan, one):
        return one
    written = {name: line.cells[name] for name in WRITABLE if name in line.cells}
    if one.task is None:
        now: dict[str, str] = {}
        one.compared = Compared({name: ("", text) for name, text in written.items() if text}, {}, {})
        wanted = dict(written)
        if not written.get("title"):
            one.faults.append((plan.read.place(line, "title"), _("Enter a title.")))
        if line.cells.get("state", "") not in {"", Task.State.BACKLOG}:
            one.faults.append((plan.read.place(line, "state"), _("New tasks start in the backlog. Leave this empty.")))
    else:
        now = plan.now(one.task)
        base = plan.read.base.get(line.cells.get("key", ""))
        one.compared = workbook.compared({name: _normal(name, text) for name, text in written.items()}, now, base)
        one.take = takes.get(str(one.task.pk), "") if one.compared.both else ""
        names = set(one.compared.mine) | (set(one.compared.both) if one.take == "file" else set())
        wanted = {name: written[name] for name in written if name in names}
        _ask(plan, one, wanted)
    for name, text in wanted.items():
        _read(plan, one, name, text)
    return one


def _find(plan: Plan, one: Verdict) -> bool:
    """Find the row's task; False if the row names one that cannot be found."""
    text, reference = one.line.cells.get("key", ""), one.line.cells.get("reference", "").upper()
    if not text and not reference:
        return True
    key = _uuid(text) if text else plan.references.get(reference)
    one.task = plan.tasks.get(key) if key else None
    if one.task is None and not text and key:
        sentence = _("This task already exists. Export it, so that the row has its key and version.")
        one.faults.append((plan.read.place(one.line, "reference"), sentence))
    elif one.task is None:
        column = "key" if text else "reference"
        sentence = _("There is no task with this key that you can see. Leave key and number empty to create a new one.")
        one.faults.append((plan.read.place(one.line, column), sentence))
    return one.task is not None


def _ask(plan: Plan, one: Verdict, wanted: dict[str, str]) -> None:
    """Whether the seat may change this task at all, and nobody writes a state into a sheet."""
    place = plan.read.place(one.line, "title")
    if wanted and one.task.state not in Task.OPEN:
        one.faults.append((place, _("The task is done or cancelled. Its plan can no longer change.")))
    elif wanted and not policy.may_change(plan.actor, one.task):
        one.faults.append(
            (place, _("Another desk is responsible for this task. Ask that desk, or the Secretariat of IMPACS."))
        )
    state = one.line.cells.get("state", "")
    base = plan.read.base.get(one.line.cells.get("key", ""), {})
    if state and state not in {one.task.state, base.get("state", one.task.state)}:
        sentence = _("A spreadsheet cannot change the status. Use the buttons on the task.")
        one.faults.append((plan.read.place(one.line, "state"), sentence))


def _read(plan: Plan, one: Verdict, name: str, text: str) -> None:
    """Put the value of a cell into the input of the action, or a fault at its place."""
    if name == "after":
        _after(plan, one, text)
        return
    try:
        one.fields[name] = READERS[name](plan, text)
    except ValueError as wrong:
        one.faults.append((plan.read.place(one.line, name), str(wrong)))


def _after(plan: Plan, one: Verdict, text: str) -> None:
    wanted = set()
    for reference in filter(None, (each.strip().upper() for each in text.replace(",", ";").split(";"))):
        pk = plan.references.get(reference)
        if pk is None:
            sentence = _("There is no task %(reference)s that you can see.") % {"reference": reference[:20]}
            one.faults.append((plan.read.place(one.line, "after"), sentence))
        else:
            wanted.add(pk)
    there = plan.before.get(one.task.pk, {}) if one.task is not None else {}
    one.add_after = sorted(wanted - set(there))
    one.drop_after = sorted(there[pk] for pk in set(there) - wanted)


def _normal(name: str, text: str) -> str:
    """A cell as `cells` writes it, if it can be read; else as it stands, so that the fault shows."""
    if name in {"starts_on", "due_on"} and text:
        day = _parsed(text)
        return day.isoformat() if day else text
    if name == "priority":
        return next((str(value) for value, label in Task.Priority.choices if text.lower() == str(label).lower()), text)
    if name == "after":
        return "; ".join(sorted(filter(None, (each.strip().upper() for each in text.replace(",", ";").split(";")))))
    return text.lower() if name == "kind" else text


def _title(plan: Plan, text: str) -> str:
    if not text or len(text) > 200:
        raise ValueError(_("Enter a title of at most 200 characters."))
    return text


def _kind(plan: Plan, text: str) -> str:
    if text and text.lower() not in Task.Kind.values:
        raise ValueError(_("Enter task or milestone."))
    return text.lower() or str(Task.Kind.TASK)


def _owner(plan: Plan, text: str) -> str:
    if not text or text in plan.desks:
        return text
    party = text.partition(".")[0]
    if party not in plan.parties:
        sentence = _("There is no State or body %(code)s. Enter a desk such as JRCC.watch or BRB.ministry.")
        raise ValueError(sentence % {"code": party[:20]})
    raise ValueError(_("Your desk cannot assign tasks to %(desk)s.") % {"desk": text[:40]})


def _mandate(plan: Plan, text: str) -> str:
    if not text:
        return ""
    row = plan.mandates.get(text.upper())
    if row is None:
        sentence = _("There is no open mandate %(text)s. Enter decision, clause and body, for example %(example)s.")
        example = next(iter(plan.mandates), "CONSLE/2026/9/DEC/01, 2, IMPACS")
        raise ValueError(sentence % {"text": text[:60], "example": example})
    return str(row.pk)


def _programme(plan: Plan, text: str) -> str:
    if text and text not in plan.programmes:
        raise ValueError(_("There is no programme %(code)s.") % {"code": text[:20]})
    return text


def _year(plan: Plan, text: str) -> int | None:
    if text and not (text.isdecimal() and len(text) == 4 and 2006 <= int(text) <= 2100):
        raise ValueError(_("Enter a year from 2006 to 2100."))
    return int(text) if text else None


def _day(plan: Plan, text: str) -> datetime.date | None:
    day = _parsed(text)
    if text and day is None:
        raise ValueError(_("Enter a date, for example 2026-06-30 or 30 Jun 2026."))
    return day


def _parsed(text: str) -> datetime.date | None:
    for form in FORMATS:
        try:
            day = datetime.datetime.strptime(text, form).date()
        except ValueError:
            continue
        return day if FIRST <= day <= LAST else None
    return None


def _estimate(plan: Plan, text: str) -> Decimal | None:
    if not text:
        return None
    try:
        days = Decimal(text.replace(",", "."))
    except InvalidOperation:
        days = Decimal(-1)
    if not (days.is_finite() and 0 <= days <= 2000 and days == round(days, 2)):
        raise ValueError(_("Enter days of one person's work, for example 4 or 0.5."))
    return days


def _priority(plan: Plan, text: str) -> int | None:
    number = _normal("priority", text)
    if number and number not in map(str, Task.Priority.values):
        raise ValueError(_("Enter a priority from 1 (low) to 4 (urgent)."))
    return int(number) if number else None


READERS: dict[str, Any] = {
    "title": _title,
    "kind": _kind,
    "owner": _owner,
    "mandate": _mandate,
    "programme": _programme,
    "year": _year,
    "starts_on": _day,
    "due_on": _day,
    "estimate_days": _estimate,
    "priority": _priority,
}


def _twice(plan: Plan, found: list[Verdict]) -> None:
    first: dict[Any, Line] = {}
    for one in found:
        if one.task is None:
            continue
        other = first.setdefault(one.task.pk, one.line)
        if other is not one.line:
            sentence = _("Row %(row)s has the same key. Keep one of the two.") % {"row": other.number}
            one.faults.append((plan.read.place(one.line, "key"), sentence))


def _circles(plan: Plan, found: list[Verdict]) -> None:
    """Tasks that would wait for each other once the whole sheet is taken over; the chain is named."""
    before = {pk: set(there) for pk, there in plan.before.items()}
    asking = [one for one in found if one.task is not None and (one.add_after or one.drop_after)]
    for one in asking:
        gone = {pk for pk, key in plan.before.get(one.task.pk, {}).items() if key in one.drop_after}
        before[one.task.pk] = (before.get(one.task.pk, set()) - gone) | set(one.add_after)
    links = [(first, second) for second, firsts in before.items() for first in firsts]
    way = schedule.circle(links) if asking else ()
    names: dict[Any, str] = dict(plan.named)
    for one in asking:
        if way and one.task.pk in way and set(one.add_after) & set(way):
            chain = " → ".join(names.get(pk, "?") for pk in way)
            sentence = _("They would depend on each other: %(chain)s.") % {"chain": chain}
            one.faults.append((plan.read.place(one.line, "after"), sentence))


def fingerprint(found: Iterable[Verdict]) -> str:
    """What the portal's side of a preview was made of; the same only while none of the tasks has changed."""
    text = ";".join(f"{one.task.pk}:{one.task.version}" for one in found if one.task is not None)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
