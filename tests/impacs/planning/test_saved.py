"""One's own filters under a name."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from apps.access.refusal import Refused
from apps.impacs.models import SavedFilter
from apps.impacs.plan.actions import saved_filters
from tests.impacs.planning.people import JAMAICA, KEEPER, WATCH, a_task, day

pytestmark = pytest.mark.django_db


def test_filters_are_kept_from_a_view_opened_renamed_and_deleted(cast: Any, client_for: Any):
    a_task(title="Berth plans", state="ready", starts_on=day(-9), due_on=day(-2))
    client = client_for(KEEPER)
    answer = client.post(
        reverse("impacs:saved_keep"),
        {"name": "Late ones", "view": "timeline", "query": "state=late&by=owner&after=xyz"},
    )
    row = SavedFilter.objects.get()
    assert answer.url == reverse("impacs:timeline") + "?state=late&by=owner"
    assert b"Berth plans" in client.get(answer.url).content
    assert b"Late ones" in client.get(reverse("impacs:task_list")).content
    client.post(reverse("impacs:saved_rename", args=[row.pk]), {"name": "Overdue"})
    assert b"Overdue" in client.get(reverse("impacs:saved")).content
    client.post(reverse("impacs:saved_drop", args=[row.pk]))
    client.get(reverse("impacs:saved"))  # says once that it is deleted
    assert b"Overdue" not in client.get(reverse("impacs:saved")).content


def test_nobody_sees_or_touches_what_another_has_kept(cast: Any, client_for: Any):
    row = saved_filters.save_filter(cast[KEEPER], None, name="Mine", view="list", query="mine=on")
    for who in (WATCH, JAMAICA, "impacs.secretariat.officer"):
        client = client_for(who)
        assert b"Mine<" not in client.get(reverse("impacs:saved")).content
        assert client.post(reverse("impacs:saved_drop", args=[row.pk])).status_code == 404
        assert client.get(reverse("impacs:saved_rename", args=[row.pk])).status_code == 404
        with pytest.raises(Refused):
            saved_filters.drop_saved_filter(cast[who], row)


def test_the_same_name_again_takes_the_place_of_the_first(cast: Any):
    for query in ("state=open", "state=late"):
        saved_filters.save_filter(cast[KEEPER], None, name="One", view="list", query=query)
    (row,) = SavedFilter.objects.visible_to(cast[KEEPER]).filter(state="kept")
    assert row.query == "state=late"
    other = saved_filters.save_filter(cast[KEEPER], None, name="Two", view="list")
    with pytest.raises(ValidationError, match="You already have filters with this name"):
        saved_filters.rename_saved_filter(cast[KEEPER], other, name="One")


def test_there_is_an_end_to_what_one_person_keeps(cast: Any):
    for n in range(saved_filters.MOST):
        saved_filters.save_filter(cast[KEEPER], None, name=f"{n}", view="list")
    with pytest.raises(ValidationError, match="Delete one first"):
        saved_filters.save_filter(cast[KEEPER], None, name="one more", view="list")


@pytest.mark.parametrize(
    "sent", [{"name": "", "view": "list"}, {"name": "x", "view": "admin"}, {"name": "x" * 81, "view": "list"}, {}]
)
def test_what_cannot_be_kept_is_told(client_for: Any, sent: dict[str, str]):
    assert client_for(KEEPER).post(reverse("impacs:saved_keep"), sent).status_code == 422
