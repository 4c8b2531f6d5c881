"""How many people a party asks for in a day: whoever of it asks, found or not."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from apps.audit.models import AuditRecord
from apps.people.actions import secondments
from apps.people.models import AccountRule
from tests.people.governing import ADMIN, a_second_administrator
from tests.people.seconding import JRCC, LIAISON, asked, day, refusal_of, state_of


def wanted(desk: str = "JRCC.watch") -> dict[str, object]:
    return {"user": "brb.border.head", "desk": desk, "role": "officer", "last_day": day(9), "reason": "liaison"}


def the_limit(asks: int) -> None:
    AccountRule.objects.filter(code="secondment_asks").update(value=asks)


def test_a_party_asks_for_so_many_people_a_day_and_a_refused_name_counts(cast):
    the_limit(2)
    assert refusal_of(lambda: asked(cast, user="brb.border.nobody")) == "no-such-person"
    asked(cast)
    assert refusal_of(lambda: asked(cast, user="brb.border.head")) == "asked-for-enough"
    assert refusal_of(lambda: asked(cast, user="brb.border.nobody")) == "asked-for-enough"
    rows = AuditRecord.objects.filter(verb="proposal.second", outcome="refused").order_by("seq")
    assert list(rows.values_list("person", "reason")) == [
        (JRCC, "no-such-person"),
        (JRCC, "asked-for-enough"),
    ], "the same refusal a second time is counted (apps.audit.repeated_refusals)"


def test_another_administrator_of_the_party_does_not_begin_anew_and_another_party_does(cast):
    the_limit(1)
    second = a_second_administrator("JRCC", "second")
    asked(cast)
    assert refusal_of(lambda: secondments.ask_for_person(second, None, **wanted())) == "asked-for-enough"
    assert secondments.ask_for_person(cast[ADMIN], None, **wanted("JAM.border")).state == "awaited"


def test_what_names_nobody_is_not_counted(cast):
    the_limit(1)
    with pytest.raises(ValidationError, match="at most one year"):
        asked(cast, last_day=day(400))
    assert (
        refusal_of(lambda: secondments.ask_for_person(cast["jrcc.watch.supervisor"], None, **wanted()))
        == "not-administrator"
    )
    assert state_of(asked(cast)) == "awaited"


def test_the_next_day_begins_anew(cast, monkeypatch):
    the_limit(1)
    asked(cast)
    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    assert state_of(asked(cast, user="brb.border.head")) == "awaited"


def test_who_asked_too_often_keeps_what_he_typed(cast, client_for):
    the_limit(0)
    fields = {"user": LIAISON, "place": "JRCC.watch:officer", "last_day": day(9).isoformat(), "reason": "to help"}
    answer = client_for(JRCC).post(reverse("people:secondment_new"), fields)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Ask again tomorrow." in page
    for typed in (LIAISON, '"JRCC.watch:officer" selected', fields["last_day"], "to help"):
        assert typed in page
