"""`manage.py import_watchlist FILE.jsonl` (contract-matching.md, section 3)."""

import json
import re
import signal
import sys
import threading
import time
from argparse import FileType
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from itertools import batched
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandParser
from django.db import Error as DatabaseFault
from django.db import OperationalError, connection
from django.utils.translation import gettext as _
from psycopg.errors import QueryCanceled

from apps.access.refusal import Refused
from apps.people.models import Party
from apps.people.queries import desk_ids, service_actor
from apps.screening import actions, queries
from apps.screening.models import Entry, WatchList
from apps.screening.queries.list_files import Line, read_line
from apps.screening.readers.texts import CUT, json_line, numbered

BATCH = 10_000
"""Lines written in one transaction: a long list's keys lie so far apart that each batch touches most of their index."""
AHEAD = 2
"""Batches that are read while the database writes the one before."""
PROGRESS = 50_000
"""Lines after which the command says how far it is."""
DEFAULT_LIST, DEFAULT_OWNER = "IMPORT", "JRCC"
LIST_CODE = re.compile(r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,29}$")
KEEPING_DESK = {"RIFC": "RIFC.analysis", "JRCC": "JRCC.watch"}
COUNTS = ("read", "created", "updated", "unchanged", "withdrawn")
PAUSES_S = (1, 5, 15)
"""Before the tries of an act in which the database went away."""
STOPPED = (
    "Stopped. {why} Taken over: {taken_over} lines. Not taken over: from line {from_line} on. Start the same command"
    " with the same file again: what is taken over stays as it is, and the rest follows."
)
NOT_WITHDRAWN = "The file breaks off in line {line}: nothing was withdrawn. Ask for the whole file."


