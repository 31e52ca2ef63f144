"""Hashes under which the record finds articles, vectors and evidence that it already has."""

from __future__ import annotations

import hashlib
import unicodedata

from index.tables import article_to_json
from index.types import Article

_QUOTES = str.maketrans("‘’“”", "''\"\"")


def content_hash(article: Article) -> bytes:
    """Return a hash over all fields of an article."""
    return hashlib.blake2b(article_to_json(article).encode(), digest_size=16).digest()


def vector_key(embedder: str, text: str) -> bytes:
    """Return the key of a stored vector; no embedder embeds the same text twice."""
    return hashlib.blake2b(f"{embedder}\0{text}".encode(), digest_size=16).digest()


def evidence_key(text: str) -> bytes:
    """Return a hash of a text that ignores case, spacing and quotation mark style.

    Chunks with the same key count as one piece of evidence.
    """
    words = " ".join(unicodedata.normalize("NFKC", text).translate(_QUOTES).casefold().split())
    return hashlib.blake2b(words.encode(), digest_size=16).digest()
