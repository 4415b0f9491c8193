//! A model with weights: what a user trains, evaluates, asks, saves and loads.

use core::marker::PhantomData;
use core::ops::Range;
use std::path::Path;

use ndarray::{ArrayView, ArrayViewD, ArrayViewMutD, Dimension, IxDyn};

use crate::backend::{Backend, Native};
use crate::data::{Columns, DataError, Dataset, Feed};
use crate::float::Float;
use crate::net::{Net, Port, Program, Variables};
use crate::pass::{BATCH, Pass};
use crate::plot::{self, PlotError};
use crate::shape::Inferred;
use crate::site::LayerAt;
use crate::summary::Summary;
use crate::train::{
    Evaluate, Fit, FitError, History, Logs, Optimizer, Predict, StepError, Steps, Trainer,
    evaluate, fit, state,
};
use crate::weights::{Weight, WeightsError, file, initialize};

/// The model `N` (what `model!` declares) with weights in the scalar `F`, computed by the backend `B`.
pub struct Model<N: Net, F: Float = f32, B: Backend = Native> {
    pub(crate) weights: Vec<F>,
    /// The run-time numbers that the losses use, at first as the model declares them.
    pub variables: N::Variables,
    pub(crate) trainer: Trainer<F>,
    kind: PhantomData<fn() -> (N, B)>,
}

impl<N: Net, F: Float, B: Backend> Clone for Model<N, F, B> {
    /// A copy with weights, variables and the state of training.
    fn clone(&self) -> Self {
        Model {
            weights: self.weights.clone(),
            variables: self.variables.clone(),
            trainer: self.trainer.clone(),
            kind: PhantomData,
        }
    }
}

impl<N: Net, F: Float, B: Backend> Model<N, F, B> {
    /// The model with first weights, drawn as their initializers say.
    ///
    /// A weight depends on `seed`, its path and its shape, not on the weights in front of it.
    pub fn init(seed: u64) -> Self {
        let mut weights = vec![F::zero(); N::WEIGHTS.params()];
        for weight in N::WEIGHTS.walk() {
            let out = &mut weights[weight.range()];
            initialize(weight.initializer, &weight.path, &weight.shape, out, seed);
        }
        Self::with(weights, N::Variables::declared())
    }

    fn with(weights: Vec<F>, variables: N::Variables) -> Self {
        Model { weights, variables, trainer: Trainer::of::<N>(), kind: PhantomData }
    }

    /// The same model, computed by another backend.
    pub fn on<B2: Backend>(self) -> Model<N, F, B2> {
        let Model { weights, variables, trainer, .. } = self;
        Model { weights, variables, trainer, kind: PhantomData }
    }

    /// The same model in another scalar. Training begins anew: moments of the optimizer are not kept.
    pub fn cast<F2: Float>(self) -> Model<N, F2, B> {
        let weights = self.weights.iter().map(|w| F2::of(w.f64())).collect();
        Model::with(weights, self.variables)
    }

    /// The outputs for all examples of `x`, as `keras.Model.predict`.
    ///
    /// # Errors
    /// Where `x` does not fit the inputs.
    pub fn predict<X: Feed<N::Feed, F>>(&self, x: X) -> Result<N::Predicted<F>, DataError> {
        let columns = Columns::inputs::<N>(&x)?;
        Ok(N::predicted(columns.rows(), self.run::<N::Call>(&columns)?))
    }

    /// The named intermediate values for all examples of `x`.
    ///
    /// # Errors
    /// Where `x` does not fit the inputs.
    pub fn forward<X: Feed<N::Feed, F>>(&self, x: X) -> Result<Values<F>, DataError> {
        let columns = Columns::inputs::<N>(&x)?;
        Ok(Values {
            ports: N::VALUES,
            rows: columns.rows(),
            numbers: self.run::<N::Trace>(&columns)?,
        })
    }

    /// All outputs of `P` for all rows.
    fn run<P: Program>(&self, columns: &Columns<'_, F>) -> Result<Vec<Vec<F>>, DataError> {
        let mut outputs = Outputs::of::<P>();
        for start in (0..columns.rows()).step_by(BATCH) {
            let rows = start..columns.rows().min(start + BATCH);
            outputs.run::<P, B>(&self.weights, columns, rows)?;
        }
        Ok(outputs.numbers)
    }

