//! Findings → reach, coverage of the chapters, and a verdict for each row of the compliance table.
//!
//! The meaning of every verdict is the codebook's; this room knows nothing of outputs.

mod agreement_facts;
mod coverage;
mod extent;
mod parties;
mod reach;
mod requirements;
mod sentence;

pub use crate::rules::Verdict;
pub use agreement_facts::{Facts, facts};
pub use coverage::{Cell, Coverage, Covered, Theme, Way};
pub use extent::Extent;
pub use parties::{ADOPTED, AtSignature, Participant, Party, parties_note};
pub use reach::resolve as resolve_reach;
pub use requirements::{Close, Proposed, Requirement};

use crate::rules::Rulebook;
use crate::scan::Scan;
use crate::structure::{Agreement, Kind};

/// Whether a provision stands in the preamble.
fn in_preamble(agreement: &Agreement, index: usize) -> bool {
    agreement.lineage(index).any(|at| matches!(agreement.provisions[at].kind, Kind::Preamble | Kind::Recital))
}

/// What the findings of an agreement amount to.
#[derive(Debug)]
pub struct Assessment {
    /// The rows of the compliance table, in the order of the checklist.
    pub requirements: Vec<Requirement>,
    /// A row for each chapter that can bind culture and each theme that it has.
    pub coverage: Vec<Coverage>,
    /// How much of an agreement the file holds.
    pub extent: Extent,
}

/// Resolves the reach of the findings (in place) and assesses the agreement. What its [`facts`] say of the parties is told where the
/// Convention is named.
#[must_use]
pub fn assess(agreement: &Agreement, rulebook: &Rulebook, scan: &mut Scan, facts: &Facts) -> Assessment {
    let parties = parties_note(&facts.parties).unwrap_or_default();
    resolve_reach(agreement, rulebook, scan);
    let coverage = coverage::coverage(agreement, rulebook, scan, false);
    let is_draft = scan.findings.iter().any(|finding| !finding.is_agreed());
    let proposed = is_draft.then(|| coverage::coverage(agreement, rulebook, scan, true));
    let extent = Extent::of(agreement, &coverage);
    let judge =
        requirements::Judge { agreement, scan, coverage: &coverage, proposed: proposed.as_deref(), extent: &extent, parties: &parties };
    let requirements = rulebook.requirements.iter().map(|rule| judge.row(rule)).collect();
    Assessment { requirements, coverage: coverage.into_iter().map(|row| row.shown).collect(), extent }
}
