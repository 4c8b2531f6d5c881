"""Jamaica's lines of the register, which is there from the start, for tests/matrix.py."""

from typing import Any

from apps.region.models import Indicator, Instrument, InstrumentParty, Participation, Track

RECORDS = {
    "api:region-indicators": "indicator", "api:region-instrument-parties": "instrument_party",
    "api:region-instruments": "instrument", "api:region-measures": "measure",
    "api:region-participations": "participation",
    "region:act": "participation", "region:instrument_of": "instrument", "region:participation": "participation",
    "region:track": "measure",
}  # fmt: skip
VERBS = {"region:act": "express_interest"}
VALUES = {
    ("region:system", "code"): "APIS", ("region:number", "code"): "APIS", ("region:state", "code"): "JAM",
    ("region:instrument", "code"): "TSA-2006", ("region:topic", "code"): "CYBER_CRIME",
    ("region:indicator", "code"): "APIS_STATES", ("region:act", "collection"): "participations",
}  # fmt: skip


def records(cast: Any, world: dict[str, Any]) -> dict[str, Any]:
    """One of each kind of line."""
    return {
        "participation": Participation.objects.get(system="APIS", party="JAM"),
        "measure": Track.objects.get(topic="CYBER_CRIME", party="JAM"),
        "instrument": Instrument.objects.get(code="TSA-2006"),
        "instrument_party": InstrumentParty.objects.get(instrument__code="TSA-2006", entity="JAM"),
        "indicator": Indicator.objects.get(code="APIS_STATES"),
    }
