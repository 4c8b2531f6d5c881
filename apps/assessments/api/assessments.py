"""Assessments for programs: the record with its steps, and its parts at addresses below it."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action as route
from rest_framework.response import Response

from apps.access import declared_actions
from apps.access.api import ScopedViewSet
from apps.access.schema import input_serializer
from apps.assessments.api import shapes
from apps.assessments.models import Assessment
from apps.assessments.queries import copies, parts
from apps.assessments.queries import remarks as marginal
from apps.assessments.queries import representations as queries

SPECS = declared_actions.REGISTRY
KEY = r"[0-9a-f-]{36}"
SECTION, JUDGEMENT, COMMENT, OUTCOME, REMARK = (
    rf"(?P<{name}>{KEY})" for name in ("section", "judgement", "comment", "outcome", "remark")
)
STEPS = {
    "terms_agreed": ("agree_terms",),
    "call_open": ("open_call", "reopen_call"),
    "drafting": ("close_call", "rework"),
    "coordination": ("circulate", "reopen_text"),
    "positions": ("freeze", "reopen_positions"),
    "sign_off": ("close_positions",),
    "released": ("release", "reaffirm"),
    "under_review": ("put_under_review",),
    "superseded": ("supersede",),
    "recalled": ("recall",),
    "cancelled": ("cancel",),
}
"""{state that is wanted: the verbs that end in it}."""


def _listed(results: Any) -> Response:
    return Response({"next": None, "previous": None, "results": results})


class AssessmentViewSet(ScopedViewSet):
    """Assessments in which the caller takes part."""

    model, serializer_class, noun, creates = Assessment, shapes.AssessmentSerializer, "assessment", "propose"
    related = ("lead",)
    filters: ClassVar[dict[str, Any]] = {"state": "state", "tlp": "tlp", "party": "accepted__contains"}

    def narrowed(self, rows: Any, lookup: Any, value: str, name: str) -> Any:
        """A party is looked for among those that take part."""
        return super().narrowed(rows, lookup, [value] if name == "party" else value, name)  # type: ignore[arg-type]

    def prepared(self, rows: list[Any]) -> list[Any]:
        """One record with everything; in a list what has to be counted is null."""
        return queries.prepared(rows, whole=self.action != "list")

    @extend_schema(request=shapes.TransitionInput, responses=shapes.AssessmentSerializer)
    @route(detail=True, methods=["post"], url_path="actions/transition", url_name="do-transition")
    def transition(self, request: Any, pk: Any = None) -> Response:
        """Bring the assessment to a state: the step that leads there from where it is."""
        row, data = self.named(pk), request.data
        wanted = data.get("to") if isinstance(data, dict) else None
        if not isinstance(wanted, str) or wanted not in STEPS:
            raise ValidationError({"to": _("Choose one of the possible next statuses.")})
        specs = [SPECS[f"assessment.{verb}"] for verb in STEPS[wanted]]
        spec = next((one for one in specs if row.state in one.starts), specs[0])
        given = {name: value for name, value in data.items() if name in spec.takes}
        fields = self.validated(spec, given, row) if row.state in spec.starts else {}
        return self.answer(self.fresh(spec.run(self.actor, row, **fields)))

    def _do(self, request: Any, pk: Any, verb: str, **named: Any) -> Any:
        """Carry out the verb of a part; the assessment with what was made."""
        row, spec = self.named(pk), SPECS[verb]
        data = request.data if isinstance(request.data, dict) else {}
        return spec.run(self.actor, row, **self.validated(spec, {**data, **named}, row))

    def _made(self, request: Any, pk: Any, verb: str, status: int = 200, **named: Any) -> Response:
        return Response({"id": self._do(request, pk, verb, **named).made.pk}, status=status)

    @extend_schema(responses=shapes.ContributionSerializer(many=True), filters=False)
    @route(detail=True, methods=["get"], url_path="contributions", url_name="contributions")
    def contributions(self, request: Any, pk: Any = None) -> Response:
        """Contributions that the caller may read."""
        found = queries.contributions(self.actor, self.named(pk))
        return _listed(shapes.ContributionSerializer(found, many=True).data)

    @extend_schema(request=input_serializer(SPECS["jta_contribution.give"]), responses={201: shapes.MadeSerializer})
    @contributions.mapping.post
    def contribute(self, request: Any, pk: Any = None) -> Response:
        """Contribute for one's party."""
        return self._made(request, pk, "jta_contribution.give", 201)

    @extend_schema(request=input_serializer(SPECS["jta_contribution.withdraw"]), responses=shapes.AssessmentSerializer)
    @route(detail=True, methods=["post"], url_path="actions/withdraw_contribution", url_name="do-withdraw-contribution")
    def withdraw_contribution(self, request: Any, pk: Any = None) -> Response:
        """Take back what one's party contributed."""
        return self.answer(self.fresh(self._do(request, pk, "jta_contribution.withdraw")))

    @extend_schema(responses=shapes.SectionSerializer(many=True), filters=False)
    @route(detail=True, methods=["get"], url_path="sections", url_name="sections")
    def sections(self, request: Any, pk: Any = None) -> Response:
        """Sections in their order."""
        row = self.named(pk)
        found = [queries.section(self.actor, row, text) for text in parts.texts(row)]
        return _listed(shapes.SectionSerializer(found, many=True).data)

    @extend_schema(request=input_serializer(SPECS["jta_section.add"]), responses={201: shapes.MadeSerializer})
    @sections.mapping.post
    def add_section(self, request: Any, pk: Any = None) -> Response:
        """Add a section."""
        return self._made(request, pk, "jta_section.add", 201)

    @extend_schema(responses=shapes.SectionSerializer)
    @route(detail=True, methods=["get"], url_path=f"sections/{SECTION}", url_name="section")
    def section(self, request: Any, pk: Any = None, section: Any = None) -> Response:
        """One section, and what the caller may do with its text."""
        row = self.named(pk)
        return Response(shapes.SectionSerializer(queries.section(self.actor, row, queries.text(row, section))).data)

    @extend_schema(responses=shapes.SectionTextSerializer)
    @route(detail=True, methods=["get"], url_path=f"sections/{SECTION}/text", url_name="section-text")
    def section_text(self, request: Any, pk: Any = None, section: Any = None) -> Response:
        """The committed text of a section."""
        return Response(shapes.SectionTextSerializer(queries.text(self.named(pk), section)).data)

    @extend_schema(request=input_serializer(SPECS["jta_section.replace_text"]), responses=shapes.SeqSerializer)
    @route(
        detail=True,
        methods=["post"],
        url_path=f"sections/{SECTION}/actions/replace_text",
        url_name="do-replace-text",
    )
    def replace_text(self, request: Any, pk: Any = None, section: Any = None) -> Response:
        """Write a section anew, based on the change that was read."""
        return Response({"seq": self._do(request, pk, "jta_section.replace_text", section=section).seq})

    @extend_schema(responses=shapes.RemarkSerializer(many=True), filters=False)
    @route(detail=True, methods=["get"], url_path=f"sections/{SECTION}/remarks", url_name="remarks")
    def remarks(self, request: Any, pk: Any = None, section: Any = None) -> Response:
        """Remarks on the words of a section and their answers, in order."""
        row = self.named(pk)
        found = marginal.of_text(queries.text(row, section).section)
        return _listed(shapes.RemarkSerializer(found, many=True).data)

    @extend_schema(request=input_serializer(SPECS["jta_remark.make"]), responses={201: shapes.MadeSerializer})
    @remarks.mapping.post
    def make_remark(self, request: Any, pk: Any = None, section: Any = None) -> Response:
        """Remark on words of a section, or suggest others."""
        return self._made(request, pk, "jta_remark.make", 201, section=section)

    @extend_schema(request=input_serializer(SPECS["jta_remark.answer"]), responses={201: shapes.MadeSerializer})
    @route(detail=True, methods=["post"], url_path=f"remarks/{REMARK}/actions/answer", url_name="do-answer-remark")
    def answer_remark(self, request: Any, pk: Any = None, remark: Any = None) -> Response:
        """Answer a remark."""
        return self._made(request, pk, "jta_remark.answer", 201, remark=remark)

    @extend_schema(request=None, responses=shapes.MadeSerializer)
    @route(detail=True, methods=["post"], url_path=f"remarks/{REMARK}/actions/resolve", url_name="do-resolve-remark")
    def resolve_remark(self, request: Any, pk: Any = None, remark: Any = None) -> Response:
        """Say that a remark has had its answer."""
        return self._made(request, pk, "jta_remark.settle", remark=remark)

    @extend_schema(request=None, responses=shapes.MadeSerializer)
    @route(detail=True, methods=["post"], url_path=f"remarks/{REMARK}/actions/reopen", url_name="do-reopen-remark")
    def reopen_remark(self, request: Any, pk: Any = None, remark: Any = None) -> Response:
        """Open a remark again."""
        return self._made(request, pk, "jta_remark.reopen", remark=remark)

    @extend_schema(request=None, responses=shapes.MadeSerializer)
    @route(detail=True, methods=["post"], url_path=f"remarks/{REMARK}/actions/accept", url_name="do-accept-remark")
    def accept_remark(self, request: Any, pk: Any = None, remark: Any = None) -> Response:
        """Put the suggested words into the text, in the caller's name."""
        return self._made(request, pk, "jta_remark.accept", remark=remark)

    @extend_schema(responses=shapes.JudgementSerializer(many=True), filters=False)
    @route(detail=True, methods=["get"], url_path="judgements", url_name="judgements")
    def judgements(self, request: Any, pk: Any = None) -> Response:
        """Judgements with the positions of all parties, and the citations that the caller sees."""
        found = queries.judgements(self.actor, self.named(pk))
        return _listed(shapes.JudgementSerializer(found, many=True).data)

    @extend_schema(request=input_serializer(SPECS["jta_judgement.add"]), responses={201: shapes.MadeSerializer})
    @judgements.mapping.post
    def add_judgement(self, request: Any, pk: Any = None) -> Response:
        """Add a judgement."""
        return self._made(request, pk, "jta_judgement.add", 201)

    @extend_schema(request=input_serializer(SPECS["jta_judgement.change"]), responses=shapes.MadeSerializer)
    @route(
        detail=True,
        methods=["post"],
        url_path=f"judgements/{JUDGEMENT}/actions/change",
        url_name="do-change-judgement",
    )
    def change_judgement(self, request: Any, pk: Any = None, judgement: Any = None) -> Response:
        """Change a judgement."""
        return self._made(request, pk, "jta_judgement.change", judgement=judgement)

    @extend_schema(request=input_serializer(SPECS["jta_judgement.drop"]), responses=shapes.AssessmentSerializer)
    @route(detail=True, methods=["post"], url_path=f"judgements/{JUDGEMENT}/actions/drop", url_name="do-drop-judgement")
    def drop_judgement(self, request: Any, pk: Any = None, judgement: Any = None) -> Response:
        """Drop a judgement."""
        return self.answer(self.fresh(self._do(request, pk, "jta_judgement.drop", judgement=judgement)))

    @extend_schema(request=input_serializer(SPECS["jta_judgement.take_position"]), responses=shapes.MadeSerializer)
    @route(
        detail=True,
        methods=["post"],
        url_path=f"judgements/{JUDGEMENT}/actions/take_position",
        url_name="do-take-position",
    )
    def take_position(self, request: Any, pk: Any = None, judgement: Any = None) -> Response:
        """Take one's party's position on the words of a judgement that were shown."""
        return self._made(request, pk, "jta_judgement.take_position", judgement=judgement)

    @extend_schema(responses=shapes.CommentSerializer(many=True), filters=False)
    @route(detail=True, methods=["get"], url_path="comments", url_name="comments")
    def comments(self, request: Any, pk: Any = None) -> Response:
        """Comments in the order in which they were made."""
        found = [queries.comment(one) for one in parts.comments(self.named(pk))]
        return _listed(shapes.CommentSerializer(found, many=True).data)

    @extend_schema(request=input_serializer(SPECS["jta_comment.make"]), responses={201: shapes.MadeSerializer})
    @comments.mapping.post
    def make_comment(self, request: Any, pk: Any = None) -> Response:
        """Comment for one's party."""
        return self._made(request, pk, "jta_comment.make", 201)

    @extend_schema(request=input_serializer(SPECS["jta_comment.resolve"]), responses=shapes.MadeSerializer)
    @route(detail=True, methods=["post"], url_path=f"comments/{COMMENT}/actions/resolve", url_name="do-resolve-comment")
    def resolve_comment(self, request: Any, pk: Any = None, comment: Any = None) -> Response:
        """Accept or reject a comment."""
        return self._made(request, pk, "jta_comment.resolve", comment=comment)

    @extend_schema(request=None, responses=shapes.MadeSerializer)
    @route(detail=True, methods=["post"], url_path=f"comments/{COMMENT}/actions/confirm", url_name="do-confirm-comment")
    def confirm_comment(self, request: Any, pk: Any = None, comment: Any = None) -> Response:
        """Close a comment of one's party that was answered."""
        return self._made(request, pk, "jta_comment.close", comment=comment)

    @extend_schema(request=None, responses=shapes.MadeSerializer)
    @route(
        detail=True, methods=["post"], url_path=f"comments/{COMMENT}/actions/escalate", url_name="do-escalate-comment"
    )
    def escalate_comment(self, request: Any, pk: Any = None, comment: Any = None) -> Response:
        """Bring a blocking comment that was rejected to the director."""
        return self._made(request, pk, "jta_comment.bring_up", comment=comment)

    @extend_schema(request=input_serializer(SPECS["jta_comment.rule_on"]), responses=shapes.MadeSerializer)
    @route(detail=True, methods=["post"], url_path=f"comments/{COMMENT}/actions/decide", url_name="do-decide-comment")
    def decide_comment(self, request: Any, pk: Any = None, comment: Any = None) -> Response:
        """Settle a comment that was brought to the director."""
        return self._made(request, pk, "jta_comment.rule_on", comment=comment)

    @extend_schema(responses=shapes.JudgementOutcomeSerializer(many=True), filters=False)
    @route(detail=True, methods=["get"], url_path="outcomes", url_name="outcomes")
    def outcomes(self, request: Any, pk: Any = None) -> Response:
        """What was said to have become of judgements, in order."""
        return _listed(shapes.JudgementOutcomeSerializer(parts.outcomes(self.named(pk)), many=True).data)

    @extend_schema(request=input_serializer(SPECS["jta_outcome.propose"]), responses={201: shapes.MadeSerializer})
    @route(
        detail=True,
        methods=["post"],
        url_path=f"judgements/{JUDGEMENT}/actions/propose_outcome",
        url_name="do-propose-outcome",
    )
    def propose_outcome(self, request: Any, pk: Any = None, judgement: Any = None) -> Response:
        """Say what became of a judgement whose date has come."""
        return self._made(request, pk, "jta_outcome.propose", 201, judgement=judgement)

    @extend_schema(request=None, responses=shapes.MadeSerializer)
    @route(detail=True, methods=["post"], url_path=f"outcomes/{OUTCOME}/actions/agree", url_name="do-agree-outcome")
    def agree_outcome(self, request: Any, pk: Any = None, outcome: Any = None) -> Response:
        """Confirm what another person said."""
        return self._made(request, pk, "jta_outcome.agree", outcome=outcome)

    @extend_schema(request=input_serializer(SPECS["jta_outcome.disagree"]), responses=shapes.MadeSerializer)
    @route(
        detail=True, methods=["post"], url_path=f"outcomes/{OUTCOME}/actions/disagree", url_name="do-disagree-outcome"
    )
    def disagree_outcome(self, request: Any, pk: Any = None, outcome: Any = None) -> Response:
        """Say why it was not so."""
        return self._made(request, pk, "jta_outcome.disagree", outcome=outcome)

    @extend_schema(request=input_serializer(SPECS["jta_outcome.reopen"]), responses=shapes.MadeSerializer)
    @route(detail=True, methods=["post"], url_path=f"outcomes/{OUTCOME}/actions/reopen", url_name="do-reopen-outcome")
    def reopen_outcome(self, request: Any, pk: Any = None, outcome: Any = None) -> Response:
        """Let it be said anew."""
        return self._made(request, pk, "jta_outcome.reopen", outcome=outcome)

    @extend_schema(exclude=True)
    def export(self, request: Any, pk: Any = None, fmt: str = "") -> Any:
        """The assessment as a file; once it is released, for everybody who may see its report."""
        row = queries.exported(self.actor, pk)
        return copies.file_of(request, self.actor, row, fmt)


export_file = AssessmentViewSet.as_view({"get": "export"})
"""Its page, at an address that ends with the name of the format; no route of a collection does."""
