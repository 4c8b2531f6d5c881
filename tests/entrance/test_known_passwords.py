"""No password that others know: common ones however they are stretched, the portal's own words, stolen ones."""

import hashlib
import io
import re
import subprocess
import sys
from pathlib import Path

import pytest
from allauth.mfa import app_settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.exceptions import ImproperlyConfigured, ValidationError

from apps.entrance.rules.known_passwords import OWN_WORDS, KnownPasswordValidator, holds, sha1_of
from caricom_portal import settings as own

VALIDATOR = KnownPasswordValidator()
SHORTEST = 12
SECURITY = Path(__file__).resolve().parents[2] / "docs" / "reference" / "security.md"


def is_refused(password, validator=VALIDATOR):
    """Whether it is, in the words of the framework."""
    try:
        validator.validate(password)
    except ValidationError as refused:
        return refused.messages == ["This password is too common."]
    return False


def test_a_common_word_stays_one_with_a_year_and_a_sign():
    words = [word for word in VALIDATOR.passwords if word.isalpha() and len(word) >= 6]
    stretched = [f"{word.title()}{'2026!!'[: max(len(word), SHORTEST) - len(word)]}" for word in words]
    taken = [password for password in stretched if not is_refused(password)]
    assert len(set(stretched)) > 3000, "the standard asks for as many"
    assert taken == []


@pytest.mark.parametrize(
    "password",
    [
        *(
            "password1234",
            "P@ssw0rd2026!",
            "sunshinesunshine",
            "Sunshine Sunshine",
            "2026-dragons-2026",
            "!!!monkey!!!!",
        ),
        *("123456789012", "abcdefghijkl", "xxxxxxxxxxxx", "abcabcabcabc", "987654321098"),
        *("Caricom2026!!", "Jamaica-Border-1", "jrcc.watch.officer", "TrinidadTobago", "portal password"),
    ],
)
def test_what_is_guessed_first_is_refused(password):
    assert is_refused(password)


@pytest.mark.parametrize(
    "password",
    [
        *("four words of nobody", "x1 y2 z3! a4 b5", "K9$love#82!5tQ", "831947562093", "jamaican pepper tree 4"),
        *("tr0mbone & kettle", "ein Wort von niemandem", "motdepersonne-à-moi"),
    ],
)
def test_what_nobody_would_guess_is_taken_whatever_its_signs(password):
    assert not is_refused(password)


def test_the_portals_words_are_those_that_its_documentation_lists():
    listed = re.search(r"^## Words that are no password\n(.*?)(?=^## )", SECURITY.read_text(), re.M | re.S)[1]
    assert sorted(re.findall(r"`([a-z]+)`", listed)) == sorted(OWN_WORDS)
    assert all(
        is_refused(f"{word}{'0123456789'[: max(SHORTEST - len(word), 0)]}") for word in OWN_WORDS if len(word) > 5
    )


@pytest.mark.parametrize("end", [b"\n", b":17\n", b":9\r\n"])
@pytest.mark.parametrize("number", [0, 1, 2, 3, 1000])
def test_each_stolen_one_is_found_and_no_other(end, number):
    stolen = [sha1_of(f"stolen {n}") for n in range(number)]
    file = io.BytesIO(b"".join(digest + end for digest in sorted(stolen)))
    assert all(holds(file, digest) for digest in stolen)
    assert not any(holds(file, sha1_of(f"nobody's {n}")) for n in range(200))


def test_a_list_that_does_not_end_in_a_line_break_is_read_to_its_end():
    digests = sorted(sha1_of(str(n)) for n in range(50))
    assert all(holds(io.BytesIO(b"\n".join(digests)), digest) for digest in digests)


def test_a_password_of_such_a_file_is_refused_and_a_file_that_is_not_there_is_said_so(tmp_path):
    file = tmp_path / "stolen.txt"
    said = ["four words of nobody", "another one of ours"]
    file.write_text("".join(f"{hashlib.sha1(one.encode()).hexdigest().upper()}:3\n" for one in sorted(said)))
    lines = sorted(file.read_text().splitlines())
    file.write_text("\n".join(lines))
    validator = KnownPasswordValidator(str(file))
    assert [is_refused(one, validator) for one in [*said, "four words of somebody"]] == [True, True, False]
    with pytest.raises(ImproperlyConfigured, match="is no file"):
        KnownPasswordValidator(str(tmp_path / "none.txt"))


def test_a_password_that_was_taken_is_kept_as_it_takes_long_to_guess():
    assert own.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    asked = "from django.contrib.auth.hashers import Argon2PasswordHasher as a; print(a.memory_cost, a.time_cost)"
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout
    memory, rounds = map(int, said.split())  # in a process of its own: tests hash quickly
    assert (memory >= 47_104, rounds >= 2) == (True, True), "KiB and rounds"
    assert Argon2PasswordHasher().salt() != Argon2PasswordHasher().salt()
    assert len(Argon2PasswordHasher().salt()) >= 22, "letters and digits: 128 bits"


def test_codes_have_what_five_tries_ask_for():
    assert app_settings.RECOVERY_CODE_DIGITS >= 8
    assert app_settings.TOTP_DIGITS >= 6
    assert (app_settings.TOTP_PERIOD, app_settings.TOTP_TOLERANCE) == (30, 1)
