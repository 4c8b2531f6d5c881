"""The record of a decision: everything that was decided, how, by whom, and how a stranger can check it."""

import json
from collections.abc import Iterator
from typing import Any

from apps.council.rules.documents import words
from apps.council.rules.documents.facts import DecisionFacts, RollLine
from apps.council.rules.titles import meeting_name
from apps.documents.rendering import (
    Arithmetic,
    Block,
    Clause,
    Document,
    Heading,
    KeyValues,
    Marking,
    Note,
    PageBreak,
    Paragraph,
    Table,
    to_data,
)

FORMAT = "caricom-decision/1"
DRAFT = "DRAFT – not sealed"
COPY = "Working copy – not issued"
HOW = (
    "Take the object `content` and give it one more key, `prev_seal`, with the value of `chain.prev_seal`.",
    "Write it as JSON: keys sorted by code point at every level, no blanks, UTF-8, text in Unicode NFC.",
    "The SHA-256 of these bytes, in hexadecimal, is `chain.seal`. Each correction is checked in the same way.",
    "`prev_seal` is the seal of the decision or correction sealed before, and empty for the first of all.",
    "The text hash is the SHA-256 of {preamble, clauses: [[number, text], …]}, written in the same way.",
)
"""How an outsider recomputes a seal; apps.council.rules.seals does the same."""


def describe_decision(facts: DecisionFacts, *, version: str = "1", language: str = "", issued: bool = True) -> Document:
    """The record in full, without closing and copy mark. `language` adds that marked translation, if there is one.

    A decision without a seal is marked as a draft on every page, and so is a copy that is not `issued`.
    """
    decision = facts.decision
    translation = facts.translations.get(language)
    return Document(
        title=decision.title,
        reference=str(decision),
        marking=Marking(words.level(decision.level), _caveat(facts, issued)),
        version=version if facts.is_sealed else str(decision.text_version),
        date=_moment(facts),
        blocks=(
            *_standing(facts, issued),
            *_about(facts),
            *_text(facts),
            *_money(facts),
            *_result(facts),
            *_roll(facts),
            *_statements(facts),
            *_corrections(facts),
            *_seal(facts),
            *(_translated(translation, language) if translation is not None else ()),
        ),
        fictional=decision.fictional,
    )


def _caveat(facts: DecisionFacts, issued: bool) -> str:
    parts = [words.MEMBERS_ONLY] if facts.restricted else []
    if not facts.is_sealed:
        parts.append(DRAFT)
    elif not issued:
        parts.append(COPY)
    return " – ".join(parts)


def _moment(facts: DecisionFacts) -> Any:
    """When the record last had something to say: equal facts give an equal date, and so equal bytes."""
    if not facts.is_sealed:
        return facts.decision.changed_at
    return max([facts.entry.at, *(row.at for row in facts.corrections), *(row.at for row in facts.statements)])


def _standing(facts: DecisionFacts, issued: bool) -> Iterator[Block]:
    if not facts.is_sealed:
        state = facts.decision.get_state_display().lower()
        yield Note(f"{state}. It can still change; what counts is the issued record of the sealed text.", DRAFT)
    elif not issued:
        yield Note("What counts is the issued record, which anybody can verify.", COPY)


def _about(facts: DecisionFacts) -> Iterator[Block]:
    decision, meeting = facts.decision, facts.decision.meeting
    where = "decided in writing" if meeting is None else meeting_name(meeting.number, meeting.kind)
    if meeting is not None:
        where = ", ".join(part for part in (where, meeting.place, words.day(_day_of(meeting))) if part)
    pairs = [
        ("Number", str(decision)),
        ("Kind", decision.get_kind_display()),
        ("Organ", decision.organ.name),
        ("Meeting", where),
        ("Proposed by", facts.names.get(decision.proposer_id, decision.proposer_id)),
        ("Adopted", words.day(decision.adopted_on)),
        ("In force from", words.day(decision.effective_on or decision.adopted_on)),
    ]
    if decision.expires_on:
        pairs.append(("Expires", words.day(decision.expires_on)))
    yield KeyValues((*pairs, ("Authentic language", "English")))


def _day_of(meeting: Any) -> Any:
    return meeting.starts_at.astimezone(words.ZoneInfo(meeting.time_zone)).date()


def paragraphs(text: str) -> Iterator[Block]:
    """A text as paragraphs, cut at its empty lines."""
    for part in text.replace("\r\n", "\n").split("\n\n"):
        if part.strip():
            yield Paragraph(part.strip())


def clauses(facts: DecisionFacts) -> Iterator[Block]:
    """Each clause with whom it binds and until when it is due."""
    for clause in facts.clauses:
        codes = facts.addressees.get(clause.number, ())
        details = [f"Addressees: {words.addressees(clause.addressee_rule, codes, facts.names)}"]
        if clause.due_on:
            details.append(f"Due: {words.day(clause.due_on)}")
        if clause.evidence_required:
            details.append(f"Evidence: {', '.join(clause.evidence_required)}")
        yield Clause(clause.number, clause.text, tuple(details))


def _text(facts: DecisionFacts) -> Iterator[Block]:
    yield Heading("Text")
    yield from paragraphs(facts.decision.preamble)
    yield from clauses(facts)
    if facts.corrections:
        yield Note("Read the text with the corrections below.")


