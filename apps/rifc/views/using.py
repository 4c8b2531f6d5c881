"""What a report was good for, said by a desk that has it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.access.doors import REGISTRY
from apps.access.refused import Refused
from apps.rifc.actions import using
from apps.rifc.queries import balance
from apps.rifc.queries import reading as shown
from apps.rifc.queries import reports as queries
from apps.rifc.views import acts


@require_http_methods(["GET", "POST"])
def use(request: Any, pk: Any) -> HttpResponse:
    """Say what a report was good for, or change what was said."""
    actor, row = request.actor, queries.meant(request.actor, pk)
    if actor.party_code == row.originator_id:
        raise Refused("may-not", "of-own-party")
    said = balance.own_use(actor, row)
    spec = REGISTRY["report_use.change" if said else "report_use.tell"]
    verdict = spec.policy(actor, said)
    if not verdict:
        raise Refused("may-not", getattr(verdict, "code", ""))

    def tell(**fields: Any) -> Any:
        done = using.change(actor, said, **fields) if said else using.tell(actor, None, of=row, **fields)
        messages.success(request, _("The originator is told."))
        return done

    back = reverse("rifc:report", args=[row.thread])
    initial = {name: getattr(said, name) for name in ("usefulness", "used_for", "note")} if said else {}
    context: dict[str, Any] = {"back": back, "whence": row.number, "marking": shown.marking(row), "initial": initial}
    return acts.carry_out(request, spec, said, lambda _done: back, run=tell, **context)
