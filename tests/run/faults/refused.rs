//! Places where nothing can be written.

use keras_core::weights::WeightsError;

use super::*;

#[test]
fn a_place_that_cannot_be_written_is_named_and_nothing_changes() {
    let directory = Directory::new("places");
    let (file, taken) = (directory.join("file"), directory.join("taken"));
    nets::large(1).save(&file).unwrap();
    fs::create_dir(&taken).unwrap();
    let model = nets::large(2);
    let mut places = vec![file.join("model"), directory.join("missing").join("model"), taken];
    if cfg!(target_os = "linux") {
        // Not even root may.
        places.push(PathBuf::from("/proc/model"));
    }
    for place in places {
        for error in [model.save(&place).unwrap_err(), model.save_weights(&place).unwrap_err()] {
            assert!(matches!(error, WeightsError::Io { action: "write", .. }), "{error}");
            let expected = format!("cannot write `{}`: ", place.display());
            assert!(error.to_string().starts_with(&expected), "{error}");
        }
    }
    assert_eq!(version(&file, true), 1);
    assert_eq!(directory.files(), 2, "nothing is left");
}

#[test]
fn a_place_without_a_name_is_refused() {
    for place in ["/", "", ".."] {
        assert!(nets::large(1).save(place).is_err(), "{place}");
    }
}
