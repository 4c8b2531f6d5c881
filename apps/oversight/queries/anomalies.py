"""What in the audit is unusual by the dated rules: one function for each code, over the hours since a moment.

Each asks the audit's table for a bounded time (an index on `at`); a person's usual number is asked of those alone who
are above the least that a rule names.
"""

import datetime
import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Q

from apps.access.folded_text import plain
from apps.oversight.models import AnomalyRule, Leaver
from apps.oversight.queries import givings
from apps.oversight.queries.findings import DAY, HOUR, Detector, Finding
from apps.people.models import DeskToken, EmergencyUse, Seat, User
from apps.search.models import Asked
from apps.travellers.models import Lookup

BASELINE_DAYS = 30
EMERGENCY_DAYS = 30
ON_DUTY_AT_NIGHT = ("%.watch",)
READ_SQL = """
SELECT user_id, date_trunc(%(unit)s, at) AS begins, max(person), max(party), max(desk),
       count(DISTINCT object_id) FILTER (WHERE object_id <> '') + coalesce(sum((detail->>'rows')::int)
         FILTER (WHERE object_id = '' AND detail->>'rows' ~ '^[0-9]{1,6}$'), 0) AS n
FROM audit_record
WHERE at >= %(since)s AND at < %(until)s AND outcome = 'read' AND user_id <> 0 AND via IN ('web', 'api')
  AND (%(users)s::bigint[] IS NULL OR user_id = ANY (%(users)s::bigint[]))
GROUP BY user_id, begins
"""
# a row of repetitions comes some minutes after what it counts, and counts for the hour in which that began
REFUSED_SQL = """
SELECT user_id, begins, max(person), max(party), max(desk), sum(times)::bigint AS n
FROM (SELECT user_id, person, party, desk, coalesce((detail->>'times')::bigint, 1) AS times,
             date_trunc('hour', coalesce((detail->>'since')::timestamptz, at)) AS begins
      FROM audit_record
      WHERE at >= %(since)s AND at < %(until)s + interval '1 hour' AND outcome = 'refused' AND user_id <> 0) refused
WHERE begins >= %(since)s AND begins < %(until)s
GROUP BY user_id, begins HAVING sum(times) >= %(least)s
"""
FAILED_SQL = """
SELECT object_id, date_trunc('hour', at) AS begins, max(owner_party), count(*) AS n
FROM audit_record WHERE at >= %(since)s AND at < %(until)s AND outcome = 'refused' AND user_id = 0
  AND verb IN ('session.sign_in', 'session.confirm') AND object_id <> ''
GROUP BY object_id, begins HAVING count(*) >= %(least)s
"""
NIGHT_SQL = """
SELECT user_id, at, person, party, desk FROM audit_record
WHERE at >= %(since)s AND at < %(until)s AND outcome = 'read' AND via = 'web' AND user_id <> 0
  AND desk NOT LIKE ALL (%(on_duty)s) AND (%(users)s::bigint[] IS NULL OR user_id = ANY (%(users)s::bigint[]))
ORDER BY id
"""


def findings(since: datetime.datetime, until: datetime.datetime) -> Iterator[Finding]:
    """All findings of the rules that hold today in whole hours from `since` to before `until`."""
    day = until.date()
    held = Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gt=day))
    for rule in AnomalyRule.objects.filter(held).order_by("code"):
        yield from DETECTORS[rule.code](rule, since, until)


