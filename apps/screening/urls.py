"""Addresses of the watchlists."""

from django.urls import path

from apps.screening import views

app_name = "screening"
urlpatterns = [
    path("lists/", views.lists, name="lists"),
    path("lists/new/", views.list_new, name="list_new"),
    path("lists/<uuid:pk>/", views.one_list, name="list"),
    path("entries/new/", views.entry_new, name="entry_new"),
    path("entries/<uuid:pk>/", views.entry, name="entry"),
    path("entries/<uuid:pk>/change/", views.entry_change, name="entry_change"),
    path("entries/<uuid:pk>/withdraw/", views.entry_withdraw, name="entry_withdraw"),
]
