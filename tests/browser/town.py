"""The site that all looking tests share."""

from dataclasses import dataclass
from typing import Any

from tests.browser.province import Province
from tests.browser.sights import Sight


@dataclass
class Town:
    """Its address, what is in it, and the cookies of who is signed in, by post."""

    address: str
    province: Province
    sessions: dict[str, Any]

    def path(self, sight: Sight, *, english: bool = False) -> str:
        path = sight.path(self.province)
        return f"/en{path}" if english else path
