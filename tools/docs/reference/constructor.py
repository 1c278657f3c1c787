"""How a program constructs a resource: both forms of its constructor, as type checkers see them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .field import in_python
from .markdown import block

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rcs_provider.core.fields import Field, Table

_WORDS: Final = """\
`resource_name` is the name in the program, and part of the URN. The inputs are keywords, or keys of one dict. `opts`
are Pulumi's own options.
"""


def signature(name: str, fields: Sequence[Field], blocks: Mapping[Table, str]) -> str:
    """The paragraph and the stub of a class."""
    stub = "\n".join([f"class {name}:", *_args_form(name), "", *_keyword_form(fields, blocks)])
    return f"{_WORDS}\n<!-- fragment -->\n\n{block('python', stub)}"


def _args_form(name: str) -> Iterator[str]:
    yield f"    def __init__(self, resource_name: str, args: {name}Args, opts: ResourceOptions | None = None): ..."


def _keyword_form(fields: Sequence[Field], blocks: Mapping[Table, str]) -> Iterator[str]:
    yield "    def __init__("
    yield "        self,"
    yield "        resource_name: str,"
    yield "        *,"
    yield from (f"        {each.name}: {in_python(each, blocks)}," for each in fields if each.required)
    yield from (
        f"        {each.name}: {in_python(each, blocks)} | None = None," for each in fields if not each.required
    )
    yield "        opts: ResourceOptions | None = None,"
    yield "    ): ..."
