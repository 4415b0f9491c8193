//! Files that were cut off, or in which a byte changed.

use super::*;

type Small = Model<nets::Small>;

/// A model that was trained, so that its file holds moments and counts too.
fn trained() -> Small {
    let examples = nets::examples(16);
    let data = nets::SmallData { x: &examples.x, divisor: &examples.divisor, t: &examples.t };
    let mut model = nets::Small::new(1);
    model.fit(data, Fit::new().verbose(0).epochs(2)).unwrap();
    model
}

/// Loads what is damaged into a model of its own. Refused, it names the file and changes nothing: not even after all that was
/// refused before does the model save another file.
struct Victim {
    model: Small,
    saved: Vec<u8>,
    file: PathBuf,
}

impl Victim {
    fn new(file: PathBuf) -> Self {
        let model = nets::Small::new(5);
        model.save(&file).unwrap();
        Victim { model, saved: fs::read(&file).unwrap(), file }
    }

    /// Whether a file of these bytes is refused.
    fn refuses(&mut self, bytes: &[u8]) -> bool {
        fs::write(&self.file, bytes).unwrap();
        let Err(error) = self.model.clone().load(&self.file) else { return false };
        let name = self.file.file_name().unwrap().to_str().unwrap();
        assert!(error.to_string().contains(name), "{error}");
        self.model.load(&self.file).unwrap_err();
        true
    }

    fn is_unchanged(&self) {
        self.model.save(&self.file).unwrap();
        assert_eq!(fs::read(&self.file).unwrap(), self.saved);
    }
}

#[test]
fn a_file_that_was_cut_off_is_refused_wherever() {
    let directory = Directory::new("cut");
    let mut victim = Victim::new(directory.join("cut.safetensors"));
    trained().save(&victim.file).unwrap();
    let whole = fs::read(&victim.file).unwrap();
    for len in 0..whole.len() {
        assert!(victim.refuses(&whole[..len]), "the first {len} of {} bytes", whole.len());
    }
    assert!(!victim.refuses(&whole));
    assert!(victim.refuses(&[&whole[..], b"more"].concat()));
    victim.is_unchanged();
}

/// A number of a weight may be any; what says how the file is made may not.
#[test]
fn a_byte_that_changed_is_refused_or_is_one_of_a_number() {
    let directory = Directory::new("flip");
    let mut victim = Victim::new(directory.join("flip.safetensors"));
    trained().save(&victim.file).unwrap();
    let whole = fs::read(&victim.file).unwrap();
    let header = 8 + u64::from_le_bytes(*whole.first_chunk().unwrap()) as usize;
    let mut refused = 0;
    for i in 0..200 {
        let (at, bit) = (below(whole.len(), 2, i), below(8, 3, i));
        let mut flipped = whole.clone();
        flipped[at] ^= 1 << bit;
        let refuses = victim.refuses(&flipped);
        assert!(at < header || !refuses, "byte {at}");
        assert!(at >= 8 || refuses, "byte {at}");
        refused += usize::from(refuses);
    }
    assert!(refused > 20, "{refused}");
    victim.is_unchanged();
}