class Command(BaseCommand):
    help = "Load a list file (JSON Lines): new lines become entries, changed lines new versions of theirs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=FileType("rb"), help="JSON Lines; - for standard input")
        parser.add_argument("--list", default="", help="code of the list, over what the lines say")
        parser.add_argument("--owner", default="", help="party that keeps a list made by this file")
        parser.add_argument("--replace", action="store_true", help="withdraw entries that the file does not have")
        parser.add_argument("--json", action="store_true", help="print the counts as one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.perf_counter()
        taking = Intake(options["list"], options["owner"], self._said)
        further: dict[str, Any] = {}
        try:
            with told_to_stop(), options["file"] as lines:
                taking.take(lines)
                # a file that was cut does not say which entries it had left out
                if options["replace"] and taking.cut:
                    further["not_withdrawn"] = NOT_WITHDRAWN.format(line=taking.cut)
                elif options["replace"]:
                    taking.withdraw_missing()
        except (DatabaseFault, Refused, OSError, KeyboardInterrupt) as why:
            further["stopped"] = taking.stopped(why)
        seconds = round(time.perf_counter() - started, 3)
        report = {**taking.counts, "held": taking.held, "rejected": taking.rejected, "seconds": seconds}
        if options["json"]:
            self.stdout.write(json.dumps(report | further, ensure_ascii=False))
        else:
            self._print(report)
        if further:
            self.stderr.write(further.get("not_withdrawn") or STOPPED.format(**further["stopped"]))
            sys.exit(1)

    def _print(self, report: dict[str, Any]) -> None:
        self.stdout.write(", ".join(f"{report[name]} {name}" for name in COUNTS) + f" in {report['seconds']} s")
        for code, number in report["held"].items():
            self.stderr.write(f"{code}: {number} withdrawals are held until two people confirm them on the list's page")
        for fault in report["rejected"]:
            self.stderr.write(f"line {fault['line']}: {fault['reason']}")

    def _said(self, lines: int) -> None:
        """How far the file is, for whoever waits."""
        self.stderr.write(f"{lines} lines")


@contextmanager
def told_to_stop() -> Iterator[None]:
    """Let a request to end the process (SIGTERM) be as Ctrl-C is, so that there is a report."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


class Read(NamedTuple):
    """A line of the file: where it belongs, and what it says or why it is no entry.

    No `code` if it is no object; `cut` if the file moreover ends in it without an end of line.
    """

    number: int
    code: str
    owner: str
    reference: str
    said: Line | ValidationError
    cut: bool = False


class Intake:
    """One file on its way into the lists: lines are checked one by one and written in batches."""

    def __init__(self, code: str, owner: str, said: Callable[[int], None]) -> None:
        self.said = said
        self.actor = service_actor("JRCC.automation", request_id="import")
        self.code, self.owner = code, owner
        self.known = queries.known_codes()
        self.counts = dict.fromkeys(COUNTS, 0)
        self.rejected: list[dict[str, Any]] = []
        self.cut = self.last = 0
        self.homes: dict[str, WatchList] = {}
        self.before: dict[str, int] = {}
        self.held: dict[str, int] = {}
        self.seen: dict[str, set[str]] = {}
        self.waiting: dict[str, list[tuple[int, Line]]] = {}

    def take(self, lines: Iterable[bytes]) -> None:
        """Read every line; a line that cannot be an entry is noted and left out, `cut` is one in which the file ends.

        Reading goes on in a thread of its own while the database writes.
        """
        reading: deque[Future[list[Read]]] = deque()
        with ThreadPoolExecutor(1, "read") as reader:
            for some in batched(numbered(lines), BATCH):
                reading.append(reader.submit(self._read, some))
                if len(reading) > AHEAD:
                    self._take_in(reading.popleft().result())
            for one in reading:
                self._take_in(one.result())
        for code in self.waiting:
            self._write(code)

    def _read(self, some: Sequence[tuple[int, bytes]]) -> list[Read]:
        """What the lines say; asks no database."""
        return [self._read_line(number, text) for number, text in some]

    def _read_line(self, number: int, text: bytes) -> Read:
        found = json_line(number, text)
        if (record := found.record) is None:
            cut = not text.endswith(b"\n")
            return Read(number, "", "", "", ValidationError(CUT if cut else found.fault), cut)
        code = self.code or str(record.get("list") or DEFAULT_LIST)
        owner = self.owner or str(record.get("owner") or "")
        said: Line | ValidationError
        try:
            if found.fault:
                raise ValidationError(found.fault)
            said = read_line(record, self.known)
        except ValidationError as wrong:
            said = wrong
        else:
            said.keys  # noqa: B018  (worked out here, beside the database's own work)
        return Read(number, code, owner, str(record.get("ref") or "").strip(), said)

    def _take_in(self, some: Iterable[Read]) -> None:
        for one in some:
            self.last = one.number
            self.counts["read"] += 1
            if self.counts["read"] % PROGRESS == 0:
                self.said(self.counts["read"])
            if one.cut:
                self.cut = one.number
            try:
                self._take_line(one)
            except (ValidationError, Refused) as wrong:
                reason = " ".join(wrong.messages) if isinstance(wrong, ValidationError) else wrong.message
                self.rejected.append({"line": one.number, "reason": reason})
            if len(self.waiting.get(one.code, ())) >= BATCH:
                self._write(one.code)

    def _take_line(self, one: Read) -> None:
        if one.code:
            seen = self.seen.setdefault(one.code, set())
            if one.reference and one.reference in seen:
                raise ValidationError(_("An earlier line has the same ref."))
            # a line that is rejected is still in the file: its entry is not withdrawn
            seen.add(one.reference)
        if isinstance(one.said, ValidationError):
            raise one.said
        self._home(one.code, one.owner)
        self.waiting.setdefault(one.code, []).append((one.number, one.said))

    def _home(self, code: str, owner: str) -> WatchList:
        """The list of this code, made on first use for the desk that keeps such lists."""
        home = self.homes.get(code) or WatchList.objects.visible_to(self.actor).filter(code=code).first()
        if home is None:
            party = owner or self._named_in(code)
            desks = desk_ids(KEEPING_DESK.get(party, f"{party}.intelligence"))
            if not LIST_CODE.match(code):
                raise ValidationError(_("Use up to 30 letters, digits and hyphens in a list code."))
            if not desks:
                raise ValidationError(
                    _("%(party)s has no desk that keeps watchlists. Check the party.") % {"party": party}
                )
            home = actions.open_watchlist_for_party(self.actor, None, code=code, desk_id=desks[0], party=party)
        if owner and home.originator_id != owner:
            raise ValidationError(_("The list %(code)s belongs to another party.") % {"code": code})
        if code not in self.homes:
            self.before[code] = queries.print_of(home.pk)[1]
        self.homes[code] = home
        return home

    def _named_in(self, code: str) -> str:
        prefix, hyphen, _rest = code.partition("-")
        known = hyphen and Party.objects.visible_to(self.actor).filter(code=prefix).exists()
        return prefix if known else DEFAULT_OWNER

    def _write(self, code: str) -> None:
        """Bring the list up to the lines that wait for it; they wait until that is stored."""
        home, lines = self.homes[code], [line for _number, line in self.waiting[code]]
        self._stored(partial(self._bring_up, home, lines))
        self.waiting[code] = []

    def _bring_up(self, home: WatchList, lines: Sequence[Line], done: dict[str, int]) -> None:
        same = queries.up_to_date(home, lines)
        done["unchanged"] = len(same)
        others = [line for line in lines if line.reference not in same]
        if others:
            actions.import_entries(self.actor, home, lines=others, counts=done)

    def _stored(self, act: Callable[[dict[str, int]], object]) -> None:
        """Do one act and count what it did; where the database went away meanwhile, once more after a while.

        Each act is a transaction and leaves alone what is there already, so that it may be done twice.
        """
        for pause in (*PAUSES_S, None):
            done: dict[str, int] = {}
            try:
                act(done)
            except OperationalError as lost:
                if pause is None or isinstance(lost.__cause__, QueryCanceled):
                    raise
                connection.close_if_unusable_or_obsolete()
                time.sleep(pause)
            else:
                for name, number in done.items():
                    self.counts[name] += number
                return

    def stopped(self, why: BaseException) -> dict[str, Any]:
        """How far the file is taken over, after the error that ended the work: nothing of a batch, or all of it."""
        waiting = [lines[0][0] for lines in self.waiting.values() if lines]
        return {
            "why": _why(why),
            "taken_over": sum(self.counts[name] for name in ("created", "updated", "unchanged")),
            "from_line": min([self.last + 1, *waiting]),
        }

    def withdraw_missing(self) -> None:
        """Withdraw what the file's lists have in use or suspended and no line names; much is held for two people."""
        for code, home in self.homes.items():
            rows = Entry.objects.visible_to(self.actor).filter(list=home, state__in=Entry.KEPT_UP)
            known = rows.values_list("pk", "reference", "display_name").iterator(chunk_size=5000)
            missing = [one for one in known if one[1] not in self.seen[code]]
            if queries.limits().withdraws_much(len(missing), self.before[code]):
                actions.hold_list_import(self.actor, None, home=home, entries=missing)
                self.held[code] = len(missing)
                continue
            for some in batched([pk for pk, *_rest in missing], BATCH):
                self._stored(partial(self._drop, home, some))

    def _drop(self, home: WatchList, entries: Sequence[Any], done: dict[str, int]) -> None:
        actions.withdraw_dropped_entries(self.actor, home, entries=entries, counts=done)


def _why(fault: BaseException) -> str:
    """Why the work ended, in a sentence."""
    if isinstance(fault, KeyboardInterrupt):
        return "It was told to stop."
    if isinstance(fault, Refused):
        return str(fault.message)
    if isinstance(fault, OSError):
        return f"The file cannot be read: {fault.strerror or fault}."
    if isinstance(fault.__cause__, QueryCanceled):
        return "The database gave up: a statement took longer than it may (DATABASE_WORK_STATEMENT_S)."
    said = next(iter(str(fault).splitlines()), type(fault).__name__)
    return f"The database does not do it: {said.rstrip('.')}."
