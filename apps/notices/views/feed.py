"""A seat's calendar for calendar programs: no session, a secret address, numbers and kinds only."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET

from apps.access import database_context
from apps.access.downloads import line_of, state_marking
from apps.access.marking import OFFICIAL
from apps.access.throttles import PerAddress
from apps.notices import actions, queries
from apps.notices.queries import calendar_events
from apps.notices.rules import ical

LONGEST_TOKEN = 100


class AskedTooOften(PerAddress):
    """Requests of calendars from one address, also those with a wrong token: nobody tries tokens in a row."""

    scope = "feed"
    rate = "60/min"

    def get_cache_key(self, request: Any, view: Any) -> str:
        """One counter per address."""
        return f"throttle:feed:{self.get_ident(request)}"


@login_not_required
@require_GET
@sensitive_variables("token")
def feed(request: Any, token: str) -> HttpResponse:
    """The calendar of the seat that the token was made for; 404 once token or seat have ended."""
    throttle = AskedTooOften()
    if not throttle.allow_request(request, None):
        answer = HttpResponse(
            _("Too many requests. Try again in a minute."), status=429, content_type="text/plain; charset=utf-8"
        )
        answer["Retry-After"] = str(int(throttle.wait() or 60) + 1)
        return answer
    found = queries.actor_of_feed(token) if len(token) <= LONGEST_TOKEN else None
    if found is None:
        # not Refused: that would write the token, which may come to life again with its account, into the audit
        return HttpResponse(
            _("There is no calendar at this address."), status=404, content_type="text/plain; charset=utf-8"
        )
    actor, row = found
    database_context.enter(actor)
    actions.used(row)
    text = ical.calendar(
        calendar_events.events_for(actor),
        name=_("%(desk)s: deadlines and meetings") % {"desk": actor.desk_code},
        portal=settings.PORTAL_URL,
        marking=line_of(OFFICIAL),
        now=timezone.now(),
    )
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="portal.ics"'
    state_marking(answer, OFFICIAL)
    return answer
