"""The life of objects through the provider plugin, by programs that know no more of it than its types."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from plugged import a_tester, an_agent, declare, plugged

if TYPE_CHECKING:
    from collections.abc import Callable

    from project import Project

PHONE = "919000000001"


@pytest.fixture
def project(make: Callable[..., Project]) -> Project:
    made = plugged(make())
    made.configure(**{"kaleyra:deletionPolicy": "delete"})
    return made


def test_an_agent_and_its_tester_live_and_every_next_preview_is_empty(project: Project) -> None:
    declare(project, support=an_agent(), first=a_tester("support", PHONE))
    project.up()
    project.settles()
    declare(project, support=an_agent(description="Answers more"), first=a_tester("support", PHONE))
    project.up()
    project.settles()
    project.destroy()
