"""The values that a program passes to resources."""

from __future__ import annotations

from typing import Any

from rcs_provider.core.fields import is_block, is_list


def copied(value: Any) -> Any:
    """Copy of a program's arguments, to the bottom; what is neither a dict nor a list stays as it is.

    The SDK reads arguments later, when the program may have changed them for its next resource.
    """
    if is_block(value):
        return {name: copied(each) for name, each in value.items()}
    if is_list(value):
        return [copied(each) for each in value]
    return value
