"""The demonstration lies beside the product, in demo/: it is looked for when somebody asks, and nothing imports it."""

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.core.management.base import CommandError

ABSENT = "There is no demonstration here: this installation was made without the folder demo/."


def find_part(name: str) -> ModuleType:
    """A module of the demonstration ("scenes", "people"); CommandError where the installation has none."""
    if find_spec("demo") is None:
        raise CommandError(ABSENT)
    return import_module(f"demo.{name}")
