"""Sign-in and one's own account: the pages of allauth that the portal uses, and no others."""

from allauth.account import views as account
from allauth.mfa.recovery_codes import views as recovery_codes
from django.urls import include, path

from apps.access.marking import OFFICIAL, marked
from apps.entrance.views import directory_sign_in, sessions
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
    path("directory/", directory_sign_in.choose, name="account_directories"),
    path("directory/<slug:party>/", directory_sign_in.start, name="account_directory"),
    path("directory/<slug:party>/callback/", directory_sign_in.callback, name="account_directory_callback"),
    # before the package's own, which states no marking of the file
    path(
        "2fa/recovery-codes/download/",
        marked(OFFICIAL)(recovery_codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("2fa/", include("allauth.mfa.urls")),
    path("sessions/", sessions.sessions, name="usersessions_list"),
    path("sessions/<int:pk>/end/", sessions.end, name="usersessions_end"),
    path("sessions/devices/<uuid:pk>/forget/", sessions.forget, name="usersessions_forget"),
    path("sessions/changes/<uuid:pk>/", sessions.change, name="account_change"),
    path("sessions/directory/", directory_sign_in.link, name="usersessions_directory"),
    path(
        "sessions/directory/<uuid:pk>/remove/",
        directory_sign_in.show_link_removal,
        name="usersessions_directory_remove",
    ),
]
