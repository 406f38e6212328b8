//! What a clause covers: of the references in its words ("this Chapter", "Chapters Eight to Ten", "this Agreement") those that
//! name what it speaks for.

use std::sync::LazyLock;

use regex::Regex;

use crate::document::Span;
use crate::rules::{Rulebook, family};
use crate::scan::{Finding, Scan};
use crate::structure::number::heading_number;
use crate::structure::{Agreement, Kind, Reference, Target};
use crate::text::{ceil_boundary, floor_boundary, one_line, pattern};

/// The id that stands for the whole agreement in [`Finding::reach`].
const WHOLE: &str = "agreement";

/// Fills in which provisions each finding covers ([`Finding::reach`]) and the one party that it protects ([`Finding::party`]).
pub fn resolve(agreement: &Agreement, rulebook: &Rulebook, scan: &mut Scan) {
    // Where nothing takes anything out, nobody asks what the references name.
    let references = if scan.findings.iter().any(|finding| takes_out(finding.code)) { agreement.references() } else { Vec::new() };
    let goods: Vec<usize> = rulebook.theme("goods").map_or_else(Vec::new, |goods| {
        (0..agreement.provisions.len())
            .filter(|&index| agreement.provisions[index].kind.is_group() && scan.themes.own(index).has(goods))
            .collect()
    });
    for index in 0..scan.findings.len() {
        let finding = &scan.findings[index];
        let nodes = reach_of(agreement, &references, &goods, finding);
        let party = party_of(agreement, finding);
        let finding = &mut scan.findings[index];
        finding.reach_nodes.clone_from(&nodes);
        finding.reach =
            nodes.into_iter().map(|node| if node == 0 { WHOLE.to_owned() } else { agreement.provisions[node].id.clone() }).collect();
        finding.party = party;
    }
}

/// Whether a provision covers another: it is the same, or stands around it.
pub(super) fn covers(agreement: &Agreement, outer: usize, inner: usize) -> bool {
    agreement.lineage(inner).any(|at| at == outer)
}

/// The nodes that a finding reaches, in order; node 0 is the whole agreement.
fn reach_of(agreement: &Agreement, references: &[Reference], goods: &[usize], finding: &Finding) -> Vec<usize> {
    let provisions = &agreement.provisions;
    let article = agreement.article_of(finding.index);
    match finding.code {
        "exempt.general" => return vec![0],
        code if code.starts_with("ref.") || code.starts_with("nature.") || code == "space.culture" => {
            if matches!(provisions[article].kind, Kind::Preamble) {
                return vec![0];
            }
        }
        _ => {}
    }
    // What a reference, a preference or a digital rule names is no reach: "notably Articles 12 and 14 of the Convention".
    if !takes_out(finding.code) {
        return vec![default_reach(agreement, finding, article)];
    }
    let spans = operative(agreement, finding.index);
    let words = words_of(agreement, &spans);
    let mut found = covered(agreement, references, &spans, &words);
    if found.is_empty() && finding.code.starts_with("except.") {
        // "For the purposes of paragraph 1, the measures include …": the article says elsewhere what it covers.
        let whole = provisions[article].span;
        found = covered(agreement, references, &[whole], whole.of(&agreement.document.text));
    }
    found.sort_unstable();
    found.dedup();
    // An exception modelled on Article 36 of the Treaty of Rome or Article XX of the GATT speaks of imports and exports only.
    let lower = words.to_lowercase();
    let of_trade = [
        "restrictions on imports",
        "goods in transit",
        "restrictions à l'importation",
        "restrictions d'importation",
        "restricciones a la importación",
        "importación, exportación",
        "imports, exports",
    ]
    .iter()
    .any(|phrase| lower.contains(phrase));
    if finding.code.starts_with("except.") && of_trade && !goods.is_empty() && (found.is_empty() || found == [0]) {
        // The chapter that holds the exception is one on goods as well.
        let group = agreement.lineage(article).find(|&at| agreement.provisions[at].kind.is_group());
        let mut nodes: Vec<usize> = goods.iter().copied().chain(group).collect();
        nodes.sort_unstable();
        nodes.dedup();
        return nodes;
    }
    if !found.is_empty() {
        return found;
    }
    vec![default_reach(agreement, finding, article)]
}

