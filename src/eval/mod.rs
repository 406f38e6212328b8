//! How far the findings can be trusted: measured against labels that people gave by reading.
//!
//! [`Labels`] are read from a file of lines; [`Labels::judge`] holds the findings of one agreement against them; an
//! [`Evaluation`] gathers the agreements and gives the figures; [`Changes`] sets two evaluations side by side. A code counts once
//! for each article, and once for each agreement. `support.*` is never scored (codebook, family S). This room knows nothing of
//! how it is shown.

mod changes;
mod counts;
mod evaluation;
mod judge;
mod labels;
mod place;

pub use changes::{Change, Changes, Turn};
pub use counts::Counts;
pub(crate) use counts::bounds;
pub use evaluation::{CodeFigures, Evaluation, Level, Quotes, SavedError};
pub use judge::{Judged, Outcome, Verdict};
pub use labels::{Fault, FaultCause, Label, Labelled, Labels};

#[cfg(test)]
mod tests;
