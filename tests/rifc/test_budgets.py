"""Pages of shared reports ask the database as often for a dozen rows as for one, and at most twelve times."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.access import outbox
from apps.rifc.actions import recalls, release_requests
from apps.rifc.models import Report
from tests.jrcc.test_budgets import MOST, asked
from tests.rifc.people import AUTHOR, HEAD, JAMAICA, a_draft, paragraph, shared

pytestmark = pytest.mark.django_db
WRITES = ("INSERT", "UPDATE", "SELECT set_config", "NOTIFY")
READING = 12
"""What noting a reading asks beside the page itself: the door, the log, the entry and the audit."""


def pages(row: Any, request: Any) -> dict[str, tuple[str, str]]:
    one = [row.thread]
    return {
        "received": (JAMAICA, reverse("rifc:reports")),
        "sent": (AUTHOR, f"{reverse('rifc:reports')}?box=sent"),
        "give and take": (JAMAICA, reverse("rifc:statistics")),
        "give and take of the region": ("rifc.watch.officer", reverse("rifc:statistics")),
        "reviews": (AUTHOR, reverse("rifc:reviews")),
        "drafts": (AUTHOR, f"{reverse('rifc:reports')}?box=drafts"),
        "community": (JAMAICA, f"{reverse('rifc:reports')}?box=community"),
        "new": (AUTHOR, reverse("rifc:report_new")),
        "share": (AUTHOR, reverse("rifc:requests")),
        "requests": (HEAD, reverse("rifc:requests")),
        "request": (HEAD, reverse("rifc:request", args=[request.pk])),
        "ask": (JAMAICA, reverse("rifc:ask_release", args=one)),
        "desk": (JAMAICA, reverse("people:desk")),
        "desk of the head": (HEAD, reverse("people:desk")),
    }


def test_pages_keep_to_twelve_questions_whatever_the_number_of_rows(cast: Any, client_for: Any) -> None:
    row = shared(cast, "JAM.contact")
    request = release_requests.submit_release_request(cast[JAMAICA], None, of=row, to=["TTO.contact"], purpose="policy")
    a_draft(cast)
    shared(cast, "TTO.contact", tlp="GREEN")
    outbox.drain()
    few = {name: len(asked(client_for(who), place)) for name, (who, place) in pages(row, request).items()}
    for number in range(12):
        more = shared(cast, "JAM.contact", title=f"More {number}")
        release_requests.submit_release_request(cast[JAMAICA], None, of=more, to=["TTO.contact"], purpose="policy")
        a_draft(cast, title=f"Draft {number}")
        shared(cast, "TTO.contact", tlp="GREEN", title=f"Green {number}")
        recalls.recall_rifc_report(cast[HEAD], shared(cast, "JAM.contact"), reason_code="other", text="Back.")
    Report.objects.exclude(retention_review=None).update(retention_review=timezone.now().date())
    outbox.drain()
    many = {name: asked(client_for(who), place) for name, (who, place) in pages(row, request).items()}
    assert {name: len(queries) for name, queries in many.items()} == few
    wide = {name: queries for name, queries in many.items() if len(queries) > MOST}
    assert {name: len(queries) for name, queries in wide.items()} == {}, "\n".join(
        f"{name}\n  " + "\n  ".join(q[:150] for q in queries) for name, queries in wide.items()
    )


def test_a_reports_page_asks_as_often_for_many_paragraphs_readers_and_entries(cast: Any, client_for: Any) -> None:
    few = shared(cast, "JAM.contact")
    many = shared(cast, "community", paragraphs=[paragraph(f"Paragraph {n}.") for n in range(12)])
    client_for(JAMAICA).get(reverse("rifc:report", args=[few.thread]))
    client_for(JAMAICA).get(reverse("rifc:report", args=[many.thread]))
    for who in (JAMAICA, HEAD):
        counts = [
            len(
                [
                    q
                    for q in asked(client_for(who), reverse("rifc:report", args=[row.thread]))
                    if not q.startswith(WRITES)
                ]
            )
            for row in (few, many)
        ]
        assert counts[0] == counts[1], who
        assert counts[1] <= MOST + READING, counts
