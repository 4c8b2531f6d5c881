"""What must hold of the settings before files may be stored."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from apps.files.rules import scanner


@register
def files_lie_outside_the_web_root(**_kwargs: Any) -> list[CheckMessage]:
    """Stored files must not lie where the web server hands out static files."""
    root = Path(settings.FILE_ROOT).resolve()
    served = [Path(folder).resolve() for folder in (settings.STATIC_ROOT, *settings.STATICFILES_DIRS)]
    if any(root.is_relative_to(folder) for folder in served):
        text = f"FILE_ROOT ({root}) lies inside a folder of static files, so that anybody could read what is stored."
        return [Error(text, hint="Set FILE_ROOT to a folder of its own.", id="files.E001")]
    return []


@register
def the_scanner_has_an_address(**_kwargs: Any) -> list[CheckMessage]:
    """A daemon that is named must be named whole: a slip of the pen would close every new file."""
    if not scanner.is_daemon():
        return []
    try:
        scanner.daemon_address()
    except ValueError as wrong:
        return [Error("FILE_SCANNER names no socket.", hint=f"Write {wrong}.", id="files.E002")]
    return []
