"""Each place that encrypts, signs or makes a secret stands in docs/reference/cryptography.md; none by weak means."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
PAGE = (PROJECT / "docs" / "reference" / "cryptography.md").read_text()
KEYED = ("cryptography", "hmac", "jwt", "secrets", "ssl", "django.core.signing", "django.utils.crypto")
HASHERS = "django.contrib.auth.hashers"
OF_FORMATS = "apps/entrance/rules/known_passwords.py"
"""Lists of stolen passwords are kept by SHA-1; nothing is protected by it."""
HASHES = {"sha256", "blake2b", "file_digest"}
MODES = {"apps/audit/row_places.py": {"ECB"}}
"""One block for one number; the page says why."""
FOR_GAMES = {"random", "numpy.random"}
LIKELY = re.compile(r"\b(cryptography|hmac|jwt|secrets|ssl|crypto|signing|hashers|hashlib|random|verify)\b")
"""Words of which a module has one if it has anything to do with it; the others are not parsed."""


@cache
def modules() -> tuple[tuple[str, ast.Module], ...]:
    """(path, source) of the running portal's modules that import anything of the kind."""
    return tuple((path, ast.parse(text)) for path, text in sources() if LIKELY.search(text))


def sources() -> Iterator[tuple[str, str]]:
    for root in ("apps", "caricom_portal"):
        for path in sorted((PROJECT / root).rglob("*.py")):
            if "migrations" not in path.parts:
                yield str(path.relative_to(PROJECT)), path.read_text()


def imported(tree: ast.Module) -> set[str]:
    """Dotted names of what a module imports, wherever it does."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
    return found


def attributes(tree: ast.Module, of: str) -> set[str]:
    """What is asked of a module by the name `of`."""
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == of
    }


def is_keyed(name: str) -> bool:
    return name == HASHERS or any(name == one or name.startswith(f"{one}.") for one in KEYED)


def test_each_place_that_has_a_key_or_makes_a_secret_stands_in_the_inventory():
    found = {path for path, tree in modules() if any(map(is_keyed, imported(tree)))}
    listed = set(re.findall(r"`((?:apps|caricom_portal)/[^`]+\.py)`", PAGE)) - {OF_FORMATS}
    assert found - listed == set(), "name it in docs/reference/cryptography.md: its use, by what, under which key"
    assert listed - found == set(), "it is no longer there"


def test_hashes_are_sha_256_and_blake2b_alone():
    used = {path: attributes(tree, "hashlib") for path, tree in modules()}
    others = {path: names - HASHES for path, names in used.items() if names - HASHES}
    assert others == {OF_FORMATS: {"sha1"}}
    assert {path for path, tree in modules() if "hashlib" in imported(tree) and not used[path]} == set()


AEAD = {"apps/sealing/holder/caricom_holder.py"}
"""AES-256-GCM of the library, which takes no mode: of the program that holders run on machines of their own."""


def test_ciphers_are_fernet_alone_but_for_the_one_that_is_named():
    low = {
        path: attributes(tree, "modes") for path, tree in modules() if any("ciphers" in name for name in imported(tree))
    }
    assert {path for path in low if not low[path]} == AEAD
    assert {path: names for path, names in low.items() if names} == MODES


def test_nothing_is_drawn_by_a_generator_for_games():
    assert {path for path, tree in modules() if imported(tree) & FOR_GAMES} == set()


def test_certificates_are_checked_wherever_a_connection_is_made():
    for path, tree in modules():
        asked = attributes(tree, "ssl") | attributes(tree, "context")
        assert not asked & {"CERT_NONE", "_create_unverified_context", "check_hostname", "verify_mode"}, path
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            loose = [one for one in call.keywords if one.arg == "verify" and isinstance(one.value, ast.Constant)]
            assert not [one for one in loose if one.value.value is False], path
