"""Recovery codes: ten, each good for one sign-in where the second factor is not at hand.

Fifty random bits each. Kept is what Argon2id makes of them with the salt of their set, so that one code typed costs one
computation, whichever of the ten it is. Source: OWASP ASVS 5.0, 6.5.2 and 6.5.3; OWASP Password Storage for the cost.
"""

from __future__ import annotations

import secrets

from argon2.low_level import Type, hash_secret_raw

HOW_MANY = 10
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: none is taken for another
_LENGTH = 10


def new_codes() -> list[str]:
    """Ten codes as they are shown, such as 7K3QF-9XW2M."""
    made = ["".join(secrets.choice(_LETTERS) for _ in range(_LENGTH)) for _ in range(HOW_MANY)]
    return [f"{code[:5]}-{code[5:]}" for code in made]


def new_salt() -> bytes:
    """The salt of one set of codes."""
    return secrets.token_bytes(16)


def derived(code: str, salt: bytes) -> bytes:
    """What is kept of a code (`typed.recovery`)."""
    return hash_secret_raw(code.encode(), salt, time_cost=2, memory_cost=19456, parallelism=1, hash_len=32, type=Type.ID)
