"""Signatures of key pairs: the exchange knows the public key only (spot REST documentation, "Ed25519 Keys",
"RSA Keys"): base64 of the signature over the same text, percent-encoded."""

from __future__ import annotations

import base64
import binascii
from urllib.parse import unquote

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_public_key

_BEGINNING = "-----BEGIN PUBLIC KEY-----"


def is_public_key(secret: str) -> bool:
    """Whether this is no shared secret, but the public half of a pair."""
    return secret.startswith(_BEGINNING)


def verifies(public_key: str, text: str, signature: str) -> bool:
    """Whether the owner of the pair signed the text. `public_key` is PEM, Ed25519 or RSA."""
    key = load_pem_public_key(public_key.encode())
    try:
        raw = base64.b64decode(unquote(signature), validate=True)
        match key:
            case Ed25519PublicKey():
                key.verify(raw, text.encode())
            case RSAPublicKey():
                key.verify(raw, text.encode(), PKCS1v15(), SHA256())
            case _:
                return False
    except (InvalidSignature, binascii.Error):
        return False
    return True
