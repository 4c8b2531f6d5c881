"""An embedded PostgreSQL: made at first start, owned by an account that is not root, stopped cleanly."""

import contextlib
import hashlib
import os
import re
import secrets
import shutil
import signal
import subprocess
import time
from pathlib import Path

import psutil

from caricom_portal.keys import kept_key
from caricom_portal.services.binaries import as_account, postgres_binaries
from caricom_portal.services.homes import ServiceError, database_root, service_account
from caricom_portal.services.processes import free_port

FORMAT = "1"  # raised when data made by an older supervisor can no longer be used as it stands
SUPERUSER = "portal_super"  # comes in by the private socket only; its password is thrown away
DATABASE = "portal"
RECOVERY_LIMIT_S = 180  # after a crash it first reads what it had not yet put into the tables


def shared_buffers() -> str:
    """An eighth of the machine's memory, 256 MB to 2 GB."""
    megabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**23
    return f"{min(2048, max(256, megabytes))}MB"


SETTINGS = {
    "listen_addresses": "127.0.0.1",
    # a list of watchlist keys is larger than its memory otherwise, and each batch writes most of its pages anew
    "shared_buffers": shared_buffers(),
    "max_wal_size": "4GB",
    "checkpoint_timeout": "15min",
    "max_connections": "200",
    "password_encryption": "scram-sha-256",
    "log_min_messages": "warning",
    "log_timezone": "UTC",
    "timezone": "UTC",
    "row_security": "on",
}
# for tests alone: a crash of the machine would lose the data
UNSAFE_FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "shared_buffers": "128MB",
    "max_wal_size": "1GB",
    "join_collapse_limit": "1",
    "from_collapse_limit": "1",
}
# The owner makes the tables; the application's role owns nothing, so that row-level security binds it. Default
# privileges belong to one database: template1 has them too, so that scratch databases inherit them.
ROLES = r"""
SELECT format('CREATE ROLE %I LOGIN', r) FROM unnest(ARRAY['portal_owner', 'portal_app']) r
 WHERE NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = r) \gexec
ALTER ROLE portal_owner NOSUPERUSER NOBYPASSRLS CREATEDB PASSWORD :'owner_password';
ALTER ROLE portal_app NOSUPERUSER NOBYPASSRLS NOCREATEDB PASSWORD :'app_password';
ALTER ROLE portal_owner SET idle_in_transaction_session_timeout = '60s';
ALTER ROLE portal_app SET idle_in_transaction_session_timeout = '60s';
GRANT pg_read_all_stats TO portal_app;  -- so that the operators' page sees whose transaction stands open
GRANT portal_app TO portal_owner;  -- so that the owner may end sessions of a database that it removes
SELECT 'CREATE DATABASE portal OWNER portal_owner'
 WHERE NOT EXISTS (SELECT 1 FROM pg_database WHERE datname = 'portal') \gexec
"""
PRIVILEGES = r"""
\connect {database}
GRANT USAGE ON SCHEMA public TO portal_app;
ALTER DEFAULT PRIVILEGES FOR ROLE portal_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO portal_app;
ALTER DEFAULT PRIVILEGES FOR ROLE portal_owner GRANT USAGE ON SEQUENCES TO portal_app;
"""


