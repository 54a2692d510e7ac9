"""`services -- COMMAND`: run one command while PostgreSQL and Redis are up."""

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence

from portal.embedded import children, messages
from portal.embedded.datafolder import DataFolder
from portal.embedded.messages import Refusal, say_aside
from portal.embedded.options import Options
from portal.embedded.servers import servers
from portal.embedded.site import child_environment
from portal.embedded.waiting import StopRequest, StopRequested, wait_for


def run_with_servers(command: Sequence[str]) -> int:
    """The command's exit code. Joins the servers of a running site. Raises Refusal."""
    options = Options.read(os.environ)
    data = DataFolder(options.data)
    if announced := data.announced():
        return _run(command, announced, StopRequest())
    request = StopRequest()
    request.listen()
    data.prepare()
    with (
        data.locked(request.pause) as lock,
        servers(data, lock, os.environ, request.pause, tell=say_aside) as running,
    ):
        environment = running.environment | child_environment(options, data, os.environ)
        return _run(command, environment, request)


def _run(command: Sequence[str], environment: Mapping[str, str], request: StopRequest) -> int:
    """Run in our own session: the command has the terminal, and its Ctrl-C."""
    try:
        process = subprocess.Popen(
            command,
            env={**os.environ, **environment},
            preexec_fn=children.leash(os.getpid(), signal.SIGTERM),
        )
    except OSError as error:
        reason = error.strerror
        raise Refusal(messages.COMMAND_NOT_FOUND, command=command[0], reason=reason) from error
    try:
        wait_for(lambda: process.poll() is not None, float("inf"), request.pause)
    except StopRequested:
        _pass_on(process, request)
    return process.wait()


def _pass_on(process: subprocess.Popen[bytes], request: StopRequest) -> None:
    """Ctrl-C has reached the command by itself; TERM and HUP came only to us."""
    if request.received != signal.SIGINT:
        process.terminate()
