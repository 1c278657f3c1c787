"""The stack's file, Pulumi.<stack>.yaml: the account's settings, and its agents and testers as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rcs_provider import objects
from rcs_provider.core.settings import FACE, FACES, config_key
from rcs_provider.objects import stack_keys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rcs_provider.core.settings import Settings

    from .declaration import Declaration


def text(settings: Settings, declared: Sequence[Declaration] = (), face: str = FACES[0]) -> str:
    """The file's text; without the api-key, which is for `pulumi config set --secret`."""
    from .yaml_text import dumped  # noqa: PLC0415 - with the YAML library, which `kaleyra-rcs --help` does not need

    return dumped({"config": _config(settings, declared, face)})


def _config(settings: Settings, declared: Sequence[Declaration], face: str) -> dict[str, Any]:
    sections = {
        stack_keys.data_key(kind.section): {each.name: data(each) for each in declared if each.kind is kind} or None
        for kind in objects.OBJECTS
    }
    config = {
        config_key(FACE.key): None if face == FACE.default else face,
        config_key("pod"): settings.pod,
        config_key("sid"): settings.sid,
        config_key("endpoint"): settings.endpoint,
        config_key("deletionPolicy"): None if settings.deletion_policy == "prevent" else settings.deletion_policy,
        **sections,
    }
    return {key: value for key, value in config.items() if value is not None}


def data(each: Declaration) -> dict[str, Any]:
    """An object as the stack's data has it: a tester names its agent by the agent's key."""
    if not each.parent:
        return each.arguments
    rest = {name: value for name, value in each.arguments.items() if name != each.kind.parent_field}
    return {each.kind.parent: each.parent, **rest}
