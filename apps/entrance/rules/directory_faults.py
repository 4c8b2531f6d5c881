"""What is wrong with a directory, in plain words: by `apps.entrance.rules.directory_requests.Fault.code`."""

from django.utils.translation import gettext_lazy as _

FAULTS = {
    "no-such-host": _("No host has this name."),
    "not-a-public-host": _("The address is not on the public internet."),
    "address": _(
        "The directory names an address that the portal does not call. Only https on port 443 or 8443 is allowed."
    ),
    "silent": _("The directory does not answer in time, or its certificate is not valid."),
    "moved": _("The directory answers with a redirect, which the portal does not follow."),
    "large": _("The directory's answer is too large."),
    "document": _("There is no description of an OpenID provider at this address."),
    "other-issuer": _("The directory gives another issuer name. Enter it exactly as the directory gives it."),
    "endpoint": _("The directory's description has no sign-in, token or key address."),
    "keys": _("The directory publishes no signing keys."),
    "key": _("The token is signed with a key that the directory does not publish, or that is too short."),
    "algorithm": _("The token is not signed, or the portal does not accept its signature method."),
    "signature": _("The signature of the token is wrong."),
    "issuer": _("The token is from another issuer."),
    "audience": _("The token is for another application."),
    "expired": _("The token has expired, or is not valid yet: check the clocks."),
    "nonce": _("The token belongs to another sign-in."),
    "token": _("The directory returned no readable token. The client secret may be wrong."),
    "cancelled": _("You came back from the directory without signing in there."),
}