class Postgres:
    """One PostgreSQL server, its files below `root` or the home; its port stays for the life of this object."""

    name = "postgres"

    def __init__(self, home: Path, *, fast: bool = False, root: Path | None = None) -> None:
        self.home = home
        self.fast = fast
        self.port = free_port()
        self.account = service_account()
        self.root = (root or database_root(home)) / "postgres"
        self.data = self.root / "data"
        self.sockets = _socket_folder(self.root)
        self.log_path = home / "logs" / "postgres.log"
        self.process: subprocess.Popen[bytes] | None = None

    # --- life --------------------------------------------------------------------------------------------------------
    def start(self) -> None:
        """Start and wait until it answers; makes the cluster, roles and database at first start."""
        self._make_folder(self.root, 0o711)
        self._make_folder(self.sockets, 0o700)
        self.bin = postgres_binaries(self.root, self.account)
        if not (self.data / "PG_VERSION").exists():
            self._initialise()
        self._check_data()
        self._stop_left_over()
        self._start_server()
        self._ensure_roles()

    def is_alive(self) -> bool:
        """True while the server's main process runs."""
        return self.process is not None and self.process.poll() is None

    def stop(self) -> None:
        """Stop fast and cleanly: open transactions are rolled back, everything committed is on disk."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)  # SIGTERM would wait for every client, with a pool for ever
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.send_signal(signal.SIGQUIT)
                self.process.wait(10)
        shutil.rmtree(self.sockets, ignore_errors=True)

    def urls(self) -> dict[str, str]:
        """Addresses for the two roles."""
        place = f"127.0.0.1:{self.port}/{DATABASE}"
        return {
            "DATABASE_URL": f"postgresql://portal_app:{kept_key('database-app', self.home)}@{place}",
            "DATABASE_OWNER_URL": f"postgresql://portal_owner:{kept_key('database-owner', self.home)}@{place}",
        }

    # --- steps -------------------------------------------------------------------------------------------------------
    def _make_folder(self, path: Path, mode: int) -> None:
        try:
            path.mkdir(parents=True, exist_ok=True, mode=mode)
            if self.account:
                os.chown(path, self.account.pw_uid, self.account.pw_gid)
            path.chmod(mode)
        except OSError as error:
            raise ServiceError(f"{path} cannot be used: {error.strerror}.") from error

    def run(self, program: str, *arguments: str | Path, text: str = "", check: bool = True) -> str:
        """Run one of PostgreSQL's programs as the database's account; its output, or ServiceError when it fails."""
        done = subprocess.run(
            [self.bin / program, *arguments], input=text, cwd="/", text=True, capture_output=True,
            **as_account(self.account),
        )  # fmt: skip
        if check and done.returncode:
            raise ServiceError(f"{program} failed: {done.stdout}{done.stderr}")
        return done.stdout

    def major(self) -> int:
        """Major version of the programs, for example 18."""
        said = self.run("postgres", "-V")
        found = re.search(r"\) (\d+)", said)
        if found is None:
            raise ServiceError(f"{self.bin / 'postgres'} does not say its version: {said}")
        return int(found[1])

    def _initialise(self) -> None:
        fresh = self.root / "data.new"  # renamed when whole: initdb killed half-way leaves a PG_VERSION behind
        shutil.rmtree(fresh, ignore_errors=True)
        self._make_folder(fresh, 0o700)
        password = self.sockets / "password"  # a file, since another account cannot reopen our /dev/stdin
        password.write_text(secrets.token_urlsafe(24) + "\n", encoding="ascii")
        password.chmod(0o600)
        if self.account:
            os.chown(password, self.account.pw_uid, -1)
        # the builtin locale sorts alike on every machine; it exists from version 17
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        self.run(
            "initdb", "-D", fresh, "-U", SUPERUSER, "-E", "UTF8",
            *(locale if self.major() >= 17 else ["--locale=C.UTF-8"]),
            "--auth-local=trust", "--auth-host=scram-sha-256", "--data-checksums", f"--pwfile={password}",
            *(["--no-sync"] if self.fast else []),
        )  # fmt: skip
        password.unlink()
        (self.root / "format").write_text(FORMAT, encoding="ascii")
        fresh.rename(self.data)

    def _check_data(self) -> None:
        made_by = (self.data / "PG_VERSION").read_text(encoding="ascii").strip()
        if made_by != str(self.major()):
            raise ServiceError(f"{self.data} belongs to PostgreSQL {made_by}; these programs are {self.major()}.")
        note = self.root / "format"
        if not note.exists() or note.read_text(encoding="ascii") != FORMAT:
            raise ServiceError(f"{self.data} was made by another version of the portal: back up and restore it.")

    def _stop_left_over(self) -> None:
        """Stop the server that a killed supervisor left behind; never one that only has the noted pid by chance."""
        with contextlib.suppress(OSError, ValueError, IndexError, psutil.Error):
            pid = int((self.data / "postmaster.pid").read_text(encoding="ascii").splitlines()[0])
            left = psutil.Process(pid)
            if left.name() == "postgres" and Path(left.cwd()) == self.data:
                self.run("pg_ctl", "-D", self.data, "-m", "fast", "-w", "-t", "20", "stop", check=False)

    def _start_server(self) -> None:
        options = SETTINGS | (UNSAFE_FAST if self.fast else {})
        options |= {"port": str(self.port), "unix_socket_directories": str(self.sockets)}
        command = [str(self.bin / "postgres"), "-D", str(self.data)]
        for name, value in options.items():
            command += ["-c", f"{name}={value}"]
        # backends that were inside a query when their postmaster was killed hold its memory until they end
        for _ in range(60):
            with open(self.log_path, "ab") as log:
                mark = log.tell()
                self.process = subprocess.Popen(
                    command, cwd="/", stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
                    **as_account(self.account),
                )  # fmt: skip
            if self._answers(limit_s=RECOVERY_LIMIT_S):
                return
            said = self.log_path.read_bytes()[mark:].decode(errors="replace")
            if "still in use" not in said:
                raise ServiceError(f"PostgreSQL did not start:\n{said[-2000:]}")
            time.sleep(0.5)
        raise ServiceError(f"An older PostgreSQL still holds {self.data}.")

    def _answers(self, limit_s: float) -> bool:
        end = time.monotonic() + limit_s
        ready: list[str | Path] = [
            self.bin / "pg_isready",
            "-q",
            "-h",
            self.sockets,
            "-p",
            str(self.port),
            "-U",
            SUPERUSER,
        ]
        ready += ["-d", "postgres"]
        while self.is_alive() and time.monotonic() < end:
            if subprocess.run(ready, cwd="/", **as_account(self.account)).returncode == 0:
                return True
            time.sleep(0.05)
        return False

    def _ensure_roles(self) -> None:
        passwords = [
            f"\\set {role}_password {kept_key(f'database-{role}', self.home)}" for role in ("owner", "app")
        ]  # by stdin: arguments could be read by everybody on the machine
        privileges = [PRIVILEGES.format(database=name) for name in (DATABASE, "template1")]
        self.run(
            "psql", "-v", "ON_ERROR_STOP=1", "-qX", "-h", self.sockets, "-p", str(self.port), "-U", SUPERUSER,
            "-d", "postgres", "-f", "-", text="\n".join([*passwords, ROLES, *privileges]),
        )  # fmt: skip


def _socket_folder(root: Path) -> Path:
    """A short place of its own for the socket, whose path may have 107 bytes at most."""
    return Path("/tmp") / f"portal-pg-{hashlib.sha256(str(root).encode()).hexdigest()[:16]}"
