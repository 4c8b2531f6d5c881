"""What each seat finds on the JRCC's pages, and what it does not."""

import re
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse

from apps.audit.models import AuditRecord
from apps.journeys.models import Journey, Traveller
from apps.manifests.models import Submission
from tests.jrcc.pages_world import message, raised, sent

pytestmark = pytest.mark.django_db
PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}


def text(response: Any) -> str:
    return response.content.decode()


def words(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text(response)))


def named(data: bytes, name: str = "list.edi") -> BytesIO:
    sent_file = BytesIO(data)
    sent_file.name = name
    return sent_file


class TestSending:
    def test_a_file_leads_to_its_receipt(self, client_for: Any) -> None:
        client = client_for("7t.carrier.agent")
        answer = client.post(reverse("jrcc:upload"), {"file": named(message())})
        row = Submission.objects.get()
        assert answer["Location"] == reverse("jrcc:submission", args=[row.pk])
        page = client.get(answer["Location"])
        assert row.receipt in text(page)
        assert row.sha256 in text(page)
        assert "being read" in words(page)

    def test_links_of_the_list_below_a_refused_upload_lead_to_the_list(self, client_for: Any) -> None:
        client = client_for("7t.carrier.agent")
        assert client.post(reverse("jrcc:upload"), {}).status_code == 422
        assert client.get(reverse("jrcc:upload") + "?q=7T").url == reverse("jrcc:submissions") + "?q=7T"

    def test_the_upload_element_is_told_where_to_go(self, client_for: Any) -> None:
        client = client_for("7t.carrier.agent")
        answer = client.post(reverse("jrcc:upload"), {"file": named(message())}, headers={"HX-Request": "true"})
        assert answer["HX-Redirect"] == reverse("jrcc:submission", args=[Submission.objects.get().pk])

    def test_pasted_text_is_a_list_too(self, client_for: Any) -> None:
        client_for("7t.carrier.agent").post(reverse("jrcc:upload"), {"text": message().decode()})
        assert Submission.objects.get().size == len(message())

    def test_the_same_bytes_get_the_same_receipt(self, client_for: Any) -> None:
        client = client_for("7t.carrier.agent")
        places = {client.post(reverse("jrcc:upload"), {"file": named(message())})["Location"] for _ in range(2)}
        assert len(places) == 1

    @pytest.mark.parametrize(
        ("form", "sentence"),
        [
            ({}, "Choose a file, or paste the message below"),
            ({"file": b""}, "The file is empty"),
            ({"file": b"\x89PNG\r\n\x1a\n0000"}, "We cannot read manifests from images: send the PAXLST message or a"),
            ({"file": b"\xff\xd8\xff\xe0 0000"}, "We cannot read manifests from images: send the PAXLST message or a"),
            ({"file": b"%PDF-1.7"}, "This is a PDF"),
            ({"file": b"UNB+", "text": "UNB+"}, "not both"),
        ],
    )
    def test_what_cannot_be_a_list_is_refused_in_plain_words(self, client_for: Any, form: Any, sentence: str) -> None:
        body = {k: named(v) if isinstance(v, bytes) else v for k, v in form.items()}
        answer = client_for("7t.carrier.agent").post(reverse("jrcc:upload"), body)
        assert answer.status_code == 422
        assert sentence in words(answer)
        assert 'href="#id_' in text(answer)
        assert not Submission.objects.exists()

    def test_more_than_ten_megabytes_are_refused_with_the_size(self, client_for: Any, settings: Any) -> None:
        settings.SUBMISSION_LIMIT = 2**20
        answer = client_for("7t.carrier.agent").post(reverse("jrcc:upload"), {"file": named(b"UNB+" * 2**19)})
        assert answer.status_code == 422
        assert "the limit is 1 MB" in words(answer)

    def test_pasted_text_is_kept_when_it_is_refused(self, client_for: Any) -> None:
        body = {"text": "UNB+KEPT", "file": named(b"UNB+")}
        assert "UNB+KEPT" in text(client_for("7t.carrier.agent").post(reverse("jrcc:upload"), body))

    def test_a_border_desk_has_no_such_page_and_cannot_send(self, client_for: Any) -> None:
        client = client_for("jam.border.head")
        assert client.get(reverse("jrcc:submissions")).status_code == 404
        assert client.post(reverse("jrcc:upload"), {"file": named(message())}).status_code == 404
        assert not Submission.objects.exists()


