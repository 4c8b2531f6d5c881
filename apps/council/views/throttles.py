"""How often one address may ask the public register."""

from typing import Any

from apps.access.throttles import PerAddress


class PerReader(PerAddress):
    """Pages of the public register for one address; a class of 30 people behind one address is not stopped."""

    rate = "120/min"

    def get_cache_key(self, request: Any, view: Any) -> str:
        """One counter per address, apart from those of the API and of the verification page."""
        return f"throttle:register:{self.get_ident(request)}"
