"""Somebody whom another party has sent to a watch: its files say so wherever they name them."""

import io
from typing import Any

import pytest
from django.urls import reverse
from pypdf import PdfReader

from apps.watch.actions import handovers, log
from apps.watch.models import Watch
from tests.people.governing import at_seat
from tests.people.seconding import LIAISON, sent_to
from tests.watch.people import JRCC, JRCC_LEAD, a_watch, entry

pytestmark = pytest.mark.django_db


def printed(browser: Any, watch: Watch) -> str:
    """The text of a watch's PDF, its lines joined."""
    pages = PdfReader(io.BytesIO(browser.get(reverse("watch:watch_file", args=[watch.pk])).content)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


def test_the_pdf_of_a_watch_says_who_was_sent_by_another_party(cast: Any, client_for: Any) -> None:
    seat = sent_to(cast, LIAISON, "JRCC.watch", "officer")
    liaison = at_seat(seat.user, seat)
    mine = log.open_watch(liaison, None)
    log.log_watch_entry(liaison, mine, text="Call from the coast guard", category="liaison")
    entry(cast, mine, "Quiet night", who=JRCC)
    following = handovers.take_over_watch(
        cast[JRCC_LEAD], handovers.start_watch_handover(liaison, mine, signed=True), signed=True
    )
    marked = f"{seat.user.full_name} (seconded from BRB)"
    said = printed(client_for(JRCC), mine)
    assert said.count(marked) == 4, "in charge, of his entry and that of the hand-over, and outgoing"
    assert said.count("(seconded from") == 4
    handovers.start_watch_handover(cast[JRCC_LEAD], Watch.objects.get(previous=following), signed=True)
    handovers.take_over_watch(liaison, Watch.objects.get(previous=following), signed=True)
    said = printed(client_for(JRCC), Watch.objects.get(previous=following))
    assert said.count(marked) == 2, "of the entry that he took over, and incoming"


def test_the_pdf_of_a_watch_without_anybody_from_elsewhere_speaks_of_no_secondment(cast: Any, client_for: Any) -> None:
    watch = a_watch(cast, JRCC)
    entry(cast, watch, who=JRCC)
    assert "seconded" not in printed(client_for(JRCC), watch)
