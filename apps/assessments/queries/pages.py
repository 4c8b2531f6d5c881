"""What the pages show of assessments: steps with their days, judgement cards, who has answered what."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core.cache import cache
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce, JSONObject
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.marking import Banner, of
from apps.access.urgency import days_late, late_by
from apps.assessments.models import (
    Assessment,
    Citation,
    Comment,
    Contribution,
    Judgement,
    Member,
    Participant,
    Position,
    Signature,
)
from apps.assessments.queries import checks, parts, product, sources, violations
from apps.assessments.rules import yardstick_charts
from apps.people.models import Party, User
from apps.people.queries.work import moment
from apps.rifc.models import Report

S = Assessment.State
STEPS = [
    (S.PROPOSED, _("Terms of reference")),
    (S.CALL_OPEN, pgettext_lazy("words, assessments", "Contributions")),
    (S.DRAFTING, pgettext_lazy("words, assessments", "Drafting")),
    (S.COORDINATION, pgettext_lazy("words, assessments", "Coordination")),
    (S.POSITIONS, pgettext_lazy("words, assessments", "Positions")),
    (S.SIGN_OFF, pgettext_lazy("words, assessments", "Sign-off")),
    (S.RELEASED, pgettext_lazy("step, assessments", "Release")),
]
AT = {S.TERMS_AGREED: 0, S.UNDER_REVIEW: 7, S.SUPERSEDED: 7, S.RECALLED: 7, S.RELEASED: 7, S.CANCELLED: -1} | {
    state: place for place, (state, _label) in enumerate(STEPS) if state != S.RELEASED
}
KINDS = {
    Position.Kind.AGREE: ("ok", "check"),
    Position.Kind.RESERVATION: ("vio", "flag"),
    Position.Kind.DISSENT: ("bad", "x"),
    Position.Kind.NONE: ("mute", "clock"),
}
BOXES = [
    ("open", pgettext_lazy("words, assessments", "In progress"), Assessment.WORKING),
    ("released", pgettext_lazy("words, assessments", "Released"), tuple(Assessment.OUT)),
    ("ended", pgettext_lazy("words, assessments", "Ended"), (S.SUPERSEDED, S.RECALLED, S.CANCELLED)),
]


NAMES_S = 60


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the work: done, now, or still to come, with its last day and how late the step of now is."""

    label: Any
    done: bool
    now: bool
    day: datetime.date | None
    late: str


def list_assessment_steps(row: Assessment, today: datetime.date) -> list[Step]:
    """The steps with their days."""
    here = AT[S(row.state)]
    found = []
    for place, (state, label) in enumerate(STEPS):
        day = row.released_at.date() if state == S.RELEASED and row.released_at else checks.last_day(row, state)
        late = late_by(days_late(day, today)) if place == here else ""
        found.append(Step(label, place < here, place == here, day, late))
    return found


def marking(row: Assessment) -> Banner:
    """The banner of an assessment: the ceiling of its classification, and TLP."""
    return of(row)


def with_parts(rows: Any) -> Any:
    """Rows with how many comments on each are not closed as `open_comments`, and its signatures as `given`."""
    mine = Comment.objects.filter(assessment=OuterRef("pk")).exclude(outcome=Comment.Outcome.CLOSED)
    counted = mine.order_by().values("assessment").annotate(n=Count("pk")).values("n")
    signed = Signature.objects.filter(assessment=OuterRef("pk")).order_by("pk")
    facts = JSONObject(
        party="party_id",
        kind="kind",
        sha256="content_sha256",
        text="text",
        at="at",
        void_at="void_at",
        home="user__home_party",
    )
    given = ArraySubquery(signed.values(facts=facts))
    return rows.annotate(open_comments=Coalesce(Subquery(counted), 0), given=given)


def signatures(row: Any) -> list[Signature]:
    """The signatures of a row that was read `with_parts`, void ones too, the newest last."""
    return [
        Signature(
            assessment=row,
            user=User(home_party_id=said["home"]),
            party_id=said["party"],
            kind=said["kind"],
            content_sha256=said["sha256"],
            text=said["text"],
            at=datetime.datetime.fromisoformat(said["at"]),
            void_at=moment(said["void_at"]),
        )
        for said in row.given
    ]


def filter_assessment_box(rows: Any, box: str) -> Any:
    """Rows of a box of the list."""
    return rows.filter(state__in=next(states for code, _label, states in BOXES if code == box))


def names_of() -> dict[str, str]:
    """{party: its short name} of all parties: public, and kept for a minute. At most one query."""
    found: Any = cache.get_or_set("jta-parties", lambda: dict(Party.objects.values_list("code", "short_name")), NAMES_S)
    return dict(found)


def list_party_answers(row: Assessment) -> list[Participant]:
    """Parties that were asked, with what they answered. One query."""
    return list(Participant.objects.filter(assessment=row).select_related("party").order_by("party__short_name"))


def writers(row: Assessment) -> dict[int, str]:
    """{user id: name and party} of the lead and all who ever worked on it by name; 0 is the portal. One query."""
    rows = Member.objects.filter(assessment=row).select_related("user", "desk")
    named = {one.user_id: _named(one.user, one.desk.party_id) for one in rows}
    return {
        0: str(pgettext_lazy("words, assessments", "The portal")),
        **named,
        row.lead_id: _named(row.lead, row.originator_id),
    }


