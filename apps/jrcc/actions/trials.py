"""Trying a targeting rule on the travellers of the past: numbers alone, nobody is named."""

import datetime
from collections import Counter
from collections.abc import Iterator

from django.db.models import Q

from apps.jrcc.actions.targeting import asked
from apps.jrcc.models import Journey, Traveller
from apps.jrcc.queries import with_facts
from apps.screening.models import Entry, Rule, RuleTrial
from apps.screening.queries.rules import InForce, terms
from apps.screening.rules import read

CHUNK = 2000


def try_on_the_past(rule: Rule, today: datetime.date) -> RuleTrial:
    """The trial of a rule's text, not saved, day by day and State by State; 2,000 travellers are held at a time."""
    first = today - datetime.timedelta(days=terms().trial_days)
    asks = InForce(Entry(screen_for=rule.screen_for), rule.originator_id, read(rule.condition))
    everybody, matched = 0, 0
    days: Counter[datetime.date] = Counter()
    states: Counter[str] = Counter()
    for travellers in _chunks(rule, first, today):
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


def _chunks(rule: Rule, first: datetime.date, last: datetime.date) -> Iterator[list[Traveller]]:
    rows = Traveller.objects.filter(withdrawn_at=None, journey__date__range=(first, last))
    rows = rows.exclude(journey__state=Journey.State.CANCELLED)
    if rule.screen_for is not None:
        rows = rows.filter(Q(parties__overlap=rule.screen_for) | Q(transit_parties__overlap=rule.screen_for))
    after = None
    while chunk := list(with_facts(rows.filter(pk__gt=after) if after else rows).order_by("pk")[:CHUNK]):
        yield chunk
        after = chunk[-1].pk
