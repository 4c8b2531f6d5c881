"""Country codes as passports and lists write them, brought to ISO 3166-1 alpha-3."""

from functools import lru_cache

from .tables import country_codes

ALPHA3 = country_codes()

# ICAO Doc 9303-3 section 5 codes and former States, by what they stand for today.
_ALSO = {
    **{"D": "DEU", "GBD": "GBR", "GBN": "GBR", "GBO": "GBR", "GBP": "GBR", "GBS": "GBR", "XKX": "RKS", "UK": "GBR"},
    **{"SUN": "RUS", "YUG": "SRB", "SCG": "SRB", "ROM": "ROU", "ZAR": "COD", "TMP": "TLS", "ANT": "CUW"},
}
# Passports of these are issued by, or easily entered as, the first: neither agreement nor contradiction.
_KIN = tuple(
    frozenset(group.split())
    for group in (
        "GBR AIA BMU VGB CYM MSR TCA GIB FLK SHN",
        "NLD ABW CUW SXM BES",
        "FRA GLP MTQ GUF BLM MAF REU",
        "USA PRI VIR GUM ASM MNP",
        "CHN HKG MAC",
    )
)
NOT_STATED = frozenset(("XXX", "XXA", "XXB", "XXC", "ZZZ"))


@lru_cache(4096)
def country(code: str) -> str | None:
    """The alpha-3 code of a written one; None where it names no country; raises ValueError on another shape."""
    code = code.strip().rstrip("<").upper()
    if not code:
        return None
    if not (code.isascii() and code.isalpha() and len(code) <= 3) or (len(code) < 3 and code not in ALPHA3 | _ALSO):
        raise ValueError(f"“{code}” is not a country code. Write three letters, for example BRB.")
    code = _ALSO.get(code) or ALPHA3.get(code, code)
    return None if code in NOT_STATED else code


@lru_cache(4096)
def kin(codes: frozenset[str]) -> int:
    """A bit for each group of issuers that one of these countries belongs to.

    Where two persons' countries differ but share a bit, one is issued by, or was part of, the other.
    """
    return sum(1 << place for place, group in enumerate(_KIN) if not group.isdisjoint(codes))
