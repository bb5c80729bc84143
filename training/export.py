"""From trained weights to what ships: python -m training.export --weights reader.pt --out src/harmledger/resources/encoder

The encoder becomes an ONNX graph with int8 weights, the heads an archive of half-precision arrays. The graph's outputs are
held against the model's own before anything is written.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import numpy as np
import onnxruntime as ort
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import nn
from training.model import Encoder, Reader

CLOSE_ENOUGH = 1e-3
"""Largest difference between the graph's and the model's hidden states before quantization."""
OPSET = 17


class _Alone(nn.Module):
    """The encoder for one passage without padding: ids in, hidden states out."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        return self.encoder(ids, torch.ones_like(ids, dtype=torch.float32))


def export(reader: Reader, out: Path) -> None:
    reader.eval()
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        plain, ready = Path(scratch) / "plain.onnx", Path(scratch) / "ready.onnx"
        _to_onnx(_Alone(reader.encoder), plain)
        quant_pre_process(str(plain), str(ready), skip_symbolic_shape=True)
        quantize_dynamic(str(ready), str(out / "encoder.onnx"), weight_type=QuantType.QInt8, per_channel=True)
    heads = {name: value.numpy().astype(np.float16) for name, value in reader.heads.state_dict().items()}
    np.savez(out / "heads.npz", **heads)
    for file in ("encoder.onnx", "heads.npz"):
        print(file, (out / file).stat().st_size, "bytes")


def _to_onnx(alone: _Alone, path: Path) -> None:
    ids = torch.randint(1000, 20000, (1, 77))
    axes = {"ids": {1: "pieces"}, "hidden": {1: "pieces"}}
    torch.onnx.export(
        alone,
        (ids,),
        str(path),
        input_names=["ids"],
        output_names=["hidden"],
        dynamic_axes=axes,
        opset_version=OPSET,
        dynamo=False,
    )
    other = torch.randint(1000, 20000, (1, 201))
    session = ort.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    with torch.no_grad():
        difference = np.abs(session.run(None, {"ids": other.numpy()})[0] - alone(other).numpy()).max()
    if difference > CLOSE_ENOUGH:
        raise SystemExit(f"the graph differs from the model by {difference}")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    saved = torch.load(args.weights, weights_only=True)
    reader = Reader(len(saved["layers"]))
    reader.load_state_dict(saved["state"])
    export(reader, args.out)


if __name__ == "__main__":
    main()
