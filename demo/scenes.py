"""Who plays when: each app's part is the module or package of its name, and says what it plays in `SCENES`."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from caricom_portal.layers import packages


@dataclass(frozen=True, slots=True)
class Scene:
    """A part of the demonstration: what it counts, what plays it once and says how many, and when it has its turn."""

    counts: str
    load: Callable[[], int]
    last: bool = False
    """After those of all apps: it looks back on what they have played."""


def find_scenes() -> Iterator[Scene]:
    """Those of all apps, the lowest layer first, for each plays with what the apps below have; then the last ones."""
    parts = (name.replace("apps.", "demo.", 1) for name in packages() if name.startswith("apps."))
    found = [scene for name in parts if find_spec(name) for scene in getattr(import_module(name), "SCENES", ())]
    yield from sorted(found, key=lambda scene: scene.last)