    /// [`predict`](Self::predict) with a batch size and callbacks, which may change the model.
    ///
    /// # Errors
    /// Where `x` does not fit the inputs, or a callback fails.
    pub fn predict_with<'a, X: Feed<N::Feed, F>>(
        &mut self,
        x: X,
        how: Predict<'a, N, F, B>,
    ) -> Result<N::Predicted<F>, FitError> {
        how.run(self, &x)
    }

    /// The outputs for one example, without heap: `arena` is the caller's.
    pub fn infer<'a>(
        &self,
        x: N::Example<'_, F>,
        arena: &'a mut N::Arena<F>,
    ) -> N::Inference<'a, F> {
        N::infer(&self.weights, x, arena)
    }

    /// Trains the model, as `keras.Model.fit`.
    ///
    /// The model keeps the optimizer and its state, so that a second `fit` goes on where the first ended.
    ///
    /// # Errors
    /// Where the data does not fit the model or `batch_size` is 0: nothing was changed. Where a loss or a gradient is not
    /// finite: the weights are those before that step.
    pub fn fit(
        &mut self,
        data: impl Dataset<N, F>,
        how: Fit<'_, N, F, B>,
    ) -> Result<History, FitError> {
        fit(self, &data, how)
    }

    /// One training step on all of `data`, with the optimizer of the last `fit`, as `keras.Model.train_on_batch`. The logs
    /// are those before the step.
    ///
    /// # Errors
    /// Where the data does not fit the model, a loss or a gradient is not finite: the weights are those before the step.
    pub fn train_on_batch(&mut self, data: impl Dataset<N, F>) -> Result<Logs, StepError> {
        let mut steps = self.steps(data)?;
        steps.step()?;
        Ok(steps.logs())
    }

    /// Training steps on all of `data` as one batch, which is checked and copied here, once: for a loop of one's own.
    ///
    /// # Errors
    /// Where the data does not fit the model.
    pub fn steps(&mut self, data: impl Dataset<N, F>) -> Result<Steps<'_, N, F, B>, StepError> {
        Steps::of(self, &data)
    }

    /// The losses and metrics over all of `data`, outside of training, as `keras.Model.evaluate`.
    ///
    /// # Errors
    /// Where the data does not fit the model.
    pub fn evaluate(&self, data: impl Dataset<N, F>) -> Result<Logs, DataError> {
        evaluate(self, &data)
    }

    /// [`evaluate`](Self::evaluate) with weights of examples and callbacks, which may change the model.
    ///
    /// # Errors
    /// Where the data does not fit the model, or a callback fails.
    pub fn evaluate_with(
        &mut self,
        data: impl Dataset<N, F>,
        how: Evaluate<'_, N, F, B>,
    ) -> Result<Logs, FitError> {
        how.run(self, &data)
    }

    /// The optimizer, to see or change its learning rate.
    pub fn optimizer(&mut self) -> &mut dyn Optimizer<F> {
        &mut *self.trainer.optimizer
    }

    /// Sets the optimizer, in the state it has, as [`Fit::optimizer`] does.
    pub fn set_optimizer(&mut self, optimizer: impl Optimizer<F> + 'static) {
        self.trainer.optimizer = optimizer.into_box();
    }

    /// All weights, one after the other.
    pub fn weights_flat(&self) -> &[F] {
        &self.weights
    }

    /// All weights, to be changed.
    pub fn weights_flat_mut(&mut self) -> &mut [F] {
        &mut self.weights
    }

    /// The paths of the weights, in the order of the flat weights.
    pub fn weight_names(&self) -> impl Iterator<Item = String> {
        N::WEIGHTS.walk().into_iter().map(|weight| weight.path)
    }

    /// The weight `path` (`head/centers`).
    ///
    /// # Errors
    /// Where there is none.
    pub fn weights(&self, path: &str) -> Result<ArrayViewD<'_, F>, WeightsError> {
        let weight = find::<N>(path)?;
        let numbers = &self.weights[weight.range()];
        let view = ArrayViewD::from_shape(IxDyn(&weight.sizes()), numbers);
        view.map_err(|_| misfit(&weight, &[numbers.len()]))
    }

    /// The weight `path`, to be changed.
    ///
    /// # Errors
    /// Where there is none.
    pub fn weights_mut(&mut self, path: &str) -> Result<ArrayViewMutD<'_, F>, WeightsError> {
        let weight = find::<N>(path)?;
        let numbers = &mut self.weights[weight.range()];
        let len = numbers.len();
        let view = ArrayViewMutD::from_shape(IxDyn(&weight.sizes()), numbers);
        view.map_err(|_| misfit(&weight, &[len]))
    }

    /// Sets the weight `path` to `values`.
    ///
    /// # Errors
    /// Where there is none, or it has another shape.
    pub fn set_weights<D: Dimension>(
        &mut self,
        path: &str,
        values: ArrayView<'_, F, D>,
    ) -> Result<(), WeightsError> {
        let weight = find::<N>(path)?;
        if weight.sizes() != values.shape() {
            return Err(misfit(&weight, values.shape()));
        }
        self.weights[weight.range()].iter_mut().zip(values).for_each(|(w, value)| *w = *value);
        Ok(())
    }

    /// Writes the weights to a safetensors file, each under its path. The file is replaced as a whole or not at all.
    ///
    /// # Errors
    /// Where the file cannot be written; what was there before is still there.
    pub fn save_weights(&self, path: impl AsRef<Path>) -> Result<(), WeightsError> {
        F::save(path.as_ref(), &N::WEIGHTS.walk(), &self.weights, &file::Others::default())
    }

    /// Reads the weights from a safetensors file, F32 or F64: one of [`save_weights`](Self::save_weights), the weights alone of
    /// one of [`save`](Self::save), or one that another program wrote with the same names and shapes.
    ///
    /// # Errors
    /// Where the file cannot be read, is broken, or does not hold exactly the weights of this model in their shapes; the
    /// model is as it was.
    pub fn load_weights(&mut self, path: impl AsRef<Path>) -> Result<(), WeightsError> {
        let (weights, _) = F::load(path.as_ref(), &N::WEIGHTS.walk())?;
        self.weights = weights;
        Ok(())
    }

    /// Writes all of the model to a safetensors file: weights, variables, the optimizer with its state, and how many epochs it
    /// was trained, so that training goes on with what [`load`](Self::load) reads as if it had not been interrupted. The file is
    /// replaced as a whole or not at all.
    ///
    /// # Errors
    /// Where the file cannot be written; what was there before is still there.
    pub fn save(&self, path: impl AsRef<Path>) -> Result<(), WeightsError> {
        state::save(self, path.as_ref())
    }

    /// Reads what [`save`](Self::save) wrote, of a model with the same weights and variables.
    ///
    /// The optimizer is that of the file. One of the user's own, and the schedule of a learning rate, which are code and not
    /// numbers, must be set before.
    ///
    /// # Errors
    /// Where the file cannot be read, is broken, of a newer version, holds weights alone, or is of another model: the error
    /// names what differs. The model is as it was.
    pub fn load(&mut self, path: impl AsRef<Path>) -> Result<(), WeightsError> {
        state::load(self, path.as_ref())
    }

    /// A table of the layers with their output shapes, numbers of weights and connections, and the memory of the model, as
    /// `keras.Model.summary`.
    pub fn summary(&self) -> Summary {
        Summary::of::<N>(size_of::<F>())
    }

    /// Draws the layers to an SVG file, as `keras.utils.plot_model`: inputs, layers with their output shapes and numbers of
    /// weights, outputs, and an arrow for each value that a layer reads; where a layer has several outputs, with its name.
    ///
    /// # Errors
    /// Where the name does not end in `.svg`, or the file cannot be written.
    pub fn plot_model(&self, path: impl AsRef<Path>) -> Result<(), PlotError> {
        plot::model::<N>(path.as_ref())
    }
}

