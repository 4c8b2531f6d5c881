"""Which files of tests run where, and which of them a change can touch.

`python -m tests.lanes pure` names the files of a lane, those that failed lately first; `quick` runs what the change in
the working tree is nearest to, by the graph of imports, for about a minute and a half.

- `pure` needs no Django: rules, readers, matcher, policies, and what looks at the sources.
- `app` has the database; of it `app-turn` is what `make test` runs. `matrix` asks each address for each seat, `browser`
  drives a whole portal.
"""

import re
import subprocess
import sys
import zlib
from collections import deque
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from tests.records import read_records

PROJECT = Path(__file__).resolve().parent.parent
TESTS = PROJECT / "tests"
MATRIX = TESTS / "test_matrix.py"
POLICIES = TESTS / "test_policies.py"
"""Asks the truth tables; it finds the policies by itself, so the graph does not know of them."""
HEAVY = ("django", "rest_framework", "celery", "guardian", "psycopg", "playwright", "redis", "httpx", "channels")
"""What a pure test reaches by none of its imports."""
NEEDS_SETTINGS = re.compile(
    r"\b(?:cast|client_for|client|drain|api|as_owner|demonstration|settings|db|mailoutbox|portal|rf)\b(?=[,)]|: )"
    r"|django_db|usefixtures|mark\.browser|import_module"
)
"""Fixtures and marks by which a test has Django although it imports nothing of it."""
BROWSER = "mark.browser"
LANES = ("pure", "app", "matrix", "browser")
TURN = "app-turn"
"""Of the app lane what `make test` runs: all that decides who sees and does what, and of the rest the files whose turn
it is. Which turn it is follows from the sources: the same for everybody who has them, another one after a change."""
TURNS = 3
EACH_TIME = re.compile(
    r"tests/(?:access|adversary|audit|entrance)/|tests/test_"
    r"|/test_(?:\w*leaks?|privacy|gate|keys|giving\w*|secondments|recalls?|seal\w*|wall\w*)\.py$"
)
"""Files of the app lane that take no turns."""
SOURCES = ("apps", "caricom_portal", "demo", "templates", "tests")
PROPERTIES = "properties"
"""Of all lanes, the files whose tests try many examples (tests/properties.py)."""
QUICK_S = 60.0
"""How long the chosen tests may take by their record; start and collection come on top."""
THROUGH_PAGES = 2
"""How near the tests of an app are to any of its modules: many reach it by its pages, and its manifest names views,
viewsets and more by text, which no graph sees."""
UNKNOWN_S = 5.0
"""For a file without a record."""
PURE = [
    *("-o", "addopts=", "--strict-markers", "-p", "no:cacheprovider", "-p", "no:randomly"),
    *("-p", "tests.records", "-p", "tests.findings", "-p", "tests.properties"),
    *("-p", "no:django", "--noconftest", "-W", "ignore::pytest.PytestConfigWarning"),
]
"""Arguments of pytest for the pure lane: neither settings, nor services, nor conftest.py."""


def all_files() -> list[Path]:
    """Every file of tests."""
    return sorted(TESTS.rglob("test_*.py"))


@cache
def graph() -> Any:
    """The imports of everything, tests included; what is imported for its types alone left out."""
    import grimp

    return grimp.build_graph(
        *("apps", "caricom_portal", "demo", "bench", "tests"),
        include_external_packages=True,
        exclude_type_checking_imports=True,
    )


@cache
def heavy_modules() -> frozenset[str]:
    """Modules that reach Django or a service by their imports."""
    imports = graph()
    return frozenset().union(*(imports.find_downstream_modules(each) for each in HEAVY if each in imports.modules))


def module_of(file: Path) -> str:
    """Dotted name of a Python file of the project."""
    return ".".join(file.relative_to(PROJECT).with_suffix("").parts).removesuffix(".__init__")


def lane_of(file: Path) -> str:
    """The lane that runs a file's tests. A file that drives a browser anywhere is of that lane alone."""
    if file == MATRIX:
        return "matrix"
    source = file.read_text(encoding="utf-8")
    if BROWSER in source:
        return "browser"
    if module_of(file) in heavy_modules() or NEEDS_SETTINGS.search(source):
        return "app"
    return "pure"


def files_of(lane: str) -> list[Path]:
    """The files of a lane, those that failed most often first; of `browser` in their own order, since the last of them
    kills the portal."""
    if lane == TURN:
        return [file for file in files_of("app") if turn_of(file) in {None, turn_now()}]
    if lane == PROPERTIES:
        having = graph().find_modules_that_directly_import("hypothesis")
        return [file for file in all_files() if module_of(file) in having]
    chosen = [file for file in all_files() if lane_of(file) == lane]
    return chosen if lane == "browser" else by_failures(chosen)


def turn_of(file: Path) -> int | None:
    """In which of the TURNS a file of the app lane is run; None: in each. A file keeps its turn."""
    name = file.relative_to(PROJECT).as_posix()
    return None if EACH_TIME.search(name) else zlib.crc32(name.encode()) % TURNS


@cache
def turn_now() -> int:
    """Whose turn it is, by what all sources say."""
    digest = 0
    for file in sorted(file for folder in SOURCES for file in (PROJECT / folder).rglob("*")):
        if file.suffix in {".py", ".html", ".toml", ".yaml"}:
            digest = zlib.crc32(file.relative_to(PROJECT).as_posix().encode() + file.read_bytes(), digest)
    return digest % TURNS


