"""A State's own comment beside a number of its scorecard."""

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.doors import action
from apps.access.sharing import share
from apps.council.actions.drafting import DayField
from apps.council.queries.audience import keepers
from apps.council.queries.membership import roll
from apps.reports import policy
from apps.reports.models import ScoreComment
from apps.reports.rules.scoring import INDICATORS

S = ScoreComment.State


@action(
    "score_comment.write",
    model=ScoreComment,
    label=_("Comment"),
    policy=policy.may_comment,
    ends=S.STANDING,
    takes={
        "indicator": forms.ChoiceField(label=_("Number"), choices=[(code, code) for code in INDICATORS]),
        "cut_off": DayField(label=_("Cut-off date")),
        "text": forms.CharField(
            label=_("Comment"),
            max_length=1000,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("It stands beside the number, here and in the published scorecard."),
        ),
    },
)
def write(actor: Actor, _row: None, *, indicator: str, cut_off: datetime.date, text: str) -> ScoreComment:
    """Say something beside one of the State's own numbers."""
    if cut_off > timezone.now().date():
        raise ValidationError({"cut_off": _now("There are no numbers of this day yet. Write today or an earlier day.")})
    if actor.party_code not in {party.code for party in roll(cut_off)}:
        raise ValidationError({"cut_off": _now("Numbers are of Member States, and yours was none on this day.")})
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
    share(actor, row, [actor.desk_id, *keepers()], basis=indicator)
    return row


@action(
    "score_comment.withdraw",
    model=ScoreComment,
    label=_("Withdraw"),
    policy=policy.may_comment,
    starts={S.STANDING},
    ends=S.WITHDRAWN,
)
def withdraw(actor: Actor, comment: ScoreComment) -> ScoreComment:
    """Take a comment back; published scorecards keep it."""
    return comment
