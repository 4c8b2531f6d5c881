"""What recipients say a report was good for, and what parties give and get."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from apps.access.refusal import Refused
from apps.notices.models import Notice
from apps.rifc.actions import recalls, receipts, uses
from apps.rifc.models import Balance, Use
from apps.rifc.queries import balance
from apps.rifc.tasks import count_exchange_balances
from tests.rifc.people import AUTHOR, HEAD, JAMAICA, REPORTS, TRINIDAD, Person, fresh, receipt, shared

pytestmark = pytest.mark.django_db
SAID = {"usefulness": "useful", "used_for": ["operation"], "note": "Two boats were stopped."}


def test_the_originator_reads_what_came_of_it_and_no_other_recipient_does(cast, client_for, drain):
    row = shared(cast, "JAM.contact", "TTO.contact")
    uses.record_report_use(cast[JAMAICA], None, of=row, **SAID)
    drain()
    place, page = f"{REPORTS}{row.thread}/uses/", reverse("rifc:report", args=[row.thread])
    [one] = Person(client_for(AUTHOR)).get(place).json()["results"]
    assert (one["desk"], one["usefulness"], one["used_for"]) == ("JAM.contact", "useful", ["operation"])
    assert "Two boats were stopped." in client_for(AUTHOR).get(page).content.decode()
    assert "Two boats were stopped." in client_for(JAMAICA).get(page).content.decode()
    trinidad = client_for(TRINIDAD)
    assert trinidad.get(place).status_code == 404
    assert "Two boats were stopped." not in trinidad.get(page).content.decode()
    assert not Use.objects.visible_to(cast[TRINIDAD]).exists()
    told = Notice.objects.filter(code="rifc.use")
    assert set(told.values_list("owner__code", flat=True)) == {"BRB.intelligence"}


def test_a_desk_says_it_once_and_changes_it_when_more_comes_of_it(cast):
    row = shared(cast, "JAM.contact")
    said = uses.record_report_use(cast[JAMAICA], None, of=row, usefulness="partly")
    with pytest.raises(Refused) as caught:
        uses.record_report_use(cast[JAMAICA], None, of=row, **SAID)
    assert caught.value.code == "told-already"
    uses.change_report_use(cast[JAMAICA], said, usefulness="useful", used_for=["hit", "hit", "prosecution"])
    assert fresh(said).used_for == ["hit", "prosecution"]
    with pytest.raises(Refused):
        uses.change_report_use(cast[TRINIDAD], said, usefulness="not")


@pytest.mark.parametrize("who", [AUTHOR, "brb.contact.officer"])
def test_nobody_praises_a_report_of_his_own_party(cast, who):
    row = shared(cast, "JAM.contact")
    with pytest.raises(Refused) as caught:
        uses.record_report_use(cast[who], None, of=row, **SAID)
    assert caught.value.code == "of-own-party"


def test_who_does_not_have_it_or_has_it_no_more_says_nothing(cast):
    row = shared(cast, "JAM.contact")
    with pytest.raises(Refused) as caught:
        uses.record_report_use(cast[TRINIDAD], None, of=row, **SAID)
    assert caught.value.reason == "not-visible"
    recalls.recall_rifc_report(cast[HEAD], row, reason_code="other", text="Back.")
    with pytest.raises(Refused) as caught:
        uses.record_report_use(cast[JAMAICA], None, of=row, **SAID)
    assert caught.value.reason == "not-visible"


def test_a_report_of_which_something_came_was_of_use(cast):
    with pytest.raises(ValidationError) as caught:
        uses.record_report_use(cast[JAMAICA], None, of=shared(cast, "JAM.contact"), usefulness="not", used_for=["hit"])
    assert "used_for" in caught.value.message_dict


def test_the_page_asks_says_what_is_wrong_and_keeps_what_was_typed(cast, client_for):
    row, jamaica = shared(cast, "JAM.contact"), client_for(JAMAICA)
    page = reverse("rifc:use", args=[row.thread])
    wrong = jamaica.post(page, {"usefulness": "splendid", "note": "It led us there."})
    assert wrong.status_code == 422
    assert "It led us there." in wrong.content.decode()
    assert jamaica.post(page, SAID).status_code == 302
    again = jamaica.get(page).content.decode()
    assert "Change your feedback" in again
    assert "Two boats were stopped." in again
    assert jamaica.post(page, {**SAID, "usefulness": "partly"}).status_code == 302
    assert Use.objects.get().usefulness == "partly"
    assert client_for(TRINIDAD).get(page).status_code == 404


def a_month(cast: Any) -> Any:
    """Barbados shares two reports and takes one back; Jamaica gives a receipt and finds one useful."""
    first = shared(cast, "JAM.contact", "TTO.contact")
    second = shared(cast, "JAM.contact")
    receipts.read_rifc_report(cast[JAMAICA], None, report=first, channel="web")
    receipts.acknowledge_report_receipt(cast[JAMAICA], receipt(first, "JAM.contact"), edition=1)
    uses.record_report_use(cast[JAMAICA], None, of=first, **SAID)
    uses.record_report_use(cast[TRINIDAD], None, of=first, usefulness="not")
    recalls.recall_rifc_report(cast[HEAD], second, reason_code="other", text="Back.")
    return timezone.now()


def test_what_each_party_gives_and_gets_is_counted_once_however_often_one_counts(cast):
    now = a_month(cast)
    assert [count_exchange_balances(now), count_exchange_balances(now)] == [2, 2]
    month = balance.first_of(now.date())
    figures = {row.party_id: row for row in Balance.objects.filter(month=month)}
    barbados, jamaica, trinidad = figures["BRB"], figures["JAM"], figures["TTO"]
    assert (barbados.shared, barbados.received, barbados.useful, barbados.recalled) == (2, 0, 1, 1)
    assert (jamaica.shared, jamaica.received, trinidad.received) == (0, 2, 1)
    assert jamaica.ack_hours is not None
    assert trinidad.ack_hours is None
    assert figures[None].shared == 0
    assert figures[None].members >= 5
    before = Balance.objects.get(month=balance.first_of(now.date(), 1), party="BRB")
    assert before.shared == 0


def test_a_party_reads_its_own_figures_and_the_median_never_anothers(cast, client_for):
    now = a_month(cast)
    count_exchange_balances(now)
    seen = Balance.objects.visible_to(cast["jam.contact.officer"])
    assert set(seen.values_list("party", flat=True)) == {"JAM", None}
    assert not Balance.objects.visible_to(cast["jam.customs.officer"]).exists()
    year = balance.year_of(cast["jam.contact.officer"], now.date())
    assert len(year) == 12
    assert year[-1].own.received == 2
    assert year[-1].region is not None
    Balance.objects.filter(party=None).update(members=4)
    assert balance.year_of(cast["jam.contact.officer"], now.date())[-1].region is None
    page = client_for("jam.contact.officer").get(reverse("rifc:statistics"))
    assert page.status_code == 200
    assert "By month" in page.content.decode()
    assert client_for("jam.customs.officer").get(reverse("rifc:statistics")).status_code == 404


def test_reports_are_counted_by_threat_as_far_as_they_are_seen(cast):
    shared(cast, "JAM.contact", threat_categories=["drugs", "firearms"])
    shared(cast, "TTO.contact", threat_categories=["drugs"])
    since = timezone.now().date() - datetime.timedelta(days=3)
    assert [line[1:] for line in balance.by_category(cast[JAMAICA], since)] == [(0, 1), (0, 1)]
    assert sorted(line[1:] for line in balance.by_category(cast[AUTHOR], since)) == [(1, 0), (2, 0)]


def test_before_the_first_night_the_page_says_so(client_for):
    assert "Not counted yet" in client_for("jam.contact.officer").get(reverse("rifc:statistics")).content.decode()


@pytest.mark.parametrize(("back", "first"), [(0, (2026, 3)), (1, (2026, 2)), (3, (2025, 12)), (-1, (2026, 4))])
def test_months_are_counted_back_over_the_year(back, first):
    assert balance.first_of(datetime.date(2026, 3, 31), back) == datetime.date(*first, 1)
