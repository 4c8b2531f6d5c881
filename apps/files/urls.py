"""Addresses of files."""

from django.urls import path

from apps.files import views

app_name = "files"
urlpatterns = [path("<uuid:pk>/", views.download_file, name="attachment")]
