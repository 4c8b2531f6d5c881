"""Instruments and their parties over the API: status and entry into force are reckoned for the day asked for."""

from typing import Any, ClassVar

from rest_framework import serializers

from apps.access.api import RecordSerializer, Rows, ScopedViewSet
from apps.region.api.days import day_of, ignored, known_at
from apps.region.models import Instrument, InstrumentParty
from apps.region.queries import instruments as reading
from apps.region.queries.counts import EVERY


class LineSerializer(serializers.Serializer):
    """One entity's steps; `bound` is the day from which the instrument binds it."""

    id: Any = serializers.UUIDField(source="row.pk")
    entity = serializers.CharField(source="row.entity")
    signed = serializers.DateField(source="steps.signed_on", allow_null=True)
    ad_referendum = serializers.BooleanField(source="steps.ad_referendum")
    approved = serializers.DateField(source="steps.approved_on", allow_null=True)
    ratified = serializers.DateField(source="steps.ratified_on", allow_null=True)
    deposited = serializers.DateField(source="steps.deposited_on", allow_null=True)
    acceded = serializers.DateField(source="steps.acceded_on", allow_null=True)
    provisional = serializers.DateField(source="steps.provisional_from", allow_null=True)
    bound = serializers.DateField(source="bound_from", allow_null=True)
    withdrawn = serializers.DateField(source="steps.withdrawn_on", allow_null=True)
    ratified_before_signed = serializers.BooleanField(source="steps.ratified_before_signed")


class InForceSerializer(serializers.Serializer):
    """Both dates: the depositary's wins, a difference stays in sight."""

    on: Any = serializers.DateField(source="in_force_on", allow_null=True)
    computed = serializers.DateField(source="computed_on", allow_null=True)
    notified = serializers.DateField(source="notified_on", allow_null=True)
    mismatch = serializers.BooleanField()


class InstrumentSerializer(RecordSerializer):
    """An instrument as it stood on the day. `state` is the stage that the depositary keeps, `status` follows."""

    collection = "region-instruments"
    status = serializers.CharField(source="standing.status")
    in_force = InForceSerializer(source="standing")
    amends = serializers.CharField(source="amends.code", allow_null=True, default=None)
    parties = LineSerializer(source="standing.lines", many=True)

    class Meta:
        model = Instrument
        fields = (
            *RecordSerializer.BASE,
            *(
                "code",
                "title",
                "kind",
                "opened_on",
                "place",
                "depositary",
                "languages",
                "rule",
                "rule_words",
                "consent",
            ),
            *("amends", "status", "in_force", "parties"),
        )


def _of_code(rows: Any, value: str, _actor: Any) -> Any:
    return rows.filter(code=value)


class InstrumentViewSet(ScopedViewSet):
    """Treaties, agreements and protocols as of a day (`as_of`, today), as known now or at `known_at`."""

    model, serializer_class, noun = Instrument, InstrumentSerializer, "instrument"
    creates = "create"
    related = ("amends",)
    filters: ClassVar[dict[str, Any]] = {"code": _of_code, "kind": "kind", "as_of": ignored, "known_at": ignored}

    def prepared(self, rows: Rows) -> Rows:
        """Attach the standing of each, in six queries."""
        params = self.request.query_params
        found = reading.read_instrument_standings(
            self.actor, day_of(params), known_at(params), codes=[row.code for row in rows], provenances=EVERY
        )
        for row in rows:
            row.standing = found[row.code]
        return rows


class InstrumentPartySerializer(RecordSerializer):
    """An entity's line in an instrument; its dates stand in the instrument."""

    collection = "region-instrument-parties"
    instrument = serializers.CharField(source="instrument.code", read_only=True)

    class Meta:
        model = InstrumentParty
        fields = (*RecordSerializer.BASE, "instrument", "entity", "entrustment")


class PartyViewSet(ScopedViewSet):
    """States and organisations that may join an instrument or have, with the steps that each may take."""

    model, serializer_class, noun = InstrumentParty, InstrumentPartySerializer, "instrument_party"
    related = ("instrument",)
    filters: ClassVar[dict[str, Any]] = {"instrument": "instrument__code", "entity": "entity", "state": "state"}
