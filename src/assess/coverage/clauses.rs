//! The clauses that can protect, and how each covers a chapter.

use std::sync::LazyLock;

use regex::Regex;

use super::{Covered, Place, Theme, performance};
use crate::assess::reach::covers;
use crate::document::Span;
use crate::rules::{Force, Rulebook};
use crate::scan::{Finding, Scan};
use crate::structure::{Agreement, Kind};
use crate::text::{ceil_boundary, floor_boundary, pattern};

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
pub(super) struct Clauses<'a> {
    pub agreement: &'a Agreement,
    /// All findings.
    pub findings: &'a [Finding],
    /// Whether proposals count as if they were agreed.
    proposals: bool,
    /// The findings that can protect: agreed, and more than words of good will.
    protecting: Vec<&'a Finding>,
    /// The clauses that send electronic supply to the services or investment rules.
    electronic_supply: Vec<&'a Finding>,
    /// What the exceptions to the general exemptions leave bound.
    pub cut_back: Vec<usize>,
    /// The articles that ban performance requirements on local content.
    pub bans: Vec<usize>,
}

/// How a clause covers a row.
pub(super) struct Cover<'f> {
    pub finding: &'f Finding,
    pub covered: Covered,
    why: &'static str,
}

impl Cover<'_> {
    /// The citation, why it covers, and for whom alone.
    pub fn reason(&self) -> String {
        let party = self.finding.party.as_deref().map_or_else(String::new, |party| format!(" (for {party} only)"));
        format!("{}: {}{party}", self.finding.citation, self.why)
    }
}

/// "Integral part of this Agreement".
static INTEGRAL: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)integral parts?|parties? intégrantes?|partes? integrantes?|partes? integral"));
/// Letters and declarations by name.
static LETTERS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)letter|declaration|exchange of notes|lettre|déclaration|échange de notes|carta|declaraci|canje de notas")
});

impl<'a> Clauses<'a> {
    /// Whether the words of a finding count: agreed ones and, where it is asked what the proposals would give, those proposed.
    pub fn counts(&self, finding: &Finding) -> bool {
        finding.counts(self.proposals)
    }

    pub fn new(agreement: &'a Agreement, rulebook: &Rulebook, scan: &'a Scan, proposals: bool) -> Self {
        let binds = |finding: &&Finding| finding.counts(proposals) && matches!(finding.force, Force::Binding | Force::Permissive);
        let integral = LazyLock::new(|| names_letters_integral(agreement));
        let protecting = scan
            .findings
            .iter()
            .filter(|finding| PROTECTING.contains(&finding.code))
            .filter(binds)
            .filter(|finding| is_part(agreement, finding.index, || *integral))
            .collect();
        let sends = |finding: &&Finding| finding.code == "digital.services" && finding.force == Force::Binding && finding.counts(proposals);
        let electronic_supply = scan.findings.iter().filter(sends).collect();
        let exempting = scan.findings.iter().filter(|finding| finding.code == "exempt.general" && finding.counts(proposals));
        let cut_back = exempting.flat_map(|finding| &finding.excepted_nodes).copied().collect();
        let bans = performance::bans(agreement, rulebook, scan);
        Self { agreement, findings: &scan.findings, proposals, protecting, electronic_supply, cut_back, bans }
    }

