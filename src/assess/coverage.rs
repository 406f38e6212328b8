//! The coverage matrix: which chapters can bind culture, and which clause takes culture out of each (codebook, "Coverage matrix").

use std::collections::HashSet;

use serde::Serialize;

use super::reach::covers;
use crate::document::Span;
use crate::rules::{Force, Rulebook};
use crate::scan::{Finding, Scan};
use crate::structure::number::heading_number;
use crate::structure::{Agreement, Kind, Provision};
use crate::text::one_line;

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
}

/// A row with what the requirements need beside it.
pub(super) struct Row {
    pub shown: Coverage,
    /// Ids of the findings that give the row its value (others may cover it less).
    pub deciding: Vec<String>,
    /// Whether the chapter regulates telecommunications networks only.
    pub telecommunications: bool,
}

/// Themes that an article inside a chapter of another theme may bring along, when no chapter of the agreement has them.
const CARRIED_BY_ARTICLES: [Theme; 5] = [Theme::Persons, Theme::Digital, Theme::Procurement, Theme::SubsidiesCompetition, Theme::Ip];
/// Themes whose chapters give no row and carry none along.
const WITHOUT_ROW: [&str; 9] =
    ["exceptions", "cooperation", "culture", "rules-of-origin", "customs", "standards", "remedies", "disputes", "institutions"];

/// Codes that can take culture out of a chapter.
const PROTECTING: [&str; 10] = [
    "exempt.general",
    "exclude.sector",
    "exclude.subsidy",
    "exclude.procurement",
    "digital.carveout",
    "except.treasures",
    "except.creative",
    "except.film",
    "except.indigenous",
    "reserve.schedule",
];

/// What is asked for every row, gathered once.
struct Clauses<'a> {
    /// The findings that can protect: agreed, and more than words of good will.
    protecting: Vec<&'a Finding>,
    /// Whether the digital rules send electronic supply to the services or investment rules.
    electronic_supply: bool,
    /// The articles that an exception to a general exemption names.
    cut_back: Vec<usize>,
}

impl<'a> Clauses<'a> {
    fn new(agreement: &Agreement, scan: &'a Scan, proposals: bool) -> Self {
        let counts = |finding: &Finding| if proposals { !finding.is_struck_out() } else { finding.is_agreed() };
        let binds = |finding: &&Finding| counts(finding) && matches!(finding.force, Force::Binding | Force::Permissive);
        let protecting = scan.findings.iter().filter(|finding| PROTECTING.contains(&finding.code)).filter(binds).collect();
        let electronic_supply = scan.findings.iter().any(|finding| finding.code == "digital.services" && finding.force == Force::Binding);
        Self { protecting, electronic_supply, cut_back: cut_back(agreement, scan) }
    }
}

/// Builds the matrix, from agreed clauses or, with `proposals`, as if all that is proposed were agreed.
pub(super) fn coverage(agreement: &Agreement, rulebook: &Rulebook, scan: &Scan, proposals: bool) -> Vec<Row> {
    let clauses = Clauses::new(agreement, scan, proposals);
    rows(agreement, rulebook, scan)
        .into_iter()
        .map(|(node, theme, telecommunications)| row(agreement, &clauses, node, theme, telecommunications))
        .collect()
}

