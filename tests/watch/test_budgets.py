"""Pages of the watch ask the database as often for a dozen rows as for one, and at most twelve times."""

from typing import Any

import pytest
from django.urls import reverse

from apps.access import outbox
from apps.rifc.models import Receipt
from apps.watch.actions import digests, handovers
from apps.watch.models import Watch, WatchEntry
from tests.jrcc.test_budgets import MOST, asked
from tests.rifc.people import shared
from tests.watch.people import JAMAICA, LEAD, OFFICER, a_digest, a_draft, a_watch, entry, in_days, issued

pytestmark = pytest.mark.django_db
WRITES = ("INSERT", "UPDATE", "SELECT set_config", "NOTIFY")


def pages(watch: Watch, bulletin: Any, digest: Any) -> dict[str, tuple[str, str]]:
    return {
        "desk": (OFFICER, reverse("watch:desk")),
        "log pane": (OFFICER, reverse("watch:log_pane")),
        "brief pane": (OFFICER, reverse("watch:brief_pane")),
        "watch": (OFFICER, reverse("watch:watch", args=[watch.pk])),
        "watches": (OFFICER, reverse("watch:watches")),
        "hand over": (OFFICER, reverse("watch:do", args=[watch.pk, "start_handover"])),
        "bulletins": (JAMAICA, reverse("watch:bulletins")),
        "bulletin of its issuer": (LEAD, reverse("watch:bulletin", args=[bulletin.pk])),
        "bulletin of a reader": (JAMAICA, reverse("watch:bulletin", args=[bulletin.pk])),
        "new bulletin": (OFFICER, reverse("watch:bulletin_new")),
        "digests": (JAMAICA, reverse("watch:digests")),
        "digest": (JAMAICA, reverse("watch:digest", args=[digest.pk])),
        "digests for ministries": (OFFICER, reverse("watch:digest_ministries")),
        "my work": (JAMAICA, reverse("people:desk")),
        "my work of the lead": (LEAD, reverse("people:desk")),
    }


def some(cast: Any, watch: Watch) -> None:
    """One more of everything that a page may show."""
    report = shared(cast, "RIFC.watch", "JAM.contact", tlp="GREEN", threat_categories=["drugs"])
    Receipt.objects.filter(report=report).update(ack_due=in_days(-1))
    soon = issued(cast, valid_to=in_days(0.5))
    a_draft(cast)
    entry(cast, watch, links=[report.number, soon.number], to_do=True)
    entry(cast, watch, corrects=WatchEntry.objects.order_by("-pk").first().pk)  # type: ignore[union-attr]


def test_pages_keep_to_twelve_questions_whatever_the_number_of_rows(cast: Any, client_for: Any) -> None:
    watch = a_watch(cast)
    some(cast, watch)
    bulletin = issued(cast)
    digest = digests.issue_digest(cast[LEAD], digests.submit_digest(cast[OFFICER], a_digest(cast, to=("JAM.contact",))))
    outbox.drain()
    client_for(JAMAICA).get(reverse("watch:bulletin", args=[bulletin.pk]))  # notes the opening
    few = {name: len(asked(client_for(who), place)) for name, (who, place) in pages(watch, bulletin, digest).items()}
    for _more in range(5):
        some(cast, watch)
        digests.issue_digest(cast[LEAD], digests.submit_digest(cast[OFFICER], a_digest(cast, to=("JAM.contact",))))
    outbox.drain()
    many = {name: asked(client_for(who), place) for name, (who, place) in pages(watch, bulletin, digest).items()}
    assert {name: len(queries) for name, queries in many.items()} == few
    wide = {name: queries for name, queries in many.items() if len(queries) > MOST}
    assert {name: len(queries) for name, queries in wide.items()} == {}, "\n".join(
        f"{name}\n  " + "\n  ".join(q[:150] for q in queries) for name, queries in wide.items()
    )
    handovers.start_watch_handover(cast[OFFICER], watch, signed=True)
    assert len(asked(client_for(LEAD), reverse("watch:do", args=[watch.pk, "accept"]))) <= MOST
