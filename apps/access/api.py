"""The API of every collection: read through visible_to, change through the declared actions.

    class HitViewSet(ScopedViewSet):
        model, serializer_class, noun = Hit, HitSerializer, "hit"
        creates = ""                       # verb name of the creating action ("create" of entry.create), "" = none
        filters = {"state": "state"}       # ?state= -> queryset lookup; a callable(rows, value, actor) also serves
        related = ("journey",)             # select_related
        reads = "hit.read"                 # audited verb of a detail read; "" = not sensitive
        lists = "hit.list"                 # audited verb of a page of records that name persons; "" = none

Routes (CONTRACT.md): GET list and detail, POST list (creates), GET …/actions/, POST …/actions/VERB/ for each verb.
Register with `router.register("jrcc/hits", HitViewSet, basename="jrcc-hits")`; url names `api:jrcc-hits-detail`.
"""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action as route
from rest_framework.response import Response
from rest_framework.reverse import reverse

from apps.access import declared_actions, pagination
from apps.access.forms import form_for
from apps.access.guards import guarded
from apps.access.idempotency import Once, Replay
from apps.access.middleware import note_read
from apps.access.queries import visible_or_404
from apps.access.schema import input_serializer

Rows = list[Any]  # inside a view set `list` is the route of that name
PAGING = ("before", "after", "page_size", "format")


class RecordSerializer(serializers.ModelSerializer):
    """What every record shows: id, url, state, etag. Subclasses list their fields one by one after BASE."""

    BASE: ClassVar[tuple[str, ...]] = ("id", "url", "state", "etag")
    collection: ClassVar[str]

    url = serializers.SerializerMethodField()
    state: Any = serializers.CharField(read_only=True)
    etag: Any = serializers.CharField(read_only=True)

    def get_url(self, row: Any) -> str:
        """Address of the record in the API."""
        return record_url(self.collection, row.pk, self.context.get("request"))


def record_url(collection: str, pk: Any, request: Any) -> str:
    """Absolute address of a record, e.g. record_url("jrcc-hits", pk, request)."""
    return reverse(f"api:{collection}-detail", args=[pk], request=request)


class OfferSerializer(serializers.Serializer):
    """A verb of a record for the caller."""

    verb = serializers.CharField()
    label: Any = serializers.CharField()
    allowed = serializers.BooleanField()
    why_not = serializers.CharField(allow_blank=True)


