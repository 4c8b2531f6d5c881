"""Sign-in and one's own account: the pages of allauth that the portal uses, and no others."""

from allauth.account import views as account
from django.urls import include, path

from apps.entrance.views import by_directory, sessions
from caricom_portal.views import ask_administrator

urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", sessions.sign_out, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    # allauth links to these; accounts and new passwords are given by an account administrator
    path("new/", ask_administrator, name="account_signup"),
    path("password/", ask_administrator, name="account_reset_password"),
    path("directory/", by_directory.choose, name="account_directories"),
    path("directory/<slug:party>/", by_directory.start, name="account_directory"),
    path("directory/<slug:party>/callback/", by_directory.callback, name="account_directory_callback"),
    path("2fa/", include("allauth.mfa.urls")),
    path("sessions/", sessions.sessions, name="usersessions_list"),
    path("sessions/<int:pk>/end/", sessions.end, name="usersessions_end"),
    path("sessions/devices/<uuid:pk>/forget/", sessions.forget, name="usersessions_forget"),
    path("sessions/changes/<uuid:pk>/", sessions.change, name="account_change"),
    path("sessions/directory/", by_directory.link, name="usersessions_directory"),
    path("sessions/directory/<uuid:pk>/remove/", by_directory.remove, name="usersessions_directory_remove"),
]
