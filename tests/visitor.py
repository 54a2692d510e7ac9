"""A visitor without JavaScript: opens pages, fills in the forms that are on them."""

import urllib.parse
import urllib.request
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookiejar import CookieJar

Pairs = list[tuple[str, str]]
NEVER_SENT = ("submit", "button", "image", "reset", "file")


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


@dataclass
class Control:
    """A field as it stands on the page. `options` of a select: (value, selected)."""

    tag: str
    named: dict[str, str]
    text: str = ""
    options: list[tuple[str, bool]] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.named.get("name", "")

    @property
    def is_hidden(self) -> bool:
        return self.named.get("type") == "hidden"

    @property
    def may_be_empty(self) -> bool:
        """Whether somebody at the page can leave it so."""
        return self.tag != "select" or "" in [value for value, _selected in self.options]

    @property
    def values(self) -> list[str]:
        """What a browser sends for it while nobody has touched it (HTML, 4.10.21.4)."""
        if not self.name or "disabled" in self.named:
            return []
        if self.tag == "select":
            return self._chosen()
        if self.tag == "textarea":
            return [self.text]
        kind = self.named.get("type", "text")
        if kind in NEVER_SENT:
            return []
        if kind in ("checkbox", "radio"):
            return [self.named.get("value", "on")] if "checked" in self.named else []
        return [self.named.get("value", "")]

    def _chosen(self) -> list[str]:
        chosen = [value for value, selected in self.options if selected]
        if chosen or "multiple" in self.named or not self.options:
            return chosen
        return [self.options[0][0]]


@dataclass
class Form:
    action: str
    method: str
    controls: list[Control] = field(default_factory=list)

    @property
    def names(self) -> set[str]:
        return {control.name for control in self.controls}

    @property
    def hidden(self) -> dict[str, str]:
        hidden = [one for one in self.controls if one.is_hidden]
        return {control.name: control.named.get("value", "") for control in hidden}

    @property
    def untouched(self) -> Pairs:
        """What a browser sends when its button is pressed and nothing was filled in."""
        return [(one.name, value) for one in self.controls for value in one.values]

    @property
    def emptied(self) -> Pairs:
        """The same with nothing in any field that is seen: hidden ones keep what they hold."""
        return [
            (one.name, value if one.is_hidden or not one.may_be_empty else "")
            for one in self.controls
            for value in one.values
        ]

    def filled(self, **values: str) -> Pairs:
        """The same with these fields filled in."""
        kept = [(name, value) for name, value in self.untouched if name not in values]
        return [*kept, *values.items()]


class _Forms(HTMLParser):
    """Forms with what stands in them and what names them by `form="…"`."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []
        self.by_id: dict[str, Form] = {}
        self.apart: list[tuple[str, Control]] = []
        self._open: Form | None = None
        self._control: Control | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = Form(named.get("action", ""), named.get("method", "get").lower())
            self.found.append(self._open)
            self.by_id[named.get("id", "")] = self._open
        elif tag == "option" and self._control is not None and "disabled" not in named:
            self._control.options.append((named.get("value", ""), "selected" in named))
        elif tag in ("input", "select", "textarea", "button"):
            self._control = Control(tag, named)
            if "form" in named:
                self.apart.append((named["form"], self._control))
            elif self._open is not None:
                self._open.controls.append(self._control)

    def handle_data(self, data: str) -> None:
        if self._control is not None and self._control.tag == "textarea":
            self._control.text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag in ("select", "textarea"):
            self._control = None


def forms_on(page: str) -> list[Form]:
    parser = _Forms()
    parser.feed(page)
    parser.close()
    for name, control in parser.apart:
        parser.by_id[name].controls.append(control)
    return parser.found


def form_with(page: str, names: Iterable[str]) -> Form:
    """The first form of the page that has all these fields."""
    return next(form for form in forms_on(page) if set(names) <= form.names)
