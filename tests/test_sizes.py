"""Modules stay short enough to be read: 400 lines. The list of exceptions may only shrink."""

from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
LIMIT = 400
EXCEPTIONS: dict[str, int] = {}


def test_no_module_is_longer_than_four_hundred_lines():
    long = {
        str(path.relative_to(PROJECT)): lines
        for folder in ("apps", "caricom_portal", "tests", "static/js", "static/css")
        for path in (PROJECT / folder).rglob("*.*")
        if path.suffix in {".py", ".js", ".css"}
        and "migrations" not in path.parts
        and (lines := len(path.read_text().splitlines())) > EXCEPTIONS.get(str(path.relative_to(PROJECT)), LIMIT)
    }
    assert long == {}
