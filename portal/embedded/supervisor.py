"""`make run`: everything in its order, in the foreground, until a signal comes."""

import os
import subprocess
import time
from dataclasses import dataclass, field

from portal.embedded import children, messages, site
from portal.embedded.children import Child, Program
from portal.embedded.datafolder import DataFolder
from portal.embedded.messages import Refusal, print_line, say
from portal.embedded.options import ROOT, Options, check_port
from portal.embedded.servers import Servers, last_line, servers
from portal.embedded.staticstamp import StaticStamp
from portal.embedded.waiting import Pause, StopRequest, StopRequested, wait_for

ANSWER_SECONDS = 90.0
# Seconds until a program that died is started again, by how often it has died in a row: readers wait for
# it, but one that cannot live must not keep the machine busy.
DELAYS = (0.0, 0.5, 1.0, 1.0, 2.0, 2.0, 4.0, 4.0, 4.0, 8.0, 16.0, 30.0)
STEADY_SECONDS = 10.0  # a program that ran this long begins a new row


def run() -> int:
    """Serve until INT, TERM or HUP; 0 after an ordered stop. Raises Refusal."""
    request = StopRequest()
    request.listen()
    options = Options.read(os.environ)
    data = DataFolder(options.data, shared=bool(os.environ.get("FILES_BY_PROXY")))
    os.umask(0o027 if data.shared else 0o077)  # every program started from here has it, too
    data.prepare()
    try:
        with data.locked(request.pause) as lock:
            check_port(options.host, options.port)
            with servers(data, lock, os.environ, request.pause) as running:
                Site(options, running, request.pause).serve()
    except StopRequested:
        say(messages.STOPPED, folder=data.path)
    return 0


@dataclass
class Site:
    """The site's programs on top of running servers."""

    options: Options
    running: Servers
    pause: Pause
    environment: dict[str, str] = field(default_factory=dict)

    def serve(self) -> None:
        """Prepare, start, say where, watch. Ends only by an exception."""
        data = self.running.data
        self.environment = self.running.environment | site.child_environment(
            self.options, data, os.environ
        )
        data.announce(self.environment)
        self.prepare()
        with site.figures_folder() as figures:
            for program in site.programs(self.options, data, self.environment, figures):
                say(messages.STARTING, program=program.name)
                self.running.launch(program)
            self.wait_for_answer()
            self.welcome()
            Watch(self.running, self.pause).forever()

    def prepare(self) -> None:
        say(messages.MIGRATING)
        self.step("migrate", "migrate", "--noinput")
        self.collect_static_files()
        if self.options.demo:
            say(messages.LOADING_DEMONSTRATION)
            self.step("load_demo", "load_demo", "--if-empty", shown=True)

    def collect_static_files(self) -> None:
        """Only when they or the packages they come from have changed: it compresses each."""
        stamp = StaticStamp(self.running.data)
        if not stamp.is_current():
            say(messages.COLLECTING)
            self.step("collectstatic", "collectstatic", "--noinput", "--clear")
            stamp.write()

    def step(self, name: str, *arguments: str, shown: bool = False) -> None:
        """Run a management command to its end; raises Refusal when it fails."""
        log = self.running.data.logs / f"{name}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                site.manage(*arguments),
                cwd=ROOT,
                env={**os.environ, **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=None if shown else output,
                stderr=output,
                start_new_session=True,
                preexec_fn=children.leash(os.getpid(), children.signal.SIGKILL),
            )
            self._wait_for_step(process)
        if process.returncode != 0:
            reason = last_line(log)
            raise Refusal(messages.STEP_FAILED, step=name, reason=reason, log=log)

    def _wait_for_step(self, process: subprocess.Popen[bytes]) -> None:
        try:
            while process.poll() is None:
                self.pause(0.05)
        finally:
            children.end_group(process.pid)
            process.wait()

    def wait_for_answer(self) -> None:
        """Raises Refusal when the site does not answer or a program of it dies first."""
        wait_for(lambda: self._answer_or_death(), ANSWER_SECONDS, self.pause)
        if dead := next((child for child in self.running.running if child.has_ended()), None):
            raise _did_not_start(dead)
        if not site.answers(self.options):
            raise Refusal(
                messages.SITE_DID_NOT_ANSWER,
                address=f"{self.options.address}healthz",
                seconds=int(ANSWER_SECONDS),
                log=self.running.data.logs / "web.log",
            )

    def _answer_or_death(self) -> bool:
        return any(child.has_ended() for child in self.running.running) or site.answers(
            self.options
        )

    def welcome(self) -> None:
        print_line("")
        say(messages.READY, address=self.options.address)
        if self.options.demo:
            self.step("demo_accounts", "demo_accounts", shown=True)
        say(messages.WHERE_LOGS_ARE, logs=self.running.data.logs)


def _did_not_start(child: Child) -> Refusal:
    log = child.program.log
    return Refusal(
        messages.SERVER_DID_NOT_START,
        program=child.program.name,
        reason=last_line(log),
        log=log,
    )


@dataclass
class Watch:
    """Starts again what dies, waiting longer when it dies again and again."""

    running: Servers
    pause: Pause
    started: dict[str, float] = field(default_factory=dict)
    deaths: dict[str, int] = field(default_factory=dict)  # in a row
    due: dict[str, tuple[float, Program]] = field(default_factory=dict)

    def forever(self) -> None:
        while True:
            self.pause(0.5)
            for child in list(self.running.running):
                if child.has_ended():
                    self._note_death(child)
            for when, program in list(self.due.values()):
                if time.monotonic() >= when:
                    self._start_again(program)

    def _note_death(self, child: Child) -> None:
        self.running.drop(child)
        program = child.program
        delay = self._next_delay(program.name)
        self.due[program.name] = (time.monotonic() + delay, program)
        say(
            messages.CHILD_DIED,
            program=program.name,
            how=child.how_it_ended(),
            delay=f"{delay:g}",
            log=program.log,
        )

    def _next_delay(self, name: str) -> float:
        lived = time.monotonic() - self.started.get(name, float("-inf"))
        before = 0 if lived >= STEADY_SECONDS else self.deaths[name]
        self.deaths[name] = before + 1
        return DELAYS[min(before, len(DELAYS) - 1)]

    def _start_again(self, program: Program) -> None:
        del self.due[program.name]
        self.started[program.name] = time.monotonic()
        self.running.launch(program)
        say(messages.CHILD_RESTARTED, program=program.name)
