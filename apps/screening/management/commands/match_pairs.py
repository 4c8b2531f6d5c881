"""Score pairs of records from a file: `manage.py match_pairs FILE.jsonl [--out FILE] [--workers N] [--no-text]`."""

import gc
import io
import json
import multiprocessing
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from functools import partial
from itertools import batched
from time import perf_counter
from typing import Any, NamedTuple, TextIO, cast

from django.core.management.base import BaseCommand, CommandError

from apps.screening.matching import MATCHER_VERSION, BadIdentity, Comparison, Identity, compare, prepare, read_tables

CHUNK = 2000
type Prepared = tuple[Identity, Identity] | str


class Scored(NamedTuple):
    """A chunk's output lines, how many failed, and seconds spent preparing and scoring (parsing and printing apart)."""

    lines: list[str]
    failed: int
    prepare_seconds: float
    score_seconds: float


class Command(BaseCommand):
    """One output line for each input line, in order; needs neither database nor broker."""

    help = "Score the pairs of records in a JSON Lines file (- for standard input)."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="JSON Lines with id, a and b; - reads standard input")
        parser.add_argument("--out", help="file to write; standard output without it")
        parser.add_argument("--workers", type=int, default=1, help="processes that score side by side")
        parser.add_argument("--no-text", action="store_true", help="leave the sentences out")

    def handle(self, *args: Any, **options: Any) -> None:
        with ExitStack() as files:
            source = _opened(options["file"], "r", sys.stdin, files)
            target = _opened(options["out"] or "-", "w", self.stdout, files)
            workers = max(1, options["workers"])
            count = failed = 0
            prepare_seconds = score_seconds = 0.0
            for chunk in _scored(source, workers, texts=not options["no_text"]):
                target.write("".join(line + "\n" for line in chunk.lines))
                count += len(chunk.lines)
                failed += chunk.failed
                prepare_seconds += chunk.prepare_seconds
                score_seconds += chunk.score_seconds
        self.stderr.write(_summary(count, prepare_seconds, score_seconds, workers))
        if failed:
            sys.exit(1)


def _opened(path: str, mode: str, standard: Any, files: ExitStack) -> TextIO:
    if path == "-":
        if isinstance(standard, io.TextIOWrapper):
            standard.reconfigure(encoding="utf-8", errors="replace")
        return standard
    try:
        return cast("TextIO", files.enter_context(open(path, mode, encoding="utf-8", errors="replace")))
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error


def _summary(count: int, prepare_seconds: float, score_seconds: float, workers: int) -> str:
    """Seconds are summed over the workers, so the rates are those of one core."""
    total = prepare_seconds + score_seconds
    figures = {
        "pairs": count,
        "seconds_prepare": prepare_seconds,
        "seconds_score": score_seconds,
        "pairs_per_s": count / score_seconds if score_seconds else 0.0,
        "pairs_per_s_total": count / total if total else 0.0,
        "workers": workers,
        "matcher": MATCHER_VERSION,
    }
    return json.dumps(figures)


def _scored(lines: Iterable[str], workers: int, *, texts: bool) -> Iterator[Scored]:
    chunks = batched((line for line in lines if line.strip()), CHUNK)
    work = partial(score_chunk, texts=texts)
    if workers == 1:
        yield from map(work, chunks)
        return
    with multiprocessing.Pool(workers) as pool:
        yield from pool.imap(work, chunks)


def score_chunk(lines: tuple[str, ...], *, texts: bool) -> Scored:
    """Score some lines; a line that cannot be scored becomes an error line and leaves the others alone."""
    parsed = [_parsed(line) for line in lines]
    # Nothing made here is part of a cycle; looking for cycles among so many small objects costs a fifth of the time.
    gc.disable()
    read_tables()
    start = perf_counter()
    prepared = [_prepared(pair) for pair in parsed]
    between = perf_counter()
    results = [p if isinstance(p, str) else compare(*p, texts=texts) for p in prepared]
    end = perf_counter()
    gc.enable()
    printed = [_printed(pair, result, texts) for pair, result in zip(parsed, results, strict=True)]
    failed = sum(isinstance(result, str) for result in results)
    return Scored(printed, failed, between - start, end - between)


def _parsed(line: str) -> dict | str:
    try:
        # the first line of some programs' files begins with a byte order mark
        pair = json.loads(line.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        return f"not JSON: {error}"
    return pair if isinstance(pair, dict) else "not an object with id, a and b"


def _prepared(pair: dict | str) -> Prepared:
    if isinstance(pair, str):
        return pair
    sides = []
    for side in ("a", "b"):
        if side not in pair:
            return f"{side} is missing"
        try:
            sides.append(prepare(pair[side], strict=False))
        except BadIdentity as error:
            return f"/{side}{error.pointer}: {error.message}"
    return sides[0], sides[1]


def _printed(pair: dict | str, result: Comparison | str, texts: bool) -> str:
    name = pair.get("id") if isinstance(pair, dict) else None
    if isinstance(result, str):
        return json.dumps({"id": name, "error": result})
    if texts:
        evidence = [e._asdict() for e in result.evidence]
    else:
        evidence = [{"feature": e.feature, "weight": e.weight} for e in result.evidence]
    answer = {"id": name, "score": result.score, "decision": result.decision, "prior": result.prior}
    return json.dumps({**answer, "evidence": evidence})
