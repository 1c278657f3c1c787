"""From inputs to state and back, for any inputs and any answer of each kind."""

from __future__ import annotations

from typing import Any

from fakes import every
from hypothesis import given
from hypothesis import strategies as st
from proves import proves

from rcs_provider.core import codec, diff
from rcs_provider.core.compare import same
from rcs_provider.core.errors import Unclear
from rcs_provider.core.fields import Compare, Field, Table, Type
from rcs_provider.objects import OBJECTS
from rcs_provider.objects.agent.fields import TABLE

Kind = tuple[Table, dict[str, Any], dict[str, Any]]


WORDS = st.text(min_size=1, max_size=12)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def _values(field: Field) -> st.SearchStrategy[Any]:
    if field.fields is not None:
        return _objects(field.fields.inputs)
    if field.item is not None:
        return st.lists(_values(field.item), max_size=3)
    if field.type is Type.FLAG:
        return st.booleans()
    if field.compare is Compare.DIGITS or field.numeric:
        return st.from_regex(r"\+?[1-9][0-9 ]{2,10}[0-9]", fullmatch=True)
    if field.compare is Compare.IMAGE:
        return st.from_regex(r"https://[a-z]{1,5}\.example/[a-z]{1,9}\.png", fullmatch=True)
    return WORDS


def _objects(fields: Any) -> st.SearchStrategy[dict[str, Any]]:
    needed = {each.name: _values(each) for each in fields if each.required}
    spare = {each.name: _values(each) for each in fields if not each.required}
    return st.fixed_dictionaries(needed, optional=spare)


TABLES = [each.table for each in OBJECTS]
AGENTS = _objects(TABLE.inputs)
OF_A_KIND = st.sampled_from(TABLES).flatmap(
    lambda table: st.tuples(st.just(table), _objects(table.inputs), _objects(table.inputs))
)
"""The table of a kind, and inputs for two objects of it."""


def _respelt(field: Field, value: Any) -> Any:
    """A value as Kaleyra may answer it: the same, in another spelling."""
    if field.fields is not None:
        return {name: _respelt(field.fields[name], each) for name, each in value.items() if field.fields[name].returned}
    if field.item is not None:
        return [_respelt(field.item, each) for each in reversed(value)]
    if field.compare is Compare.DIGITS:
        return "+" + "".join(each for each in value if each.isdigit())
    if field.compare is Compare.IMAGE:
        return "https://cdn.example/1769590576110-" + value.rsplit("/", 1)[-1]
    return value


def _answered(table: Table, inputs: dict[str, Any]) -> dict[str, Any]:
    return {each.key: _respelt(each, inputs[each.name]) for each in table.sent if each.returned and each.name in inputs}


def test_every_field_of_digits_takes_a_number_for_its_text() -> None:
    numeric = [path for table in TABLES for path, _ in every(table, lambda each: each.numeric)]
    assert numeric == [
        "agent_type", "service_code", "phones[0].number", "phones[0].country_code", "brand_details.brand_no",
        "rcs_provider_id", "agent_no", "phoneno",
    ]  # fmt: skip


@given(st.dictionaries(st.sampled_from([each.key for table in TABLES for each in table]), JSON, max_size=8))
def test_any_answer_is_read_or_is_unclear(answer: dict[str, Any]) -> None:
    for table in TABLES:
        try:
            found = codec.decoded(table, answer)
        except Unclear:
            continue
        assert set(found) <= {each.name for each in table}


@proves("P5")
@given(OF_A_KIND)
def test_inputs_come_back_from_state_as_they_went_in(kind: Kind) -> None:
    table, inputs, _ = kind
    assert codec.inputs_of(table, codec.state_of(table, inputs, {}, {})) == inputs


@proves("D1")
@given(OF_A_KIND)
def test_an_answer_in_other_spellings_gives_the_declared_inputs_back_and_an_empty_plan(kind: Kind) -> None:
    table, inputs, _ = kind
    live = codec.decoded(table, _answered(table, inputs))
    state = codec.state_of(table, inputs, live, {})
    assert codec.inputs_of(table, state) == inputs
    assert diff.plan(table, state, inputs) == diff.Plan()


@given(OF_A_KIND)
def test_any_drift_is_a_state_whose_inputs_name_exactly_what_was_declared(kind: Kind) -> None:
    table, inputs, other = kind
    state = codec.state_of(table, inputs, codec.decoded(table, _answered(table, other)), {})
    found = codec.inputs_of(table, state)
    assert set(found) == set(inputs)
    assert all(
        found[each.name] == inputs[each.name] for each in table.inputs if each.restricted and each.name in inputs
    )
    assert diff.plan(table, state, inputs).replaces == []


@given(OF_A_KIND)
def test_reading_twice_gives_the_same_state(kind: Kind) -> None:
    table, inputs, kept = kind
    live = codec.decoded(table, _answered(table, inputs))
    once = codec.state_of(table, inputs, live, kept)
    assert codec.state_of(table, codec.inputs_of(table, once), live, once) == once


@given(inputs=AGENTS, unknown=st.dictionaries(WORDS.map("x_{}".format), JSON, max_size=4), restricted=JSON)
def test_an_update_of_any_agent_keeps_whatever_means_the_same_as_the_answer_has_it(
    inputs: dict[str, Any], unknown: dict[str, Any], restricted: Any
) -> None:
    ours = dict.fromkeys(("hosting_region", "agent_type", "rcs_provider_id", "brand_details"), restricted)
    live = {**_answered(TABLE, inputs), **ours, **unknown}
    body = codec.update_body(TABLE, live, {}, inputs)
    assert all(body[name] is live[name] for name in (*ours, *unknown))
    editable = [each for each in TABLE.sent if not each.restricted and each.name in inputs]
    for each in editable:
        sent, hidden = body[each.name], each.name == "phones" or not each.returned
        assert same(each, inputs[each.name], sent, live=True)
        assert hidden or sent == live[each.name]
