"""The key of the fingerprints: made once, kept beside the file of accepted findings, and never shown."""

from __future__ import annotations

import hmac
import json
import os
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path

from returns903.errors import ConfigError
from returns903.reading.bounded import bounded_bytes
from returns903.words import printable
from returns903.writing import Outputs

SUFFIX = ".key"
LENGTH = 32
"""Bytes of a key."""
MARK = 32
"""Hexadecimal digits of a fingerprint."""
_MOST = 4096


@dataclass(frozen=True, repr=False)
class Key:
    """What fingerprints are made with. Whoever has it and a list of identifiers can tell whom a file is about."""

    secret: bytes

    def fingerprint(self, *parts: str | None) -> str:
        """What stands for these texts: the same for the same, and without the key nothing is told by it."""
        text = json.dumps(parts, ensure_ascii=True).encode()
        return hmac.digest(self.secret, text, "sha256").hex()[:MARK]

    @property
    def name(self) -> str:
        """What tells this key from others, and nothing of it."""
        return self.fingerprint("key")


def key_beside(accepted: Path) -> Path:
    """Where the key of a file of accepted findings lies: ``accepted.key`` for ``accepted.toml``."""
    return accepted.with_suffix(SUFFIX)


def read_key(accepted: Path) -> Key:
    """The key of a file of accepted findings.

    Raises:
        ConfigError: it is missing, or is no key.
    """
    path = key_beside(accepted)
    name = printable(str(path))
    if not path.exists():
        msg = f"{name} is missing: without it nobody can tell what {printable(accepted.name)} accepts; put it back"
        raise ConfigError(msg)
    text = bounded_bytes(path, _MOST, ConfigError).decode("ascii", "replace").strip()
    if len(text) != 2 * LENGTH or not set(text) <= set("0123456789abcdef"):
        msg = f"{name} holds no key: put back the one that was made with {printable(accepted.name)}"
        raise ConfigError(msg)
    return Key(bytes.fromhex(text))


def new_key(accepted: Path, inputs: tuple[Path, ...]) -> Key:
    """Make a key, and put it beside the file that will be, for its owner alone.

    Raises:
        ConfigError: a file is there already, or the place is an input of the run.
        InputError: it cannot be written.
    """
    secret = secrets.token_bytes(LENGTH)
    Outputs(inputs).write_file(key_beside(accepted), f"{secret.hex()}\n".encode(), private=True)
    return Key(secret)


def is_open_to_others(accepted: Path) -> bool:
    """Whether others than its owner may read the key, where the system tells."""
    return os.name == "posix" and bool(stat.S_IMODE(key_beside(accepted).stat().st_mode) & 0o077)
