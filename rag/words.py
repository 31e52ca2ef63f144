"""Where these stood before."""

from rag.language.stems import stems, words
from rag.lexicon.light import STOP_WORDS

__all__ = ["STOP_WORDS", "stems", "words"]
