"""Which entries share a key with a traveller: one statement for a manifest, rarely two."""

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db import connection

from apps.screening.matching import GROWTH, LIST, STOP_AT, Identity, foremost, most_compared, probe_keys, ranks
from apps.screening.queries.visibility import region_today

BORDER = "border"
"""The function for which travellers of a list are screened."""

# A key that very many entries hold (the matcher's `stop_at`) finds nobody in particular and is left out: the inner
# LIMIT stops reading it.
# It counts only what the traveller's States and the desk may screen with today, so that other entries change neither
# result nor time, and take nobody's place among the foremost.
# Keys and ids go as one text each way: as arrays, more time is spent on writing them down and reading them than here.
CANDIDATES = f"""
WITH stop AS MATERIALIZED (
  SELECT greatest({STOP_AT}, round({STOP_AT} * power(greatest(reltuples, 0) / {LIST}, {GROWTH})))::int AS most
  FROM pg_class WHERE oid = 'screening_entry'::regclass
)
SELECT probe.n - 1, held.entries, (SELECT most FROM stop)
FROM unnest(string_to_array(%s, E'\\n'), string_to_array(%s, E'\\n', '')) WITH ORDINALITY AS probe(key, states, n)
CROSS JOIN LATERAL (
  SELECT string_agg(one.entry_id::text, ' ') AS entries, count(*) AS number
  FROM (SELECT k.entry_id FROM screening_entrykey k
        WHERE k.key = probe.key
          AND (k.screen_for IS NULL OR probe.states IS NULL OR k.screen_for && probe.states::varchar[])
          AND (k.functions IS NULL OR k.functions @> %s::varchar[])
          AND (k.valid_from IS NULL OR k.valid_from <= %s)
        LIMIT (SELECT most + 1 FROM stop)) one
) held
WHERE held.number BETWEEN 1 AND (SELECT most FROM stop)
"""  # noqa: S608  (a constant of ours)


def sharing_a_key(
    travellers: Sequence[Identity], states: Sequence[Collection[str]] | None, function: str = BORDER
) -> list[set[UUID]]:
    """Ids of the entries to compare each traveller with: they share a key, and may be used for them.

    Their States and desks of `function` may screen with them, and their first day has come. Of very many the foremost
    (see the matcher's search keys). One statement; a second one where there is somebody for whom it finds nobody.
    """
    codes = [""] * len(travellers) if states is None else ["{" + ",".join(sorted(set(some))) + "}" for some in states]
    keys = [probe_keys(who) for who in travellers]
    chosen = _foremost(travellers, [list(filter(ranks, some)) for some in keys], codes, function)
    alone = [i for i, some in enumerate(chosen) if not some]
    # keys that rank nobody are half of what there is to read, and nearly always for nothing
    rest = [[key for key in keys[i] if not ranks(key)] for i in alone]
    found = _foremost([travellers[i] for i in alone], rest, [codes[i] for i in alone], function)
    for i, some in zip(alone, found, strict=True):
        chosen[i] = some
    ids = {text: UUID(text) for text in set[str]().union(*chosen)}
    return [{ids[text] for text in some} for some in chosen]


def _foremost(
    travellers: Sequence[Identity], keys: Sequence[Collection[str]], codes: Sequence[str], function: str
) -> list[set[str]]:
    """For each traveller the foremost of those who hold their keys; `codes` are their States as an array's text, or
    ""."""
    probes: dict[tuple[str, str], int] = {}
    asked = [
        [(key, probes.setdefault((key, code), len(probes))) for key in some]
        for some, code in zip(keys, codes, strict=True)
    ]
    if not probes:
        return [set() for _ in travellers]
    with connection.cursor() as cursor:
        columns = ["\n".join(column) for column in zip(*probes, strict=True)]
        cursor.execute(CANDIDATES, [*columns, [function], region_today()])
        rows = cursor.fetchall()
    holders = {n: ids.split() for n, ids, _stop in rows}
    stop = rows[0][2] if rows else STOP_AT
    return [
        foremost(((key, holders[n]) for key, n in numbers if n in holders), most_compared(who, stop))
        for who, numbers in zip(travellers, asked, strict=True)
    ]
