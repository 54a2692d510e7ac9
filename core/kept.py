"""Results that a process keeps as long as a number stands, such as that of the last recorded change.

An lru_cache would do, but for what it holds on to: results of numbers that nobody will name again stay
in it until newer ones push them out.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, Generic, ParamSpec, TypeVar

P = ParamSpec("P")
Result = TypeVar("Result")


class Kept(Generic[P, Result]):
    """A function that is asked once for each of its arguments while the last of them does not grow.

    The last argument is the number. With a greater one all results of the one before go. At most `most`
    are kept, the least recently used go first; what the function raises is not kept.
    """

    def __init__(self, function: Callable[P, Result], most: int) -> None:
        self.__doc__ = function.__doc__
        self._function = function
        self._most = most
        self._lock = threading.Lock()
        self._found: OrderedDict[tuple[Any, ...], Result] = OrderedDict()
        self._number: Any = None

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> Result:
        key, number = args[:-1], args[-1]
        with self._lock:
            if self._number is None or number > self._number:
                self._found.clear()
                self._number = number
            if number == self._number and key in self._found:
                self._found.move_to_end(key)
                return self._found[key]
        result = self._function(*args, **kwargs)
        with self._lock:
            if number == self._number:
                self._found[key] = result
                if len(self._found) > self._most:
                    self._found.popitem(last=False)
        return result

    def __len__(self) -> int:
        return len(self._found)

    def cache_clear(self) -> None:
        """Forget everything, the number too."""
        with self._lock:
            self._found.clear()
            self._number = None


def kept(most: int) -> Callable[[Callable[P, Result]], Kept[P, Result]]:
    """Decorates a function whose last argument, given by place, is the number."""
    return lambda function: Kept(function, most)
