"""Rules of time in force."""

import datetime
from collections.abc import Collection

from django.db.models import Q

from apps.manifests.models import Regime


def rules_in_force(states: Collection[str], day: datetime.date) -> list[Regime]:
    """Deadline rules of these States on a day. A State without any rule does not participate."""
    rows = Regime.objects.filter(party_id__in=states, valid_from__lte=day)
    return list(rows.filter(Q(valid_to=None) | Q(valid_to__gt=day)))


def participating(day: datetime.date) -> list[str]:
    """Codes of the States that take part in the advance passenger information system on a day, in order."""
    rows = Regime.objects.filter(valid_from__lte=day).filter(Q(valid_to=None) | Q(valid_to__gt=day))
    return list(rows.order_by("party_id").values_list("party_id", flat=True).distinct())
