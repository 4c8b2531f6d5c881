"""A traveller whose facts were corrected is compared anew."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action
from apps.journeys.models import Journey, Traveller
from apps.jrcc.actions import comparisons
from apps.manifests import policy


@action(
    "journey.compare",
    model=Journey,
    label=pgettext_lazy("button, jrcc", "Screen again"),
    done=_("Screened a corrected traveller again"),
    policy=policy.may_process,
    starts=Journey.State.values,
    ends=Journey.State.values,
    automatic=True,
)
def compare_journey_again(actor: Actor, row: Journey, *, traveller: Any) -> Journey:
    """Compare one traveller whose facts were corrected with the entries that their States may use."""
    people = Traveller.objects.filter(pk=traveller, journey=row, screened_at=None, withdrawn_at=None)
    comparisons.compare_all(actor, list(people.select_related("journey").prefetch_related("documents")))
    row.refresh_from_db()
    return row
