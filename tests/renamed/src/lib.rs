//! The macros in a crate that calls keras-core `kc`, and that denies every warning, clippy's pedantic ones too.
#![deny(warnings, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
#![forbid(unsafe_code)]

use kc::prelude::*;

/// A layer with weights, configuration and a further method.
#[layer(crate = "kc")]
#[derive(Clone, Copy, Debug)]
pub struct Head {
    /// The number of classes.
    pub units: usize,
    /// The factor of the loss.
    #[default(0.5)]
    pub factor: f64,
}

#[layer(crate = "kc")]
impl Head {
    fn build(&self, x: Shape![n]) {
        self.kernel = weight([n, self.units], GlorotUniform, regularizer = L2(0.01));
    }

    fn call(&self, x: Tensor![n]) -> Tensor![self.units] {
        let mut y = dot(x, self.kernel);
        for _step in 0..3 {
            y = tanh(y) * 0.5 + y;
        }
        if training { y + 0.0 } else { y }
    }

    fn loss(&self, y: Tensor![self.units], label: Label![self.units]) -> Tensor![] {
        self.factor * sparse_categorical_crossentropy(label, y, from_logits = true)
    }
}

/// Two halves.
#[layer(crate = "kc")]
pub fn halves(x: Tensor![n]) -> (Tensor![n / 2], Tensor![n - n / 2]) {
    (x[..n / 2], x[n / 2..])
}

model! {
    /// A model with two inputs and outputs.
    #[keras(crate = "kc")]
    #[allow(deprecated)]
    pub struct Net {
        input x: [6];
        input side: [2];
        let (a, b) = halves(x);
        layer head = Head::new(3).factor(0.25);
        output y = head(concat(a, side));
        output z = Dense::new(1)(b);
        target label: Label;
        variable weight = 1.0;
        loss weight * head.loss(y, label);
        metric accuracy = sparse_categorical_accuracy(label, y);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_renamed_library_trains() {
        let (x, side, label) = ([[0.5_f32; 6]; 4], [[1.0_f32; 2]; 4], [0_u8, 1, 2, 0]);
        let mut net = Net::new(1);
        let data = NetData { x: &x, side: &side, label: &label };
        let history = net.fit(data, Fit::new().epochs(3)).unwrap();
        assert!(history.last().and_then(|epoch| epoch.get("loss")).is_some_and(f64::is_finite));
        let outputs = net.predict(NetInputs { x: &x, side: &side }).unwrap();
        assert_eq!((outputs.y.shape(), outputs.z.shape()), (&[4, 3][..], &[4, 1][..]));
    }
}
