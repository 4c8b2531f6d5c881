"""What the region had in hand on a day, with the page that shows each item."""

import datetime
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from apps.access.actor import Actor
from apps.region.models import Initiative, InitiativeStatus


@dataclass(frozen=True, slots=True)
class Item:
    """An item and how far it was on the day; `url` is the page that shows it."""

    row: Initiative
    status: InitiativeStatus | None
    url: str


def on(actor: Actor, day: datetime.date) -> list[Item]:
    """The items in the order of the report, with the last status not after the day. Two queries."""
    told = {}
    for status in InitiativeStatus.objects.visible_to(actor).filter(valid_from__lte=day).order_by("valid_from"):
        told[status.initiative_id] = status
    rows = Initiative.objects.visible_to(actor).order_by("position")
    return [Item(row, told.get(row.pk), _address(row)) for row in rows]


def _address(row: Initiative) -> str:
    """The page that shows the item; "" for one that this portal has not (an item may name a page of another floor)."""
    if not row.page:
        return ""
    try:
        return reverse(row.page, args=[row.key] if row.key else [])
    except NoReverseMatch:
        return ""
