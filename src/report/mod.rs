//! One [`Analysis`](crate::analysis::Analysis) → each output. No output computes anything, opens a file or knows the command line.

mod akoma_ntoso;
mod evaluation;
mod explanation;
mod json;
mod parties;
mod table;

pub use akoma_ntoso::akoma_ntoso;
pub use evaluation::{changes_table, evaluation_table, outcomes_table};
pub use explanation::explanation;
pub use json::{json, ndjson};
pub use table::{MIN_WIDTH, Style, table};
