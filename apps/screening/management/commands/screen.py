"""`manage.py screen FILE.jsonl --json` (contract-matching.md, section 4)."""

import json
import multiprocessing
import sys
import time
from argparse import FileType
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import batched
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper

from apps.access.parsers import faults
from apps.audit import actions as audit
from apps.people.queries import service_actor
from apps.screening import queries
from apps.screening.matching import BadIdentity, Identity, is_by_document, prepare
from apps.screening.models import Entry
from apps.screening.queries import visibility
from apps.screening.queries.identities import kind_of
from apps.screening.readers.texts import json_line, numbered

BATCH = 300
"""Travellers compared together: about one manifest."""
READ = ("surname", "given_names", "full_name", "aliases", "sex", "birth_date", "nationality", "documents")
"""Keys of a line that are compared; whatever the others hold is let be."""


class Command(BaseCommand):
    help = "Compare travellers (JSON Lines) with the lists; one answer per line, in the order of the file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=FileType("rb"), help="JSON Lines; - for standard input")
        parser.add_argument("--json", action="store_true", help="JSON Lines (the only form)")
        parser.add_argument("--as", dest="state", default="", help="screen as this State alone (ISO alpha-3)")
        parser.add_argument("--min-score", type=float, help="least score of a hit; without it, the thresholds in force")
        parser.add_argument("--workers", type=int, default=1, help="processes")
        parser.add_argument("--dry-run", action="store_true", help="leave no audit row")

    def handle(self, *args: Any, **options: Any) -> None:
        state = options["state"]
        if state and state not in {party.code for party in visibility.states()}:
            raise CommandError(f"{state} is not a Member State or Associate Member.")
        with options["file"] as lines:
            batches = list(batched(numbered(lines), BATCH))
        started = time.perf_counter()
        work = partial(screen_batch, state=state, least=options["min_score"], dry_run=options["dry_run"])
        answers = []
        for found in _carried_out(work, batches, options["workers"]):
            answers += found
            for answer in found:
                # in ASCII: a reference may hold what no encoding writes
                self.stdout.write(json.dumps(answer))
        self.stdout.flush()
        self.stderr.write(json.dumps(_figures(answers, time.perf_counter() - started)))
        if any("error" in answer for answer in answers):
            sys.exit(1)


def _carried_out(work: Any, batches: list[Any], workers: int) -> Iterator[list[dict[str, Any]]]:
    if workers < 2:
        yield from map(work, batches)
        return
    part_from_the_database()
    with multiprocessing.get_context("fork").Pool(workers) as pool:
        yield from pool.imap(work, batches)


def part_from_the_database() -> None:
    """Close this process's connections before it forks: none may be shared, and a pool's threads do not come along."""
    # the connection itself: `django.db.connection` only stands for it, and is of no database's class
    ours = connections["default"]
    ours.close()
    if isinstance(ours, DatabaseWrapper):
        ours.close_pool()


def screen_batch(
    lines: Iterable[tuple[int, bytes]], *, state: str, least: float | None, dry_run: bool
) -> list[dict[str, Any]]:
    """The answers to some numbered lines; leaves one audit row for each traveller unless it is a dry run."""
    actor: Any = service_actor("JRCC.automation", request_id="screen")
    read = [(number, *_read(number, line)) for number, line in lines]
    known = [who for _, _, who in read if isinstance(who, Identity)]
    states = [[state]] * len(known) if state else None
    screened = iter(queries.search_with_candidates(actor, known, states, least=least))
    answers: list[dict[str, Any]] = []
    rows = []
    for number, ref, who in read:
        if not isinstance(who, Identity):
            answers.append({"ref": ref, "line": number, "error": who})
            continue
        found = next(screened)
        answers.append({"ref": ref, "candidates": found.candidates, "hits": [_hit(match) for match in found.matches]})
        entries = [str(match.entry.pk) for match in found.matches]
        rows.append(
            audit.entry(
                actor, "entry.screen", Entry, outcome="read", detail={"entries": entries, "as": state or "JRCC"}
            )
        )
    if not dry_run:
        audit.append(rows)
    return answers


def _read(number: int, line: bytes) -> tuple[str | int | None, Identity | str]:
    """(ref, identity), or (ref, what is wrong)."""
    found = json_line(number, line)
    record = found.record or {}
    ref = record.get("ref")
    ref = ref if isinstance(ref, str | int) else None
    if found.fault:
        return ref, found.fault
    try:
        kind = kind_of(record)
    except ValidationError as wrong:
        return ref, f"{' '.join(wrong.messages)} (/kind)"
    for place, fault in faults({key: record[key] for key in READ if key in record}):
        return ref, f"{fault} (/{place})"
    try:
        # dates that no calendar has are kept: a traveller is screened whatever they declare
        # of a document nothing else is asked
        asked = record if kind == Entry.Kind.PERSON else {"documents": record.get("documents")}
        return ref, prepare(asked, strict=False)
    except BadIdentity as wrong:
        return ref, f"{wrong.message} ({wrong.pointer or '/'})"


def _hit(match: queries.Match) -> dict[str, Any]:
    found = {
        "entry_ref": match.entry.reference,
        "list": match.entry.list.code,
        "score": match.comparison.score,
        "decision": match.decision,
    }
    # beside the contract's keys, and only where the score is not that of a person
    return found | ({"by_document": True} if is_by_document(match.comparison.evidence) else {})


def _figures(answers: list[dict[str, Any]], seconds: float) -> dict[str, Any]:
    pairs = sum(answer.get("candidates", 0) for answer in answers)
    number = len(answers) or 1
    return {
        "travellers": len(answers),
        "seconds": round(seconds, 4),
        "ms_per_traveller": round(1000 * seconds / number, 4),
        "candidates_mean": round(pairs / number, 2),
        "pairs_scored": pairs,
    }