/// The chapters and themes that have a row, in the order of the text.
fn rows(agreement: &Agreement, rulebook: &Rulebook, scan: &Scan) -> Vec<(usize, Theme, bool)> {
    let own = |node: usize| -> Vec<(Theme, bool)> {
        let themes = scan.themes.own(node);
        let mut list: Vec<(Theme, bool)> = Vec::new();
        for (theme, name) in Theme::ALL {
            if rulebook.theme(name).is_some_and(|index| themes.has(index)) && !list.iter().any(|(known, _)| *known == theme) {
                list.push((theme, name == "telecommunications"));
            }
        }
        let left_out = |name: &&str| rulebook.theme(name).is_some_and(|index| themes.has(index));
        if WITHOUT_ROW.iter().any(left_out)
            && !list.iter().any(|(theme, _)| matches!(theme, Theme::SubsidiesCompetition | Theme::Services | Theme::Investment))
        {
            Vec::new()
        } else {
            list
        }
    };
    let groups: Vec<usize> = (0..agreement.provisions.len()).filter(|&index| agreement.provisions[index].kind.is_group()).collect();
    let mut rows: Vec<(usize, Theme, bool)> = Vec::new();
    for &node in &groups {
        for (theme, telecommunications) in own(node) {
            // Inside a chapter of the same theme a section gives no second row.
            let around = agreement.lineage(node).skip(1).any(|outer| {
                agreement.provisions[outer].kind == Kind::Chapter
                    && own(outer).iter().any(|(known, _)| *known == theme)
                    && own(outer).len() == 1
            });
            // Where the groups inside have the theme, they give the rows.
            let inside = groups.iter().any(|&inner| {
                inner != node
                    && covers(agreement, node, inner)
                    && own(inner).iter().any(|(known, _)| *known == theme)
                    && !(agreement.provisions[node].kind == Kind::Chapter && own(node).len() == 1)
            });
            if !around && !inside {
                rows.push((node, theme, telecommunications));
            }
        }
    }
    // Subjects that the agreement treats in single articles.
    for theme in CARRIED_BY_ARTICLES {
        if rows.iter().any(|(_, known, _)| *known == theme) {
            continue;
        }
        let Some(index) = rulebook.theme(theme.name()) else { continue };
        for (node, provision) in agreement.provisions.iter().enumerate() {
            // An article without a heading is taken at its first words.
            let named = scan.themes.own(node).has(index) || scan.themes.opening(node).has(index) && theme != Theme::Persons;
            if provision.kind != Kind::Article || !named {
                continue;
            }
            let Some(group) = agreement.lineage(node).find(|&at| agreement.provisions[at].kind.is_group()) else { continue };
            let themes = scan.themes.of(group);
            let left_out = WITHOUT_ROW.iter().any(|name| rulebook.theme(name).is_some_and(|index| themes.has(index)));
            // A services chapter with an article on subsidies is no chapter on subsidies; one on "competition and other matters" may hold anything.
            let mixed = own(group).iter().all(|(theme, _)| *theme == Theme::SubsidiesCompetition) && theme != Theme::Persons
                || theme == Theme::Digital
                || theme == Theme::Persons && !own(group).is_empty();
            if mixed && (!left_out || !own(group).is_empty()) && !rows.iter().any(|(known, other, _)| *known == group && *other == theme) {
                rows.push((group, theme, false));
            }
        }
    }
    // What the chapters on goods have in common binds goods.
    if let Some(common) = rulebook.theme("common-provisions") {
        for &node in groups.iter().filter(|&&node| scan.themes.own(node).has(common) && own(node).is_empty()) {
            let parent = agreement.provisions[node].parent;
            let nearest =
                rows.iter().filter(|(row, ..)| *row < node && agreement.provisions[*row].parent == parent).max_by_key(|(row, ..)| *row);
            if nearest.is_some_and(|(_, theme, _)| *theme == Theme::Goods) {
                rows.push((node, Theme::Goods, false));
            }
        }
    }
    // A regime on e-commerce always has a row.
    if !rows.iter().any(|(_, theme, _)| *theme == Theme::Digital)
        && let Some(regime) = scan.findings.iter().find(|finding| finding.code == "digital.regime")
        && let Some(group) = agreement.lineage(regime.index).find(|&at| agreement.provisions[at].kind.is_group())
    {
        rows.push((group, Theme::Digital, false));
    }
    rows.sort_by_key(|(node, theme, _)| (*node, *theme));
    rows.dedup();
    rows
}

/// How a clause covers a row.
struct Cover<'f> {
    finding: &'f Finding,
    covered: Covered,
    why: &'static str,
}

fn row(agreement: &Agreement, clauses: &Clauses<'_>, node: usize, theme: Theme, telecommunications: bool) -> Row {
    let mut covers_row: Vec<Cover<'_>> =
        clauses.protecting.iter().filter_map(|finding| cover(agreement, clauses, finding, node, theme, telecommunications)).collect();
    covers_row.sort_by_key(|cover| std::cmp::Reverse(cover.covered));
    let covered = covers_row.first().map_or(Covered::No, |cover| cover.covered);
    let because = match covers_row.first() {
        None => "No clause on culture reaches it.".to_owned(),
        Some(first) => {
            let mut reasons: Vec<String> = Vec::new();
            for cover in covers_row.iter().filter(|cover| cover.covered == covered || cover.covered == first.covered).take(3) {
                let reason = format!("{}: {}", cover.finding.citation, cover.why);
                if !reasons.contains(&reason) {
                    reasons.push(reason);
                }
            }
            format!("{}.", reasons.join("; "))
        }
    };
    let provision = &agreement.provisions[node];
    let head = Span::new(provision.own.start, provision.head_end).of(&agreement.document.text);
    let heading = one_line(head);
    let all_parties = covers_row.iter().any(|cover| cover.finding.party.is_none());
    let mut parties: Vec<String> =
        if all_parties { Vec::new() } else { covers_row.iter().filter_map(|cover| cover.finding.party.clone()).collect() };
    parties.sort();
    parties.dedup();
    let deciding = covers_row.iter().filter(|cover| cover.covered == covered).map(|cover| cover.finding.id.clone()).collect();
    let by = covers_row.iter().map(|cover| cover.finding.id.clone()).collect();
    Row { shown: Coverage { chapter: provision.id.clone(), heading, theme, covered, because, by, parties }, deciding, telecommunications }
}

