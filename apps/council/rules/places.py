"""Towns in which the Community meets, and the party that each lies in: for the time zone of a meeting. Pure."""

import re
import unicodedata

TOWNS = {
    "AIA": ("The Valley",),
    "ATG": ("St. John's",),
    "BHS": ("Nassau", "Freeport"),
    "BLZ": ("Belmopan", "Belize City"),
    "BMU": ("Hamilton",),
    "BRB": ("Bridgetown",),
    "CUW": ("Willemstad",),
    "CYM": ("George Town",),
    "DMA": ("Roseau",),
    "GRD": ("St. George's",),
    "GUY": ("Georgetown",),
    "HTI": ("Port-au-Prince",),
    "JAM": ("Kingston", "Montego Bay"),
    "KNA": ("Basseterre", "Bird Rock", "Frigate Bay"),
    "LCA": ("Castries", "Rodney Bay"),
    "MSR": ("Brades", "Plymouth"),
    "SUR": ("Paramaribo",),
    "TCA": ("Cockburn Town", "Grand Turk", "Providenciales"),
    "TTO": ("Port of Spain", "San Fernando", "Scarborough"),
    "VCT": ("Kingstown",),
    "VGB": ("Road Town",),
}
"""Seats of government and usual places of meetings, by party. Source: ISO 3166-1, public communiqués of meetings."""


def party_of(place: str, names: dict[str, str]) -> str | None:
    """Code of the party whose name, or a town of which, the place of a meeting says; None where it says none.

    `names`: {short name of a party: its code}. Whole words count, so that Kingstown is not Kingston, and the last ones
    said, since a house ("Jamaica House, Nassau") may be called after another State.
    """
    said = f" {_folded(place)} "
    known = {_folded(town): code for code, towns in TOWNS.items() for town in towns}
    known |= {_folded(name): code for name, code in names.items()}
    found = {said.rindex(f" {name} ") + len(name): code for name, code in known.items() if name and f" {name} " in said}
    return found[max(found)] if found else None


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold().replace("'", "").replace("\u2019", ""))
    words = re.findall(r"[a-z0-9]+", "".join(letter for letter in plain if not unicodedata.combining(letter)))
    return " ".join("st" if word == "saint" else word for word in words)
