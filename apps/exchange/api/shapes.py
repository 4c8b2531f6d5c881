"""What the API shows of a request: whole to the desk that asks, to a desk that is asked its own part."""

from collections.abc import Sequence
from typing import Any

from rest_framework import serializers

from apps.exchange.models import Addressee, Answer, Request, Variant
from apps.exchange.queries import requests as queries
from apps.exchange.rules.lines import Line, line_of


class QuestionSerializer(serializers.Serializer):
    """A question, counted from 1."""

    n = serializers.IntegerField()
    text = serializers.CharField()


class VariantSerializer(serializers.Serializer):
    """A text for some of those asked; empty parts are the request's."""

    to = serializers.ListField(child=serializers.CharField())
    text = serializers.CharField()
    subject = serializers.CharField()
    questions = serializers.ListField(child=serializers.CharField())
    classification = serializers.CharField()
    tlp = serializers.CharField()


class AddresseeSerializer(serializers.Serializer):
    """Who is asked and how far they have come; a desk that is asked finds its own entry alone."""

    target = serializers.CharField()
    state = serializers.CharField()
    reason = serializers.CharField()
    due = serializers.DateTimeField()
    extension_asked: Any = serializers.DateTimeField(allow_null=True)


class AnswerGradingSerializer(serializers.Serializer):
    """The grade of source and information in its scheme."""

    scheme = serializers.CharField()
    value = serializers.CharField()


