"""The lexical index: finds chunks by the words of a question, with tantivy.

Derived from the record: it stores no texts and can always be rebuilt. Additions and deletions are incremental.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from index.bounds import Bounds
from index.entries import Entry
from index.errors import IndexDamaged
from index.files import signature_of
from index.terms import plain, telling

if TYPE_CHECKING:
    from tantivy import Document, Index, Query, Schema, Searcher, TextAnalyzer

MOST_TERMS = 64  # query terms; of a longer question, such as a pasted article, the rarest terms are kept
WRITER_BYTES = 64_000_000
COUNTED = {"echo": 0, "headed": 1}  # marks of the chunks that document frequencies are computed over
ANALYZER = "dateline-2"  # any change to the analyzer needs a new name, so that old indexes are rebuilt

# Words, numbers with their decimals, and single characters of scripts written without spaces.
_WORD = (
    r"\p{Nd}+(?:\.\p{Nd}+)+|[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]"
    r"|[\w&&[^\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}_]]+"
)


class LexicalIndex:
    """A full-text index of chunks; opened on first use."""

    name = "words"

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "lexical"
        self._opened: Index | None = None
        self._analyzer: TextAnalyzer | None = None

    def count(self) -> int:
        """Return the number of chunks in the index, including commits made since it was opened."""
        with self._translated():
            self._index().reload()
            return self._searcher().num_docs

    def signature(self) -> str:
        """Return a string that changes when the index's files change; only our own writes should change them."""
        return signature_of(self._folder)

    def put(self, entries: Sequence[Entry], gone: Sequence[str]) -> None:
        """Add or replace ``entries`` and delete the chunk ids in ``gone``, in one commit."""
        import tantivy  # noqa: PLC0415

        with self._translated():
            index = self._index()
            stale = [*gone, *(entry.chunk.id for entry in entries)]
            writer = index.writer(WRITER_BYTES, 1)
            writer.delete_documents_by_query(tantivy.Query.term_set_query(index.schema, "id", stale))
            for entry in entries:
                writer.add_document(_document(entry))
            writer.commit()
            writer.wait_merging_threads()
            index.reload()

    def commit(self, generation: int) -> None:
        """Do nothing: each ``put`` is a commit, and the signature of the files identifies their contents."""

    def analyze(self, text: str) -> list[str]:
        """Return the terms of a text in order: in lower case, without accents, with English stemming."""
        if self._analyzer is None:
            self._analyzer = _analyzer()
        return self._analyzer.analyze(plain(text))

    def terms(self, question: str, known: Bounds | None = None) -> list[str]:
        """Return the distinct query terms of a question, without function words unless it has no other words.

        A question with more than ``MOST_TERMS`` terms keeps the rarest ones among the articles within ``known``
        (default: all articles).
        """
        terms = list(dict.fromkeys(self.analyze(telling(question)) or self.analyze(question)))
        if len(terms) <= MOST_TERMS:
            return terms
        held = {term: count for term, count in self.document_counts(terms, known or Bounds()).items() if count}
        return sorted(held, key=lambda term: (held[term], term))[:MOST_TERMS]

    def document_counts(self, terms: Sequence[str], bounds: Bounds) -> dict[str, int]:
        """Return the document frequency of each term over headed chunks that are not echoes.

        ``bounds`` may limit ``known_by`` only.
        """
        with self._translated():
            searcher = self._searcher()
            found = {term: searcher.search(self._query([term], bounds, (), **COUNTED), limit=1) for term in terms}
            return {term: result.count for term, result in found.items()}  # type: ignore[attr-defined]  # missing in stubs

    def search(
        self, terms: Sequence[str], limit: int, bounds: Bounds, outlets: Sequence[int], *, own: bool = False
    ) -> list[str]:
        """Return the ids of at most ``limit`` chunks within bounds that contain any of the terms, by tantivy's BM25.

        ``outlets`` are the catalog rows of the outlets in ``bounds``. ``own`` excludes chunks marked as echoes.
        """
        if not terms:
            return []
        with self._translated():
            searcher = self._searcher()
            query = self._query(terms, bounds, outlets, **({"echo": 0} if own else {}))
            hits = searcher.search(query, limit=limit, count=False).hits
            return [searcher.doc(address)["id"][0] for _, address in hits]

    def reset(self) -> None:
        """Delete the index and start with an empty one."""
        self.close()
        shutil.rmtree(self._folder, ignore_errors=True)
        with self._translated():
            self._index()

    def close(self) -> None:
        """Close the index; the next use opens it again."""
        self._opened = None

    def _index(self) -> Index:
        if self._opened is None:
            import tantivy  # noqa: PLC0415

            self._folder.mkdir(parents=True, exist_ok=True)
            self._opened = tantivy.Index(_schema(), path=str(self._folder))
            self._opened.register_tokenizer(ANALYZER, _analyzer())
        return self._opened

    def _searcher(self) -> Searcher:
        return self._index().searcher()

    def _query(self, terms: Sequence[str], bounds: Bounds, outlets: Sequence[int], **marks: int) -> Query:
        from tantivy import Occur, Query  # noqa: PLC0415

        schema = self._index().schema
        words = Query.boolean_query([(Occur.Should, Query.term_query(schema, "words", term)) for term in terms])
        marked = (Query.term_query(schema, name, value) for name, value in marks.items())
        limits = [Query.const_score_query(limit, 0.0) for limit in (*_limits(schema, bounds, outlets), *marked)]
        return Query.boolean_query([(Occur.Must, part) for part in [words, *limits]])

    @contextlib.contextmanager
    def _translated(self) -> Iterator[None]:
        """Translate everything tantivy raises, including panics of its Rust core, into ``IndexDamaged``."""
        try:
            yield
        except (IndexDamaged, KeyboardInterrupt, SystemExit, GeneratorExit):
            raise
        except BaseException as error:  # a Rust panic is not an Exception
            reason = (str(error).splitlines() or [type(error).__name__])[0][:200]
            raise IndexDamaged(
                f"The lexical index in {self._folder} cannot be used ({reason}): run `dateline index rebuild`."
            ) from error


