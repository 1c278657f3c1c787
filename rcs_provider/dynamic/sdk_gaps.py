"""What Pulumi's SDK and the interpreter give no public way to do: one function per gap.

Nothing else in this package uses a private part of either; a test holds it to that. Every function does less where the
SDK or Python looks different, and none of them raises an error for it. Where a docstring names no versions, the gap was
read in the releases 3.0.0 and 3.272.0 of `pulumi`. `make release-check` runs `tests/dynamic/test_sdk_gaps.py` with the
lowest, the pinned and the newest release.

A user's program imports this module too, so it loads neither the provider nor anything that `import pulumi` does not.
"""

from __future__ import annotations

import inspect
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

import pulumi
from pulumi.runtime import config, mocks, settings

from . import PROVIDER_KEY, pickled

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import FrameType

_METHODS: Final = ("Check", "Diff", "Create", "Read", "Update", "Delete")
_LIMIT: Final = "_max_workers"


# in the process of the SDK's server of dynamic providers


def serves_providers() -> bool:
    """Whether this process is the SDK's server of dynamic providers, rather than a program.

    Needs: the name in the spec of the module `__main__`; the engine's plugin starts `python -m pulumi.dynamic`.
    Without it: the process is taken for a program's, and nothing below is done for it.
    Upstream: no issue known.
    """
    main = sys.modules.get("__main__")
    return getattr(getattr(main, "__spec__", None), "name", "") == "pulumi.dynamic.__main__"


def call_under_way() -> tuple[Any, Any] | None:
    """The request that the server answers on this thread, and gRPC's context of it; None if there is none.

    The server hands a provider neither: not the URN, not the time limit of `custom_timeouts`, and no way to fail with
    details.

    Needs: the locals `request` and `context` of the server's method, on the stack of the provider's method.
    Since: 3.0.0 at least; the methods are wrapped since 3.260.0, which adds a frame.
    Without it: no line in the resource's row but warnings of the stack, no time limit of an operation's own, no object
        kept that was only half made, and the text of an error comes wrapped by the SDK.
    Upstream: pulumi/pulumi#6065, open, on lines in the resource's row; #18009, open, on documenting half-made objects,
        for which the Node SDK has a way. No issue known on the URN and the time limit.
    """
    with suppress(Exception):
        for frame in _frames():
            if frame.f_code.co_name in _METHODS:
                request, context = frame.f_locals.get("request"), frame.f_locals.get("context")
                if hasattr(context, "set_trailing_metadata") and hasattr(request, "urn"):
                    return request, context
    return None


def raise_limit(workers: int) -> None:
    """Raises how many calls the server answers at once, if this thread answers one of them.

    The server is made with four workers, whatever `--parallel` says. Its pool starts a worker when a call comes and
    there are fewer than its limit.

    Needs: the local `executor_reference` of Python's own worker function, on the stack of the provider's method, and
        the attribute `_max_workers` of its pool.
    Since: 3.0.0 at least; run with Python 3.10 to 3.13.
    Without it: four calls at once, and a large stack takes longer.
    Upstream: no issue known about this server; pulumi/pulumi#11116 was the same of programs.
    """
    with suppress(Exception):
        pool = _pool()
        inside: dict[str, Any] = vars(pool)
        before = inside[_LIMIT]
        if type(before) is int and before < workers:
            inside[_LIMIT] = workers
            # Calls that wait already start no worker any more: each of these starts one, and does nothing.
            for _ in range(workers - before):
                pool.submit(int)


def hear_cancellation() -> None:
    """Makes the server set `CANCELLED` when the engine cancels a run, which it otherwise ignores.

    Needs: the class `DynamicResourceProviderServicer` in the module `__main__`, and a method `Cancel` that is a plain
        function without a closure. It was bound when the server started, so only its code can still be exchanged.
    Without it: a cancelled run ends after the repeats of the calls that are under way.
    Upstream: no issue known about dynamic providers. pulumi/pulumi#22516 gave `pulumi.provider.Provider` a method for
        it, which `pulumi.dynamic.ResourceProvider` lacks.
    """
    servicer = getattr(sys.modules.get("__main__"), "DynamicResourceProviderServicer", None)
    with suppress(AttributeError, TypeError, ValueError):
        servicer.Cancel.__code__ = _cancel.__code__  # type: ignore[union-attr]


