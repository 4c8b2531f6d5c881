"""Numbers of shared reports, as recipients and as the originator's register know them."""

TYPES = {
    "information_report": "IR",
    "intelligence_report": "IN",
    "product": "PR",
    "spot_report": "SP",
    "bulletin": "BU",
    "jta": "TA",
}


def series(kind: str, year: int, originator: str) -> str:
    """The series that counts without gaps: by type, year and originator."""
    return f"{TYPES[kind]}/{year}/{originator}"


def numbered(counted: str, number: int) -> str:
    """RIFC/IR/2026/BRB/0142."""
    return f"RIFC/{counted}/{number:04d}"


def disguised(counted: str, tail: str, check: str) -> str:
    """The number of a party that does not let others count its reports: six random characters and a check letter."""
    return f"RIFC/{counted}/{tail}-{check}"
