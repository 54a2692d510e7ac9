"""One in-memory DuckDB per process, with table files attached read-only as they are needed."""

import atexit
import contextlib
import logging
import os
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from copy import copy
from pathlib import Path

import duckdb

from tables.patterns import literal, quoted
from tables.problems import CodedError
from tables.querying.watchdog import Watchdog

log = logging.getLogger(__name__)
_DEADLINE = 5.0
# After one of these the whole engine refuses to go on: it takes the damage for its own.
_OF_ENGINE = (duckdb.FatalException, duckdb.InternalException)
_OF_FILES = (
    duckdb.IOException, duckdb.CatalogException, duckdb.SerializationException, *_OF_ENGINE
)  # fmt: skip
_Stamp = tuple[int, int, int, int]
# Connections made before a fork: closing one in the child would wait for threads that only
# the parent has.
_inherited: list[duckdb.DuckDBPyConnection] = []


class TooSlow(CodedError):
    """The query was stopped at its deadline, or where it needed too much memory."""


class TooBusy(TooSlow):
    """The question was not begun: those that are being answered leave no room for it."""


class TableUnavailable(CodedError):
    """The table file is missing or broken."""


def is_of_the_file(error: duckdb.Error) -> bool:
    """Whether the engine complains of a file and not of a question.

    A wrong checksum in the middle of a file has no class of its own.
    """
    return isinstance(error, _OF_FILES) or type(error) is duckdb.Error


class Lease:
    """A cursor and the quoted names of the tables, valid inside `TablePool.lend`.

    `due` is the deadline on the clock of time.monotonic().
    """

    def __init__(
        self, cursor: duckdb.DuckDBPyConnection, schemas: Sequence[str], due: float
    ) -> None:
        self.cursor = cursor
        self.sources = [f"{quoted(schema)}.main.data" for schema in schemas]
        self.due = due

    def some(self, which: slice) -> "Lease":
        """The same cursor on some of the tables."""
        fewer = copy(self)
        fewer.sources = self.sources[which]
        return fewer

    @property
    def source(self) -> str:
        """The name of the first table."""
        return self.sources[0]


