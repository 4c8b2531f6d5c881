"""How often one address may ask the verification page."""

from typing import Any

from apps.access.throttles import PerAddress


class PerVerifier(PerAddress):
    """Questions of one address; a class of 30 people behind one address is not stopped."""

    rate = "120/min"

    def get_cache_key(self, request: Any, view: Any) -> str:
        """One counter per address, apart from that of the API."""
        return f"throttle:verify:{self.get_ident(request)}"
