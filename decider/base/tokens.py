"""Secrets of links: random, and kept as hashes only."""

from __future__ import annotations

import secrets

from decider.base.digests import sha256


def new_token() -> str:
    """The secret of a new link: 256 random bits."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What is kept of a secret: its SHA-256, in hexadecimal.

    A token has 256 random bits: there is nothing to gain from a slow, salted hash.
    """
    return sha256(token)
