"""The operators' page shows what does not answer, is full, old or about to end as that, and what is well as well."""

import datetime
import os
import re
from collections import namedtuple
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.db import connection
from django.utils import timezone

from apps.access.models import Heartbeat
from apps.operations import queries
from caricom_portal import backing_up, room_left
from tests import machine_words
from tests.operations.conftest import OPERATOR

pytestmark = pytest.mark.django_db
STATUS = "/operations/"
BRIDGETOWN = ZoneInfo("America/Barbados")
Disk = namedtuple("Disk", "total used free")


@pytest.fixture
def shown(client_for):
    """What the page says beside a name, without its marks."""
    client = client_for(OPERATOR)

    def read(name: str) -> str:
        page = client.get(STATUS).content.decode()
        page = page.replace('<span class="none" aria-hidden="true">–</span><span class="vh">none</span>', "")
        row = re.search(rf"<(?:th[^>]*|dt)>{re.escape(name)}</(?:th|dt)>(.*?)</(?:tr|dd)>", page, re.DOTALL)
        return " ".join(re.sub(r"<[^>]+>", " ", row[1]).split())

    return read


def ago(**more: int) -> datetime.datetime:
    return timezone.now() - datetime.timedelta(**more)


# --- parts ---


def test_a_worker_that_was_never_heard_or_is_silent_for_25_seconds_does_not_answer(shown):
    name = "Worker"
    assert shown(name) == "Not responding"
    Heartbeat.objects.create(name="worker", at=ago(seconds=26))
    assert shown(name).startswith("Not responding last response")
    Heartbeat.objects.update(at=ago(seconds=15))
    assert shown(name).startswith("Working last response")


def test_a_broker_that_is_away_does_not_answer_and_the_page_comes_all_the_same(shown, settings):
    assert shown("Broker and cache") == "Working"
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}}
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    assert shown("Broker and cache") == "Not responding"
    assert shown("Database").startswith("Working PostgreSQL 18")


# --- transactions ---


def opened(url: str, **name: str) -> psycopg.Connection[Any]:
    """A transaction of another session of this server."""
    other = psycopg.connect(url, **name)
    other.execute("SELECT 1")
    return other


def test_the_oldest_transaction_is_no_younger_than_one_that_is_open():
    place = connection.settings_dict
    login = {"host": place["HOST"], "port": place["PORT"], "user": place["USER"], "password": place["PASSWORD"]}
    with opened("", **login, dbname="postgres", application_name="a report") as other:
        began = other.execute("SELECT now()").fetchone()[0]
        found = queries.open_transactions()
        assert found.began < began or (found.application, found.database) == ("a report", "postgres")


def test_a_session_that_may_not_be_seen_is_counted_and_not_taken_for_none():
    with opened(os.environ["DATABASE_OWNER_URL"]) as other:
        began = other.execute("SELECT now()").fetchone()[0]
        found = queries.open_transactions()
        assert found.hidden > 0 or found.began <= began


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (queries.OpenTransactions(0), "None"),
        (queries.OpenTransactions(1), "Not known for 1 session of another role"),
        (queries.OpenTransactions(2), "Not known for 2 sessions of other roles"),
    ],
)
def test_the_page_says_of_how_many_transactions_it_does_not_know(found, words, shown, monkeypatch):
    monkeypatch.setattr(queries, "open_transactions", lambda: found)
    assert shown("Oldest open transaction") == words


@pytest.mark.parametrize(
    ("whose", "since", "words"),
    [
        (
            ("portal command backup", "portal_app", "portal"),
            {"minutes": 4},
            "portal command backup , in the database portal (4 min ago)",
        ),
        (("", "reports", "sales"), {"hours": 3}, "reports , in the database sales (3 h ago)"),
    ],
)
def test_the_page_says_whose_transaction_stands_open(whose, since, words, shown, monkeypatch):
    monkeypatch.setattr(queries, "open_transactions", lambda: queries.OpenTransactions(0, *whose, ago(**since)))
    assert shown("Oldest open transaction") == words


