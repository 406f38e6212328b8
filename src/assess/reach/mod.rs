//! What a clause covers: of the references in its words ("this Chapter", "Chapters Eight to Ten", "this Agreement") those that
//! name what it speaks for; what its exceptions leave bound; whom it protects; what stands against it.

mod disputes;
mod named;
mod party;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

use crate::document::Span;
use crate::rules::Rulebook;
use crate::scan::{Finding, Scan};
use crate::structure::{Agreement, Kind, Reference, Target};
use crate::text::{one_line, pattern};
use named::{Role, covered, excepted, named_by, numbered, operative, roles, words_of};

/// The id that stands for the whole agreement in [`Finding::reach`].
const WHOLE: &str = "agreement";

/// What a clause covers, and why.
struct Reach {
    nodes: Vec<usize>,
    because: String,
}

/// Fills in what each finding covers ([`Finding::reach`], with [`Finding::reach_because`]), what its exceptions leave bound
/// ([`Finding::excepted`]), the one party that it protects ([`Finding::party`]), and what stands against it
/// ([`Finding::retaliation`], [`Finding::outside_dispute_settlement`]).
pub fn resolve(agreement: &Agreement, rulebook: &Rulebook, scan: &mut Scan) {
    if scan.findings.is_empty() {
        return;
    }
    let references = agreement.references();
    let goods: Vec<usize> = rulebook.theme("goods").map_or_else(Vec::new, |goods| {
        (0..agreement.provisions.len())
            .filter(|&index| agreement.provisions[index].kind.is_group() && scan.themes.own(index).has(goods))
            .collect()
    });
    let whole = Whole { agreement, references: &references, goods: &goods };
    let openings = whole.openings(scan);
    let answers = whole.answers(scan);
    let outside = disputes::outside(agreement, &references, &scan.themes, rulebook.theme("disputes"));
    for finding in &mut scan.findings {
        let spans = operative(agreement, finding.index);
        let words = words_of(agreement, &spans);
        let excepted = whole.excepted_of(finding, &spans, &openings);
        let reach = whole.reach_of(finding, &spans, &words, &excepted);
        finding.reach = ids(agreement, &reach.nodes);
        finding.reach_names = reach.nodes.iter().map(|&node| name_of(agreement, node, finding.index)).collect();
        finding.reach_nodes = reach.nodes;
        finding.reach_because = reach.because;
        finding.excepted = ids(agreement, &excepted);
        finding.excepted_nodes = excepted;
        finding.sent_to = if finding.code == "digital.services" { whole.sent_to(finding.index, &spans) } else { Vec::new() };
        finding.party = party::party_of(agreement, finding, &words);
        finding.retaliation = whole.answer_to(finding, &answers);
        finding.outside_dispute_settlement = disputes::citation_for(agreement, &outside, finding.index);
    }
}

/// The ids of provisions.
/// How a provision that a clause covers is called: a chapter by its heading, everything else by its citation.
fn name_of(agreement: &Agreement, node: usize, own: usize) -> String {
    let provision = &agreement.provisions[node];
    match node {
        0 => "the whole agreement".to_owned(),
        _ if node == own => "its own provision".to_owned(),
        _ if provision.kind.is_group() => one_line(Span::new(provision.own.start, provision.head_end).of(&agreement.document.text)),
        _ => provision.citation.clone(),
    }
}

fn ids(agreement: &Agreement, nodes: &[usize]) -> Vec<String> {
    nodes.iter().map(|&node| if node == 0 { WHOLE.to_owned() } else { agreement.provisions[node].id.clone() }).collect()
}

/// Whether a provision covers another: it is the same, or stands around it.
pub(super) fn covers(agreement: &Agreement, outer: usize, inner: usize) -> bool {
    agreement.lineage(inner).any(|at| at == outer)
}

/// Tariffs by name: the exception "except tariff elimination" names no provision.
static TARIFFS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)tariff|customs dut|droits de douane|tarifaire|arancel|derechos de aduana"));
/// Imports and exports: the words of Article XX of the GATT and of Article 36 of the Treaty of Rome.
static IMPORTS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)restrictions on imports|goods in transit|restrictions (?:à l'|d')importation|restricciones a la importación|importación, exportación|imports, exports",
    )
});

/// A clause that lets the other Party answer a cultural measure.
struct Answer {
    index: usize,
    /// What its words name.
    named: Vec<usize>,
}

/// What the questions about one clause need of the whole agreement.
struct Whole<'a> {
    agreement: &'a Agreement,
    references: &'a [Reference],
    /// The groups on goods.
    goods: &'a [usize],
}

