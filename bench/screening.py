"""Benchmark `screening`: a fictional list and its travellers, both ways (contract-matching.md, section 5).

The list goes into a database of its own, which is removed afterwards. Seconds are those of the clock; where they end in
`cpu` they are the processor's, this process and its database session together, so that others on the machine do not
disturb them.
"""

import gc
import json
import os
import random
import time
from collections.abc import Callable, Collection, Sequence
from functools import partial
from itertools import batched
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from django.db import connection

from apps.jrcc.actions import comparisons as jrcc
from apps.jrcc.queries import hits as travelling
from apps.jrcc.queries.possible_matches import Found
from apps.manifests.models import Submission
from apps.people.queries import service_actor
from apps.screening import queries
from apps.screening.management.commands.import_watchlist import BATCH, Intake
from apps.screening.matching import MATCHER_VERSION, REVIEW_THRESHOLD, Identity, compare, prepare, read_tables
from apps.screening.models import Entry
from apps.screening.queries.candidates import sharing_a_key
from bench import flights
from bench.fiction.people import People, Record
from bench.fiction.samples import COINED_IN_A_LIST, entries_of, met, stranger
from bench.scratch import analyse, scratch_database
from bench.workers import side_by_side

LIST = "JRCC-BENCH"
MANIFEST = 300
ROUNDS = 5
"""Full manifests that each way of screening is timed with, after one that warms the connection up."""
REVERSE = 40
"""Entries that are compared with all travellers, one after another."""
PAIRS = 40_000
"""Pairs of travellers and candidates that scoring alone is timed with."""
UNFOUND = -1.0
TICKS = os.sysconf("SC_CLK_TCK")


class Sample(NamedTuple):
    """Travellers in order, and the reference of the entry that each truly is; "" for strangers."""

    travellers: list[Record]
    truth: list[str]

    @property
    def hits(self) -> int:
        """How many are on the list."""
        return sum(map(bool, self.truth))


class Timed(NamedTuple):
    """Seconds of the clock, and of the processor: this process with its database session."""

    clock: float
    processor: float


def run(
    *, entries: int, travellers: int, seed: int, workers: int, hit_rate: float, say: Callable[[str], None]
) -> dict[str, Any]:
    """The figures in a database that is made for them."""
    with scratch_database():
        return measured(entries, travellers, seed, workers, hit_rate, say)


def measured(
    entries: int, travellers: int, seed: int, workers: int, hit_rate: float, say: Callable[[str], None]
) -> dict[str, Any]:
    """The figures of the contract, in its order, and after them some of our own."""
    read_tables()
    flown = MANIFEST * (1 + ROUNDS + _together(workers))
    (sample, more), load = _load(entries, (travellers, flown), seed, hit_rate, say)
    analyse()
    say("list taken in")
    actor: Any = service_actor("JRCC.automation", request_id="bench")
    people = [prepare(record, strict=False) for record in sample.travellers]
    searched = _candidates(people)
    scored = _scored(actor, people, sample.truth)
    say("travellers compared")
    manifests = _manifests(actor, more.travellers, workers)
    flights.file(sample.travellers, MANIFEST, first=len(more.travellers))
    analyse()
    say("manifests screened")
    figures = {
        "entries": entries,
        "travellers": travellers,
        "seed": seed,
        "load_seconds": round(load.clock, 2),
        **searched,
        **scored,
        **manifests,
        **_reverse(actor, seed),
        "matcher": MATCHER_VERSION,
        "cpu_count": os.cpu_count(),
        "workers": workers,
        "true_hits": sample.hits,
        "load_seconds_cpu": round(load.processor, 2),
    }
    return {name: figures[name] for name in sorted(figures, key=_place)}


ORDER = (
    *("entries", "travellers", "seed", "load_seconds", "candidate_ms_per_traveller", "candidates_per_traveller_mean"),
    *("candidates_per_traveller_p99", "candidate_recall", "recall_at_review", "false_alerts_per_1000_at_review"),
    *("precision_at_review", "recall_at_10_false_per_1000", "recall_at_1_false_per_1000"),
    *("manifest300_seconds_one_core", "manifest300_seconds_all_workers", "reverse_screen_seconds_per_entry"),
    *("pairs_per_s_core", "matcher", "cpu_count"),
)
"""Keys of the contract; those of our own follow."""


