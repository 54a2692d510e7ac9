"""One thing somebody does in the demonstration, as data."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class What(StrEnum):
    """Each is one action of the portal (demo.history.doing)."""

    APPOINT = "appoint"
    REGISTER = "register"
    DESCRIBE = "describe"  # publish the description of a dataset without open data
    UPLOAD = "upload"  # and have it checked
    SUBMIT = "submit"
    PUBLISH = "publish"
    RETURN = "return"
    DECLARE_NOTHING = "declare_nothing"
    SIGN_NOTHING = "sign_nothing"
    ASK_EXTENSION = "ask_extension"
    EXTEND = "extend"
    REFUSE_EXTENSION = "refuse_extension"
    WAIVE = "waive"
    REVIEW = "review"
    ASSESS = "assess"


@dataclass(frozen=True)
class Event:
    """`who` does `what` at the moment (UTC); for an appointment, who is appointed. E-mail addresses.

    `agency`: the key of the agency it is about. `broken`: the file has slips of typing.
    """

    moment: datetime
    what: What
    who: str
    agency: str
    dataset: str = ""
    table: str = ""
    period: str = ""
    reason: str = ""
    document: str = ""
    until: date | None = None
    broken: bool = False

    @property
    def thread(self) -> str:
        """Events of one thread follow each other; those of two do not mind each other's order."""
        return self.dataset or self.agency
