"""The memory cannot be changed unseen."""

import pytest
from django.db import DatabaseError, connection, transaction

from apps.audit.models import AuditRecord
from apps.audit.queries import walk_chains
from apps.people import actions

ADMIN = "jam.administration.administrator"


@pytest.fixture
def three_acts(cast):
    for name in ("jam.border.officer", "jam.border.head", "jam.intelligence.officer"):
        actions.appoint_person(cast[ADMIN], None, user=name, desk="JAM.customs", role="reader")


def test_the_tests_run_as_the_applications_own_role(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user)"
        )
        assert cursor.fetchone() == ("portal_app", False)


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_record SET verb = 'x'", "DELETE FROM audit_record", "TRUNCATE audit_record"]
)
def test_the_application_can_neither_change_nor_remove_a_record(three_acts, statement):
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert AuditRecord.objects.filter(verb="seat.appoint").count() == 3


def test_the_chains_verify(three_acts):
    report = walk_chains()
    assert report.broken is None
    assert report.records == AuditRecord.objects.count() > 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("tampering", "place", "reason"),
    [
        ("UPDATE audit_record SET person = 'nobody' WHERE seq = 2", 2, "the record was changed"),
        ("DELETE FROM audit_record WHERE seq = 2", 3, "a record is missing before this one"),
        ("DELETE FROM audit_record WHERE seq = 3", 3, "records at the end of the chain are missing"),
    ],
)
def test_what_a_database_administrator_tampers_with_is_found(three_acts, as_owner, tampering, place, reason):
    as_owner("ALTER TABLE audit_record DISABLE TRIGGER no_change", f"{tampering} AND stream = 'JAM'")
    assert walk_chains().broken == ("JAM", place, reason)
