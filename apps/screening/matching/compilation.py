"""The matching engine as machine code: `python -m apps.screening.matching.compilation`. The same answers, in half the
time.

Needs a C compiler and Python's headers; without them the engine runs as it is written. What was compiled is kept under
the engine's version (`matching.tables.COMPILED`), so it is never used for other sources than its own. Needs no Django.
"""

import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

from apps.screening.matching.tables import COMPILED, PACKAGE

HOT = (
    *("alignment", "birth_dates", "countries", "documents", "errors", "features", "identity", "ledger", "names"),
    *("remarks", "search_keys", "spelling", "wording"),
)
"""Modules worth it. Not `tables`, which finds its data beside itself."""


def lacking() -> str:
    """What this machine lacks for compiling; "" if nothing. Asked first: mypyc notices only after ten seconds."""
    compiler = shlex.split(os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc")[0]
    if shutil.which(compiler) is None:
        return f"there is no C compiler ({compiler})"
    headers = Path(sysconfig.get_path("include"), "Python.h")
    return "" if headers.exists() else f"the headers of Python are not installed ({headers})"


def compile_engine(target: Path = COMPILED) -> str:
    """Compile the engine into `target` unless that is there; a sentence on what was done, or on why it was not."""
    if target.exists():
        return f"The matching engine of this version is compiled: {target}"
    if lacks := lacking():
        return f"The matching engine runs as it is written, at half the speed: {lacks}"
    print("Compiling the matching engine, some 20 seconds …", flush=True)  # noqa: T201
    with tempfile.TemporaryDirectory() as folder:
        package = Path(folder, *PACKAGE.parts[-3:])
        shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns("data", "__pycache__", "__init__.py"))
        modules = [str((package / f"{name}.py").relative_to(folder)) for name in HOT]
        for above in (package, *package.parents[:2]):
            (above / "__init__.py").touch()
        command = [sys.executable, "-m", "mypyc", "--python-version", "3.12", "--ignore-missing-imports", *modules]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True)  # noqa: S603
        if done.returncode:
            said = (done.stderr.strip() or done.stdout.strip() or "mypyc said nothing").splitlines()[-1]
            return f"The matching engine runs as it is written, at half the speed: {said}"
        _keep(Path(folder), target)
    return f"The matching engine is compiled: {target}"


def _keep(folder: Path, target: Path) -> None:
    """Put the libraries in their place at once, so that nobody finds half of them; those of other versions go."""
    target.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as staged:
        for library in folder.rglob("*.so"):
            place = Path(staged, "of", library.relative_to(folder))
            if "build" not in place.parts:
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(library, place)
        Path(staged, "of").rename(target)
    version = target.name.partition("-cpython")[0]
    for other in target.parent.iterdir():
        # those of this version that another Python uses stay
        if not other.name.startswith(version):
            shutil.rmtree(other, ignore_errors=True)


if __name__ == "__main__":
    print(compile_engine())  # noqa: T201
