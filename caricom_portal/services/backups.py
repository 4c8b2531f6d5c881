"""A backup: one tar file with the whole state of a portal, and how it comes back.

    database.dump     pg_dump, custom format, of one moment
    files/ drop/      attachments and documents; watched folders, with what is not yet taken in
    keys/NAME         the keys that the portal made for itself; given ones stay with the operator
    stamps.json       what was already done to the database (embedded PostgreSQL only)
    manifest.json     last of all: a file that was cut off has none

The database is taken first: a file that is added meanwhile is one too many, never one too few.
"""

import hashlib
import io
import json
import os
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any
from urllib.parse import unquote, urlparse

import psycopg

from caricom_portal.keys import given_key, is_generated, kept_key, key, put_key
from caricom_portal.services.binaries import postgres_binaries
from caricom_portal.services.homes import ServiceError

FORMAT = 1
KEYS = ("SECRET_KEY", "FIELD_KEY", "SIGNING_KEY")
BLOCK = 2**20
# A server of ours gives new tables to the application; a dump says what was given and does not take the rest away. Its
# own default privileges come with it, after the tables.
NOTHING_GIVEN = """
ALTER DEFAULT PRIVILEGES REVOKE ALL ON TABLES FROM portal_app;
ALTER DEFAULT PRIVILEGES REVOKE ALL ON SEQUENCES FROM portal_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON TABLES FROM portal_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON SEQUENCES FROM portal_app;
"""


