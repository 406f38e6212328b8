//! The coverage matrix: which chapters can bind culture, which clause takes culture out of each, in which way, and what stands
//! against it (codebook, "Coverage matrix").

mod cells;
mod clauses;
mod performance;
mod rows;
#[cfg(test)]
mod tests;

use serde::Serialize;

use crate::document::Span;
use crate::rules::Rulebook;
use crate::scan::Scan;
use crate::structure::Agreement;
use crate::text::one_line;
pub use cells::{Cell, Way};
pub(in crate::assess) use clauses::is_border_of_networks;
use clauses::{Clauses, Cover};

/// A theme of chapters that can bind culture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Theme {
    /// Trade in goods.
    Goods,
    /// Services, telecommunications included.
    Services,
    /// Investment and establishment.
    Investment,
    /// Movement of persons.
    Persons,
    /// E-commerce and digital trade.
    Digital,
    /// Government procurement.
    Procurement,
    /// Subsidies, competition, state enterprises.
    SubsidiesCompetition,
    /// Intellectual property.
    Ip,
}

impl Theme {
    const ALL: [(Self, &'static str); 9] = [
        (Self::Goods, "goods"),
        (Self::Services, "services"),
        (Self::Services, "telecommunications"),
        (Self::Investment, "investment"),
        (Self::Persons, "persons"),
        (Self::Digital, "digital"),
        (Self::Procurement, "procurement"),
        (Self::SubsidiesCompetition, "subsidies-competition"),
        (Self::Ip, "ip"),
    ];

    /// The name of the theme in the outputs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Goods => "goods",
            Self::Services => "services",
            Self::Investment => "investment",
            Self::Persons => "persons",
            Self::Digital => "digital",
            Self::Procurement => "procurement",
            Self::SubsidiesCompetition => "subsidies-competition",
            Self::Ip => "ip",
        }
    }

    /// The name of the theme in a sentence.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Persons => "movement of persons",
            Self::SubsidiesCompetition => "subsidies, competition",
            Self::Ip => "intellectual property",
            other => other.name(),
        }
    }
}

/// Whether culture is taken out of a chapter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Covered {
    /// Nothing reaches it.
    No,
    /// A sub-sector, some obligations, one party, or only general exceptions.
    Partly,
    /// Culture as a whole, for all parties.
    Yes,
}

impl Covered {
    /// The word in the outputs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::Partly => "partly",
            Self::No => "no",
        }
    }
}

/// A row of the coverage matrix.
#[derive(Clone, Debug, Serialize)]
pub struct Coverage {
    /// Stable id of the chapter, title or section.
    pub chapter: String,
    /// Its number and name as in the text.
    pub heading: String,
    /// The theme of the row.
    pub theme: Theme,
    /// Whether culture is taken out of it.
    pub covered: Covered,
    /// Why, in a sentence.
    pub because: String,
    /// Ids of the findings that decide.
    pub by: Vec<String>,
    /// The parties that are protected, where it is not all of them.
    pub parties: Vec<String>,
    /// A cell for each way of protection, in the order of [`Way::PROTECTING`].
    pub ways: Vec<Cell>,
    /// A cell for each way in which the agreement binds culture there, in the order of [`Way::AGAINST`].
    pub against: Vec<Cell>,
}

/// A row with what the requirements need beside it.
pub(super) struct Row {
    pub shown: Coverage,
    /// Ids of the findings that give the row its value (others may cover it less).
    pub deciding: Vec<String>,
    /// Whether the chapter regulates telecommunications networks only.
    pub telecommunications: bool,
}

/// A chapter with a theme, before it is judged.
#[derive(Clone, Copy)]
struct Place {
    node: usize,
    theme: Theme,
    telecommunications: bool,
    /// Whether the same chapter has a row for its digital rules.
    with_digital: bool,
}

/// Builds the matrix, from agreed clauses or, with `proposals`, as if all that is proposed were agreed.
pub(super) fn coverage(agreement: &Agreement, rulebook: &Rulebook, scan: &Scan, proposals: bool) -> Vec<Row> {
    let rows = rows::rows(agreement, rulebook, scan);
    let clauses = Clauses::new(agreement, rulebook, scan, proposals);
    let place = |&(node, theme, telecommunications): &(usize, Theme, bool)| Place {
        node,
        theme,
        telecommunications,
        with_digital: rows.iter().any(|(other, theme, _)| *other == node && *theme == Theme::Digital),
    };
    rows.iter().map(place).map(|place| row(agreement, &clauses, place)).collect()
}

fn row(agreement: &Agreement, clauses: &Clauses<'_>, place: Place) -> Row {
    let mut covers_row: Vec<Cover<'_>> = clauses.covers(place);
    covers_row.sort_by_key(|cover| std::cmp::Reverse(cover.covered));
    let covered = covers_row.first().map_or(Covered::No, |cover| cover.covered);
    let because = match covers_row.first() {
        None => "No clause on culture reaches it.".to_owned(),
        Some(first) => format!("{}.", reasons(covers_row.iter().filter(|cover| cover.covered == first.covered))),
    };
    let provision = &agreement.provisions[place.node];
    let head = Span::new(provision.own.start, provision.head_end).of(&agreement.document.text);
    let heading = one_line(head);
    let all_parties = covers_row.iter().any(|cover| cover.finding.party.is_none());
    let mut parties: Vec<String> =
        if all_parties { Vec::new() } else { covers_row.iter().filter_map(|cover| cover.finding.party.clone()).collect() };
    parties.sort();
    parties.dedup();
    let deciding = covers_row.iter().filter(|cover| cover.covered == covered).map(|cover| cover.finding.id.clone()).collect();
    let by = covers_row.iter().map(|cover| cover.finding.id.clone()).collect();
    let ways = cells::ways(clauses, place, &covers_row);
    let against = cells::against(clauses, place, &covers_row, covered);
    let shown = Coverage { chapter: provision.id.clone(), heading, theme: place.theme, covered, because, by, parties, ways, against };
    Row { shown, deciding, telecommunications: place.telecommunications }
}

/// The reasons of the first covers, each once.
fn reasons<'c, 'f: 'c>(covers: impl Iterator<Item = &'c Cover<'f>>) -> String {
    /// Reasons that a reader takes in at once.
    const SHOWN: usize = 3;
    let mut reasons: Vec<String> = Vec::new();
    for cover in covers.take(SHOWN) {
        let reason = cover.reason();
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    reasons.join("; ")
}
