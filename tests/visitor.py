"""A visitor without JavaScript: opens pages, fills in the forms that are on them."""

import urllib.parse
import urllib.request
from html.parser import HTMLParser
from http.cookiejar import CookieJar


class Visitor:
    """Keeps cookies from page to page, as a browser does."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(CookieJar()), urllib.request.ProxyHandler({})
        )

    def get(self, path: str) -> str:
        with self._opener.open(self.address + path, timeout=30) as response:
            self._at = response.url
            return response.read().decode()

    def sign_in(self, email: str, password: str) -> None:
        page = self.get("/dang-nhap/")
        self.submit(page, login=email, password=password)

    def submit(self, page: str, **values: str) -> str:
        """Send the page's form that has all the fields named; hidden fields go with it."""
        form = next(
            form for form in forms_on(page) if set(values) <= form.names and form.method == "post"
        )
        data = {**form.hidden, **values}
        target = urllib.parse.urljoin(self._at, form.action)
        request = urllib.request.Request(target, urllib.parse.urlencode(data).encode())
        request.add_header("Referer", self._at)
        with self._opener.open(request, timeout=30) as response:
            self._at = response.url
            return response.read().decode()


class Form:
    def __init__(self, action: str, method: str) -> None:
        self.action = action
        self.method = method.lower()
        self.hidden: dict[str, str] = {}
        self.names: set[str] = set()


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []
        self._open: Form | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = Form(named.get("action", ""), named.get("method", "get"))
            self.found.append(self._open)
        elif self._open is not None and "name" in named:
            self._open.names.add(named["name"])
            if named.get("type") == "hidden":
                self._open.hidden[named["name"]] = named.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None


def forms_on(page: str) -> list[Form]:
    parser = _Forms()
    parser.feed(page)
    return parser.found
