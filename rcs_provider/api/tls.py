"""What is wrong with certificates: the variable, the file, OpenSSL's reason, and what to do about it."""

from __future__ import annotations

import os
import ssl
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rcs_provider.core.errors import NotSent

from .envelope import CHECK_WAY, ENDPOINT

if TYPE_CHECKING:
    from collections.abc import Iterable

BUNDLES: Final = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
"""Variables that may name the file of trusted authorities, as requests reads them: the first that is set counts."""

_NO_TLS: Final = (
    "WRONG_VERSION_NUMBER",
    "HTTP_REQUEST",
    "RECORD_LAYER_FAILURE",
    "UNSUPPORTED_PROTOCOL",
    "NO_PROTOCOLS_AVAILABLE",
    "TLSV1_ALERT_PROTOCOL_VERSION",
    "SSLV3_ALERT_HANDSHAKE_FAILURE",
)
"""OpenSSL's reasons that only a handshake can have; others may come in the middle of an answer."""

_CLOCK: Final = "Check this machine's clock; if it is right, the certificate has to be renewed."
_NAME: Final = f"Check {ENDPOINT} and the proxy: the certificate is for another name."
_AUTHORITY: Final = (
    "Where a proxy or your own authority signs, set REQUESTS_CA_BUNDLE to a file with its certificates in PEM form; "
    "SSL_CERT_FILE is not read."
)
_TODO: Final = {9: _CLOCK, 10: _CLOCK, 62: _NAME, 64: _NAME}
"""What to do by OpenSSL's number of a reason: not valid yet, expired, another host, another address."""


def require_bundle(path: str) -> None:
    """Raises NotSent where the file of trusted authorities, which a variable names, is of no use."""
    if Path(path).is_dir():
        return
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(path)
    except ssl.SSLError:
        wrong = "holds no certificate in PEM form"
    except FileNotFoundError:
        wrong = "does not exist"
    except OSError as error:
        wrong = f"cannot be read ({error.strerror})"
    else:
        return
    name = next((each for each in BUNDLES if os.environ.get(each)), "The CA bundle")
    todo = "Set it to a file with the trusted authorities' certificates in PEM form, or unset it."
    raise NotSent(f"{name} is {path}, which {wrong}", todo, lasting=True)


def refusal(causes: Iterable[object], host: str) -> NotSent | None:
    """Our error where TLS was not agreed with a host, so that nothing was sent; None for everything else."""
    for each in causes:
        if isinstance(each, ssl.SSLCertVerificationError):
            return _refused(each, host)
        reason = getattr(each, "reason", None)
        if isinstance(each, ssl.SSLError) and reason in _NO_TLS:
            todo = CHECK_WAY
            return NotSent(f"TLS could not be agreed with {host} ({reason})", todo, lasting=True)
    return None


def _refused(error: ssl.SSLCertVerificationError, host: str) -> NotSent:
    reason = getattr(error, "verify_message", "").rstrip(".") or "its verification failed"
    todo = _TODO.get(getattr(error, "verify_code", 0), _AUTHORITY)
    return NotSent(f"the certificate of {host} is not trusted here: {reason}", todo, lasting=True)
