"""User file with ``user:hash`` lines in the format of Apache's htpasswd, with bcrypt hashes only."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Self

import bcrypt

from index.errors import BadInput

LONGEST = 72
"""Maximum length of a password in bytes, a limit of bcrypt."""

_USER = re.compile(r"[^\s:]{1,64}")
# The cost is bounded: each step doubles the time of a check, and a cost of 16 takes four seconds.
_HASH = re.compile(r"\$2[aby]\$(?:0[4-9]|1[0-6])\$[./A-Za-z0-9]{53}")


class Users:
    """The users of a file at the time it was read."""

    def __init__(self, hashes: Mapping[str, bytes]) -> None:
        self._hashes = dict(hashes)
        self._dummy_hash = bcrypt.hashpw(secrets.token_bytes(16), bcrypt.gensalt(_cost(self._hashes)))
        self._key = secrets.token_bytes(32)
        self._admitted: dict[str, bytes] = {}

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read the users from a file.

        Raises:
            BadInput: The file cannot be read, names no user, or has a line that is not ``user:hash``. Messages never
                repeat a line, since it may contain a password.
        """
        hashes = _parsed(path)
        if not hashes:
            raise BadInput(f"{path} names no user; add one with: dateline chat --auth {path} --add-user NAME")
        return cls(hashes)

    def __len__(self) -> int:
        return len(self._hashes)

    def remembers(self, user: str, password: str) -> bool:
        """Return whether this password was accepted before; fast, while ``admits`` takes a quarter of a second."""
        known = self._admitted.get(user)
        return known is not None and hmac.compare_digest(known, self._digest(password))

    def admits(self, user: str, password: str) -> bool:
        """Return whether the password is correct. Takes as long for an unknown user, so names cannot be probed."""
        known = self._hashes.get(user, self._dummy_hash)
        given = password.encode("utf-8", "replace")
        if not bcrypt.checkpw(given[:LONGEST], known) or user not in self._hashes or len(given) > LONGEST:
            return False
        self._admitted[user] = self._digest(password)
        return True

    def _digest(self, password: str) -> bytes:
        return hashlib.blake2b(password.encode("utf-8", "replace"), key=self._key).digest()


def add_user(path: Path, user: str, password: str) -> bool:
    """Add a user to a file or change the user's password; returns whether the user is new.

    A missing file is created, readable by its owner only. Other lines are not changed.

    Raises:
        BadInput: The name or password is invalid, or the file cannot be read or written.
    """
    if not _USER.fullmatch(user):
        raise BadInput("A user name must have 1 to 64 characters, without spaces or colons.")
    if not password:
        raise BadInput("The password is empty; enter one.")
    if len(password.encode()) > LONGEST:
        raise BadInput(f"A password may have at most {LONGEST} bytes; this one has {len(password.encode())}.")
    lines = _lines(path) if path.exists() else []
    kept = [line for line in lines if line.partition(":")[0].strip() != user]
    hashed = bcrypt.hashpw(password.encode(), bcrypt.gensalt()).decode("ascii")
    _write(path, "\n".join([*kept, f"{user}:{hashed}", ""]))
    return len(kept) == len(lines)


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8-sig").splitlines()
    except OSError as problem:
        raise BadInput(
            f"{path} cannot be read ({problem.strerror}); create it with: dateline chat --auth {path} --add-user NAME"
        ) from None
    except UnicodeDecodeError:
        raise BadInput(f"{path} is not UTF-8 text; save it as UTF-8.") from None


def _parsed(path: Path) -> dict[str, bytes]:
    hashes: dict[str, bytes] = {}
    for number, line in enumerate(_lines(path), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        user, hashed = _user(path, number, line)
        if user in hashes:
            raise BadInput(f"{path}, line {number}: the user {user} is listed twice; remove one of the lines.")
        hashes[user] = hashed
    return hashes


def _user(path: Path, number: int, line: str) -> tuple[str, bytes]:
    user, colon, hashed = line.strip().partition(":")
    if not colon or not _USER.fullmatch(user):
        raise BadInput(f"{path}, line {number}: expected user:hash; remove the line and use --add-user NAME.")
    if not _HASH.fullmatch(hashed):
        raise BadInput(
            f"{path}, line {number}: the text after {user}: is not a bcrypt hash ($2b$…; never put a plain password "
            f"there); create the line with: dateline chat --auth {path} --add-user {user}"
        )
    return user, hashed.encode("ascii")


def _write(path: Path, text: str) -> None:
    """Replace the file atomically."""
    new = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except OSError as problem:
        new.unlink(missing_ok=True)
        raise BadInput(f"{path} cannot be written ({problem.strerror}); choose another file with --auth.") from None


def _cost(hashes: Mapping[str, bytes]) -> int:
    """Return the highest cost of the hashes, so that an unknown user is not rejected any faster."""
    return max((int(hashed[4:6]) for hashed in hashes.values()), default=12)
