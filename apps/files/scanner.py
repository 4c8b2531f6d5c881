"""The hook for a malware scanner: a command that is given the path of the file.

FILE_SCANNER="clamdscan --no-summary --fdpass". Exit 0: nothing found; 1: infected; anything else: it could not look
(the convention of ClamAV's clamscan(1) and clamdscan(1)).
"""

import shlex
import subprocess
from pathlib import Path

from django.conf import settings

LONGEST_S = 120
VERDICTS = {0: "clean", 1: "refused"}


def configured() -> bool:
    """Whether there is a scanner."""
    return bool(settings.FILE_SCANNER.strip())


def name() -> str:
    """The program's name, for the record."""
    return Path(shlex.split(settings.FILE_SCANNER)[0]).name[:100]


def verdict(path: Path) -> str:
    """clean, refused or unavailable for the bytes at `path`."""
    command = [*shlex.split(settings.FILE_SCANNER), str(path)]
    quiet = subprocess.DEVNULL
    try:
        done = subprocess.run(  # noqa: S603  (the operator's own command; no shell, and the path is a hash)
            command, stdin=quiet, stdout=quiet, stderr=quiet, timeout=LONGEST_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return "unavailable"
    return VERDICTS.get(done.returncode, "unavailable")
