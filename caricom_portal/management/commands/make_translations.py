"""`manage.py make_translations [--from FILE --into fr]`: bring the catalogues up to date with the source."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from caricom_portal.languages import catalogue
from caricom_portal.languages.sources import marked


class Command(BaseCommand):
    help = "Writes each app's django.po anew from the marked texts, keeps what is translated, and compiles it beside."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--from", dest="source", type=Path, help="a .po with further translations to take over")
        parser.add_argument("--into", choices=sorted(catalogue.HEAD), help="the language of that file")

    def handle(self, *args: Any, **options: Any) -> None:
        texts = marked()
        for language in sorted(catalogue.HEAD):
            for (context, text), words in catalogue.disagreements(language):
                said = " / ".join(" | ".join(each) for each in words)
                self.stderr.write(
                    f"{language}: {text!r} ({context}) is translated in two ways, the last is kept: {said}"
                )
            known = catalogue.read(language)
            if options["source"] and options["into"] == language:
                known |= catalogue.parse(options["source"].read_text())
            catalogue.write(language, texts, known)
