"""The file for `pulumi import --file`, by which the engine takes resources over without a call to the provider.

The engine takes a resource as it is where the file holds inputs and outputs, each with the pickled provider; by id
alone it could not even tell which provider to ask (pulumi/pulumi#16175).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rcs_provider.dynamic import PROVIDER_KEY, pickled

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .declaration import Declaration


def text(found: Iterable[Declaration]) -> str:
    """The file's text."""
    return json.dumps({"resources": [_entry(each) for each in found]}, indent=2, ensure_ascii=False) + "\n"


def _entry(each: Declaration) -> dict[str, Any]:
    provider = {PROVIDER_KEY: pickled(each.kind.name)}
    return {
        "type": each.kind.token,
        "name": each.name,
        "id": each.found.id,
        "inputs": {**each.inputs, **provider},
        "outputs": {**each.state, **provider},
    }
