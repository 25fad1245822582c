"""Seals a case's particulars under its data key, and wraps that key under the settings' own: the one place that knows ciphers."""

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from msgspec import Struct

from domain.people.particulars import MARK
from storage.postgres.faults import KeyLost
from words import sentence

KEY_BYTES = 32
_NONCE_BYTES = 12
_VERSION = f"{MARK}1:"
"""AES-256-GCM; another cipher gets another number, and both are read."""


class Wrapped(Struct, frozen=True):
    """A case's data key as it is kept: under which of the settings' keys, and wrapped."""

    wrapped_by: str
    wrapped: bytes


class CaseSeal:
    """Seals and opens the particulars of one case, each bound to the case and its field: moved elsewhere, it does not open."""

    def __init__(self, case_id: UUID, key: bytes) -> None:
        self._case = case_id.bytes
        self._cipher = AESGCM(key)

    def seal(self, name: str, text: str) -> str:
        return _VERSION + urlsafe_b64encode(_closed(self._cipher, text.encode(), self._case + name.encode())).decode().rstrip("=")

    def opened(self, name: str, kept: str) -> str:
        """Give it plain, also where it was written plain, before anything was sealed; `KeyLost` where it does not open."""
        if not kept.startswith(MARK):
            return kept
        try:
            sealed = urlsafe_b64decode(kept.removeprefix(_VERSION) + "==")
            return _open(self._cipher, sealed, self._case + name.encode()).decode()
        except (InvalidTag, ValueError) as fault:
            raise KeyLost(
                sentence("{name} does not open under its case's key: it was sealed for another field or case, or changed", name=name)
            ) from fault


class KeyRing:
    """The settings' keys: the first wraps, all unwrap."""

    def __init__(self, keys: Mapping[str, bytes]) -> None:
        self._keys = {name: AESGCM(key) for name, key in keys.items()}
        self.first = next(iter(keys))

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._keys)

    def wrap(self, case_id: UUID, key: bytes) -> Wrapped:
        return Wrapped(self.first, _closed(self._keys[self.first], key, case_id.bytes))

    def unwrap(self, case_id: UUID, kept: Wrapped) -> bytes:
        """Give the case's data key; `KeyLost` where the settings have not the key that wraps it."""
        cipher = self._keys.get(kept.wrapped_by)
        if cipher is None:
            raise KeyLost(
                sentence(
                    "the particulars of case {case_id} are under the key {wrapped_by!r}: put it back into LIANBAN_DATA_KEYS",
                    case_id=case_id,
                    wrapped_by=kept.wrapped_by,
                )
            )
        try:
            return _open(cipher, kept.wrapped, case_id.bytes)
        except InvalidTag as fault:
            raise KeyLost(
                sentence(
                    "the key {wrapped_by!r} in LIANBAN_DATA_KEYS is not the one that wraps case {case_id}'s",
                    wrapped_by=kept.wrapped_by,
                    case_id=case_id,
                )
            ) from fault

    def again(self, case_id: UUID, kept: Wrapped) -> Wrapped:
        """Wrap a case's key under the first of ours."""
        return self.wrap(case_id, self.unwrap(case_id, kept))

    def seal_of(self, case_id: UUID, kept: Wrapped) -> CaseSeal:
        return CaseSeal(case_id, self.unwrap(case_id, kept))


class NewSeal:
    """The seal of a case that has no key yet; a key is made with the first value that is sealed, and `kept` has then to be written."""

    def __init__(self, ring: KeyRing, case_id: UUID) -> None:
        self._ring, self._case_id = ring, case_id
        self._seal: CaseSeal | None = None
        self.kept: Wrapped | None = None

    def seal(self, name: str, text: str) -> str:
        if self._seal is None:
            key = os.urandom(KEY_BYTES)
            self._seal, self.kept = CaseSeal(self._case_id, key), self._ring.wrap(self._case_id, key)
        return self._seal.seal(name, text)


def new_key() -> bytes:
    """Make a key for the settings."""
    return os.urandom(KEY_BYTES)


def _closed(cipher: AESGCM, plain: bytes, about: bytes) -> bytes:
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + cipher.encrypt(nonce, plain, about)


def _open(cipher: AESGCM, closed: bytes, about: bytes) -> bytes:
    return cipher.decrypt(closed[:_NONCE_BYTES], closed[_NONCE_BYTES:], about)
