"""A portal's home is removed only when nobody uses it and somebody says so."""

import io
from pathlib import Path

import pytest

from caricom_portal.services.homes import ServiceError, held_lock, make_home, remove_home


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with data, part of it outside."""
    home = make_home(tmp_path / "home")
    outside = tmp_path / "outside"
    (outside / "postgres" / "data").mkdir(parents=True)
    (home / "outside").write_text(f"{outside}\n")
    return home


def answer(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the operator types."""
    monkeypatch.setattr("sys.stdin", io.StringIO(text))


@pytest.mark.parametrize("said", ["no\n", "\n", ""])
def test_data_stays_unless_the_operator_types_yes(said: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(said, monkeypatch)
    with pytest.raises(ServiceError, match="Nothing was removed"):
        remove_home(home)
    assert home.exists()
    assert (home.parent / "outside").exists()


def test_yes_removes_the_home_and_what_lies_outside(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer("yes\n", monkeypatch)
    remove_home(home)
    assert not home.exists()
    assert not (home.parent / "outside").exists()


def test_a_home_without_data_is_removed_without_asking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer("", monkeypatch)
    remove_home(make_home(tmp_path / "home"))
    assert not (tmp_path / "home").exists()


def test_a_home_in_use_stays(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer("yes\n", monkeypatch)
    with held_lock(home / "in-use"), pytest.raises(ServiceError, match="in use"):
        remove_home(home)
    assert home.exists()
