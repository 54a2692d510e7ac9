"""What files were read into, kept for the run: thousands of tests publish the same few tables.

Reading starts a process (core.confined), a quarter of a second each time. The first test with a file waits
for that; the next gets the same words and copies of the same tables. What tries the reader itself
(tests/tables, tests/core, programs of their own) is not reached by this.
"""

import hashlib
import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from core.confined import Limits, run

INGESTING = "tables.confined:ingesting_here"
LARGEST = 1_000_000


@dataclass
class _Reading:
    answer: dict[str, Any]
    progress: list[list[Any]]
    folder: Path


class KeptReadings:
    """Stands in for `core.confined.run` where files are read."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept: dict[str, _Reading] = {}

    def __call__(
        self,
        function: str,
        argument: Mapping[str, Any],
        *,
        limits: Limits,
        progress: Callable[..., object] | None = None,
    ) -> Any:
        tell = progress or (lambda *_words: None)
        source = Path(argument["source"])
        if function != INGESTING or not source.is_file() or source.stat().st_size > LARGEST:
            return run(function, argument, limits=limits, progress=progress)
        key = _key(argument, limits)
        if key not in self._kept:
            return self._first(key, argument, limits, tell)
        reading = self._kept[key]
        for words in reading.progress:
            tell(*words)
        shutil.copytree(reading.folder, argument["into"], dirs_exist_ok=True)
        return json.loads(json.dumps(reading.answer))

    def _first(
        self, key: str, argument: Mapping[str, Any], limits: Limits, tell: Callable[..., object]
    ) -> Any:
        said: list[list[Any]] = []

        def both(*words: Any) -> None:
            said.append(list(words))
            tell(*words)

        answer = run(INGESTING, argument, limits=limits, progress=both)
        if "machine" not in answer:  # a full disk may have room the next time
            folder, into = self._folder / key, Path(argument["into"])
            folder.mkdir()
            if into.is_dir():
                shutil.copytree(into, folder, dirs_exist_ok=True)
            self._kept[key] = _Reading(json.loads(json.dumps(answer)), said, folder)
        return answer


def _key(argument: Mapping[str, Any], limits: Limits) -> str:
    source = Path(argument["source"])
    content = hashlib.sha256(source.read_bytes()).hexdigest()
    facts = [content, argument["filename"] or source.name, argument["schema"], asdict(limits)]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()