/// The outputs of a program for all examples, batch by batch.
pub(crate) struct Outputs<F> {
    pass: Pass<F>,
    pub(crate) numbers: Vec<Vec<F>>,
}

impl<F: Float> Outputs<F> {
    pub(crate) fn of<P: Program>() -> Self {
        Outputs { pass: Pass::default(), numbers: vec![Vec::new(); P::At::OUTPUTS.len()] }
    }

    /// Adds the outputs for `rows`; one without a batch axis is that of the last batch.
    pub(crate) fn run<P: Program, B: Backend>(
        &mut self,
        weights: &[F],
        columns: &Columns<'_, F>,
        rows: Range<usize>,
    ) -> Result<(), DataError> {
        self.pass.stage(columns, rows)?;
        self.pass.infer::<P, B>(weights);
        for (i, (all, value)) in self.numbers.iter_mut().zip(P::At::OUTPUTS).enumerate() {
            if !value.get().batched() {
                all.clear();
            }
            all.extend_from_slice(self.pass.output(i));
        }
        Ok(())
    }
}

fn find<N: Net>(path: &str) -> Result<Weight, WeightsError> {
    let weights = N::WEIGHTS.walk();
    let names = || weights.iter().map(|weight| weight.path.clone()).collect();
    match weights.iter().find(|weight| weight.path == path) {
        Some(weight) => Ok(weight.clone()),
        None => Err(WeightsError::Unknown { weight: path.to_owned(), names: names() }),
    }
}

