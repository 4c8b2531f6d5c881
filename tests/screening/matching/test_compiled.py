"""The engine as machine code says what the engine says as it is written, of whatever it is given."""

import json
import random
import shutil
import subprocess
import sys
from importlib.machinery import EXTENSION_SUFFIXES

import pytest

from apps.screening.matching.compilation import HOT, compile_engine, lacking
from apps.screening.matching.tables import COMPILED, PACKAGE

from .pairs import ROSA, but, golden_cases, labelled_pairs

DAMAGE = (
    *(
        None,
        "",
        "<<",
        7,
        1.5,
        True,
        [],
        {},
        [None],
        [7],
        ["BRB", None],
        "1984-02-31",
        "31.02.1984",
        "ÉLODIE\u200b",
        "王小明",
    ),
    *([{"number": "A1"}], [{"number": ["A1"]}], {"from": 1980, "to": 1970}, {"from": "x"}, "\ud800", "<" * 5000),
    *([{"surname": 7}], [{"full_name": "Joe", "quality": "middling"}], ["Joe"] * 400),
)
# with a weak alias the lines of the names are summed by themselves
LATOYA = {"surname": "Roberts", "given_names": "Latoya", "sex": "F", "birth_date": "1996-07-23", "nationality": ["BHS"]}
ALSO_ROBERTS = {
    **LATOYA,
    "surname": "Henry",
    "given_names": "L",
    "aliases": [{"full_name": "L Roberts", "quality": "weak"}],
}
SCRIPT = """
import json, sys
from apps.screening.matching import BadIdentity, compare, entry_keys, ledger, prepare, probe_keys
print(ledger.__file__.rpartition(".")[2])
for line in sys.stdin:
    a, b, strict = json.loads(line)
    try:
        x, y = prepare(a, strict=strict), prepare(b, strict=strict)
        print(ascii(compare(x, y)), ascii(compare(y, x, texts=False)), sorted(entry_keys(x)), sorted(probe_keys(y)))
    except BadIdentity as error:
        print(ascii(error.pointer), ascii(error.message))
"""


def damaged() -> list[object]:
    """Records with one field that nobody should have sent, and things that are no records."""
    fields = (*ROSA, "aliases", "full_name")
    return [*(but(ROSA, **{field: value}) for field in fields for value in DAMAGE), *DAMAGE]


def questions() -> list[tuple[object, object, bool]]:
    """(record, record, strict): the golden cases, pairs as they are, pairs of strangers, and damage."""
    pairs = [(ALSO_ROBERTS, LATOYA), *((p["a"], p["b"]) for p in golden_cases() + labelled_pairs())]
    shuffled = [b for _, b in pairs]
    random.Random(20061).shuffle(shuffled)
    strangers = [(a, b) for (a, _), b in zip(pairs, shuffled, strict=True)]
    return [(a, b, False) for a, b in pairs + strangers] + [
        (d, ROSA, strict) for d in damaged() for strict in (True, False)
    ]


def answers(house, asked: list) -> list[str]:
    """What the engine in this folder answers, line by line; the first line says what it is made of."""
    lines = "".join(json.dumps(one) + "\n" for one in asked)
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=house, input=lines, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.fixture
def house(tmp_path):
    """A folder with the engine alone, as it is written."""
    package = tmp_path.joinpath(*PACKAGE.parts[-3:])
    shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


@pytest.mark.skipif(bool(lacking()), reason=lacking())
def test_machine_code_says_what_the_sources_say(house):
    said = compile_engine()
    assert COMPILED.is_dir(), said
    asked = questions()
    written = answers(house, asked)
    shutil.copytree(COMPILED, house / ".compiled" / COMPILED.name)
    compiled = answers(house, asked)
    assert (written[0], compiled[0]) == ("py", "so")
    assert len(written) == len(asked) + 1 > 5000
    assert [w for w, c in zip(written[1:], compiled[1:], strict=True) if w != c] == []


def test_without_a_compiler_the_engine_runs_as_it_is_written_and_says_so(tmp_path, monkeypatch):
    monkeypatch.setenv("CC", "/nowhere/cc")
    said = compile_engine(tmp_path / "compiled" / "version")
    assert said == "The matching engine runs as it is written, at half the speed: there is no C compiler (/nowhere/cc)"
    assert not (tmp_path / "compiled" / "version").exists()


def test_what_was_compiled_from_other_sources_is_not_used(house):
    (house / ".compiled" / "2026-3+00000000").mkdir(parents=True)
    assert answers(house, [(ROSA, ROSA, True)])[0] == "py"


def test_every_module_named_for_compiling_is_there():
    assert [name for name in HOT if not (PACKAGE / f"{name}.py").exists()] == []


def made_by_hand(house, content: bytes, suffix: str = EXTENSION_SUFFIXES[0]) -> None:
    """A library of one module, in the place of this version and this Python."""
    folder = house.joinpath(".compiled", COMPILED.name, *PACKAGE.parts[-3:])
    folder.mkdir(parents=True)
    (folder / f"documents{suffix}").write_bytes(content)


@pytest.mark.parametrize("content", [b"", b"\x7fELF and no more", b"not a library at all" * 99])
def test_a_damaged_library_stops_nobody_and_is_said_aloud(house, content):
    made_by_hand(house, content)
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=house, input="", capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.split()) == (0, ["py"])
    assert "cannot be loaded and is not used" in done.stderr
    asked = questions()[:50]
    assert answers(house, asked)[1:]


def test_machine_code_for_another_python_is_not_taken_for_this_ones(tmp_path, monkeypatch):
    assert COMPILED.name.endswith(EXTENSION_SUFFIXES[0].strip(".").removesuffix(".so"))
    other = tmp_path / "compiled" / f"{COMPILED.name.partition('-cpython')[0]}-cpython-312-x86_64-linux-gnu"
    other.mkdir(parents=True)
    monkeypatch.setenv("CC", "/nowhere/cc")
    assert "runs as it is written" in compile_engine(other.parent / COMPILED.name)
