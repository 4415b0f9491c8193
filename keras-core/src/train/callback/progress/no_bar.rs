//! Without the feature `progress` there is no bar: a type without values.

#[derive(Clone, Debug)]
pub(super) enum Bar {}

impl Bar {
    pub(super) fn new(_: String, _: Option<usize>) -> Option<Self> {
        None
    }

    pub(super) fn draw(&mut self, _: usize, _: impl FnOnce() -> String) {
        match *self {}
    }

    pub(super) fn clear(&mut self) {
        match *self {}
    }
}