def _place(name: str) -> int:
    return ORDER.index(name) if name in ORDER else len(ORDER)


def timed(work: Callable[[], Any]) -> Timed:
    """How long something took, by the clock and by the processor."""
    before, started = _processor(), time.perf_counter()
    work()
    return Timed(time.perf_counter() - started, _processor() - before)


def _processor() -> float:
    """Processor seconds of this process and of its database session, as far as that runs on this machine."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        session = Path(f"/proc/{cursor.fetchone()[0]}/stat")
    try:
        # after the program's name in brackets: state, ten numbers, user and system time in ticks
        fields = session.read_text().rpartition(")")[2].split()
    except OSError:
        return time.process_time()
    return time.process_time() + (int(fields[11]) + int(fields[12])) / TICKS


def _load(
    entries: int, sizes: Sequence[int], seed: int, hit_rate: float, say: Callable[[str], None]
) -> tuple[list[Sample], Timed]:
    """Make a list, take it in as `import_watchlist` does, and samples of travellers; only the taking in is timed."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    hits = [min(entries, round(size * hit_rate)) for size in sizes]
    places = [chance.sample(range(entries), count) for count in hits]
    wanted = set().union(*places)
    people = People(seed, coined=COINED_IN_A_LIST)
    taking = Intake(LIST, "JRCC", lambda lines: say(f"{lines} lines"))
    known: dict[int, tuple[str, Record]] = {}
    clock = processor = 0.0
    for some in batched(enumerate(entries_of(people, entries)), 10 * BATCH):
        known |= {place: (entry["ref"], person) for place, (person, entry) in some if place in wanted}
        lines = [json.dumps(entry, ensure_ascii=False).encode() for _place, (_person, entry) in some]
        took = timed(partial(taking.take, lines))
        clock, processor = clock + took.clock, processor + took.processor
    if taking.rejected:
        raise RuntimeError(f"a line of the benchmark was rejected: {taking.rejected[0]}")
    samples = []
    for size, held in zip(sizes, places, strict=True):
        everybody = [(known[place][0], met(people, known[place][1])) for place in held]
        everybody += [("", stranger(people)) for _ in range(size - len(held))]
        chance.shuffle(everybody)
        samples.append(Sample([record for _, record in everybody], [ref for ref, _ in everybody]))
    return samples, Timed(clock, processor)


def _candidates(people: Sequence[Identity]) -> dict[str, Any]:
    """The search of candidates alone: keys, statement and reading its answer, a manifest at a time."""
    sharing_a_key(people[:MANIFEST], None)
    manifests = list(batched(people, MANIFEST))
    each = [timed(partial(sharing_a_key, some, None)) for some in manifests]
    clocks = [took.clock / len(some) for took, some in zip(each, manifests, strict=True)]
    return {
        "candidate_ms_per_traveller": round(1000 * median(clocks), 4),
        "candidate_ms_per_traveller_cpu": round(1000 * sum(took.processor for took in each) / len(people), 4),
    }


