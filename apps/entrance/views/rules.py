"""How a party's people sign in: the rule in force, the ones before, and the form for a new one."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.access.declared_actions import REGISTRY
from apps.access.marking import OFFICIAL, marked
from apps.access.refusal import Refused
from apps.entrance import policy
from apps.entrance.models import SignInRule
from apps.pages.verb_pages import answer_form

USUAL = {"factors": ["totp", "webauthn"], "session_minutes": 720, "idle_minutes": 30, "directory_only": False}


@require_http_methods(["GET", "POST"])
@marked(OFFICIAL)
def rules(request: Any) -> HttpResponse:
    """The party's rule for signing in; who may, changes it here."""
    spec = REGISTRY["sign_in_rule.set"]
    rows = SignInRule.objects.visible_to(request.actor).select_related("party").order_by("-valid_from")
    present = next((row for row in rows if row.valid_to is None and row.party_id == request.actor.party_code), None)
    verdict = policy.may_set_rule(request.actor, None)
    initial = USUAL
    if present is not None:
        initial = {name: getattr(present, name) for name in USUAL} | {"networks": "\n".join(present.networks)}

    def onward(_rule: Any) -> str:
        messages.success(request, _("The policy is in force. Sessions that do not meet it end at their next page."))
        return reverse("entrance:rules")

    return answer_form(
        request,
        spec,
        None,
        "entrance/rules.html",
        onward,
        initial=initial,
        present=present,
        rules=rows[:50],
        may_set=bool(verdict),
        why_not="" if verdict else Refused("may-not", getattr(verdict, "code", "")).message,
    )
