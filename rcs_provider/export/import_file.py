"""The file for `pulumi import --file`, by which the engine takes resources over.

Of the plugin it holds ids alone: the engine asks the plugin for the rest. A dynamic provider cannot be asked, as it
stands in the inputs that are not known yet (pulumi/pulumi#16175). But the engine takes a resource as it is, without a
call to its provider, where the file holds inputs and outputs, each with the pickled provider.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rcs_provider._version import __version__, semantic
from rcs_provider.core.settings import PLUGIN
from rcs_provider.dynamic import PROVIDER_KEY, pickled

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .declaration import Declaration


def text(found: Iterable[Declaration], face: str) -> str:
    """The file's text, for one of FACES."""
    entry = _by_id if face == PLUGIN else _whole
    return json.dumps({"resources": [entry(each) for each in found]}, indent=2, ensure_ascii=False) + "\n"


def _by_id(each: Declaration) -> dict[str, Any]:
    # Without a version the engine makes a second provider beside the program's.
    version = semantic(__version__)
    return {"type": each.kind.package_token, "name": each.name, "id": each.found.id, "version": version}


def _whole(each: Declaration) -> dict[str, Any]:
    provider = {PROVIDER_KEY: pickled(each.kind.name)}
    return {
        "type": each.kind.token,
        "name": each.name,
        "id": each.found.id,
        "inputs": {**each.inputs, **provider},
        "outputs": {**each.state, **provider},
    }
