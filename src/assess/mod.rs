//! Findings → reach, coverage of the chapters, and a verdict for each of the nine requirements.
//!
//! The meaning of every verdict is the codebook's; this room knows nothing of outputs.

mod agreement_facts;
mod coverage;
mod reach;
mod requirements;

pub use agreement_facts::{Facts, facts};
pub use coverage::{Coverage, Covered, Theme};
pub use reach::resolve as resolve_reach;
pub use requirements::{Requirement, Verdict};

use crate::rules::Rulebook;
use crate::scan::Scan;
use crate::structure::Agreement;

/// What the findings of an agreement amount to.
#[derive(Debug)]
pub struct Assessment {
    /// The nine rows of the compliance table, in their order.
    pub requirements: Vec<Requirement>,
    /// A row for each chapter that can bind culture and each theme that it has.
    pub coverage: Vec<Coverage>,
}

/// Resolves the reach of the findings (in place) and assesses the agreement.
#[must_use]
pub fn assess(agreement: &Agreement, rulebook: &Rulebook, scan: &mut Scan) -> Assessment {
    resolve_reach(agreement, rulebook, scan);
    let coverage = coverage::coverage(agreement, rulebook, scan);
    let requirements = requirements::requirements(agreement, scan, &coverage);
    Assessment { requirements, coverage: coverage.into_iter().map(|row| row.shown).collect() }
}
