"""Keys of the party's programs."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from apps.access import doors
from apps.access.refused import Refused
from apps.people import actions, policy
from apps.people.forms import key_form
from apps.people.managers import REGISTERS
from apps.people.models import DeskToken
from apps.people.queries import keys_made_by, makers_of
from apps.people.views.found import asker, one

KEEPS_KEYS = REGISTERS | {"platform"}


@require_http_methods(["GET", "POST"])
@sensitive_variables("made", "context")
def tokens(request: Any) -> HttpResponse:
    """The party's keys for programs; a new one is shown here, once."""
    actor = asker(request, KEEPS_KEYS)
    made = None
    verdict = policy.may_create_token(actor, None)
    form = key_form(actor, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.create_token(actor, None, **form.cleaned_data)
            form = key_form(actor)
        except ValidationError as wrong:
            form.add_error(None, wrong)
    keys = list(DeskToken.objects.visible_to(actor).select_related("seat__desk").order_by("state", "-pk")[:200])
    makers = makers_of(actor, keys)
    context = {
        "keys": [{"it": key, "maker": makers.get(key.pk, ""), "offers": _revocation(actor, key)} for key in keys],
        "form": form if verdict else None,
        "why_not": "" if verdict else Refused("may-not", getattr(verdict, "code", "")).message,
        "made": made,
    }
    return render(request, "people/tokens.html", context, status=422 if form.errors else 200)


def made_by(actor: Any, it: Any) -> list[dict[str, Any]]:
    """Live keys that a person made, with the button that ends them: for pages that shut him out."""
    return [{"it": key, "offers": _revocation(actor, key)} for key in keys_made_by(actor, it)]


def _revocation(actor: Any, key: Any) -> list[dict[str, Any]]:
    return [
        {
            "verb": f"{offer.verb} {key.pk}",
            "label": offer.label,
            "allowed": offer.allowed,
            "why_not": offer.why_not,
            "url": reverse("people:token_revoke", args=[key.uid]),
            "danger": True,
        }
        for offer in doors.offers(actor, key)
    ]


@require_POST
def token_revoke(request: Any, uid: Any) -> HttpResponse:
    """Make a key useless."""
    actor = asker(request, KEEPS_KEYS)
    actions.revoke_token(actor, one(DeskToken.objects.visible_to(actor), uid))
    messages.success(request, _("The key is revoked. Programs that use it are refused from now on."))
    return redirect("people:tokens")
