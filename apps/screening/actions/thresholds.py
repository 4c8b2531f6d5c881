"""Thresholds by alert budget: proposed by one person, put into force by another."""

from dataclasses import dataclass
from math import ceil
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, change_also, emit
from apps.access.grants import share_many
from apps.access.models import Level
from apps.access.refusal import Refused
from apps.people.queries import desk_ids
from apps.screening import policy
from apps.screening.matching import MATCHER_VERSION
from apps.screening.models import Thresholds
from apps.screening.queries import limits, visibility
from apps.screening.queries import thresholds as queries
from apps.screening.refusals import Refusals
from apps.screening.rules.calibration import calibration

T = Thresholds.State
LONGEST_WHY = 500
TAKES = {
    "alerts_per_1000": forms.FloatField(
        label=pgettext_lazy("field, screening", "Alert budget"),
        required=False,
        min_value=0.1,
        max_value=1000,
        help_text=_("alerts per 1,000 travellers who are on no list; this sets the threshold"),
    ),
    "review_percent": forms.FloatField(
        label=_("Display threshold, percent"), required=False, help_text=_("threshold, instead of a budget")
    ),
    "match_percent": forms.FloatField(
        label=_("Match threshold, percent"), required=False, help_text=_("leave empty for no change")
    ),
    "why": forms.CharField(
        label=pgettext_lazy("field, screening", "Reason"),
        max_length=LONGEST_WHY,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=pgettext_lazy("field, screening", "kept permanently"),
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
        raise ValidationError({"review_percent": _("Enter the budget or the threshold, not both.")})
    if alerts_per_1000 is None and review_percent is None and match_percent is None:
        raise ValidationError({"alerts_per_1000": _("Enter a budget, or the thresholds.")})
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
        raise ValidationError({"match_percent": _("Enter at least the display threshold above.")})
    if (review, match) == (now.review, now.match):
        field = "review_percent" if alerts_per_1000 is None else "alerts_per_1000"
        raise ValidationError({field: _("These thresholds are already in force.")})
    return Wanted(review, match, alerts_per_1000)


def _between(value: float, least: float, most: float, field: str) -> None:
    if not least <= value <= most:
        text = _("Enter a percentage from %(least)s to %(most)s.")
        raise ValidationError({field: text % {"least": f"{least * 100:g}", "most": f"{most * 100:g}"}})


@action(
    "thresholds.propose",
    model=Thresholds,
    label=pgettext_lazy("button, screening", "Propose thresholds"),
    done=pgettext_lazy("words, audit", "Proposed thresholds"),
    policy=policy.may_propose_thresholds,
    ends=T.PROPOSED,
    takes=TAKES,
)
def propose_thresholds(actor: Actor, _row: None, *, why: str, **asked: Any) -> Thresholds:
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
    done=_("Put thresholds into force"),
    policy=policy.may_activate_thresholds,
    starts={T.PROPOSED},
    ends=T.IN_FORCE,
)
def activate_thresholds(actor: Actor, row: Thresholds) -> Thresholds:
    """Put thresholds into force that somebody else proposed; every comparison from now on goes by them.

    Refused where others came into force since, or the matcher has changed: what the proposal weighed is no longer so.
    A lower review threshold has everybody still to arrive compared again; a higher one closes no hit.
    """
    queries.one_at_a_time()
    before = queries.held()
    if row.replaces_id != (before.pk if before else None):
        raise Refused(Refusals.THRESHOLDS_MOVED)
    if row.matcher != MATCHER_VERSION:
        raise Refused(Refusals.THRESHOLDS_OF_OLDER_MATCHER)
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
    label=pgettext_lazy("button, screening", "Decline"),
    done=_("Declined proposed thresholds"),
    policy=policy.may_decline_thresholds,
    starts={T.PROPOSED},
    ends=T.DECLINED,
    takes={
        "said": forms.CharField(
            label=pgettext_lazy("field, screening", "Reason"), max_length=300, help_text=_("kept with the proposal")
        )
    },
    danger=True,
)
def decline_thresholds(actor: Actor, row: Thresholds, *, said: str) -> Thresholds:
    """Say no to proposed thresholds, with the reason; those in force stay."""
    row.said = said
    return row


@action(
    "thresholds.withdraw",
    model=Thresholds,
    label=pgettext_lazy("button, screening", "Withdraw"),
    done=_("Withdrew proposed thresholds"),
    policy=policy.may_withdraw_thresholds,
    starts={T.PROPOSED},
    ends=T.WITHDRAWN,
    danger=True,
)
def withdraw_thresholds(actor: Actor, row: Thresholds) -> Thresholds:
    """Take one's own desk's proposal back."""
    return row
