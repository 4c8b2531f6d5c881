"""What a browser showed when its test failed is kept (tests/findings.py names the folder)."""

from pathlib import Path

import pytest

from tests.running import browser
from tests.running.browser import People

pytestmark = pytest.mark.browser


def test_pages_of_a_failed_test_are_kept_as_picture_and_text(
    people: People, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(browser, "PAGES", tmp_path / "pages")
    for path in ("/accounts/login/", "/no-such-page/"):
        people.nobody().go(path)
    browser.show(people.contexts, "test_of[one/two]")
    kept = {file.name: file.read_bytes() for file in (tmp_path / "pages").iterdir()}
    assert set(kept) == {f"test_of-one-two--{number}.{kind}" for number in (1, 2) for kind in ("png", "txt")}
    assert all(of.startswith(b"\x89PNG") for name, of in kept.items() if name.endswith("png"))
    address, _, text = kept["test_of-one-two--1.txt"].decode().split("\n", 2)
    assert address.endswith("/accounts/login/")
    assert "Sign in" in text
