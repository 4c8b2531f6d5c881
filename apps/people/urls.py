"""Addresses of people's pages. Loading them opens the live stream to the people of the portal."""

from django.urls import path

from apps.access import stream
from apps.people import stream_rights
from apps.people.views import (
    accounts,
    address,
    approvals,
    desk,
    emergencies,
    invitations,
    joining,
    keys,
    register,
    reviews,
    standing_in,
)

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
    path("accounts/<uuid:uid>/clearance/", accounts.clear, name="account_clear"),
    path("invitations/", invitations.invitations, name="invitations"),
    path("invitations/new/", invitations.invite, name="invitation_new"),
    path("invitations/many/", invitations.bulk, name="invitation_bulk"),
    path("invitations/<uuid:uid>/resend/", invitations.resend, name="invitation_resend"),
    path("invitations/<uuid:uid>/revoke/", invitations.revoke, name="invitation_revoke"),
    path("join/<slug:link>/", joining.join, name="join"),
    path("approvals/", approvals.approvals, name="approvals"),
    path("approvals/<uuid:uid>/", approvals.approval, name="approval"),
    path("approvals/<uuid:uid>/<slug:verb>/", approvals.approval_do, name="approval_do"),
    path("accounts/<uuid:uid>/name/", accounts.change, {"verb": "rename"}, name="account_rename"),
    path("accounts/<uuid:uid>/leave/", accounts.change, {"verb": "leave"}, name="account_leave"),
    path("accounts/<uuid:uid>/waiver/", accounts.waive, name="waiver"),
    path("waivers/<uuid:uid>/end/", accounts.waiver_end, name="waiver_end"),
    path("stand-in/", standing_in.stand_in, name="stand_in"),
    path("stand-in/<uuid:uid>/end/", register.acting_end, name="acting_end"),
    path("reviews/", reviews.reviews, name="reviews"),
    path("reviews/<uuid:uid>/", reviews.review, name="review"),
    path("reviews/<uuid:uid>/evidence.csv", reviews.evidence, name="review_evidence"),
    path("reviews/seats/<uuid:uid>/<slug:verb>/", reviews.review_do, name="review_do"),
    path("emergency/", emergencies.emergencies, name="emergencies"),
    path("emergency/take/", emergencies.take, name="emergency_take"),
    path("emergency/<uuid:uid>/", emergencies.emergency_use, name="emergency"),
    path("emergency/<uuid:uid>/<slug:verb>/", emergencies.emergency_do, name="emergency_do"),
    path("seats/<uuid:uid>/transfer/", register.seat_transfer, name="seat_transfer"),
    path("seats/<uuid:uid>/end/", register.seat_end, name="seat_end"),
    path("keys/", keys.tokens, name="tokens"),
    path("keys/<uuid:uid>/revoke/", keys.token_revoke, name="token_revoke"),
]
