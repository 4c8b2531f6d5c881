"""Sign-in and one's own account: the pages of allauth that the portal uses, and no others."""

from allauth.account import views as account
from django.urls import include, path

from caricom_portal.views import ask_administrator

urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    # allauth links to these; accounts and new passwords are given by an account administrator
    path("new/", ask_administrator, name="account_signup"),
    path("password/", ask_administrator, name="account_reset_password"),
    path("2fa/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
]
