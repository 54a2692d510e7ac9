"""An OpenID Connect provider in the test's own process, speaking HTTP on a port of its own."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt

CLIENT_ID = "portal"
CLIENT_SECRET = "known-to-both"


class Provider:
    """`claims`: what it says of the person who signs in there. `asked`: forms its token endpoint got."""

    def __init__(self) -> None:
        self.claims: dict[str, Any] = {}
        self.asked: list[dict[str, str]] = []
        self.broken = False
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.address = f"http://127.0.0.1:{self._server.server_port}"

    @contextmanager
    def running(self) -> Iterator["Provider"]:
        thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            thread.join()
            self._server.server_close()

    def answer(self, path: str) -> dict[str, Any]:
        match path:
            case "/.well-known/openid-configuration":
                return {
                    "issuer": self.address,
                    "authorization_endpoint": f"{self.address}/authorize",
                    "token_endpoint": f"{self.address}/token",
                    "userinfo_endpoint": f"{self.address}/userinfo",
                    "jwks_uri": f"{self.address}/jwks",
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                }
            case "/token":
                return {"access_token": "t", "token_type": "Bearer", "id_token": self._id_token()}
            case "/userinfo":
                return self.claims
        raise LookupError(path)

    def _id_token(self) -> str:
        """Signed with a key the portal need not know: it came straight from the token endpoint."""
        facts = {"iss": self.address, "aud": CLIENT_ID, "exp": 4_000_000_000, "iat": 1_700_000_000}
        return jwt.encode({**facts, **self.claims}, "x" * 32, algorithm="HS256")


def _handler(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._reply()

        def do_POST(self) -> None:
            form = self.rfile.read(int(self.headers["Content-Length"])).decode()
            provider.asked.append({name: values[0] for name, values in parse_qs(form).items()})
            self._reply()

        def log_message(self, format: str, *values: Any) -> None:
            """Silent: the test's own assertions speak."""

        def _reply(self) -> None:
            body = json.dumps(provider.answer(urlsplit(self.path).path)).encode()
            self.send_response(500 if provider.broken else 200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    return Handler
