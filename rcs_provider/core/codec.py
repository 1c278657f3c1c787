"""From a program's inputs to request bodies, from answers to state, and from state back to inputs.

State (the engine's word is outputs) is one flat dict: every input field as the API has it, spelt as declared where the
two mean the same; what only the API sets; and hidden keys:

- `__managed`: dotted paths of what the program declares, so that a refresh returns inputs for exactly these; `*` where
  these are all that the state holds of the inputs, as almost always. It also tells an object that this package manages
  from one that a program only looks at.
- `__declared`: the declared value of restricted fields that Kaleyra changed behind the back; only where there are any.
- `__taken_over`: only of an object that a stack took over without being told to. It tells whether a deletion policy of
  the stack's or the provider's leaves it alone: true until the resource declares a policy itself.
- `__unread`: only of an object that was made elsewhere, until its first update: what no answer shows of it is not
  known, and that update may reset it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from .compare import echoed, merged, outgoing, same
from .errors import Unclear
from .fields import ABSENT, UNKNOWN, Compare, Role, Type, is_block, is_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from .fields import Field, Table

MANAGED: Final = "__managed"
_ALL: Final = "*"
DECLARED: Final = "__declared"
TAKEN_OVER: Final = "__taken_over"
OWN_POLICY: Final = "__own_policy"
"""In inputs: whether the resource declares a deletion policy itself; absent where no program says so."""
UNREAD: Final = "__unread"

State = dict[str, Any]


def plain(table: Table, inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Inputs as the wire brings them, made clean.

    Numbers arrive as floats and nulls vanish on the way; keys that begin with two underscores are the engine's or ours.
    A number in a field of digits becomes its text, as stack files often leave the quotes out.
    """
    return {
        name: _plain(table.by_name.get(name), value)
        for name, value in inputs.items()
        if value is not None and not name.startswith("__")
    }


def _plain(field: Field | None, value: Any) -> Any:
    if field is None or value is UNKNOWN:
        return value
    if field.numeric and _is_whole(value):
        return str(int(value))
    if field.fields is not None and is_block(value):
        return plain(field.fields, value)
    if field.item is not None and is_list(value):
        return [_plain(field.item, each) for each in value]
    return value


def _is_whole(value: Any) -> bool:
    if isinstance(value, float):
        return value.is_integer()
    return isinstance(value, int) and not isinstance(value, bool)