fn misfit(weight: &Weight, found: &[usize]) -> WeightsError {
    let (weight, expected) = (weight.path.clone(), weight.sizes());
    WeightsError::Shape { weight, expected, found: found.to_vec() }
}

/// The named values of a model for some examples: what [`Model::forward`] returns.
#[derive(Clone, Debug)]
pub struct Values<F> {
    ports: &'static [Port],
    rows: usize,
    numbers: Vec<Vec<F>>,
}

impl<F> Values<F> {
    /// The value `name`, its first axis the examples (where it has one value an example); nothing where there is none.
    pub fn get(&self, name: &str) -> Option<ArrayViewD<'_, F>> {
        let i = self.ports.iter().position(|port| port.name == name)?;
        let Inferred::Ok(shape) = self.ports[i].shape else { return None };
        let batch = shape.batched().then_some(self.rows);
        let sizes: Vec<usize> =
            batch.into_iter().chain((0..shape.rank()).map(|axis| shape.size(axis))).collect();
        ArrayViewD::from_shape(IxDyn(&sizes), &self.numbers[i]).ok()
    }

    /// The names of all values.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.ports.iter().map(|port| port.name)
    }
}

#[cfg(test)]
mod tests {
    use ndarray::{Array1, Array2};

    use super::*;
    use crate::backend::Reference;
    use crate::toy::{Toy, examples};

    type ToyModel = Model<Toy, f32, Native>;

    #[test]
    fn a_layer_in_front_does_not_change_first_weights() {
        let model = ToyModel::init(3);
        assert_eq!(model.weights_flat(), ToyModel::init(3).weights_flat());
        assert_ne!(model.weights_flat(), ToyModel::init(4).weights_flat());
        assert_eq!(model.weights("scale").unwrap().first(), Some(&1.0));
        assert!(
            model.weights("head/kernel").unwrap().iter().all(|w| w.abs() < (6.0f32 / 7.0).sqrt())
        );
    }

    #[test]
    fn predict_forward_and_infer_agree_over_batches() {
        let model = ToyModel::init(1);
        let data = examples(300, 1);
        let y = model.predict(&data.x).unwrap();
        let values = model.forward(&data.x).unwrap();
        assert_eq!(values.names().collect::<Vec<_>>(), ["h", "y"]);
        assert_eq!(values.get("h").unwrap().shape(), [300, 3]);
        assert_eq!(values.get("y").unwrap(), y.clone().into_dyn());
        assert!(values.get("z").is_none());
        let mut arena = [0.0; 3];
        for (x, y) in data.x.iter().zip(y.rows()) {
            assert_eq!(model.infer(x, &mut arena)[..], *y.as_slice().unwrap());
        }
        let none: [[f32; 4]; 0] = [];
        assert_eq!(model.predict(&none).unwrap().shape(), [0, 3]);
        assert!(model.predict(Array2::<f32>::zeros((2, 3)).view()).is_err());
    }

    #[test]
    fn weights_are_found_by_path() {
        let mut model = ToyModel::init(1);
        let names: Vec<_> = model.weight_names().collect();
        assert_eq!(names, ["scale", "head/kernel", "head/bias"]);
        model.set_weights("head/bias", Array1::from(vec![1.0, 2.0, 3.0]).view()).unwrap();
        assert_eq!(model.weights_flat()[13..], [1.0, 2.0, 3.0]);
        model.weights_mut("head/kernel").unwrap()[[1, 2]] = 9.0;
        assert_eq!(model.weights_flat()[1 + 5], 9.0);
        let error = model.set_weights("head/bias", Array1::zeros(4).view()).unwrap_err();
        assert_eq!(error.to_string(), "weight `head/bias` must be [3], found [4]");
        let error = model.weights("bias").unwrap_err().to_string();
        assert_eq!(error, "the model has no weight `bias`; it has scale, head/kernel, head/bias");
    }

    #[test]
    fn scalar_and_backend_change_with_the_weights_kept() {
        let model = ToyModel::init(1);
        let weights = model.weights_flat().to_vec();
        let double = model.on::<Reference>().cast::<f64>();
        assert!(double.weights_flat().iter().zip(&weights).all(|(a, b)| *a == f64::from(*b)));
        let x = [[0.5f32, 0.25, 0.125, 1.0]];
        assert!((double.predict(&x).unwrap().sum() - 1.0).abs() < 1e-15);
    }
}
