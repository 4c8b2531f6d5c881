"""A hit on its page: the evidence, the acts, and who reads what of it."""

import re
from typing import Any

import pytest
from django.urls import reverse

from apps.jrcc.actions import hits
from apps.jrcc.models import Hit
from apps.people.queries.work import waiting_for
from tests.jrcc.pages_world import message, raised, sent

pytestmark = pytest.mark.django_db
PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}


def text(response: Any) -> str:
    return response.content.decode()


def words(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text(response)))


def act(client: Any, hit: Hit, verb: str, **body: Any) -> Any:
    hit.refresh_from_db()
    return client.post(reverse("jrcc:hit_do", args=[hit.pk, verb]), {"version": hit.version, **body})


class TestHit:
    def test_the_ledger_adds_up_to_the_score(self, cast: Any, drain: Any, client_for: Any) -> None:
        hit = raised(cast, drain)
        page = client_for("jrcc.watch.officer").get(reverse("jrcc:hit", args=[hit.pk]))
        ledger = text(page).split('class="ledger"')[1].split("</table>")[0]
        figures = [float(v.replace("\N{MINUS SIGN}", "-")) for v in re.findall(r'class="v">([^<]+)</td>', ledger)]
        assert sum(figures[:-1]) == pytest.approx(figures[-1], abs=0.006 * len(figures))
        assert hit.matcher in words(page)
        assert "shown from 50%, match from 95%" in words(page)

    def test_differing_letters_are_marked_on_both_sides(self, cast: Any, drain: Any, client_for: Any) -> None:
        hit = raised(cast, drain)
        page = text(client_for("jrcc.watch.officer").get(reverse("jrcc:hit", args=[hit.pk])))
        assert "LIND<del>K</del>VAEL" in page
        assert "LIND<ins>Q</ins>VAEL" in page

    def test_from_claim_to_outcome_by_plain_forms(self, cast: Any, drain: Any, client_for: Any) -> None:
        hit = raised(cast, drain)
        watch, border = client_for("jrcc.watch.officer"), client_for("jam.border.head")
        assert act(watch, hit, "claim")["Location"] == reverse("jrcc:hit", args=[hit.pk])
        offered = text(watch.get(reverse("jrcc:hit", args=[hit.pk])))
        assert re.search(r'value="JAM"[^>]*checked|checked[^>]*value="JAM"', offered)
        assert act(watch, hit, "refer", to=["JAM"], note="Photograph at the desk", back="floor").status_code == 302
        assert "Photograph at the desk" in words(border.get(reverse("jrcc:hit", args=[hit.pk])))
        act(border, hit, "acknowledge")
        act(border, hit, "record_outcome", outcome="questioned", note="Let go")
        hit.refresh_from_db()
        assert (hit.state, hit.outcome) == ("closed", "questioned")

    def test_a_dismissal_without_reason_comes_back_with_the_fault(self, cast: Any, drain: Any, client_for: Any) -> None:
        hit = raised(cast, drain)
        watch = client_for("jrcc.watch.officer")
        answer = act(watch, hit, "dismiss", reason="")
        assert answer.status_code == 422
        assert "Choose why this is not the listed person" in words(answer)
        assert 'id="dismiss_reason_error"' in text(answer)
        assert '<details name="act" open>' in text(answer)
        hit.refresh_from_db()
        assert hit.state == "raised"

    def test_what_was_typed_is_kept_when_the_act_finds_fault(self, cast: Any, drain: Any, client_for: Any) -> None:
        hit = raised(cast, drain)
        answer = act(client_for("jrcc.watch.officer"), hit, "refer", to=["BRB"], note="Half a note")
        assert answer.status_code == 422
        assert "Half a note" in text(answer)
        assert "BRB" in words(answer)

    def test_an_old_form_changes_nothing(self, cast: Any, drain: Any, client_for: Any) -> None:
        hit = raised(cast, drain)
        watch = client_for("jrcc.watch.officer")
        act(watch, hit, "claim")
        stale = watch.post(reverse("jrcc:hit_do", args=[hit.pk, "release"]), {"version": hit.version})
        assert stale.status_code == 412
        hit.refresh_from_db()
        assert hit.state == "claimed"

    def test_htmx_gets_the_detail_pane_and_the_toast(self, cast: Any, drain: Any, client_for: Any) -> None:
        hit = raised(cast, drain)
        place = reverse("jrcc:hit_do", args=[hit.pk, "claim"])
        answer = client_for("jrcc.watch.officer").post(
            place, {"version": hit.version, "back": "floor"}, headers=PARTIAL
        )
        assert answer.status_code == 200
        assert "<html" not in text(answer)
        assert "toast-note" in text(answer)
        assert "Mine" in words(answer)

    def test_a_late_act_in_the_pane_says_why_and_keeps_what_was_typed(
        self, cast: Any, drain: Any, client_for: Any
    ) -> None:
        hit = raised(cast, drain)
        watch = client_for("jrcc.watch.officer")
        act(watch, hit, "claim")
        place = reverse("jrcc:hit_do", args=[hit.pk, "refer"])
        late = watch.post(place, {"version": hit.version, "to": ["JAM"], "note": "Half a note"}, headers=PARTIAL)
        assert late.status_code == 412
        assert "Someone changed this record while you were reading it" in words(late)
        assert "Half a note" in text(late)
        assert "<script" not in text(late)

    def test_the_owner_reads_what_was_hit_and_how_it_ended_but_acts_on_nothing(
        self, cast: Any, drain: Any, client_for: Any
    ) -> None:
        hit = raised(cast, drain)
        hits.refer_hit(cast["jrcc.watch.officer"], hit, to=["JAM"])
        hit.refresh_from_db()
        hits.record_hit_outcome(cast["jam.border.head"], hit, outcome="detained", note="At the airport")
        page = client_for("jam.intelligence.officer").get(reverse("jrcc:hit", args=[hit.pk]))
        assert "LINDKVAEL" in words(page)
        assert "Detained" in words(page)
        assert "hit_do" not in text(page)
        assert f"hits/{hit.pk}/do/" not in text(page)

    def test_a_state_that_may_not_see_the_entry_reads_the_traveller_alone(
        self, cast: Any, drain: Any, client_for: Any
    ) -> None:
        hit = raised(cast, drain)
        hits.refer_hit(cast["jrcc.watch.officer"], hit, to=["TTO"])
        page = client_for("tto.border.head").get(reverse("jrcc:hit", args=[hit.pk]))
        assert "LINDKVAEL" in words(page).upper()
        assert "gone from the court" not in words(page)

    def test_the_reason_for_listing_is_read_by_owner_and_jrcc(self, cast: Any, drain: Any, client_for: Any) -> None:
        hit = raised(cast, drain)
        for who in ("jrcc.watch.officer", "jam.intelligence.officer"):
            assert "gone from the court" in words(client_for(who).get(reverse("jrcc:hit", args=[hit.pk])))

    def test_a_stranger_gets_the_same_404_as_for_nothing(self, cast: Any, drain: Any, client_for: Any) -> None:
        hit = raised(cast, drain)
        client = client_for("brb.intelligence.officer")
        assert client.get(reverse("jrcc:hit", args=[hit.pk])).status_code == 404
        assert act(client, hit, "claim").status_code == 404

    def test_automatic_and_unknown_verbs_have_no_form(self, cast: Any, drain: Any, client_for: Any) -> None:
        hit = raised(cast, drain)
        client = client_for("jrcc.watch.officer")
        assert act(client, hit, "withdraw").status_code == 404
        assert act(client, hit, "explode").status_code == 404

    def test_the_table_is_filtered_by_the_address(self, cast: Any, drain: Any, client_for: Any) -> None:
        hit = raised(cast, drain)
        client = client_for("jrcc.watch.officer")
        assert hit.reference in words(client.get(reverse("jrcc:hits"), {"state": "open"}))
        none = words(client.get(reverse("jrcc:hits"), {"state": "closed"}))
        assert hit.reference not in none
        assert "No match" in none

    def test_an_entry_shows_its_hits_as_a_fragment(self, cast: Any, drain: Any, client_for: Any) -> None:
        hit = raised(cast, drain)
        place = reverse("jrcc:entry_hits", args=[hit.entry_id])
        assert hit.reference in words(client_for("jam.intelligence.officer").get(place))
        assert hit.reference not in words(client_for("brb.intelligence.officer").get(place))


class TestMyDesk:
    def test_hits_wait_for_the_watch_and_then_for_the_state(self, cast: Any, drain: Any) -> None:
        hit = raised(cast, drain)
        watch, border = cast["jrcc.watch.officer"], cast["jam.border.head"]
        assert [row.url for row in waiting_for(watch)] == [reverse("jrcc:hit", args=[hit.pk])]
        assert waiting_for(border) == []
        hits.refer_hit(watch, hit, to=["JAM"])
        assert [row.url for row in waiting_for(border)] == [reverse("jrcc:hit", args=[hit.pk])]
        assert waiting_for(watch) == []

    def test_a_carrier_is_asked_for_a_correction_until_a_better_list_came(self, cast: Any, drain: Any) -> None:
        agent = cast["7t.carrier.agent"]
        row = sent(cast, drain, message(3, flaw=True))
        assert [one.url for one in waiting_for(agent)] == [reverse("jrcc:submission", args=[row.pk])]
        sent(cast, drain, message(3))
        assert waiting_for(agent) == []
