//! The same numbers as Keras 3.15.1: `golden/README.md`.

mod activations;
mod article;
mod cases;
mod layers;
mod normalization;
mod recurrent;
mod training;
