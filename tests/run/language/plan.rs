//! The picture of a model's memory.

use keras_core::plot::PlotError;
use keras_core::prelude::*;

model! {
    /// Maps that are computed by tiles, and pools that are stored.
    pub struct Images {
        input image: [28, 28, 1];
        let a = Conv2D::new(8, [3, 3]).activation(Relu)(image);
        let b = MaxPooling2D::new()(a);
        let c = Conv2D::new(16, [3, 3]).activation(Relu)(b);
        let d = MaxPooling2D::new()(c);
        output y = Dense::new(10)(Flatten::new()(d));
    }
}

#[test]
fn what_is_stored_has_a_box_at_its_address() {
    let svg = Images::plan().to_string();
    for text in ["Images: 7,048 bytes of RAM", "b at 40: 5,408", "d at 5,448: 1,600", "y at 0: 40"]
    {
        assert!(svg.contains(text), "{text}: {svg}");
    }
    for call in ["a (Conv2D)", "b (MaxPooling2D)", "Flatten", "y (Dense)"] {
        assert!(svg.contains(&format!(">{call}</text>")), "{call}: {svg}");
    }
    assert!(!svg.contains("c at"), "the second map is never whole: {svg}");
    assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"));
}

#[test]
fn a_picture_is_a_file_in_svg() {
    let directory = std::env::temp_dir().join(format!("keras-plan-{}", std::process::id()));
    std::fs::create_dir_all(&directory).unwrap();
    let file = directory.join("plan.svg");
    Images::plan().save(&file).unwrap();
    assert_eq!(std::fs::read_to_string(&file).unwrap(), Images::plan().to_string());
    let error = Images::plan().save(directory.join("plan.png")).unwrap_err();
    assert!(matches!(error, PlotError::Format { .. }), "{error}");
    std::fs::remove_dir_all(&directory).unwrap();
}
