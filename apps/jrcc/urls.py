"""Addresses of jrcc."""

from django.urls import path

from apps.access.page_functions import work_of
from apps.jrcc.views import border, entry_owners, floor, hits, journeys, numbers, operations, questions, wall

keepers = work_of("border", "intelligence", "analysis")
at_border = work_of("border")
watch = work_of("JRCC.watch")
floors = work_of("JRCC.watch", "border")
hit_work = work_of("JRCC.watch", "border", "intelligence", "analysis")
urlpatterns = [
    path("floor/", floors(floor.floor), name="floor"),
    path("floor/flights/", floors(floor.flights_pane), name="floor_flights"),
    path("floor/queue/", floors(floor.queue_pane), name="floor_queue"),
    path("floor/hits/<uuid:pk>/", floors(floor.hit_pane), name="floor_hit"),
    path("border/", at_border(border.desk), name="border"),
    path("border/hits/<uuid:pk>/", at_border(border.gate), name="border_hit"),
    path("border/hits/<uuid:pk>/sheet/", at_border(border.sheet), name="border_hit_sheet"),
    path("numbers/", floors(numbers.numbers), name="numbers"),
    path("numbers/export/", floors(numbers.numbers_csv), name="numbers_export"),
    path("owned/", keepers(entry_owners.owned), name="owned"),
    path("wall/", watch(wall.wall), name="wall"),
    path("hits/", hit_work(hits.hits), name="hits"),
    path("hits/<uuid:pk>/", hit_work(hits.hit), name="hit"),
    path("hits/<uuid:pk>/do/<slug:verb>/", hit_work(hits.do), name="hit_do"),
    path("hits/<uuid:pk>/ask/", hit_work(questions.show_hit_question), name="hit_ask"),
    path("questions/<uuid:pk>/", hit_work(questions.question), name="hitquestion"),
    path("questions/<uuid:pk>/do/<slug:verb>/", hit_work(questions.verbs.answer), name="hitquestion_do"),
    path("entries/<uuid:entry>/hits/", hit_work(hits.entry_hits), name="entry_hits"),
    path("journeys/", floors(journeys.journeys), name="journeys"),
    path("journeys/<uuid:pk>/", floors(journeys.journey), name="journey"),
    path("travellers/<uuid:pk>/", hit_work(journeys.traveller), name="traveller"),
    path("operations/", work_of("JRCC.watch")(operations.operations), name="operations"),
    path("operations/<int:work>/retry/", work_of("JRCC.watch")(operations.retry), name="work_retry"),
]
