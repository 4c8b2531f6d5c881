"""Addresses of the region's register."""

from django.urls import path

from apps.access.page_functions import work_of
from apps.pages.verb_pages import answer_by_collection
from apps.region.views import indicators, instruments, laws, participation, states

app_name = "region"
register = work_of("ministry", "secretariat", "watch", "analysis")
act = answer_by_collection(
    {
        "participations": participation.verbs,
        "instruments": instruments.verbs,
        "parties": instruments.party_verbs,
        "measures": laws.verbs,
        "indicators": indicators.verbs,
    }
)
urlpatterns = [
    path("", register(participation.map_), name="map"),
    path("participations.csv", register(participation.export_participations), name="participations_csv"),
    path("participations/<uuid:pk>/", register(participation.participation), name="participation"),
    path("systems/<slug:code>/", register(participation.system), name="system"),
    path("numbers/<slug:code>/", register(participation.number), name="number"),
    path("states/<slug:code>/", register(states.state), name="state"),
    path("instruments/", register(instruments.instruments), name="instruments"),
    path("instruments/new/", register(instruments.show_new_instrument), name="instrument_new"),
    path("instruments/of/<uuid:pk>/", register(instruments.instrument_of), name="instrument_of"),
    path("instruments/<slug:code>/", register(instruments.instrument), name="instrument"),
    path("laws/", register(laws.board_), name="laws"),
    path("laws/topics/<slug:code>/", register(laws.topic), name="topic"),
    path("laws/<uuid:pk>/", register(laws.track), name="track"),
    path("indicators/", register(indicators.indicators), name="indicators"),
    path("indicators/new/", register(indicators.show_new_indicator), name="indicator_new"),
    path("indicators/<slug:code>/", register(indicators.indicator), name="indicator"),
    path("initiatives/", register(states.initiatives), name="initiatives"),
    path("acts/<slug:collection>/<uuid:pk>/<slug:verb>/", register(act), name="act"),
]
