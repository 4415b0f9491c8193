//! Values: fan-out, unused outputs, patterns, shadowing, slices, helpers, integers, `stop_gradient`.

use keras_core::prelude::*;
use keras_tests::{check, check_in};

#[layer]
fn fan_out(x: Tensor![n]) -> Tensor![n] {
    let y = tanh(x);
    let z = y * sum(y);
    z + y * x + dot(transpose(y), y) * mean(z)
}

#[layer]
fn same_twice(x: Tensor![n]) -> (Tensor![2 * n], Tensor![n], Tensor![n, n]) {
    let column = reshape(x, [n, 1]);
    let outer = matmul(column, transpose(column));
    (concat(x, x), x * x, matmul(outer, outer))
}

#[layer]
fn identity(x: Tensor![..s]) -> Tensor![..s] {
    x
}

#[layer]
fn both(x: Tensor![n]) -> (Tensor![n], Tensor![n], Tensor![n]) {
    let y = square(x);
    (y, x, y)
}

model! {
    pub struct FanOut {
        input x: [3];
        let h = Dense::new(4)(x);
        let (a, b, c) = same_twice(h);
        let (d, e, f) = both(h);
        output y = fan_out(h);
        output joined = a;
        output squares = b + d * e + f;
        output product = c;
        output same = identity(x);
        output again = x;
        output hidden = h;
    }
}

#[test]
fn fan_out_adds_cotangents() {
    check::<FanOut>();
}

#[layer]
fn unused(x: Tensor![n], ignored: Tensor![n]) -> Tensor![n] {
    let (a, _) = split(concat(x, ignored), 2);
    let _ = exp(ignored);
    let _unused = tanh(a);
    a
}

model! {
    pub struct Unused {
        input x: [4];
        input z: [4];
        let _never = Dense::new(3)(x);
        output y = unused(x, z);
    }
}

#[test]
fn what_is_unused_has_no_gradient() {
    check::<Unused>();
    assert_eq!(Unused::PARAMS, 4 * 3 + 3);
}

/// Names bound again, in patterns, in blocks.
#[layer]
fn shadowed(x: Tensor![n]) -> Tensor![n] {
    let y = x + 1;
    let (x, (y, z)) = (y * x, (tanh(y), y));
    let x = {
        let x = x * y;
        let z = square(x);
        z + x
    };
    let mut x = x;
    x = x * z;
    x
}

model! {
    pub struct Shadowed {
        input x: [5];
        output y = shadowed(x);
    }
}

#[test]
fn shadowing_and_patterns() {
    check::<Shadowed>();
}

const LAST: usize = 1;

/// Slices with ranges, steps, indices and computed sizes.
#[layer]
fn slices(
    x: Tensor![n, m],
) -> (Tensor![n / 2, m], Tensor![n], Tensor![m / 2], Tensor![n, (m + 1) / 2]) {
    let mut y = square(x);
    y[s![0, ..]] = x[n - 1];
    y[s![.., 1..3]] = x[s![.., ..2]] * 2;
    (y[..n / 2], y[s![.., LAST]], y[s![n - 1, m - m / 2..]], y[s![.., ..;2]])
}

model! {
    pub struct Slices {
        input x: [5, 4];
        let (a, b, c, d) = slices(x);
        output first = a;
        output column = b;
        output tail = c;
        output steps = d;
    }
}

#[test]
fn slices_of_all_kinds() {
    check::<Slices>();
}

/// Methods that call each other, with weights.
#[derive(Clone, Copy)]
pub struct Helped {
    pub power: i32,
}

#[layer]
impl Helped {
    fn build(&self, x: Shape![n]) {
        self.scale = weight([n], Ones);
    }

    fn call(&self, x: Tensor![n]) -> Tensor![n] {
        let (a, b) = self.parts(self.scaled(x));
        self.scaled(a) * b
    }

    fn scaled(&self, x: Tensor![n]) -> Tensor![n] {
        x * self.scale
    }

    fn parts(&self, x: Tensor![n]) -> (Tensor![n], Tensor![n]) {
        let y = self.scaled(powi(x, self.power));
        (tanh(y), y + x)
    }
}

model! {
    pub struct Helpers {
        input x: [3];
        layer helped = Helped { power: 3 };
        let y = helped(x);
        output z = helped.scaled(y);
    }
}

#[test]
fn methods_call_each_other() {
    check::<Helpers>();
}

/// Embeddings of integers, their labels one-hot, and the largest of them.
#[derive(Clone, Copy)]
pub struct Embedding {
    pub input_dim: usize,
    pub output_dim: usize,
}

