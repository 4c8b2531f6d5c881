"""What this app, and allauth by its adapter, keep under FIELD_KEY."""

from typing import Any

from apps.access.encryption import sealed_anew
from apps.access.key_rotation import Kept, of_column

DIRECTORIES = of_column("entrance.Directory", "sealed")
FORMER_ADDRESSES = of_column("entrance.AccountChange", "former")
SECRETS = ("secret", "seed")
"""Names of encrypted texts in the data of a second factor: of apps for codes, of recovery codes (allauth.mfa)."""
CODES = "migrated_codes"
"""The name of a list of them."""


def _factor_anew(row: Any) -> dict[str, Any] | None:
    """The data of a second factor, each encrypted text in it under the first key; None where all are."""
    found: dict[str, Any] = {}
    for name in SECRETS:
        anew = sealed_anew(row.data[name]) if name in row.data else None
        found |= {name: anew} if anew is not None else {}
    codes = [(kept, sealed_anew(kept)) for kept in row.data.get(CODES) or []]
    if any(anew is not None for _kept, anew in codes):
        found[CODES] = [kept if anew is None else anew for kept, anew in codes]
    return row.data | found if found else None


SECOND_FACTORS = Kept("mfa.Authenticator", "data", _factor_anew)
