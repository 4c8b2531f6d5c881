"""The keys by which travellers are found, written anew."""

from apps.access.pagination import in_chunks
from apps.journeys.models import Traveller
from apps.journeys.queries.identities import identity_of, record_of
from apps.screening.matching import probe_keys

CHUNK = 1000


def rewrite_keys() -> int:
    """Give every traveller on a list the keys of this matcher, a thousand at a time; how many travellers."""
    rows, done = Traveller.objects.filter(withdrawn_at=None).prefetch_related("documents"), 0
    for chunk in in_chunks(rows, CHUNK):
        for row in chunk:
            identity = identity_of(record_of(row))
            row.keys = sorted(probe_keys(identity)) if identity else []
        Traveller.objects.bulk_update(chunk, ["keys"])
        done += len(chunk)
    return done
