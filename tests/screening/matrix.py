"""Lists, their entries, files and rules, for tests/matrix.py; the list and the entry are of tests/world.py."""

import datetime
from typing import Any

from django.utils import timezone

from apps.jrcc.actions import hits
from apps.jrcc.models import Hit
from apps.screening.actions import rules, thresholds
from apps.screening.models import TravellerClearance, WatchList
from tests import world as making
from tests.matrix import SEATS
from tests.screening.people import a_file_for

RECORDS = {
    "api:screening-clearances": "traveller_clearance", "api:screening-entries": "entry",
    "api:screening-imports": "list_import", "api:screening-lists": "list", "api:screening-rules": "rule",
    "api:screening-thresholds": "thresholds",
    "screening:clearance": "traveller_clearance", "screening:entry": "entry", "screening:import": "list_import",
    "screening:import_new": "list", "screening:list": "list", "screening:rule": "rule",
    "screening:threshold": "thresholds",
}  # fmt: skip
VERBS = {
    "screening:clearance_do": "revoke", "screening:import_do": "drop", "screening:rule_do": "end",
    "screening:threshold_do": "decline",
}  # fmt: skip


def records(cast: Any, world: dict[str, Any]) -> dict[str, Any]:
    """Of the owner, but for the clearance (the watch's) and the thresholds (another State's)."""
    return {
        "list_import": a_file_for(cast[SEATS["owner"]], world["list"]),
        "traveller_clearance": _a_clearance(cast),
        "rule": _a_rule(cast),
        "thresholds": thresholds.propose_thresholds(
            cast[SEATS["foreign"]], None, alerts_per_1000=2, why="The season begins"
        ),
    }


def _a_clearance(cast: Any) -> TravellerClearance:
    """The wanted man's namesake on a later flight, cleared for Barbados by the watch."""
    making.a_submission(cast, making.a_message(2))
    watch = cast[SEATS["watch"]]
    hit = hits.dismiss_hit(watch, Hit.objects.visible_to(watch).get(state="raised"), reason="different_photo")
    hits.clear_traveller_of_hit(watch, hit, party="BRB", reason="Another face")
    return TravellerClearance.objects.get()


def _a_rule(cast: Any) -> Any:
    """Jamaica's rule on who boards with an expired document, in writing."""
    return rules.draft_screening_rule(
        cast[SEATS["owner"]], None, name="Expired documents", condition={"fact": "document.expires_in", "at_most": 0},
        why="They come with a second document", legal_basis="Immigration Act s. 4", instruction="question",
        valid_until=timezone.now().date() + datetime.timedelta(days=30),
    )  # fmt: skip


LISTS_WITHIN = {"EntriesOfList": lambda actor: WatchList.objects.visible_to(actor).order_by("pk").first()}
"""Of each list that is part of a record: the first record that a seat sees (tests/pages/test_every_list.py)."""
