//! Reads trade and investment agreements and shows what each does for culture.
#![deny(missing_docs)]
pub mod analysis;
pub mod assess;
pub mod cli;
pub mod document;
pub mod report;
pub mod rules;
pub mod scan;
pub mod structure;
