"""Writes the weights of a Keras model as a safetensors file that `load_weights` reads, and what it predicts, to compare.

    python save_weights.py model.keras inputs.npy

writes `weights.safetensors` and `predictions.npy`. Needs keras 3, numpy and safetensors.
"""

import sys

import keras
import numpy as np
from safetensors.numpy import save_file


def weights_of(layers, prefix=""):
    """The weights of layers and of models among them, each as `layer/kernel`: the name of its layer and its own path."""
    weights = {}
    for layer in layers:
        if isinstance(layer, keras.Model):
            weights |= weights_of(layer.layers, f"{prefix}{layer.name}/")
        else:
            for weight in layer.weights:
                # `lstm/lstm_cell/kernel` of a layer `lstm`, wherever it is.
                inside = weight.path.rsplit(f"{layer.name}/", 1)[-1]
                weights[f"{prefix}{layer.name}/{inside}"] = keras.ops.convert_to_numpy(weight)
    return weights


if __name__ == "__main__":
    model, inputs = keras.models.load_model(sys.argv[1]), np.load(sys.argv[2])
    weights = weights_of(model.layers)
    for path, values in weights.items():
        print(path, list(values.shape))
    save_file({path: np.ascontiguousarray(values) for path, values in weights.items()}, "weights.safetensors")
    np.save("predictions.npy", np.ascontiguousarray(model.predict(inputs, verbose=0), dtype="float32"))
