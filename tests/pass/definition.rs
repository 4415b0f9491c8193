//! Correct layers, whose sizes are related by more than equality: their definitions say nothing.

use keras_core::prelude::*;

/// `n` is a multiple of `heads`.
pub struct Attention {
    pub heads: usize,
}

#[layer]
impl Attention {
    fn build(&self, _x: Shape![t, n]) {
        self.query = weight([n, n], GlorotUniform);
        self.key = weight([n, n], GlorotUniform);
        self.value = weight([n, n], GlorotUniform);
        self.project = weight([n, n], GlorotUniform);
    }

    fn call(&self, x: Tensor![t, n]) -> Tensor![t, n] {
        let q = self.heads_of(dot(x, self.query));
        let k = self.heads_of(dot(x, self.key));
        let v = self.heads_of(dot(x, self.value));
        let scores = softmax(matmul(q, transpose(k)));
        dot(reshape(permute(matmul(scores, v), [1, 0, 2]), [t, n]), self.project)
    }

    fn heads_of(&self, x: Tensor![steps, width]) -> Tensor![self.heads, steps, width / self.heads] {
        permute(reshape(x, [steps, self.heads, width / self.heads]), [1, 0, 2])
    }
}

/// `n` is `heads * size`.
pub struct Heads {
    pub heads: usize,
    pub size: usize,
}

#[layer]
impl Heads {
    fn call(&self, x: Tensor![t, n]) -> Tensor![t, self.heads, self.size] {
        reshape(x, [t, self.heads, self.size])
    }
}

/// Several queries share a key.
pub struct Grouped {
    pub queries: usize,
    pub keys: usize,
}

#[layer]
impl Grouped {
    fn call(&self, q: Tensor![self.queries, n], k: Tensor![self.keys, n]) -> Tensor![self.queries, n] {
        q + reshape(
            broadcast_to(reshape(k, [self.keys, 1, n]), [self.keys, self.queries / self.keys, n]),
            [self.queries, n],
        )
    }
}

/// As many numbers as an image of another shape.
#[layer]
fn image(x: Tensor![n], h: usize, w: usize) -> Tensor![h, w] {
    reshape(x, [h, w])
}

/// An image of one channel, which is as wide as it is high, and its columns.
#[layer]
fn square_image(x: Tensor![n], side: usize) -> Tensor![side, n / side] {
    reshape(x, [side, n / side])
}

/// `k` is at most `n`.
#[layer]
fn window(x: Tensor![n], k: usize) -> Tensor![n - k + 1] {
    x[..n - k + 1] + x[k - 1..]
}

/// All of these sizes are large.
#[layer]
fn middle(x: Tensor![n], y: Tensor![m]) -> Tensor![n - 40 + m - 40] {
    concat(x[20..n - 20], y[20..m - 20])
}

/// The sum of two sizes is a third.
pub struct Joined {
    pub units: usize,
}

#[layer]
impl Joined {
    fn build(&self, _x: Shape![n], _y: Shape![m]) {
        self.bias = weight([self.units], Zeros);
        self.kernel = weight([n + m, self.units], GlorotUniform);
    }

    fn call(&self, x: Tensor![n], y: Tensor![m]) -> Tensor![self.units] {
        dot(concat(x, y), self.kernel) + concat(x, y) * self.bias
    }
}

#[layer]
fn halves(x: Tensor![n], y: Tensor![m]) -> (Tensor![n / 2], Tensor![n - n / 2 + m]) {
    (x[..n / 2], concat(x[n / 2..], y))
}

/// A residual connection, whose projection makes the widths equal.
pub struct Residual {
    pub units: usize,
}

#[layer]
impl Residual {
    fn build(&self, _x: Shape![.., n]) {
        self.inner = weight([n, self.units], GlorotUniform);
        self.project = weight([n, self.units], GlorotUniform);
    }

    fn call(&self, x: Tensor![..s, n]) -> Tensor![..s, self.units] {
        dot(x, self.project) + relu(dot(x, self.inner))
    }
}

/// Without a projection where the configuration says that the widths are equal.
pub struct Shortcut {
    pub units: usize,
    pub narrow: bool,
}

#[layer]
impl Shortcut {
    fn build(&self, _x: Shape![n]) {
        self.kernel = weight([n, self.units], GlorotUniform);
    }

    fn call(&self, x: Tensor![n]) -> Tensor![self.units] {
        let y = dot(x, self.kernel);
        if self.narrow { y } else { x + y }
    }
}

/// The four gates of a recurrent cell.
pub struct Cell {
    pub units: usize,
}

#[layer]
impl Cell {
    fn build(&self, _x: Shape![t, n]) {
        self.kernel = weight([n, 4 * self.units], GlorotUniform);
        self.recurrent = weight([self.units, 4 * self.units], Orthogonal);
        self.bias = weight([4 * self.units], Zeros);
    }