class ScopedViewSet(viewsets.GenericViewSet):
    """See the module."""

    model: ClassVar[Any]  # a model class whose manager has visible_to
    noun: ClassVar[str]
    nouns: ClassVar[tuple[str, ...]] = ()  # of further records whose verbs have their address here
    only: ClassVar[frozenset[str]] = frozenset()  # names of the verbs that have their address here; none named: all
    creates: ClassVar[str] = ""
    created: ClassVar[int] = 201  # 202 where what is created waits for a second person
    filters: ClassVar[Mapping[str, str | Callable[..., Any]]] = {}
    related: ClassVar[tuple[str, ...]] = ()
    reads: ClassVar[str] = ""
    lists: ClassVar[str] = ""
    queryset = None

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Give the collection one route per declared verb."""
        super().__init_subclass__(**kwargs)
        noun = cls.__dict__.get("noun")
        if not noun:
            return
        for spec in declared_actions.REGISTRY.values():
            if not (spec.creates or spec.automatic) and cls.has(spec):
                setattr(cls, f"do_{spec.name}", verb_route(spec, cls.serializer_class))
        parameters = [OpenApiParameter(name, str, description=f"only records with this {name}") for name in cls.filters]
        parameters += [OpenApiParameter(name, int if name == "page_size" else str) for name in PAGING[:3]]
        setattr(cls, "list", extend_schema(parameters=parameters)(_copy(cls.list)))  # noqa: B010
        if cls.creates:
            spec = declared_actions.REGISTRY[f"{noun}.{cls.creates}"]
            described = extend_schema(
                request=input_serializer(spec), responses={cls.created: cls.serializer_class}, description=spec.summary
            )
            setattr(cls, "create", described(_creating()))  # noqa: B010

    @classmethod
    def has(cls, spec: declared_actions.Spec) -> bool:
        """Whether a verb of a record has its address in this collection."""
        return spec.verb.partition(".")[0] in {cls.noun, *cls.nouns} and (not cls.only or spec.name in cls.only)

    @property
    def actor(self) -> Any:
        """Who asks."""
        return cast("Any", self.request._request).actor

    def get_queryset(self, before: Any = None) -> Any:
        """Rows that the caller may see, older than `before` (a key) if given."""
        if getattr(self, "swagger_fake_view", False):
            return self.model._default_manager.none()
        rows = self.model._default_manager
        seen = rows.visible_to(self.actor) if before is None else rows.visible_to(self.actor, before=before)
        return seen.select_related(*self.related) if self.related else seen

    def list(self, request: Any) -> Response:
        """Records that the caller may see, newest first."""
        params = request.query_params
        unknown = [name for name in params if name not in self.filters and name not in PAGING]
        if unknown:
            raise ValidationError({name: _("There is no filter with this name.") for name in unknown})
        keyed = isinstance(self.model._meta.pk, models.UUIDField)
        before = pagination.key(self.model, params, "before") if keyed else None
        rows = self.get_queryset() if before is None else self.get_queryset(before)
        for name, lookup in self.filters.items():
            if params.get(name) not in (None, ""):
                rows = self.narrowed(rows, lookup, params[name], name)
        found, older, newer = pagination.cut(rows, params, pagination.size_of(params))
        if self.lists:
            note_read(request, self.lists, self.model, rows=len(found))
        here = request.build_absolute_uri(request.path)
        body = {
            "next": f"{here}?{older}" if older else None,
            "previous": f"{here}?{newer}" if newer else None,
            "results": self.get_serializer(self.prepared(found), many=True).data,
        }
        return Response(body)

    def narrowed(self, rows: Any, lookup: Any, value: str, name: str) -> Any:
        """Apply one filter; a value that cannot be one is an error at the parameter."""
        try:
            return lookup(rows, value, self.actor) if callable(lookup) else rows.filter(**{lookup: value})
        except (ValidationError, ValueError, TypeError) as wrong:
            raise ValidationError({name: _("This value cannot be read.")}) from wrong

    def named(self, pk: Any, spec: declared_actions.Spec | None = None) -> Any:
        """The record of an address, for a verb or to be read; 404 if it is absent or not visible."""
        return visible_or_404(self.get_queryset(), self.actor, pk)

    def prepared(self, rows: Rows) -> Rows:
        """A hook to attach what the serializer needs to a page of rows, in a constant number of queries."""
        return rows

    def retrieve(self, request: Any, pk: Any = None) -> Response:
        """One record; 404 if it is absent or not visible."""
        row = self.named(pk)
        if self.reads:
            note_read(request, self.reads, row)
        etag = getattr(row, "etag", "")
        if has_version(request, etag):
            return Response(status=304, headers={"ETag": etag})
        return self.answer(row)

    @extend_schema(responses=OfferSerializer(many=True), description="What the caller may do with the record now.")
    @route(detail=True, methods=["get"], url_path="actions", url_name="actions")
    def offered(self, request: Any, pk: Any = None) -> Response:
        """The verbs of a record that have an endpoint here: allowed or not, and why not."""
        row = self.named(pk)
        offers = [one for one in declared_actions.offers(self.actor, row) if self.has(one.spec)]
        return Response(OfferSerializer(offers, many=True).data)

    def answer(self, row: Any, status: int = 200) -> Response:
        """A record with its ETag."""
        body = self.get_serializer(self.prepared([row])[0]).data
        return Response(body, status=status, headers=_headers_of(body, status))

    def perform(self, request: Any, spec: declared_actions.Spec, row: Any, status: int) -> Response:
        """Validate the input with the action's own form and run the action, once per Idempotency-Key."""
        fields = self.validated(spec, request.data, row)
        run = lambda: self.carried_out(spec, row, fields, _version(request))  # noqa: E731
        if "Idempotency-Key" not in request.headers:
            return self.answer(self.fresh(run()), status)
        once = Once(request, spec, status, lambda done: self.fresh(done).pk)
        try:
            with guarded(once):
                return self.answer(self.fresh(run()), status)
        except Replay as replay:
            again = self.answer(visible_or_404(self.get_queryset(), self.actor, replay.object_id), replay.status)
            again["Idempotency-Replayed"] = "true"
            return again

    def carried_out(self, spec: declared_actions.Spec, row: Any, fields: dict[str, Any], version: int | None) -> Any:
        """A hook for a verb that is about the record of the address without changing it."""
        return spec.run(self.actor, row, version=version, **fields)

    def fresh(self, row: Any) -> Any:
        """The row with what the serializer needs, as the caller may see it after the action."""
        return self.get_queryset().get(pk=row.pk)

    def validated(self, spec: declared_actions.Spec, data: Any, row: Any) -> dict[str, Any]:
        """Cleaned input of an action, or ValidationError with every field's errors at once.

        Who may not do it at all is refused instead: what is wrong with their input is none of their business.
        """
        try:
            return self._cleaned(spec, data, row)
        except ValidationError:
            target = None if spec.creates else row
            if target is None or isinstance(target, spec.model):
                declared_actions.judge(spec, self.actor, target)
            raise

    def _cleaned(self, spec: declared_actions.Spec, data: Any, row: Any) -> dict[str, Any]:
        if not isinstance(data, Mapping):
            raise ValidationError(_("Send a JSON object."))
        form_class = form_for(spec)
        wrong = {name: [_("There is no field with this name.")] for name in data if name not in form_class.base_fields}
        wrong |= _of_another_type(form_class.base_fields, data)
        texts = {name: _as_sent_by_a_form(value) for name, value in data.items() if name not in wrong}
        form = form_class(texts, actor=self.actor, row=row)
        if not form.is_valid() or wrong:
            raise ValidationError({**{n: [str(e) for e in errors] for n, errors in form.errors.items()}, **wrong})
        return {name: form.cleaned_data[name] for name in form.fields if name in data or form.fields[name].required}


