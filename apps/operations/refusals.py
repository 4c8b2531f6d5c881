"""What this app refuses: the code, and the sentence for who is refused."""

from apps.access.verdict import Refusal


class Refusals(Refusal):
    """Codes are a contract: outside programs read them."""

    NOT_PLATFORM_HEAD = "not-platform-head", "Only the operators of the portal can do this."
    MAINTENANCE_RUNS = "maintenance-runs", "Maintenance is already running. End it first."
