"""What the environment asks of the launcher."""

import errno
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from portal.embedded import messages
from portal.embedded.messages import Refusal

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Options:
    """HOST, PORT, PORTAL_DATA, DEMO and how many processes of each kind, checked."""

    host: str
    port: int
    data: Path
    web_workers: int
    worker_processes: int
    ingest_processes: int
    demo: bool

    @classmethod
    def read(cls, given: Mapping[str, str]) -> "Options":
        """Raises Refusal for a value that makes no sense."""
        return cls(
            host=given.get("HOST") or "127.0.0.1",
            port=_port(given.get("PORT") or "8000"),
            data=(ROOT / (given.get("PORTAL_DATA") or "var")).resolve(),
            web_workers=_count(given, "WEB_WORKERS", 2),
            worker_processes=_count(given, "WORKER_PROCESSES", 1),
            ingest_processes=_count(given, "INGEST_PROCESSES", 1),
            demo=(given.get("DEMO") or "1").lower() not in ("0", "false", "no", "off"),
        )

    @property
    def address(self) -> str:
        """Where a browser on this machine finds the site."""
        return f"http://{self.local_host}:{self.port}/"

    @property
    def local_host(self) -> str:
        return "127.0.0.1" if self.host in ("0.0.0.0", "::", "") else self.host  # noqa: S104


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise Refusal(messages.PORT_NOT_A_NUMBER, port=text)
    return int(text)


def _count(given: Mapping[str, str], name: str, default: int) -> int:
    text = given.get(name) or str(default)
    if not text.isdecimal() or int(text) < 1:
        raise Refusal(messages.NUMBER_EXPECTED, name=name, value=text)
    return int(text)


def check_port(host: str, port: int) -> None:
    """Raises Refusal when something else listens there, or the address is not ours."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise _unusable(host, port, error) from error


def _unusable(host: str, port: int, error: OSError) -> Refusal:
    if error.errno == errno.EADDRINUSE:
        other = port + 1 if port < 65535 else 8000
        return Refusal(messages.PORT_BUSY, port=port, other=other)
    return Refusal(messages.ADDRESS_UNUSABLE, host=host, port=port, reason=error.strerror)
