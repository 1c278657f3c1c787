"""Docstrings of attributes: strings under their annotations, which editors show and which Python itself drops."""

from __future__ import annotations

import ast
import inspect
import textwrap
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@cache
def attribute_docstrings(declaration: type) -> Mapping[str, str]:
    """The docstrings of a class's attributes, by attribute and each on one line.

    They are read from the source, so only when somebody asks. Where the source is not at hand, there are none.
    """
    try:
        source = inspect.getsource(declaration)
    except OSError:
        return {}
    (node,) = ast.parse(textwrap.dedent(source)).body
    assert isinstance(node, ast.ClassDef)
    return dict(_docstrings(node.body))


def _docstrings(body: list[ast.stmt]) -> Iterator[tuple[str, str]]:
    for attribute, below in pairwise(body):
        match attribute, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str() as words)):
                yield name, " ".join(words.split())
            case _:
                pass
