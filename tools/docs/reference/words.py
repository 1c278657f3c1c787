"""What a page of a resource says beside what the table of its fields tells."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, kw_only=True)
class Words:
    """The words of one page, all of them Markdown; what is empty is left out or said in general words.

    Attributes:
        summary: what it is, in one sentence.
        id: what its id is made of, after "its id is".
        head: what else stands above the example.
        example: a program that declares one.
        arguments: how arguments are given, and limits that are not those of one.
        notes: sections of their own about arguments.
        outputs: what to say of all outputs.
        life: what each step of Pulumi does.
        after: what else to know of that.
        look: how to look at one without managing it.
        look_example: a program that does.
        imports: how one that exists is imported.
        id_example: an id as `pulumi import` takes it.
        policies: what each value means, of the inputs that decide about deleting and about what exists.
        after_policies: what else to know of that.
    """

    summary: str = ""
    id: str = ""
    head: str = ""
    example: str = ""
    arguments: str = ""
    notes: str = ""
    outputs: str = ""
    life: Mapping[str, str] = field(default_factory=dict)
    after: str = ""
    look: str = ""
    look_example: str = ""
    imports: str = ""
    id_example: str = ""
    policies: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    after_policies: str = ""
