"""`manage.py make_translations [--from FILE --into fr]`: bring the catalogues up to date with the source."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from caricom_portal.languages import catalogue
from caricom_portal.languages.sources import marked


class Command(BaseCommand):
    help = "Writes each django.po anew from the marked texts, keeps what is translated, and compiles it beside."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--from", dest="source", type=Path, help="a .po with further translations to take over")
        parser.add_argument("--into", choices=sorted(catalogue.HEAD), help="the language of that file")

    def handle(self, *args: Any, **options: Any) -> None:
        texts = marked()
        for language in sorted(catalogue.HEAD):
            known = catalogue.read(language)
            if options["source"] and options["into"] == language:
                known |= catalogue.parse(options["source"].read_text())
            path = catalogue.po_path(language)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(catalogue.written(language, texts, known))
            path.with_suffix(".mo").write_bytes(catalogue.compiled(language, texts, known))
