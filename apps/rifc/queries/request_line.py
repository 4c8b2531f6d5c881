"""The line over which members of the MoU ask each other: who may ask and be asked, and which reports answers name."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from django.urls import reverse
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.refusal import Refused
from apps.access.verdict import Deny, Verdict
from apps.exchange.rules.lines import Fault, Line, Meant, Named
from apps.people.models import Desk
from apps.rifc import policy
from apps.rifc.managers import mou_in_force
from apps.rifc.models import Receipt, Report
from apps.rifc.queries import reports, rule, targets, violations, vocabulary
from apps.rifc.queries.report_pages import in_words, scheme_choices
from apps.rifc.refusals import Refusals
from apps.rifc.rules import release
from apps.rifc.rules.facts import AMBER, RED, TLP, Facts, Viewer


class CisnetLine(Line):
    """Requests among members of the MoU on the sharing of intelligence; RIFC's watch chases what is late."""

    code: ClassVar[str] = "cisnet"
    label: ClassVar[Any] = pgettext_lazy("words, rifc", "CISNET")
    number: ClassVar[str] = "RFI"
    watch: ClassVar[str] = "RIFC.watch"
    clock: ClassVar[str] = "RIFC.automation"
    functions: ClassVar[frozenset[str]] = policy.CISNET

    def may_ask(self, actor: Actor) -> Verdict:
        """Officers of desks of the community, while the MoU is in force for their party (V02)."""
        verdict = policy.may_write(actor, None)
        return verdict if not verdict or actor.party_code in rule.members() else Deny(Refusals.MOU_NOT_IN_FORCE)

    def admits(self, actor: Actor) -> Any:
        """Without the MoU nothing of other parties is read (V02)."""
        return mou_in_force(actor)

    def levels(self) -> Sequence[tuple[int, str]]:
        """UNCLASSIFIED to SECRET."""
        terms = vocabulary.terms("classification", vocabulary.today()).values()
        return [(term.extra["level"], term.label) for term in terms]

    def level_of(self, word: str, party: str) -> int | None:
        """Also by the party's own word."""
        return vocabulary.level_of(word, party)

    def labels(self) -> Sequence[tuple[str, str]]:
        """TLP 2.0 without RED: a request goes to desks, not to persons by name."""
        return [(label, f"TLP:{label}") for label in TLP if label != RED]

    def marking_faults(self, level: int, tlp: str, orcon: bool, party: str) -> Sequence[Fault]:
        """P1 to P3."""
        codes = release.invalid(Facts("draft", party, "", level, tlp, orcon))
        return [Fault(code, str(violations.SENTENCES[code])) for code in codes]

    def schemes(self) -> Sequence[tuple[str, str]]:
        """6×6 and the others of the list, as paragraphs of reports have them."""
        return scheme_choices()

    def grade(self, scheme: str, text: str) -> str | None:
        """By the scheme of today's list."""
        found = vocabulary.grade(scheme, text)
        return found.value if found else None

    def grade_words(self, scheme: str, grade: str) -> str:
        """The value with the words of its two parts."""
        found = vocabulary.grade(scheme, grade)
        if found is None:
            return grade
        said = in_words(found)
        return f"{said.value}: {said.source}; {said.information}"

    def meant(self, words: Iterable[str], own: int) -> Meant:
        """Desks of the community; a party is its point of contact; groups leave out the asking State's own."""
        asked = list(words)
        groups = dict(vocabulary.choices("group"))
        codes, unknown = targets.expanded([word for word in asked if word not in groups])
        more, _none = targets.expanded([word for word in asked if word in groups])
        rows = Desk.objects.filter(code__in=[*codes, *more], active=True).select_related("function", "party")
        found = {desk.code: desk for desk in rows}
        party = Desk.objects.values_list("party_id", flat=True).get(pk=own)
        readers = [code for code in codes if found[code].function_id not in policy.CISNET]
        wanted = set(codes) | {code for code in more if found[code].party_id != party}
        desks = [
            found[code] for code in sorted(wanted) if found[code].pk != own and found[code].function_id in policy.CISNET
        ]
        return Meant(desks, [*unknown, *readers])

    def choices(self, actor: Actor) -> Sequence[tuple[str, str]]:
        """Groups, and all desks of the community but those of one's own party."""
        rows = [desk for desk in targets.receiving_desks("information_report") if desk.party_id != actor.party_code]
        mou = rule.members()
        offered = [
            (desk.code, f"{desk.party.short_name}: {desk.function.name}") for desk in rows if desk.party_id in mou
        ]
        return [*vocabulary.choices("group"), *offered]

    def unfit(self, desks: Iterable[Any], level: int, party: str) -> Sequence[Fault]:
        """V02 and V04."""
        facts = Facts("shared", party, "", level, AMBER)
        mou = rule.members()
        found = [release.receivable(facts, rule.as_target(desk, mou, {})) for desk in desks]
        return [Fault(one.rule, violations.sentence(one)) for one in found if one is not None]

    def named(self, actor: Actor, key: str, reader: int) -> Named | None:
        """A report of the actor's party, in force, that the reader's desk sees by the rule of release."""
        try:
            row = reports.meant(actor, key)
        except Refused:
            return None
        if row.originator_id != actor.party_code or row.state != Report.State.SHARED:
            return None
        desk = Desk.objects.select_related("function").get(pk=reader)
        if release.view(rule.facts(row), _anybody_at(desk)).result != release.FULL:
            return None
        return Named(row.thread, row.number, row.level, row.tlp, row.orcon)

    def nameable(self, actor: Actor, reader: int) -> Sequence[tuple[str, str]]:
        """Reports of the actor's party in force that were sent to the reader's desk, the newest first. One query."""
        had = Receipt.objects.filter(desk_id=reader, user=None).exclude(state=Receipt.State.WITHDRAWN)
        rows = Report.objects.visible_to(actor).filter(
            originator=actor.party_code, state=Report.State.SHARED, pk__in=had.values("report")
        )
        return [(str(row.thread), f"{row.number}: {row.title}") for row in rows.order_by("-pk")[:50]]

    def seen(self, actor: Actor, keys: Iterable[uuid.UUID]) -> Mapping[uuid.UUID, tuple[str, str]]:
        """Reports in force that the actor sees now."""
        wanted = list(keys)
        if not wanted:
            return {}
        rows = Report.objects.visible_to(actor).filter(thread__in=wanted, state=Report.State.SHARED)
        return {row.thread: (row.number, reverse("rifc:report", args=[row.thread])) for row in rows}


def _anybody_at(desk: Any) -> Viewer:
    """A reader at a desk, cleared for what the desk may hold, without a name or a further role."""
    return Viewer(
        party=desk.party_id,
        desk=desk.code,
        clearance=desk.function.max_level,
        person="",
        mou=desk.party_id in rule.members(),
        associate=desk.party_id in rule.kinds_of_parties(["associate_member"]),
        community=desk.function_id in policy.CISNET,
    )
