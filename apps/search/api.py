"""Search for programs, and the saved searches of a seat."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.response import Response

from apps.access.api import RecordSerializer, ScopedViewSet
from apps.access.middleware import note_read
from apps.search import actions
from apps.search.models import Asked, SavedSearch
from apps.search.queries import results as results_queries
from apps.search.queries.kinds import Standing
from apps.search.rules.question import FILTERS, read_question

PARAMETERS = [
    OpenApiParameter("q", str, description='words, "phrases", -exclusions, a number or an identifier'),
    *(OpenApiParameter(name, str, description="filter") for name in FILTERS),
    OpenApiParameter("sort", str, enum=["relevance", "newest"]),
    OpenApiParameter("page", int),
]


class StandingSerializer(serializers.Serializer):
    """How a thing stands for the caller, as its own page says it."""

    code = serializers.CharField(help_text="of a journey or traveller: that of its gate")
    text = serializers.SerializerMethodField()

    def get_text(self, standing: Standing) -> str:
        """The same in words."""
        return " ".join(filter(None, (str(standing.chip[2]), standing.sentence)))


class FoundThingSerializer(serializers.Serializer):
    """One thing that was found."""

    type = serializers.CharField(source="kind.code")
    id = serializers.CharField(source="key")
    title = serializers.CharField()
    detail = serializers.CharField()
    level = serializers.IntegerField(source="mark.level")
    tlp = serializers.CharField(source="mark.tlp")
    orcon = serializers.BooleanField(source="mark.orcon")
    at = serializers.DateTimeField()
    standing = StandingSerializer(allow_null=True)


class FacetValueSerializer(serializers.Serializer):
    """A value of a facet, how many of the things found have it, and whether there may be more."""

    value = serializers.CharField()
    label: Any = serializers.CharField()
    count = serializers.IntegerField()
    more = serializers.BooleanField()


class SearchResultsSerializer(serializers.Serializer):
    """How many things the caller may see (`more`: more than that), facets, and one page of them."""

    count = serializers.IntegerField()
    more = serializers.BooleanField()
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    facets = serializers.DictField(child=FacetValueSerializer(many=True))
    results = FoundThingSerializer(many=True)


class SearchViewSet(viewsets.ViewSet):
    """Whatever fits among what the caller sees; everything else is neither searched nor counted."""

    serializer_class = SearchResultsSerializer

    @extend_schema(parameters=PARAMETERS, responses=SearchResultsSerializer)
    def list(self, request: Any) -> Response:
        """Search. Titles and numbers only: a text is read at its own address."""
        question = read_question(request.query_params)
        unknown = set(request.query_params) - {"q", "sort", "page", "format", *FILTERS}
        if unknown:
            raise ValidationError({name: "There is no parameter of this name here." for name in sorted(unknown)})
        found = results_queries.find(request.actor, question)
        if not question.empty:
            actions.asked(request.actor, question, found)
        if found.persons:
            note_read(request, "traveller.search", Asked, rows=found.count)
        here = request.build_absolute_uri(request.path)
        pages = {
            "next": question.page + 1 if question.page < found.pages else None,
            "previous": question.page - 1 if question.page > 1 else None,
        }
        facets = {"kind": found.by_kind, **found.facets}
        body = {
            "count": found.count,
            "more": found.more,
            **{name: f"{here}{question.address()}&page={page}" if page else None for name, page in pages.items()},
            "facets": {name: FacetValueSerializer(choices, many=True).data for name, choices in facets.items()},
            "results": FoundThingSerializer(found.hits, many=True).data,
        }
        return Response(body)


class SavedSearchSerializer(RecordSerializer):
    """A question that the caller keeps, and how they are told of what is new."""

    collection = "search-saved"
    q = serializers.CharField(source="words")
    filters = serializers.DictField(child=serializers.CharField())

    class Meta:
        model = SavedSearch
        fields = (*RecordSerializer.BASE, "name", "q", "filters", "subscription", "alerts", "created_at")


class SavedSearchViewSet(ScopedViewSet):
    """Saved searches and subscriptions of the caller's seat."""

    model, serializer_class, noun, creates = SavedSearch, SavedSearchSerializer, "saved_search", "save"
    filters: ClassVar[dict[str, Any]] = {"state": "state", "alerts": "alerts"}
