"""Why a pull did not come to a file."""


class Failed(Exception):
    """`code` is one of catalog.pull_words, `params` fill its sentence: never a secret, never a query.

    `status`: the HTTP status the server answered with, where it came to that.
    """

    def __init__(self, code: str, *, status: int | None = None, **params: str | int) -> None:
        super().__init__(code, params)
        self.code = code
        self.status = status
        self.params = params