def _creating() -> Callable[..., Response]:
    """A POST route of its own for each collection: descriptions are written on the function."""

    def create(view: ScopedViewSet, request: Any) -> Response:
        """Create a record."""
        return view.perform(request, declared_actions.REGISTRY[f"{view.noun}.{view.creates}"], None, view.created)

    return create


def _copy(function: Callable[..., Any]) -> Callable[..., Any]:
    """A method of its own for a subclass, so that each collection documents its own filters."""

    def method(self: Any, request: Any) -> Response:
        return function(self, request)

    method.__doc__, method.__name__ = function.__doc__, function.__name__
    return method


def verb_route(spec: declared_actions.Spec, serializer: Any) -> Any:
    """A POST route `ID/actions/NAME/` for a verb, described by its form."""

    def method(self: ScopedViewSet, request: Any, pk: Any = None) -> Response:
        return self.perform(request, spec, self.named(pk, spec), 200)

    method.__name__, method.__doc__ = f"do_{spec.name}", spec.summary
    routed = route(detail=True, methods=["post"], url_path=f"actions/{spec.name}", url_name=f"do-{spec.name}")(method)
    return extend_schema(request=input_serializer(spec), responses=serializer, description=spec.summary)(routed)


def _of_another_type(fields: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, list[str]]:
    """Errors for JSON values that no form could send to their field: an object for a text, a text for an object."""
    wrong = {}
    for name, field in fields.items():
        value = data.get(name)
        if isinstance(field, forms.JSONField):
            # the field would read a text as JSON once more
            if isinstance(value, bool | str) and value != "":
                wrong[name] = [_("This field takes an object.")]
        elif isinstance(value, list) and isinstance(field, forms.MultipleChoiceField):
            continue
        elif isinstance(value, dict | list) or (isinstance(value, bool) and not _takes_truth(field)):
            wrong[name] = [_("This field takes text.")]
    return wrong


def _takes_truth(field: Any) -> bool:
    """Whether true and false are for this field: a box to tick, or one that says so (`takes_truth`)."""
    return isinstance(field, forms.BooleanField) or getattr(field, "takes_truth", False)


def _as_sent_by_a_form(value: Any) -> Any:
    """A number as its digits; everything else as it is."""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def has_version(request: Any, etag: str) -> bool:
    """Whether the caller says with If-None-Match that it has this version; a compressed answer's `W/` is no difference.

    Source: RFC 9110, 13.1.2 and 8.8.3.2 (weak comparison).
    """
    known = {one.removeprefix("W/") for one in parse_etags(request.headers.get("If-None-Match", ""))}
    return bool(etag) and not known.isdisjoint({etag.removeprefix("W/"), "*"})


def _version(request: Any) -> int | None:
    """The version in If-Match; None without one or with `*`; one that is no version of ours is stale at once."""
    text = request.headers.get("If-Match", "").removeprefix("W/").strip('"')
    if text in {"", "*"}:
        return None
    return int(text) if text.isdecimal() and len(text) < 10 else -1


def _headers_of(body: Mapping[str, Any], status: int) -> dict[str, str]:
    headers = {"ETag": body["etag"]} if body.get("etag") else {}
    return {**headers, "Location": body["url"]} if status in {201, 202} else headers


class GivenOnce:
    """Beside ScopedViewSet, where making a record makes a secret: it is in that answer as `given_as`, nowhere else."""

    given_as = "secret"
    given = ""

    def fresh(self, row: Any) -> Any:
        """As everywhere; remembers the secret that only the changed row knows."""
        self.given = getattr(row, "secret", "")
        return super().fresh(row)  # type: ignore[misc]

    def perform(self, request: Any, spec: declared_actions.Spec, row: Any, status: int) -> Response:
        """As everywhere; the secret goes into this answer alone, not into the one of a repeat."""
        answer: Response = super().perform(request, spec, row, status)  # type: ignore[misc]
        if self.given:
            answer.data[self.given_as] = self.given
        return answer
