"""`manage.py import_watchlist FILE.jsonl` (contract-matching.md, section 3)."""

import json
import re
import sys
import time
from argparse import FileType
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import batched
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from apps.access.refused import Refused
from apps.people.models import Party
from apps.people.queries import desk_ids, service_actor
from apps.screening import actions, queries
from apps.screening.list_files import Line, read_line
from apps.screening.models import Entry, WatchList
from apps.screening.reading.texts import CUT, json_line, numbered

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
        with options["file"] as lines:
            taking.take(lines)
        # a file that was cut does not say which entries it had left out
        cut = NOT_WITHDRAWN.format(line=taking.cut) if options["replace"] and taking.cut else ""
        if options["replace"] and not cut:
            taking.withdraw_missing()
        seconds = round(time.perf_counter() - started, 3)
        report = {**taking.counts, "held": taking.held, "rejected": taking.rejected, "seconds": seconds}
        if options["json"]:
            self.stdout.write(json.dumps(report | ({"not_withdrawn": cut} if cut else {}), ensure_ascii=False))
        else:
            self._print(report)
        if cut:
            self.stderr.write(cut)
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
        self.cut = 0
        self.homes: dict[str, WatchList] = {}
        self.before: dict[str, int] = {}
        self.held: dict[str, int] = {}
        self.seen: dict[str, set[str]] = {}
        self.waiting: dict[str, list[Line]] = {}

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

    def _take_line(self, one: Read) -> None:
        if one.code:
            seen = self.seen.setdefault(one.code, set())
            if one.reference and one.reference in seen:
                raise ValidationError(_("An earlier line has this ref."))
            # a line that is rejected is still in the file: its entry is not withdrawn
            seen.add(one.reference)
        if isinstance(one.said, ValidationError):
            raise one.said
        self._home(one.code, one.owner)
        self.waiting.setdefault(one.code, []).append(one.said)
        if len(self.waiting[one.code]) >= BATCH:
            self._write(one.code)

    def _home(self, code: str, owner: str) -> WatchList:
        """The list of this code, made on first use for the desk that keeps such lists."""
        home = self.homes.get(code) or WatchList.objects.visible_to(self.actor).filter(code=code).first()
        if home is None:
            party = owner or self._named_in(code)
            desks = desk_ids(KEEPING_DESK.get(party, f"{party}.intelligence"))
            if not LIST_CODE.match(code):
                raise ValidationError(_("A list's code is up to 30 letters, digits and hyphens."))
            if not desks:
                raise ValidationError(_("%(party)s has no desk that keeps watchlists.") % {"party": party})
            home = actions.open_list_for(self.actor, None, code=code, desk_id=desks[0], party=party)
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
        lines, home = self.waiting[code], self.homes[code]
        self.waiting[code] = []
        same = queries.up_to_date(home, lines)
        self.counts["unchanged"] += len(same)
        others = [line for line in lines if line.reference not in same]
        if others:
            actions.take_in(self.actor, home, lines=others, counts=self.counts)

    def withdraw_missing(self) -> None:
        """Withdraw what the file's lists have in use or suspended and no line names; much is held for two people."""
        for code, home in self.homes.items():
            rows = Entry.objects.visible_to(self.actor).filter(list=home, state__in=Entry.KEPT_UP)
            known = rows.values_list("pk", "reference", "display_name").iterator(chunk_size=5000)
            missing = [one for one in known if one[1] not in self.seen[code]]
            if queries.limits().withdraws_much(len(missing), self.before[code]):
                actions.hold(self.actor, None, home=home, entries=missing)
                self.held[code] = len(missing)
                continue
            for some in batched([pk for pk, *_rest in missing], BATCH):
                actions.drop(self.actor, home, entries=some, counts=self.counts)