#[layer]
impl Embedding {
    fn build(&self, ids: Shape![..]) {
        self.embeddings = weight([self.input_dim, self.output_dim], Uniform);
    }

    fn call(&self, ids: Index![self.input_dim; ..s]) -> Tensor![..s, self.output_dim] {
        gather(self.embeddings, ids)
    }
}

const VOCAB: usize = 7;

model! {
    pub struct Integers {
        input ids: Index![VOCAB; 5];
        input weights: [5];
        let e = Embedding { input_dim: VOCAB, output_dim: 3 }(ids);
        output y = dot(weights, e) + sum(cast(argmax(weights)));
        output hot = one_hot(ids, VOCAB) * 2;
        target label: Label![3];
        loss sparse_categorical_crossentropy(label, y, from_logits = true);
        metric accuracy = sparse_categorical_accuracy(label, y);
    }
}

#[test]
fn integers_are_gathered_and_have_no_cotangent() {
    check::<Integers>();
}

#[layer]
fn stopped(x: Tensor![n]) -> (Tensor![n], Tensor![n]) {
    let y = tanh(x);
    (y * stop_gradient(y), y)
}

model! {
    pub struct Stopped {
        input x: [3];
        let (a, b) = stopped(x);
        output y = a;
        output z = b;
    }
}

/// The derivative is not that of the function: `y = f(x)·c` with `c = f(x)` taken as constant.
#[test]
fn stop_gradient_stops() {
    let model = Stopped::new(1);
    let x = [0.3f32, -1.0, 2.0];
    let found = keras_core::check::vjp(&model, 1, &[&x], &[&[1.0; 3], &[0.0; 3]]);
    for (x, dx) in x.iter().zip(&found.inputs[0]) {
        let y = x.tanh();
        assert!((dx - y * (1.0 - y * y)).abs() < 1e-6, "{dx}");
    }
}

/// Values without a batch axis: of weights alone, as outputs, and in losses.
#[derive(Clone, Copy)]
pub struct OfWeights;

#[layer]
impl OfWeights {
    fn build(&self, x: Shape![n]) {
        self.table = weight([n, 2], GlorotNormal);
    }

    fn call(&self, x: Tensor![n]) -> (Tensor![2], Tensor![2], Tensor![n, 2]) {
        let norm = sum(square(self.table), axis = 0);
        (dot(x, self.table) / (norm + 1), norm, self.table)
    }
}

model! {
    pub struct Unbatched {
        input x: [3];
        let (y, norm, table) = OfWeights(x);
        output scaled = y * norm;
        output norms = norm;
        output weights = table;
        loss sum(norm);
        loss spread = mean(square(y - norm));
    }
}

#[test]
fn values_without_a_batch_axis() {
    check::<Unbatched>();
}

/// Reductions over the batch: each example's output depends on all.
#[layer]
fn batch_normalized(x: Tensor![n]) -> Tensor![n] {
    (x - batch_mean(x)) * rsqrt(batch_variance(x) + 0.1)
}

model! {
    pub struct OverTheBatch {
        input x: [4];
        output y = batch_normalized(x);
    }
}

#[test]
fn reductions_over_the_batch() {
    check::<OverTheBatch>();
}

#[layer]
fn ops(x: Tensor![n, m]) -> (Tensor![n], Tensor![m], Tensor![], Tensor![n, m], Tensor![2, n, m]) {
    let y = flip(pad(x, [(1, 0), (0, 0)])[1..], axis = 0);
    let z = stack(x, y);
    let all = sum(prod(x + 2, axis = 1)) + logsumexp(x) + variance(x);
    (max(x, axis = 1), min(x, axis = 0), all, log_softmax(x) + softmax(y, axis = 0), z)
}

model! {
    pub struct Ops {
        input x: [3, 4];
        let (a, b, c, d, e) = ops(x);
        output largest = a;
        output smallest = b;
        output total = c;
        output probabilities = d;
        output pair = repeat(e, 2);
    }
}

#[test]
fn ops_in_a_layer() {
    check_in::<Ops>(-2.0, 2.0);
}

/// Lines that declare their shapes, and name sizes by it.
#[layer]
fn declared_by_let(x: Tensor![n]) -> Tensor![2, n] {
    let h: Tensor![n] = Dense::new(n)(x);
    let pairs: Tensor![2, half] = reshape(h, [2, n / 2]);
    let (a, b): (Tensor![2, half], Tensor![2, half]) = (pairs, 2.0 * pairs);
    concat(a, b) * (half as f32)
}

model! {
    pub struct DeclaredByLet {
        input x: [6];
        output y = declared_by_let(x);
    }
}

#[test]
fn a_line_may_declare_its_shape() {
    check::<DeclaredByLet>();
}
