//! A convolutional net on the digits: windows of the image, normalized over the batch, and the largest of each four places.
//!
//! `cargo run --release --example cnn`

use keras_core::prelude::*;
use keras_examples::digits;

model! {
    /// Digits, 8×8 pixels of one channel.
    pub struct DigitsCnn {
        input image: [8, 8, 1];
        let h = Conv2D::new(16, [3, 3]).padding(Same).use_bias(false)(image);
        let h = relu(BatchNormalization::new()(h));
        let h = MaxPooling2D::new()(h);
        output y = Dense::new(10)(Flatten(h));

        target label: Label;
        loss sparse_categorical_crossentropy(label, y, from_logits = true);
        metric accuracy = sparse_categorical_accuracy(label, y);
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (train, test) = digits().split(5, 7);
    let (train, test) = (
        DigitsCnnData { image: &train.images, label: &train.labels },
        DigitsCnnData { image: &test.images, label: &test.labels },
    );
    let mut net = DigitsCnn::new(7);
    println!("{}", net.summary());
    let history = net.fit(train, Fit::new().epochs(15).validation(&test))?;
    let last = history.last().and_then(|epoch| epoch.get("val_accuracy"));
    println!("val_accuracy={:.4}", last.unwrap_or(f64::NAN));
    Ok(())
}
