"""What a file would change in its list."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import batched
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from apps.screening import queries, readers
from apps.screening.models import Entry, ImportLine, ListImport
from apps.screening.queries import entry_differences
from apps.screening.queries.list_files import Line, differs, read_line
from apps.screening.readers import Broken

BATCH = 500
SHOWN = 1000
"""Lines of each kind of change that are kept for the preview."""
C = ImportLine.Change
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Seen:
    """A line of a file: its reference as far as it has one, and what it says or why it cannot be an entry."""

    number: int
    reference: str
    line: Line | None
    reason: str = ""


@dataclass(slots=True)
class Tally:
    """What a file does: counts by kind, the lines to show, and the references that it names."""

    read: int = 0
    unchanged: int = 0
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(C.values, 0))
    shown: list[ImportLine] = field(default_factory=list)
    named: set[str] = field(default_factory=set)

    def add(self, change: str, **columns: Any) -> None:
        """One more line of a kind."""
        self.counts[change] += 1
        if self.counts[change] <= SHOWN:
            self.shown.append(ImportLine(change=change, **columns))


def lines_of(source: ListImport, data: bytes) -> Iterator[Seen]:
    """The lines of a file; Broken where it breaks off. A reference is taken once."""
    known, taken = queries.known_codes(), set[str]()
    for one in readers.read_watchlist_file(data, source.form):
        if one.record is None:
            yield Seen(one.line, "", None, one.fault)
            continue
        record = one.record if one.record.get("instruction") else {**one.record, "instruction": source.instruction}
        reference = str(record.get("ref") or "").strip()[:60]
        if reference in taken:
            yield Seen(one.line, reference, None, _("An earlier line has the same ref."))
            continue
        taken.add(reference)
        try:
            yield Seen(one.line, reference, read_line(record, known))
        except ValidationError as wrong:
            yield Seen(one.line, reference, None, " ".join(wrong.messages))


def compared(source: ListImport, data: bytes, progress: Progress) -> Tally:
    """What the file would change in its list as it is now; Broken for a file that is refused."""
    tally = Tally()
    for some in batched(lines_of(source, data), BATCH):
        tally.read += len(some)
        tally.named.update(one.reference for one in some)
        known = _known(source, some)
        for one in some:
            _compare(tally, one, known.get(one.reference))
        progress(tally.read)
    if not tally.read:
        raise Broken(_("The file has no lines."))
    if source.replaces:
        for pk, reference, name in missing(source, tally.named):
            tally.add(C.WITHDRAWN, reference=reference, name=name, entry_id=pk)
    return tally


def _known(source: ListImport, some: Any) -> dict[str, Entry]:
    rows = Entry.objects.filter(list=source.list_id, reference__in=[one.reference for one in some])
    return {entry.reference: entry for entry in rows}


def _compare(tally: Tally, one: Seen, entry: Entry | None) -> None:
    if one.line is None:
        tally.add(C.REJECTED, line=one.number, reference=one.reference, reason=one.reason[:400])
    elif entry is None:
        tally.add(C.NEW, line=one.number, reference=one.reference, name=one.line.display_name)
    elif differs(entry, one.line):
        changes = entry_differences.between(entry, one.line) if tally.counts[C.CHANGED] < SHOWN else []
        name = one.line.display_name
        tally.add(C.CHANGED, line=one.number, reference=one.reference, name=name, changes=changes)
    else:
        tally.unchanged += 1


def missing(source: ListImport, named: set[str]) -> Iterator[tuple[Any, str, str]]:
    """(id, reference, name) of entries, in use or suspended, that a file does not name, in order of reference."""
    rows = Entry.objects.filter(list=source.list_id, state__in=Entry.KEPT_UP).order_by("reference")
    for pk, reference, name in rows.values_list("pk", "reference", "display_name").iterator(chunk_size=5000):
        if reference not in named:
            yield pk, reference, name