class TestReceipt:
    def test_every_finding_says_what_stood_there_and_comes_worst_first(
        self, cast: Any, drain: Any, client_for: Any
    ) -> None:
        row = sent(cast, drain, message(3, flaw=True))
        page = client_for("7t.carrier.agent").get(reverse("jrcc:submission", args=[row.pk]))
        found = words(page)
        assert row.grade == "needs_correction"
        assert "Needs correction" in found
        assert found.index("Correct this") < found.index("The message, line by line")
        assert "ABELLINEAA" in found
        assert "Answer as CUSRES" in found

    def test_progress_asks_again_until_the_answer_is_there(self, cast: Any, drain: Any, client_for: Any) -> None:
        client = client_for("7t.carrier.agent")
        place = client.post(reverse("jrcc:upload"), {"file": named(message())})["Location"]
        waiting = client.get(place, headers=PARTIAL)
        assert "every 1s" in text(waiting)
        assert "<html" not in text(waiting)
        drain()
        assert client.get(place, headers=PARTIAL)["HX-Refresh"] == "true"

    def test_a_carrier_reads_no_word_about_screening(self, cast: Any, drain: Any, client_for: Any) -> None:
        raised(cast, drain)
        client = client_for("7t.carrier.agent")
        row = Submission.objects.get()
        for page in (client.get(reverse("jrcc:submissions")), client.get(reverse("jrcc:submission", args=[row.pk]))):
            assert page.status_code == 200
            assert not re.search(r"screen|hit\b|hits|watchlist|match|compared", words(page), re.IGNORECASE)
            assert str(row.journey_id) not in text(page)

    def test_a_carrier_sees_the_same_page_before_and_after_screening(
        self, cast: Any, drain: Any, client_for: Any
    ) -> None:
        row = sent(cast, drain)
        client = client_for("7t.carrier.agent")
        pages = []
        for state in ("read", "screened", "answered"):
            Submission.objects.filter(pk=row.pk).update(state=state)
            page = text(client.get(reverse("jrcc:submission", args=[row.pk])))
            pages.append(
                re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"|X-CSRFToken": "[^"]*"|Reference.*', "", page)
            )
        assert pages[0] == pages[1] == pages[2]

    @pytest.mark.parametrize("page", ["floor", "floor_flights", "floor_queue", "hits", "journeys"])
    def test_the_authorities_pages_do_not_exist_for_a_carrier(self, client_for: Any, page: str) -> None:
        assert client_for("7t.carrier.agent").get(reverse(f"jrcc:{page}")).status_code == 404

    def test_another_carrier_finds_nothing(self, cast: Any, drain: Any, client_for: Any) -> None:
        row = sent(cast, drain)
        client = client_for("8z.carrier.agent")
        for view in ("submission", "submission_raw", "submission_answer"):
            assert client.get(reverse(f"jrcc:{view}", args=[row.pk])).status_code == 404

    def test_the_watch_also_finds_the_way_to_the_journey(self, cast: Any, drain: Any, client_for: Any) -> None:
        row = sent(cast, drain)
        page = client_for("jrcc.watch.officer").get(reverse("jrcc:submission", args=[row.pk]))
        assert reverse("jrcc:journey", args=[row.journey_id]) in text(page)

    def test_the_bytes_come_back_unchanged_and_harmless(self, cast: Any, drain: Any, client_for: Any) -> None:
        data = message()
        row = sent(cast, drain, data)
        answer = client_for("7t.carrier.agent").get(reverse("jrcc:submission_raw", args=[row.pk]))
        assert answer.content == data
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["Content-Security-Policy"].startswith("sandbox")
        assert answer["X-Content-Type-Options"] == "nosniff"

    def test_markup_in_a_message_stays_text(self, cast: Any, drain: Any, client_for: Any) -> None:
        row = sent(cast, drain, message().replace(b"COSTANZE", b"<SCRIPT>X"))
        for name in ("submission", "submission_people", "submission_lines"):
            page = text(client_for("7t.carrier.agent").get(reverse(f"jrcc:{name}", args=[row.pk])))
            assert "<SCRIPT>" not in page
        assert "&lt;SCRIPT&gt;X" in page


