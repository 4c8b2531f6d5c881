"""Reports for programs: boxes, one report with its read log, receipts, recalls, release."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action as route
from rest_framework.response import Response

from apps.access import declared_actions
from apps.access.api import ScopedViewSet
from apps.access.refusal import Refused
from apps.access.schema import input_serializer
from apps.exchange.refusals import Refusals as ExchangeRefusals
from apps.rifc.actions import drafts, onward_shares, openings, recalls, receipts, release_requests, uses
from apps.rifc.api import shapes
from apps.rifc.api.openings import OpeningSerializer
from apps.rifc.models import Report
from apps.rifc.queries import balance, retention_due, rule, sealed_texts, shares, texts
from apps.rifc.queries import reports as queries

MOST_READINGS = 500
SPECS = declared_actions.REGISTRY


class ReportViewSet(ScopedViewSet):
    """Reports that the caller sees. An address names the report; verbs act on the version that they fit."""

    model, serializer_class, noun, creates = Report, shapes.SharedReportSerializer, "rifc_report", "draft"
    related = ("owner", "originator")
    filters: ClassVar[dict[str, Any]] = {
        "box": queries.boxed,
        "q": lambda rows, value, actor: queries.worded(rows, value),
        "state": "state",
        "kind": "kind",
        "tlp": "tlp",
        "originator": "originator",
        "category": "threat_categories__contains",
        "review": retention_due.narrowed,
    }

    def narrowed(self, rows: Any, lookup: Any, value: str, name: str) -> Any:
        """A category is looked for in the list of them."""
        return super().narrowed(rows, lookup, [value] if name == "category" else value, name)  # type: ignore[arg-type]

    def named(self, pk: Any, spec: declared_actions.Spec | None = None) -> Any:
        """The version that is meant: the newest, or for a verb the newest that it fits."""
        return queries.meant(self.actor, pk, spec)

    def prepared(self, rows: list[Any]) -> list[Any]:
        """With the caller's own entries; a list that shows a new one has delivered it."""
        mine = shares.own_receipts(self.actor, rows) if rows else {}
        if self.action == "list":
            fresh = shares.undelivered(self.actor, rows) if any(one.state == "sent" for one in mine.values()) else []
            if fresh:
                receipts.deliver_rifc_report(self.actor, fresh[0], also_of=[one.pk for one in fresh])
                mine = shares.own_receipts(self.actor, rows)
        for row in rows:
            row.mine, row.paragraphs, row.sources = mine.get(row.pk), None, {}
        return rows

    def fresh(self, row: Any) -> Any:
        """The version as it stands, or where it was replaced the newest."""
        found = self.get_queryset().get(pk=row.pk)
        return found if found.state != Report.State.SUPERSEDED else queries.meant(self.actor, found.thread)

    @extend_schema(responses={200: shapes.SharedReportSerializer, 410: shapes.TombstoneSerializer})
    def retrieve(self, request: Any, pk: Any = None) -> Response:
        """One report. The reading is noted before it is sent; a report that was taken back is 410 for who had it."""
        try:
            return self._read(request, queries.meant(self.actor, pk))
        except Refused as refusal:
            gone = queries.tombstone(self.actor, pk) if refusal.reason == "not-visible" else None
            if gone is None:
                raise
        return Response(shapes.TombstoneSerializer(gone).data, status=410)

    def _read(self, request: Any, row: Report) -> Response:
        tag = self.get_serializer(self.prepared([row])[0]).data["etag"]
        if request.headers.get("If-None-Match") == tag:
            return Response(status=304, headers={"ETag": tag})
        receipts.read_rifc_report(self.actor, None, report=row, channel="api")
        seen = queries.meant(self.actor, row.pk, edition=row.edition)
        [seen] = self.prepared([seen])
        seen.paragraphs = texts.paragraphs(self.actor, [seen])[seen.pk]
        seen.sources = texts.source_references(self.actor, seen)
        body = self.get_serializer(seen).data
        return Response(body, headers={"ETag": body["etag"]})

    @extend_schema(
        request=input_serializer(SPECS["rifc_report.supersede"]), responses={201: shapes.SharedReportSerializer}
    )
    @route(detail=True, methods=["post"], url_path="actions/supersede", url_name="do-supersede")
    def supersede(self, request: Any, pk: Any = None) -> Response:
        """Begin the next version; the present one stays in force until that is shared."""
        return self._next(request, pk, drafts.supersede_rifc_report)

    @extend_schema(
        request=input_serializer(SPECS["rifc_report.sanitise"]), responses={201: shapes.SharedReportSerializer}
    )
    @route(detail=True, methods=["post"], url_path="actions/sanitise", url_name="do-sanitise")
    def sanitise(self, request: Any, pk: Any = None) -> Response:
        """Begin a variant with less in it, for a wider circle."""
        return self._next(request, pk, drafts.sanitise_rifc_report)

    def _next(self, request: Any, pk: Any, begin: Any) -> Response:
        found = queries.versions(self.actor, queries.meant(self.actor, pk).thread)
        row = next((one for one in found if one.state in Report.OUT), found[0])
        fields = self.validated(begin.spec, request.data, row)
        return self.answer(self.fresh(begin(self.actor, None, of=row, **fields)), 201)

    @extend_schema(request=shapes.ReceiptInput, responses=shapes.ReceiptGivenSerializer)
    @route(detail=True, methods=["post"], url_path="actions/ack", url_name="do-ack")
    def ack(self, request: Any, pk: Any = None) -> Response:
        """Give the receipt for a version; again it is the same receipt."""
        row = queries.meant(self.actor, pk)
        mine = shares.own_receipt(self.actor, row)
        if mine is None:
            raise Refused(ExchangeRefusals.NOT_ADDRESSEE)
        spec = SPECS["receipt.ack"]
        given = request.data
        if isinstance(given, dict):
            given = {"edition" if name == "version" else name: value for name, value in given.items()}
        fields = self.validated(spec, given, mine)
        done = spec.run(self.actor, mine, **fields)
        body = {"id": row.thread, "version": row.edition, "state": done.state, "at": done.ack_at}
        return Response(shapes.ReceiptGivenSerializer(body).data)

    @extend_schema(request=input_serializer(SPECS["receipt.forward"]), responses={200: shapes.RecipientSerializer})
    @route(detail=True, methods=["post"], url_path="actions/forward", url_name="do-forward")
    def forward(self, request: Any, pk: Any = None) -> Response:
        """Pass the report on where its marking lets it go without asking."""
        row = queries.meant(self.actor, pk)
        fields = self.validated(onward_shares.forward_rifc_report.spec, request.data, row)  # type: ignore[attr-defined]
        done = onward_shares.forward_rifc_report(self.actor, None, of=row, **fields)
        return Response(shapes.RecipientSerializer(entry(done)).data)

    @extend_schema(
        request=input_serializer(SPECS["release_request.submit"]), responses={201: shapes.ReleaseRequestSerializer}
    )
    @route(detail=True, methods=["post"], url_path="actions/request_release", url_name="do-request-release")
    def request_release(self, request: Any, pk: Any = None) -> Response:
        """Ask every originator to let somebody else have it."""
        row = queries.meant(self.actor, pk)
        data = request.data
        if isinstance(data, dict) and isinstance(data.get("portion"), str):
            data = {**data, "portion": [data["portion"]]}
        fields = self.validated(release_requests.submit_release_request.spec, data, row)  # type: ignore[attr-defined]
        made = release_requests.submit_release_request(self.actor, None, of=row, **fields)
        made.answers = []
        body = shapes.ReleaseRequestSerializer(made, context=self.get_serializer_context()).data
        return Response(body, status=201, headers={"Location": body["url"]})

    @extend_schema(request=input_serializer(SPECS["opening.ask"]), responses={201: OpeningSerializer})
    @route(detail=True, methods=["post"], url_path="actions/ask_opening", url_name="do-ask-opening")
    def ask_opening(self, request: Any, pk: Any = None) -> Response:
        """Ask two key holders of the caller's State to open the sealed text of the report."""
        row = queries.meant(self.actor, pk)
        fields = self.validated(openings.ask_sealed_opening.spec, request.data, row)  # type: ignore[attr-defined]
        made = openings.ask_sealed_opening(self.actor, None, of=row, **fields)
        [told] = sealed_texts.with_own_shares(self.actor, [made])
        body = OpeningSerializer(told, context=self.get_serializer_context()).data
        return Response(body, status=201, headers={"Location": body["url"]})

    @extend_schema(request=input_serializer(SPECS["recall_ack.answer"]), responses=shapes.RecallAckSerializer)
    @route(detail=True, methods=["post"], url_path="actions/recall_ack", url_name="do-recall-ack")
    def recall_ack(self, request: Any, pk: Any = None) -> Response:
        """Say what became of the copies of a recalled report."""
        row = queries.own_ack(self.actor, pk)
        if row is None:
            queries.meant(self.actor, pk)
            raise Refused(ExchangeRefusals.NOT_ADDRESSEE)
        fields = self.validated(recalls.answer_recall.spec, request.data, row)  # type: ignore[attr-defined]
        return Response(shapes.RecallAckSerializer(answer_of(recalls.answer_recall(self.actor, row, **fields))).data)

    @extend_schema(
        responses=shapes.RecipientSerializer(many=True), parameters=[OpenApiParameter("version", int)], filters=False
    )
    @route(detail=True, methods=["get"], url_path="recipients", url_name="recipients")
    def recipients(self, request: Any, pk: Any = None) -> Response:
        """To whom a version was sent and how far it has come there; for the originator alone."""
        row = self._own_version(request, pk)
        entries = [entry(one) for one in shares.receipts(self.actor, row)]
        return _page(shapes.RecipientSerializer(entries, many=True).data)

    @extend_schema(responses=shapes.ReadingSerializer(many=True), filters=False)
    @route(detail=True, methods=["get"], url_path="readlog", url_name="readlog")
    def readlog(self, request: Any, pk: Any = None) -> Response:
        """Who read the report, newest first; for the originator alone."""
        row = self._own_version(request, pk)
        return _page(shapes.ReadingSerializer(readings(self.actor, row), many=True).data)

    @extend_schema(responses=shapes.RecallAckSerializer(many=True), filters=False)
    @route(detail=True, methods=["get"], url_path="recall-acks", url_name="recall-acks")
    def recall_acks(self, request: Any, pk: Any = None) -> Response:
        """What recipients said of their copies; for the originator alone."""
        row = self._own_version(request, pk)
        found = [answer_of(one) for one in queries.recall_acks(self.actor, row.thread)]
        return _page(shapes.RecallAckSerializer(found, many=True).data)

    @extend_schema(request=input_serializer(SPECS["report_use.tell"]), responses=shapes.UseSerializer)
    @route(detail=True, methods=["post"], url_path="actions/tell_use", url_name="do-tell-use")
    def tell_use(self, request: Any, pk: Any = None) -> Response:
        """Say what a report was good for; again it changes what your desk said."""
        row = queries.meant(self.actor, pk)
        said = balance.own_use(self.actor, row)
        fields = self.validated(SPECS["report_use.tell"], request.data, said)
        done = (
            uses.change_report_use(self.actor, said, **fields)
            if said
            else uses.record_report_use(self.actor, None, of=row, **fields)
        )
        return Response(shapes.UseSerializer(done).data)

    @extend_schema(responses=shapes.UseSerializer(many=True), filters=False)
    @route(detail=True, methods=["get"], url_path="uses", url_name="uses")
    def uses(self, request: Any, pk: Any = None) -> Response:
        """What recipients say the report was good for; for the originator alone."""
        row = self._own_version(request, pk)
        return _page(shapes.UseSerializer(balance.uses_of(self.actor, row), many=True).data)

    def _own_version(self, request: Any, pk: Any) -> Report:
        """The newest version that was shared, or the one of `?version=`; not visible to other parties."""
        wanted = request.query_params.get("version", "")
        if wanted and not (wanted.isdecimal() and len(wanted) < 5):
            raise ValidationError({"version": _("This value cannot be read.")})
        row = queries.meant(self.actor, pk, edition=int(wanted) if wanted else None)
        if row.originator_id != self.actor.party_code:
            raise Refused("not-visible")
        if not wanted:
            found = queries.versions(self.actor, row.thread)
            row = next((one for one in found if one.shared_at is not None), row)
        return row


