"""The trail calls people by their names and records by their titles, as far as the reader sees them."""

from typing import Any

import pytest
from django.urls import reverse

from apps.audit import sentences, titles
from apps.audit.models import AuditRecord
from apps.people.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def rows_of(actor: Any, kind: str) -> list[AuditRecord]:
    return list(AuditRecord.objects.visible_to(actor).filter(object_type=kind).order_by("-pk")[:20])


def test_a_ministry_reads_titles_of_decisions_and_names_of_its_people(cast: Any, client_for: Any) -> None:
    actor = cast["jam.ministry.decider"]
    rows = rows_of(actor, "council.decision")
    lines = titles.in_full(sentences.told(rows, actor), actor)
    assert any(line.title for line in lines)
    assert all(line.name == User.objects.get(username=line.person).full_name for line in lines if line.person)
    first = next(line for line in lines if line.title)
    history = reverse("audit:object", args=["council.decision", first.row.object_id])
    assert first.title in client_for("jam.ministry.decider").get(history).content.decode()


def test_a_reader_who_does_not_see_a_record_reads_its_kind_alone(cast: Any) -> None:
    rows = rows_of(cast["jam.ministry.decider"], "council.decision")
    carrier = cast["7t.carrier.agent"]
    assert {line.title for line in titles.in_full(sentences.told(rows, carrier), carrier)} == {""}


def test_a_name_that_the_reader_may_not_know_is_not_asked_for(cast: Any) -> None:
    rows = rows_of(cast["jam.ministry.decider"], "council.decision")
    carrier = cast["7t.carrier.agent"]
    assert {line.name for line in titles.in_full(sentences.told(rows, carrier), carrier)} == {""}
