//! Golden values of Keras: `golden/README.md`.

use keras_core::float::Float;
use keras_core::net::Net;
use keras_core::weights::Weight;
use keras_core::{backend::Backend, check, model::Model};
use safetensors::{Dtype, SafeTensors};
use serde_json::Value;

/// One case.
pub struct Golden {
    name: &'static str,
    file: Vec<u8>,
    /// How far Keras in float32 is from each tensor.
    errors: Value,
}

impl Golden {
    /// The case `name`: `layers/dense_relu`.
    pub fn open(name: &'static str) -> Self {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/golden");
        let read = |file: &str| std::fs::read(format!("{folder}/{file}")).expect(file);
        let mut index: Value = serde_json::from_slice(&read("index.json")).expect("an index");
        let file = read(&format!("{name}.safetensors"));
        Golden { name, file, errors: index[name].take() }
    }

    /// The numbers of a tensor.
    pub fn numbers<F: Float>(&self, tensor: &str) -> Vec<F> {
        let file = SafeTensors::deserialize(&self.file).expect(self.name);
        let view = file.tensor(tensor).unwrap_or_else(|_| panic!("{}: no {tensor}", self.name));
        let words = view.data().as_chunks::<4>().0.iter().copied();
        match view.dtype() {
            Dtype::F32 => words.map(|word| F::of(f64::from(f32::from_le_bytes(word)))).collect(),
            Dtype::I32 => words.map(|word| F::of(f64::from(i32::from_le_bytes(word)))).collect(),
            other => panic!("{tensor} holds {other:?}"),
        }
    }

    /// The first axis of a tensor.
    pub fn batch(&self, tensor: &str) -> usize {
        let file = SafeTensors::deserialize(&self.file).expect(self.name);
        file.tensor(tensor).expect(tensor).shape()[0]
    }

    /// Whether `found` is as near to a tensor as results in `f32` must be.
    #[track_caller]
    pub fn near<F: Float>(&self, tensor: &str, found: &[F]) {
        let golden = self.numbers::<f64>(tensor);
        assert_eq!(found.len(), golden.len(), "{}: {tensor}", self.name);
        let error = self.errors[tensor].as_f64().unwrap_or(0.0);
        let largest = golden.iter().fold(0.0f64, |a, b| a.max(b.abs()));
        let tolerance = 4.0 * error + 1e-6 * largest + 1e-7;
        for (i, (found, golden)) in found.iter().zip(golden).enumerate() {
            let found = found.f64();
            assert!(
                (found - golden).abs() <= tolerance,
                "{}: {tensor}, number {i}: found {found}, expected {golden} within {tolerance}",
                self.name
            );
        }
    }

    /// Gives a model the weights of the file, where they are called as `names` says, path by path.
    #[track_caller]
    pub fn set_weights<N: Net, F: Float, B: Backend>(
        &self,
        model: &mut Model<N, F, B>,
        names: &[(&str, &str)],
    ) {
        for weight in &N::WEIGHTS.walk() {
            let numbers = self.numbers(&format!("w.{}", named(names, weight)));
            model.weights_flat_mut()[weight.range()].copy_from_slice(&numbers);
        }
    }

    /// Compares a layer's outputs and vector-Jacobian products: the only layer of the model `N`, whose weights are called in
    /// the file as `names` says, path by path.
    #[track_caller]
    pub fn layer<N: Net, F: Float, B: Backend>(&self, names: &[(&str, &str)]) {
        let mut model = Model::<N, F, B>::init(1);
        self.set_weights(&mut model, names);
        let weights = N::WEIGHTS.walk();
        let inputs = (0..N::INPUTS.len()).map(|i| self.numbers(&format!("in.{i}")));
        let inputs: Vec<Vec<F>> = inputs.collect();
        let outputs = (0..N::OUTPUTS.len()).map(|i| self.numbers(&format!("cot.{i}")));
        let dy: Vec<Vec<F>> = outputs.collect();
        let (x, dy) = (super::slices(&inputs), super::slices(&dy));
        let found = check::vjp(&model, self.batch("in.0"), &x, &dy);
        found.outputs.iter().enumerate().for_each(|(o, y)| self.near(&format!("out.{o}"), y));
        for weight in &weights {
            let (name, range) = (named(names, weight), weight.range());
            if weight.trainable {
                self.near(&format!("grad.w.{name}"), &found.weights[range]);
            } else if weight.updated {
                self.near(&format!("new.{name}"), &found.updated[range]);
            }
        }
        let floats = N::INPUTS.iter().enumerate().filter(|(_, port)| port.shape.get().is_float());
        for (i, _) in floats {
            self.near(&format!("grad.in.{i}"), &found.inputs[i]);
        }
    }
}

/// How a weight is called in a file.
#[track_caller]
fn named<'a>(names: &[(&str, &'a str)], weight: &Weight) -> &'a str {
    let known = names.iter().find(|(path, _)| *path == weight.path);
    known.unwrap_or_else(|| panic!("no name for {}", weight.path)).1
}
