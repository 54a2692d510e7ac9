"""docs/release-states.md: the life of a release as a diagram and a table, from catalog.states."""

from django.utils import translation

from accounts.roles import roles_with
from catalog.states import FINAL, TRANSITIONS, ReleaseState, Transition

PATH = "docs/release-states.md"

HEAD = """\
# The states of a release

Printed from `catalog/states.py` by `manage.py states_diagram`; do not edit it by hand.
`catalog.actions.states.apply` is the one function that changes a state: in a transaction, with an
audit row, and with the notice named below going out through the outbox.
"""


def page() -> str:
    """The whole file. The same whatever language is active."""
    with translation.override("vi"):
        parts = [HEAD, _diagram(), "## States\n", _states(), "## Transitions\n", _transitions()]
        return "\n".join(parts)


def _diagram() -> str:
    ends = _ends()
    lines = ["```mermaid", "stateDiagram-v2", f"    [*] --> {ReleaseState.DRAFT}"]
    lines += [f"    {step.source} --> {step.target}: {step.name}" for step in TRANSITIONS]
    lines += [f"    {state} --> [*]" for state in ReleaseState if state in ends]
    return "\n".join([*lines, "```", ""])


def _states() -> str:
    rows = [
        f"| `{state}` | {state.label} | {'yes' if state in FINAL else 'no'} |"
        for state in ReleaseState
    ]
    head = ["| State | On screen | Delivery over |", "|---|---|---|"]
    return "\n".join([*head, *rows, ""])


def _transitions() -> str:
    head = ["| From | Step | To | Who | Notice |", "|---|---|---|---|---|"]
    return "\n".join([*head, *(_row(step) for step in TRANSITIONS), ""])


def _row(step: Transition) -> str:
    notice = f"`{step.notice}`" if step.notice else ""
    return f"| `{step.source}` | {step.name} | `{step.target}` | {_who(step)} | {notice} |"


def _who(step: Transition) -> str:
    if step.permission is None:
        return "the portal"
    names = ", ".join(str(role.name) for role in roles_with(step.permission))
    return f"`{step.permission}`: {names}"


def _ends() -> set[ReleaseState]:
    """States no step leads out of."""
    return set(ReleaseState) - {step.source for step in TRANSITIONS}
