"""The released report: its paragraphs with their marks, and who can receive it."""

import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.access.templatetags.portal import percent
from apps.assessments.models import Assessment, Judgement, Position, Signature
from apps.assessments.queries import parts, sources
from apps.assessments.rules import prose, yardsticks
from apps.people.models import Desk
from apps.rifc.queries import rule
from apps.rifc.rules import release
from apps.rifc.rules.facts import Facts, Viewer

_SIGNS = re.compile(r"([\\`*_\[\]<>#|~])")
NOT_ASKED = (Position.Kind.AGREE, Position.Kind.NONE)


def marked(text: str) -> str:
    """Text as Markdown that says the same, whatever signs it holds."""
    return _SIGNS.sub(r"\\\1", text)


def likelihood_words(row: Assessment, one: Judgement) -> str:
    """The band of a judgement in words; empty for a statement of the present."""
    band = yardsticks.band_of(row.yardstick, one.likelihood)
    return f"{band.term}, {percent(f'{band.low}–{band.high}')}" if band else ""


def confidence_words(one: Judgement) -> str:
    """The second sentence of a judgement: how sure, and on what basis."""
    said = _("Our confidence in this judgement is %(level)s: %(basis)s")
    return said % {"level": one.confidence, "basis": one.confidence_basis}


def position_words(said: Position) -> str:
    """A position with its words, as it is printed."""
    label = Position.Kind(said.kind).label
    return f"{said.party_id}: {label}" + (f". {said.text}" if said.text else "")


def table_of(
    row: Assessment, judged: Sequence[Judgement], said: Iterable[Position]
) -> list[tuple[str, list[Position | None]]]:
    """[(party, its position on each judgement or None)]: silence is no consent."""
    now = {one.pk: parts.judgement_sha256(one) for one in judged}
    held = {(one.party_id, one.judgement_id): one for one in said if now.get(one.judgement_id) == one.judgement_sha256}
    return [(party, [held.get((party, one.pk)) for one in judged]) for party in sorted(row.accepted)]


@dataclass(frozen=True, slots=True)
class Product:
    """What is published: paragraphs as a report takes them, and the threads that they rest on."""

    paragraphs: list[dict[str, Any]]
    threads: frozenset[uuid.UUID]
    categories: list[str]
    summary: str


def product(row: Assessment, ceiling: int) -> Product:
    """The whole up to a marking: what is marked above it is absent, without a gap."""
    judged = [one for one in parts.judgements(row) if one.level <= ceiling]
    said = parts.positions(row)
    made = [_judgement(row, one, said) for one in judged]
    for text in parts.texts(row):
        made += _section(text, ceiling)
    made += _annex(row, judged, said)
    threads = frozenset(thread for one in made for thread in one["cites"])
    categories = sorted({one.threat_category for one in judged if one.threat_category})
    return Product(made, threads, categories, row.question)


def _paragraph(text: str, level: int, cites: Iterable[uuid.UUID] = (), pid: uuid.UUID | None = None) -> dict[str, Any]:
    return {
        "text": text,
        "portion": level,
        "scheme": "",
        "grade": "",
        "source_type": "",
        "source_ref": "",
        "releasable": False,
        "cites": sorted(set(cites)),
        "corroborated_by": [],
        "pid": pid,
    }


def _judgement(row: Assessment, one: Judgement, said: Sequence[Position]) -> dict[str, Any]:
    lead = pgettext("words, assessments", "Judgement %(n)s.") % {"n": one.order}
    lines = [f"**{lead}** {marked(one.text)}"]
    band = likelihood_words(row, one)
    if band:
        lines.append(pgettext("words, assessments", "Likelihood: %(band)s") % {"band": band})
    lines.append(marked(confidence_words(one)))
    sha256 = parts.judgement_sha256(one)
    for each in said:
        if each.judgement_id == one.pk and each.judgement_sha256 == sha256 and each.kind not in NOT_ASKED:
            lines.append("> " + marked(position_words(each)).replace("\n", "\n> "))
    return _paragraph("\n\n".join(lines), one.level, [cite.report for cite in one.cites], one.pk)


