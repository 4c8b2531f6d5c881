"""A chart that leaves the portal: each report that it comes from is read first."""

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.declared_actions import action
from apps.access.refusal import Refused
from apps.entities.models import Entity
from apps.rifc.actions.receipts import note_many
from apps.rifc.policy import may_read_any

LIVE = Entity.State.LIVE


@action(
    "entity.draw",
    model=Entity,
    label=_("Download the chart"),
    done=_("Exported a chart of entities"),
    policy=may_read_any,
    starts={LIVE},
    ends=LIVE,
    automatic=True,
    by_readers=True,
)
def export_entity_chart(actor: Actor, row: Entity, *, reports: Collection[Any]) -> Entity:
    """Note the reading of every report of a chart; Refused("not-visible") where one was taken back meanwhile."""
    if note_many(actor, reports, "chart") != set(reports):
        raise Refused("not-visible")
    return row
