"""Have a Chromium for the browser tests: found, installed where that is allowed, or named as missing."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
MISSING = "No Chromium for the browser tests: install the package `chromium`, or set CHROMIUM=/path/to/it."


def find_chromium() -> str | None:
    """The browser's program: $CHROMIUM, or the first of the usual names; None when there is none."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named if os.access(named, os.X_OK) else None
    return next(filter(None, map(shutil.which, NAMES)), None)


def is_required() -> bool:
    """True where a missing browser is a failure, not a reason to skip."""
    return bool(os.environ.get("CI") or os.environ.get("PORTAL_REQUIRE_BROWSER"))


def main() -> None:
    """Exit 1 when it is missing and required; otherwise say what is missing and go on."""
    if find_chromium() is None and os.geteuid() == 0 and shutil.which("apt-get") and not os.environ.get("CHROMIUM"):
        print("installing chromium …", flush=True)
        for arguments in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", "chromium"]):
            done = subprocess.run(["apt-get", *arguments], capture_output=True, text=True)
            if done.returncode:
                print(done.stderr[-1000:])
                break
    if find_chromium() is None:
        sys.exit(MISSING) if is_required() else print(MISSING)


if __name__ == "__main__":
    main()
