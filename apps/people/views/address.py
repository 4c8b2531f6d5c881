"""Where one's own notices are mailed."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.access.forms import form_for_verb
from apps.access.marking import OFFICIAL, marked
from apps.access.refusal import Refused
from apps.people import actions
from apps.people.models import User


@require_http_methods(["GET", "POST"])
@reauthentication_required
@marked(OFFICIAL)
def own_address(request: Any) -> HttpResponse:
    """Give, change or take away the address; asked for the password again when the sign-in is long ago."""
    actor = request.actor
    if actor is None:
        raise Refused("not-visible")
    account = User.objects.visible_to(actor).get(pk=actor.user_id)
    data = request.POST if request.method == "POST" else None
    form = form_for_verb("user.set_address")(data, actor=actor, row=account, initial={"email": account.email})
    if request.method == "POST" and form.is_valid():
        changed = actions.set_mail_address(actor, account, **form.cleaned_data)
        said = _("Notifications are now sent to %(address)s.") % {"address": changed.email}
        messages.success(request, said if changed.email else _("You will no longer receive notifications by e-mail."))
        return redirect("people:address")
    return render(request, "people/address.html", {"form": form}, status=422 if form.errors else 200)