def _money(facts: DecisionFacts) -> Iterator[Block]:
    yield Heading("Financial implications")
    yield Paragraph(words.money(facts.decision.financial))


def _result(facts: DecisionFacts) -> Iterator[Block]:
    yield Heading("Result")
    final = (facts.decision.result or {}).get("sentence", "") or facts.sentence
    yield Paragraph(final or "No vote was held yet.")
    if facts.vote is None or not facts.arithmetic:
        return
    method = f"{facts.vote.get_method_display()}, {words.day(facts.vote.day)}"
    if facts.vote.closes_at:
        until = words.local(facts.vote.closes_at, "UTC")
        method += f", open from {words.local(facts.vote.opened_at, 'UTC')} to {until} at the latest"
    yield Arithmetic(words.arithmetic(facts.arithmetic, facts.names), ("Result", facts.sentence), caption=method)
    if facts.recount:
        yield Arithmetic(
            words.arithmetic(facts.recount, facts.names), ("Result", final), caption="After the confirmations"
        )
    analogy = next((value for code, value in facts.arithmetic if code == "by_analogy"), "")
    if analogy:
        yield Note(analogy)


def _roll(facts: DecisionFacts) -> Iterator[Block]:
    if not facts.roll:
        return
    yield Heading("Roll call")
    head = ("State", "Present", "Entitled", "Vote", "Explanation")
    yield Table(head, tuple(_roll_line(line, facts.vote) for line in facts.roll))


def _roll_line(line: RollLine, vote: Any) -> tuple[str, ...]:
    said = words.VOTES.get(line.vote) or _silent(line, vote)
    if line.confirmed is not None:
        said += "; confirmed" if line.confirmed else "; not confirmed"
    present = "In writing" if vote.method in {"written", "silence"} else "Present" if line.present else "Absent"
    entitled = f"No. {line.barred}" if line.barred else "Yes"
    return (line.name, present, entitled, said, line.explanation)


def _silent(line: RollLine, vote: Any) -> str:
    if vote.state == "open":
        return "–"
    joined = vote.method == "consensus" and line.present and not line.barred
    return "No objection" if joined else "Did not vote"


def _statements(facts: DecisionFacts) -> Iterator[Block]:
    yield Heading("Reservations and other statements")
    if not facts.statements:
        yield Paragraph("None.")
        return
    head = ("State", "Statement", "Clauses", "Text", "Standing")
    yield Table(head, tuple(_statement(row, facts) for row in facts.statements))


def _statement(row: Any, facts: DecisionFacts) -> tuple[str, ...]:
    standing = [row.get_state_display(), row.basis, f"until {words.day(row.until)}" if row.until else ""]
    said = f"{row.get_kind_display()}, {words.day(row.at.date())}"
    name = facts.names.get(row.party_id, row.party_id)
    return (name, said, ", ".join(row.clauses) or "the whole", row.text, ", ".join(part for part in standing if part))


def _corrections(facts: DecisionFacts) -> Iterator[Block]:
    if not facts.corrections:
        return
    yield Heading("Corrections")
    for row in facts.corrections:
        said = row.content
        place = "preamble" if said["clause"] == "P" else f"clause {said['clause']}"
        yield KeyValues(
            (
                ("Corrected", f"{words.day(row.at.date())}, {place}"),
                ("Reads", said["wrong"]),
                ("Should read", said["right"]),
                ("Reason", said["reason"]),
                ("Seal of the correction", row.seal),
            )
        )


def _seal(facts: DecisionFacts) -> Iterator[Block]:
    if not facts.is_sealed:
        return
    rule_set, rule_hash = facts.entry.content["rule_set"]
    yield Heading("Rules and seal")
    yield KeyValues(
        (
            ("Rule set", rule_set),
            ("Rule set (SHA-256)", rule_hash),
            ("Text hash (SHA-256)", facts.decision.text_hash),
            ("Place in the chain", str(facts.entry.position)),
            ("Previous seal", facts.entry.previous or "none: the first of the chain"),
            ("Seal", facts.entry.seal),
        )
    )


def _translated(row: Any, language: str) -> Iterator[Block]:
    name = words.LANGUAGES.get(language, language)
    yield PageBreak()
    yield Heading(f"Translation into {name}")
    yield Note("The English text is the authentic one.", "Translation")
    yield Heading(row.title, 2)
    yield from paragraphs(row.preamble)
    for clause in row.clauses:
        yield Clause(clause["number"], clause["text"])


def record_data(facts: DecisionFacts, document: Document) -> bytes:
    """The record as JSON: of a sealed decision what was sealed and its link, so that an outsider can recompute it.

    The same facts give the same bytes.
    """
    data: dict[str, Any] = {"format": FORMAT, "sealed": facts.is_sealed, "record": to_data(document)}
    if facts.is_sealed:
        data |= {"content": facts.entry.content, "chain": _link(facts.entry), "how_to_recompute": list(HOW)}
        data["corrections"] = [{"content": row.content, "chain": _link(row)} for row in facts.corrections]
    return as_json(data)


def as_json(data: Any) -> bytes:
    """JSON for people and programs: sorted, indented, UTF-8."""
    return json.dumps(data, sort_keys=True, indent=1, ensure_ascii=False).encode()


def _link(row: Any) -> dict[str, Any]:
    return {"position": row.position, "prev_seal": row.previous, "seal": row.seal, "at": row.at.isoformat()}
