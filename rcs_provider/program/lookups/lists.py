"""Look-ups of an account's brands, and of the values that Kaleyra allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .lookup import Lookup, as_output, at_once
from .mocked import answered
from .results import GetBrandsResult, GetMastersResult

if TYPE_CHECKING:
    from pulumi import Input, InvokeOptions, InvokeOutputOptions, Output


def get_brands(opts: InvokeOptions | None = None) -> GetBrandsResult:
    """Looks up the brands of the account, at once, also in a preview; their keys are not documented.

    Args:
        opts: Pulumi's own options: `provider` is an `rcs_provider.Provider`, else the stack's account is asked.

    Raises:
        pulumi.RunError: with one line that ends the program.
    """
    return at_once(_brands(), opts)


def get_brands_output(opts: InvokeOptions | InvokeOutputOptions | None = None) -> Output[GetBrandsResult]:
    """Looks up the brands of the account, after what `opts.depends_on` names; their keys are not documented.

    Args:
        opts: Pulumi's own options.
    """
    return as_output(_brands, opts)


def get_masters(list_name: str | None = None, opts: InvokeOptions | None = None) -> GetMastersResult:
    """Looks up Kaleyra's lists of allowed values, at once, also in a preview; their shape is not documented.

    Args:
        list_name: of the one list to give, such as `color`; all without it.
        opts: Pulumi's own options.

    Raises:
        pulumi.RunError: with one line that ends the program, also where there is no such list.
    """
    return at_once(_masters(list_name), opts)


def get_masters_output(
    list_name: Input[str] | None = None, opts: InvokeOptions | InvokeOutputOptions | None = None
) -> Output[GetMastersResult]:
    """Looks up Kaleyra's lists of allowed values; their shape is not documented.

    Args:
        list_name: of the one list to give, such as `color`; all without it.
        opts: Pulumi's own options, `depends_on` included.
    """
    return as_output(_masters, opts, list_name)


def _brands() -> Lookup[GetBrandsResult]:
    return Lookup(
        "get_brands",
        "the brands",
        lambda api: api.list_brands(),
        lambda rows: GetBrandsResult(brands=rows),
        {},
        lambda found: answered(GetBrandsResult, {"brands": [], **found}),
    )


def _masters(name: str | None) -> Lookup[GetMastersResult]:
    return Lookup(
        "get_masters",
        "the lists of allowed values" if name is None else f"the list {name} of allowed values",
        lambda api: api.list_masters(name),
        lambda found: GetMastersResult(lists=found),
        {"list_name": name},
        lambda found: answered(GetMastersResult, {"lists": {}, **found}),
    )
