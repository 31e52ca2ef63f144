"""Uses any sentence-transformers ``CrossEncoder`` instead of the packaged evidence model, as reranker or verifier."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from index.errors import ModelMissing
from rag.errors import ModelUnfit
from rag.evidence.model import SupportScores

_SUPPORTED = frozenset({"entailment", "entails", "entailed", "supports", "supported", "consistent"})
_REFUTED = frozenset({"contradiction", "contradicts", "refutes", "refuted"})
_NOT_ENOUGH_INFO = frozenset({"neutral", "not_enough_info", "nei", "not_entailment", "not_supported", "inconsistent"})


class CrossEncoderModel:
    """A cross-encoder given by hub name or local path and loaded on first use.

    A reranker needs exactly one output. A verifier needs labels that mean supported, refuted or neither; a single
    output whose label means supported ("consistent") is read as the logit of support.
    """

    def __init__(self, name: str) -> None:
        self._name = name

    def answers(self, question: str, texts: Sequence[str]) -> list[float]:
        """A relevance score from 0 to 1 for each text: the sigmoid of the model's output, which may be uncalibrated.

        Raises:
            ModelMissing: the model cannot be loaded.
            ModelUnfit: the model has more than one output.
        """
        if not texts:
            return []
        if self._model.num_labels != 1:
            raise ModelUnfit(
                f"The model {self._name} has {self._model.num_labels} outputs, but a reranker needs exactly one; "
                "choose another model in reranker.model."
            )
        scores = self._logits([(question, text) for text in texts]).reshape(len(texts))
        return _sigmoid(scores)

    def supports(self, pairs: Sequence[tuple[str, str]]) -> list[SupportScores]:
        """Probabilities for each (claim, evidence) pair. The model gets the evidence first, as in NLI data sets.

        Raises:
            ModelMissing: the model cannot be loaded.
            ModelUnfit: the model's labels cannot be mapped to supported, refuted and not enough info.
        """
        if not pairs:
            return []
        labels = getattr(self._model.config, "id2label", None) or {}
        places = label_places(labels, self._name)
        logits = self._logits([(evidence, claim) for claim, evidence in pairs]).reshape(len(pairs), -1)
        if logits.shape[1] == 1:
            return [SupportScores(chance, 0.0, 1 - chance) for chance in _sigmoid(logits[:, 0])]
        exponents = np.exp(logits - logits.max(axis=1, keepdims=True))
        chances = exponents / exponents.sum(axis=1, keepdims=True)
        return [SupportScores(*(float(sum(row[place] for place in group)) for group in places)) for row in chances]

    def _logits(self, pairs: list[tuple[str, str]]) -> Any:
        from torch.nn import Identity  # noqa: PLC0415

        return np.asarray(self._model.predict(pairs, activation_fn=Identity(), show_progress_bar=False), dtype=float)

    @functools.cached_property
    def _model(self) -> Any:
        from sentence_transformers import CrossEncoder  # noqa: PLC0415  (takes six seconds of CPU)

        try:
            return CrossEncoder(self._name, device="cpu")
        except (OSError, ValueError) as error:
            first = (str(error).splitlines() or [type(error).__name__])[0]
            raise ModelMissing(
                f"The model {self._name} could not be loaded ({first}); "
                "give a local path or the name of a model that can be downloaded."
            ) from error


def _sigmoid(logits: Any) -> list[float]:
    return [float(score) for score in 1 / (1 + np.exp(-np.clip(logits, -500, 500)))]


def label_places(labels: Mapping[int, str], name: str) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    """The output indices that mean supported, refuted and not enough info, in this order.

    Raises:
        ModelUnfit: a label has none of these meanings, no label means supported, or all of several labels do.
    """
    named = {int(place): label.lower().replace(" ", "_").replace("-", "_") for place, label in labels.items()}
    groups = tuple(
        tuple(place for place, label in named.items() if label in meaning)
        for meaning in (_SUPPORTED, _REFUTED, _NOT_ENOUGH_INFO)
    )
    only_supported = len(named) > 1 and not (groups[1] or groups[2])
    if sum(map(len, groups)) != len(named) or not groups[0] or only_supported:
        found = ", ".join(labels.values())
        raise ModelUnfit(
            f"The labels of {name} ({found}) do not mean supported, refuted or neither; "
            "choose another model in verifier.model."
        )
    return groups[0], groups[1], groups[2]