class TestFloor:
    def test_the_watch_sees_flight_and_hit_with_time_and_score(self, cast: Any, drain: Any, client_for: Any) -> None:
        hit = raised(cast, drain)
        page = words(client_for("jrcc.watch.officer").get(reverse("jrcc:floor")))
        assert "7T 178 POS–KIN" in page
        assert "1 hit" in page
        assert "LINDKVAEL-OSTREY, MAREK TOBIAS" in page
        assert "Unassigned" in page
        assert "CONFIDENTIAL" in page
        assert hit.reference not in page

    def test_a_border_desk_sees_the_flight_but_no_hit_before_a_referral(
        self, cast: Any, drain: Any, client_for: Any
    ) -> None:
        raised(cast, drain)
        page = words(client_for("tto.border.head").get(reverse("jrcc:floor")))
        assert "7T 178" in page
        assert "No hits with you" in page
        assert "LINDKVAEL" not in page
        assert "Clear" not in page

    def test_a_state_that_the_flight_does_not_touch_sees_nothing(self, cast: Any, drain: Any, client_for: Any) -> None:
        raised(cast, drain)
        page = words(client_for("brb.border.head").get(reverse("jrcc:floor")))
        assert "7T 178" not in page
        assert "No flights in the next 24 hours" in page

    def test_clear_is_said_only_when_everybody_was_compared(self, cast: Any, drain: Any, client_for: Any) -> None:
        row = sent(cast, drain)
        client = client_for("jrcc.watch.officer")
        assert "Clear" in words(client.get(reverse("jrcc:floor_flights")))
        Journey.objects.filter(pk=row.journey_id).update(screened=1)
        pane = words(client.get(reverse("jrcc:floor_flights")))
        assert "Clear" not in pane
        assert "Screening" in pane

    def test_a_chosen_hit_stands_in_the_address_and_its_reading_is_noted(
        self, cast: Any, drain: Any, client_for: Any
    ) -> None:
        hit = raised(cast, drain)
        page = client_for("jrcc.watch.officer").get(reverse("jrcc:floor"), {"hit": hit.pk})
        assert hit.reference in words(page)
        assert AuditRecord.objects.filter(verb="hit.read", object_id=str(hit.pk), outcome="read").count() == 1

    def test_a_hit_of_others_leaves_the_floor_standing(self, cast: Any, drain: Any, client_for: Any) -> None:
        hit = raised(cast, drain)
        page = client_for("brb.border.head").get(reverse("jrcc:floor"), {"hit": hit.pk})
        assert page.status_code == 200
        assert "Your desk cannot open that hit" in words(page)

    def test_panes_are_fragments_of_their_own(self, cast: Any, drain: Any, client_for: Any) -> None:
        hit = raised(cast, drain)
        client = client_for("jrcc.watch.officer")
        for place in (reverse("jrcc:floor_flights"), reverse("jrcc:floor_queue"),
                      reverse("jrcc:floor_hit", args=[hit.pk])):  # fmt: skip
            assert "<html" not in text(client.get(place))


class TestJourneys:
    def test_a_journey_shows_legs_in_local_time_deadlines_and_people(
        self, cast: Any, drain: Any, client_for: Any
    ) -> None:
        row = sent(cast, drain)
        page = words(client_for("jrcc.watch.officer").get(reverse("jrcc:journey", args=[row.journey_id])))
        assert "POS–KIN" in page
        assert "EST" in page
        assert "UTC" in page
        assert "Jamaica" in page
        assert "ABELLINEAA, COSTANZE" in page

    def test_filters_of_journeys_stand_in_the_address(self, cast: Any, drain: Any, client_for: Any) -> None:
        sent(cast, drain)
        client = client_for("jrcc.watch.officer")
        assert "7T 178" in words(client.get(reverse("jrcc:journeys"), {"from": "pos", "to": "KIN"}))
        assert "7T 178" not in words(client.get(reverse("jrcc:journeys"), {"from": "BGI"}))
        assert "7T 178" not in words(client.get(reverse("jrcc:journeys"), {"hits": "1"}))

    def test_the_filter_for_hits_knows_only_what_the_seat_may_see(self, cast: Any, drain: Any, client_for: Any) -> None:
        raised(cast, drain)
        asked = {"hits": "1"}
        assert "7T 178" in words(client_for("jrcc.watch.officer").get(reverse("jrcc:journeys"), asked))
        assert "7T 178" not in words(client_for("tto.border.head").get(reverse("jrcc:journeys"), asked))

    def test_a_traveller_in_transit_shows_no_seat_and_booking(self, cast: Any, drain: Any, client_for: Any) -> None:
        sent(cast, drain)
        one = Traveller.objects.get(surname__startswith="ABELLINE")
        client = client_for("tto.border.head")
        place = reverse("jrcc:traveller", args=[one.pk])
        assert "K7Q001" in words(client.get(place))
        Traveller.objects.filter(pk=one.pk).update(parties=["JAM"], transit_parties=["TTO"])
        page = words(client.get(place))
        assert "ABELLINEAA" in page
        assert "K7Q001" not in page

    def test_reading_a_traveller_is_noted(self, cast: Any, drain: Any, client_for: Any) -> None:
        sent(cast, drain)
        one = Traveller.objects.get(surname__startswith="ABELLINE")
        client_for("jrcc.watch.officer").get(reverse("jrcc:traveller", args=[one.pk]))
        assert AuditRecord.objects.filter(verb="traveller.read", object_id=str(one.pk)).exists()

    def test_deadlines_are_read_by_carriers_with_their_source(self, client_for: Any) -> None:
        page = words(client_for("7t.carrier.agent").get(reverse("jrcc:regimes"), {"mode": "air", "party": "JAM"}))
        assert "before" in page
        assert "Jamaica" in page
