"""Numbers in words as official reports write them: words up to twenty, figures above."""

NUMBERS = (
    *("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)


def number(n: int) -> str:
    """ "ten"; "21" above twenty. Source: style of the report of 21 January 2008. Raises ValueError below nought."""
    if n < 0:
        raise ValueError(n)
    return NUMBERS[n] if n < len(NUMBERS) else str(n)
