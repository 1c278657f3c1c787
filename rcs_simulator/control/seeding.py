"""Seeding: agents and testers that are stored, changed and read without the API and its validation."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rcs_simulator.api import testers

if TYPE_CHECKING:
    from rcs_simulator.api.agents import Row
    from rcs_simulator.pod import Pod

Record = dict[str, Any]


class MissingObjectError(LookupError):
    """The agent or tester does not exist; the message names it."""


EXAMPLE: Record = {
    "agent_type": "1",
    "display_name": "Seeded agent",
    "logo_url": "https://images.example/logo.png",
    "hero_url": "https://images.example/hero.jpg",
    "default_locale": "en",
    "description": "An agent that no create made",
    "phones": [{"label_text": "call", "is_toll_free": False, "country_code": "", "number": "18001001001"}],
    "emails": [],
    "privacy": {"label_text": "Privacy", "website": "https://www.example.com/privacy"},
    "terms_conditions": {"label_text": "Terms", "website": "https://www.example.com/terms"},
    "color": "#494e0d",
    "billing_category": "SINGLE_MESSAGE",
    "agent_use_case": "MULTI_USE",
    "hosting_region": "ASIA_PACIFIC",
    "languages": [],
    "rcs_provider_id": "1",
    "website": [],
    "brand_details": {"brand_no": "8032", "provider_brand_no": "", "brand_name": ""},
}
"""The default fields of a seeded agent; its default service code is `SEEDED-<number>`."""


def seed_agent(pod: Pod, given: Record) -> Record:
    """Store an agent with the example's fields and the given ones, and return it.

    Args:
        pod: where it is stored.
        given: fields of an agent, and `sid` for another account than the first.

    Raises:
        ValueError: an agent of that number exists.
    """
    own = {name: value for name, value in given.items() if name != "sid"}
    record = {**pod.backend.agents.complete({**EXAMPLE, **own}, pod.backend.switches), **own}
    record["agent_number"] = number = str(record["agent_number"])
    record.setdefault("service_code", f"SEEDED-{number}")
    if pod.backend.agents.row(number) is not None:
        raise ValueError(f"agent {number} exists")
    sid = given.get("sid") or next(iter(pod.backend.accounts.table))
    pod.backend.agents.add(sid, record, {"created": pod.clock.now(), "reads": 0})
    return record


def agent_row(pod: Pod, number: str) -> Row:
    """Return a stored agent.

    Raises:
        MissingObjectError: no agent has that number.
    """
    row = pod.backend.agents.row(number)
    if row is None:
        raise MissingObjectError(f"no agent {number} in pod {pod.name}")
    return row


def patch_agent(pod: Pod, number: str, given: Record) -> Record:
    """Overwrite any fields of an agent, restricted ones too, and return it.

    Raises:
        MissingObjectError: no agent has that number.
        ValueError: the number itself would change.
    """
    row = agent_row(pod, number)
    if str(given.get("agent_number", number)) != number:
        raise ValueError("agent_number cannot be patched; seed another agent")
    row.record.update(json.loads(json.dumps(given)))
    pod.backend.agents.save(row)
    return row.record


def seed_tester(pod: Pod, given: Record) -> Record:
    """Store a tester without an invitation, and return it.

    Args:
        pod: where it is stored.
        given: `agent_no`, `phoneno`, and any further fields of a row.

    Raises:
        ValueError: agent_no or phoneno is missing.
    """
    if not given.get("agent_no") or not given.get("phoneno"):
        raise ValueError("a tester needs agent_no and phoneno")
    backend, number, phoneno = pod.backend, str(given["agent_no"]), str(given["phoneno"])
    record = {**backend.testers.complete(number, phoneno, backend.switches), **given}
    backend.testers.add(record)
    return record


def tester_row(pod: Pod, number: str, phoneno: str) -> tuple[int, Record]:
    """Return a stored tester with its row number.

    Raises:
        MissingObjectError: the agent has no such tester.
    """
    found = pod.backend.testers.find(number, phoneno)
    if found is None:
        raise MissingObjectError(f"no tester {testers.digits(phoneno)} of agent {number} in pod {pod.name}")
    return found


def patch_tester(pod: Pod, number: str, phoneno: str, given: Record) -> Record:
    """Overwrite any fields of a tester in its agent's list, and return it.

    Another `agent_no` is shown in the row, which stays in the list where it was.

    Raises:
        MissingObjectError: the agent has no such tester.
    """
    seq, record = tester_row(pod, number, phoneno)
    record.update(given)
    pod.backend.testers.save(seq, number, record)
    return record
