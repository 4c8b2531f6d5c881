"""The night's work of retention: what the dry run shows, done one action each."""

import datetime

from apps.access.clock import desk_by_desk, done
from apps.manifests.actions.bookings import delete_booking_elements as follow_laws
from apps.manifests.actions.bookings import delete_bookings as forget_bookings
from apps.manifests.queries import bookings
from apps.people.queries import service_actor
from apps.travellers.actions import retention
from apps.travellers.actions.lookups import delete_lookup as forget_lookup
from apps.travellers.queries import lookups, retention_due

MOST_ROUNDS = 200


def forget(now: datetime.datetime) -> dict[str, int]:
    """Erase all that is due at a moment; how much of each. Again at the same moment it does nothing."""
    clock = service_actor("JRCC.automation", request_id="retention")
    counts = {"masked": 0, "deleted": 0, "messages": 0, "accesses": 0}
    followers = bookings.following(clock, now.date())
    counts["bookings_narrowed"] = desk_by_desk(follow_laws, clock, followers, today=now.date())
    over = bookings.find_expired_bookings(clock, now.date())
    searches = lookups.to_forget(clock, now.date())
    counts["searches"] = sum(done(forget_lookup, clock, row, today=now.date()) for row in searches)
    counts["bookings"] = desk_by_desk(forget_bookings, clock, over, today=now.date())
    for _round in range(MOST_ROUNDS):
        found, before = retention_due.find_retention_due(clock, now), sum(counts.values())
        for step in found.accesses:
            counts["accesses"] += done(retention.end_journey_access, clock, step.row, now=now, states=step.states)
        for step in found.messages:
            counts["messages"] += done(retention.erase_submission, clock, step.row, now=now)
        for step in found.masks:
            counts["masked"] += done(retention.mask_journey, clock, step.row, now=now, with_hits=step.with_hits)
        for step in found.deletions:
            counts["deleted"] += done(retention.delete_journey_travellers, clock, step.row, now=now)
        if sum(counts.values()) == before:
            break
    return counts
