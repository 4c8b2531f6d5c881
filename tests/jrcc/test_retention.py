"""What is left of travellers when their time is over: no name anywhere, and the numbers."""

import datetime
import os
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from apps.journeys.models import Document, Journey, Traveller
from apps.jrcc.actions import hits
from apps.jrcc.models import Hit
from apps.manifests.models import Submission, SubmissionContent
from apps.people.queries import service_actor
from apps.travellers.actions import retention_rounds
from apps.travellers.actions.retention import age_band
from apps.travellers.models import Erasure, RetentionRule
from apps.travellers.queries import retention_due
from tests.jrcc.pages_world import SUBJECT, listed, message, sent

pytestmark = pytest.mark.django_db
NAMES = ("ABELLINEAA", "ABELLINEAB", "LINDKVAEL-OSTREY", "T1000000", "R7041662")
LISTED = "LINDKVAEL-OSTREY", "R7041662"


def in_days(days: int) -> datetime.datetime:
    return timezone.now() + datetime.timedelta(days=days)


def closed(cast) -> Hit:
    """The hit, as another person: nobody works on it any more."""
    return hits.dismiss_hit(cast["jrcc.watch.officer"], Hit.objects.get(), reason="different_photo")


def a_days_work(cast, drain) -> Hit:
    """A list of three with a correction of it, its letter that nobody could read, and a dismissed hit on the first."""
    listed(cast, drain)
    sent(cast, drain, message(3))
    sent(cast, drain, message(3).replace(b"GUY", b"SUR", 1))
    sent(cast, drain, b"Dear JRCC, Mrs ABELLINEAA asks you to call back")
    return closed(cast)


def everywhere(*words: str) -> dict[str, set[str]]:
    """{word: tables, files and the cache that hold it}: every column of every table as text and as bytes.

    Of six letters or more: pictures and what is encrypted, of whichever test, hold each shorter word by chance.
    """
    assert min(map(len, words)) >= 6, words
    found: dict[str, set[str]] = {}
    with connection.cursor() as cursor:
        # what is encrypted or hashed holds every short word by chance; names of migrations and rules are nobody's
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            " AND relname NOT IN ('mfa_authenticator', 'people_user', 'django_migrations', 'protection_keepingrule')"
        )
        for (table,) in cursor.fetchall():
            for word in words:
                cursor.execute(
                    f'SELECT count(*) FROM "{table}" AS one WHERE strpos(upper(one::text), %s) > 0',
                    [word],
                )
                as_text = cursor.fetchone()[0]
                cursor.execute(
                    f'SELECT count(*) FROM "{table}" AS one WHERE strpos(one::text, %s) > 0',
                    [word.encode().hex()],
                )
                if as_text or cursor.fetchone()[0]:
                    found.setdefault(word, set()).add(table)
    for path in (one for root, _dirs, names in os.walk(settings.FILE_ROOT) for one in (Path(root) / n for n in names)):
        for word in words:
            if word.encode() in path.read_bytes().upper():
                found.setdefault(word, set()).add(f"file {path.name}")
    client = cache._cache.get_client()  # the broker's cache, with every key of this process
    for key in client.scan_iter("*"):
        held = key + (client.get(key) or b"" if client.type(key) == b"string" else b"")
        for word in words:
            if word.encode() in held.upper():
                found.setdefault(word, set()).add("cache")
    return found


def test_after_its_time_no_name_of_a_journey_is_in_any_table_file_or_cache(cast, drain, client_for):
    hit = a_days_work(cast, drain)
    client_for("jrcc.watch.officer").get(f"/jrcc/journeys/{hit.journey_id}/")
    held = everywhere(*NAMES)
    assert {"jrcc_traveller", "jrcc_submissioncontent"} <= held["ABELLINEAB"]  # the search itself finds names
    assert "jrcc_document" in held["T1000000"]
    counted = Journey.objects.values_list("passengers", "crew", "screened").get()

    retention_rounds.forget(in_days(92))
    drain()
    assert everywhere("ABELLINEAA", "ABELLINEAB", "T1000000") == {}
    assert "jrcc_traveller" in everywhere(*LISTED)["LINDKVAEL-OSTREY"]  # a hit is kept for five years

    retention_rounds.forget(in_days(1830))
    drain()
    left = everywhere(*NAMES)
    # their number stands on the list of wanted persons, which is not the carrier's word
    kept = {"screening_entry", "screening_entryversion", "screening_entrykey", "screening_entrykeylist"}
    assert {word: tables - kept for word, tables in left.items() if word != "R7041662"} == {}
    assert Journey.objects.values_list("passengers", "crew", "screened").get() == counted
    hit.refresh_from_db()
    assert (hit.score > 0, [one["text"] for one in hit.evidence if one["text"]]) == (True, [])
    assert SUBJECT["surname"] in str(hit.entry.subject)


