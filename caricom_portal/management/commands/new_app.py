"""`manage.py new_app NAME [--record NOUN]`: a working app, with its tests, words and pages of documentation.

Written from caricom_portal/new_app: a record that ministries write, issue and withdraw, its grants, policy, actions,
pages and API. Outside the folders of the app one line changes: its layer in pyproject.toml.
"""

import keyword
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from string import Template
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from caricom_portal.languages import catalogue
from caricom_portal.layers import packages

SOURCE = Path(__file__).resolve().parent.parent.parent / "new_app"
SUFFIX = ".txt"
NAME = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
ABOVE = '  "caricom_portal",\n'
"""The line of pyproject.toml below which a new app has its layer: it may import every other app."""


class Command(BaseCommand):
    help = "Writes a working app; then change its names, fields and words to what it is for."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="of the app, in small letters: travel_cards")
        parser.add_argument("--record", default="", help="what one record is called, if not NAME without its last s")

    def handle(self, *args: Any, **options: Any) -> None:
        root = Path(settings.BASE_DIR)
        names = names_of(options["name"], options["record"])
        refuse_taken(root, names)
        write(root, names)
        sort_imports(root, names["app"])
        add_layer(root / "pyproject.toml", names["app"])
        for command in (["squash_migrations", names["app"]], ["make_translations"], ["write_schema"]):
            self.run(root, *command)
        self.translate(root, names)
        for command in (["make_translations"], ["draw_states"], ["draw_api"], ["check"]):
            self.run(root, *command)
        self.stdout.write(f"apps/{names['app']} is there. Next: manage.py apps {names['app']}; make quick")

    def run(self, root: Path, *command: str) -> None:
        """A command in a process that knows the new app."""
        done = subprocess.run([sys.executable, "manage.py", *command], cwd=root, check=False)  # noqa: S603 - names of commands
        if done.returncode:
            raise CommandError(f"manage.py {' '.join(command)} failed; the files of the app are there")

    def translate(self, root: Path, names: dict[str, str]) -> None:
        """Fill the catalogues of the app with what its texts are in the other languages."""
        for language, words in tomllib.loads((SOURCE / "words.toml").read_text()).items():
            path = root / "apps" / names["app"] / "locale" / language / "LC_MESSAGES" / "django.po"
            said = {filled(text, names): filled(word, names) for text, word in words.items()}
            path.write_text("\n\n".join(translated(block, said) for block in path.read_text().split("\n\n")))


def names_of(app: str, record: str) -> dict[str, str]:
    """What the templates name; CommandError for what is no name."""
    noun = record or app.removesuffix("s")
    for name in (app, noun):
        if not NAME.fullmatch(name) or keyword.iskeyword(name):
            raise CommandError(f"{name}: a name is small letters, figures and single underscores, as travel_cards")
    model, word = "".join(part.capitalize() for part in noun.split("_")), noun.replace("_", " ")
    return {
        "app": app,
        "Config": "".join(part.capitalize() for part in app.split("_")),
        "noun": noun,
        "plural": f"{noun}s",
        "Model": model,
        "model": model.lower(),
        "NOUN": noun.upper(),
        "code": noun.replace("_", "-"),
        "word": word,
        "Word": word.capitalize(),
        "words": f"{word}s",
        "Words": f"{word}s".capitalize(),
    }


def refuse_taken(root: Path, names: dict[str, str]) -> None:
    """CommandError where an app, or a folder of it, is there already."""
    taken = [place for place in (f"apps/{names['app']}", f"tests/{names['app']}") if (root / place).exists()]
    if taken or f"apps.{names['app']}" in packages():
        raise CommandError(f"{', '.join(taken) or names['app']} is there already")


def write(root: Path, names: dict[str, str]) -> None:
    """Write every file of the templates to its place."""
    places = {"app": root / "apps" / names["app"], "tests": root / "tests" / names["app"]}
    places["docs"] = root / "docs" / "reference"
    for source in sorted(SOURCE.rglob(f"*{SUFFIX}")):
        kind, *folders, name = source.relative_to(SOURCE).parts
        name = f"{names['app']}.md{SUFFIX}" if kind == "docs" else name
        target = places[kind].joinpath(*folders, filled(name.removesuffix(SUFFIX), names))
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(filled(source.read_text(), names))
    (places["app"] / "migrations").mkdir()
    (places["app"] / "migrations" / "__init__.py").touch()
    for language in catalogue.HEAD:
        (places["app"] / "locale" / language / "LC_MESSAGES").mkdir(parents=True)


def sort_imports(root: Path, app: str) -> None:
    """Where the app's own imports stand among the others depends on its name: ruff puts them there, if it is here."""
    ruff = Path(sys.executable).with_name("ruff")
    if ruff.exists():
        places = [f"apps/{app}", f"tests/{app}"]
        subprocess.run([ruff, "check", "--quiet", "--select", "I", "--fix", *places], cwd=root, check=True)  # noqa: S603
        subprocess.run([ruff, "format", "--quiet", *places], cwd=root, check=True)  # noqa: S603


def filled(text: str, names: dict[str, str]) -> str:
    """A template's text with the names."""
    return Template(text).substitute(names)


def add_layer(project: Path, app: str) -> None:
    """State the layer of the app: the one line outside."""
    text = project.read_text()
    if text.count(ABOVE) != 1:
        raise CommandError(f"pyproject.toml: {ABOVE.strip()} is not there once; add the layer of apps.{app} by hand")
    project.write_text(text.replace(ABOVE, f'{ABOVE}  "apps.{app}",\n'))


def translated(block: str, said: dict[str, str]) -> str:
    """An entry of a catalogue with its translation, where one is known."""
    found = re.search(r'^msgid "(.+)"\nmsgstr ""$', block, re.MULTILINE)
    if found is None or found[1] not in said:
        return block
    return block.replace('msgstr ""', f'msgstr "{said[found[1]]}"')
