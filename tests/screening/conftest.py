"""The operators' commands, run on files of lines."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.core.management import call_command


class Ran(NamedTuple):
    """Lines of standard output, read; lines of standard error; the exit status."""

    answers: list[dict[str, Any]]
    errors: list[str]
    status: Any


@pytest.fixture
def command(tmp_path: Path, db: None) -> Callable[..., Ran]:
    """Run a command on lines as text or objects, or on the bytes of a whole file."""

    def run(name: str, lines: Any, *options: str) -> Ran:
        if not isinstance(lines, bytes):
            lines = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines).encode()
        (tmp_path / "lines.jsonl").write_bytes(lines)
        out, err, status = io.StringIO(), io.StringIO(), 0
        try:
            call_command(name, str(tmp_path / "lines.jsonl"), "--json", *options, stdout=out, stderr=err)
        except SystemExit as left:
            status = left.code
        return Ran([json.loads(line) for line in out.getvalue().splitlines()], err.getvalue().splitlines(), status)

    return run


@pytest.fixture
def take(command: Callable[..., Ran]) -> Callable[..., dict[str, Any]]:
    """Import a list file: the report."""
    return lambda lines, *options: command("import_watchlist", lines, *options).answers[0]


@pytest.fixture
def screen(command: Callable[..., Ran]) -> Callable[..., tuple[list[dict[str, Any]], dict[str, Any]]]:
    """Screen a file of travellers: the answers and the figures."""

    def run(lines: Any, *options: str) -> tuple[list[dict[str, Any]], dict[str, Any]]:
        ran = command("screen", lines, *options)
        return ran.answers, json.loads(ran.errors[-1])

    return run
