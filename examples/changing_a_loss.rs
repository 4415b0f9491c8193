//! `callback4e`: a number in a loss that a callback changes while the model trains.
//!
//! `cargo run --release --example changing_a_loss`

use keras_core::prelude::*;
use keras_examples::digits;

/// Cross-entropy, mixed with that of a uniform target in the proportion `e`.
#[layer]
pub fn my_crossentropy(y_true: Tensor![n], y_pred: Tensor![n], e: Tensor![]) -> Tensor![] {
    let loss1 = categorical_crossentropy(y_true, y_pred);
    let loss2 = categorical_crossentropy(ones([n]) / n, y_pred);
    (1.0 - e) * loss1 + e * loss2
}

model! {
    /// A classifier of digits. `ratio` shows what `e` was in each epoch.
    pub struct Net {
        input x: [64];
        let h = Dense::new(64).activation(Relu)(x);
        output y = Dense::new(10).activation(Softmax)(h);

        target label: Label![10];
        variable e = 0.1;
        loss my_crossentropy(one_hot(label, 10), y, e);
        metric accuracy = sparse_categorical_accuracy(label, y);
        metric ratio = e;
    }
}

/// Sets `e` to 0.01 after 10 epochs.
struct Callback4e;

impl Callback<Net> for Callback4e {
    fn on_epoch_end(&mut self, epoch: usize, at: &mut Context<Net>) -> CallbackResult {
        if epoch + 1 >= 10 {
            at.model.variables.e = 0.01;
        }
        Ok(())
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (train, test) = digits().split(5, 7);
    let train = NetData { x: &train.images, label: &train.labels };
    let test = NetData { x: &test.images, label: &test.labels };
    let fit = Fit::new().epochs(20).validation(&test).callback(Callback4e);
    let history = Net::new(1).fit(train, fit)?;
    let (e, loss) = (history.get("ratio"), history.get("loss"));
    println!("epoch 10: e {:.2}, loss {:.4}", e[9], loss[9]);
    println!("epoch 11: e {:.2}, loss {:.4}", e[10], loss[10]);
    println!("val_accuracy={:.4}", history.get("val_accuracy")[19]);
    Ok(())
}
