"""Addresses of signing in."""

from django.urls import path

from apps.access.marking import OFFICIAL, marked
from apps.access.page_functions import work_of
from apps.entrance.policy import DIRECTORY_READERS, RULE_READERS
from apps.entrance.views import directories, keys, passwords, rules

app_name = "entrance"
readers = work_of(*RULE_READERS)
second = work_of(*DIRECTORY_READERS)
urlpatterns = [
    path("password/", passwords.strength, name="strength"),
    path("rules/", readers(rules.rules), name="rules"),
    path("keys/<uuid:uid>/", readers(keys.limit), name="key"),
    path("keys/<uuid:uid>/successor/", readers(keys.successor), name="key_successor"),
    path("directories/", second(directories.directories), name="directories"),
    path("directories/<uuid:pk>/", second(directories.directory), name="directory"),
    path("directories/<uuid:pk>/ask/", second(directories.ask_it), name="directory_ask"),
    path("directories/<uuid:pk>/<slug:verb>/", second(marked(OFFICIAL)(directories.verbs.answer)), name="directory_do"),
]
