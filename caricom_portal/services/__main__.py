"""python -m caricom_portal.services run | urls | clean | prepare | web | worker | intake | scheduler | healthy …"""

import argparse
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

from caricom_portal.services.embedded import keep_while_borrowed
from caricom_portal.services.health import ask_health
from caricom_portal.services.homes import ServiceError, portal_home, remove_home
from caricom_portal.services.locate import given_urls, service_urls
from caricom_portal.services.prepare import prepare_database, refuse_unsafe_start
from caricom_portal.services.programs import intake_command, scheduler_command, web_command, worker_command
from caricom_portal.services.supervisor import Supervisor


def host_and_port() -> tuple[str, int]:
    """PORTAL_HOST and PORTAL_PORT, 127.0.0.1 and 8000 when not set."""
    text = os.environ.get("PORTAL_PORT") or "8000"
    if not text.isdigit():
        raise ServiceError(f"PORTAL_PORT is {text}, which is no port number.")
    return os.environ.get("PORTAL_HOST") or "127.0.0.1", int(text)


def is_demo() -> bool:
    """PORTAL_DEMO, off when not set."""
    return os.environ.get("PORTAL_DEMO", "0").lower() in ("1", "true", "on", "yes")


def run(chosen: argparse.Namespace) -> None:
    """A whole portal on this machine."""
    host, port = host_and_port()
    supervisor = Supervisor(portal_home(), host=host, port=port, demo=is_demo())
    supervisor.run(until_parent_ends=chosen.until_parent_ends)


def urls(_chosen: argparse.Namespace) -> None:
    """Where the services listen; {} when none runs."""
    print(json.dumps(service_urls(portal_home())))


def become(command: list[str]) -> None:
    """Replace this process by one of the portal's programs, once the start is found safe."""
    refuse_unsafe_start(os.environ)
    os.execv(command[0], command)


def scheduler(_chosen: argparse.Namespace) -> None:
    """The clock alone, services given from outside."""
    (portal_home() / "programs").mkdir(parents=True, exist_ok=True)
    become(scheduler_command(portal_home()))


def prepare(_chosen: argparse.Namespace) -> None:
    """Migrate a database given from outside and load its reference data."""
    prepare_database(portal_home(), os.environ, given_urls(), demo=is_demo(), say=print)


def healthy(_chosen: argparse.Namespace) -> None:
    """Exit 0 when /healthz says so, else 1 and what it says."""
    ok, said = ask_health(*host_and_port())
    if not ok:
        raise ServiceError(said)


COMMANDS: dict[str, tuple[str, Callable[[argparse.Namespace], object]]] = {
    "run": ("start a portal with its own services and keep it running until a signal comes", run),
    "urls": (
        "print where the services of PORTAL_HOME listen, as JSON",
        lambda _: print(json.dumps(service_urls(portal_home()))),
    ),
    "clean": ("remove PORTAL_HOME, after asking when there is data in it", lambda _: remove_home(portal_home())),
    "prepare": ("migrate a database given from outside and load its reference data", prepare),
    "web": ("the web server alone, services given from outside", lambda _: become(web_command(*host_and_port()))),
    "worker": ("the worker alone, services given from outside", lambda _: become(worker_command())),
    "intake": ("the worker for lists alone, services given from outside", lambda _: become(intake_command())),
    "scheduler": ("the scheduler alone, services given from outside", scheduler),
    "healthy": ("exit 0 when the portal of this machine is ready", healthy),
    "keep": (
        "keep the services of a home while commands borrow them",
        lambda chosen: keep_while_borrowed(
            chosen.home, fast=chosen.fast, in_memory=chosen.in_memory, linger_s=chosen.linger
        ),
    ),
}


def main() -> None:
    """Read the arguments and do it; a ServiceError becomes one message and exit code 1."""
    parser = argparse.ArgumentParser(prog="python -m caricom_portal.services")
    commands = parser.add_subparsers(dest="command", required=True)
    parsers = {name: commands.add_parser(name, help=text) for name, (text, _) in COMMANDS.items()}
    parsers["run"].add_argument("--until-parent-ends", action="store_true", help="stop when the caller has ended")
    parsers["keep"].add_argument("home", type=Path)
    parsers["keep"].add_argument("--linger", type=float, default=0, help="seconds to stay after the last borrower")
    parsers["keep"].add_argument("--fast", action="store_true", help="for tests: do not survive a crash of the machine")
    parsers["keep"].add_argument("--in-memory", action="store_true", help="for tests: databases that end with them")
    chosen = parser.parse_args()
    try:
        COMMANDS[chosen.command][1](chosen)
    except ServiceError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
