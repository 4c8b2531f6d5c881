"""`manage.py squash_migrations [APP ...]`: one initial migration an app, from its models (docs/how-to/migrations.md).

For as long as nobody runs the portal, or everybody has reached the last release: a database that has applied some of
the migrations which vanish cannot go on from there. What Django cannot express stays as it stands by hand, in
`0000_extensions` and `0002_database`.
"""

import ast
import shutil
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterable, Sequence
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.access.migrations._initial import InitialMigration

BY_HAND = ("0000_extensions.py", "0002_database.py")
MADE = "0001_initial.py"
SQL = {"RunSQL", "RunPython", "SeparateDatabaseAndState", "AddIndexConcurrently", "RemoveIndexConcurrently"}


def folders() -> dict[str, Path]:
    """The folder of migrations of each own app with models, by its label; apps that share a label share the folder."""
    own = [config for config in apps.get_app_configs() if config.name.startswith("apps.") and any(config.get_models())]
    return {config.label: Path(config.path) / "migrations" for config in own}


def written_by_hand(migration: Path) -> set[str]:
    """What a migration does that is not made anew from the models."""
    names = (node for node in ast.walk(ast.parse(migration.read_text())) if isinstance(node, ast.Attribute | ast.Name))
    used = {node.attr if isinstance(node, ast.Attribute) else node.id for node in names}
    return {name for name in used if name in SQL or name.endswith("Extension")}


def in_order() -> list[str]:
    """The apps, each after those to which its models point; CommandError for a circle."""
    points: dict[str, set[str]] = {}
    for label in folders():
        fields = [field for model in apps.get_app_config(label).get_models() for field in model._meta.get_fields()]
        related = [getattr(field, "related_model", None) for field in fields if not field.auto_created]
        points[label] = {model._meta.app_label for model in related if model} & set(folders()) - {label}
    try:
        return list(TopologicalSorter(points).static_order())
    except CycleError as error:
        raise CommandError(f"Apps point to each other: {' → '.join(error.args[1])}") from error


def make(labels: Sequence[str]) -> None:
    """Let Django write them, one app after the other: of several at once it makes two and three migrations each."""
    for label in labels:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # that no database is there to be asked
            call_command("makemigrations", label, interactive=False, include_header=False, verbosity=0)
        make_tables_at_once(label)
    more = [path for label in labels for path in folders()[label].glob("0*.py") if path.name != MADE]
    if more:
        raise CommandError(f"Django made more than one: {', '.join(map(str, more))}")


def make_tables_at_once(label: str) -> None:
    """Put the initial migration of an app on the class that Django needs seconds for, and not minutes."""
    path = folders()[label] / MADE
    if any(model._meta.managed for model in apps.get_app_config(label).get_models()):
        plain = path.read_text()
        based = plain.replace("class Migration(migrations.Migration):", "class Migration(InitialMigration):")
        path.write_text(f"from {InitialMigration.__module__} import InitialMigration\n{based}")


def remove_all(labels: Sequence[str]) -> None:
    """Empty the folders of these apps; of the others only what is made from models stays, as those are made upon it."""
    for label, folder in folders().items():
        for path in folder.glob("0*.py"):
            if label in labels or path.name != MADE:
                path.unlink()


def put_back(aside: Path, labels: Iterable[str], *patterns: str) -> None:
    """Copy what was set aside into the folders of these apps again."""
    for label in labels:
        for path in (found for pattern in patterns for found in (aside / label).glob(pattern)):
            shutil.copy2(path, folders()[label] / path.name)


class Command(BaseCommand):
    help = "Make one initial migration of each app, from its models; what stands by hand in 0002_database stays."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("apps", nargs="*", metavar="APP", help="labels of the apps to do; else all")
        parser.add_argument(
            "--drop", nargs="*", default=[], metavar="APP.NAME",
            help="migrations with SQL or Python of their own that may go: 0002_database has it, or rows were filled",
        )  # fmt: skip

    def handle(self, *args: Any, drop: list[str], **options: Any) -> None:
        if unknown := set(options["apps"]) - set(folders()):
            raise CommandError(f"There is no app {', '.join(sorted(unknown))} with models.")
        labels = [label for label in in_order() if not options["apps"] or label in options["apps"]]
        self._refuse_what_would_be_lost(labels, set(drop))
        with tempfile.TemporaryDirectory() as folder:
            aside = Path(folder)
            for label, migrations in folders().items():
                if migrations.exists():
                    shutil.copytree(migrations, aside / label)
            try:
                # a new app stands on what all others have
                if any(any((aside / label).glob("0*.py")) for label in labels):
                    remove_all(labels)
                make(labels)
                put_back(aside, folders(), *BY_HAND)
                put_back(aside, set(folders()) - set(labels), "0*.py")
            except BaseException:
                remove_all(labels)
                put_back(aside, folders(), "0*.py")
                raise
        made = [str(folders()[label] / MADE) for label in labels if (folders()[label] / MADE).exists()]
        for tidy in (["check", "-q", "--fix"], ["format", "-q"]):
            subprocess.run([sys.executable, "-m", "ruff", *tidy, *made], check=True, cwd=settings.BASE_DIR)  # noqa: S603
        self.stdout.write(f"{len(made)} initial migrations; now compare the tables: docs/how-to/migrations.md")

    def _refuse_what_would_be_lost(self, labels: Sequence[str], drop: set[str]) -> None:
        """A migration with statements of its own goes only when it is named."""
        lost = {
            f"{label}.{path.stem}": written_by_hand(path)
            for label in labels
            for path in sorted(folders()[label].glob("0*.py"))
            if path.name not in BY_HAND
        }
        unnamed = [f"{name} ({', '.join(sorted(what))})" for name, what in lost.items() if what and name not in drop]
        if unnamed:
            raise CommandError(
                "What these do is not made from models. Take it over into 0002_database of the app, then name them"
                f" with --drop: {'; '.join(unnamed)}"
            )
