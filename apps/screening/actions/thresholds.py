"""Thresholds by alert budget: proposed by one person, put into force by another."""

from dataclasses import dataclass
from math import ceil
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.doors import action, change_also, emit
from apps.access.models import Level
from apps.access.refused import Refused
from apps.access.sharing import share_many
from apps.people.queries import desk_ids
from apps.screening import policy, visibility
from apps.screening.calibration import calibration
from apps.screening.matching import MATCHER_VERSION
from apps.screening.models import Thresholds
from apps.screening.queries import limits
from apps.screening.queries import thresholds as queries

T = Thresholds.State
LONGEST_WHY = 500
TAKES = {
    "alerts_per_1000": forms.FloatField(
        label=_("Alert budget"),
        required=False,
        min_value=0.1,
        max_value=1000,
        help_text=_("so many alerts for each 1,000 travellers who are on no list; the threshold follows from it"),
    ),
    "review_percent": forms.FloatField(
        label=_("Shown from, percent"), required=False, help_text=_("in place of a budget: the threshold itself")
    ),
    "match_percent": forms.FloatField(
        label=_("A match from, percent"), required=False, help_text=_("without it, it stays as it is")
    ),
    "why": forms.CharField(
        label=_("Why"), max_length=LONGEST_WHY, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("kept for good")
    ),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Two thresholds as probabilities, and the budget that led to them, if one did."""

    review: float
    match: float
    budget: float | None


def wanted(
    *,
    alerts_per_1000: float | None = None,
    review_percent: float | None = None,
    match_percent: float | None = None,
    **_more: Any,
) -> Wanted:
    """The thresholds that are asked for, by budget or directly; ValidationError at the field that is wrong."""
    now = queries.in_force()
    if alerts_per_1000 is not None and review_percent is not None:
        raise ValidationError({"review_percent": _("Give the budget or the threshold, not both.")})
    if alerts_per_1000 is None and review_percent is None and match_percent is None:
        raise ValidationError({"alerts_per_1000": _("Give a budget, or the thresholds themselves.")})
    least = limits().thresholds["review_least_pct"] / 100
    most = limits().thresholds["most_pct"] / 100
    review = now.review if review_percent is None else review_percent / 100
    if alerts_per_1000 is not None:
        # up to the next hundredth of a percent, so that what is shown is what counts
        review = min(most, ceil(calibration().threshold_for(alerts_per_1000, least) * 10_000) / 10_000)
    _between(review, least, most, "review_percent")
    match = max(review, now.match) if match_percent is None else match_percent / 100
    _between(match, least, most, "match_percent")
    if match < review:
        raise ValidationError({"match_percent": _("A match is shown, too: enter at least the threshold above.")})
    if (review, match) == (now.review, now.match):
        field = "review_percent" if alerts_per_1000 is None else "alerts_per_1000"
        raise ValidationError({field: _("These are the thresholds in force.")})
    return Wanted(review, match, alerts_per_1000)


def _between(value: float, least: float, most: float, field: str) -> None:
    if not least <= value <= most:
        text = _("Enter a percentage from %(least)s to %(most)s.")
        raise ValidationError({field: text % {"least": f"{least * 100:g}", "most": f"{most * 100:g}"}})


@action(
    "thresholds.propose",
    model=Thresholds,
    label=_("Propose thresholds"),
    policy=policy.may_propose_thresholds,
    ends=T.PROPOSED,
    takes=TAKES,
)
def propose(actor: Actor, _row: None, *, why: str, **asked: Any) -> Thresholds:
    """Propose from which likeness hits are shown, by an alert budget or directly; a second person decides."""
    chosen = wanted(**asked)
    row = Thresholds.objects.create(
        owner_id=actor.desk_id,
        originator_id=actor.party_code,
        level=Level.OFFICIAL,
        review=chosen.review,
        match=chosen.match,
        budget=chosen.budget,
        why=why,
        matcher=MATCHER_VERSION,
        replaces_id=queries.in_force().pk,
        proposed_by=actor.person,
        proposed_by_user_id=actor.user_id,
    )
    share_many(actor, [row], {*_readers(), actor.desk_id})
    return row


def _readers() -> list[int]:
    """Desks that keep lists: each of them works with the hits."""
    states = [f"{party.code}.{desk}" for party in visibility.states() for desk in ("intelligence", "border")]
    return desk_ids("JRCC.watch", "JRCC.automation", "RIFC.analysis", *states)


@action(
    "thresholds.activate",
    model=Thresholds,
    label=_("Put into force"),
    policy=policy.may_activate_thresholds,
    starts={T.PROPOSED},
    ends=T.IN_FORCE,
)
def activate(actor: Actor, row: Thresholds) -> Thresholds:
    """Put thresholds into force that somebody else proposed; every comparison from now on goes by them.

    Refused where others came into force since, or the matcher has changed: what the proposal weighed is no longer so.
    A lower review threshold has everybody still to arrive compared again; a higher one closes no hit.
    """
    queries.one_at_a_time()
    before = queries.held()
    if row.replaces_id != (before.pk if before else None):
        raise Refused("may-not", "thresholds-moved")
    if row.matcher != MATCHER_VERSION:
        raise Refused("may-not", "thresholds-of-older-matcher")
    now = timezone.now()
    if row.review < queries.in_force().review:
        emit("thresholds.lowered", row)
    if before is not None:
        before.state, before.ends_at = T.ENDED, now
        change_also("thresholds.end", before, "state", "ends_at", before=T.IN_FORCE)
    row.activated_by, row.starts_at = actor.person, now
    return row


@action(
    "thresholds.decline",
    model=Thresholds,
    label=_("Decline"),
    policy=policy.may_decline_thresholds,
    starts={T.PROPOSED},
    ends=T.DECLINED,
    takes={"said": forms.CharField(label=_("Why"), max_length=300, help_text=_("kept with the proposal"))},
)
def decline(actor: Actor, row: Thresholds, *, said: str) -> Thresholds:
    """Say no to proposed thresholds, with the reason; those in force stay."""
    row.said = said
    return row


@action(
    "thresholds.withdraw",
    model=Thresholds,
    label=_("Withdraw"),
    policy=policy.may_withdraw_thresholds,
    starts={T.PROPOSED},
    ends=T.WITHDRAWN,
)
def withdraw(actor: Actor, row: Thresholds) -> Thresholds:
    """Take one's own desk's proposal back."""
    return row
