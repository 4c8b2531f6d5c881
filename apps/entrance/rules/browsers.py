"""What a browser is called by people: two words, never the whole line that it sends."""

BROWSERS = (
    *(("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("FxiOS/", "Firefox")),
    *(("Firefox/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari")),
)
SYSTEMS = (
    *(("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad")),
    *(("CrOS", "ChromeOS"), ("Mac OS X", "macOS"), ("Linux", "Linux")),
)
"""(part of the line, what people call it); the first that is found counts, since many name others as well."""


def in_words(line: str) -> str:
    """ "Chrome, Windows" for the User-Agent of a request (RFC 9110, section 10.1.5); "" for one that names neither."""
    found = (next((word for part, word in table if part in line), "") for table in (BROWSERS, SYSTEMS))
    return ", ".join(word for word in found if word)
