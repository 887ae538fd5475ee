"""`make trial`: the program under load and faults; prints one table for each database.

    make trial POSTS=25 KILLS=5 AWAY=30

Ends with 1 unless nothing failed, was lost, doubled, left out or half saved, the audit chain is
whole, and the log has neither a fault that nobody was told of nor anything personal.
"""

import argparse
import json
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from .clients import Browser, Clerk, Row, read_report
from .log import LogPart
from .servers import PostgreSQL, Program, SQLite

WRONG = ("failed", "lost", "doubled", "gaps", "half", "audit", "log")
HEAD = f"{'':14}  posts seconds  per s  median    95 %     max  {'  '.join(WRONG)}"
#: Beyond what is used, on the disk that runs full: more than what /healthz warns at.
ROOM = 300 * 1024 * 1024


class Trial:
    def __init__(self, database: SQLite | PostgreSQL, folder: Path, options):
        self.database, self.folder, self.options = database, folder, options
        self.program = Program(folder, database.url)
        self.is_clean = True
        database.start()
        self.program.run("manage.py", "migrate", "--verbosity", "0")
        given = {"clients": options.clients + 1}
        self.world = json.loads(self.program.run("-m", "tests.trial.world", "fill", given=given))

    def run(self) -> None:
        posts, kills = self.options.posts, self.options.kills
        self.program.start()
        self.row("register", Clerk.register, posts=posts)
        self.row("sent twice", Clerk.register_twice, posts=posts)
        self.row("same items", Clerk.take_step, posts=max(1, posts // 20), check="steps")
        self.row(
            "worker killed",
            Clerk.register,
            trouble=lambda _: [self.program.kill_one_worker() for _ in range(kills)],
        )
        self.row(
            "server killed",
            Clerk.register,
            trouble=lambda _: [self.database.kill_and_restart(self.program) for _ in range(kills)],
        )
        self.row(
            "database away",
            Clerk.register,
            trouble=lambda _: self.database.leave(self.program, self.options.away),
        )
        self.run_full()

    def run_full(self) -> None:
        """The same office on a small disk that something else fills."""
        self.end()
        with tempfile.TemporaryDirectory(prefix="trial-disk-") as name:
            disk = Path(name)
            used = sum(each.stat().st_size for each in self.folder.rglob("*") if each.is_file())
            options = ["-o", f"size={used + ROOM},mode=755", "tmpfs"]
            subprocess.run(["mount", "-t", "tmpfs", *options, disk], check=True)
            try:
                subprocess.run(["cp", "-a", f"{self.folder}/.", disk], check=True)
                self.database = type(self.database)(disk)
                self.program = Program(disk, self.database.url)
                self.database.start()
                self.program.start()
                self.row("disk full", Clerk.register, trouble=lambda row: self.fill(disk, row))
                self.end()
            finally:
                # To be read after the disk is gone.
                shutil.copy(self.program.log, self.folder / "disk-full.log")
                self.database.stop()
                subprocess.run(["umount", "--lazy", disk], check=True)

    def fill(self, disk: Path, row: Row) -> None:
        time.sleep(2)
        with (disk / "filler").open("wb", buffering=0) as filler:
            try:
                while filler.write(bytes(1 << 16)):
                    pass
            except OSError:
                time.sleep(self.options.away / 2)
                if self.program.is_well():
                    row.fail("/healthz calls a full disk well")
        (disk / "filler").unlink()
        # Where its log found no room PostgreSQL has ended; the service manager starts it again.
        self.database.start()

    def row(
        self,
        name: str,
        work: Callable[[Clerk], None],
        *,
        posts: int | None = None,
        trouble: Callable[[Row], object] | None = None,
        check: str = "visits",
    ) -> None:
        """So many posts a client, or as many as they manage until the trouble is over and after."""
        row = Row(name)
        is_over = threading.Event()

        def keep_on(clerk: Clerk) -> None:
            try:
                while not is_over.is_set() if posts is None else clerk.sent < posts:
                    work(clerk)
            except Exception as error:  # a clerk who falls silent would pass for a good one
                row.fail(f"{clerk.name}: {error!r}")

        *sessions, readers = self.world["sessions"]
        clerks = [
            Clerk(row, Browser(self.program.port, session), self.world, f"{number:02d}")
            for number, session in enumerate(sessions)
        ]
        threads = [threading.Thread(target=keep_on, args=[clerk]) for clerk in clerks]
        paper_is_over = threading.Event()
        browser = Browser(self.program.port, readers)
        paper = threading.Thread(
            target=read_report, args=[row, browser, self.world["report"], paper_is_over]
        )
        log_before = self.program.log.stat().st_size
        began = time.monotonic()
        for thread in [*threads, paper]:
            thread.start()
        if trouble:
            trouble(row)
            time.sleep(2)
            is_over.set()
        for thread in threads:
            thread.join()
        seconds = time.monotonic() - began
        paper_is_over.set()
        paper.join()
        given = {"row": name, "acknowledged": row.acknowledged}
        wrong = json.loads(self.program.run("-m", "tests.trial.world", check, given=given))
        wrong["failed"] = len(row.failures)
        wrong["log"] = self.wrong_in_log(row, log_before)
        self.tell(row, seconds, wrong)

    def wrong_in_log(self, row: Row, start: int) -> int:
        """Faults that no page told of, and lines that name somebody.

        A page that was lost on its way, with its worker, may have borne a number.
        """
        log = LogPart(self.program.log, start)
        for line in log.personal([row.key, *self.world["sessions"]]):
            row.remarks.append(f"in the log: {line}")
        for line in log.hidden:
            row.remarks.append(f"nobody was told: {line}")
        lost = row.met["no answer"] + row.met["no PDF"]
        untold = max(0, len(log.numbers - row.numbers) - lost)
        return len(row.remarks) + untold

    def tell(self, row: Row, seconds: float, wrong: dict[str, int]) -> None:
        times = sorted(row.seconds) or [0]
        high = times[int(len(times) * 0.95)]
        print(
            f"{row.key:14} {len(times):6} {seconds:7.1f} {len(times) / seconds:6.1f}"
            f" {statistics.median(times):7.2f} {high:7.2f} {times[-1]:7.2f}  "
            + "  ".join(f"{wrong[what]:{len(what)}}" for what in WRONG)
            + "  "
            + ", ".join(f"{what} {count}" for what, count in sorted(row.met.items())),
            flush=True,
        )
        for words in [*row.failures[:5], *row.remarks[:5]]:
            print(f"    {words}", flush=True)
        if any(wrong.values()) or not row.seconds:
            self.is_clean = False

    def end(self) -> None:
        self.program.stop()
        self.database.stop()
        left = self.program.left_behind()
        if left:
            print(f"    {left} processes of the program were left behind", flush=True)
            self.is_clean = False


def main() -> int:
    parser = argparse.ArgumentParser(prog="make trial", description=__doc__.split("\n")[0])
    parser.add_argument("--clients", type=int, default=20)
    parser.add_argument("--posts", type=int, default=500, help="of each client")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--away", type=float, default=30, help="seconds")
    parser.add_argument("--database", choices=["sqlite", "postgresql"])
    options = parser.parse_args()
    # Whoever stops the trial stops what it has started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    kinds = {"sqlite": SQLite, "postgresql": PostgreSQL}
    is_clean = True
    for name, kind in kinds.items():
        if options.database in (None, name):
            is_clean &= try_out(kind, options)
    return 0 if is_clean else 1


def try_out(kind: type[SQLite | PostgreSQL], options) -> bool:
    began = time.monotonic()
    print(f"\n{kind.name}, {options.clients} clients\n{HEAD}", flush=True)
    folder = Path(tempfile.mkdtemp(prefix="trial-"))
    folder.chmod(0o755)
    database = kind(folder)
    trial, is_clean = None, False
    try:
        trial = Trial(database, folder, options)
        trial.run()
        is_clean = trial.is_clean
    finally:
        if trial and trial.program.process and trial.program.process.poll() is None:
            trial.end()
        database.stop()
        if is_clean:
            shutil.rmtree(folder)
        else:
            print(f"    what the program wrote: {folder}", flush=True)
    print(f"{(time.monotonic() - began) / 60:.1f} minutes", flush=True)
    return is_clean


if __name__ == "__main__":
    sys.exit(main())
