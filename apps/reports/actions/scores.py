"""A State's own comment beside a number of its scorecard."""

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action
from apps.access.grants import share
from apps.council.actions.decision_fields import DayField
from apps.council.queries.audience import keepers
from apps.council.queries.membership import roll
from apps.reports import policy
from apps.reports.models import ScoreComment
from apps.reports.rules.scorecards import INDICATORS

S = ScoreComment.State


@action(
    "score_comment.write",
    model=ScoreComment,
    label=pgettext_lazy("button, reports", "Comment"),
    done=_("Commented on a State's figure"),
    policy=policy.may_comment,
    ends=S.STANDING,
    takes={
        "indicator": forms.ChoiceField(
            label=pgettext_lazy("field, reports", "Number"),
            choices=[(code, name) for code, (name, _unit) in INDICATORS.items()],
        ),
        "cut_off": DayField(label=pgettext_lazy("field, reports", "Cut-off date")),
        "text": forms.CharField(
            label=pgettext_lazy("field, reports", "Comment"),
            max_length=1000,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("Shown beside the number, here and in the published scorecard."),
        ),
    },
)
def write_score_comment(actor: Actor, _row: None, *, indicator: str, cut_off: datetime.date, text: str) -> ScoreComment:
    """Say something beside one of the State's own numbers."""
    if cut_off > timezone.now().date():
        raise ValidationError({"cut_off": _now("No numbers exist for this date yet. Enter today or earlier.")})
    if actor.party_code not in {party.code for party in roll(cut_off)}:
        raise ValidationError({"cut_off": _now("Scorecards cover Member States. Yours was not one on this day.")})
    wanted = {"party_id": actor.party_code, "indicator": indicator, "cut_off": cut_off}
    if ScoreComment.objects.filter(**wanted, state=S.STANDING).exists():
        raise ValidationError({"text": _now("Your State has a comment on this number. Withdraw it first.")})
    row = ScoreComment.objects.create(
        **wanted,
        text=text.strip(),
        owner_id=actor.desk_id,
        originator_id=actor.party_code,
        changed_by_seat_id=actor.seat_id,
    )
    share(actor, row, [actor.desk_id, *keepers()], basis=str(INDICATORS[indicator][0]))
    return row


@action(
    "score_comment.withdraw",
    model=ScoreComment,
    label=pgettext_lazy("button, reports", "Withdraw"),
    done=_("Withdrew a comment on a figure"),
    policy=policy.may_comment,
    starts={S.STANDING},
    ends=S.WITHDRAWN,
)
def withdraw_score_comment(actor: Actor, comment: ScoreComment) -> ScoreComment:
    """Take a comment back; published scorecards keep it."""
    return comment
