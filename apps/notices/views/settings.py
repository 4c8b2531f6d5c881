"""How one is told, and the address of one's calendar."""

from functools import partial
from typing import Any

from django.conf import settings as portal
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from apps.access.marking import OFFICIAL, marked
from apps.access.refusal import Refused
from apps.notices import actions, queries
from apps.notices.forms import QuietForm, WaysForm
from apps.notices.models import CalendarFeed
from apps.pages.verb_pages import try_form


@require_http_methods(["GET", "POST"])
@marked(OFFICIAL)
def settings(request: Any) -> HttpResponse:
    """Ways of being told, by group of events."""
    actor = _asker(request)
    form = WaysForm(request.POST if request.method == "POST" else None, actor=actor)
    if request.method == "POST" and form.is_valid():
        actions.choose_subscription(actor, None, ways=form.ways())
        messages.success(request, _("Your choice applies from the next notification."))
        return redirect("notices:settings")
    return _page(request, form)


@require_POST
@marked(OFFICIAL)
def quiet(request: Any) -> HttpResponse:
    """The hours in which one's mails wait."""
    actor = _asker(request)
    form = QuietForm(request.POST)
    done, _status = try_form(form, partial(actions.choose_subscription, actor, None))
    if done is None:
        return _page(request, WaysForm(actor=actor), quiet=form)
    messages.success(request, _("Quiet hours saved."))
    return redirect("notices:settings")


@require_POST
@sensitive_variables("feed", "address")
@marked(OFFICIAL)
def make_feed(request: Any) -> HttpResponse:
    """Make the calendar address of one's seat anew; it is shown on this page, once."""
    actor = _asker(request)
    feed = actions.make_calendar_feed(actor, None)
    address = portal.PORTAL_URL + reverse("notices:feed", args=[feed.secret])
    return _page(request, WaysForm(actor=actor), address=address)


@require_POST
def revoke_feed(request: Any) -> HttpResponse:
    """Make the calendar address of one's seat useless."""
    actor = _asker(request)
    feed = queries.feed_of(actor)
    if feed is None:
        raise Refused("not-visible")
    actions.revoke_calendar_feed(actor, CalendarFeed(pk=feed.pk))
    messages.success(request, _("Address revoked. Calendars that use it get no more updates."))
    return redirect("notices:settings")


def _asker(request: Any) -> Any:
    if request.actor is None:
        raise Refused("not-visible")
    return request.actor


@sensitive_variables("address", "context")
def _page(request: Any, form: WaysForm, address: str = "", quiet: QuietForm | None = None) -> HttpResponse:
    chosen = queries.chosen_by(request.actor)
    known = {name: getattr(chosen, name) for name in QuietForm.base_fields}
    context = {
        "form": form,
        "quiet": quiet or QuietForm(initial=known),
        "feed": queries.feed_of(request.actor),
        "address": address,
        "mail": request.user.email,
    }
    return render(
        request, "notices/settings.html", context, status=422 if form.errors or (quiet and quiet.errors) else 200
    )
