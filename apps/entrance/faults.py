"""What is wrong with a directory, in plain words: by `apps.entrance.fetching.Fault.code`."""

from django.utils.translation import gettext_lazy as _

FAULTS = {
    "no-such-host": _("There is no host of this name."),
    "not-a-public-host": _("The address does not lead to a host of the public network."),
    "address": _("The directory names an address that the portal does not call: https on port 443 or 8443 alone."),
    "silent": _("The directory does not answer in time, or its certificate is not valid."),
    "moved": _("The directory answers with a redirect, which the portal does not follow."),
    "large": _("The answer of the directory is too large."),
    "document": _("There is no description of an OpenID provider at this address."),
    "other-issuer": _("The directory calls itself by another issuer. Give it letter by letter as it calls itself."),
    "endpoint": _("The directory's description lacks an address for signing in, for tokens or for keys."),
    "keys": _("The directory publishes no keys by which it signs."),
    "key": _("The token is signed with a key that the directory does not publish, or that is too short."),
    "algorithm": _("The token is not signed, or in a way that the portal does not take."),
    "signature": _("The signature of the token is wrong."),
    "issuer": _("The token is of another issuer."),
    "audience": _("The token is for another application."),
    "expired": _("The token is over, or not valid yet: compare the clocks."),
    "nonce": _("The token is of another sign-in."),
    "token": _("The directory gave no token that can be read. The client secret may be wrong."),
    "cancelled": _("You came back from the directory without signing in there."),
}
