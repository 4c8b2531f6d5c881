"""The demonstration: Trinidad and Tobago seals its texts. Its holders' key files lie beside this, for whoever tries it.

The passphrase of all three is PASSPHRASE; a real one is nowhere near the portal.
"""

import json
from pathlib import Path

from apps.sealing import actions
from apps.sealing.models import HolderKey
from demo.people import seated
from demo.scenes import Scene

FOLDER = Path(__file__).parent / "keys"
PASSPHRASE = "demonstration of a key file"  # noqa: S105 - of files that are published
HOLDERS = ("tto.intelligence.officer", "tto.intelligence.head", "tto.contact.officer")
ADMINISTRATOR = "tto.administration.administrator"


def load() -> int:
    """Register the keys of three holders, if they are not there yet; how many there are."""
    for name in HOLDERS:
        file = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
        if not HolderKey.objects.filter(public=file["public"]).exists():
            why = "Order of the Cabinet, for the exercise"
            row = actions.propose_holder_key(seated(name), None, public=file["public"], kept="file", why=why)
            actions.confirm_holder_key(seated(ADMINISTRATOR), row, fingerprint=file["fingerprint"])
    return HolderKey.objects.count()


SCENES = [Scene("keys of holders", load)]
