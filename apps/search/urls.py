"""Addresses of saved searches and of the log; the results themselves are a page beside them (manifest)."""

from django.urls import path

from apps.access.page_functions import work_of
from apps.search import views
from apps.search.policy import OVERSEES

app_name = "search"
overseers = work_of(*OVERSEES)
urlpatterns = [
    path("saved/", views.saved, name="saved"),
    path("saved/new/", views.saved_new, name="saved_new"),
    path("saved/<uuid:pk>/", views.saved_one, name="saved_one"),
    path("saved/<uuid:pk>/change/", views.saved_change, name="saved_change"),
    path("saved/<uuid:pk>/remove/", views.saved_remove, name="saved_remove"),
    path("log/", overseers(views.log), name="log"),
]