class TablePool:
    """Attached table files, the least recently used detached beyond `max_attached`.

    A file that has been replaced, or that could not be read, is attached anew for the next question.
    Made lazily and again after a fork, safe to use from several threads. `admission(patient)` says by
    raising TooBusy that a question cannot be taken now, and lasts as long as one. With `root`, DuckDB
    can open nothing outside that folder and its settings are locked; the process must have no
    right to write there, since DuckDB has no read-only folders.
    """

    def __init__(
        self,
        max_attached: int = 200,
        memory_limit: str = "512MB",
        threads: int = 1,
        *,
        root: Path | None = None,
        admission: Callable[[bool], AbstractContextManager[None]] = lambda _patient: nullcontext(),
    ) -> None:
        self._max = max_attached
        self._admission = admission
        self._config: dict[str, str | int] = {"memory_limit": memory_limit, "threads": threads}
        self._root = root
        self._lock = threading.RLock()
        self._pid: int | None = None
        self._made = 0  # names are never used again, not even by another engine
        self._con: duckdb.DuckDBPyConnection
        self._watchdog: Watchdog

    def table(
        self, path: Path, *, deadline: float = _DEADLINE, patient: bool = False
    ) -> AbstractContextManager[Lease]:
        """Lend a cursor on the one table at `path`."""
        return self.lend([path], deadline=deadline, patient=patient)

    @contextlib.contextmanager
    def lend(
        self, paths: Sequence[Path], *, deadline: float = _DEADLINE, patient: bool = False
    ) -> Iterator[Lease]:
        """Lend a cursor on the tables at `paths` for at most `deadline` seconds of work.

        `patient`: part of something long that waits for its turn. Raises TooSlow past the deadline or
        the memory limit, TooBusy where there is no turn, TableUnavailable if a file cannot be opened.
        """
        with self._admission(patient), contextlib.ExitStack() as attached:
            aliases = [attached.enter_context(self._attached_now(path)) for path in paths]
            cursor = attached.enter_context(self._cursor())
            try:
                with self._watchdog.watch(cursor, deadline):
                    yield Lease(cursor, aliases, time.monotonic() + deadline)
            except duckdb.InterruptException:
                raise TooSlow("too_slow", seconds=f"{deadline:g}") from None
            except duckdb.OutOfMemoryException:
                raise TooSlow("too_heavy") from None
            except duckdb.Error as error:
                if not is_of_the_file(error):
                    raise
                log.exception("table file not read: %s", ", ".join(map(str, paths)))
                self._mistrust(paths, error)
                raise TableUnavailable("no_table_file") from error

    def forget(self, path: Path) -> None:
        """Detach a table whose file was withdrawn, unless it is being read."""
        with self._lock:
            self._ensure()
            key = str(path)
            if key in self._attached and not self._in_use[self._attached[key]]:
                self._detach(key)

    def close(self) -> None:
        """Close the connection; the next use opens another."""
        with self._lock:
            if self._pid == os.getpid():
                self._watchdog.stop()
                for cursor in (*self._idle, self._con):
                    cursor.close()
            self._pid = None

    @property
    def attached(self) -> int:
        """How many files are attached now."""
        with self._lock:
            return len(self._attached) if self._pid == os.getpid() else 0

    def _mistrust(self, paths: Sequence[Path], error: duckdb.Error) -> None:
        """Attach these files anew as soon as nobody reads them, after damage to the engine all of them."""
        with self._lock:
            if isinstance(error, _OF_ENGINE):
                self.close()
                return
            for path in paths:
                self._stamps[str(path)] = None

    def _ensure(self) -> None:
        """DuckDB's threads do not survive a fork: every process opens its own."""
        if self._pid == os.getpid():
            return
        if self._pid is not None:
            _inherited.extend((self._con, *self._idle))
        self._con = duckdb.connect(":memory:", config=self._settings())
        if self._root is not None:
            folder = literal(str(self._root))
            self._con.execute(f"SET allowed_directories = [{folder}]")
            self._con.execute("SET enable_external_access = false")
        self._con.execute("SET lock_configuration = true")
        self._attached: OrderedDict[str, str] = OrderedDict()
        self._stamps: dict[
            str, _Stamp | None
        ] = {}  # of the attached files; None: not to be trusted
        self._in_use: dict[str, int] = {}
        self._idle: list[duckdb.DuckDBPyConnection] = []
        self._watchdog = Watchdog()
        self._pid = os.getpid()
        atexit.register(self.close)

    def _settings(self) -> dict[str, str | bool | int | float | list[str]]:
        return {
            **self._config,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "allow_community_extensions": False,
            "max_temp_directory_size": "0KB",
        }

    @contextlib.contextmanager
    def _cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor nobody else has. The first question to a new one takes a quarter of a millisecond more."""
        idle = self._idle
        try:
            cursor = idle.pop()
        except IndexError:
            cursor = self._con.cursor()
        try:
            yield cursor
        except BaseException:
            cursor.close()  # whatever it was doing
            raise
        if idle is self._idle:
            idle.append(cursor)
        else:  # of an engine that has been given up meanwhile
            cursor.close()

    @contextlib.contextmanager
    def _attached_now(self, path: Path) -> Iterator[str]:
        alias = self._attach(path)
        try:
            yield alias
        finally:
            self._give_back(alias)

    def _attach(self, path: Path) -> str:
        key = str(path)
        with self._lock:
            self._ensure()
            stamp = _stamp(path)
            if key in self._attached and self._stamps[key] != stamp:
                self._detach_changed(key)
            if key not in self._attached:
                self._attach_new(key)
                self._stamps[key] = stamp
            self._attached.move_to_end(key)
            alias = self._attached[key]
            self._in_use[alias] += 1
            return alias

    def _attach_new(self, key: str) -> None:
        self._made += 1
        alias = f"t{self._made}"
        try:
            self._con.execute(f"ATTACH {literal(key)} AS {quoted(alias)} (READ_ONLY)")
        except duckdb.Error as error:
            raise TableUnavailable("no_table_file") from error
        self._attached[key] = alias
        self._in_use[alias] = 0
        for old in list(self._attached)[:-1]:
            if len(self._attached) <= self._max:
                break
            if not self._in_use[self._attached[old]]:
                self._detach(old)

    def _detach_changed(self, key: str) -> None:
        """A file can be attached only once: who still reads what it was is waited for by asking again."""
        if self._in_use[self._attached[key]]:
            raise TableUnavailable("no_table_file")
        self._detach(key)

    def _detach(self, key: str) -> None:
        alias = self._attached.pop(key)
        self._stamps.pop(key, None)
        del self._in_use[alias]
        self._con.execute(f"DETACH {quoted(alias)}")

    def _give_back(self, alias: str) -> None:
        with self._lock:
            if alias in self._in_use:
                self._in_use[alias] -= 1


def _stamp(path: Path) -> _Stamp:
    """What tells one file under a name from the next. Raises TableUnavailable where there is none."""
    try:
        found = path.stat()
    except OSError as error:
        raise TableUnavailable("no_table_file") from error
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns
