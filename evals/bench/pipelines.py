"""Chatbots over a temporary archive for benchmarks: one that needs no models, and the complete pipeline."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path

import numpy as np

from evals.chatbots import present
from index.archive import Archive
from index.ports import Vectors
from index.types import Article
from rag.engine import Chatbot
from rag.extractive import ExtractiveReader
from rag.language.stems import stems
from rag.passages import PassageSentence
from rag.rerank import RetrievalOrder
from rag.settings_sections import Search
from rag.similarity import weighted_coverage
from rag.types import Passage
from rag.verify import EvidenceVerifier

DIMENSION = 256


class WordEmbedder:
    """Embeds a text as a bag of hashed word stems; needs no model."""

    name = "hashed-stems"
    dimension = DIMENSION
    max_tokens = 256

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """An estimate: four tokens for three words."""
        return [len(text.split()) * 4 // 3 + 1 for text in texts]

    def embed_texts(self, texts: Sequence[str]) -> Vectors:
        """One unit vector per text."""
        vectors = np.zeros((len(texts), DIMENSION), dtype=np.float32)
        for row, text in zip(vectors, texts, strict=True):
            row[0] = 0.01
            for stem in stems(text):
                row[int.from_bytes(blake2b(stem.encode(), digest_size=4).digest()) % DIMENSION] += 1
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """The same as for texts."""
        return self.embed_texts(texts)


class WordJudge:
    """Scores a sentence by the share of the question's words it contains; rare words weigh more."""

    def judge(
        self,
        question: str,
        sentences: Sequence[PassageSentence],
        passages: Sequence[Passage],  # noqa: ARG002  (each sentence is scored by itself)
    ) -> dict[PassageSentence, float]:
        """The score of each sentence, 0 to 1."""
        shares = weighted_coverage(question, [sentence.text for sentence in sentences])
        return dict(zip(sentences, shares, strict=True))

    def confidence(
        self,
        question: str,  # noqa: ARG002
        likeliest: PassageSentence,  # noqa: ARG002
        chance: float,
        passages: Sequence[Passage],  # noqa: ARG002
    ) -> float:
        """The score of the best sentence."""
        return chance


@contextmanager
def quick(articles: Sequence[Article]) -> Iterator[tuple[Archive, Chatbot]]:
    """Open a real archive and the pipeline with word similarity in place of the models."""
    search = Search()
    with (
        tempfile.TemporaryDirectory() as folder,
        Archive.open(Path(folder), WordEmbedder(), max_tokens=192, overlap=32, candidates=search.candidates) as archive,
    ):
        archive.sync(articles)
        reader = ExtractiveReader(
            WordJudge(), archive.article, max_sentences=3, max_words=60, threshold=0.4, unsure=0.0
        )
        moment = present(archive)
        chatbot = Chatbot(
            archive,
            RetrievalOrder(),
            reader,
            EvidenceVerifier(),
            candidates=search.candidates,
            passages=search.passages,
            now=lambda: moment,
        )
        yield archive, chatbot


@contextmanager
def whole(articles: Sequence[Article]) -> Iterator[tuple[Archive, Chatbot]]:
    """Open a real archive and the pipeline with its models."""
    from rag.assemble import chatbot, open_archive  # noqa: PLC0415  (torch, Chroma and LlamaIndex)
    from rag.settings import Settings  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(archive=Path(folder))
        with open_archive(settings) as archive:
            archive.sync(articles)
            moment = present(archive)
            yield archive, chatbot(settings, archive, now=lambda: moment)
