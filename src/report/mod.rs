//! One [`Analysis`](crate::analysis::Analysis) → each output. No output computes anything, opens a file or knows the command line.

mod json;
mod table;

pub use json::{json, ndjson};
pub use table::{MIN_WIDTH, Style, table};