/// Where the words name nothing: a scope clause speaks for its chapter, an exception for the group that holds it, everything else
/// for its article.
fn default_reach(agreement: &Agreement, finding: &Finding, article: usize) -> usize {
    let group = || {
        agreement
            .lineage(article)
            .find(|&at| agreement.provisions[at].kind.is_group() || agreement.provisions[at].kind.is_instrument())
            .unwrap_or(0)
    };
    match finding.code {
        "exclude.sector" | "exclude.subsidy" | "exclude.procurement" | "digital.carveout" | "digital.regime" | "protocol.culture" => {
            group()
        }
        code if code.starts_with("except.") => {
            let group = group();
            let heading = agreement.provisions[group].heading.as_deref().unwrap_or_default().to_lowercase();
            // A chapter of exceptions or final provisions speaks for the agreement.
            if ["exception", "excepcion", "final", "general", "miscellaneous", "other"].iter().any(|word| heading.contains(word)) {
                0
            } else {
                group
            }
        }
        "reserve.schedule" => group(),
        _ => article,
    }
}

/// Whether clauses of a code take something out, set it aside or open it, so that what they name is their reach.
fn takes_out(code: &str) -> bool {
    code == "digital.carveout" || ["exclude.", "except.", "reserve.", "space.", "adverse."].iter().any(|family| code.starts_with(family))
}

/// The words that decide the reach, on one line.
fn words_of(agreement: &Agreement, spans: &[Span]) -> String {
    let mut words: String = spans.iter().flat_map(|span| [one_line(span.of(&agreement.document.text)), " ".to_owned()]).collect();
    words.truncate(floor_boundary(&words, MAX_WORDS));
    words
}

/// The most words that decide a reach, in bytes.
const MAX_WORDS: usize = 1500;

/// Where the words that decide the reach stand: the provision with its chapeaux.
fn operative(agreement: &Agreement, index: usize) -> Vec<Span> {
    let mut chain: Vec<usize> = agreement
        .lineage(index)
        .take_while(|&at| {
            matches!(agreement.provisions[at].kind, Kind::Article | Kind::Paragraph | Kind::Item | Kind::Continuation | Kind::Footnote)
        })
        .collect();
    chain.reverse();
    let mut left = MAX_WORDS;
    chain
        .into_iter()
        .map(|at| {
            let own = &agreement.provisions[at];
            let span = Span::new(own.head_end, own.own.end.min(ceil_boundary(&agreement.document.text, own.head_end + left)));
            left -= span.len().min(left);
            span
        })
        .collect()
}

/// "For the purposes of": what follows is the reach.
static PURPOSES: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)for (?:the )?purposes? of|aux fins (?:du|de|des)|(?:a|para) los efectos de"));
/// Words before a target that make it something else than what is covered.
static ASIDE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:except (?:as|for|where)[^,;]*|other than|notwithstanding|nonobstant|no obstante(?: lo (?:dispuesto|establecido|previsto) en)?(?: el| la| los| las)?|subject to|provided (?:for )?in|defined in|referred to in|set out in|set forth in|in accordance with|pursuant to|consistent with|without prejudice to|under|listed in|specified in|conformément à|sans préjudice d[eu](?: l['’])?|sous réserve d[eu]|au sens d[eu]|visée?s? à|de conformidad con|sin perjuicio de|en virtud de|a que se refiere|establecid[oa]s? en|purposes of paragraph|entry into force of)\s*(?:the (?:provisions|terms) of\s*|the |l['’])?$",
    )
});

/// Whether the words right before a target turn it into something else.
fn set_aside(before: &str) -> bool {
    const LOOKED_AT: usize = 120;
    ASIDE.is_match(&before[ceil_boundary(before, before.len().saturating_sub(LOOKED_AT))..])
}

