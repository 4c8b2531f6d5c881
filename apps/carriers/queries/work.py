"""What of carriers waits for a seat."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.access.actor import WORKS, Actor
from apps.carriers import policy
from apps.carriers.models import ExpectedJourney
from apps.carriers.queries.expected_journeys import SHOWN_FOR
from apps.journeys.models import Carrier
from apps.people.queries.work import Ask, Facts, WorkRow, moment, same_for_a_seat


def lists_missing(actor: Actor) -> Iterator[Ask]:
    """Lists that have not come by their deadline: for the watch to chase, for a carrier to send."""
    if actor.rank < WORKS or not (actor.function == "carrier" or actor.desk_code == "JRCC.watch"):
        return
    since = timezone.now() - SHOWN_FOR
    rows = ExpectedJourney.objects.visible_to(actor).filter(state="missing", departs_at__gte=since)
    facts = {"pk": "pk", "carrier": "carrier_id", "number": "number", "origin": "origin", "to": "destination"}
    yield Ask(rows, ["deadline_at"], facts | {"due": "deadline_at"}, lambda facts: [_missing(actor, facts)])


def _missing(actor: Actor, facts: Facts) -> WorkRow:
    return WorkRow(
        title=pgettext("words, carriers", "Manifest missing: %(carrier)s %(number)s") % facts,
        url=reverse("jrcc:expectedjourney", args=[facts["pk"]]),
        due=moment(facts["due"]),
        detail=f"{facts['origin']}–{facts['to']}",
        kind="plane",
        act=pgettext("button, jrcc", "Send") if actor.function == "carrier" else pgettext("button, jrcc", "Chase"),
    )


@same_for_a_seat
def carriers_to_confirm(actor: Actor) -> Iterator[Ask]:
    """Carriers that only a list has named, for the watch."""
    if policy.may_settle_carrier(actor, None):
        rows = Carrier.objects.visible_to(actor).filter(state=Carrier.State.PROVISIONAL)
        yield Ask(rows, ["code"], {"code": "code", "name": "name"}, lambda facts: [_to_confirm(facts)])


def _to_confirm(facts: Facts) -> WorkRow:
    return WorkRow(
        title=_("Which carrier uses designator %(code)s?") % facts,
        url=reverse("jrcc:carrier", args=[facts["code"]]),
        due=None,
        detail=_("Named in a manifest, not confirmed"),
        kind="plane",
        act=pgettext("button, jrcc", "Confirm"),
    )