def by_failures(files: Iterable[Path]) -> list[Path]:
    """Those that failed most often lately first, else in order."""
    records = read_records()
    return sorted(files, key=lambda file: -records.get(str(file.relative_to(PROJECT)), {}).get("failures", 0))


def changed_files() -> list[Path]:
    """What differs from origin/main, or from HEAD where there is none, committed or not."""
    base = _git("merge-base", "HEAD", "origin/main") or ["HEAD"]
    names = {*_git("diff", "--name-only", base[0]), *_git("ls-files", "--others", "--exclude-standard")}
    return sorted(PROJECT / name for name in names)


def _git(*arguments: str) -> list[str]:
    done = subprocess.run(["git", *arguments], cwd=PROJECT, capture_output=True, text=True, check=False)
    return done.stdout.split("\n")[:-1] if done.returncode == 0 else []


def touched(files: Iterable[Path]) -> dict[Path, int]:
    """Files of tests that a change can touch, by nearness: 0 for the changed and what stands beside a changed template
    or seed, else how many imports lie between, and at most THROUGH_PAGES for tests of the changed app."""
    files = list(files)
    near: dict[Path, int] = {}
    waiting: deque[tuple[str, int]] = deque()
    for file in files:
        if file.suffix == ".py" and module_of(file) in graph().modules:
            waiting.append((module_of(file), 0))
        for test in _beside(file):
            near[test] = 0
    tests = {module_of(file): file for file in all_files()}
    seen: set[str] = set()
    while waiting:
        module, steps = waiting.popleft()
        if module in seen:
            continue
        seen.add(module)
        if module in tests:
            near.setdefault(tests[module], steps)
        waiting.extend((each, steps + 1) for each in sorted(graph().find_modules_that_directly_import(module)))
    for test in all_files():
        if app_of(test) in {app_of(file) for file in files if file.suffix == ".py"}:
            near[test] = min(near.get(test, THROUGH_PAGES), THROUGH_PAGES)
    return near


def app_of(file: Path) -> str:
    """The app that a file of apps, templates or tests belongs to; "" for none."""
    parts = file.relative_to(PROJECT).parts if file.is_relative_to(PROJECT) else ()
    return parts[1] if len(parts) > 2 and parts[0] in {"apps", "templates", "tests"} else ""


def _beside(file: Path) -> list[Path]:
    """The tests of the app whose template, page of words, table or other file without imports was changed."""
    if not file.is_relative_to(PROJECT):
        return []
    parts = file.relative_to(PROJECT).parts
    if file.name in {"access.toml", "matrix.py"} and parts[0] == "tests":
        return [MATRIX]
    if file.name == "policy.toml" or (parts[0] == "apps" and {"policy", "policy.py"} & set(parts)):
        return [POLICIES]
    if file in all_files():
        return [file]
    if parts[0] == "templates" or (parts[0] == "apps" and file.suffix != ".py"):
        return [test for test in all_files() if app_of(test) == (app_of(file) or "pages")]
    return []


def choose_quick(files: Iterable[Path], budget_s: float = QUICK_S) -> tuple[list[Path], list[Path]]:
    """(files of tests to run now, files that a change can touch, too, but further off): the nearest first, among equals
    those of the app and the pure ones, as long as their time by the record goes."""
    files = list(files)
    records, chosen, left, spent = read_records(), [], [], 0.0
    near = touched(files)
    own = {app_of(file) for file in files}
    order = sorted(near, key=lambda file: (near[file], app_of(file) not in own, lane_of(file) != "pure", file))
    for file in order:
        seconds = records.get(str(file.relative_to(PROJECT)), {}).get("seconds", UNKNOWN_S)
        if lane_of(file) == "browser" or spent + seconds > budget_s:
            left.append(file)
            continue
        spent += seconds
        chosen.append(file)
    return chosen, left


def run_quick() -> int:
    """Run what a change is nearest to; the exit code of pytest."""
    chosen, left = choose_quick(changed_files())
    pure = [str(file) for file in by_failures(chosen) if lane_of(file) == "pure"]
    rest = [str(file) for file in by_failures(chosen) if lane_of(file) != "pure"]
    say = sys.stdout.write
    say(f"{len(pure)} files without Django, {len(rest)} with it; {len(left)} that the change can touch are left out\n")
    sys.stdout.flush()
    for arguments in ([*PURE, *pure], ["-m", "not browser", *rest]):
        if arguments[-1].endswith(".py"):
            code = subprocess.run(
                [sys.executable, "-m", "pytest", "-q", "-x", "-n0", *arguments], cwd=PROJECT, check=False
            )
            if code.returncode:
                return code.returncode
    return 0


def main(*lanes: str) -> int:
    """Name the files of lanes, or pytest's arguments for the pure one (`arguments`), or run `quick`."""
    if lanes == ("quick",):
        return run_quick()
    if lanes == ("arguments",):
        sys.stdout.write(" ".join(PURE) + "\n")
        return 0
    if not lanes or set(lanes) - {*LANES, TURN, PROPERTIES}:
        sys.exit(f"lanes are {', '.join(LANES)}; or {TURN}, {PROPERTIES}, quick, arguments")
    if TURN in lanes:
        sys.stderr.write(f"turn {turn_now() + 1} of {TURNS} of the app lane; make test-full runs all\n")
    sys.stdout.write(" ".join(str(file.relative_to(PROJECT)) for lane in lanes for file in files_of(lane)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