/// The provisions that the references in `spans`, whose words are `words`, name as covered.
fn covered(agreement: &Agreement, references: &[Reference], spans: &[Span], words: &str) -> Vec<usize> {
    /// How far the words before a reference are looked at, in bytes.
    const BEFORE: usize = 240;
    let text = agreement.document.text.as_str();
    let (mut around, mut named) = (Vec::new(), Vec::new());
    let mut chapeau = "";
    for &span in spans {
        let first = references.partition_point(|reference| reference.span.start < span.start);
        for reference in references[first..].iter().take_while(|reference| reference.span.start < span.end) {
            let from = ceil_boundary(text, reference.span.start.saturating_sub(BEFORE).max(span.start));
            let own = one_line(Span::new(from, reference.span.start).of(text));
            // The chapeau goes on in its first item.
            let before = if from == span.start { format!("{} {own} ", one_line(chapeau)) } else { format!("{own} ") };
            if set_aside(&before) {
                continue;
            }
            if points_to_itself(reference.span.of(text)) {
                around.extend(around_it(agreement, reference));
            } else if matches!(
                reference.kind,
                Kind::Chapter
                    | Kind::Article
                    | Kind::Section
                    | Kind::Subsection
                    | Kind::Title
                    | Kind::Part
                    | Kind::Annex
                    | Kind::Paragraph
                    | Kind::Item
            ) {
                named.extend(named_by(agreement, reference));
            }
        }
        let words = span.of(text);
        chapeau = &words[ceil_boundary(words, words.len().saturating_sub(BEFORE))..];
    }
    if named.is_empty() {
        // "For the purposes of this Chapter, … nothing in this Agreement shall …" is about the chapter.
        if around.iter().any(|&node| node != 0) && PURPOSES.is_match(words) {
            around.retain(|&node| node != 0);
        }
        return around;
    }
    // A chapter that is named beside the agreement ("… of this Agreement") is meant, not the whole.
    around.retain(|&node| node != 0 && agreement.provisions[node].kind.is_group());
    around.extend(named);
    around
}

/// Whether a reference is "this Chapter", "le présent accord", "este Tratado".
fn points_to_itself(words: &str) -> bool {
    let first = words.split_whitespace().next().unwrap_or_default().to_lowercase();
    ["this", "present", "présent", "présente", "presente", "este", "esta", "cet", "cette", "ce"].contains(&first.as_str())
}

/// What "this Chapter" names; where the tree has no such level, what stands for it.
fn around_it(agreement: &Agreement, reference: &Reference) -> Vec<usize> {
    if matches!(reference.kind, Kind::Paragraph | Kind::Item) {
        return Vec::new();
    }
    if let [Target::Provision(node)] = reference.targets.as_slice() {
        return vec![*node];
    }
    let Some(group) = agreement.lineage(reference.at).find(|&node| agreement.provisions[node].kind.is_group()) else { return Vec::new() };
    match reference.kind {
        // "this Title" where the heading of the title is lost: the chapters of one count.
        Kind::Title | Kind::Part => run_of(agreement, group),
        // "this Section" where the sections were not kept: the group that is there.
        kind if kind.is_group() => vec![group],
        _ => Vec::new(),
    }
}

/// The articles and groups that a reference names, or in which what it names was not found; a paragraph stands for its article.
fn named_by(agreement: &Agreement, reference: &Reference) -> Vec<usize> {
    let own = agreement.article_of(reference.at);
    let inner = |node: usize| matches!(agreement.provisions[node].kind, Kind::Paragraph | Kind::Item | Kind::Continuation | Kind::Footnote);
    let nodes = reference.targets.iter().filter_map(|target| match target {
        Target::Provision(node) => Some(*node),
        Target::Unresolved { within, .. } => *within,
        Target::External(_) => None,
    });
    let is_inner = matches!(reference.kind, Kind::Paragraph | Kind::Item);
    nodes
        .map(|node| if inner(node) { agreement.article_of(node) } else { node })
        // A bare "paragraph 1" is of the article itself.
        .filter(|&node| !is_inner || node != own)
        .collect()
}

