"""What the region's register joins to the other apps."""

from django.utils.translation import pgettext_lazy

from apps.access.manifest import App, Collection, Event, Every, Tab

app = App(
    "region",
    urls={"region/": "urls"},
    collections=[
        Collection("region/participations", "api.participations.ParticipationViewSet"),
        Collection("region/instruments", "api.instruments.InstrumentViewSet"),
        Collection("region/instrument-parties", "api.instruments.PartyViewSet"),
        Collection("region/measures", "api.measures.MeasureViewSet"),
        Collection("region/indicators", "api.indicators.IndicatorViewSet"),
    ],
    tabs=[
        Tab(
            pgettext_lazy("navigation, portal", "Participation"),
            "region:map",
            {"ministry", "secretariat", "watch", "analysis"},
        ),
        Tab(
            pgettext_lazy("navigation, portal", "Instruments"),
            "region:instruments",
            {"ministry", "secretariat", "watch", "analysis"},
        ),
        Tab(
            pgettext_lazy("navigation, portal", "Laws"), "region:laws", {"ministry", "secretariat", "watch", "analysis"}
        ),
        Tab(
            pgettext_lazy("navigation, portal", "Indicators"),
            "region:indicators",
            {"ministry", "secretariat", "watch", "analysis"},
        ),
        Tab(
            pgettext_lazy("navigation, portal", "Initiatives"),
            "region:initiatives",
            {"ministry", "secretariat", "watch", "analysis"},
        ),
    ],
    acts={
        "indicator.create": "region:indicator_new",
        "instrument.create": "region:instrument_new",
    },
    clock=[
        Every("1h", "region.days", lane="clock"),
    ],
    groups={
        "region": pgettext_lazy("words, region", "Regional register"),
    },
    events=[
        Event(
            "participation.changed",
            "region",
            "Participation in a system",
            "A State's participation in a system has changed",
            kind="digest",
            mail="digest",
        ),
        Event(
            "participation.live",
            "region",
            "A State begins or ends the use of a system",
            "A State has begun or ended the use of a system",
            kind="digest",
            mail="",
        ),
        Event(
            "instrument.party_changed",
            "region",
            "Step to an instrument",
            "A party has taken a step to an instrument",
            kind="digest",
            mail="digest",
        ),
        Event(
            "instrument.in_force",
            "region",
            "Instrument in force or ended",
            "An instrument has entered into force or ended",
            kind="digest",
        ),
        Event(
            "measure.changed",
            "region",
            "Stage of a law",
            "A law has reached another stage",
            kind="digest",
            mail="digest",
        ),
        Event("legislation.sunset", "region", "A law will end", "A law of {party} will end", kind="deadline"),
    ],
    reference="loaders.reference.load_region_reference",
    stream_pages={
        "region.participation": "region:participation",
        "region.track": "region:track",
        "region.instrument": "region:instrument_of",
        "region.instrumentparty": "region:instrument_of",
    },
    offers={
        "people.circles": ["queries.circles.circles_of"],
        "region.computed": {
            "APIS_STATES": "queries.indicators.apis_states",
            "CISNET_STATES": "queries.indicators.cisnet_states",
            "LAWS_IN_FORCE": "queries.indicators.laws_in_force",
        },
        "files.owners": {
            "region.participation": "queries.evidence.participations",
            "region.track": "queries.evidence.tracks",
            "region.instrument": "models.Instrument.objects.visible_to",
            "region.instrumentparty": "models.InstrumentParty.objects.visible_to",
        },
    },
    registers={
        "region.computed": "{code of an indicator: how it is reckoned}",
    },
    enums={
        "InstrumentKind": "models.Instrument.Kind",
        "PartyStepKind": "models.PartyStep.Kind",
        "ReservationKind": "models.Reservation.Kind",
    },
    declares=["listeners.notifications"],
)
