"""Trying a targeting rule on the travellers of the past: numbers alone, nobody is named."""

import datetime
from collections import Counter

from django.db.models import Q

from apps.journeys.queries.journeys import to_be_asked
from apps.jrcc.queries.rule_matches import asked
from apps.screening.models import Entry, Rule, RuleTrial
from apps.screening.queries.rules import InForce, terms
from apps.screening.rules import read_condition


def try_on_the_past(rule: Rule, today: datetime.date) -> RuleTrial:
    """The trial of a rule's text, not saved, day by day and State by State."""
    first = today - datetime.timedelta(days=terms().trial_days)
    asks = InForce(Entry(screen_for=rule.screen_for), rule.originator_id, read_condition(rule.condition))
    everybody, matched = 0, 0
    days: Counter[datetime.date] = Counter()
    states: Counter[str] = Counter()
    for travellers in to_be_asked(rule.screen_for, Q(journey__date__range=(first, today))):
        everybody += len(travellers)
        days.update({one.journey.date: 0 for one in travellers})
        for traveller, _rule, _told in asked(travellers, [asks]):
            matched += 1
            days[traveller.journey.date] += 1
            states.update(set(traveller.states) & set(rule.screen_for or traveller.states))
    return RuleTrial(
        revision=rule.revision,
        first_day=first,
        last_day=today,
        travellers=everybody,
        matched=matched,
        days=[[day.isoformat(), number] for day, number in sorted(days.items())],
        states=dict(sorted(states.items())),
    )