def _cancel(self: Any, request: Any, context: Any) -> Any:  # noqa: ARG001 - the server's signature
    """Takes the place of the server's method, and so sees the server's globals and not this module's."""
    from google.protobuf import empty_pb2  # noqa: PLC0415

    from rcs_provider.serving.cancellation import CANCELLED  # noqa: PLC0415

    CANCELLED.set()
    return empty_pb2.Empty()


def _pool() -> ThreadPoolExecutor:
    """The pool whose worker this thread is.

    Raises:
        LookupError: there is none.
    """
    for frame in _frames():
        if frame.f_code.co_name == "_worker":
            reference: Any = frame.f_locals["executor_reference"]
            pool: object = reference()
            if isinstance(pool, ThreadPoolExecutor):
                return pool
    raise LookupError


def _frames() -> Iterator[FrameType]:
    """The frames of this thread's stack, the innermost first."""
    frame = inspect.currentframe()
    while frame is not None:
        yield frame
        frame = frame.f_back


# in the process of a user's program


def register(  # noqa: PLR0913 - what the SDK's own constructor takes, and the type
    resource: pulumi.CustomResource,
    token: str,
    name: str,
    props: Mapping[str, Any],
    *,
    kind: str,
    opts: pulumi.ResourceOptions | None,
) -> None:
    """Registers a dynamic resource, past the SDK's own constructor of dynamic resources.

    That one pickles the provider for every resource anew, in the protocol of the Python that runs. The SDK counts
    frames named `__init__` to find the line of the program that declares a resource, so nothing here may be named so.

    Needs: the constructor of the base class, and the input `__provider` as the place of the pickled provider.
    Without it: what state holds of a provider changes with the program's Python, which shows as a change of every
        resource; and declaring thousands of resources takes longer.
    Upstream: pulumi/pulumi#6675, open: its program side would save the time. No issue known about the bytes.
    """
    pulumi.CustomResource.__init__(resource, token, name, {**props, PROVIDER_KEY: pickled(kind)}, opts)


def engine_of_program() -> str | None:
    """Address of the engine that runs this program; None if none does, as in a test.

    Needs: `get_engine`, and of gRPC the attribute `_channel` of a method of its stub: the SDK connects to the address
        and keeps it to itself.
    Without it: the address is taken from the command line that the CLI starts a program with. Only a program of the
        Automation API is then without, and its providers know of no resource that the run does not target.
    Upstream: no issue known.
    """
    with suppress(Exception):
        stub: Any = settings.get_engine()
        return str(stub.Log._channel.target().decode()).rpartition("/")[2]  # noqa: SLF001
    words = sys.orig_argv
    return words[words.index("--engine") + 1] if "--engine" in words[:-1] else None


def configuration() -> Mapping[str, Any]:
    """The configured text of every key of the stack that the program runs for.

    `pulumi.Config` and `pulumi.runtime.get_config` answer for a key that one knows. The engine's contract has all of
    them in `PULUMI_CONFIG` for a program of its own, and nowhere for an inline program of the Automation API.

    Needs: the context variable `CONFIG`, which holds them for both.
    Without it: in an inline program, a misspelt setting passes without a warning.
    Upstream: no issue known.
    """
    with suppress(Exception):
        return config.CONFIG.get()
    return pulumi.runtime.get_config_env()


def is_mocked() -> bool:
    """Whether the program runs under `pulumi.runtime.set_mocks`.

    Needs: `get_monitor`, and the class of the monitor that mocks install.
    Without it: a unit test's look-ups ask Kaleyra instead of its mocks.
    Upstream: none known for Python; the Go SDK has it as `ctx.RunningWithMocks()`, pulumi/pulumi#11788.
    """
    with suppress(Exception):
        return isinstance(settings.get_monitor(), mocks.MockMonitor)
    return False
