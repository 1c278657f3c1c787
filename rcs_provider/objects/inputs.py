"""What a program may give for a value: the type that Pulumi's SDK names so, without loading the SDK."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import TYPE_CHECKING, TypeVar, Union

if TYPE_CHECKING:
    from pulumi import Output

T = TypeVar("T")

Input = Union[T, Awaitable[T], "Output[T]"]
"""The value itself, or a promise or an output of it; `Output` means something to type checkers alone."""
