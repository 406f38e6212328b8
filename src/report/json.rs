//! JSON, schema `clausula/1`: an array of agreements, or an agreement a line. The same input gives the same bytes.

use crate::analysis::Analysis;

/// An array of analyses, indented for people who look at it.
///
/// # Errors
/// None in practice: an analysis holds texts and numbers only; the error of `serde_json` is passed on.
pub fn json(analyses: &[Analysis]) -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(analyses).map(|text| text + "\n")
}

/// One analysis on one line, line break included.
///
/// # Errors
/// As [`json`].
pub fn ndjson(analysis: &Analysis) -> Result<String, serde_json::Error> {
    serde_json::to_string(analysis).map(|text| text + "\n")
}
