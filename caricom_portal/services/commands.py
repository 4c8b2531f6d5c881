"""Which management commands need which services."""

import contextlib
import os
import sys
from collections.abc import Iterator, Sequence

from caricom_portal.services.embedded import borrowed_services
from caricom_portal.services.homes import portal_home
from caricom_portal.services.locate import running_services
from caricom_portal.services.prepare import prepare_database

# these read code and files only
WITHOUT_DATABASE = {
    *("apps", "check", "help", "test", "version", "diffsettings", "startapp", "spectacular", "draw_states", "draw_api"),
    *("collectstatic", "findstatic", "make_translations", "missing_translations", "check_weaknesses"),
    *("makemigrations", "squash_migrations"),
    *("paxlst", "match_pairs", "fit_matcher", "measure_matcher", "calibrate_matcher", "interpol_simulator"),
}
# these do not act and show no page: they need neither verbs nor listeners, which take two thirds of a start to import
UNDECLARED = {
    *("migrate", "makemigrations", "showmigrations", "sqlmigrate", "dbshell", "collectstatic", "findstatic"),
    *("version", "diffsettings", "help"),
}
# these change the tables themselves, so they come as the owner
AS_OWNER = {"migrate", "make_policies"}
# these bring the database into shape, or replace it, and must find it as it is
UNPREPARED = AS_OWNER | {"bench", "print_schema", "restore", "flush", "showmigrations", "sqlmigrate", "dbshell"}


def needs_database(arguments: Sequence[str]) -> bool:
    """True when the command line asks for something that cannot be done without the database."""
    words = [word for word in arguments if not word.startswith("-")]
    if not words or "--help" in arguments or "-h" in arguments or "--version" in arguments:
        return False
    if words[0] == "check":
        return "--deploy" in arguments or "--database" in arguments
    return words[0] not in WITHOUT_DATABASE


def uses_declarations(arguments: Sequence[str]) -> bool:
    """Whether a process with this command line may act, answer, listen or check what others declare."""
    program, *words = arguments or [""]
    return not (program.endswith("manage.py") and words and words[0] in UNDECLARED)


@contextlib.contextmanager
def services_for(arguments: Sequence[str]) -> Iterator[None]:
    """Have the services of PORTAL_HOME for the command's duration, migrated when this command had to start them."""
    if not needs_database(arguments):
        yield
        return
    home = portal_home()
    command = next(word for word in arguments if not word.startswith("-"))
    with borrowed_services(home) as urls:
        running = running_services(home)
        if running and running.demo:
            os.environ.setdefault("PORTAL_DEMO", "1")  # a command beside a demonstration belongs to it
        if running and running.kind == "command" and command not in UNPREPARED and "PORTAL_PREPARING" not in os.environ:
            prepare_database(home, {**os.environ, **urls, "PORTAL_PREPARING": "1"}, urls, demo=False, say=_say_aside)
        if command in AS_OWNER and urls.get("DATABASE_OWNER_URL"):
            os.environ["DATABASE_URL"] = urls["DATABASE_OWNER_URL"]
        yield


def _say_aside(line: str) -> None:
    print(line, file=sys.stderr, flush=True)  # the command's own output may be read by a program
