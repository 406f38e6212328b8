//! The cells of the matrix: one for each way in which culture is protected from a chapter, and for each in which it is bound.

use serde::Serialize;

use super::clauses::{Clauses, Cover};
use super::{Covered, Place, Theme, reasons};
use crate::assess::in_preamble;
use crate::assess::reach::covers;
use crate::rules::Force;
use crate::scan::Finding;

/// A way in which an agreement protects culture from a chapter, or binds it there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// Culture is taken out of the whole agreement.
    GeneralExemption,
    /// A cultural sector, or culture, is taken out of the chapter or of a part of it.
    SectorExclusion,
    /// Public support for culture is taken out.
    SubsidyExclusion,
    /// The purchase of programmes or cultural works is taken out.
    ProcurementExclusion,
    /// General exceptions: national treasures, creative arts, films, indigenous peoples.
    GeneralException,
    /// Reservations of parties in their schedules.
    Reservation,
    /// A clause on the right to cultural policies. It is shown, and covers nothing (codebook, "Coverage matrix").
    PolicySpace,
    /// Digital products must not be treated less favourably.
    DigitalNondiscrimination,
    /// An opening of the market for culture, or an exception to a cultural clause.
    MarketOpening,
    /// The other Party may answer a cultural measure.
    Retaliation,
    /// Measures may not become stricter.
    StandstillOrRatchet,
    /// Requirements of domestic content, or of preference for what is domestic, are banned.
    PerformanceRequirementBan,
}

impl Way {
    /// The ways of protection, in the order of [`Coverage::ways`](super::Coverage::ways).
    pub const PROTECTING: [Self; 7] = [
        Self::GeneralExemption,
        Self::SectorExclusion,
        Self::SubsidyExclusion,
        Self::ProcurementExclusion,
        Self::GeneralException,
        Self::Reservation,
        Self::PolicySpace,
    ];
    /// The ways against culture, in the order of [`Coverage::against`](super::Coverage::against).
    pub const AGAINST: [Self; 5] = [
        Self::DigitalNondiscrimination,
        Self::MarketOpening,
        Self::Retaliation,
        Self::StandstillOrRatchet,
        Self::PerformanceRequirementBan,
    ];

    /// The way in words, for tables.
    ///
    /// # Example
    /// ```
    /// assert_eq!(clausula::assess::Way::SectorExclusion.title(), "sector left out");
    /// ```
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::GeneralExemption => "general exemption",
            Self::SectorExclusion => "sector left out",
            Self::SubsidyExclusion => "support left out",
            Self::ProcurementExclusion => "purchases left out",
            Self::GeneralException => "general exception",
            Self::Reservation => "reserved in schedule",
            Self::PolicySpace => "policy space",
            Self::DigitalNondiscrimination => "digital equal treatment",
            Self::MarketOpening => "market opening",
            Self::Retaliation => "retaliation allowed",
            Self::StandstillOrRatchet => "standstill or ratchet",
            Self::PerformanceRequirementBan => "local content banned",
        }
    }

    /// The way of protection of a code.
    fn of(code: &str) -> Option<Self> {
        Some(match code {
            "exempt.general" => Self::GeneralExemption,
            "exclude.sector" | "digital.carveout" => Self::SectorExclusion,
            "exclude.subsidy" => Self::SubsidyExclusion,
            "exclude.procurement" => Self::ProcurementExclusion,
            "reserve.schedule" => Self::Reservation,
            "space.culture" => Self::PolicySpace,
            code if code.starts_with("except.") => Self::GeneralException,
            _ => return None,
        })
    }
}

/// A cell of the matrix: one way in one chapter.
#[derive(Clone, Debug, Serialize)]
pub struct Cell {
    /// The way.
    pub way: Way,
    /// Of a way of protection: how far it covers the chapter. Of a way against culture: `yes` where it binds culture, `partly` where
    /// it stands in the chapter but culture as a whole is taken out of it, `no` where nothing of the kind stands.
    pub covered: Covered,
    /// Why, with citations; empty where nothing of the kind stands.
    pub because: String,
    /// Ids of the findings; empty as well for a ban on performance requirements, which no code stands for.
    pub by: Vec<String>,
}

/// The cells for the ways of protection.
pub(super) fn ways(clauses: &Clauses<'_>, place: Place, covers_row: &[Cover<'_>]) -> Vec<Cell> {
    let cell = |way: Way| {
        if way == Way::PolicySpace {
            return policy_space(clauses, place);
        }
        let of_way: Vec<&Cover<'_>> = covers_row.iter().filter(|cover| Way::of(cover.finding.code) == Some(way)).collect();
        Cell {
            way,
            covered: of_way.iter().map(|cover| cover.covered).max().unwrap_or(Covered::No),
            because: reasons(of_way.iter().copied()),
            by: of_way.iter().map(|cover| cover.finding.id.clone()).collect(),
        }
    };
    Way::PROTECTING.into_iter().map(cell).collect()
}

