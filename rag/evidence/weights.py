"""Save and load the trained weights: safetensors in half precision, without the embedding layer of the base model."""

from __future__ import annotations

import hashlib
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file

from index.errors import ModelMissing
from rag.evidence.calibration import Calibration
from rag.evidence.network import EvidenceNetwork, new_network


def save_weights(network: EvidenceNetwork, calibration: Calibration, path: Path) -> None:
    """Write the trained tensors, in half precision, and the calibration."""
    tensors = {name: tensor.detach().half().contiguous() for name, tensor in network.trained().items()}
    tensors["calibration.answers"] = torch.tensor(calibration.answers)
    tensors["calibration.supports"] = torch.tensor(calibration.supports)
    save_file(tensors, path)


def load_weights(path: Path, sha256: str | None = None) -> tuple[EvidenceNetwork, Calibration]:
    """Load the network, in evaluation mode, and its calibration. ``sha256``: the expected hash, or None for no check.

    Raises:
        ModelMissing: the file is missing, its hash is wrong, or it does not hold an evidence model.
    """
    if not path.is_file():
        raise ModelMissing(f"The evidence model's weights {path} are missing; reinstall dateline or run its training.")
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if sha256 is not None and found != sha256:
        raise ModelMissing(
            f"The evidence model's weights {path} are not the packaged ones (sha256 {found[:12]}… instead of "
            f"{sha256[:12]}…); reinstall dateline."
        )
    try:
        tensors = load_file(path)
        answers = tensors.pop("calibration.answers").tolist()
        supports = tensors.pop("calibration.supports").tolist()
        network = new_network()
        kept = {name: tensor for name, tensor in network.state_dict().items() if name not in network.trained()}
        network.load_state_dict(kept | {name: tensor.float() for name, tensor in tensors.items()})
    except (SafetensorError, KeyError, RuntimeError) as error:
        raise ModelMissing(f"{path} does not hold an evidence model ({error}); train one with `make train`.") from error
    return network.eval(), Calibration((answers[0], answers[1]), tuple(supports))
