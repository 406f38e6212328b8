//! Reads trade and investment agreements and shows what each does for culture: which cultural clauses it has, what each covers, how
//! strongly each binds, and what is missing, measured against the guidelines of the 2005 UNESCO Convention on the digital environment
//! (document DCE/17/6.CP/11, paragraphs 19.4 and 19.5).
//!
//! The modules lie along the way of the data:
//!
//! 1. [`document`]: bytes to one normalised text in which every span knows its place in the source;
//! 2. [`structure`]: the text to a tree of provisions with ids and citations;
//! 3. [`rules`]: the rule files, checked and compiled;
//! 4. [`scan`]: tree and rules to findings;
//! 5. [`assess`]: findings to reach, coverage of chapters and verdicts;
//! 6. [`analysis`]: all of it for one file, as the one value that
//! 7. [`report`] turns into tables and JSON; [`cli`] is the command;
//! 8. [`eval`] measures findings against labels that people gave.
//!
//! The library returns values and prints nothing; only [`cli`] does. Every quote that it returns is a span of the text that it read.
//!
//! ```
//! use clausula::{analysis::Analysis, document, rules::Rulebook};
//!
//! let text = "Article 1\nExclusion\nThis Agreement does not apply to measures with respect to cultural industries.\n";
//! let analysis = Analysis::new("draft.txt", document::read(text.as_bytes())?, &Rulebook::embedded().expect("checked rules"));
//! assert_eq!(analysis.requirements[0].verdict.name(), "met");
//! # Ok::<(), clausula::document::ReadError>(())
//! ```
#![deny(missing_docs)]

pub mod analysis;
pub mod assess;
pub mod cli;
pub mod document;
pub mod eval;
pub mod report;
pub mod rules;
pub mod scan;
pub mod structure;
mod text;
