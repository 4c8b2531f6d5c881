"""Who holds the offices of the ladder: one's own party's, and for the agency those that no State has filled."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST

from apps.access.declared_actions import REGISTRY
from apps.access.forms import carried_out, form_for_verb
from apps.access.marking import OFFICIAL, marked
from apps.access.queries import visible_or_404
from apps.impacs import policy
from apps.impacs.actions import offices as actions
from apps.impacs.models import OfficeHolder
from apps.impacs.obligations.queries.progress import today_of
from apps.impacs.queries import offices as queries
from apps.people.queries import states_on


@require_http_methods(["GET", "POST"])
@marked(OFFICIAL)
def offices(request: Any) -> HttpResponse:
    """The offices of one's own party with who holds them; naming somebody. The agency also sees the vacancies."""
    actor = request.actor
    may = bool(policy.may_name(actor, None)) and actor.may_write
    form = form_for_verb("office.name")(request.POST or None, actor=actor)
    if request.method == "POST":
        done = carried_out(form, lambda: REGISTRY["office.name"].run(actor, None, **form.cleaned_data))
        if done is not None:
            messages.success(request, pgettext("words, impacs", "Holder named."))
            return redirect("impacs:offices")
    day = today_of(actor)
    held = queries.holders(actor, day)
    context = {
        "own": [
            {"words": words, "holder": held.get((actor.party_code, code)), "may": may}
            for code, words in actions.offices_of(actor)
        ],
        "others": _of_states(held, day) if actor.party_code == "IMPACS" else [],
        "form": form if may or request.method == "POST" else None,
    }
    return render(request, "impacs/offices.html", context, status=422 if request.method == "POST" else 200)


def _of_states(held: dict[tuple[str, str], Any], day: Any) -> list[tuple[Any, dict[str, Any]]]:
    return [(party, {code: held.get((party.code, code)) for code in queries.NAMED_ORDER}) for party in states_on(day)]


@require_POST
def end(request: Any, pk: Any) -> HttpResponse:
    """End a holding."""
    row = visible_or_404(OfficeHolder.objects.visible_to(request.actor), request.actor, pk)
    actions.end_office(request.actor, row)
    messages.success(request, _("The office is now vacant."))
    return redirect("impacs:offices")