def _section(text: parts.Text, ceiling: int) -> list[dict[str, Any]]:
    """The paragraphs of a section up to a marking; its title stands before the first that is left."""
    title = f"**{marked(text.section.title)}**"
    made = []
    for block in text.paragraphs:
        level = text.section.level if block.level is None else block.level
        if level <= ceiling:
            cites = [uuid.UUID(report) for report, _para in block.cites if prose.is_id(report)]
            words = f"**{marked(block.text)}**" if block.kind == "heading" else marked(block.text)
            made.append(_paragraph(words, level, cites))
    if made:
        made[0]["text"] = f"{title}\n\n{made[0]['text']}"
    return made


def _annex(row: Assessment, judged: Sequence[Judgement], said: Sequence[Position]) -> list[dict[str, Any]]:
    """The table of positions and the signatures, for everybody who has the report."""
    signed = [one for one in parts.signatures(row) if one.void_at is None]
    level = min(row.level, 1)
    head = [
        pgettext("column, assessments", "Party"),
        *(pgettext("column, assessments", "Judgement %(n)s") % {"n": one.order} for one in judged),
    ]
    lines = [f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]
    for party, held in table_of(row, judged, said):
        cells = [
            Position.Kind(one.kind).label if one else pgettext("words, assessments", "no position") for one in held
        ]
        lines.append(f"| {' | '.join([party, *cells])} |")
    positions = f"**{pgettext('words, assessments', 'Positions')}**\n\n" + "\n".join(lines)
    names = [f"- {marked(signature_words(one))}" for one in signed]
    signatures = f"**{pgettext('words, assessments', 'Signatures')}**\n\n" + "\n".join(names)
    made = [_paragraph(positions, level)] if judged else []
    return [*made, _paragraph(f"{signatures}\n\nSHA-256 {row.content_sha256}", level)] if signed else made


def signature_words(one: Signature) -> str:
    """A signature or refusal as it is printed."""
    who, moment = one.party_id, f"{one.at:%Y-%m-%d %H:%M} UTC"
    if home := one.user.seconded_to(who):
        who = _("%(party)s (through a person seconded from %(home)s)") % {"party": who, "home": home}
    if one.kind == Signature.State.SIGNED:
        return _("%(party)s signed on %(at)s, text %(hash)s") % {
            "party": who,
            "at": moment,
            "hash": one.content_sha256[:12],
        }
    return _("On %(at)s, %(party)s refused to sign: %(why)s") % {"party": who, "at": moment, "why": one.text}


@dataclass(frozen=True, slots=True)
class Audience:
    """Desks that get the report, and those that cannot: something it rests on was not cleared for them."""

    desks: list[Any]
    left_out: list[Any]


def audience(
    row: Assessment, level: int, tlp: str, threads: Iterable[uuid.UUID], codes: Iterable[str] = ()
) -> Audience:
    """The desks of parties that take part, and those named by code, as far as the originators have cleared them."""
    named = Desk.objects.filter(code__in=list(codes), active=True).select_related("function", "party")
    wanted = {desk.pk: desk for desk in [*sources.desks_of(row.accepted), *named] if desk.pk != row.owner_id}
    reports = list(sources.in_force(threads).values())
    facts = rule.facts_of(reports) if reports else {}
    mou, associates = rule.members(), rule.kinds_of_parties(["associate_member"])
    this = Facts("shared", row.originator_id, "", level, tlp)
    got: list[Any] = []
    out: list[Any] = []
    for desk in sorted(wanted.values(), key=lambda one: str(one.code)):
        target = rule.as_target(desk, mou, associates)
        fits = release.receivable(this, target) is None
        viewer = Viewer(
            desk.party_id, desk.code, desk.function.max_level, "", mou=target.mou, associate=target.associate
        )
        cleared = all(
            one.originator_id == desk.party_id or release.view(facts[one.pk], viewer).result == release.FULL
            for one in reports
        )
        (got if fits and cleared else out).append(desk)
    return Audience(got, out)


def orcon(threads: Iterable[uuid.UUID]) -> bool:
    """Whether something the report rests on may not leave its recipients: then neither may the report."""
    return any(one.orcon for one in sources.in_force(threads).values())
