"""Sources of a State's scorecard: its five numbers, and what the State says beside them."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from apps.reports.models import ScoreComment
from apps.reports.queries import scorecards
from apps.reports.queries.sources.frame import Found, Frame, row_of, source
from apps.reports.rules import scorecards as scorecards_rules
from apps.reports.rules.values import Value


@source("scores")
def scores(frame: Frame, _params: Mapping[str, Any]) -> list[Found]:
    """The numbers of the report's State: values by indicator, with parts and wholes, and since when change counts."""
    since = scorecards.day_of_meeting(scorecards.last_council(frame.actor, frame.as_of))
    (card,) = scorecards.cards(frame.actor, frame.as_of, since, [frame.party.code]) or (None,)
    if card is None:
        return [Found(gap=_("It was not a Member State on this day."))]
    numbers = card.scores
    values: dict[str, Value] = {
        "state": frame.party.short_name,
        "day": frame.as_of,
        "open": numbers.open.part,
        "due": numbers.open.whole,
        "long_overdue": numbers.long_overdue,
        "late": numbers.late,
        "rejected": numbers.rejected.part,
        "judged": numbers.rejected.whole,
        **({"since": since} if since else {}),
    }
    shown = {code: numbers.value(code) for code in scorecards_rules.INDICATORS}
    values |= {code: value for code, value in shown.items() if value is not None}
    if numbers.change is not None:
        values["change"] = f"{numbers.change:+d}" if numbers.change else "0"
    rows = [("impacs.stateaction", str(pk)) for pk in card.actions]
    return [
        Found(values, rows, counted=_("Obligations of %(state)s under decisions in force") % {"state": values["state"]})
    ]


@source("comments")
def comments(frame: Frame, _params: Mapping[str, Any]) -> list[Found]:
    """What the State says beside its numbers of this day, by indicator."""
    rows = ScoreComment.objects.visible_to(frame.actor).filter(
        party=frame.party, cut_off=frame.as_of, state=ScoreComment.State.STANDING
    )
    by_code = {row.indicator: row for row in rows}
    return [
        Found(
            {
                "number": scorecards_rules.INDICATORS[code][0],
                "text": by_code[code].text,
                "state": frame.party.short_name,
            },
            [row_of(by_code[code])],
            key=code,
            level=by_code[code].level,
        )
        for code in scorecards_rules.INDICATORS
        if code in by_code
    ]
