"""Backups: one file, of one moment, that comes back whole or says why not."""

import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

import psycopg
import pytest
from django.core.management import call_command
from psycopg import sql

from apps.audit.models import AuditRecord
from apps.audit.queries import walk_chains
from apps.people.actions import set_mail_address
from apps.people.models import User
from caricom_portal import backing_up
from caricom_portal.services import backups
from caricom_portal.services.homes import ServiceError


@pytest.fixture
def portal(transactional_db: Any, django_db_setup: Any, settings: Any, tmp_path: Path, cast: Any) -> Path:
    """The home of a portal with an attachment, a telegram that waits, and an act on record."""
    settings.HOME = tmp_path / "home"
    settings.FILE_ROOT, settings.DROP_ROOT = settings.HOME / "files", settings.HOME / "drop"
    settings.DATABASE_OWNER_URL = address_of(django_db_setup.owner_url, django_db_setup.name)
    (settings.FILE_ROOT / "ab").mkdir(parents=True)
    (settings.FILE_ROOT / "ab" / "abcd").write_bytes(b"an attachment")
    (settings.DROP_ROOT / "JRCC.watch" / "in").mkdir(parents=True)
    (settings.DROP_ROOT / "JRCC.watch" / "in" / "one.txt").write_bytes(b"UNA:+.? '")
    actor = cast["jam.border.officer"]
    set_mail_address(actor, User.objects.get(pk=actor.user_id), email="officer@border.example")
    return settings.HOME


@pytest.fixture
def empty(django_db_setup: Any, tmp_path: Path) -> Iterator[backups.Places]:
    """An empty home with an empty database."""
    name = f"{django_db_setup.name}_empty"
    with psycopg.connect(django_db_setup.owner_url, autocommit=True) as owner:
        owner.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        home = tmp_path / "other"
        (home / "keys").mkdir(parents=True)
        url = address_of(django_db_setup.owner_url, name)
        yield backups.Places(home, url, home / "files", home / "drop", None)
        owner.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def address_of(owner_url: str, database: str) -> str:
    return urlparse(owner_url)._replace(path=f"/{database}").geturl()


def backed_up(portal: Path) -> Path:
    file = portal.parent / "portal.backup"
    call_command("backup", str(file))
    return file


def test_a_backup_comes_back_into_an_empty_home(
    portal: Path, empty: backups.Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("SECRET_KEY", "FIELD_KEY", "SIGNING_KEY"):
        monkeypatch.delenv(name, raising=False)
    before, rows = walk_chains(), AuditRecord.objects.count()
    file = backed_up(portal)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600, "it holds everything"

    manifest = backups.read_manifest(file)
    backups.refuse_unless_empty(empty, manifest)
    backups.restore(file, empty)

    assert manifest.verified == before.line() == f"{rows} records, {before.chains} chains, verified"
    with psycopg.connect(empty.owner_url) as there:
        found = there.execute(
            "SELECT (SELECT count(*) FROM audit_record), (SELECT count(*) FROM audit_broken),"
            " (SELECT email FROM people_user WHERE username = 'jam.border.officer'),"
            " has_table_privilege('portal_app', 'audit_record', 'UPDATE'),"
            " has_table_privilege('portal_app', 'people_user', 'UPDATE')"
        ).fetchone()
    assert found == (rows, 0, "officer@border.example", False, True), "who may do what comes back, too"
    assert (empty.files / "ab" / "abcd").read_bytes() == b"an attachment"
    assert (empty.drop / "JRCC.watch" / "in" / "one.txt").read_bytes() == b"UNA:+.? '"
    for name in ("SECRET_KEY", "FIELD_KEY", "SIGNING_KEY"):
        assert (empty.home / "keys" / name).read_text() == (portal / "keys" / name).read_text()
    with pytest.raises(ServiceError, match="holds tables already"):
        backups.refuse_unless_empty(empty, manifest)


def test_a_backup_is_proven_beside_the_running_portal(portal: Path, capsys: Any) -> None:
    file = backed_up(portal)
    assert set(backing_up.noted()) == {"made"}
    capsys.readouterr()
    call_command("restore", str(file), "--prove")
    assert capsys.readouterr().out.strip() == walk_chains().line()
    assert backing_up.noted()["proven"]["file"] == "portal.backup"


def test_keys_given_by_the_operator_stay_with_him(
    portal: Path, empty: backups.Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FIELD_KEY", "k" * 43 + "=")
    monkeypatch.setenv("SECRET_KEY", "s" * 50)
    monkeypatch.setenv("SIGNING_KEY", "z" * 43 + "=")
    manifest = backups.read_manifest(backed_up(portal))
    assert not [name for name in manifest.sha256 if name.startswith("keys/")]
    backups.refuse_unless_empty(empty, manifest)
    monkeypatch.setenv("FIELD_KEY", "another")
    with pytest.raises(ServiceError, match="FIELD_KEY is not the one"):
        backups.refuse_unless_empty(empty, manifest)
    monkeypatch.delenv("FIELD_KEY")
    with pytest.raises(ServiceError, match="set FIELD_KEY"):
        backups.refuse_unless_empty(empty, manifest)


def test_a_damaged_or_cut_file_is_refused_before_anything_changes(portal: Path) -> None:
    file = backed_up(portal)
    whole = file.read_bytes()
    at = whole.index(b"an attachment")
    file.write_bytes(whole[:at] + b"AN" + whole[at + 2 :])
    with pytest.raises(ServiceError, match="files/ab/abcd is not what was written"):
        backups.read_manifest(file)
    file.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ServiceError, match=r"cut off|cannot be read"):
        backups.read_manifest(file)
    file.write_bytes(b"PK\x03\x04 a spreadsheet")
    with pytest.raises(ServiceError, match="cannot be read as a backup"):
        backups.read_manifest(file)


def test_a_backup_that_cannot_be_written_leaves_nothing(portal: Path) -> None:
    with pytest.raises(ServiceError, match="cannot be written"):
        backed_up(portal / "no" / "such")
    assert backing_up.noted() == {}
