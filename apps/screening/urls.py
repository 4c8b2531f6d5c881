"""Addresses of the watchlists."""

from django.urls import path

from apps.access import stream
from apps.access.rooms import work_of
from apps.screening import views

app_name = "screening"
watchlists = work_of("JRCC.watch", "border", "intelligence", "analysis")
stream.PAGES["screening.watchlist"] = "screening:list"
urlpatterns = [
    path("lists/", watchlists(views.lists), name="lists"),
    path("lists/new/", watchlists(views.list_new), name="list_new"),
    path("lists/<uuid:pk>/", watchlists(views.one_list), name="list"),
    path("entries/new/", watchlists(views.entry_new), name="entry_new"),
    path("entries/<uuid:pk>/", watchlists(views.entry), name="entry"),
    path("entries/<uuid:pk>/change/", watchlists(views.entry_change), name="entry_change"),
    path("entries/<uuid:pk>/withdraw/", watchlists(views.entry_withdraw), name="entry_withdraw"),
]