class AnswerFileSerializer(serializers.Serializer):
    """A file of an answer; its bytes are at /api/v1/files/attachments/."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    size = serializers.IntegerField()
    sha256 = serializers.CharField()


class AnswerSerializer(serializers.Serializer):
    """What a desk said to a question. `report` is the id of a report that it names."""

    target = serializers.CharField()
    n = serializers.IntegerField()
    kind = serializers.CharField()
    text = serializers.CharField()
    report: Any = serializers.UUIDField(allow_null=True)
    grading: Any = AnswerGradingSerializer(allow_null=True)
    files = AnswerFileSerializer(many=True)
    classification = serializers.CharField()
    tlp = serializers.CharField()
    orcon = serializers.BooleanField()
    at = serializers.DateTimeField()


class MessageSerializer(serializers.Serializer):
    """A question back, or the reply to one."""

    target = serializers.CharField()
    n: Any = serializers.IntegerField(allow_null=True)
    from_asker = serializers.BooleanField()
    text = serializers.CharField()
    at = serializers.DateTimeField()


class SubjectSerializer(serializers.Serializer):
    """Whom or what a request is about."""

    kind = serializers.CharField()
    value = serializers.CharField()


class RfiSerializer(serializers.Serializer):
    """A request. A desk that is asked has `text` and `also_asked`; what only the asking desk has is absent for it."""

    id = serializers.UUIDField()
    url = serializers.CharField()
    state = serializers.CharField()
    etag = serializers.CharField()
    number = serializers.CharField()
    box = serializers.CharField()
    subject = serializers.CharField()
    asker = serializers.CharField()
    purpose = serializers.CharField()
    legal_basis = serializers.CharField()
    priority = serializers.CharField()
    due = serializers.DateTimeField(allow_null=True)
    classification = serializers.CharField()
    tlp = serializers.CharField()
    negative_wanted = serializers.BooleanField()
    questions = QuestionSerializer(many=True)
    addressees = AddresseeSerializer(many=True)
    answers = AnswerSerializer(many=True)
    messages = MessageSerializer(many=True)
    text = serializers.CharField(required=False)
    also_asked = serializers.ListField(child=serializers.CharField(), required=False)
    open_addressees = serializers.BooleanField(required=False)
    variants = VariantSerializer(many=True, required=False)
    subjects = SubjectSerializer(many=True, required=False)
    feedback = serializers.CharField(required=False)


def shown(actor: Any, rows: Sequence[Any], place: Any) -> list[dict[str, Any]]:
    """Requests and parts as the actor may know them; `place(id)` is an address. Nine queries for any number."""
    foreign = [row for row in rows if isinstance(row, Request) and row.owner_id != actor.desk_id]
    own_parts = queries.own_parts(actor, foreign) if foreign else {}
    whole = [row for row in rows if isinstance(row, Request) and row.owner_id == actor.desk_id]
    asked = queries.parts(actor, whole)
    mine = {row.request_id: row for row in rows if isinstance(row, Addressee)} | own_parts
    every = [*mine.values(), *(part for parts in asked.values() for part in parts)]
    said = Said(actor, every) if every else Said.nothing()
    texts = queries.texts(actor, whole) if whole else {}
    found = []
    for row in rows:
        key = row.request_id if isinstance(row, Addressee) else row.pk
        if key in mine:
            found.append(_part(mine[key], said, place(key)))
        else:
            found.append(_whole(row, asked.get(key, []), said, texts, place(key)))
    return found


class Said:
    """Questions, answers and messages of parts."""

    def __init__(self, actor: Any, parts: Sequence[Addressee]) -> None:
        self.questions = queries.questions(actor, parts)
        self.answers = queries.answers(actor, parts)
        self.messages = queries.messages(actor, parts)
        lines = queries.files(actor, parts)
        self.files = {key: [_file(one.row) for one in found] for key, found in lines.items()}

    @classmethod
    def nothing(cls) -> "Said":
        """Of no part."""
        empty = cls.__new__(cls)
        empty.questions, empty.answers, empty.messages, empty.files = {}, {}, {}, {}
        return empty

    def of(self, part: Addressee) -> dict[str, list[dict[str, Any]]]:
        """What was answered and said in between."""
        target, line = part.owner.code, line_of(part.line)
        return {
            "answers": [
                _answer(one, target, line, self.files.get(one.pk, [])) for one in self.answers.get(part.pk, [])
            ],
            "messages": [
                {
                    "target": target,
                    "n": one.question.n if one.question else None,
                    "from_asker": one.from_asker,
                    "text": one.text,
                    "at": one.at,
                }
                for one in self.messages.get(part.pk, [])
            ],
        }


def word(line: Line, level: int) -> str:
    """The classification of a level."""
    return dict(line.levels())[level]


def _file(row: Any) -> dict[str, Any]:
    return {"id": row.pk, "name": row.name, "size": row.blob.size, "sha256": row.blob.sha256}


def _answer(one: Answer, target: str, line: Line, files: list[dict[str, Any]]) -> dict[str, Any]:
    marking = {"classification": word(line, one.level), "tlp": one.tlp, "orcon": one.orcon}
    plain = {"target": target, "n": one.question.n, "kind": one.kind, "text": one.text}
    grading = {"scheme": one.scheme, "value": one.grade} if one.grade else None
    return {**plain, "report": one.report, "grading": grading, "files": files, **marking, "at": one.at}


def _entry(part: Addressee) -> dict[str, Any]:
    return {
        "target": part.owner.code,
        "state": part.state,
        "reason": part.reason,
        "due": part.due_at,
        "extension_asked": part.extension_due,
    }


def _common(request: Request, row: Any, url: str) -> dict[str, Any]:
    return {
        "id": request.pk,
        "url": url,
        "state": row.state,
        "etag": row.etag,
        "number": request.number,
        "purpose": request.purpose,
        "legal_basis": request.legal_basis,
        "priority": request.priority,
        "due": row.due_at,
        "classification": word(line_of(request.line), row.level),
        "tlp": row.tlp,
        "negative_wanted": request.negative_wanted,
    }


def _part(part: Addressee, said: Said, url: str) -> dict[str, Any]:
    questions = [{"n": one.n, "text": one.text} for one in said.questions.get(part.pk, [])]
    return {
        **_common(part.request, part, url),
        "box": "received",
        "subject": queries.subject_of(part),
        "asker": part.asker.code,
        "text": part.variant.text,
        "questions": questions,
        "addressees": [_entry(part)],
        "also_asked": part.others,
        **said.of(part),
    }


def _whole(row: Request, parts: Sequence[Addressee], said: Said, texts: dict[Any, Any], url: str) -> dict[str, Any]:
    variants, subjects = texts[row.pk]
    each = [said.of(part) for part in parts]
    return {
        **_common(row, row, url),
        "box": "asked",
        "subject": row.subject,
        "asker": row.owner.code,
        "questions": [{"n": n, "text": text} for n, text in enumerate(row.questions, start=1)],
        "open_addressees": row.open_addressees,
        "variants": [_variant(one, line_of(row.line)) for one in variants],
        "addressees": [_entry(part) for part in parts],
        "answers": [one for said in each for one in said["answers"]],
        "messages": [one for said in each for one in said["messages"]],
        "subjects": [{"kind": one.kind, "value": one.value} for one in subjects],
        "feedback": row.feedback,
    }


def _variant(one: Variant, line: Line) -> dict[str, Any]:
    return {
        "to": one.targets,
        "text": one.text,
        "subject": one.subject,
        "questions": one.questions,
        "classification": word(line, one.level),
        "tlp": one.tlp,
    }
