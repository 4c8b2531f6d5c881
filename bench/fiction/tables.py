"""What eyes, ears, hands and machines exchange when they write a record."""

from functools import cache

from .people import FOLDER

PARTICLES = frozenset(
    [
        "de",
        "la",
        "del",
        "los",
        "da",
        "do",
        "dos",
        "das",
        "van",
        "der",
        "den",
        "ter",
        "'t",
        "al",
        "el",
        "abdel",
        "abdul",
        "abu",
        "ben",
        "bin",
    ]
)
# Letters that an optical reader, an ear or a hand exchanges.
SEEN = (
    ("o", "0"),
    ("l", "1"),
    ("i", "1"),
    ("s", "5"),
    ("b", "8"),
    ("rn", "m"),
    ("m", "rn"),
    ("u", "v"),
    ("cl", "d"),
    ("e", "c"),
    ("h", "b"),
)
HEARD = (
    *(
        ("ph", "f"),
        ("ck", "k"),
        ("c", "k"),
        ("k", "c"),
        ("oo", "u"),
        ("u", "oo"),
        ("ou", "u"),
        ("ee", "i"),
        ("i", "ee"),
        ("y", "i"),
    ),
    *(
        ("i", "y"),
        ("z", "s"),
        ("s", "z"),
        ("th", "t"),
        ("w", "v"),
        ("v", "b"),
        ("b", "v"),
        ("ll", "l"),
        ("l", "ll"),
        ("nn", "n"),
    ),
    *(
        ("n", "nn"),
        ("ai", "ay"),
        ("ie", "y"),
        ("sh", "ch"),
        ("dh", "d"),
        ("kh", "k"),
        ("gh", "g"),
        ("j", "dj"),
        ("a", "ah"),
    ),
    *(("e", "a"), ("o", "u"), ("ei", "i"), ("au", "o"), ("t", "tt"), ("dj", "j"), ("oe", "u"), ("u", "oe")),
)
KEYS = {
    "a": "s",
    "s": "ad",
    "d": "sf",
    "e": "wr",
    "r": "et",
    "i": "uo",
    "o": "ip",
    "n": "bm",
    "m": "n",
    "t": "ry",
    "l": "k",
    "u": "yi",
}
CYRILLIC = (
    *(
        ("shch", "щ"),
        ("yu", "ю"),
        ("ya", "я"),
        ("ye", "е"),
        ("yo", "ё"),
        ("zh", "ж"),
        ("kh", "х"),
        ("ts", "ц"),
        ("ch", "ч"),
        ("sh", "ш"),
    ),
    *zip("abvgdeziyklmnoprstufhj", "абвгдезийклмнопрстуфхй", strict=True),
)
ACCENTS = str.maketrans("aeioun", "áéíóúñ")
NICKNAMES = ("Shorty", "Bigga", "Tall Man", "Junior", "El Flaco", "Ti-Zo", "Boyo", "Biggs", "Prento", "Uncle")
DOCUMENT_LETTERS = {"0": "O", "1": "I", "5": "S", "8": "B", "2": "Z", "6": "G"}


@cache
def spellings() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Other spellings of a name, and its familiar forms, from variants.txt."""
    other: dict[str, list[str]] = {}
    familiar: dict[str, list[str]] = {}
    for line in (FOLDER / "variants.txt").read_text("utf-8").splitlines():
        words = line.split()
        if words[0] == "=":
            familiar.setdefault(words[1], []).extend(words[2:])
        elif words[0] != "#":
            for word in words:
                other.setdefault(word, []).extend(x for x in words if x != word)
    return other, familiar


# How often each happens to a record in which something of its kind happens.
NAMES: dict[str, float] = {
    **{"typed": 10, "typed_twice": 2, "seen": 4, "heard": 10, "respelled": 24, "familiar": 14, "exchanged": 6},
    **{"fewer_names": 12, "initials": 4, "run_together": 8, "hyphens": 10, "one_surname": 20, "without_particle": 22},
    **{"cut": 14, "title": 4, "accents": 5, "cyrillic": 24},
}
DATES: dict[str, float] = {
    **{"day_and_month": 4, "digit": 5, "year_off": 3, "year_alone": 7, "month_alone": 2, "about": 1, "no_date": 6},
    **{"wrong_date": 0.4},
}
OTHERS: dict[str, float] = {
    **{"other_nationality": 4, "no_nationality": 6, "wrong_sex": 0.8, "no_sex": 5, "no_document": 28, "renewed": 18},
    **{"number_misread": 4, "number_marked": 3},
}
# (at most so many errors of names, share with a wrong date, share with another error) for each grade of care.
CARE = ((1, 0.12, 0.35), (1, 0.25, 0.6), (2, 0.4, 0.75), (3, 0.55, 0.85))
