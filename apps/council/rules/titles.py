"""What a meeting is called: `Fifth Meeting`, `Second Special Meeting`."""

ONES = (
    *("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth", "Eleventh"),
    *("Twelfth", "Thirteenth", "Fourteenth", "Fifteenth", "Sixteenth", "Seventeenth", "Eighteenth", "Nineteenth"),
    "Twentieth",
)
KINDS = {"special": "Special ", "inter_sessional": "Inter-Sessional ", "joint": "Joint "}


def ordinal(number: int) -> str:
    """The number as the word in a title up to twenty, then in figures: `Fifth`, `21st`, `112th`."""
    if 1 <= number <= len(ONES):
        return ONES[number - 1]
    ending = "th" if number // 10 % 10 == 1 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def meeting_name(number: int, kind: str) -> str:
    """The name of a meeting within its organ; regular meetings have no word for their kind."""
    return f"{ordinal(number)} {KINDS.get(kind, '')}Meeting"
