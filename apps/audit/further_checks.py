"""What else `verify_audit` looks at: apps that witness the trail hand their checks in; this one knows none."""

from collections.abc import Callable, Iterator

Check = Callable[[], tuple[list[str], list[str]]]
"""Gives what does not fit, and what is to be said of the rest; each a line."""
_CHECKS: list[Check] = []


def checks(check: Check) -> Check:
    """Have `verify_audit` do this, too; declared where the app is loaded."""
    _CHECKS.append(check)
    return check


def outcomes() -> Iterator[tuple[list[str], list[str]]]:
    """What each check finds now."""
    for check in _CHECKS:
        yield check()