def _page(results: Any) -> Response:
    return Response({"next": None, "previous": None, "results": results})


def entry(one: Any) -> dict[str, Any]:
    """An entry of a version as the API shows it."""
    return {
        "target": one.user.username if one.user_id else one.desk.code,
        "state": one.state,
        "basis": one.basis,
        "ack_required": one.ack_required,
        "ack_due": one.ack_due,
        "delivered_at": one.delivered_at,
        "first_opened_at": one.opened_at,
        "ack_at": one.ack_at,
        "late": one.late,
    }


def answer_of(one: Any) -> dict[str, Any]:
    """An answer to a recall as the API shows it."""
    target = one.user.username if one.user_id else one.desk.code
    return {"id": one.pk, "target": target, "state": one.state, "to": one.to, "text": one.text, "at": one.at}


def readings(actor: Any, report: Report) -> list[dict[str, Any]]:
    """The read log as the actor may know it: persons of parties that show them, and of their own."""
    known = {party for party, row in rule.members().items() if row.readlog_person_visible} | {actor.party_code}
    return [
        {
            "party": one.party_id,
            "desk": one.desk.code,
            "at": one.at,
            "channel": one.channel,
            "version": one.report.edition,
            **({"person": one.user.username} if one.party_id in known else {}),
        }
        for one in shares.read_log(actor, report)[:MOST_READINGS]
    ]
