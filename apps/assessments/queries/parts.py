"""The parts of an assessment as they count now: sections with their text, judgements, positions, signatures."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Value
from django.db.models.functions import JSONObject

from apps.access.actor import Actor
from apps.assessments.models import Assessment, Citation, Comment, Judgement, Outcome, Position, Section, Signature
from apps.assessments.rules import prose
from apps.coedit.actions import section_texts
from apps.rifc.rules.content import digest


@dataclass(frozen=True, slots=True)
class Text:
    """A section with its committed text: `seq` counts its changes, `sha256` is of its content."""

    section: Section
    seq: int
    epoch: int
    json: dict[str, Any]
    plain: str
    sha256: str

    @property
    def paragraphs(self) -> list[prose.Prose]:
        """Its blocks with their marks."""
        return prose.paragraphs(self.json)


def sections(row: Assessment) -> list[Section]:
    """Sections in order. One query."""
    return list(Section.objects.filter(assessment=row, removed_at=None).order_by("order", "pk"))


def texts(row: Assessment, found: Sequence[Section] | None = None) -> list[Text]:
    """Sections with their text, in order."""
    rows = sections(row) if found is None else found
    written = section_texts.rendered_many([one.pk for one in rows])
    return [_text(one, written.get(one.pk)) for one in rows]


def _text(section: Section, written: Any) -> Text:
    if written is None:
        return Text(section, 0, 0, {"type": "doc", "content": []}, "", "")
    return Text(section, written.seq, written.epoch, written.json, written.plain, written.sha256)


def text_of(section: Section, written: section_texts.Rendered | None = None) -> Text:
    """One section with its text, which is read where it is not given."""
    return _text(section, written or section_texts.rendered_many([section.pk]).get(section.pk))


def judgements(row: Assessment, reader: Actor | None = None) -> list[Judgement]:
    """Judgements in order, each with all its citations as `.cites`: for rules and fingerprints. One query.

    A citation says in `.seen` whether the reader sees its report.
    """
    mine = Citation.objects.visible_to(reader).filter(pk=OuterRef("pk"))
    known = Exists(mine) if reader is not None else Value(False)
    cited = Citation.objects.filter(judgement=OuterRef("pk")).order_by("pk").annotate(seen=known)
    facts = JSONObject(id="pk", report="report", para="para", seen="seen")
    rows = Judgement.objects.filter(assessment=row, dropped_at=None).annotate(
        cited=ArraySubquery(cited.values(facts=facts))
    )
    found: Any = list(rows.order_by("order", "pk"))
    for one in found:
        one.cites = [_citation(row, one, said) for said in one.cited]
    judged: list[Judgement] = found
    return judged


def _citation(row: Assessment, one: Judgement, said: dict[str, Any]) -> Any:
    made: Any = Citation(
        id=uuid.UUID(said["id"]), assessment=row, judgement=one, report=uuid.UUID(said["report"]), para=said["para"]
    )
    made._state.adding = False
    made.seen = said["seen"]
    return made


def judgement_sha256(one: Judgement) -> str:
    """The fingerprint of a judgement (with `.cites`): what a position is bound to."""
    return digest(
        {
            "id": str(one.pk),
            "text": one.text,
            "level": one.level,
            "likelihood": one.likelihood,
            "confidence": one.confidence,
            "basis": one.confidence_basis,
            "from": str(one.timeframe_from or ""),
            "to": str(one.timeframe_to or ""),
            "category": one.threat_category,
            "area": list(one.area),
            "alternatives": one.alternatives,
            "assumptions": list(one.assumptions),
            "indicators": list(one.indicators),
            "citations": sorted(f"{cite.report}:{cite.para or ''}" for cite in one.cites),
        }
    )


def positions(row: Assessment) -> list[Position]:
    """Positions that are not void, in the order of parties. One query."""
    return list(Position.objects.filter(assessment=row, void_at=None).order_by("party_id", "pk"))


def signatures(row: Assessment) -> list[Signature]:
    """Signatures and refusals, void ones too, the newest last. One query."""
    return list(Signature.objects.filter(assessment=row).select_related("user").order_by("pk"))


def comments(row: Assessment) -> list[Comment]:
    """Comments in the order in which they were made. One query."""
    rows = Comment.objects.filter(assessment=row).select_related("section", "judgement", "party", "user")
    return list(rows.order_by("pk"))


def terms(row: Assessment) -> dict[str, Any]:
    """The terms of reference, as they are fingerprinted."""
    plain = ("title", "question", "scope", "out_of_scope", "audience", "tlp", "yardstick", "level", "review_months")
    return {
        **{name: getattr(row, name) for name in plain},
        "period": [str(row.period_from), str(row.period_to)],
        "area": list(row.area),
        "lead": row.lead_id,
        "due": dict(row.due),
    }


def terms_sha256(row: Assessment) -> str:
    """The fingerprint of the terms of reference."""
    return digest({**terms(row), "parties": sorted({*row.invited, *row.accepted})})


def content_sha256(row: Assessment) -> str:
    """The fingerprint of what is signed: terms, sections, judgements, positions, markings, citations."""
    return fingerprint(row, texts(row), judgements(row), positions(row))


def fingerprint(row: Assessment, written: Iterable[Text], judged: Iterable[Judgement], said: Iterable[Position]) -> str:
    """content_sha256 of parts that are loaded already."""
    # absent where nothing was taken back, so that what was signed before contributions counted keeps its fingerprint
    taken_back = {"withdrawn": sorted(map(str, row.withdrawn))} if row.withdrawn else {}
    return digest(
        {
            **taken_back,
            "id": str(row.pk),
            "terms": row.terms_sha256,
            "title": row.title,
            "level": row.level,
            "tlp": row.tlp,
            "sections": [
                [str(one.section.pk), one.section.title, one.section.level, one.sha256 or one.plain] for one in written
            ],
            "judgements": [judgement_sha256(one) for one in judged],
            "positions": [
                [str(one.judgement_id), one.party_id, one.kind, one.text, one.judgement_sha256] for one in said
            ],
        }
    )


def section_of(row: Assessment, pk: Any) -> Section | None:
    """A section of the assessment; None for none."""
    return _part(Section, row, pk, removed_at=None)


def judgement_of(row: Assessment, pk: Any) -> Judgement | None:
    """A judgement of the assessment; None for none."""
    return _part(Judgement, row, pk, dropped_at=None)


def comment_of(row: Assessment, pk: Any) -> Comment | None:
    """A comment on the assessment; None for none."""
    return _part(Comment, row, pk)


def outcome_of(row: Assessment, pk: Any) -> Outcome | None:
    """What was said to have become of a judgement, with it; None for none."""
    return _part(Outcome, row, pk)


def outcomes(row: Assessment) -> list[Outcome]:
    """All that was said to have become of judgements, in order; what was not agreed too. One query."""
    rows = Outcome.objects.filter(assessment=row).select_related("judgement", "user", "second")
    return list(rows.order_by("pk"))


def _part(model: Any, row: Assessment, pk: Any, **more: Any) -> Any:
    try:
        key = uuid.UUID(str(pk))
    except ValueError:
        return None
    return model.objects.filter(assessment=row, pk=key, **more).first()


def seen_citations(actor: Actor, row: Assessment) -> dict[Any, list[Citation]]:
    """{judgement: citations of reports that the actor themselves sees}. One query."""
    found: dict[Any, list[Citation]] = defaultdict(list)
    for one in Citation.objects.visible_to(actor).filter(assessment=row).order_by("pk"):
        found[one.judgement_id].append(one)
    return found
