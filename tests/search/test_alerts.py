"""Saved searches and subscriptions: what is new to the seat is told once, by number and marking; nothing else is."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from apps.access import outbox
from apps.access.refusal import Refused
from apps.notices.models import Notice
from apps.people.models import Seat, User
from apps.rifc.actions import recalls, shares
from apps.search import actions
from apps.search.models import Known, SavedSearch
from apps.search.queries import saved
from apps.search.tasks import run_search_clock
from tests.rifc.people import AUTHOR, GUYANA, HEAD, JAMAICA, TRINIDAD, fresh, paragraph, shared

pytestmark = pytest.mark.django_db
API = "/api/v1/search/saved/"


def soon(**more: float) -> datetime.datetime:
    """After all that was written."""
    return timezone.now() + datetime.timedelta(hours=6) + datetime.timedelta(**more)


def told() -> list[Notice]:
    outbox.drain()
    return list(Notice.objects.filter(code="search.found").order_by("pk"))


def firearms(cast: Any, *to: str, **more: Any) -> Any:
    return shared(cast, *to, threat_categories=["firearms"], **({"title": "Firearms"} | more))


def following(cast: Any, who: str = TRINIDAD, alerts: str = "at_once") -> SavedSearch:
    return actions.save_saved_search(cast[who], None, name="Follow firearms", alerts=alerts, category="firearms")


def test_what_is_released_later_is_told_and_what_was_seen_before_is_not(cast: Any) -> None:
    old = firearms(cast, "TTO.contact", title="Seen already")
    hidden = firearms(cast, "JAM.contact", title="Older than the search")
    row = following(cast)
    assert (run_search_clock(soon()), told()) == (0, [])
    shares.add_report_recipient(cast[HEAD], fresh(hidden), to=["TTO.contact"])
    assert run_search_clock(soon(minutes=1)) == 1
    [notice] = told()
    assert (notice.number, notice.level, notice.owner_id) == ("1 new, up to RESTRICTED", 1, cast[TRINIDAD].desk_id)
    assert notice.title == ""
    assert notice.seats == [cast[TRINIDAD].seat_id]
    assert [hit.title for hit in saved.told(cast[TRINIDAD], row).hits] == ["Older than the search"]
    assert {str(one) for one in Known.objects.filter(told_at=None).values_list("object_id", flat=True)} == {str(old.pk)}


def test_a_thing_is_told_once_however_often_the_clock_ticks(cast: Any) -> None:
    following(cast)
    firearms(cast, "TTO.contact")
    assert [run_search_clock(soon()), run_search_clock(soon()), run_search_clock(soon(minutes=1))] == [1, 0, 0]
    firearms(cast, "TTO.contact")
    firearms(cast, "TTO.contact")
    assert run_search_clock(soon(minutes=1)) == 1
    assert [notice.number[:5] for notice in told()] == ["1 new", "2 new"]


def test_nothing_invisible_is_told_of(cast: Any) -> None:
    following(cast)
    following(cast, GUYANA)
    firearms(cast, "JAM.contact")
    firearms(cast, tlp="RED", named_persons=["jam.intelligence.officer"])
    assert (run_search_clock(soon()), told()) == (0, [])
    assert not Known.objects.exists()


def test_what_is_taken_back_before_the_tick_is_not_told_and_later_is_shown_no_more(cast: Any) -> None:
    row = following(cast)
    first, second = firearms(cast, "TTO.contact"), firearms(cast, "TTO.contact", title="Stays")
    recalls.recall_rifc_report(cast[HEAD], fresh(first), reason_code="other", text="Back.")
    assert run_search_clock(soon()) == 1
    assert told()[0].number.startswith("1 new")
    assert saved.told(cast[TRINIDAD], row).count == 1
    recalls.recall_rifc_report(cast[HEAD], fresh(second), reason_code="other", text="Back.")
    assert saved.told(cast[TRINIDAD], row).count == 0


def test_a_desk_that_loses_a_report_while_its_alert_runs_is_told_of_nothing(cast: Any) -> None:
    row = following(cast)
    report = firearms(cast, "TTO.contact")
    [(due, seat)] = saved.due(soon())
    assert due.pk == row.pk
    assert seat.pk == cast[TRINIDAD].seat_id
    shares.withdraw_report_entry(cast[HEAD], fresh(report), recipient="TTO.contact", reason="Mistake.")
    with pytest.raises(Refused, match="nothing-new"):
        actions.alert_of_saved_search(cast[TRINIDAD], row, now=soon())
    assert told() == []


def test_with_the_seat_its_searches_end(cast: Any) -> None:
    row = following(cast)
    firearms(cast, "TTO.contact")
    Seat.objects.filter(pk=row.seat_id).update(state="ended")
    assert (run_search_clock(timezone.now()), told()) == (0, [])
    assert not SavedSearch.objects.visible_to(cast[TRINIDAD]).exists()
    with pytest.raises(Refused, match="not-visible"):
        actions.alert_of_saved_search(cast[TRINIDAD], row, now=soon())


def test_a_clearance_that_was_lowered_counts_at_once(cast: Any) -> None:
    row = following(cast)
    firearms(cast, "TTO.contact", paragraphs=[paragraph(portion=0)])
    User.objects.filter(pk=row.user_id).update(clearance=0)
    assert (run_search_clock(soon()), told()) == (0, [])


def test_daily_alerts_come_at_most_once_a_day_and_none_when_switched_off(cast: Any) -> None:
    row = following(cast, alerts="daily")
    following(cast, JAMAICA, alerts="off")
    firearms(cast, "TTO.contact", "JAM.contact")
    assert run_search_clock(soon()) == 1
    firearms(cast, "TTO.contact", "JAM.contact")
    assert run_search_clock(soon(hours=23)) == 0
    assert run_search_clock(soon(hours=24)) == 1
    assert [notice.number[:5] for notice in told()] == ["1 new", "1 new"]
    actions.remove_saved_search(cast[TRINIDAD], fresh(row))
    firearms(cast, "TTO.contact")
    assert run_search_clock(soon(days=9)) == 0


def test_alerts_that_are_switched_on_later_begin_then(cast: Any) -> None:
    row = following(cast, alerts="off")
    firearms(cast, "TTO.contact")
    row = actions.change_saved_search(cast[TRINIDAD], row, name="Guns", alerts="at_once")
    assert (row.filters, run_search_clock(soon())) == ({"category": "firearms"}, 0)
    firearms(cast, "TTO.contact")
    assert run_search_clock(soon(minutes=1)) == 1


def test_a_search_is_its_owners_alone_and_only_in_that_seat(cast: Any, client_for: Any) -> None:
    row = following(cast)
    for other in ("tto.contact.reader", "tto.customs.head", JAMAICA, AUTHOR, "portal.platform.head"):
        assert not SavedSearch.objects.visible_to(cast[other]).exists()
        with pytest.raises(Refused, match="not-visible"):
            actions.remove_saved_search(cast[other], row)
    assert client_for(JAMAICA).get(reverse("search:saved_one", args=[row.pk])).status_code == 404


@pytest.mark.parametrize(
    ("given", "at"),
    [
        ({}, "q"),
        ({"q": "x" * 301}, "q"),
        ({"q": "a", "until": "soon"}, "until"),
        ({"q": "a", "name": "Follow firearms"}, "name"),
    ],
)
def test_what_cannot_be_kept_is_said_at_its_field(cast: Any, given: dict[str, str], at: str) -> None:
    following(cast)
    with pytest.raises(ValidationError) as wrong:
        actions.save_saved_search(cast[TRINIDAD], None, **({"name": "Another"} | given))
    assert list(wrong.value.message_dict) == [at]


def test_one_follows_with_one_click_and_finds_it_on_ones_page(cast: Any, client_for: Any) -> None:
    firearms(cast, "JAM.contact")
    browser = client_for(JAMAICA)
    said = browser.get("/search/?category=firearms").content.decode()
    assert "Follow Firearms" in said or "Follow " in said
    assert browser.post(reverse("search:saved_new"), {"follow": "1", "alerts": "at_once", "category": "firearms"}).url
    [row] = SavedSearch.objects.visible_to(cast[JAMAICA])
    assert (row.subscription, row.alerts, row.filters) == (True, "at_once", {"category": "firearms"})
    page = browser.get(reverse("search:saved")).content.decode()
    assert row.name in page
    assert "Alerts at once" in page
    assert browser.post(reverse("search:saved_new"), {"follow": "1", "alerts": "at_once"}).status_code == 422
    changed = {"name": "Guns", "alerts": "off", "q": "pistol", "version": row.version}
    assert browser.post(reverse("search:saved_change", args=[row.pk]), changed).status_code == 302
    row.refresh_from_db()
    assert (row.name, row.words, row.filters, row.subscription) == ("Guns", "pistol", {}, False)
    assert browser.get(reverse("search:saved_one", args=[row.pk])).status_code == 200
    empty = browser.post(reverse("search:saved_change", args=[row.pk]), {"name": "Guns", "alerts": "off"})
    assert empty.status_code == 422
    assert browser.post(reverse("search:saved_remove", args=[row.pk])).status_code == 302
    assert "Guns" not in browser.get(reverse("search:saved")).content.decode()


def test_saved_searches_over_the_api(cast: Any, client_for: Any) -> None:
    browser = client_for(JAMAICA)
    made = browser.post(API, {"name": "Guns", "q": "pistol", "alerts": "daily"}, content_type="application/json")
    assert made.status_code == 201, made.content
    body = made.json()
    assert (body["name"], body["q"], body["filters"], body["alerts"], body["state"]) == (
        *("Guns", "pistol", {}, "daily", "kept"),
    )
    again = browser.post(API, {"name": "Guns", "q": "x"}, content_type="application/json")
    assert again.status_code == 400
    changed = browser.post(
        f"{API}{body['id']}/actions/change/", {"name": "Rifles", "tlp": "GREEN"}, content_type="application/json"
    )
    assert (changed.json()["name"], changed.json()["filters"], changed.json()["q"]) == ("Rifles", {"tlp": "GREEN"}, "")
    assert client_for(GUYANA).get(f"{API}{body['id']}/").status_code == 404
    assert client_for(GUYANA).get(API).json()["results"] == []
    assert browser.post(f"{API}{body['id']}/actions/remove/").json()["state"] == "removed"
