"""The checks of analytic writing for programs: nothing is kept of what is sent."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import viewsets
from rest_framework.response import Response

from apps.access.refusal import Refused
from apps.assessments.api.shapes import FindingsSerializer, LintInput
from apps.assessments.queries import violations
from apps.assessments.rules import lint
from apps.rifc.policy import CISNET


class LintViewSet(viewsets.GenericViewSet):
    """Checks of a text: rules L01 to L22."""

    serializer_class = FindingsSerializer
    queryset = None

    @extend_schema(request=LintInput, responses=FindingsSerializer)
    def create(self, request: Any) -> Response:
        """What the rules find in a text, in its order; desks of the community."""
        actor: Any = request._request.actor
        if actor is None or actor.function not in CISNET:
            raise Refused("not-visible")
        given = LintInput(data=request.data)
        given.is_valid(raise_exception=True)
        asked = lint.Asked(**{"portion": "", **given.validated_data})
        found = [
            {
                "rule": one.rule,
                "start": one.start,
                "end": one.end,
                "severity": one.severity,
                "message": violations.describe_finding(one.rule),
            }
            for one in lint.lint(asked)
        ]
        return Response({"findings": found})
