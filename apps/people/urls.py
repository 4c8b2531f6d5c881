"""Addresses of people's pages. Loading them opens the live stream to the people of the portal."""

from django.urls import path

from apps.access import stream
from apps.people import stream_rights
from apps.people.views import accounts, address, desk, keys, register

app_name = "people"
stream.open_to(stream_rights)
urlpatterns = [
    path("desk/", desk.desk, name="desk"),
    path("desk/news/", desk.desk_news, name="desk_news"),
    path("desk/counts/", desk.counts, name="counts"),
    path("seat/", desk.switch_seat, name="switch_seat"),
    path("kept/", desk.kept_form, name="kept"),
    path("preferences/", desk.preferences, name="preferences"),
    path("me/address/", address.own_address, name="address"),
    path("accounts/", register.register, name="register"),
    path("accounts/new/", accounts.open_account, name="account_new"),
    path("accounts/<uuid:uid>/", register.person, name="person"),
    path("accounts/<uuid:uid>/appoint/", register.appoint, name="appoint"),
    path("accounts/<uuid:uid>/suspend/", accounts.suspend, name="account_suspend"),
    path("accounts/<uuid:uid>/reactivate/", accounts.reactivate, name="account_reactivate"),
    path("accounts/<uuid:uid>/renew/", accounts.renew, name="account_renew"),
    path("seats/<uuid:uid>/end/", register.seat_end, name="seat_end"),
    path("keys/", keys.tokens, name="tokens"),
    path("keys/<uuid:uid>/revoke/", keys.token_revoke, name="token_revoke"),
]
