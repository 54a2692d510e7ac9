"""An agency's API for tests: a real HTTP server on 127.0.0.1 that says what the test wants."""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

Answer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """One request; the test's function writes the answer."""

    protocol_version = "HTTP/1.1"
    server: Any

    def do_GET(self) -> None:
        api: Api = self.server.api
        api.asked.append(Asked(self.path, dict(self.headers.items())))
        api.answer(self)

    def give(self, body: bytes, kind: str = "text/csv", status: int = 200, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing on the screen."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    api: "Api"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is what some tests are about."""


@dataclass(frozen=True)
class Asked:
    path: str
    headers: dict[str, str]


@dataclass
class Api:
    """`answer` is called for every request; `asked` remembers them."""

    port: int
    answer: Answer
    asked: list[Asked] = field(default_factory=list)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, path: str = "/so-lieu") -> str:
        return f"http://{self.host}{path}"

    def gives(self, body: str | bytes, kind: str = "text/csv", **how: Any) -> None:
        data = body.encode() if isinstance(body, str) else body
        self.answer = lambda handler: handler.give(data, kind, **how)


@contextmanager
def running(certificate: Path | None = None) -> Iterator[Api]:
    """`certificate`: with its key, for a server that speaks TLS."""
    server = _Server(("127.0.0.1", 0), Handler)
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    api = Api(server.server_address[1], lambda handler: handler.give(b"", status=500))
    server.api = api
    thread = threading.Thread(target=lambda: server.serve_forever(0.05), daemon=True)
    thread.start()
    try:
        yield api
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
