"""`manage.py interpol_simulator`: a made-up INTERPOL side that can be slow, down or wrong; for trying out."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from apps.gateway.simulator import records
from apps.gateway.simulator.server import SLOW_S, Simulator
from apps.gateway.simulator.state import MODES, SERVICES, write_modes


class Command(BaseCommand):
    help = "Answer as a national central bureau's gateway does, with made-up records; or, with --mode, change how."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=0, help="of 127.0.0.1; 0 = a free one, which is printed")
        parser.add_argument("--state", type=Path, default=settings.INTERPOL_SIMULATOR, help="file of its modes")
        parser.add_argument("--records", type=Path, default=records.SEED, help="TOML file of its records")
        parser.add_argument("--slow", type=float, default=SLOW_S, help="seconds that a slow answer takes")
        parser.add_argument("--mode", choices=list(MODES), help="change how the running simulator behaves, and end")
        parser.add_argument("--source", choices=list(SERVICES.values()), help="for this source alone (with --mode)")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["mode"]:
            sources = [options["source"]] if options["source"] else list(SERVICES.values())
            write_modes(options["state"], dict.fromkeys(sources, options["mode"]))
            return
        server = Simulator(
            options["port"],
            options["state"],
            token=settings.INTERPOL_TOKEN,
            slow_s=options["slow"],
            seed=options["records"],
        )
        self.stdout.write(f"http://127.0.0.1:{server.server_address[1]}")
        self.stdout.flush()
        server.serve_forever()
