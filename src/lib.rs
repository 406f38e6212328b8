//! Reads trade and investment agreements and shows what each does for culture.
#![deny(missing_docs)]
pub mod document;