@dataclass(frozen=True)
class Places:
    """Where the state of a portal lies; `stamps` is None for a database that is given from outside."""

    home: Path
    owner_url: str
    files: Path
    drop: Path
    stamps: Path | None

    def folders(self) -> dict[str, Path]:
        """Folders by their name in the backup."""
        return {"files": self.files, "drop": self.drop}


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself; `sha256` by the name of each member, `keys` by name: SHA-256 of the key."""

    format: int
    made_at: str
    verified: str
    keys: dict[str, str]
    sha256: dict[str, str]


def write(file: Path, places: Places, *, made_at: str, verified: str, snapshot: str) -> Manifest:
    """Write the backup, mode 0600, whole or not at all; `snapshot` names the moment (pg_export_snapshot)."""
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    sums: dict[str, str] = {}
    try:
        with (
            open(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out,
            tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar,
        ):
            with _dumped(places.owner_url, snapshot, file.parent) as dump:
                sums["database.dump"] = _add(tar, "database.dump", dump)
            for name, path in _state(places):
                with open(path, "rb") as source:
                    sums[name] = _add(tar, name, source)
            for name in filter(is_generated, KEYS):
                sums[f"keys/{name}"] = _add(tar, f"keys/{name}", io.BytesIO(kept_key(name, places.home).encode()))
            keys = {name: hashlib.sha256(key(name, places.home).encode()).hexdigest() for name in KEYS}
            manifest = Manifest(FORMAT, made_at, verified, keys, sums)
            _add(tar, "manifest.json", io.BytesIO(json.dumps(asdict(manifest), indent=1).encode()))
        draft.replace(file)
    except OSError as error:
        raise ServiceError(f"The backup {file} cannot be written: {error.strerror}.") from error
    finally:
        draft.unlink(missing_ok=True)
    return manifest


def read_manifest(file: Path) -> Manifest:
    """What the backup says of itself, after every member was compared with it; ServiceError when it is damaged."""
    try:
        with tarfile.open(file, "r:") as tar:
            members = {member.name: member for member in tar if member.isfile()}
            said = json.loads(_open(tar, members["manifest.json"]).read())
            manifest = Manifest(**said)
            for name, wanted in manifest.sha256.items():
                if _sum(_open(tar, members[name])) != wanted:
                    raise ServiceError(f"{file} is damaged: {name} is not what was written.")
    except (OSError, tarfile.TarError) as error:
        raise ServiceError(f"{file} cannot be read as a backup: {error}.") from error
    except (KeyError, TypeError, ValueError) as error:
        raise ServiceError(f"{file} is no whole backup: it was cut off, or something else wrote it.") from error
    if manifest.format != FORMAT:
        raise ServiceError(f"{file} is a backup of form {manifest.format}; this portal reads form {FORMAT}.")
    return manifest


def refuse_unless_empty(places: Places, manifest: Manifest) -> None:
    """ServiceError unless this home holds nothing yet and has the keys that the backup needs."""
    with psycopg.connect(places.owner_url) as owner:
        found = owner.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    full = [f"{path}" for path in places.folders().values() if any(_files_below(path))]
    if found and found[0]:
        raise ServiceError("This portal's database holds tables already: set PORTAL_HOME to an empty folder.")
    if full:
        raise ServiceError(f"{full[0]} holds files already: set PORTAL_HOME to an empty folder.")
    for name, wanted in manifest.keys.items():
        given = given_key(name)
        if given is None and f"keys/{name}" not in manifest.sha256:
            raise ServiceError(f"The backup was made with a {name} given by the operator: set {name}, or {name}_FILE.")
        if given is not None and hashlib.sha256(given.encode()).hexdigest() != wanted:
            raise ServiceError(f"{name} is not the one that the backup was made with.")


def restore(file: Path, places: Places) -> None:
    """Bring everything back into an empty home."""
    restore_database(file, places.owner_url)
    with tarfile.open(file, "r:") as tar:
        members = {member.name: member for member in tar if member.isfile()}
        for name, member in members.items():
            top, _, rest = name.partition("/")
            if top in places.folders():
                _extract(tar, member, places.folders()[top], rest)
            elif top == "keys" and is_generated(rest):
                put_key(rest, places.home, _open(tar, member).read().decode())
        if places.stamps and "stamps.json" in members:
            places.stamps.write_bytes(_open(tar, members["stamps.json"]).read())


def restore_database(file: Path, owner_url: str) -> None:
    """Fill an empty database from a backup, whole or not at all."""
    with psycopg.connect(owner_url) as owner:
        owner.execute(NOTHING_GIVEN)
    program = ("pg_restore", "--exit-on-error", "--single-transaction", "--no-owner")
    with (
        tarfile.open(file, "r:") as tar,
        _open(tar, tar.getmember("database.dump")) as source,
        start_program(owner_url, *program, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process,
    ):
        try:
            while process.stdin and (block := source.read(BLOCK)):
                process.stdin.write(block)
        except BrokenPipeError:
            pass  # it has stopped, and says why below
        said_nothing_bad(process)
    with psycopg.connect(owner_url, autocommit=True) as owner:
        owner.execute("ANALYZE")


def _state(places: Places) -> Iterator[tuple[str, Path]]:
    for name, folder in places.folders().items():
        for path in _files_below(folder):
            yield f"{name}/{path.relative_to(folder)}", path
    if places.stamps and places.stamps.exists():
        yield "stamps.json", places.stamps


def _files_below(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())


def _dumped(owner_url: str, snapshot: str, beside: Path) -> IO[bytes]:
    """The database as of a moment, in a nameless file that vanishes when it is closed."""
    dump = tempfile.TemporaryFile(dir=beside)  # noqa: SIM115  (handed on)
    program = ("pg_dump", "--format=custom", f"--snapshot={snapshot}")
    with start_program(owner_url, *program, stdout=dump, stderr=subprocess.PIPE) as process:
        said_nothing_bad(process)
    dump.seek(0)
    return dump


def start_program(owner_url: str, name: str, *arguments: str, **streams: Any) -> "subprocess.Popen[bytes]":
    """A program of PostgreSQL; the password goes by the environment, where other accounts cannot see it."""
    url = urlparse(owner_url)
    place = url._replace(netloc=url.netloc.replace(f":{url.password}@", "@")).geturl()
    env = {**os.environ, "PGPASSWORD": unquote(url.password or "")}
    folder = postgres_binaries(Path(tempfile.gettempdir()), None)
    return subprocess.Popen([folder / name, *arguments, f"--dbname={place}"], env=env, **streams)


def said_nothing_bad(process: "subprocess.Popen[bytes]") -> None:
    said = process.communicate()[1]
    if process.returncode:
        raise ServiceError(f"PostgreSQL's program failed: {said.decode(errors='replace').strip()[-2000:]}")


def _add(tar: tarfile.TarFile, name: str, source: IO[bytes]) -> str:
    """Write a member; its SHA-256. A source that grows meanwhile is taken as long as it was at first."""
    member = tarfile.TarInfo(name)
    member.size = source.seek(0, os.SEEK_END)
    member.mode = 0o600
    source.seek(0)
    reader = _Summing(source)
    tar.addfile(member, reader)  # type: ignore[arg-type]  # it only reads
    return reader.digest.hexdigest()


class _Summing:
    """A source that is hashed while it is read."""

    def __init__(self, source: IO[bytes]) -> None:
        self.source, self.digest = source, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        block = self.source.read(size)
        self.digest.update(block)
        return block


def _open(tar: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    source = tar.extractfile(member)
    if source is None:
        raise KeyError(member.name)
    return source


def _sum(source: IO[bytes]) -> str:
    return hashlib.file_digest(source, "sha256").hexdigest()  # type: ignore[arg-type]  # any readable will do


def _extract(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path, name: str) -> None:
    """One file below `folder`; a name that leads out of it is refused (tarfile's `data` filter)."""
    member.name = name
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    tar.extract(member, folder, filter="data")
