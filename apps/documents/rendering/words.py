"""The few words that renderers add to a document, in the languages of the Community, and dates as people write them."""

import datetime
from collections.abc import Mapping

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
KEYS = (
    *("page", "of", "marking", "reference", "version", "date", "copy", "for", "fictional"),
    *("verify", "hash", "seal", "code", "note", "how"),
)
_ENGLISH = (
    *("Page", "of", "Marking", "Reference", "Version", "Date", "Copy", "for", "FICTIONAL demonstration data"),
    *("How to verify this document", "Content hash (SHA-256)", "Seal", "Verification code", "Note"),
    "Give the file, or type the code or the hash, at {url}. Only the file itself proves every byte; after the code or"
    " the hash, compare number, title and date with this copy.",
)
_FRENCH = (
    *(
        "Page",
        "sur",
        "Classification",
        "Référence",
        "Version",
        "Date",
        "Exemplaire",
        "pour",
        "Données FICTIVES de démonstration",
    ),
    *("Comment vérifier ce document", "Empreinte du contenu (SHA-256)", "Sceau", "Code de vérification", "Note"),
    "Remettez le fichier, ou saisissez le code ou l'empreinte, à l'adresse {url}. Seul le fichier prouve chaque octet ;"
    " après le code ou l'empreinte, comparez numéro, titre et date avec cet exemplaire.",
)
_DUTCH = (
    *(
        "Bladzijde",
        "van",
        "Rubricering",
        "Kenmerk",
        "Versie",
        "Datum",
        "Exemplaar",
        "voor",
        "FICTIEVE demonstratiegegevens",
    ),
    *("Dit document controleren", "Hash van de inhoud (SHA-256)", "Zegel", "Controlecode", "Opmerking"),
    "Geef het bestand, of typ de code of de hash, op {url}. Alleen het bestand zelf bewijst elke byte; vergelijk na de"
    " code of de hash nummer, titel en datum met dit exemplaar.",
)
_SPANISH = (
    *(
        "Página",
        "de",
        "Clasificación",
        "Referencia",
        "Versión",
        "Fecha",
        "Copia",
        "para",
        "Datos FICTICIOS de demostración",
    ),
    *("Cómo verificar este documento", "Hash del contenido (SHA-256)", "Sello", "Código de verificación", "Nota"),
    "Entregue el archivo, o escriba el código o el hash, en {url}. Solo el archivo prueba cada byte; después del código"
    " o del hash, compare número, título y fecha con esta copia.",
)
_TABLE = {
    language: dict(zip(KEYS, said, strict=True))
    for language, said in (("en", _ENGLISH), ("fr", _FRENCH), ("nl", _DUTCH), ("es", _SPANISH))
}


def of(language: str) -> Mapping[str, str]:
    """The words of a BCP 47 language; English for a language that has none here."""
    return _TABLE.get(language.split("-")[0].lower(), _TABLE["en"])


def moment(at: datetime.datetime) -> str:
    """ "12 Feb 2008, 18:02" in UTC."""
    utc = at.astimezone(datetime.UTC)
    return f"{day(utc)}, {utc:%H:%M}"


def day(at: datetime.datetime) -> str:
    """ "12 Feb 2008", the day in UTC."""
    utc = at.astimezone(datetime.UTC)
    return f"{utc.day} {MONTHS[utc.month - 1]} {utc.year}"