/// Whether and how a finding covers a row.
fn cover<'f>(
    agreement: &Agreement,
    clauses: &Clauses<'_>,
    finding: &'f Finding,
    node: usize,
    theme: Theme,
    telecommunications: bool,
) -> Option<Cover<'f>> {
    let whole_culture = finding.sectors.iter().any(|sector| sector == "cultural-industries");
    let reaches = reaches(agreement, finding, node);
    let carried = !reaches
        && theme == Theme::Digital
        && finding.code == "exclude.sector"
        && clauses.electronic_supply
        && !is_border_of_networks(agreement, finding);
    if !reaches && !carried {
        return None;
    }
    let in_full = carried || finding.reach_nodes.iter().any(|&outer| covers(agreement, outer, node));
    let limited = finding.party.is_some() || !in_full || carried;
    let (covered, why) = match finding.code {
        "exempt.general" if clauses.cut_back.iter().any(|&article| covers(agreement, node, article)) => {
            (Covered::Partly, "culture is exempt from the agreement, with an exception for provisions of this chapter")
        }
        "exempt.general" => (Covered::Yes, "culture is exempt from the whole agreement"),
        "exclude.sector" if is_border_of_networks(agreement, finding) && !telecommunications => return None,
        "exclude.sector" | "digital.carveout" if whole_culture && !limited => (Covered::Yes, "culture as a whole is left out"),
        "exclude.sector" if carried => {
            (Covered::Partly, "the exclusion in the services or investment rules comes along with electronic supply")
        }
        "exclude.sector" | "digital.carveout" if whole_culture => (Covered::Partly, "culture is left out of some of its rules only"),
        "exclude.sector" | "digital.carveout" => (Covered::Partly, "one cultural sector is left out"),
        "exclude.subsidy" => (Covered::Partly, "support for culture is left out"),
        "exclude.procurement" if theme == Theme::Procurement || theme == Theme::Services => {
            (Covered::Partly, "the purchase of programmes or cultural works is left out")
        }
        "except.treasures" => (Covered::Partly, "general exception for national treasures"),
        "except.creative" => (Covered::Partly, "general exception for creative arts"),
        "except.film" if theme == Theme::Goods => (Covered::Partly, "exception for films or screen quotas"),
        "except.indigenous" => (Covered::Partly, "exception for indigenous peoples or minorities"),
        "reserve.schedule" if matches!(theme, Theme::Services | Theme::Investment) && !telecommunications => {
            (Covered::Partly, "a party has reserved cultural measures in its schedule")
        }
        _ => return None,
    };
    Some(Cover { finding, covered, why })
}

/// Whether one of the provisions that a finding reaches holds the row, or lies in it.
fn reaches(agreement: &Agreement, finding: &Finding, node: usize) -> bool {
    // A schedule is annexed to the chapters on services and investment as a whole.
    if finding.code == "reserve.schedule" {
        return true;
    }
    finding.reach_nodes.iter().any(|&target| covers(agreement, target, node) || covers(agreement, node, target))
}

/// Codebook, convention 0: leaving broadcasting out of a telecommunications chapter draws a border of network regulation.
pub(super) fn is_border_of_networks(agreement: &Agreement, finding: &Finding) -> bool {
    finding.code == "exclude.sector"
        && agreement.lineage(finding.index).any(|at| {
            let provision = &agreement.provisions[at];
            let heading = provision.heading.as_deref().unwrap_or_default().to_lowercase();
            let networks =
                ["telecom", "télécom", "electronic communication", "communications électroniques", "comunicaciones electrónicas"];
            (provision.kind.is_group() || provision.kind == Kind::Article || provision.kind.is_instrument())
                && networks.iter().any(|word| heading.contains(word))
        })
}

/// The articles that exceptions to a general exemption name ("except as provided in Article 2.3").
fn cut_back(agreement: &Agreement, scan: &Scan) -> Vec<usize> {
    let exempting: HashSet<usize> = scan
        .findings
        .iter()
        .filter(|finding| finding.code == "exempt.general")
        .map(|finding| agreement.article_of(finding.index))
        .collect();
    let mut named: HashSet<String> = HashSet::new();
    for finding in scan
        .findings
        .iter()
        .filter(|finding| finding.code == "adverse.commitment" && exempting.contains(&agreement.article_of(finding.index)))
    {
        for (at, _) in finding.quote.match_indices(|c: char| c.is_ascii_digit() || c.is_uppercase()) {
            let starts_word = finding.quote[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric() && c != '.');
            if starts_word && let Some((number, _)) = heading_number(&finding.quote[at..]) {
                named.insert(number.text);
            }
        }
    }
    let is_named = |(_, provision): &(usize, &Provision)| {
        provision.kind == Kind::Article && provision.number.as_ref().is_some_and(|number| named.contains(number))
    };
    agreement.provisions.iter().enumerate().filter(is_named).map(|(index, _)| index).collect()
}
