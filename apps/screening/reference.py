"""Reference data of the watchlists: the numbers by which they are kept, and the keys of their entries. Idempotent."""

import tomllib
from pathlib import Path

from django.db import transaction

from apps.screening.matching import entry_keys, prepare
from apps.screening.models import Entry, EntryKey, ListRules

CHUNK = 1000
SEED = Path(__file__).parent / "seed" / "list_rules.toml"


def load() -> dict[str, int]:
    """Bring the rules up to the seed file."""
    for row in tomllib.loads(SEED.read_text(encoding="utf-8"))["rules"]:
        ListRules.objects.update_or_create(valid_from=row.pop("valid_from"), defaults=row)
    return {"list rules": ListRules.objects.count()}


def rewrite_keys() -> int:
    """Give every entry in use the keys of this matcher, a thousand in one transaction; how many entries."""
    rows = Entry.objects.filter(state=Entry.State.ACTIVE, kind__in=Entry.SCREENED).order_by("pk")
    done, after = 0, None
    while chunk := list((rows.filter(pk__gt=after) if after else rows).values_list("pk", "subject")[:CHUNK]):
        with transaction.atomic():
            EntryKey.objects.rewrite({pk: entry_keys(prepare(subject, strict=False)) for pk, subject in chunk})
        done, after = done + len(chunk), chunk[-1][0]
    return done
