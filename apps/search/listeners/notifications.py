"""Telling the owner of a search: how many new things, and their highest marking. The words stay in the portal."""

from django.utils.translation import ngettext

from apps.access import outbox
from apps.access.models import Dispatch
from apps.notices import actions as notices
from apps.people.queries import service_actor
from apps.search.queries import kinds


@outbox.on("search.found")
def tell_search_owner(dispatch: Dispatch) -> None:
    """One notice for the desk of the seat, mailed to the seat alone; colleagues who see it cannot open the search."""
    said = dispatch.payload
    label = kinds.labels_of("level").get(str(said["level"]), str(said["level"]))
    number = ngettext("%(n)d new, up to %(marking)s", "%(n)d new, up to %(marking)s", said["count"])
    notices.create_notices(
        service_actor("IMPACS.automation", request_id=dispatch.request_id),
        None,
        event="search.found",
        desks=[said["desk"]],
        object_type="search.savedsearch",
        object_id=dispatch.object_id,
        number=number % {"n": said["count"], "marking": label},
        step=said["step"],
        level=said["level"],
        seats=[said["seat"]],
        url_name="search:saved_one",
    )
