"""Addresses of requests for information."""

from django.urls import path

from apps.access.page_functions import work_of
from apps.exchange.policy import FUNCTIONS
from apps.exchange.views import answers, disclosure_choices, drafts, lists, requests

app_name = "exchange"
community = work_of(*FUNCTIONS)
urlpatterns = [
    path("", community(lists.requests), name="requests"),
    path("overview/", community(lists.overview), name="overview"),
    path("overview/<uuid:pk>/", community(lists.route), name="route"),
    path("same-subject/<uuid:pk>/", community(lists.overlap), name="overlap"),
    path("same-subject/<uuid:pk>/settle/", community(lists.settle), name="settle"),
    path("choice/", work_of("contact")(disclosure_choices.requests), name="choice"),
    path("new/", community(drafts.show_new_rfi), name="new"),
    path("parts/<uuid:pk>/", community(requests.part), name="part"),
    path("<uuid:pk>/", community(requests.request), name="request"),
    path("<uuid:pk>/change/", community(drafts.show_rfi_change), name="change"),
    path("<uuid:pk>/texts/", community(drafts.texts), name="texts"),
    path("<uuid:pk>/answer/", community(answers.show_rfi_answer), name="answer"),
    # the last of all: a page for each verb that has none of its own
    path("<uuid:pk>/<slug:verb>/", community(requests.verbs.answer), name="do"),
]