def test_the_names_that_programs_gave_to_a_transaction_and_its_database_stand_as_names(client_for, monkeypatch):
    found = queries.OpenTransactions(0, "nightly_report", "portal_app", "sales_2026", ago(minutes=4))
    monkeypatch.setattr(queries, "open_transactions", lambda: found)
    page = client_for(OPERATOR).get(STATUS)
    assert b"sales_2026" in page.content
    assert list(machine_words.faults(page)) == []


# --- storage ---


@pytest.mark.parametrize(("free", "little"), [(9, True), (10, False)])
def test_a_disk_with_less_than_a_tenth_left_is_marked(free, little, shown, monkeypatch):
    monkeypatch.setattr(room_left.shutil, "disk_usage", lambda _place: Disk(100, 100 - free, free))
    assert ("Low space" in shown("Room left on the disk")) == little


def test_files_are_counted_where_they_lie(shown, settings, tmp_path):
    settings.FILE_ROOT = tmp_path
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "one").write_bytes(b"x" * 3000)
    assert shown("Files").replace("\xa0", " ") == f"2.9 KB {tmp_path}"


# --- certificates ---


def a_certificate(folder: Path, days: int) -> str:
    """A file with a key and its certificate, which ends so many days and an hour from now."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "bureau")])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(ago(days=365))
        .not_valid_after(ago(days=-days, hours=-1))
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file = folder / "interpol.pem"
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return str(file)


@pytest.mark.parametrize(("days", "renew"), [(-1, True), (29, True), (30, False), (300, False)])
def test_a_certificate_that_has_ended_or_ends_within_thirty_days_is_to_be_renewed(
    days, renew, shown, settings, tmp_path
):
    settings.INTERPOL_CERTIFICATE = a_certificate(tmp_path, days)
    said = shown("Connection to INTERPOL")
    assert f"{ago(days=-days, hours=-1).astimezone(BRIDGETOWN):%Y}" in said  # where the page is read
    assert said.startswith("ends ")
    assert said.endswith("Renew") == renew


@pytest.mark.parametrize("content", [None, b"", b"\xff\x00 no certificate", b"-----BEGIN CERTIFICATE-----\nAA==\n"])
def test_a_certificate_that_cannot_be_read_is_said_to_be_so(content, shown, settings, tmp_path):
    file = tmp_path / "interpol.pem"
    if content is not None:
        file.write_bytes(content)
    settings.INTERPOL_CERTIFICATE = str(file)
    assert shown("Connection to INTERPOL: the file cannot be read") == "Renew"


def test_without_one_the_page_says_that_the_portal_holds_none(shown, settings):
    settings.INTERPOL_CERTIFICATE = ""
    assert shown("Certificates").startswith("The portal has no certificate of its own; the proxy has the one for")


# --- backups ---


@pytest.mark.parametrize(
    ("what", "name", "recent", "old"),
    [
        ("made", "Last backup", {"hours": 29}, {"hours": 31}),
        ("proven", "Last test restore", {"days": 34}, {"days": 36}),
    ],
)
def test_a_backup_or_a_proof_is_recent_for_its_time_and_then_too_long_ago(
    what, name, recent, old, shown, settings, tmp_path
):
    settings.HOME = tmp_path
    assert shown(name) == "Never Too old"
    for age, word in ((recent, "Recent"), (old, "Too old")):
        backing_up.note(what, at=ago(**age).isoformat(timespec="seconds"), file=Path("night.tar"), members=3)
        said = shown(name)
        assert "night.tar" in said
        assert said.endswith(word)


def test_a_note_of_backups_that_cannot_be_read_is_none(shown, settings, tmp_path):
    settings.HOME = tmp_path
    (tmp_path / "backups.json").write_text('{"made": ')
    assert shown("Last backup") == "Never Too old"


# --- the rest ---


def largest_table() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_stat_user_tables ORDER BY pg_total_relation_size(relid) DESC LIMIT 1")
        return cursor.fetchone()[0]


def test_the_page_shows_versions_migrations_keys_and_tables(client_for):
    page = client_for(OPERATOR).get(STATUS).content.decode()
    for words in ("PostgreSQL 18", "BSD-3-Clause", "all applied", "SIGNING_KEY", largest_table()):
        assert words in page, words