/// The groups beside `group` that belong to one count with it: from the last "1" up to it, and on to the next "1".
fn run_of(agreement: &Agreement, group: usize) -> Vec<usize> {
    /// Groups on either side that may belong to one title: titles have some ten chapters.
    const MAX_BESIDE: usize = 40;
    let own = &agreement.provisions[group];
    let beside = |node: &usize| agreement.provisions[*node].parent == own.parent && agreement.provisions[*node].kind == own.kind;
    let first =
        |node: &usize| agreement.provisions[*node].number.as_deref().and_then(heading_number).is_some_and(|(number, _)| number.is_first());
    let mut run: Vec<usize> = (own.parent.unwrap_or(0)..=group).rev().filter(beside).take(MAX_BESIDE).collect();
    // Back to the "1" with which the count begins; without one, nothing before belongs to it.
    run.truncate(run.iter().position(first).map_or(1, |at| at + 1));
    run.reverse();
    run.extend((group + 1..agreement.provisions.len()).filter(beside).take(MAX_BESIDE).take_while(|node| !first(node)));
    run
}

/// "For Canada," and "adoption by New Zealand of measures": the clause protects one party. Only clauses that protect are looked at.
fn party_of(agreement: &Agreement, finding: &Finding) -> Option<String> {
    use crate::rules::Family;
    if family(finding.code) != Some(Family::Exceptions) {
        return None;
    }
    static PARTY: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?:adoption by|adoptées? par|adopción por parte de|granted by|accordées? par|[Aa]s regards|[Ff]or)\s+(?:the )?(?P<name>\p{Lu}[\p{L}’'-]+(?:[ -](?:of |and |de |du )?\p{Lu}[\p{L}’'-]+){0,3})(?:\s+of\b|\s+de\b|\s+in\b|,)",
        )
    });
    let words = words_of(agreement, &operative(agreement, finding.index));
    let name = PARTY.captures(&words)?.name("name")?.as_str().trim_end_matches(',');
    let common = [
        "Each",
        "The",
        "Chapters",
        "Chapter",
        "Articles",
        "Article",
        "Party",
        "Parties",
        "Either",
        "Neither",
        "Member",
        "Section",
        "Title",
        "Purposes",
        "Part",
        "Contracting",
    ];
    (!common.iter().any(|word| name.split(' ').next() == Some(word))).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Agreement, covered};
    use crate::document;

    #[test]
    fn targets_are_resolved() {
        let named = |words: &str| {
            let text = format!(
                "CHAPTER 1\nGOODS\nArticle 1.1\nScope\nText.\nCHAPTER 2\nSERVICES\nArticle 2.1\nScope\nText.\nArticle 2.2\nTreatment\nText.\nCHAPTER 3\nEXCEPTIONS\nArticle 3.1\nGeneral\n{words}.\n"
            );
            let agreement = Agreement::new(document::read(text.as_bytes()).expect("text"));
            let article = agreement.provisions.iter().find(|p| p.id == "ch_3__art_3.1").expect("there").span;
            let covered = covered(&agreement, &agreement.references(), &[article], article.of(&agreement.document.text));
            covered.into_iter().map(|node| agreement.provisions[node].id.clone()).collect::<Vec<_>>()
        };
        assert_eq!(named("For the purposes of Chapters 1 and 2, nothing"), ["ch_1", "ch_2"]);
        assert_eq!(named("Article 2.2 does not apply to"), ["ch_2__art_2.2"]);
        assert_eq!(named("Nothing in this Agreement shall"), ["agreement"]);
        assert_eq!(named("This Chapter does not apply"), ["ch_3"]);
        assert_eq!(named("Article XX of the GATT 1994 is incorporated"), Vec::<String>::new());
        assert_eq!(named("Subject to Chapter 1, Chapter Two applies"), ["ch_2"]);
    }
}