def _named(person: User, party: str) -> str:
    return f"{person.name_at(party)}, {party}"


def members(row: Assessment) -> list[Member]:
    """Persons who work on it by name. One query."""
    rows = Member.objects.filter(assessment=row, ended_at=None).select_related("user", "desk__party")
    return list(rows.order_by("role", "user__username"))


def list_read_contributions(actor: Actor, row: Assessment) -> list[Any]:
    """Contributions as far as the actor may read them, each with `.number` of its report where they see it."""
    found = list(Contribution.objects.visible_to(actor).filter(assessment=row).select_related("party").order_by("pk"))
    numbers = numbers_of(actor, [one.report for one in found if one.report])
    for one in found:
        one.seen = numbers.get(one.report)
    return found


def numbers_of(actor: Actor, threads: Iterable[Any]) -> dict[Any, Report]:
    """{thread: its report} of those that the actor sees. One query."""
    wanted = set(threads)
    rows = Report.objects.visible_to(actor).filter(thread__in=wanted).order_by("edition") if wanted else []
    return {one.thread: one for one in rows}


@dataclass(frozen=True, slots=True)
class Card:
    """A judgement as its card shows it to one reader."""

    row: Judgement
    band: yardstick_charts.Scale
    confidence: int
    sources: list[tuple[Citation, Any]]
    basis: str
    sha256: str
    held: list[tuple[str, str, Position]]
    older: list[Position]
    without: list[str]
    findings: list[tuple[str, str, str]]
    blind: list[str]
    lost: bool


def cards(
    actor: Actor,
    row: Assessment,
    judged: Sequence[Judgement],
    said: Sequence[Position],
    *,
    advice: bool,
) -> list[Card]:
    """Cards of judgements; sources are those that the reader sees, `advice` adds the checks for who writes.

    That a report was recalled is told to everybody, which one to nobody.
    """
    threads = {cite.report for one in judged for cite in one.cites}
    force, reports, gone = sources.known(actor, threads)
    missing = sources.blind(row, threads - gone, force) if advice else {}
    lint = checks.judgement_lint(row, judged) if advice else []
    found = []
    for one in judged:
        sha256 = parts.judgement_sha256(one)
        held = [each for each in said if each.judgement_id == one.pk]
        now = [each for each in held if each.judgement_sha256 == sha256]
        found.append(
            Card(
                row=one,
                band=yardstick_charts.scale(row.yardstick, one.likelihood),
                confidence=("low", "moderate", "high").index(one.confidence) + 1,
                sources=[(cite, reports[cite.report]) for cite in one.cites if cite.seen and cite.report in reports],
                basis=one.confidence_basis,
                sha256=sha256,
                held=[(*KINDS[Position.Kind(each.kind)], each) for each in now],
                older=[each for each in held if each.judgement_sha256 != sha256],
                without=[party for party in sorted(row.accepted) if party not in {each.party_id for each in now}],
                findings=[
                    (each.rule, each.severity, violations.describe_finding(each.rule))
                    for place, each in lint
                    if place == checks.name_judgement(one)
                ],
                blind=sorted({party for cite in one.cites for party in missing.get(cite.report, [])}),
                lost=any(cite.report in gone for cite in one.cites),
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class Signed:
    """How far a party is with its signature: requested, signed, refused, void; and who sent the person that gave it."""

    party: str
    name: str
    state: str
    at: datetime.datetime | None
    text: str
    seconded_from: str


def signed(row: Assessment, given: Iterable[Signature], sha256: str, names: dict[str, str]) -> list[Signed]:
    """Each party that takes part; a signature under another text than the present one is void."""
    latest = {one.party_id: one for one in given}
    found = []
    for party in sorted(row.accepted):
        one = latest.get(party)
        state = "requested" if one is None else one.kind
        if one is not None and (one.void_at is not None or one.content_sha256 != sha256):
            state = "void"
        text = one.text if one is not None else ""
        sent_by = one.user.seconded_to(party) if one is not None else ""
        found.append(Signed(party, names.get(party, party), state, one.at if one else None, text, sent_by))
    return found


def advice(row: Assessment, written: Sequence[parts.Text], known: Iterable[str]) -> list[tuple[str, str, str]]:
    """(rule, how grave, what it means) of what the checks say of the sections, and abbreviations."""
    found = [
        (each.rule, each.severity, violations.describe_finding(each.rule, place))
        for place, each in checks.text_lint(row, written)
    ]
    return found + [
        ("A1", "info", violations.describe_finding("A1", word)) for word in checks.unexplained(written, known)
    ]


def make_position_table(
    row: Assessment, judged: Sequence[Judgement], said: Sequence[Position], names: dict[str, str]
) -> list[Any]:
    """[(party, name, [(kind of chip, picture, position) or None])]: the matrix of positions."""
    return [
        (party, names.get(party, party), [(*KINDS[Position.Kind(one.kind)], one) if one else None for one in held])
        for party, held in product.table_of(row, judged, said)
    ]
