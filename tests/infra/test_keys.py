"""Keys are made once, kept privately, and never replaced by accident."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from caricom_portal.keys import MissingKey, is_generated, kept_key, key


@pytest.fixture(autouse=True)
def nothing_given(monkeypatch: pytest.MonkeyPatch) -> None:
    """No key comes from the environment."""
    for name in ("FIELD_KEY", "FIELD_KEY_FILE"):
        monkeypatch.delenv(name, raising=False)


def test_a_key_is_made_once_and_found_again(tmp_path: Path) -> None:
    first = key("FIELD_KEY", tmp_path)
    assert key("FIELD_KEY", tmp_path) == first
    assert is_generated("FIELD_KEY")


def test_only_the_owner_can_read_a_kept_key(tmp_path: Path) -> None:
    key("FIELD_KEY", tmp_path)
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "keys" / "FIELD_KEY").stat().st_mode) == 0o600


def test_programs_that_start_together_agree_on_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: kept_key("FIELD_KEY", tmp_path), range(40)))
    assert len(keys) == 1
    assert [path.name for path in (tmp_path / "keys").iterdir()] == ["FIELD_KEY"]


def test_a_given_key_wins_over_the_kept_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key("FIELD_KEY", tmp_path)
    monkeypatch.setenv("FIELD_KEY", "given")
    assert key("FIELD_KEY", tmp_path) == "given"
    assert not is_generated("FIELD_KEY")


def test_a_key_comes_from_a_file_that_the_environment_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret").write_text("from a file\n")
    monkeypatch.setenv("FIELD_KEY_FILE", str(tmp_path / "secret"))
    assert key("FIELD_KEY", tmp_path) == "from a file"


@pytest.mark.parametrize("content", [None, "", "\n"])
def test_a_named_key_file_without_a_key_stops_the_start(
    content: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if content is not None:
        (tmp_path / "secret").write_text(content)
    monkeypatch.setenv("FIELD_KEY_FILE", str(tmp_path / "secret"))
    with pytest.raises(MissingKey):
        key("FIELD_KEY", tmp_path)
    assert not (tmp_path / "keys").exists()
