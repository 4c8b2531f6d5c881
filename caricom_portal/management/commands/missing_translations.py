"""`manage.py missing_translations [fr|nl] [--list]`: what is not translated yet, by room."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from caricom_portal.languages import catalogue, report
from caricom_portal.languages.sources import marked


class Command(BaseCommand):
    help = "Says how much of each room is translated; with --list every text that is not, and the files showing it."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("language", nargs="?", choices=sorted(catalogue.HEAD), help="one language; else all")
        parser.add_argument("--list", action="store_true", help="the texts, too")

    def handle(self, *args: Any, **options: Any) -> None:
        texts = marked()
        held = report.complete(texts)
        broken = False
        for language in [options["language"]] if options["language"] else sorted(catalogue.HEAD):
            known = catalogue.read(language)
            lost = report.missing(texts, known)
            self.stdout.write(f"{language}: {len(texts) - len(lost)} of {len(texts)} texts are translated")
            for share in report.shares(texts, known):
                done = share.texts - len(share.missing)
                self.stdout.write(f"  {share.area:15}{done:5} of {share.texts:5} {share.percent:4} %")
            for row in lost if options["list"] else ():
                self.stdout.write(f"  - {row.text!r}  ({', '.join(sorted(row.places))})")
            for text, words in report.ill_fitting(texts, known):
                self.stdout.write(f"  placeholders differ: {text!r} / {words!r}")
                broken = True
            for row in report.missing(held, known):
                self.stdout.write(f"  missing though its file is declared complete: {row.text!r}")
                broken = True
        if broken:
            raise CommandError("Catalogues that are declared complete are not.")
