"""What an answer of the transit engine means for us. Knows no keys; repeats nothing that it was told."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

import requests
from django.views.decorators.debug import sensitive_variables

from lti_tool.core.errors import AttuneError
from lti_tool.core.words import gettext as _
from lti_tool.vault.errors import KeyServerAway, KeyServerRefused, WrongKey

Results = list[Mapping[str, str]]

_NO_SUCH_KEY = "encryption key not found"
_TOO_OLD = "disallowed by policy"
# Rewrapping, the engine calls this a fault of its own: 500, not 400.
_NOT_ITS_OWN = "message authentication failed"


@sensitive_variables("answer", "results")
def of(ask: Callable[[], Any]) -> tuple[Results, AttuneError | None]:
    """The results of a batch, or why there are none. Never both."""
    from hvac import exceptions

    try:
        answer = ask()
    except exceptions.VaultError as error:
        return [], _refusal(error)
    except requests.RequestException:
        return [], KeyServerAway()
    results: Results = answer["data"]["batch_results"] if isinstance(answer, dict) else []
    if not results:
        return [], _redirected()
    words = " ".join(result.get("error", "") for result in results).strip()
    return ([], _wrong_key(words)) if words else (results, None)


@sensitive_variables("error")
def _refusal(error: Any) -> AttuneError:  # noqa: ANN401 - the client's, which is imported late
    from hvac import exceptions

    words = _words(error)
    if isinstance(error, exceptions.InvalidRequest) or _NOT_ITS_OWN in words:
        return _wrong_key(words)
    if isinstance(error, exceptions.Forbidden | exceptions.Unauthorized):
        return KeyServerRefused(
            _("The server that keeps the keys does not accept our token, or does not let it use the key."),
            next_step=_(
                "Is the token of ATTUNE_TRANSIT_TOKEN_FILE still valid? Does its policy name the key "
                "(runbook: “Vault or OpenBao”)?"
            ),
        )
    if isinstance(error, exceptions.InvalidPath):
        return KeyServerRefused(
            _("There is no transit engine where ATTUNE_TRANSIT_MOUNT and ATTUNE_TRANSIT_NAMESPACE say."),
            next_step=_("Set both to where the engine is mounted, or mount it: bao secrets enable transit"),
        )
    if isinstance(error, exceptions.VaultNotInitialized | exceptions.VaultDown):
        return KeyServerAway(
            _("The server that keeps the keys is sealed. Nothing was lost or shown."),
            next_step=_("Please try again later. Whoever runs Attune: unseal it (bao operator unseal)."),
        )
    return KeyServerAway()


@sensitive_variables("error", "body", "results")
def _words(error: Any) -> str:  # noqa: ANN401 - the client's
    """What went wrong: with the whole request, or with single ones of a batch."""
    body = error.json if isinstance(error.json, dict) else {}
    results = (body.get("data") or {}).get("batch_results") or []
    return " ".join([*(error.errors or []), *(result.get("error", "") for result in results)])


def _wrong_key(words: str) -> AttuneError:
    if _NO_SUCH_KEY in words:
        return KeyServerRefused(
            _("The transit engine has no key of the name in ATTUNE_TRANSIT_KEY."),
            next_step=_(
                "Set ATTUNE_TRANSIT_KEY to the key that wrapped what is stored. Do not make a new one "
                "while anything is stored: it could not be opened with it."
            ),
        )
    if _TOO_OLD in words:
        return WrongKey(
            _("The transit engine opens this version of the key no more."),
            next_step=_("Lower min_decryption_version of the key, run manage.py rewrap, and raise it again."),
        )
    return WrongKey()


def _redirected() -> AttuneError:
    return KeyServerRefused(
        _("The server that keeps the keys did not answer with %(status)d, but sent us elsewhere.")
        % {"status": HTTPStatus.OK},
        next_step=_("Let ATTUNE_TRANSIT_URL name the active server, or what stands in front of all of them."),
    )