def _rows(sql: str, **params: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def _much_read(rule: AnomalyRule, since: Any, until: Any, unit: str, users: list[int] | None) -> Iterator[Finding]:
    """Units of time in which somebody was shown at least so many, and so many times their own usual number."""
    whole = HOUR if unit == "hour" else DAY
    rows = _rows(READ_SQL, unit=unit, since=since, until=until, users=users)
    high = [row for row in rows if row[5] >= rule.least]
    if not high:
        return
    before = since - datetime.timedelta(days=BASELINE_DAYS)
    usual = defaultdict(list)
    for user_id, _begins, _person, _party, _desk, number in _rows(
        READ_SQL, unit=unit, since=before, until=since, users=sorted({row[0] for row in high})
    ):
        usual[user_id].append(number)
    for user_id, begins, person, party, desk, number in high:
        own = float(statistics.median(usual[user_id])) if usual[user_id] else 0.0
        if number >= float(rule.factor or 1) * own:
            yield Finding(rule, user_id, person, party, desk, begins, begins + whole, number, own)


def mass_reading(rule: AnomalyRule, since: Any, until: Any) -> Iterator[Finding]:
    """Hours with many records, against the person's own median hour."""
    yield from _much_read(rule, since, until, "hour", None)


def leaver_reading(rule: AnomalyRule, since: Any, until: Any) -> Iterator[Finding]:
    """Days with many records of those who are about to leave, against their own median day."""
    leaving = sorted(Leaver.objects.filter(state=Leaver.State.NOTED).values_list("user_id", flat=True))
    if leaving:
        first = since.replace(hour=0, minute=0, second=0, microsecond=0)
        yield from _much_read(rule, first, until, "day", leaving)


def night_reading(rule: AnomalyRule, since: Any, until: Any) -> Iterator[Finding]:
    """Nights of people who do not keep a watch, unless nights are their usual work."""
    zones = _zones()
    nights = _nights(rule, since - DAY, until, None, zones)
    high = {key: rows for key, rows in nights.items() if len(rows) >= rule.least and rows[-1][1] >= since}
    if not high:
        return
    users = sorted({user_id for user_id, _evening in high})
    before = _nights(rule, since - datetime.timedelta(days=BASELINE_DAYS), since - DAY, users, zones)
    earlier = Counter(user_id for user_id, _evening in before)
    for (user_id, _evening), rows in high.items():
        if earlier[user_id] < (rule.usual or 0):
            _user, first, person, party, desk = rows[0]
            begins = first.replace(minute=0, second=0, microsecond=0)
            yield Finding(rule, user_id, person, party, desk, begins, rows[-1][1], len(rows), earlier[user_id])


def _nights(rule: AnomalyRule, since: Any, until: Any, users: Any, zones: dict[str, str]) -> dict[Any, list[Any]]:
    """{(person, day on whose evening the night began): rows}."""
    found = defaultdict(list)
    start, stop = rule.from_hour or 0, rule.to_hour or 0
    for row in _rows(NIGHT_SQL, since=since, until=until, users=users, on_duty=list(ON_DUTY_AT_NIGHT)):
        local = row[1].astimezone(ZoneInfo(zones.get(row[3], "UTC")))
        if local.hour >= start or local.hour < stop:
            evening = local.date() if local.hour >= start else local.date() - DAY
            found[row[0], evening].append(row)
    return found


def _zones() -> dict[str, str]:
    from apps.people.models import Party

    return dict(Party.objects.values_list("code", "time_zone"))


def own_name(rule: AnomalyRule, since: Any, until: Any) -> Iterator[Finding]:
    """Searches for one's own full name, in whatever order its parts were typed: everywhere, and for people."""
    asked = sorted([*_asked_everywhere(since, until), *_asked_for_people(since, until)], key=lambda one: one.at)
    names = dict(User.objects.filter(pk__in={one.user_id for one in asked}).values_list("pk", "full_name"))
    for one in asked:
        own = _words(names.get(one.user_id, ""))
        if len(own) > 1 and own <= _words(one.words):
            begins = one.at.replace(minute=0, second=0, microsecond=0)
            yield Finding(rule, one.user_id, one.person, one.party, one.desk, begins, begins + HOUR, 1)


@dataclass(frozen=True, slots=True)
class _Search:
    """The words that somebody asked for."""

    at: datetime.datetime
    user_id: int
    person: str
    party: str
    desk: str
    words: str


def _asked_everywhere(since: Any, until: Any) -> Iterator[_Search]:
    rows = Asked.objects.filter(at__gte=since, at__lt=until).exclude(words="")
    for row in rows.values_list("at", "user_id", "user__username", "party_id", "desk__code", "words"):
        yield _Search(*row)


def _asked_for_people(since: Any, until: Any) -> Iterator[_Search]:
    rows = Lookup.objects.filter(created_at__gte=since, created_at__lt=until).exclude(terms={})
    columns = ("created_at", "user_id", "person", "originator_id", "owner__code", "terms")
    for at, user_id, person, party, desk, terms in rows.values_list(*columns):
        words = f"{terms.get('surname', '')} {terms.get('given_names', '')}"
        yield _Search(at, user_id, person, party, desk, words)


def _words(text: str) -> set[str]:
    """In small letters, without accents."""
    return set(re.findall(r"\w+", plain(text)))


def refused_burst(rule: AnomalyRule, since: Any, until: Any) -> Iterator[Finding]:
    """Hours in which somebody was refused again and again."""
    for user_id, begins, person, party, desk, number in _rows(REFUSED_SQL, since=since, until=until, least=rule.least):
        yield Finding(rule, user_id, person, party, desk, begins, begins + HOUR, number)


def entrance_burst(rule: AnomalyRule, since: Any, until: Any) -> Iterator[Finding]:
    """Hours in which sign-ins to one account failed again and again; nobody knows who tried."""
    rows = _rows(FAILED_SQL, since=since, until=until, least=rule.least)
    names = dict(User.objects.filter(pk__in=[row[0] for row in rows]).values_list("pk", "username"))
    for account, begins, party, number in rows:
        yield Finding(rule, 0, names.get(int(account), ""), party, "", begins, begins + HOUR, number)


def emergency_often(rule: AnomalyRule, since: Any, until: Any) -> Iterator[Finding]:
    """Emergency seats of people who had so many within 30 days, the last one in this time."""
    before = since - datetime.timedelta(days=EMERGENCY_DAYS)
    rows = EmergencyUse.objects.filter(seat__valid_from__gte=before, seat__valid_from__lt=until)
    taken: dict[int, list[Any]] = defaultdict(list)
    for use in rows.select_related("seat__user", "seat__desk").order_by("seat__valid_from"):
        taken[use.seat.user_id].append(use.seat)
    for seats in taken.values():
        for number, seat in enumerate(seats):
            first = seat.valid_from - datetime.timedelta(days=EMERGENCY_DAYS)
            within = [one for one in seats[: number + 1] if one.valid_from > first]
            if seat.valid_from >= since and len(within) >= rule.least:
                begins = seat.valid_from.replace(minute=0, second=0, microsecond=0)
                who = (seat.user_id, seat.user.username, seat.user.home_party_id, seat.desk.code)
                yield Finding(rule, *who, begins, begins + HOUR, len(within))


def key_by_command(rule: AnomalyRule, since: Any, until: Any) -> Iterator[Finding]:
    """Hours in which keys for desks of a party were made on the operators' command line, by nobody of the desk."""
    rows = DeskToken.objects.filter(created_at__gte=since, created_at__lt=until, maker_seat__kind=Seat.Kind.SERVICE)
    made: dict[Any, list[Any]] = defaultdict(list)
    for token in rows.select_related("seat__desk", "maker_seat__user").order_by("created_at", "pk"):
        hour = token.created_at.replace(minute=0, second=0, microsecond=0)
        made[token.seat.desk.party_id, hour].append(token)
    for (party, hour), tokens in made.items():
        if len(tokens) >= rule.least:
            first, user = tokens[0], tokens[0].maker_seat.user
            who = (user.pk, user.username, party, first.seat.desk.code)
            # a case for each party: the operator is one and the same, the moment is not
            yield Finding(rule, *who, first.created_at, hour + HOUR, len(tokens))


DETECTORS: dict[str, Detector] = {
    "mass_reading": mass_reading,
    "night_reading": night_reading,
    "leaver_reading": leaver_reading,
    "own_name": own_name,
    "refused_burst": refused_burst,
    "entrance_burst": entrance_burst,
    "emergency_often": emergency_often,
    "key_by_command": key_by_command,
    **givings.DETECTORS,
}
