"""Reference data of the watchlists: the numbers by which they are kept, and the keys of their entries. Idempotent."""

import tomllib
from pathlib import Path

from django.db import transaction

from apps.access.pagination import in_chunks
from apps.screening.matching import entry_keys, prepare
from apps.screening.models import Entry, EntryKey, ListRules

CHUNK = 1000
SEED = Path(__file__).parents[1] / "seed" / "list_rules.toml"


def load_screening_reference() -> dict[str, int]:
    """Bring the rules up to the seed file."""
    for row in tomllib.loads(SEED.read_text(encoding="utf-8"))["rules"]:
        ListRules.objects.update_or_create(valid_from=row.pop("valid_from"), defaults=row)
    return {"list rules": ListRules.objects.count()}


def rewrite_keys() -> int:
    """Give every entry in use the keys of this matcher, a thousand in one transaction; how many entries."""
    rows, done = Entry.objects.filter(state=Entry.State.ACTIVE, kind__in=Entry.SCREENED).only("subject"), 0
    for chunk in in_chunks(rows, CHUNK):
        with transaction.atomic():
            EntryKey.objects.rewrite({row.pk: entry_keys(prepare(row.subject, strict=False)) for row in chunk})
        done += len(chunk)
    return done
