"""Comparing travellers with the lists: a list's travellers, and everybody when an entry changes."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, also, emit
from apps.journeys.models import Journey, Traveller
from apps.journeys.queries import identities
from apps.journeys.queries import journeys as journeys_queries
from apps.jrcc.actions import found_hits
from apps.jrcc.models import Hit
from apps.jrcc.queries import hits, rule_matches
from apps.jrcc.queries import possible_matches as possible_matches_queries
from apps.manifests import policy
from apps.manifests.models import Submission
from apps.screening.matching import Identity
from apps.screening.queries import search_watchlist
from apps.screening.queries.match_outcomes import judged_with
from apps.screening.queries.rules import in_force as rules_in_force

S = Submission.State
H = Hit.State
NO_LONGER_KEPT = _("No longer kept")


@action(
    "submission.screen",
    model=Submission,
    label=pgettext_lazy("button, jrcc", "Screen"),
    done=_("Screened a manifest"),
    policy=policy.may_process,
    starts={S.READ},
    ends=S.SCREENED,
    automatic=True,
)
def screen_submission(actor: Actor, submission: Submission) -> Submission:
    """Compare the travellers of a submission with the entries that their States may use, and raise the hits.

    Who cannot be compared (no name, no document) stays unscreened and is shown as such. If the search fails, the
    whole step fails and is tried again; nobody is ever marked as screened without it.
    """
    # the journeys first: another list of the same flight may be read at this moment
    list(Journey.objects.select_for_update().filter(pk__in=_journeys(submission)).order_by("pk"))
    compare_all(actor, journeys_queries.to_screen(submission))
    emit("submission.screened", submission)
    return submission


def compare_all(actor: Actor, travellers: Sequence[Traveller]) -> None:
    """Inside an action that has locked their journeys: compare travellers with entries and rules, raise what is found.

    They come with journey and documents loaded.
    """
    compared = [(one, identities.identity_of(identities.record_of(one))) for one in travellers]
    known = [(traveller, identity) for traveller, identity in compared if identity is not None]
    found_hits.record_found_hit(actor, _found(actor, known))
    # after the lists, because a rule may ask for companions with a hit
    found_hits.record_found_hit(actor, rule_matches.found(travellers, rules_in_force()))
    Traveller.objects.filter(pk__in=[one.pk for one, _identity in known]).update(screened_at=timezone.now())
    _count_screened(actor, {traveller.journey_id for traveller in travellers})


def _found(actor: Actor, known: Sequence[tuple[Traveller, Identity]]) -> list[possible_matches_queries.Found]:
    """What the search finds, and open hits that it no longer finds: their score has to follow what is known now."""
    states = [traveller.states for traveller, _identity in known]
    matches = search_watchlist(actor, [identity for _traveller, identity in known], states)
    found = [
        possible_matches_queries.Found(traveller, match.entry, match.comparison)
        for (traveller, _identity), held in zip(known, matches, strict=True)
        for match in held
    ]
    again = {(one.traveller.pk, one.entry.pk) for one in found}
    people = {traveller.pk: (traveller, identity) for traveller, identity in known}
    for hit in Hit.objects.filter(traveller__in=list(people), state__in=Hit.OPEN).select_related("entry__list"):
        if (hit.traveller_id, hit.entry_id) in again:
            continue
        if subject := identities.identity_of(hit.entry.subject):
            traveller, identity = people[hit.traveller_id]
            found.append(
                possible_matches_queries.Found(traveller, hit.entry, judged_with(identity, hit.entry, subject))
            )
    return found


def _journeys(submission: Submission) -> Any:
    theirs = Q(submission=submission) | Q(journey=submission.journey_id, journey__isnull=False)
    return Traveller.objects.filter(theirs).order_by().values("journey_id").distinct()


def _count_screened(actor: Actor, journeys: set[Any]) -> None:
    """Bring the journeys' count of compared travellers up to date."""
    compared = Count("pk", filter=Q(screened_at__isnull=False, withdrawn_at=None))
    counts = Traveller.objects.filter(journey__in=journeys).order_by().values("journey_id").annotate(n=compared)
    numbers = dict(counts.values_list("journey_id", "n"))
    for journey in Journey.objects.filter(pk__in=journeys).order_by("pk"):
        journey.screened = numbers.get(journey.pk, 0)
        journey.version += 1
        journey.changed_by_seat_id = actor.seat_id
        journey.save(update_fields=["screened", "version", "changed_at", "changed_by_seat_id"])
        also("journey.screen", journey, before=journey.state, after=journey.state)


@action(
    "hit.screen_entry",
    model=Hit,
    label=pgettext_lazy("button, jrcc", "Screen"),
    done=_("Screened travellers with an entry"),
    policy=policy.may_process,
    ends=list(H),
    automatic=True,
)
def screen_entry(actor: Actor, _row: None, *, found: Sequence[possible_matches_queries.Found]) -> Hit:
    """Raise the hits that a new or changed entry gives among those still to arrive; `found` must not be empty."""
    return found_hits.record_found_hit(actor, found)[0]


@action(
    "hit.withdraw",
    model=Hit,
    label=pgettext_lazy("button, jrcc", "Withdraw"),
    done=pgettext_lazy("words, audit", "Withdrew hits"),
    policy=policy.may_process,
    starts=Hit.OPEN,
    ends=H.WITHDRAWN,
    automatic=True,
)
def withdraw_hit(actor: Actor, hit: Hit, *, reasons: Mapping[Any, str]) -> Hit:
    """Withdraw a hit, and with it all other open hits of these entries (by id, with the reason): they have ended."""
    for other in hits.open_hits(entry__in=list(reasons)).exclude(pk=hit.pk):
        found_hits.withdraw_hits(actor, [other], reasons[other.entry_id])
    hit.reason = reasons[hit.entry_id]
    return hit


@action(
    "hit.warn",
    model=Hit,
    label=_("Notify that the entry is suspended"),
    done=_("Warned that an entry is suspended"),
    policy=policy.may_process,
    starts=Hit.OPEN,
    ends=Hit.OPEN,
    automatic=True,
)
def warn_of_hit(actor: Actor, hit: Hit, *, others: Sequence[Hit]) -> Hit:
    """Say to whoever works on open hits that the entry is suspended: its owner has not looked at it in time.

    The hits stay: who is at the gate asks the owner, and a review brings the entry back.
    """
    rows = Hit.objects.select_for_update().filter(pk__in=[one.pk for one in others], state__in=Hit.OPEN)
    for one in rows.order_by("pk"):
        also("hit.warn", one, before=one.state, after=one.state)
        emit("hit.warned", one)
    emit("hit.warned", hit)
    return hit


@action(
    "hit.lapse",
    model=Hit,
    label=pgettext_lazy("button, jrcc", "Withdraw"),
    done=_("Took back hits that an answer no longer supports"),
    policy=policy.may_process,
    starts={H.RAISED},
    ends=H.WITHDRAWN,
    automatic=True,
)
def lapse_hit(actor: Actor, hit: Hit, *, others: Sequence[Hit], reason: str) -> Hit:
    """Take back hits that nobody has taken up: the source's answer stands no longer, and its words go with it."""
    rows = list(
        Hit.objects.select_for_update().filter(pk__in=[one.pk for one in others], state=H.RAISED).order_by("pk")
    )
    for one in (hit, *rows):
        one.evidence = [{**line, "text": str(NO_LONGER_KEPT)} for line in one.evidence]
    found_hits.withdraw_hits(actor, rows, reason)
    hit.reason = reason
    return hit