def with_defaults(table: Table, inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Inputs with the defaults that the table declares, those of nested blocks included."""
    filled = {each.name: each.default for each in table.inputs if each.default is not None}
    return {**filled, **{name: _filled(table.by_name.get(name), value) for name, value in inputs.items()}}


def _filled(field: Field | None, value: Any) -> Any:
    if field is not None and field.fields is not None and is_block(value):
        return with_defaults(field.fields, value)
    if field is not None and field.item is not None and is_list(value):
        return [_filled(field.item, each) for each in value]
    return value


def respelt(table: Table, old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """New inputs in the old spelling wherever the two mean the same, so that formatting never shows as a change."""
    known = table.by_name
    return {
        name: old[name] if name in old and name in known and same(known[name], old[name], value) else value
        for name, value in new.items()
    }


def create_body(table: Table, inputs: Mapping[str, Any]) -> dict[str, Any]:
    """The body of a create: every declared field that the API knows."""
    return {each.key: outgoing(each, inputs[each.name]) for each in table.created if each.name in inputs}


def update_body(table: Table, live: Mapping[str, Any], state: State, inputs: Mapping[str, Any]) -> dict[str, Any]:
    """The body of an update, which replaces the whole object.

    Args:
        table: of the object.
        live: the API's own answer, as it came: what means the same goes back byte for byte, and so does whatever the
            program does not declare.
        state: the last state, for what no read returns.
        inputs: the declared inputs.
    """
    body, managed = dict(live), set(_managed(table, state))
    for each in table.sent:
        removed = each.empty_on_removal and each.name in managed and each.name not in inputs
        value: Any = [] if removed else _update_value(each, live, state, inputs)
        if value is not ABSENT:
            body[each.key] = value
    return body


def _update_value(field: Field, live: Mapping[str, Any], state: State, inputs: Mapping[str, Any]) -> Any:
    if field.restricted:
        return ABSENT if field.key in live else inputs.get(field.name, state.get(field.name, ABSENT))
    if field.name in inputs:
        declared, raw = inputs[field.name], live.get(field.key)
        # A program that names another picture means it, whatever file of that name Kaleyra has.
        is_new = field.compare is Compare.IMAGE and declared != state.get(field.name, declared)
        return outgoing(field, declared) if is_new else echoed(field, declared, raw, _decoded(field, raw))
    return ABSENT if field.key in live else state.get(field.name, ABSENT)


def decoded(table: Table, answer: Mapping[str, Any]) -> dict[str, Any]:
    """The part of an answer that the table knows, in the table's types.

    An empty text means "not reported": the create page's own sample blanks values that were just sent.

    Raises:
        Unclear: a value has a type that the field cannot have.
    """
    found = ((each.name, _decoded(each, answer.get(each.key))) for each in table.fields if not each.initial)
    return {name: value for name, value in found if value is not ABSENT}


def _decoded(field: Field, value: Any) -> Any:
    if value is None or value == "":
        return ABSENT
    convert = _CONVERTERS[field.type]
    result = convert(field, value)
    if result is ABSENT:
        raise Unclear(f"unexpected answer: `{field.key}` is not {_CALLED[field.type]}")
    return result


def _to_text(_: Field, value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ABSENT
    spelt = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    # JSON may hold half a surrogate pair, which state cannot.
    return spelt.encode("utf-8", "replace").decode()


def _to_flag(_: Field, value: Any) -> Any:
    # The update page quotes integration_status in its format and leaves the quotes out in its sample.
    return {"true": True, "false": False}.get(str(value).casefold(), ABSENT)


def _to_number(_: Field, value: Any) -> Any:
    try:
        return ABSENT if isinstance(value, bool) else float(value)
    except (TypeError, ValueError, OverflowError):
        return ABSENT


def _to_list(field: Field, value: Any) -> Any:
    if not is_list(value) or field.item is None:
        return ABSENT
    items = [_decoded(field.item, each) for each in value]
    return [each for each in items if each is not ABSENT]


def _to_block(field: Field, value: Any) -> Any:
    return decoded(field.fields, value) if is_block(value) and field.fields is not None else ABSENT


_CALLED: Final = {
    Type.TEXT: "a string",
    Type.FLAG: "true or false",
    Type.NUMBER: "a number",
    Type.LIST: "a list",
    Type.BLOCK: "an object",
}
_CONVERTERS: Final = {
    Type.TEXT: _to_text,
    Type.FLAG: _to_flag,
    Type.NUMBER: _to_number,
    Type.LIST: _to_list,
    Type.BLOCK: _to_block,
}


def state_of(table: Table, inputs: Mapping[str, Any], live: Mapping[str, Any], kept: Mapping[str, Any]) -> State:
    """The state to store.

    Args:
        table: of the object.
        inputs: what the program declares.
        live: the decoded answer; what it leaves out is unknown.
        kept: the state so far, for what is neither declared nor answered.
    """
    state: State = {UNREAD: True} if kept.get(UNREAD) else {}
    for each in table.fields:
        declared = inputs.get(each.name, ABSENT)
        value = merged(each, declared, live.get(each.name, ABSENT))
        value = kept.get(each.name, ABSENT) if value is ABSENT else value
        if value is ABSENT and each.role is Role.READ_ONLY and each.type is Type.TEXT:
            # An output that is missing from state is unknown in every preview; an empty one is known.
            value = ""
        if value is not ABSENT:
            state[each.name] = value
    return {**state, **_hidden(table, inputs, live, state), **_mark(inputs, kept)}


def _hidden(table: Table, inputs: Mapping[str, Any], live: Mapping[str, Any], state: State) -> State:
    paths, held = sorted(_paths(table, inputs)), sorted(_paths(table, state))
    elsewhere = {each.name: inputs[each.name] for each in drifted(table, inputs, live)}
    return {MANAGED: _ALL if paths == held != [] else paths, **({DECLARED: elsewhere} if elsewhere else {})}


def _mark(inputs: Mapping[str, Any], kept: Mapping[str, Any]) -> State:
    if TAKEN_OVER not in kept:
        return {}
    return {TAKEN_OVER: not inputs[OWN_POLICY] if OWN_POLICY in inputs else kept[TAKEN_OVER]}


def drifted(table: Table, inputs: Mapping[str, Any], live: Mapping[str, Any]) -> Iterator[Field]:
    """Restricted fields that the API holds another value of than the program declares."""
    for each in table.sent:
        if each.restricted and not same(each, inputs.get(each.name, ABSENT), live.get(each.name, ABSENT), live=True):
            yield each


def _paths(table: Table, inputs: Mapping[str, Any], prefix: str = "") -> Iterator[str]:
    for each in table.inputs:
        value = inputs.get(each.name, ABSENT)
        if value is ABSENT:
            continue
        if each.fields is not None and is_block(value):
            yield from _paths(each.fields, value, f"{prefix}{each.name}.")
        else:
            yield prefix + each.name


def is_managed(state: Mapping[str, Any]) -> bool:
    """Whether this package made or took over the object, rather than only looking at it."""
    return MANAGED in state


def inputs_of(table: Table, state: State) -> dict[str, Any]:
    """The inputs that a state stands for: exactly what the program declares, restricted fields as last declared."""
    return {**_picked(state, _managed(table, state)), **state.get(DECLARED, {})}


def _managed(table: Table, state: State) -> Iterable[str]:
    paths: Any = state.get(MANAGED, ())
    return _paths(table, state) if paths == _ALL else paths


def _picked(state: Mapping[str, Any], paths: Iterable[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for path in paths:
        head, _, rest = path.partition(".")
        if head not in state:
            continue
        if not rest:
            found[head] = state[head]
        elif isinstance(state[head], dict):
            found[head] = {**found.get(head, {}), **_picked(state[head], [rest])}
    return found
