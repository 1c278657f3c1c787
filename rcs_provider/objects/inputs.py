"""The type `Input` of Pulumi's SDK, without loading the SDK."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import TYPE_CHECKING, TypeVar, Union

if TYPE_CHECKING:
    from pulumi import Output

T = TypeVar("T")

Input = Union[T, Awaitable[T], "Output[T]"]
"""The value itself, or a promise or an output of it; only type checkers see `Output`."""