    fn call(&self, x: Tensor![t, n]) -> Tensor![self.units] {
        let mut h = zeros([self.units]);
        let mut c = zeros([self.units]);
        for step in 0..t {
            let z = dot(x[step], self.kernel) + dot(h, self.recurrent) + self.bias;
            let forget = sigmoid(z[..self.units]);
            let input = sigmoid(z[self.units..2 * self.units]);
            let output = sigmoid(z[2 * self.units..3 * self.units]);
            c = forget * c + input * tanh(z[3 * self.units..]);
            h = output * tanh(c);
        }
        h
    }

    /// The inputs of a method are its caller's.
    fn read(&self, h: Tensor![width]) -> Tensor![4 * self.units] {
        dot(h, self.recurrent)
    }
}

/// An axis that is kept broadcasts, and so do missing axes.
pub struct Normalized {
    pub scale: f32,
}

#[layer]
impl Normalized {
    fn build(&self, _x: Shape![t, n]) {
        self.gain = weight([t, 1], Ones);
        self.bias = weight([n], Zeros);
    }

    fn call(&self, x: Tensor![t, n]) -> Tensor![t, n] {
        let centred = x - mean(x, axis = -1, keepdims = true);
        centred * broadcast_to(self.gain, [t, n]) * self.scale + self.bias
    }
}

/// A size that only a function of the user knows, which panics on others.
const fn patches(n: usize, size: usize) -> usize {
    assert!(n == 28 && size == 7, "only for this image");
    n / size
}

#[layer]
fn patched(x: Tensor![n], size: usize) -> Tensor![patches(n, size), size] {
    reshape(x, [patches(n, size), size])
}

/// What calls it is not evaluated with other sizes either.
#[layer]
fn patches_of_both(x: Tensor![n], y: Tensor![m]) -> (Tensor![..], Tensor![m]) {
    (patched(x, 7), y)
}

/// An inner layer has sizes of its own.
pub struct Block {
    pub inner: Activation,
    pub units: usize,
}

#[layer]
impl Block {
    fn call(&self, x: Tensor![t, n]) -> Tensor![t, self.units] {
        let h = Dense::new(4 * n)(x);
        Dense::new(self.units)(gelu(h))
    }
}

/// Positions of a table that is longer than the text.
pub struct Embedded {
    pub vocabulary: usize,
    pub longest: usize,
    pub width: usize,
}

#[layer]
impl Embedded {
    fn build(&self, _ids: Shape![t]) {
        self.tokens = weight([self.vocabulary, self.width], GlorotUniform);
        self.positions = weight([self.longest, self.width], GlorotUniform);
    }

    fn call(&self, ids: Index![self.vocabulary; t]) -> Tensor![t, self.width] {
        gather(self.tokens, ids) + self.positions[..t]
    }
}

/// Any number of axes, of which the body knows how many there are.
pub struct Table {
    pub rows: usize,
}

#[layer]
impl Table {
    fn build(&self, _x: Shape![t, n]) {
        self.table = weight([t, n, self.rows], GlorotUniform);
    }

    fn call(&self, x: Tensor![..s]) -> Tensor![self.rows] {
        dot(flatten(x), reshape(self.table, [480, self.rows]))
    }
}

/// Sums and products of sizes, and numbers that only the body knows.
#[layer]
fn sum_of_two(x: Tensor![a], y: Tensor![b], z: Tensor![c]) -> Tensor![c] {
    concat(x, y) + z
}

#[layer]
fn sum_of_three(x: Tensor![a], y: Tensor![b], z: Tensor![c], w: Tensor![d]) -> Tensor![d] {
    concat(concat(x, y), z) + w
}

#[layer]
fn doubled(x: Tensor![a], y: Tensor![b], z: Tensor![c]) -> Tensor![c] {
    concat(concat(x, x), y) + z
}

#[layer]
fn product(x: Tensor![a, b], z: Tensor![c]) -> Tensor![c] {
    flatten(x) + z
}

#[layer]
fn colours(x: Tensor![t, n], h: usize, w: usize) -> Tensor![t, h, w, 3] {
    reshape(x, [t, h, w, 3])
}

#[layer]
fn of_120(x: Tensor![a], y: Tensor![b]) -> (Tensor![4], Tensor![4]) {
    (dot(x, zeros([120, 4])), dot(y, zeros([120, 4])))
}

#[layer]
fn above_100(x: Tensor![a], y: Tensor![b]) -> (Tensor![a - 100], Tensor![b - 100]) {
    (x[100..], y[100..])
}

#[layer]
fn sevenths(x: Tensor![a], y: Tensor![b]) -> (Tensor![7, a / 7], Tensor![7, b / 7]) {
    (reshape(x, [7, a / 7]), reshape(y, [7, b / 7]))
}

fn main() {}
