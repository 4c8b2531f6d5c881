"""What signing in joins to the other apps."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.manifest import App, Collection, Event, Every, Tab
from apps.entrance.policy import DIRECTORY_READERS, RULE_READERS

app = App(
    "entrance",
    urls={"entrance/": "urls"},
    collections=[
        Collection("people/keys", "api.KeyViewSet"),
        Collection("entrance/directories", "api.DirectoryViewSet"),
    ],
    tabs=[
        Tab(
            pgettext_lazy("navigation, portal", "Sign-in policy"),
            "entrance:rules",
            RULE_READERS,
            once=pgettext_lazy("navigation, portal", "Signing in"),
        ),
        Tab(
            pgettext_lazy("navigation, portal", "Directories"),
            "entrance:directories",
            DIRECTORY_READERS,
            once=_("Directories of States"),
        ),
    ],
    clock=[
        Every("1h", "entrance.tick", lane="clock"),
    ],
    groups={
        "sign_in": pgettext_lazy("words, notices", "Sign-in"),
    },
    events=[
        Event(
            "sign_in.new_device",
            "sign_in",
            "Signed in from a new device",
            "You signed in from a new device",
            kind="security",
        ),
        Event(
            "own_account.password",
            "sign_in",
            "Your password was changed",
            "Your password was changed",
            kind="security",
            body="one's own account",
        ),
        Event(
            "own_account.totp_added",
            "sign_in",
            "An app for codes was added",
            "An app for codes was added to your account",
            kind="security",
            body="one's own account",
        ),
        Event(
            "own_account.totp_removed",
            "sign_in",
            "Your app for codes was removed",
            "Your app for codes was removed",
            kind="security",
            body="one's own account",
        ),
        Event(
            "own_account.passkey_added",
            "sign_in",
            "A passkey was added",
            "A passkey was added to your account",
            kind="security",
            body="one's own account",
        ),
        Event(
            "own_account.passkey_removed",
            "sign_in",
            "A passkey was removed",
            "A passkey was removed from your account",
            kind="security",
            body="one's own account",
        ),
        Event(
            "own_account.codes",
            "sign_in",
            "New recovery codes were made",
            "New recovery codes were made for your account",
            kind="security",
            body="one's own account",
        ),
        Event(
            "own_account.linked",
            "sign_in",
            "You were linked to your State's directory",
            "Your account was linked to your State's directory",
            kind="security",
            body="one's own account",
        ),
        Event(
            "own_account.unlinked",
            "sign_in",
            "Your link to your State's directory ended",
            "Your link to your State's directory was ended",
            kind="security",
            body="one's own account",
        ),
        Event(
            "own_account.address",
            "sign_in",
            "Your mail address was changed",
            "Your mail address for notices was changed",
            kind="security",
            body="one's own account",
        ),
        Event(
            "own_account.renewed",
            "sign_in",
            "You were given a one-time password",
            "You were given a one-time password by an administrator",
            kind="security",
            body="one's own account",
        ),
        Event(
            "own_account.code_again",
            "sign_in",
            "A code was tried a second time",
            "A code of yours was tried a second time",
            kind="security",
            body="one's own account",
        ),
        Event(
            "sign_in.beside_directory",
            "sign_in",
            "An administrator signed in beside the directory",
            "An administrator signed in beside the directory",
            kind="security",
        ),
        Event(
            "key.used_elsewhere",
            "sign_in",
            "A key was tried from another network",
            "A key of {party} was tried from another network",
            kind="security",
        ),
        Event("key.ending", "sign_in", "A key of a program ends soon", "A key of {party} ends soon", kind="needs"),
    ],
    offers={
        "access.encrypted": {
            "entrance.directory": "queries.encrypted_texts.DIRECTORIES",
            "entrance.accountchange": "queries.encrypted_texts.FORMER_ADDRESSES",
            "mfa.authenticator": "queries.encrypted_texts.SECOND_FACTORS",
        },
        "notices.lines": {"entrance.accountchange": "listeners.account_mails.lines_by_id"},
        "access.gates": ["actions.key_guard.collection_is_named"],
        "people.key_guards": ["actions.key_guard.key_is_at_home"],
        "people.key_purposes": ["actions.keys.keep_key_purposes"],
        "people.key_limits": ["queries.sign_in.limits_of"],
        "people.key_narrows": ["actions.key_guard.narrowed"],
        "people.session_rules": ["queries.sign_in.rule_for"],
    },
    declares=["listeners.account_mails"],
)
