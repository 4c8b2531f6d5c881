"""Addresses of the watch log, bulletins and digests."""

from django.urls import path

from apps.access.page_functions import work_of
from apps.rifc.policy import READERS
from apps.watch.policy import CISNET, DIGESTERS, ISSUERS, ON_DUTY
from apps.watch.views import bulletins, digests, duty, entities

app_name = "watch"
duties, readers, issuers, digesters = work_of(ON_DUTY), work_of(*CISNET), work_of(*ISSUERS), work_of(*DIGESTERS)
subscribers = work_of(*CISNET, *READERS)
urlpatterns = [
    path("", duties(duty.desk), name="desk"),
    path("begin/", duties(duty.begin_watch_page), name="begin"),
    path("pane/log/", duties(duty.log_pane), name="log_pane"),
    path("pane/brief/", duties(duty.brief_pane), name="brief_pane"),
    path("logs/", duties(duty.watches), name="watches"),
    path("logs/<uuid:pk>/", duties(duty.watch), name="watch"),
    path("logs/<uuid:pk>/file/", duties(duty.file), name="watch_file"),
    path("logs/<uuid:pk>/entry/<uuid:entry>/", duties(duty.refer), name="refer"),
    path("logs/<uuid:pk>/<slug:verb>/", duties(duty.verbs.answer), name="do"),
    path("bulletins/", readers(bulletins.bulletins), name="bulletins"),
    path("bulletins/new/", issuers(bulletins.show_new_bulletin), name="bulletin_new"),
    path("bulletins/look/", issuers(bulletins.preview_bulletin), name="bulletin_look"),
    path("bulletins/<uuid:pk>/", readers(bulletins.bulletin), name="bulletin"),
    path("bulletins/<uuid:pk>/revise/", issuers(bulletins.show_bulletin_revision), name="bulletin_revise"),
    path("bulletins/<uuid:pk>/things/", issuers(entities.things), name="bulletin_things"),
    path("bulletins/<uuid:pk>/acknowledge/", readers(bulletins.acknowledge), name="bulletin_acknowledge"),
    path("bulletins/<uuid:pk>/file/", readers(bulletins.file), name="bulletin_file"),
    path("bulletins/<uuid:pk>/<slug:verb>/", issuers(bulletins.verbs.answer), name="bulletin_do"),
    path("digests/", subscribers(digests.digests), name="digests"),
    path("digests/new/", digesters(digests.show_new_digest), name="digest_new"),
    path("digests/ministries/", digesters(digests.ministries), name="digest_ministries"),
    path("digests/<uuid:pk>/", subscribers(digests.digest), name="digest"),
    path("digests/<uuid:pk>/arrange/", digesters(digests.arrange), name="digest_arrange"),
    path("digests/<uuid:pk>/<slug:verb>/", digesters(digests.verbs.answer), name="digest_do"),
]
