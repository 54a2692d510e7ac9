"""docs/duty-states.md: the life of a duty and of a petition, from deadlines.states."""

from django.utils import translation

from accounts.roles import Permission, roles_with
from deadlines.models import Petition
from deadlines.states import (
    DECIDERS,
    DUTY_STEPS,
    LIVE,
    PETITION_STEPS,
    DutyState,
    DutyStep,
    PetitionState,
    PetitionStep,
)

PATH = "docs/duty-states.md"

HEAD = """\
# The states of a duty and of a petition

Printed from `deadlines/states.py` by `manage.py states_diagram`; do not edit it by hand.
`deadlines.actions.duties.take_step` is the one function that changes a duty, and
`deadlines.actions.petitions` decides what is asked about one: in a transaction, with an audit row.
"""
STAYS = (
    "A step without a target changes another fact (the last day, the agency) and not the state.\n"
)


def page() -> str:
    """The whole file. The same whatever language is active."""
    with translation.override("vi"):
        parts = [
            HEAD,
            _duty_diagram(),
            "## States of a duty\n",
            _duty_states(),
            "## Steps of a duty\n",
            _duty_steps(),
            STAYS,
            "## A petition\n",
            _petition_diagram(),
            _petition_steps(),
        ]
        return "\n".join(parts)


def _duty_diagram() -> str:
    lines = ["```mermaid", "stateDiagram-v2", f"    [*] --> {DutyState.OPEN}"]
    lines += [
        f"    {source} --> {step.target}: {step.name}"
        for step in DUTY_STEPS
        if step.target
        for source in step.sources
    ]
    lines += [f"    {state} --> [*]" for state in _ends()]
    return "\n".join([*lines, "```", ""])


def _duty_states() -> str:
    rows = [
        f"| `{state}` | {state.label} | {'yes' if state in LIVE else 'no'} |" for state in DutyState
    ]
    head = ["| State | On screen | Still to be done |", "|---|---|---|"]
    return "\n".join([*head, *rows, ""])


def _duty_steps() -> str:
    head = ["| From | Step | To | Who |", "|---|---|---|---|"]
    return "\n".join([*head, *(_duty_row(step) for step in DUTY_STEPS), ""])


def _duty_row(step: DutyStep) -> str:
    sources = ", ".join(f"`{state}`" for state in step.sources)
    target = f"`{step.target}`" if step.target else ""
    who = _who(step.permission) if step.permission else "the portal"
    return f"| {sources} | {step.name} | {target} | {who} |"


def _petition_diagram() -> str:
    lines = ["```mermaid", "stateDiagram-v2", f"    [*] --> {PetitionState.WAITING}"]
    steps = PETITION_STEPS.values()
    lines += [f"    {PetitionState.WAITING} --> {step.target}: {step.name}" for step in steps]
    lines += [f"    {step.target} --> [*]" for step in steps]
    return "\n".join([*lines, "```", ""])


def _petition_steps() -> str:
    head = ["| Step | To | On screen | Who | Notice |", "|---|---|---|---|---|"]
    return "\n".join([*head, *(_petition_row(step) for step in PETITION_STEPS.values()), ""])


def _petition_row(step: PetitionStep) -> str:
    notice = f"`{step.notice}`" if step.notice else ""
    who = (
        _deciders() if step.decided else f"the agency that asked: {_who(Permission.UPLOAD_RELEASE)}"
    )
    return f"| {step.name} | `{step.target}` | {step.target.label} | {who} | {notice} |"


def _deciders() -> str:
    return "; ".join(
        f"{Petition.Kind(kind).label}: {_who(permission)}" for kind, permission in DECIDERS.items()
    )


def _who(permission: Permission) -> str:
    names = ", ".join(str(role.name) for role in roles_with(permission))
    return f"`{permission}`: {names}"


def _ends() -> list[DutyState]:
    """States no step leads out of."""
    left = {source for step in DUTY_STEPS for source in step.sources}
    return [state for state in DutyState if state not in left]
