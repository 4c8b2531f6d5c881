"""Addresses of requests for information."""

from django.urls import path

from apps.access import stream
from apps.access.rooms import work_of
from apps.exchange.policy import FUNCTIONS
from apps.exchange.views import answering, choosing, lists, requests, writing

app_name = "exchange"
stream.PAGES["exchange.request"] = "exchange:request"
stream.PAGES["exchange.addressee"] = "exchange:request"
community = work_of(*FUNCTIONS)
urlpatterns = [
    path("", community(lists.requests), name="requests"),
    path("overview/", community(lists.overview), name="overview"),
    path("overview/<uuid:pk>/", community(lists.route), name="route"),
    path("same-subject/<uuid:pk>/", community(lists.overlap), name="overlap"),
    path("same-subject/<uuid:pk>/settle/", community(lists.settle), name="settle"),
    path("choice/", work_of("contact")(choosing.requests), name="choice"),
    path("new/", community(writing.new), name="new"),
    path("parts/<uuid:pk>/", community(requests.part), name="part"),
    path("<uuid:pk>/", community(requests.request), name="request"),
    path("<uuid:pk>/change/", community(writing.change), name="change"),
    path("<uuid:pk>/texts/", community(writing.texts), name="texts"),
    path("<uuid:pk>/answer/", community(answering.answer), name="answer"),
    # the last of all: a page for each verb that has none of its own
    path("<uuid:pk>/<slug:verb>/", community(requests.do), name="do"),
]