impl Whole<'_> {
    /// What a clause covers; node 0 is the whole agreement.
    fn reach_of(&self, finding: &Finding, spans: &[Span], words: &str, excepted: &[usize]) -> Reach {
        let agreement = self.agreement;
        let provisions = &agreement.provisions;
        let article = agreement.article_of(finding.index);
        let whole = |because: &str| Reach { nodes: vec![0], because: because.to_owned() };
        match finding.code {
            "exempt.general" => return whole("takes culture out of the agreement as a whole"),
            code if code.starts_with("ref.") || code.starts_with("nature.") || code == "space.culture" => {
                if matches!(provisions[article].kind, Kind::Preamble) {
                    return whole("a recital speaks for the whole agreement");
                }
            }
            _ => {}
        }
        // What a reference, a preference or a digital rule names is no reach: "notably Articles 12 and 14 of the Convention".
        if !takes_out(finding.code) {
            return self.default_reach(finding, article);
        }
        if finding.code == "adverse.commitment" && !excepted.is_empty() {
            return Reach { nodes: excepted.to_vec(), because: "what its exception leaves bound".to_owned() };
        }
        let mut found = covered(agreement, self.references, spans, words);
        let mut by = if found.by_number { "named in its words" } else { "its words speak of" };
        if found.nodes.is_empty() && finding.code.starts_with("except.") {
            // "For the purposes of paragraph 1, the measures include …": the article says elsewhere what it covers.
            let span = provisions[article].span;
            found = covered(agreement, self.references, &[span], span.of(&agreement.document.text));
            by = "named elsewhere in its article";
        }
        tidy(&mut found.nodes);
        // An exception modelled on Article 36 of the Treaty of Rome or Article XX of the GATT speaks of imports and exports only.
        let of_trade = finding.code.starts_with("except.") && IMPORTS.is_match(words) && !self.goods.is_empty();
        if of_trade && (found.nodes.is_empty() || found.nodes == [0]) {
            // The chapter that holds the exception is one on goods as well.
            let group = agreement.lineage(article).find(|&at| provisions[at].kind.is_group());
            let mut nodes: Vec<usize> = self.goods.iter().copied().chain(group).collect();
            tidy(&mut nodes);
            return Reach { nodes, because: "it speaks of imports and exports: the rules on goods".to_owned() };
        }
        if found.nodes.is_empty() {
            return self.default_reach(finding, article);
        }
        Reach { nodes: found.nodes, because: format!("{by}: {}", quoted(&found.words)) }
    }

    /// The chapters, sections or articles to whose rules a clause sends supply by electronic means, other than its own chapter.
    fn sent_to(&self, index: usize, spans: &[Span]) -> Vec<usize> {
        let named = roles(self.agreement, self.references, spans).into_iter().filter(|(_, role)| *role != Role::Excepted);
        let targets = named.flat_map(|(reference, _)| &reference.targets).filter_map(|target| match target {
            Target::Provision(node) => Some(*node),
            _ => None,
        });
        let mut nodes: Vec<usize> = targets.filter(|&node| node != 0 && !covers(self.agreement, node, index)).collect();
        tidy(&mut nodes);
        nodes
    }

    /// Where the words name nothing: a scope clause speaks for its chapter, an exception for the group that holds it, everything
    /// else for its article.
    fn default_reach(&self, finding: &Finding, article: usize) -> Reach {
        let provisions = &self.agreement.provisions;
        let group =
            self.agreement.lineage(article).find(|&at| provisions[at].kind.is_group() || provisions[at].kind.is_instrument()).unwrap_or(0);
        let of_group = || Reach {
            nodes: vec![group],
            because: if group == 0 {
                "names no chapter and stands in none: the whole agreement".to_owned()
            } else {
                format!("names no chapter: the {} that holds it", provisions[group].kind.name())
            },
        };
        match finding.code {
            "exclude.sector"
            | "exclude.subsidy"
            | "exclude.procurement"
            | "digital.carveout"
            | "digital.regime"
            | "protocol.culture"
            | "reserve.schedule"
            | "support.subsidies" => of_group(),
            code if code.starts_with("except.") || code == "space.culture" => {
                let heading = provisions[group].heading.as_deref().unwrap_or_default().to_lowercase();
                // A chapter of exceptions, of initial or of final provisions speaks for the agreement.
                let speaks_for_all =
                    ["exception", "excepcion", "initial", "inicial", "final", "general", "général", "miscellaneous", "other"]
                        .iter()
                        .any(|word| heading.contains(word));
                // Of a title or part that holds the chapter, where it stands in one.
                let around = provisions[group].parent.filter(|&parent| parent > 0 && provisions[parent].kind.is_group());
                if let (true, Some(around), false) = (speaks_for_all, around, heading.contains("final")) {
                    let because = format!("stands in a chapter that speaks for the whole {}", provisions[around].kind.name());
                    Reach { nodes: vec![around], because }
                } else if speaks_for_all {
                    Reach { nodes: vec![0], because: "stands in a chapter that speaks for the whole agreement".to_owned() }
                } else {
                    of_group()
                }
            }
            _ => Reach { nodes: vec![article], because: "names nothing else: its own article".to_owned() },
        }
    }

    /// For each article the provisions that a clause against culture in it names as still bound, in other paragraphs than the
    /// clause that it cuts into: "Notwithstanding paragraph 1, Article 2.4 applies to …"; and whether it speaks of tariffs.
    fn openings(&self, scan: &Scan) -> HashMap<usize, Opening> {
        let agreement = self.agreement;
        let mut found: HashMap<usize, Opening> = HashMap::new();
        for finding in scan.findings.iter().filter(|finding| finding.code == "adverse.commitment" && finding.is_agreed()) {
            let article = agreement.article_of(finding.index);
            let spans = operative(agreement, finding.index);
            let opens = |role| matches!(role, Role::Covered | Role::Excepted);
            let named = numbered(agreement, self.references, &spans, article, opens);
            let opening = found.entry(article).or_default();
            opening.named.extend(named.into_iter().map(|node| (finding.index, node)));
            opening.tariffs |= TARIFFS.is_match(&words_of(agreement, &spans));
        }
        found
    }

    /// What the exceptions to a clause leave bound.
    fn excepted_of(&self, finding: &Finding, spans: &[Span], openings: &HashMap<usize, Opening>) -> Vec<usize> {
        if finding.code == "adverse.commitment" {
            // What it opens again is what the clause that it cuts into leaves bound.
            let mut opened = excepted(self.agreement, self.references, spans, true, self.agreement.article_of(finding.index));
            tidy(&mut opened);
            return opened;
        }
        if !takes_out(finding.code) || finding.code.starts_with("adverse.") {
            return Vec::new();
        }
        let gives_way = finding.code.starts_with("exempt.") || finding.code.starts_with("exclude.") || finding.code == "digital.carveout";
        let article = self.agreement.article_of(finding.index);
        let mut nodes = excepted(self.agreement, self.references, spans, gives_way, article);
        if gives_way && let Some(opening) = openings.get(&article) {
            let elsewhere = opening.named.iter().filter(|(index, _)| *index != finding.index);
            nodes.extend(elsewhere.map(|(_, node)| *node));
            if nodes.is_empty() && opening.tariffs && finding.code == "exempt.general" {
                nodes.extend(self.goods);
            }
        }
        tidy(&mut nodes);
        nodes
    }

    /// The clauses that let the other Party answer a cultural measure.
    fn answers(&self, scan: &Scan) -> Vec<Answer> {
        let retaliating = scan.findings.iter().filter(|finding| finding.code == "adverse.retaliation" && finding.is_agreed());
        retaliating
            .map(|finding| {
                let spans = operative(self.agreement, finding.index);
                let references = roles(self.agreement, self.references, &spans);
                let named = references.into_iter().flat_map(|(reference, _)| named_by(self.agreement, reference)).collect();
                Answer { index: finding.index, named }
            })
            .collect()
    }

    /// The clause that answers what a finding allows: beside a general exemption any; otherwise one in the same article or one that
    /// names the article.
    fn answer_to(&self, finding: &Finding, answers: &[Answer]) -> Option<String> {
        if finding.code.starts_with("adverse.") || finding.code == "space.culture" || !takes_out(finding.code) {
            return None;
        }
        let article = self.agreement.article_of(finding.index);
        let answers_it = |answer: &&Answer| {
            finding.code == "exempt.general" || self.agreement.article_of(answer.index) == article || answer.named.contains(&article)
        };
        answers.iter().find(answers_it).map(|answer| self.agreement.provisions[answer.index].citation.clone())
    }
}

/// What the clauses against culture in one article open.
#[derive(Default)]
struct Opening {
    /// The provision that opens, and what it names.
    named: Vec<(usize, usize)>,
    /// Whether it speaks of tariffs.
    tariffs: bool,
}

/// The first of the words, in quotation marks.
fn quoted(words: &[String]) -> String {
    const SHOWN: usize = 3;
    words.iter().take(SHOWN).map(|words| format!("“{words}”")).collect::<Vec<_>>().join(", ")
}

/// Each node once, in order.
fn tidy(nodes: &mut Vec<usize>) {
    nodes.sort_unstable();
    nodes.dedup();
}

/// Whether clauses of a code take something out, set it aside or open it, so that what they name is their reach.
fn takes_out(code: &str) -> bool {
    code == "digital.carveout"
        || ["exempt.", "exclude.", "except.", "reserve.", "space.", "adverse."].iter().any(|family| code.starts_with(family))
}
