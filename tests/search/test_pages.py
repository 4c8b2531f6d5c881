"""The pages of search: results with marks and facets, errors, the log, and what a search leaves behind."""

from typing import Any

import pytest
from django.urls import reverse

from apps.audit.models import AuditRecord
from apps.rifc.models import ReadLog, Receipt
from apps.search.models import Asked
from tests.jrcc.test_budgets import MOST, asked
from tests.markings import BANNER
from tests.rifc.people import AUTHOR, GUYANA, JAMAICA, paragraph, shared

pytestmark = pytest.mark.django_db
PLACE = "/search/"


def page(client: Any, **params: str) -> str:
    answer = client.get(PLACE, params)
    assert answer.status_code == 200, answer.content
    return str(answer.content.decode())


def test_results_mark_words_in_title_and_paragraph_and_escape_everything(cast: Any, client_for: Any) -> None:
    shared(
        cast, "JAM.contact", title="Boats <b>& firearms</b>",
        paragraphs=[paragraph("Nothing here."), paragraph("<script>alert(1)</script> Firearms & <i>flour</i>.")],
    )  # fmt: skip
    said = page(client_for(JAMAICA), q="firearm flour")
    assert "Boats &lt;b&gt;&amp; <mark>firearms</mark>&lt;/b&gt;" in said
    assert "<mark>Firearms</mark> &amp; " in said
    assert "<mark>flour</mark>" in said
    assert "<script>alert" not in said
    assert "(R)" in said
    assert "Nothing here" not in said
    assert "1 result that you may see" in said
    hostile = page(client_for(JAMAICA), q='"><img src=x onerror=y>')
    assert "<img src=x" not in hostile


def test_an_empty_search_says_what_can_be_written_and_nothing_found_what_to_try(client_for: Any, cast: Any) -> None:
    assert "Enter what you are looking for" in page(client_for(JAMAICA))
    assert not Asked.objects.exists()
    assert "Nothing found" in page(client_for(JAMAICA), q="nothing-of-the-kind")
    assert "0 results that you may see" in page(client_for("7t.carrier.agent"), q="firearms")


@pytest.mark.parametrize(
    "params", [{"q": "x" * 10_000}, {"q": "x", "from": "soon"}, {"q": "x", "page": "99"}, {"q": "x", "sort": "best"}]
)
def test_what_cannot_be_read_is_said_on_the_same_page(client_for: Any, params: dict[str, str]) -> None:
    answer = client_for(JAMAICA).get(PLACE, params)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()


def test_a_nul_is_no_text(client_for: Any) -> None:
    assert client_for(JAMAICA).get(f"{PLACE}?q=%00").status_code == 400


def test_each_search_is_noted_for_the_oversight_of_the_same_party_alone(cast: Any, client_for: Any) -> None:
    page(client_for("jrcc.watch.officer"), q="Vantongeren passport")
    row = Asked.objects.get()
    assert (row.words, row.found, row.user.username) == ("Vantongeren passport", 0, "jrcc.watch.officer")
    own = client_for("jrcc.oversight.officer").get(reverse("search:log"))
    assert "Vantongeren" in own.content.decode()
    assert "Vantongeren" not in client_for("impacs.oversight.officer").get(reverse("search:log")).content.decode()
    for other in ("jrcc.watch.supervisor", "portal.platform.head", JAMAICA):
        assert client_for(other).get(reverse("search:log")).status_code == 404
        assert not Asked.objects.visible_to(cast[other]).filter(pk=row.pk).exists()
    assert not AuditRecord.objects.filter(detail__icontains="Vantongeren").exists()
    assert AuditRecord.objects.filter(verb="search.read_log").count() == 1


def test_a_paragraph_that_is_shown_is_a_reading_that_the_originator_sees_and_opens_nothing(
    cast: Any, client_for: Any
) -> None:
    row = shared(cast, "JAM.contact", title="Marlin", paragraphs=[paragraph("A marlin swam.")])
    page(client_for(AUTHOR), q="marlin")
    assert not ReadLog.objects.exists()
    assert "swam" in page(client_for(JAMAICA), q="marlin")
    reading = ReadLog.objects.get()
    assert (reading.channel, reading.party_id, reading.report_id) == ("search", "JAM", row.pk)
    assert ReadLog.objects.visible_to(cast[AUTHOR]).filter(pk=reading.pk).exists()
    assert Receipt.objects.get(report=row, desk__code="JAM.contact").opened_at is None
    assert "swam" not in page(client_for(GUYANA), q="marlin")
    assert ReadLog.objects.count() == 1


def test_facets_kinds_and_pages_are_links_that_work_without_scripts(cast: Any, client_for: Any) -> None:
    for number in range(21):
        shared(cast, "JAM.contact", title=f"Marlin {number}", tlp="GREEN" if number else "AMBER")
    said = page(client_for(JAMAICA), q="marlin")
    assert "?q=marlin&amp;tlp=GREEN" in said
    assert "?q=marlin&amp;page=2" in said
    assert "Shared reports 21" in said
    assert said.count("data-item") == 20
    assert page(client_for(JAMAICA), q="marlin", page="2").count("data-item") == 1
    assert Asked.objects.count() == 1
    assert AuditRecord.objects.filter(verb="search.turn").count() == 1
    assert page(client_for(JAMAICA), q="marlin", tlp="AMBER").count("data-item") == 1


def test_a_search_asks_as_often_for_a_dozen_things_as_for_one(cast: Any, client_for: Any) -> None:
    counts = []
    for more in (1, 11):
        for number in range(more):
            shared(cast, "JAM.contact", title=f"Marlin {more} {number}", paragraphs=[paragraph("A marlin swam.")])
        counts.append(len(asked(client_for(JAMAICA), f"{PLACE}?q=marlin")))
    assert counts[0] == counts[1]
    assert counts[1] <= MOST, counts


def test_results_wear_the_strictest_marking_of_what_they_show_and_each_line_its_own(cast: Any, client_for: Any) -> None:
    shared(cast, "JAM.contact", title="Marlin north", tlp="GREEN")
    said = page(client_for(JAMAICA), q="marlin")
    assert BANNER.findall(said) == [("r", "RESTRICTED", "TLP:GREEN")] * 2
    shared(
        cast, "JAM.contact", title="Marlin south", tlp="AMBER", orcon=True, handling=["NOPRINT"],
        paragraphs=[paragraph("A marlin swam.")],
    )  # fmt: skip
    said = page(client_for(JAMAICA), q="marlin")
    assert "swam" in said
    assert BANNER.findall(said) == [("r", "RESTRICTED", "TLP:AMBER ORCON NOPRINT")] * 2
    assert said.count("RESTRICTED TLP:AMBER ORCON NOPRINT</b>") == 1
    assert said.count("RESTRICTED TLP:GREEN</b>") == 1
    assert BANNER.findall(page(client_for(JAMAICA), q="nothing-of-the-kind")) == [("o", "OFFICIAL", "")] * 2


def test_a_program_reads_how_what_it_found_is_marked(cast: Any, api: Any) -> None:
    shared(cast, "JAM.contact", title="Marlin south", tlp="AMBER", orcon=True)
    found = api("JAM.contact", "read").get("/api/v1/search/", {"q": "marlin"}).json()["results"]
    assert [(one["level"], one["tlp"], one["orcon"]) for one in found] == [(1, "AMBER", True)]
