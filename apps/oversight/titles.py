"""What people call the records of oversight: one function for each kind, named as its model is."""


def case(rule: str, person: str = "") -> str:
    """What a rule found; with whom it is about, for the page of the case alone."""
    return f"{rule}: {person}" if person else rule