def test_what_is_left_of_a_masked_traveller_is_for_statistics_alone(cast, drain):
    a_days_work(cast, drain)
    retention_rounds.forget(in_days(92))
    one = Traveller.objects.filter(masked_at__isnull=False).order_by("pk").first()
    assert (one.surname, one.birth_date, one.pnr, one.seat, one.keys) == ("", "", "", "", [])
    assert (one.nationality, one.from_port, one.to_port, one.sex) == ("TTO", "POS", "KIN", "F")
    assert one.age_band == "40-49"
    assert not Document.objects.filter(traveller=one).exists()
    retention_rounds.forget(in_days(740))
    assert Traveller.objects.filter(masked_at__isnull=False).count() == 0
    assert Traveller.objects.count() == 1  # of whom a hit speaks


def test_the_record_has_counts_and_hashes_and_the_receipt_stays(cast, drain, client_for):
    a_days_work(cast, drain)
    retention_rounds.forget(in_days(92))
    messages = Erasure.objects.filter(step="message")
    assert {one.hashes[0] for one in messages} == set(Submission.objects.values_list("sha256", flat=True))
    masked = Erasure.objects.get(step="masked")
    assert masked.counts == {"traveller": 2, "document": 2}
    row = Submission.objects.exclude(journey=None).first()
    assert SubmissionContent.objects.get(submission=row).erased_at is not None
    page = client_for("7t.carrier.agent").get(f"/jrcc/manifests/{row.pk}/")
    assert page.status_code == 200
    assert "were deleted under the retention rules" in page.content.decode()
    assert client_for("7t.carrier.agent").get(f"/jrcc/manifests/{row.pk}/message/").status_code == 404


def test_the_dry_run_says_what_the_night_does_and_does_nothing(cast, drain, client_for):
    a_days_work(cast, drain)
    clock, night = service_actor("JRCC.automation"), in_days(92)
    due = retention_due.find_retention_due(clock, night)
    assert len(retention_due.find_retention_due(cast["jrcc.watch.officer"], night)) == len(due)
    done = retention_rounds.forget(night)
    assert done == {
        "masked": len(due.masks), "messages": len(due.messages), "accesses": len(due.accesses), "deleted": 0,
        "bookings": 0, "bookings_narrowed": 0, "searches": 0,
    }  # fmt: skip
    assert (done["masked"], done["messages"]) == (1, 3)
    assert sum(retention_rounds.forget(night).values()) == 0
    page = client_for("jrcc.watch.officer").get("/jrcc/retention/").content.decode()
    assert "Travellers masked" in page
    assert "project default" in client_for("jrcc.watch.officer").get("/jrcc/retention/rules/").content.decode()


def test_an_open_hit_holds_its_journey_and_its_messages(cast, drain):
    listed(cast, drain)
    sent(cast, drain, message(3))
    due = retention_due.find_retention_due(service_actor("JRCC.automation"), in_days(92))
    assert len(due.held) == 2
    done = retention_rounds.forget(in_days(92))
    assert (done["masked"], done["messages"]) == (0, 0)
    closed(cast)
    done = retention_rounds.forget(in_days(92))
    assert (done["masked"], done["messages"]) == (1, 1)


def test_a_journey_lives_by_the_longest_rule_and_each_state_sees_it_by_its_own(cast, drain):
    day = datetime.date(2020, 1, 1)
    for party, days in (("JAM", 10), ("TTO", 200)):
        RetentionRule.objects.create(
            party_id=party, kind="traveller_record", keep_days=days, delete_days=900, valid_from=day, source="Act"
        )
    a_days_work(cast, drain)
    assert Journey.objects.visible_to(cast["jam.border.head"]).exists()
    assert retention_rounds.forget(in_days(12))["accesses"] == 1
    assert not Journey.objects.visible_to(cast["jam.border.head"]).exists()
    assert Journey.objects.visible_to(cast["tto.border.officer"]).exists()
    assert Erasure.objects.get(step="access").states == ["JAM"]
    retention_rounds.forget(in_days(150))
    assert Traveller.objects.filter(masked_at__isnull=False).count() == 0
    retention_rounds.forget(in_days(202))
    assert Traveller.objects.filter(masked_at__isnull=False).count() == 2


@pytest.mark.parametrize(
    ("born", "band"),
    [("1986-04-09", "40-49"), ("2020", "0-9"), ("1927-01", "90-99"), ("", ""), ("19XX", ""), ("2030-01-01", "0-9")],
)
def test_a_birth_date_becomes_a_band_of_ten_years(born, band):
    assert age_band(born, datetime.date(2026, 11, 26)) == band
