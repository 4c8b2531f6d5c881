"""Who would see a report, person by person, asked of the rule itself; for the form, before anything is shared."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from apps.access.actor import Actor
from apps.people.models import Seat
from apps.rifc import policy
from apps.rifc.queries import rule, targets, violations
from apps.rifc.rules.facts import RED, Facts, Viewer
from apps.rifc.rules.release import FULL, invalid, receivable, view


@dataclass(frozen=True, slots=True)
class Group:
    """Desks of one party that would see it, how many they are, and how many people there are cleared for it."""

    party: str
    name: str
    desks: str
    count: int
    people: int


@dataclass(frozen=True, slots=True)
class Moment:
    """One time in a report's life: what it is called, who sees it then, how many in all."""

    title: str
    groups: list[Group]

    @property
    def people(self) -> int:
        """In all desks."""
        return sum(group.people for group in self.groups)

    @property
    def desks(self) -> int:
        """Of all parties."""
        return sum(group.count for group in self.groups)

    @property
    def effect(self) -> str:
        """What follows the number of desks."""
        return ngettext("desk will be able to read it", "desks will be able to read it", self.desks)

    @property
    def spread(self) -> str:
        """In how many States and bodies these desks are, and how many people work there."""
        parties, people = len(self.groups), self.people
        places = ngettext("in %(n)d State or body", "in %(n)d States and bodies", parties) % {"n": parties}
        return f"{places}; {ngettext('%(n)d person', '%(n)d people', people) % {'n': people}}"


@dataclass(frozen=True, slots=True)
class Look:
    """What a marking means: the moments, desks that could not get it with the reason, what does not go together."""

    moments: list[Moment]
    shut_out: list[str]
    wrong: list[str]

    @property
    def after(self) -> Moment | None:
        """The moment that counts: once it is shared; None where the marking does not go together."""
        return self.moments[1] if self.moments else None

    @property
    def others(self) -> list[Moment]:
        """The moments before and after."""
        return [one for one in self.moments if one is not self.after]


def look(actor: Actor, facts: Facts, to: Iterable[str]) -> Look:
    """Who sees it while it is written, once it is shared with `to`, and after a recall. Six queries."""
    wrong = [violations.sentence(violations.Finding(code)) for code in invalid(facts)]
    if wrong:
        return Look([], [], wrong)
    codes, unknown = targets.expanded(list(to))
    found = rule.targets(codes)
    findings = [receivable(facts, target) for target in found.values()]
    shut = [violations.sentence(one) for one in findings if one is not None]
    shut += [_("No desk has the code %(code)s.") % {"code": code} for code in unknown]
    barred = {one.at for one in findings if one is not None}
    sent = frozenset() if facts.tlp == RED else frozenset(set(found) - barred - {facts.desk})
    people = _people()
    moments = [
        Moment(_("While in draft"), _seeing(replace(facts, state="draft"), people)),
        Moment(
            pgettext("words, rifc", "After sharing"), _seeing(replace(facts, state="shared", recipients=sent), people)
        ),
        Moment(_("After a recall"), _seeing(replace(facts, state="recalled", recipients=sent), people)),
    ]
    return Look(moments, shut, [])


def _people() -> list[tuple[Viewer, str, str]]:
    """(viewer, name of the party, function) of everybody in force at desks that may see reports. Three queries."""
    mou, associates = rule.members(), rule.kinds_of_parties(["associate_member"])
    rows = Seat.objects.current().filter(desk__function_id__in=policy.CISNET | policy.READERS)
    rows = rows.exclude(kind=Seat.Kind.SERVICE).select_related("user", "desk__party", "desk__function")
    return [
        (
            Viewer(
                party=seat.desk.party_id,
                desk=seat.desk.code,
                clearance=min(seat.user.clearance, seat.desk.function.max_level),
                person=str(seat.user_id),
                roles=policy.roles(seat.desk.function_id, seat.rank),
                mou=seat.desk.party_id in mou,
                associate=seat.desk.party_id in associates,
                community=seat.desk.function_id in policy.CISNET,
            ),
            seat.desk.party.short_name,
            seat.desk.function.name,
        )
        for seat in rows
    ]


def _seeing(facts: Facts, people: list[tuple[Viewer, str, str]]) -> list[Group]:
    """Everybody to whom the rule gives the report in full, by party; one's own first."""
    desks: dict[str, dict[str, str]] = defaultdict(dict)
    counts: dict[str, int] = defaultdict(int)
    names: dict[str, str] = {}
    for viewer, name, function in people:
        if view(facts, viewer).result == FULL:
            desks[viewer.party][viewer.desk] = function
            counts[viewer.party] += 1
            names[viewer.party] = name
    order = sorted(names, key=lambda party: (party != facts.originator, names[party]))
    return [
        Group(party, names[party], ", ".join(sorted(desks[party].values())), len(desks[party]), counts[party])
        for party in order
    ]


def facts_of_input(actor: Actor, given: dict[str, Any]) -> Facts:
    """What the rule would know of a report that is being written, from what its form holds so far."""
    seats, _unknown = targets.people(given.get("named_persons") or [])
    return Facts(
        state="draft",
        originator=actor.party_code,
        desk=actor.desk_code,
        classification=given.get("classification") or 0,
        tlp=given.get("tlp") or "AMBER",
        orcon=bool(given.get("orcon")),
        handling=frozenset(given.get("handling") or []),
        eyes=frozenset(given.get("eyes") or []),
        persons=frozenset(str(seat.user_id) for seat in seats),
    )
