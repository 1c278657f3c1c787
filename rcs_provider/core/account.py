"""Which account an object lives in: stored with it, so that no call ever goes to another one."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from typing_extensions import TypedDict

from .errors import Problem, Refusal
from .fields import Role, text
from .settings import ACCOUNT, Settings, config_key


class AccountFields(TypedDict):
    """Written into the inputs from the settings, never by a program."""

    pod: Annotated[str, text(source="Create an Agent", role=Role.SETTING)]
    """Pod of the account that it belongs to."""

    sid: Annotated[str, text(source="Create an Agent", role=Role.SETTING)]
    """SID of the account that it belongs to."""


def require_account(name: str, settings: Settings, state: Mapping[str, Any]) -> None:
    """Raises Refusal where the object lives in another account than the settings name."""
    settings.require_sound()
    for problem in account_problems(name, settings, state, {}):
        raise Refusal(problem.reason)


def account_problems(
    name: str, settings: Settings, old: Mapping[str, Any], inputs: Mapping[str, Any]
) -> Iterator[Problem]:
    """What to say where an object would change account.

    Args:
        name: of the kind.
        settings: in force now.
        old: stored inputs or state; empty for an object that is made anew.
        inputs: declared.
    """
    for key in ACCOUNT:
        current, setting = getattr(settings, key), config_key(key)
        others = {each[key] for each in (old, inputs) if each.get(key, current) != current}
        for stored in sorted(others):
            yield Problem(
                "",
                f"this {name} lives in {key} {stored}, but {setting} is {current}: it cannot move. "
                f"Set {setting} back, or give it its own stack or explicit provider",
            )