/// Clauses on policy space that reach the chapter: in full where they bind, in part where a recital or an operative clause only
/// affirms it.
fn policy_space(clauses: &Clauses<'_>, place: Place) -> Cell {
    let in_recital = |finding: &Finding| in_preamble(clauses.agreement, finding.index);
    let reaching = clauses.findings.iter().filter(|finding| finding.code == "space.culture" && clauses.counts(finding));
    let reaching: Vec<&Finding> = reaching.filter(|finding| clauses.touches(&finding.reach_nodes, place.node)).collect();
    let binds = |finding: &&Finding| !in_recital(finding) && matches!(finding.force, Force::Binding | Force::Permissive);
    let says = |finding: &Finding| match finding {
        finding if in_recital(finding) => "cultural policies in a recital",
        finding if binds(&finding) => "right to cultural policies",
        _ => "right to cultural policies, affirmed only",
    };
    Cell {
        way: Way::PolicySpace,
        covered: if reaching.is_empty() {
            Covered::No
        } else if reaching.iter().any(binds) {
            Covered::Yes
        } else {
            Covered::Partly
        },
        because: said(reaching.iter().map(|finding| (finding.citation.as_str(), says(finding)))),
        by: reaching.iter().map(|finding| finding.id.clone()).collect(),
    }
}

/// The cells for the ways against culture.
pub(super) fn against(clauses: &Clauses<'_>, place: Place, covers_row: &[Cover<'_>], covered: Covered) -> Vec<Cell> {
    let shielded = if covered == Covered::Yes { Covered::Partly } else { Covered::Yes };
    let cell = |way: Way| {
        let (by, says, bound): (Vec<&Finding>, &str, Covered) = match way {
            Way::DigitalNondiscrimination => (digital(clauses, place), "digital products must not be treated less favourably", shielded),
            Way::MarketOpening => (openings(clauses, place), "opens the market for culture", Covered::Yes),
            Way::Retaliation => (answers(clauses, covers_row), "a cultural measure may be answered", Covered::Yes),
            Way::StandstillOrRatchet => (standing(clauses, place, "support.ratchet"), "measures may not become stricter", shielded),
            _ => return performance(clauses, place, shielded),
        };
        Cell {
            way,
            covered: if by.is_empty() { Covered::No } else { bound },
            because: said(by.iter().map(|finding| {
                let exception = finding.reach_nodes == finding.excepted_nodes && !finding.excepted_nodes.is_empty();
                (finding.citation.as_str(), if exception { "an exception to the clause on culture" } else { says })
            })),
            by: by.iter().map(|finding| finding.id.clone()).collect(),
        }
    };
    Way::AGAINST.into_iter().map(cell).collect()
}

/// Citations with what they say, each once.
fn said<'s>(clauses: impl Iterator<Item = (&'s str, &'s str)>) -> String {
    let mut parts: Vec<String> = Vec::new();
    for (citation, says) in clauses {
        let part = format!("{citation}: {says}");
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    parts.join("; ")
}

/// The agreed findings of a code that stand in a chapter.
fn standing<'a>(clauses: &Clauses<'a>, place: Place, code: &str) -> Vec<&'a Finding> {
    let of_code = clauses.findings.iter().filter(|finding| finding.code == code && clauses.counts(finding));
    of_code.filter(|finding| covers(clauses.agreement, place.node, finding.index)).collect()
}

/// Equal treatment of digital products: shown in the row of the digital rules, where the chapter has one.
fn digital<'a>(clauses: &Clauses<'a>, place: Place) -> Vec<&'a Finding> {
    if place.theme != Theme::Digital && place.with_digital { Vec::new() } else { standing(clauses, place, "digital.nondiscrimination") }
}

/// Openings that stand in the chapter or name provisions of it, and the exceptions to a general exemption that leave it bound.
fn openings<'a>(clauses: &Clauses<'a>, place: Place) -> Vec<&'a Finding> {
    let agreement = clauses.agreement;
    let exempting: Vec<usize> = clauses
        .findings
        .iter()
        .filter(|finding| finding.code == "exempt.general")
        .map(|finding| agreement.article_of(finding.index))
        .collect();
    let cut = clauses.touches(&clauses.cut_back, place.node);
    let opens = |finding: &&Finding| {
        // What speaks of the whole agreement opens no chapter by that.
        let named = !finding.reach_nodes.contains(&0) && clauses.touches(&finding.reach_nodes, place.node);
        named || covers(agreement, place.node, finding.index) || cut && exempting.contains(&agreement.article_of(finding.index))
    };
    clauses.findings.iter().filter(|finding| finding.code == "adverse.commitment" && clauses.counts(finding)).filter(opens).collect()
}

/// The clauses that answer what protects the chapter.
fn answers<'a>(clauses: &Clauses<'a>, covers_row: &[Cover<'_>]) -> Vec<&'a Finding> {
    let answered: Vec<&str> = covers_row.iter().filter_map(|cover| cover.finding.retaliation.as_deref()).collect();
    let answers = clauses.findings.iter().filter(|finding| finding.code == "adverse.retaliation" && clauses.counts(finding));
    answers.filter(|finding| answered.contains(&finding.citation.as_str())).collect()
}

/// Bans on performance requirements in chapters on services and investment.
fn performance(clauses: &Clauses<'_>, place: Place, bound: Covered) -> Cell {
    let agreement = clauses.agreement;
    let concerned = matches!(place.theme, Theme::Services | Theme::Investment) && !place.telecommunications;
    let articles: Vec<usize> =
        clauses.bans.iter().copied().filter(|&article| concerned && covers(agreement, place.node, article)).collect();
    let citations = articles.iter().map(|&article| agreement.provisions[article].citation.as_str());
    Cell {
        way: Way::PerformanceRequirementBan,
        covered: if articles.is_empty() { Covered::No } else { bound },
        because: said(citations.map(|citation| (citation, "requirements of domestic content are banned"))),
        by: Vec::new(),
    }
}