    /// The clauses that cover a row.
    pub fn covers(&self, place: Place) -> Vec<Cover<'a>> {
        self.protecting.iter().filter_map(|finding| self.cover(finding, place)).collect()
    }

    /// Whether one of the nodes is the row, holds it, or lies in it.
    pub fn touches(&self, nodes: &[usize], row: usize) -> bool {
        nodes.iter().any(|&target| covers(self.agreement, target, row) || covers(self.agreement, row, target))
    }

    /// Whether the exclusion of a sector comes along with electronic supply: it reaches the rules to which a clause sends it, or the
    /// clause names no rules.
    fn comes_along(&self, exclusion: &Finding) -> bool {
        let reached =
            |sent: &Finding| sent.sent_to.is_empty() || sent.sent_to.iter().any(|&node| self.touches(&exclusion.reach_nodes, node));
        self.electronic_supply.iter().any(|sent| reached(sent))
    }

    /// Whether and how a finding covers a row.
    fn cover(&self, finding: &'a Finding, place: Place) -> Option<Cover<'a>> {
        let Place { node, theme, telecommunications, .. } = place;
        let whole_culture = finding.sectors.iter().any(|sector| sector == "cultural-industries");
        // A schedule is annexed to the chapters on services and investment as a whole.
        let reaches = finding.code == "reserve.schedule" || self.touches(&finding.reach_nodes, node);
        let border = is_border_of_networks(self.agreement, finding);
        let carried = !reaches && theme == Theme::Digital && finding.code == "exclude.sector" && !border && self.comes_along(finding);
        if !reaches && !carried {
            return None;
        }
        let excepted = if finding.code == "exempt.general" { &self.cut_back } else { &finding.excepted_nodes };
        if excepted.iter().any(|&outer| covers(self.agreement, outer, node)) {
            return None;
        }
        let cut = excepted.iter().any(|&inner| covers(self.agreement, node, inner));
        let in_full = carried || finding.reach_nodes.iter().any(|&outer| covers(self.agreement, outer, node));
        let limited = finding.party.is_some() || !in_full || carried || cut;
        let (covered, why) = match finding.code {
            "exempt.general" if cut => {
                (Covered::Partly, "culture is exempt from the agreement, with an exception for provisions of this chapter")
            }
            "exempt.general" if finding.party.is_some() => (Covered::Partly, "culture is exempt from the whole agreement"),
            "exempt.general" => (Covered::Yes, "culture is exempt from the whole agreement"),
            "exclude.sector" if border && !telecommunications => return None,
            "exclude.sector" | "digital.carveout" if whole_culture && !limited => (Covered::Yes, "culture as a whole is left out"),
            "exclude.sector" if carried => {
                (Covered::Partly, "the exclusion in the services or investment rules comes along with electronic supply")
            }
            "exclude.sector" | "digital.carveout" if whole_culture && cut => {
                (Covered::Partly, "culture is left out, with an exception for provisions of this chapter")
            }
            "exclude.sector" | "digital.carveout" if whole_culture && in_full => (Covered::Partly, "culture as a whole is left out"),
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
}

/// Whether a clause belongs to the agreement: one in a letter or a declaration does where the letter says so, or the agreement makes
/// its letters and declarations an integral part (`all`).
fn is_part(agreement: &Agreement, index: usize, all: impl Fn() -> bool) -> bool {
    /// Bytes of a letter that are looked at.
    const LETTER: usize = 20_000;
    let letter = agreement.lineage(index).find(|&at| matches!(agreement.provisions[at].kind, Kind::Letter | Kind::Declaration));
    letter.is_none_or(|letter| {
        let span = agreement.provisions[letter].span;
        let words = span.of(&agreement.document.text);
        INTEGRAL.is_match(&words[..floor_boundary(words, LETTER)]) || all()
    })
}

/// Whether the agreement says that its letters or declarations are an integral part of it.
fn names_letters_integral(agreement: &Agreement) -> bool {
    /// Bytes around the words, in which the letters are named.
    const AROUND: usize = 250;
    let text = agreement.document.text.as_str();
    INTEGRAL.find_iter(text).any(|found| {
        let around = Span::new(
            ceil_boundary(text, found.start().saturating_sub(AROUND)),
            floor_boundary(text, (found.end() + AROUND).min(text.len())),
        );
        LETTERS.is_match(around.of(text))
    })
}

/// Codebook, convention 0: leaving broadcasting out of a telecommunications chapter draws a border of network regulation.
pub(in crate::assess) fn is_border_of_networks(agreement: &Agreement, finding: &Finding) -> bool {
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
