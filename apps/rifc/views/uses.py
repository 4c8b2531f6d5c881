"""What a report was good for, said by a desk that has it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.access.declared_actions import REGISTRY
from apps.access.refusal import Refused
from apps.pages.verb_pages import TEMPLATE, answer_form, refuse_early
from apps.rifc.actions import uses
from apps.rifc.queries import balance
from apps.rifc.queries import report_pages as shown
from apps.rifc.queries import reports as queries
from apps.rifc.refusals import Refusals
from apps.rifc.views.reports import verbs


@require_http_methods(["GET", "POST"])
def use(request: Any, pk: Any) -> HttpResponse:
    """Say what a report was good for, or change what was said."""
    actor, row = request.actor, queries.meant(request.actor, pk)
    if actor.party_code == row.originator_id:
        raise Refused(Refusals.OF_OWN_PARTY)
    said = balance.own_use(actor, row)
    spec = REGISTRY["report_use.change" if said else "report_use.tell"]
    refuse_early(actor, said, spec)

    def tell(**fields: Any) -> Any:
        done = (
            uses.change_report_use(actor, said, **fields)
            if said
            else uses.record_report_use(actor, None, of=row, **fields)
        )
        messages.success(request, _("The originator has been told."))
        return done

    back = reverse("rifc:report", args=[row.thread])
    initial = {name: getattr(said, name) for name in ("usefulness", "used_for", "note")} if said else {}
    context: dict[str, Any] = {"back": back, "title": row, "whence": verbs.crumb(), "marking": shown.marking(row)}
    return answer_form(request, spec, said, TEMPLATE, lambda _done: back, run=tell, initial=initial, **context)
