"""Explicit providers: further accounts in one program."""

from __future__ import annotations

from inspect import isawaitable
from typing import TYPE_CHECKING, Any, cast

import pulumi

from rcs_provider.core.errors import Refusal
from rcs_provider.core.fields import is_block
from rcs_provider.core.settings import EXPLICIT, SETTINGS, load_settings, spelt
from rcs_provider.objects.stack_keys import old_key

from . import face, stack_config

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pulumi import Input

    from rcs_provider.core.settings import Settings


class Provider(pulumi.ProviderResource):
    """A further account, for the resources that name it in `opts.provider`.

    It takes nothing from the environment and nothing from the stack's configuration.

        na = Provider("na", pod="na", sid="...", api_key=config.require_secret("naKey"))
        RcsAgent("support-na", ..., opts=ResourceOptions(provider=na))
    """

    def __init__(  # noqa: PLR0913 - one argument per setting, which tests hold to the settings
        self,
        resource_name: str,
        *,
        pod: Input[str],
        sid: Input[str],
        api_key: Input[str] | None = None,
        endpoint: Input[str] | None = None,
        deletion_policy: str | None = None,
        on_existing: Input[str] | None = None,
        connect_timeout: Input[float] | None = None,
        read_timeout: Input[float] | None = None,
        operation_timeout: Input[float] | None = None,
        max_retries: Input[int] | None = None,
        requests_per_second: Input[float] | None = None,
        workers: Input[int] | None = None,
        probe: Input[bool] | None = None,
        debug: Input[bool] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declares an account.

        `resource_name` is unique in the program, and `opts` are Pulumi's own options. Every other argument is the
        setting of its name, with that setting's meaning, unit and default: see docs/reference/configuration.md.
        `api_key` is kept secret in state, and needed only when a call is made.
        """
        stack_config.check()
        arguments = locals()  # the settings among them, without a second list of their names
        given = [(each, arguments[each.name]) for each in SETTINGS if arguments[each.name] is not None]
        self.deletion_policy = deletion_policy
        self._later = [each.name for each, value in given if _is_later(value)]
        # Settings never show their key, unlike what is given.
        self._settings = _loaded({each.key: spelt(value) for each, value in given if not _is_later(value)})
        self._texts = {each.key: _text(pulumi.Output.secret(value) if each.secret else value) for each, value in given}
        chosen = face.in_force()
        options = pulumi.ResourceOptions.merge(face.of_provider(chosen), opts)
        super().__init__(chosen.package, resource_name, _props(chosen, self._texts), options)

    def settings(self) -> Settings:
        """The account's settings, for what a program looks up at once.

        Raises:
            Refusal: an argument is an output, so they are known later only.
        """
        if self._later:
            raise Refusal(f"{self._later[0]} of its provider is an Output, which is known later only")
        return self._settings

    def settings_output(self) -> pulumi.Output[Settings]:
        """The account's settings, once they are known. They are no secret, although the key in them is one.

        So nothing made of them is secret, and nothing made of them may hold the key; their `repr` does not.
        """
        return pulumi.Output.unsecret(pulumi.Output.all(**self._texts).apply(_loaded))


def provider_in_force(opts: pulumi.ResourceOptions | pulumi.InvokeOptions) -> pulumi.ProviderResource | None:
    """The explicit provider that a resource or a look-up with these options uses; None if it is the default one.

    In the SDK's own order: the one that it names, one of those that it passes on, its parent's.
    """
    package = face.in_force().package
    listed: Any = getattr(opts, "providers", None) or ()
    listed = listed.values() if is_block(listed) else listed
    for each in (opts.provider, *listed):
        if each is not None and each.package == package:
            return cast("pulumi.ProviderResource", each)
    return opts.parent.get_provider(f"{package}:index:Resource") if opts.parent is not None else None


def _props(chosen: face.Face, texts: Mapping[str, Any]) -> dict[str, Any]:
    """The settings as the provider of a face takes them: as texts."""
    if chosen is face.PLUGIN:
        return dict(texts)
    # Keys with a colon reach the resources' provider as configuration. They stay those of version 0.1.0: with any
    # others, an upgrade would show every explicit provider of a stack as changed.
    return {old_key(key): value for key, value in {**texts, EXPLICIT: "true"}.items()}


def _is_later(value: Any) -> bool:
    return isinstance(value, pulumi.Output) or isawaitable(value)


def _loaded(texts: Mapping[str, str]) -> Settings:
    return load_settings({**texts, EXPLICIT: "true"}.get, {})


def _text(value: Any) -> pulumi.Output[str]:
    return pulumi.Output.from_input(value).apply(spelt)
