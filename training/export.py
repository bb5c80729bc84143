"""From trained weights to what ships: python -m training.export --weights DIR --out src/harmledger/resources/encoder/en [--only-arabic]

The encoder becomes an ONNX graph with 8-bit weights, the heads half-precision arrays; word vectors are in 4-bit numbers already.
In each layer one inner number is far larger than all others and would take their precision: it is computed apart.
The graph's outputs are held against the model's own before anything is written, and once more after the weights are rounded.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import tempfile
from pathlib import Path

import numpy as np
import onnxruntime as ort
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from tokenizers import Tokenizer
from torch import Tensor, nn
from training.bases import WIDTH
from training.model import Encoder, Heads

CLOSE_ENOUGH = 1e-3
"""Largest difference between the graph's and the model's hidden states before rounding."""
OPSET = 17
_LATIN_WORD = re.compile("▁?[A-Za-z\u00c0-\u024f’']{3,}")


def export(saved: dict, tokenizer: Tokenizer, out: Path, *, only_arabic: bool) -> None:
    out.mkdir(parents=True, exist_ok=True)
    state = saved["state"]
    encoder, heads = Encoder(saved["layers"]), Heads()
    encoder.load_state_dict(_part(state, "encoder."))
    heads.load_state_dict(_part(state, "heads."))
    for layer in encoder.layers:
        layer.down = _Apart(layer.down)
    _write(out / "encoder.onnx.gz", _graph(encoder.eval()))
    np.savez_compressed(
        out / "heads.npz", **{name: v.numpy().astype(np.float16) for name, v in heads.state_dict().items()}
    )
    kept, text = _cut(tokenizer) if only_arabic else (slice(None), tokenizer.to_str())
    _write(out / "tokenizer.json.gz", text.encode())
    np.savez_compressed(out / "words.npz", scales=saved["scales"].numpy()[kept], nibbles=saved["nibbles"].numpy()[kept])
    for file in sorted(out.iterdir()):
        print(f"{file.name:16} {file.stat().st_size:>10,} bytes")


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(gzip.compress(content, mtime=0))


def _part(state: dict[str, torch.Tensor], name: str) -> dict[str, torch.Tensor]:
    return {k.removeprefix(name): v for k, v in state.items() if k.startswith(name)}


def _cut(tokenizer: Tokenizer) -> tuple[list[int], str]:
    """Without the Latin words: a text in Arabic holds few, and shorter pieces spell those."""
    saved = json.loads(tokenizer.to_str())
    vocab = saved["model"]["vocab"]
    kept = [i for i, (piece, _) in enumerate(vocab) if i < 4 or not _LATIN_WORD.fullmatch(piece)]
    saved["model"]["vocab"] = [vocab[i] for i in kept]
    return kept, json.dumps(saved, ensure_ascii=False)


def _graph(encoder: Encoder) -> bytes:
    with tempfile.TemporaryDirectory() as scratch:
        plain, ready, path = (Path(scratch) / f"{name}.onnx" for name in ("plain", "ready", "rounded"))
        torch.onnx.export(
            encoder, (torch.randn(1, 77, WIDTH),), str(plain), input_names=["words"], output_names=["hidden"],
            dynamic_axes={"words": {1: "pieces"}, "hidden": {1: "pieces"}}, opset_version=OPSET, dynamo=False,
        )  # fmt: skip
        if (difference := _difference(encoder, plain)) > CLOSE_ENOUGH:
            raise SystemExit(f"the graph differs from the model by {difference}")
        quant_pre_process(str(plain), str(ready), skip_symbolic_shape=True)
        # 7-bit weights: processors without VNNI add two products of 8 bits in 16, and overflow
        quantize_dynamic(str(ready), str(path), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
        print(f"rounded weights move the hidden states by {_difference(encoder, path):.3f} at most")
        return path.read_bytes()


class _Apart(nn.Module):
    """A layer's way down, its loudest inner number multiplied apart from the others: the same sum, without its range."""

    def __init__(self, down: nn.Linear) -> None:
        super().__init__()
        self.loudest = int(down.weight.abs().amax(0).argmax())
        others = torch.ones(down.in_features)
        others[self.loudest] = 0
        self.others, self.weight = nn.Parameter(others), nn.Parameter(down.weight[:, self.loudest].clone())
        self.down = down

    def forward(self, x: Tensor) -> Tensor:
        return self.down(x * self.others) + x[..., self.loudest : self.loudest + 1] * self.weight


def _difference(encoder: Encoder, path: Path) -> float:
    words = torch.randn(1, 201, WIDTH) * 0.05
    session = ort.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    with torch.no_grad():
        return float(np.abs(session.run(None, {"words": words.numpy()})[0] - encoder(words).numpy()).max())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True, help="the folder that training wrote")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--only-arabic", action="store_true", help="leave Latin words out of the pieces")
    args = parser.parse_args()
    saved = torch.load(args.weights / "reader.pt", weights_only=True)
    export(saved, Tokenizer.from_file(str(args.weights / "tokenizer.json")), args.out, only_arabic=args.only_arabic)


if __name__ == "__main__":
    main()
