"""python -m caricom_portal.services run | urls | clean | keep HOME."""

import argparse
import json
import os
import sys
from pathlib import Path

from caricom_portal.services.embedded import keep_while_borrowed
from caricom_portal.services.homes import ServiceError, portal_home, remove_home
from caricom_portal.services.locate import service_urls
from caricom_portal.services.supervisor import Supervisor


def main() -> None:
    """Read the arguments and do it; a ServiceError becomes one sentence and exit code 1."""
    parser = argparse.ArgumentParser(prog="python -m caricom_portal.services", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="start a portal and keep it running until a signal comes")
    run.add_argument("--until-parent-ends", action="store_true", help="stop as well when the caller has ended")
    commands.add_parser("urls", help="print where the services of PORTAL_HOME listen, as JSON")
    commands.add_parser("clean", help="remove PORTAL_HOME, after asking when there is data in it")
    keep = commands.add_parser("keep", help="keep the services of a home while a command borrows them")
    keep.add_argument("home", type=Path)
    keep.add_argument("--linger", type=float, default=0, help="seconds to stay after the last borrower")
    keep.add_argument("--fast", action="store_true", help="for tests: do not survive a crash of the machine")
    chosen = parser.parse_args()
    try:
        if chosen.command == "run":
            supervisor = Supervisor(
                portal_home(),
                host=os.environ.get("PORTAL_HOST") or "127.0.0.1",
                port=int(os.environ.get("PORTAL_PORT") or 8000),
                demo=os.environ.get("PORTAL_DEMO", "0").lower() in ("1", "true", "on", "yes"),
            )
            supervisor.run(until_parent_ends=chosen.until_parent_ends)
        elif chosen.command == "urls":
            print(json.dumps(service_urls(portal_home())))
        elif chosen.command == "clean":
            remove_home(portal_home())
        else:
            keep_while_borrowed(chosen.home, fast=chosen.fast, linger_s=chosen.linger)
    except ServiceError as error:
        sys.exit(f"Not started: {error}" if chosen.command == "run" else str(error))


if __name__ == "__main__":
    main()
