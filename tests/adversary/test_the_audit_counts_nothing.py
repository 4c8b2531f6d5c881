"""Places in the audit are sealed, and the numbers of a chain are for its own party."""

import pytest

from apps.audit import row_places
from apps.audit.models import AuditRecord
from tests import world

RECORDS = "/api/v1/audit/records/"


def test_the_id_of_a_row_reads_back_and_does_not_count(settings):
    ids = [row_places.public_id(number) for number in (1, 2, 3)]
    assert [row_places.number_of(str(one)) for one in ids] == [1, 2, 3]
    assert len({ids[1].int - ids[0].int, ids[2].int - ids[1].int}) == 2
    assert row_places.key_of("00000000-0000-8000-8000-000000000001") is None
    settings.SECRET_KEY = "another"
    assert row_places.key_of(str(ids[0])) is None


def test_a_carrier_reads_no_number_of_any_chain(api, cast):
    world.a_submission(cast)
    rows = api("7T.carrier", "read").get(RECORDS).json()["results"]
    assert rows
    assert {row["seq"] for row in rows} == {None}


def test_a_state_reads_the_numbers_of_its_own_chain_alone(api, cast):
    world.a_world(cast)
    program = api("BRB.border", "read")
    hit = program.get("/api/v1/jrcc/hits/").json()["results"][0]
    program.get(hit["url"])
    rows = program.get(RECORDS).json()["results"]
    assert {"JRCC"} < {row["stream"] for row in rows}
    assert all((row["seq"] is not None) == (row["stream"] == "BRB") for row in rows)


@pytest.mark.parametrize("query", ["before=1", "after=00000000-0000-8000-8000-000000000001"])
def test_a_place_that_somebody_made_up_is_an_error_at_its_name(api, query):
    answer = api("JRCC.watch", "read").get(f"{RECORDS}?{query}")
    assert [error["pointer"] for error in answer.json()["errors"]] == [f"/{query.partition('=')[0]}"]


def test_pages_of_the_audit_lead_on_by_sealed_places(api, cast):
    world.a_world(cast)
    program = api("JRCC.oversight", "read")
    first = program.get(f"{RECORDS}?page_size=3").json()
    second = program.get(first["next"]).json()
    seen = [row_places.number_of(row["id"]) for row in first["results"] + second["results"]]
    assert seen == sorted(AuditRecord.objects.filter(pk__in=seen).values_list("pk", flat=True), reverse=True)
    assert len(seen) == 6
