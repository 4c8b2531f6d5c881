"""What a process of the portal does with the objects that stay as long as it lives."""

import gc
from importlib import import_module

from django.conf import settings

ROUNDS = (50_000, 20, 100)
"""Objects until a round over the young ones, such rounds until one over the older, and those until one over all.

With Python's own numbers a quarter of the time of a manifest goes into rounds over the prepared entries, and a fifth
of that of a management command into rounds over the classes of all models.
"""


def rarely() -> None:
    """Let the garbage collector look less often."""
    gc.set_threshold(*ROUNDS)


LATER = ("docx", "httpx", "icalendar", "openpyxl", "openpyxl.writer.excel")
"""Packages that commands load when they need them, a fifth of a second together; a server loads them at its start."""


def settle() -> None:
    """Load what every page needs and take it out of the garbage collector's rounds.

    A full round over the code of all apps takes 150 ms, in the middle of somebody's page; over what pages make, 1 ms.
    """
    for name in (settings.ROOT_URLCONF, *LATER):
        import_module(name)
    gc.collect()
    gc.freeze()
    rarely()
