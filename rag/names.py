"""Where these stood before."""

from rag.language.capitals import names_in, person_among

__all__ = ["names_in", "person_among"]
