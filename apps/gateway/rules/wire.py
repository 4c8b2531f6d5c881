"""The interface to the INTERPOL side: questions and answers as JSON, and what makes an answer no answer. Pure.

    POST {base}/sltd/query        {"request", "purpose", "queries": [{"id", "document": {type, number, issuer}}]}
    POST {base}/nominals/query    {"request", "purpose", "queries": [{"id", "identity": {IDENTITY, without documents}}]}
    answer, both: {"request", "answers": [{"id", "document" or "identity" as asked, "result", "records": [RECORD]}]}

`result` is "none" or "found". RECORD: {"id", "document" or "identity", "status" (SLTD) or "colour" (notices),
"restricted": [party codes that must not be told]}. Authorization: Bearer. An answer counts only if it names its
request, repeats its question and holds together; anything else is a fault of that question, and it is asked again.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

PATHS = {"documents": "/sltd/query", "persons": "/nominals/query"}
ASKS = {"documents": "document", "persons": "identity"}
"""By kind of source: the address, and the part of a question that holds what is asked."""
LONGEST_REFERENCE, MOST_RECORDS = 50, 50
TIMEOUT, UNREACHABLE, REFUSED, SERVER = "timeout", "unreachable", "refused", "server_error"
BROKEN, OTHER, HALF = "broken", "other_question", "half_answer"
FAULTS = (TIMEOUT, UNREACHABLE, REFUSED, SERVER, BROKEN, OTHER, HALF)


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back for one question: the records (none = no record), or why that is no answer."""

    fault: str = ""
    records: tuple[dict[str, Any], ...] = ()


def asking(kind: str, request: str, purpose: str, questions: Mapping[str, Any]) -> dict[str, Any]:
    """The body of a request; `questions` are bodies by id."""
    part = ASKS[kind]
    return {
        "request": request,
        "purpose": purpose,
        "queries": [{"id": key, part: body} for key, body in questions.items()],
    }


def failed(questions: Mapping[str, Any], fault: str) -> dict[str, Reply]:
    """The same fault for every question."""
    return {key: Reply(fault) for key in questions}


def read_source_answer(kind: str, data: bytes, request: str, questions: Mapping[str, Any]) -> dict[str, Reply]:
    """A reply for every question, whatever the bytes are; one that is not in the answer is `half_answer`."""
    try:
        said = json.loads(data)
        answers = said["answers"]
        given = {str(one["id"]): one for one in answers}
    except (ValueError, TypeError, KeyError, RecursionError):
        return failed(questions, BROKEN)
    if said.get("request") != request:
        return failed(questions, OTHER)
    if len(given) != len(answers):
        return failed(questions, BROKEN)
    return {key: _reply(kind, given.get(key), body) for key, body in questions.items()}


def _reply(kind: str, one: Any, body: Any) -> Reply:
    if one is None:
        return Reply(HALF)
    if one.get(ASKS[kind]) != body:
        return Reply(OTHER)
    records = one.get("records")
    if not isinstance(records, list) or one.get("result") != ("found" if records else "none"):
        return Reply(BROKEN)
    if len(records) > MOST_RECORDS or not all(_is_record(kind, record) for record in records):
        return Reply(BROKEN)
    if kind == "documents" and not all(_same_document(record["document"], body) for record in records):
        return Reply(OTHER)
    return Reply(records=tuple(records))


def _is_record(kind: str, record: Any) -> bool:
    if not isinstance(record, dict) or not isinstance(record.get(ASKS[kind]), dict):
        return False
    named = record.get("id")
    restricted = record.get("restricted", [])
    is_named = isinstance(named, str) and 0 < len(named) <= LONGEST_REFERENCE
    return is_named and isinstance(restricted, list) and all(isinstance(code, str) for code in restricted)


def _same_document(held: Mapping[str, Any], asked: Mapping[str, Any]) -> bool:
    """Whether a record is about what was asked; of a document whose issuer nobody stated, any issuer's is."""
    if plain(held.get("number")).lstrip("0") != plain(asked.get("number")).lstrip("0"):
        return False
    return not asked.get("issuer") or plain(held.get("issuer")) == plain(asked.get("issuer"))


def plain(text: Any) -> str:
    """A number or code as documents are compared: capitals and digits alone."""
    return "".join(letter for letter in str(text or "").upper() if letter.isalnum())


def batches(questions: Sequence[tuple[str, int]], size: int, alone_after: int) -> list[list[str]]:
    """Ids of questions (with their attempts) put into requests of `size`; what has failed often goes alone.

    A question that the other side cannot bear then holds nobody back but itself.
    """
    together = [key for key, attempts in questions if attempts < alone_after]
    cut = [together[i : i + size] for i in range(0, len(together), size)]
    return [*cut, *([key] for key, attempts in questions if attempts >= alone_after)]
