"""Importing this lets the engine's modules come as machine code, where this very version was compiled for this Python.

See `apps.screening.matching.compilation`. The package imports it first of all. A library that is damaged stops nobody:
the engine
then runs as it is written, and the log says so.
"""

import importlib
import logging
import sys
from collections.abc import MutableSequence

from .tables import COMPILED, PACKAGE


def _use(libraries: str, places: MutableSequence[str], package: str) -> None:
    """Put the libraries before the sources, and load each; back to the sources where one cannot be loaded."""
    sys.path.append(str(COMPILED))
    places.insert(0, libraries)
    try:
        for library in sorted(COMPILED.joinpath(*PACKAGE.parts[-3:]).glob("*.so")):
            importlib.import_module(f"{package}.{library.name.partition('.')[0]}")
    except ImportError as damaged:
        sys.path.remove(str(COMPILED))
        places.remove(libraries)
        kept = {f"{package}.tables", __name__}
        for name in [name for name in sys.modules if name.startswith(f"{package}.") and name not in kept]:
            del sys.modules[name]
        logging.getLogger("portal.screening").error(
            "the compiled matching engine cannot be loaded and is not used: remove %s, then `make engine` (%s)",
            *(COMPILED, damaged),
        )


if COMPILED.is_dir():
    _use(str(COMPILED.joinpath(*PACKAGE.parts[-3:])), sys.modules[__package__].__path__, __package__)
