"""The Chromium that browser tests drive: find it, or get it before the tests start.

`python -m tests.chromium` is part of `make test`. It takes the one on the path, else
installs Debian's as root, else has Playwright download its own; where none of these
works it says what to install and fails, so that browser tests are never left out.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
REFUSAL = """\
Không có trình duyệt Chromium để kiểm thử; hãy cài gói chromium (ví dụ: sudo apt-get install chromium).
There is no Chromium to test with; install the package chromium (such as: sudo apt-get install chromium)."""


def executable() -> str | None:
    """The path of a Chromium that starts here, or None."""
    return next((path for path in candidates() if starts(path)), None)


def candidates() -> list[str]:
    """Chromium on the path first, then Playwright's own download."""
    found = [path for name in NAMES if (path := shutil.which(name))]
    cache = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache/ms-playwright")
    downloads = sorted(cache.glob("chromium*/chrome-linux*/*"), reverse=True)
    return found + [
        str(path)
        for path in downloads
        if path.name in ("chrome", "headless_shell", "chrome-headless-shell")
    ]


def starts(path: str) -> bool:
    """Whether it runs at all: a download may lack the libraries of the system."""
    try:
        answer = subprocess.run([path, "--version"], capture_output=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0


def install() -> None:
    """Try the package as root, then the download. Says nothing about success."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Đang cài chromium… / Installing chromium…", flush=True)
        subprocess.run(["apt-get", "update", "-qq"], stdout=subprocess.DEVNULL)
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"],
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            stdout=subprocess.DEVNULL,
        )
    if executable() is None:
        print("Đang tải Chromium của Playwright… / Downloading Playwright's Chromium…", flush=True)
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"])


def main() -> int:
    if executable() is None:
        install()
    if executable() is None:
        print(REFUSAL, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