def _limits(schema: Schema, bounds: Bounds, outlets: Sequence[int]) -> Iterator[Query]:
    from tantivy import FieldType, Query  # noqa: PLC0415

    if bounds.known_by is not None:
        yield Query.range_query(schema, "known_from", FieldType.Integer, upper_bound=bounds.known_by)
    if bounds.since is not None or bounds.until is not None:
        yield Query.range_query(
            schema, "published_at", FieldType.Integer, lower_bound=bounds.since, upper_bound=bounds.until
        )
    if bounds.outlets:
        yield Query.term_set_query(schema, "outlet", list(outlets))


def _analyzer() -> TextAnalyzer:
    from tantivy import Filter, TextAnalyzerBuilder, Tokenizer  # noqa: PLC0415

    builder = TextAnalyzerBuilder(Tokenizer.regex(_WORD))
    for step in (Filter.remove_long(64), Filter.lowercase(), Filter.ascii_fold(), Filter.stemmer("english")):
        builder = builder.filter(step)
    return builder.build()


def _schema() -> Schema:
    from tantivy import SchemaBuilder  # noqa: PLC0415

    builder = SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("words", tokenizer_name=ANALYZER, index_option="freq")
    builder.add_integer_field("outlet", indexed=True)
    builder.add_integer_field("echo", indexed=True)
    builder.add_integer_field("headed", indexed=True)
    builder.add_integer_field("known_from", indexed=True, fast=True)
    builder.add_integer_field("published_at", indexed=True, fast=True)
    return builder.build()


def _document(entry: Entry) -> Document:
    from tantivy import Document  # noqa: PLC0415

    document = Document()
    document.add_text("id", entry.chunk.id)
    document.add_text("words", plain(entry.words))
    document.add_integer("echo", int(entry.echo))
    document.add_integer("headed", int(entry.chunk.headed))
    if entry.outlet is not None:
        document.add_integer("outlet", entry.outlet)
    if entry.known_from is not None:
        document.add_integer("known_from", entry.known_from)
    if entry.published_at is not None:
        document.add_integer("published_at", entry.published_at)
    return document
