"""Candidate search in memory: what the portal does in PostgreSQL, for fits and measures on whole lists."""

from collections import defaultdict

from apps.screening.matching import Identity, entry_keys, foremost, most_compared, prepare, probe_keys, stop_at

from .people import Record


class Index:
    """A list's entries by their keys."""

    def __init__(self, entries: list[Record]) -> None:
        self.identities = [prepare(entry, strict=False) for entry in entries]
        self._stop = stop_at(len(entries))
        self._holders: dict[str, list[int]] = defaultdict(list)
        for place, identity in enumerate(self.identities):
            for key in entry_keys(identity):
                self._holders[key].append(place)

    def candidates(self, traveller: Identity) -> set[int]:
        """Places of the entries that are compared with the traveller."""
        held = ((key, self._holders.get(key, ())) for key in probe_keys(traveller))
        usable = ((key, places) for key, places in held if len(places) <= self._stop)
        return foremost(usable, most_compared(traveller, self._stop))
