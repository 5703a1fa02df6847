"""Launches whose signature, key or algorithm is wrong."""

import json

from tests.platform.drafts import FormDraft, TokenDraft
from tests.platform.keys import PlatformKey, encode_segment, from_base64url, rs512_key, stranger_key, weak_key
from tests.platform.malformed.table import Verdict, in_form, in_token


@in_token(Verdict.REFUSED, "kid is missing")
def kid_missing(draft: TokenDraft) -> None:
    del draft.header["kid"]


@in_token(Verdict.REFUSED, "kid names a key that the platform does not publish")
def kid_unknown(draft: TokenDraft) -> None:
    draft.header["kid"] = "a-key-nobody-made"


@in_token(Verdict.REFUSED, "signed with another key under the platform's kid")
def signed_with_another_key(draft: TokenDraft) -> None:
    draft.sign = stranger_key().sign


@in_token(Verdict.REFUSED, "signed with a stranger's key that the header itself brings along")
def key_brought_along(draft: TokenDraft) -> None:
    draft.header["jwk"] = stranger_key().public_jwk()
    draft.sign = stranger_key().sign


@in_form(Verdict.REFUSED, "the body was changed after it was signed")
def body_tampered(draft: FormDraft) -> None:
    header, payload, signature = draft.fields["id_token"].split(".")
    altered = from_base64url(payload).replace(b'"sub":"', b'"sub":"x-')
    draft.fields["id_token"] = ".".join((header, _reencode(altered), signature))


@in_form(Verdict.REFUSED, "the signature is cut off")
def signature_missing(draft: FormDraft) -> None:
    draft.fields["id_token"] = draft.fields["id_token"].rsplit(".", 1)[0] + "."


@in_form(Verdict.REFUSED, "the id_token is not a token at all")
def token_is_garbage(draft: FormDraft) -> None:
    draft.fields["id_token"] = "not.a.token"


@in_token(Verdict.REFUSED, "alg is none and there is no signature")
def alg_none(draft: TokenDraft) -> None:
    draft.header["alg"] = "none"
    draft.sign = lambda _: b""


@in_token(Verdict.REFUSED, "HS256, with the public key as the shared secret")
def hs256_with_public_key(draft: TokenDraft) -> None:
    draft.header["alg"] = "HS256"
    draft.sign = draft.keys.signing.hmac_with_public_key


@in_token(Verdict.REFUSED, "RS512 with a published RS512 key")
def rs512(draft: TokenDraft) -> None:
    _sign_with(draft, rs512_key())


@in_token(Verdict.REFUSED, "a published key of 1024 bits")
def key_of_1024_bits(draft: TokenDraft) -> None:
    _sign_with(draft, weak_key())


def _sign_with(draft: TokenDraft, key: PlatformKey) -> None:
    draft.keys.publish(key)
    draft.header |= {"kid": key.kid, "alg": key.algorithm}
    draft.sign = key.sign


def _reencode(payload: bytes) -> str:
    return encode_segment(json.loads(payload))
