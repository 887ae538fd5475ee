"""What the trial starts, kills and starts again: the program, and a PostgreSQL of its own."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DAY = "2020-08-20"
SECONDS_TO_START = 120


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_until(is_so, seconds: float, what: str) -> None:
    limit = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > limit:
            raise SystemExit(f"{what}: not within {seconds} s")
        time.sleep(0.05)


def _processes() -> dict[int, tuple[int, int]]:
    """(parent, session) of every process that is not a zombie."""
    found = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            with suppress(OSError):
                state, parent, _, session = (
                    (folder / "stat").read_text().rpartition(")")[2].split()[:4]
                )
                if state != "Z":
                    found[int(folder.name)] = (int(parent), int(session))
    return found


def kill(*pids: int) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


class Program:
    """gunicorn with the configuration of production."""

    def __init__(self, folder: Path, database: str):
        self.port = free_port()
        self.log = folder / "program.log"
        self.process = None
        self.sessions: set[int] = set()
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "congress.settings",
            "DEMO": "1",
            "TODAY": DAY,
            "DATABASE_URL": database,
            "MEDIA_ROOT": str(folder / "media"),
            "PORT": str(self.port),
            "LOG_LEVEL": "WARNING",
        }

    def run(self, *command: str, given: object = None) -> str:
        """Run Python with the program's settings; returns what it printed."""
        return subprocess.run(
            [sys.executable, *command],
            cwd=ROOT,
            env=self.environment,
            input=json.dumps(given),
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        ).stdout

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", "--config", "python:congress.gunicorn"],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.sessions.add(self.process.pid)
        wait_until(self.is_well, SECONDS_TO_START, f"the program does not answer, see {self.log}")

    def is_well(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def workers(self) -> list[int]:
        parents = _processes()
        return sorted(pid for pid, (parent, _) in parents.items() if parent == self.process.pid)

    def kill_one_worker(self) -> None:
        """The one that has worked longest; its successor is left some time to load."""
        kill(*self.workers()[:1])
        time.sleep(0.5)

    def kill_and_restart(self) -> None:
        kill(self.process.pid, *self.workers())
        self.process.wait()
        self.start()

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(60)

    def left_behind(self) -> int:
        """Processes of the program that still run after it has ended."""
        time.sleep(5)
        left = [pid for pid, (_, session) in _processes().items() if session in self.sessions]
        kill(*left)
        return len(left)


class SQLite:
    """No server: the whole program is killed, and a stranger's lock keeps everybody waiting."""

    name = "SQLite"

    def __init__(self, folder: Path):
        self.file = folder / "db.sqlite3"
        self.url = f"sqlite:///{self.file}"

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def kill_and_restart(self, program: Program) -> None:
        program.kill_and_restart()

    def leave(self, program: Program, seconds: float) -> None:
        program.run(
            "-c",
            "import sqlite3, sys, time\n"
            "lock = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=60)\n"
            "lock.execute('BEGIN IMMEDIATE')\n"
            "time.sleep(float(sys.argv[2]))\n",
            str(self.file),
            str(seconds),
        )


class PostgreSQL:
    """A cluster in a folder of the trial's own; never the one that others work with."""

    name = "PostgreSQL"

    def __init__(self, folder: Path):
        self.folder = folder / "cluster"
        self.port = free_port()
        self.url = f"postgresql://congress@127.0.0.1:{self.port}/postgres"
        self.binaries = max(Path("/usr/lib/postgresql").glob("*/bin"))
        #: The server refuses to run as root.
        self.as_user = ["runuser", "-u", "nobody", "--"] if os.geteuid() == 0 else []
        if not self.folder.exists():
            self.folder.mkdir()
            self._own()
            self._do("initdb", "--auth=trust", "--username=congress", "--encoding=UTF8")
            with (self.folder / "postgresql.conf").open("a") as settings:
                settings.write(
                    "listen_addresses = '127.0.0.1'\nunix_socket_directories = ''\n"
                    "min_wal_size = 32MB\nmax_wal_size = 64MB\n"
                )

    def _own(self) -> None:
        if self.as_user:
            subprocess.run(["chown", "-R", "nobody", self.folder], check=True)

    def _do(self, program: str, *options: str, check: bool = True) -> int:
        return subprocess.run(
            [*self.as_user, self.binaries / program, "-D", self.folder, *options],
            stdout=subprocess.DEVNULL,
            stderr=None if check else subprocess.DEVNULL,
            cwd="/",
            check=check,
        ).returncode

    def start(self) -> None:
        if self._do("pg_ctl", "status", check=False):
            log = str(self.folder / "server.log")
            self._do("pg_ctl", "start", "-w", "-l", log, "-o", f"-p {self.port}")

    def stop(self) -> None:
        self._do("pg_ctl", "stop", "-m", "immediate", check=False)

    def kill_and_restart(self, program: Program) -> None:
        server = int((self.folder / "postmaster.pid").read_text().split()[0])
        parents = _processes()
        children = [pid for pid, (parent, _) in parents.items() if parent == server]
        kill(server, *children)
        wait_until(lambda: not {server, *children} & set(_processes()), 30, "PostgreSQL still runs")
        # Until the system has buried the dead server, pg_ctl would take it for a living one.
        (self.folder / "postmaster.pid").unlink()
        self.start()
        time.sleep(0.5)

    def leave(self, program: Program, seconds: float) -> None:
        self.stop()
        time.sleep(seconds)
        self.start()
