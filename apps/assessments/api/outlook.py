"""The threat matrix and the track record for programs: over what the caller has of released judgements."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.response import Response

from apps.access.refusal import Refused
from apps.assessments.queries import outlook, track
from apps.assessments.rules import outlook as rules
from apps.rifc.policy import CISNET, READERS


class ThreatCellSerializer(serializers.Serializer):
    """A threat in a State ("" for the region): how many judgements hold, the band of the most likely, and its trend."""

    state = serializers.CharField(allow_blank=True)
    judgements = serializers.IntegerField()
    likelihood = serializers.CharField(allow_blank=True)
    low = serializers.IntegerField(allow_null=True)
    high = serializers.IntegerField(allow_null=True)
    trend = serializers.ChoiceField([rules.NEW, rules.UP, rules.DOWN, rules.SAME, rules.GONE])


class ThreatSerializer(serializers.Serializer):
    """A threat of the list of that day with its cells; `tier` is 0 for one that stands in none."""

    code = serializers.CharField()
    label: Any = serializers.CharField()
    tier = serializers.IntegerField()
    cells = ThreatCellSerializer(many=True)


class OutlookSerializer(serializers.Serializer):
    """The matrix of a half year, as on a day."""

    period = serializers.CharField()
    day = serializers.DateField()
    periods: Any = serializers.ListField(child=serializers.CharField())
    threats = ThreatSerializer(many=True)


class ScoreSerializer(serializers.Serializer):
    """Scored judgements that have something in common."""

    key = serializers.CharField(allow_blank=True)
    judgements = serializers.IntegerField()
    brier = serializers.FloatField()
    came_about = serializers.FloatField()


class CalibrationSerializer(serializers.Serializer):
    """Judgements of one band, per cent, and how often what they said came about, 0 to 1."""

    likelihood = serializers.CharField()
    low = serializers.IntegerField()
    high = serializers.IntegerField()
    judgements = serializers.IntegerField()
    came_about = serializers.FloatField()


class TrackRecordSerializer(serializers.Serializer):
    """What became of judgements: scored, still to be said, set aside. `brier`: 0 at best, 1 at worst."""

    scored = serializers.IntegerField()
    brier = serializers.FloatField(allow_null=True)
    due = serializers.IntegerField()
    waiting = serializers.IntegerField()
    set_aside = serializers.IntegerField()
    calibration = CalibrationSerializer(many=True)
    by_body = ScoreSerializer(many=True)
    by_state = ScoreSerializer(many=True)
    by_threat = ScoreSerializer(many=True)
    by_period = ScoreSerializer(many=True)


def _reader(request: Any) -> Any:
    actor = request._request.actor
    if actor is None or actor.function not in CISNET | READERS:
        raise Refused("not-visible")
    return actor


class OutlookViewSet(viewsets.GenericViewSet):
    """Threats by tier, State and half year."""

    serializer_class = OutlookSerializer
    queryset = None

    @extend_schema(
        responses=OutlookSerializer,
        parameters=[OpenApiParameter("period", OpenApiTypes.STR, description="a half year, as 2026-H2")],
    )
    def list(self, request: Any) -> Response:
        """The matrix of a half year, the present one for none; cells of which nothing is or was judged are left out."""
        shown = outlook.outlook(_reader(request), request.query_params.get("period", ""))
        threats = [
            {
                "code": one.code,
                "label": one.label,
                "tier": one.tier,
                "cells": [_cell(each) for each in one.cells if each.cell.trend != rules.NONE],
            }
            for tier in shown.tiers
            for one in tier.threats
        ]
        found = {"period": shown.period.code, "day": shown.day, "periods": [one.code for one in shown.periods]}
        return Response(OutlookSerializer({**found, "threats": threats}).data)


def _cell(shown: outlook.Shown) -> dict[str, Any]:
    cell, band = shown.cell, shown.cell.band
    return {
        "state": shown.state.code,
        "judgements": cell.judgements,
        "likelihood": band.term if band else "",
        "low": band.low if band else None,
        "high": band.high if band else None,
        "trend": cell.trend,
    }


class TrackRecordViewSet(viewsets.GenericViewSet):
    """Scores of judgements whose date has come."""

    serializer_class = TrackRecordSerializer
    queryset = None

    @extend_schema(responses=TrackRecordSerializer)
    def list(self, request: Any) -> Response:
        """Brier scores and calibration over what the caller has."""
        found = track.list_judgement_track(_reader(request))
        groups = {
            f"by_{by}": [
                {"key": one.key, "judgements": one.n, "brier": one.brier, "came_about": one.came}
                for one in found.groups(by)
            ]
            for by in track.BY
        }
        bins = [
            {
                "likelihood": one.band.term,
                "low": one.band.low,
                "high": one.band.high,
                "judgements": one.n,
                "came_about": one.came,
            }
            for one in found.bins
        ]
        counts = {"due": len(found.due), "waiting": len(found.waiting), "set_aside": len(found.aside)}
        scored = {"scored": len(found.scored), "brier": found.brier, "calibration": bins}
        return Response(TrackRecordSerializer({**scored, **counts, **groups}).data)
