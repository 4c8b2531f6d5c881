"""Which States have keys, and whose they are."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.access.actor import DECIDES, Actor
from apps.people.models import Desk
from apps.people.queries.work import Ask, Facts, WorkRow, same_for_a_seat
from apps.sealing import titles
from apps.sealing.models import HolderKey
from apps.sealing.rules.envelopes import LEAST_HOLDERS

K = HolderKey.State


def _in_force() -> Any:
    return HolderKey.objects.filter(state=K.IN_FORCE, user__state="active")


def key_rows(actor: Actor) -> Any:
    """Keys that the actor sees, with whose they are and who put them into force."""
    return HolderKey.objects.visible_to(actor).select_related("party", "user", "desk", "confirmed_by")


def holders_of(parties: Iterable[str]) -> dict[str, list[HolderKey]]:
    """Keys in force by party, of those parties of the given ones that have enough of them. One query."""
    return _by_party(_in_force().filter(party__in=list(parties)))


def all_holders() -> dict[str, list[HolderKey]]:
    """The same of all parties. One query."""
    return _by_party(_in_force())


def _by_party(rows: Any) -> dict[str, list[HolderKey]]:
    found: dict[str, list[HolderKey]] = defaultdict(list)
    for row in rows.select_related("user", "desk").order_by("valid_from", "pk"):
        found[row.party_id].append(row)
    return {party: rows for party, rows in found.items() if len(rows) >= LEAST_HOLDERS}


def sealing_parties() -> list[str]:
    """Codes of the parties whose texts of the highest level are sealed: those with enough keys in force. One query."""
    enough = _in_force().values("party").annotate(holders=Count("pk")).filter(holders__gte=LEAST_HOLDERS)
    return sorted(enough.values_list("party", flat=True))


def seals(party: str) -> bool:
    """Whether a party has enough keys for its texts to be sealed. One query."""
    return bool(_in_force().filter(party=party).count() >= LEAST_HOLDERS)


def for_scripts(holders: dict[str, list[HolderKey]]) -> dict[str, list[dict[str, str]]]:
    """What a browser needs of holders to seal for them: {party: [{id, public}]}."""
    return {party: [{"id": str(one.pk), "public": one.public} for one in rows] for party, rows in holders.items()}


def desks_told(key: HolderKey) -> list[int]:
    """Who is told of a key: the holder's desk, the party's administration and its oversight."""
    rows = Desk.objects.filter(party=key.party_id, active=True, function__in=["administration", "oversight"])
    return sorted({key.desk_id, *rows.values_list("pk", flat=True)})


@same_for_a_seat
def keys_waiting(actor: Actor) -> Iterator[Ask]:
    """Keys that the seat can put into force, for My work."""
    if actor.function != "administration" or actor.rank < DECIDES:
        return
    rows = HolderKey.objects.visible_to(actor).filter(state=K.PROPOSED).exclude(user_id=actor.user_id)
    facts = {"key": "pk", "name": "user__full_name", "party": "party__short_name"}
    yield Ask(rows, ["proposed_at", "pk"], facts, _waiting)


def _waiting(facts: Facts) -> Iterator[WorkRow]:
    page = reverse("sealing:key", args=[facts["key"]])
    title, detail = titles.holder_key(facts["name"], facts["party"]), _("It waits for you to put it into force")
    yield WorkRow(title, page, None, detail, "key", pgettext("button, sealing", "View"))
