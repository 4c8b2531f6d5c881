"""Addresses of people's pages. Loading them opens the live stream to the people of the portal."""

from django.urls import path

from apps.access import stream
from apps.people import stream_rights, views

app_name = "people"
stream.open_to(stream_rights)
urlpatterns = [
    path("desk/", views.desk, name="desk"),
    path("seat/", views.switch_seat, name="switch_seat"),
    path("kept/", views.kept_form, name="kept"),
    path("preferences/", views.preferences, name="preferences"),
    path("accounts/", views.register, name="register"),
    path("accounts/<uuid:uid>/", views.person, name="person"),
    path("accounts/<uuid:uid>/appoint/", views.appoint, name="appoint"),
    path("seats/<uuid:uid>/end/", views.seat_end, name="seat_end"),
    path("keys/", views.tokens, name="tokens"),
    path("keys/<uuid:uid>/revoke/", views.token_revoke, name="token_revoke"),
]
