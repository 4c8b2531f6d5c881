"""Properties: which examples Hypothesis tries.

A plugin (`-p tests.properties`). In every run the same ones, however long each takes, so that no run is late or lucky;
`make search` (PORTAL_PROPERTIES=search) looks for new ones, ten times as many. What it finds is printed, kept in the
tests' home until it is mended, and written into its test as an `@example`.
"""

import os

from hypothesis import HealthCheck, settings
from hypothesis.database import DirectoryBasedExampleDatabase

from tests.records import FILE

TIMES = {"suite": 1, "search": 10}
"""How many times the examples of a property are tried."""
CHOSEN = os.environ.get("PORTAL_PROPERTIES", "suite")
USUAL = 100
"""Examples of a property that does not say how many."""


def examples(number: int) -> settings:
    """How many examples of a property are tried in every run, as a decorator beside `@given`."""
    return settings(max_examples=number * TIMES[CHOSEN])


# a busy machine makes examples as slowly as it likes
_patient = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow], "print_blob": True}
settings.register_profile("suite", derandomize=True, database=None, max_examples=USUAL, **_patient)
settings.register_profile(
    "search",
    derandomize=False,  # where CI is set, the library's own default would try the same ones again
    database=DirectoryBasedExampleDatabase(FILE.parent / "examples"),
    max_examples=USUAL * TIMES["search"],
    **_patient,
)
settings.load_profile(CHOSEN)