def _scored(actor: Any, people: Sequence[Identity], truth: Sequence[str]) -> dict[str, Any]:
    """Everybody against the list: how many were compared, who was found, and at the price of which false alerts."""
    counts: list[int] = []
    hits: list[float] = []
    others: list[float] = []
    pairs: list[tuple[Identity, Identity]] = []
    for some in batched(zip(people, truth, strict=True), MANIFEST):
        answers = queries.search_with_candidates(actor, [who for who, _true in some], None, least=0.0)
        for (who, true), answer in zip(some, answers, strict=True):
            counts.append(answer.candidates)
            scores = {match.entry.reference: match.comparison.score for match in answer.matches}
            hits += [scores.get(true, UNFOUND)] if true else []
            others += [] if true else [max(scores.values(), default=UNFOUND)]
            if len(pairs) < PAIRS:
                pairs += [(who, prepare(match.entry.subject, strict=False)) for match in answer.matches]
    counts.sort()
    found = sum(score >= REVIEW_THRESHOLD for score in hits)
    false = sum(score >= REVIEW_THRESHOLD for score in others)
    return {
        "candidates_per_traveller_mean": round(sum(counts) / len(counts), 2),
        "candidates_per_traveller_p99": counts[min(len(counts) - 1, int(0.99 * len(counts)))],
        "candidate_recall": _share([score > UNFOUND for score in hits]),
        "recall_at_review": _share([score >= REVIEW_THRESHOLD for score in hits]),
        "false_alerts_per_1000_at_review": round(1000 * false / max(1, len(others)), 2),
        "precision_at_review": round(found / max(1, found + false), 4),
        "recall_at_10_false_per_1000": _recall(0.01, hits, others),
        "recall_at_1_false_per_1000": _recall(0.001, hits, others),
        "pairs_per_s_core": _rate(pairs),
    }


def _recall(alarms: float, hits: Collection[float], others: Collection[float]) -> float:
    """Share of the true hits above the score that a share `alarms` of the others reaches."""
    ranked = sorted(others, reverse=True)
    threshold = ranked[int(alarms * len(ranked))] if ranked else UNFOUND
    return _share([score > threshold for score in hits])


def _share(held: Sequence[bool]) -> float:
    return round(sum(held) / max(1, len(held)), 4)


def _rate(pairs: Sequence[tuple[Identity, Identity]]) -> int:
    """Pairs compared in a second of one core's time, both records prepared, with evidence and without sentences."""
    gc.disable()
    started = time.process_time()
    for who, listed in pairs:
        compare(who, listed, texts=False)
    seconds = time.process_time() - started
    gc.enable()
    return round(len(pairs) / seconds) if seconds else 0


def _manifests(actor: Any, records: Sequence[Record], workers: int) -> dict[str, Any]:
    """From 300 stored records to stored hits, each manifest in the transaction of `submission.screen`."""
    warm, *filed = flights.file(records, MANIFEST)
    jrcc.screen_submission(actor, warm)
    each = [timed(partial(jrcc.screen_submission, actor, one)) for one in filed[:ROUNDS]]
    together = filed[ROUNDS:]
    return {
        "manifest300_seconds_one_core": round(median(one.clock for one in each), 4),
        "manifest300_seconds_one_core_cpu": round(sum(one.processor for one in each) / len(each), 4),
        "manifest300_seconds_all_workers": round(_side_by_side(together, workers) / len(together), 4),
    }


def _together(workers: int) -> int:
    """How many manifests the workers share."""
    return max(ROUNDS, 3 * workers)


def _side_by_side(submissions: Sequence[Submission], workers: int) -> float:
    """Seconds in which so many processes screen these manifests."""
    keys = [one.pk for one in submissions]
    if workers == 1:
        return timed(lambda: list(map(_screen, keys))).clock
    return side_by_side(_screen, keys, workers)


def _screen(submission: Any) -> None:
    actor: Any = service_actor("JRCC.automation", request_id="bench")
    jrcc.screen_submission(actor, Submission.objects.get(pk=submission))


def _reverse(actor: Any, seed: int) -> dict[str, Any]:
    """One entry at a time against all travellers still to arrive, to the stored hits."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    keys = list(queries.in_force().values_list("pk", flat=True))
    took = []
    for pk in chance.sample(keys, min(REVERSE, len(keys))):
        rows = list(Entry.objects.filter(pk=pk).select_related("list"))
        took.append(timed(partial(_compared, actor, rows)))
    return {
        "reverse_screen_seconds_per_entry": round(median(one.clock for one in took), 5),
        "reverse_screen_seconds_per_entry_cpu": round(sum(one.processor for one in took) / len(took), 5),
    }


def _compared(actor: Any, rows: list[Entry]) -> None:
    found = [Found(*each) for each in travelling.concerned_by(rows)]
    if found:
        jrcc.screen_entry(actor, None, found=found)
