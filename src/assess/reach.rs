//! What a clause covers: "this Chapter", "Chapters Eight to Ten", "Articles 9.3 and 9.4", "this Agreement", resolved
//! against the tree.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

use crate::document::Span;
use crate::rules::{Rulebook, family};
use crate::scan::{Finding, Scan};
use crate::structure::number::{Number, Style, heading_number};
use crate::structure::{Agreement, Kind};
use crate::text::{ceil_boundary, floor_boundary, pattern};

/// The id that stands for the whole agreement in [`Finding::reach`].
const WHOLE: &str = "agreement";

/// Fills in which provisions each finding covers ([`Finding::reach`]) and the one party that it protects ([`Finding::party`]).
pub fn resolve(agreement: &Agreement, rulebook: &Rulebook, scan: &mut Scan) {
    let targets = Targets::new(agreement);
    let goods: Vec<usize> = rulebook.theme("goods").map_or_else(Vec::new, |goods| {
        (0..agreement.provisions.len())
            .filter(|&index| agreement.provisions[index].kind.is_group() && scan.themes.own(index).has(goods))
            .collect()
    });
    for index in 0..scan.findings.len() {
        let finding = &scan.findings[index];
        let nodes = reach_of(agreement, &targets, &goods, finding);
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
fn reach_of(agreement: &Agreement, targets: &Targets, goods: &[usize], finding: &Finding) -> Vec<usize> {
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
    let takes_out = ["exclude.", "except.", "reserve.", "space.", "adverse."].iter().any(|family| finding.code.starts_with(family))
        || finding.code == "digital.carveout";
    if !takes_out {
        return vec![default_reach(agreement, finding, article)];
    }
    let words = operative_words(agreement, finding.index);
    let mut found = targets.named_in(agreement, finding.index, &words);
    if found.is_empty() && finding.code.starts_with("except.") {
        // "For the purposes of paragraph 1, the measures include …": the article says elsewhere what it covers.
        found = targets.named_in(agreement, article, provisions[article].span.of(&agreement.document.text));
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

/// The words that decide the reach: the provision with its chapeaux.
fn operative_words(agreement: &Agreement, index: usize) -> String {
    const MAX: usize = 1500;
    let text = &agreement.document.text;
    let mut chain: Vec<usize> = agreement
        .lineage(index)
        .take_while(|&at| {
            matches!(agreement.provisions[at].kind, Kind::Article | Kind::Paragraph | Kind::Item | Kind::Continuation | Kind::Footnote)
        })
        .collect();
    chain.reverse();
    let mut words = String::new();
    for at in chain {
        let provision = &agreement.provisions[at];
        for word in Span::new(provision.head_end, provision.own.end).of(text).split_whitespace() {
            words.push_str(word);
            words.push(' ');
        }
    }
    words.truncate(floor_boundary(&words, MAX));
    words
}

/// "this Chapter", in three languages.
static THIS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?-u:\b)(?:this|the present|th[ei]s|le présent|du présent|au présent|la présente|de la présente|cet|este|esta|el presente|la presente|del presente|de la presente|del)\s+(?P<kind>agreement|treaty|part|title|chapter|sub-section|section|article|annex|protocol|accord|partie|titre|chapitre|sous-section|annexe|protocole|acuerdo|tratado|parte|título|titulo|capítulo|capitulo|sección|seccion|artículo|articulo|anexo|protocolo)(?-u:\b)",
    )
});
/// "Chapters Eight to Ten": the word before a list of numbers.
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?-u:\b)(?P<kind>[Cc]hapters?|CHAPTERS?|[Cc]hapitres?|[Cc]apítulos?|[Cc]apitulos?|[Aa]rticles?|[Aa]rtículos?|[Ss]ections?|[Ss]ección|[Ss]ecciones|[Tt]itles?|[Tt]itres?|[Tt]ítulos?|Parts?|[Aa]nnex(?:es)?|[Aa]nexos?)\s+",
    )
});
/// "For the purposes of": what follows is the reach.
static PURPOSES: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)for (?:the )?purposes? of|aux fins (?:du|de|des)|(?:a|para) los efectos de"));
/// Words before a target that make it something else than what is covered.
static ASIDE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:except (?:as|for|where)[^,;]*|other than|notwithstanding|subject to|provided (?:for )?in|defined in|referred to in|set out in|set forth in|in accordance with|pursuant to|consistent with|without prejudice to|under|listed in|specified in|conformément à|sans préjudice d[eu](?: l['’])?|sous réserve d[eu]|au sens d[eu]|visée?s? à|de conformidad con|sin perjuicio de|en virtud de|a que se refiere|establecid[oa]s? en|purposes of paragraph|entry into force of)\s*(?:the (?:provisions|terms) of\s*)?$",
    )
});

/// Whether the words right before a target turn it into something else.
fn set_aside(before: &str) -> bool {
    const LOOKED_AT: usize = 120;
    ASIDE.is_match(&before[ceil_boundary(before, before.len().saturating_sub(LOOKED_AT))..])
}

/// The provisions that can be named, by kind and value of the number; `Eight` names `CHAPTER 8` and `CHAPTER VIII`.
struct Targets {
    numbered: HashMap<(Kind, Value), Vec<usize>>,
}

/// What two ways of writing one number share: whether it is a letter, its parts, its suffix.
type Value = (bool, Vec<u32>, u32);

fn values(number: &Number) -> impl Iterator<Item = Value> + '_ {
    number
        .readings
        .iter()
        .filter(|reading| !reading.parts.is_empty())
        .map(|reading| (reading.style == Style::Letter, reading.parts.clone(), reading.suffix))
}

impl Targets {
    fn new(agreement: &Agreement) -> Self {
        let mut numbered: HashMap<(Kind, Value), Vec<usize>> = HashMap::new();
        for (index, provision) in agreement.provisions.iter().enumerate() {
            if !(provision.kind.is_group() || provision.kind.is_instrument() || provision.kind == Kind::Article) {
                continue;
            }
            let Some((number, _)) = provision.number.as_deref().and_then(heading_number) else { continue };
            for value in values(&number) {
                numbered.entry((provision.kind, value)).or_default().push(index);
            }
        }
        Self { numbered }
    }

    /// The provisions that `words`, which stand at the provision `at`, name as covered.
    fn named_in(&self, agreement: &Agreement, at: usize, words: &str) -> Vec<usize> {
        let mut found = Vec::new();
        for hit in THIS.captures_iter(words) {
            let (Some(whole), Some(kind)) = (hit.get(0), hit.name("kind")) else { continue };
            if set_aside(&words[..whole.start()]) {
                continue;
            }
            found.extend(this_kind(agreement, at, kind.as_str()));
        }
        // A chapter that is named beside the agreement ("… of this Agreement") is meant, not the whole.
        let mut named = Vec::new();
        for hit in NAMED.captures_iter(words) {
            let (Some(whole), Some(kind)) = (hit.get(0), hit.name("kind")) else { continue };
            if set_aside(&words[..whole.start()]) {
                continue;
            }
            let (numbers, after) = number_list(&words[whole.end()..]);
            if is_external(&words[whole.end() + after..]) {
                continue;
            }
            let Some(kind) = kind_of(kind.as_str()) else { continue };
            for number in &numbers {
                named.extend(self.resolve(agreement, at, kind, number));
            }
        }
        if named.is_empty() {
            // "For the purposes of this Chapter, … nothing in this Agreement shall …" is about the chapter.
            if found.iter().any(|&node| node != 0) && PURPOSES.is_match(words) {
                found.retain(|&node| node != 0);
            }
            return found;
        }
        found.retain(|&node| node != 0 && agreement.provisions[node].kind.is_group());
        found.extend(named);
        found
    }

    /// The provision of this kind and number nearest to `at`: in the same group, then the same instrument, then anywhere.
    fn resolve(&self, agreement: &Agreement, at: usize, kind: Kind, number: &Number) -> Option<usize> {
        /// How many of equally numbered provisions on either side are looked at.
        const NEIGHBOURS: usize = 6;
        let shared = |node: &usize| agreement.lineage(*node).filter(|outer| covers(agreement, *outer, at)).count();
        values(number)
            .filter_map(|value| self.numbered.get(&(kind, value)))
            .flat_map(|nodes| {
                let middle = nodes.partition_point(|&node| node <= at);
                nodes[middle.saturating_sub(NEIGHBOURS)..(middle + NEIGHBOURS).min(nodes.len())].iter().copied()
            })
            .max_by_key(|node| (shared(node), std::cmp::Reverse(node.abs_diff(at))))
    }
}

/// The nearest provision of the kind around `at`.
fn this_kind(agreement: &Agreement, at: usize, word: &str) -> Vec<usize> {
    let lower = word.to_lowercase();
    if matches!(lower.as_str(), "agreement" | "treaty" | "accord" | "acuerdo" | "tratado") {
        return vec![0];
    }
    let Some(kind) = kind_of(word) else { return Vec::new() };
    if let Some(node) = agreement.lineage(at).find(|&node| agreement.provisions[node].kind == kind) {
        return vec![node];
    }
    let Some(group) = agreement.lineage(at).find(|&node| agreement.provisions[node].kind.is_group()) else { return Vec::new() };
    match kind {
        // "this Title" where the heading of the title is lost: the chapters of one count.
        Kind::Title | Kind::Part => run_of(agreement, group),
        // "this Section" where the sections were not kept: the group that is there.
        _ if kind.is_group() => vec![group],
        _ => Vec::new(),
    }
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

fn kind_of(word: &str) -> Option<Kind> {
    let lower = word.to_lowercase();
    Some(match lower.as_str() {
        _ if lower.starts_with("chap") || lower.starts_with("cap") => Kind::Chapter,
        _ if lower.starts_with("art") => Kind::Article,
        _ if lower.starts_with("sub-") || lower.starts_with("sous-") => Kind::Subsection,
        _ if lower.starts_with("sec") => Kind::Section,
        _ if lower.starts_with("tit") || lower.starts_with("tít") => Kind::Title,
        _ if lower.starts_with("part") => Kind::Part,
        _ if lower.starts_with("ann") || lower.starts_with("anex") => Kind::Annex,
        _ if lower.starts_with("proto") => Kind::Protocol,
        _ => return None,
    })
}

/// Reads "Eight (Investment), Nine and Ten" or "2 to 7": the numbers, ranges filled in, and how many bytes they take.
fn number_list(words: &str) -> (Vec<Number>, usize) {
    const MAX_RANGE: u32 = 60;
    let mut numbers: Vec<Number> = Vec::new();
    let mut at = 0;
    let mut range = false;
    while let Some((number, length)) = heading_number(&words[at..]) {
        if range && let Some(from) = numbers.last().cloned() {
            numbers.extend(between(&from, &number).take(MAX_RANGE as usize));
        }
        numbers.push(number);
        at += length;
        // A heading in brackets, or a paragraph: "Eight (Investment)", "9.3(1)".
        while let Some(inner) = words[at..].trim_start().strip_prefix('(') {
            let Some(close) = inner.find(')').filter(|close| *close <= 90) else { break };
            at = words.len() - inner.len() + close + 1;
        }
        let rest = &words[at..];
        let trimmed = rest.trim_start();
        let separators: [(&str, bool); 15] = [
            ("to ", true),
            ("through ", true),
            ("à ", true),
            ("al ", true),
            ("a ", true),
            ("– ", true),
            ("and ", false),
            ("or ", false),
            ("et ", false),
            ("ou ", false),
            ("y ", false),
            ("e ", false),
            ("o ", false),
            (", and ", false),
            (", ", false),
        ];
        let Some((separator, is_range)) = separators.iter().find(|(separator, _)| trimmed.starts_with(separator)) else { break };
        let next = rest.len() - trimmed.len() + separator.len();
        if heading_number(&words[at + next..]).is_none() {
            // ", and " with another separator before the number.
            break;
        }
        range = *is_range;
        at += next;
    }
    (numbers, at)
}

/// The numbers strictly between two of the same style.
fn between(from: &Number, to: &Number) -> impl Iterator<Item = Number> + use<> {
    let pair = from.readings.iter().find_map(|left| {
        to.readings
            .iter()
            .find(|right| {
                right.parts.len() == left.parts.len() && right.parts[..right.parts.len() - 1] == left.parts[..left.parts.len() - 1]
            })
            .map(|right| (left.clone(), right.clone()))
    });
    pair.into_iter().flat_map(|(left, right)| {
        let (low, high) = (left.parts.last().copied().unwrap_or(0), right.parts.last().copied().unwrap_or(0));
        (low + 1..high).map(move |value| {
            let mut reading = left.clone();
            if let Some(last) = reading.parts.last_mut() {
                *last = value;
            }
            Number { text: value.to_string(), readings: vec![reading] }
        })
    })
}

/// "Article XX of the GATT 1994" is no provision of this agreement.
fn is_external(after: &str) -> bool {
    let after = after.trim_start();
    let of = ["of ", "du ", "de l", "de la ", "del ", "de "].iter().find_map(|word| after.strip_prefix(word));
    of.is_some_and(|rest| {
        let rest = rest.trim_start_matches("the ").trim_start();
        !["this", "th", "présent", "presente", "present", "este", "esta"].iter().any(|own| rest.to_lowercase().starts_with(own))
    })
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
    let words = operative_words(agreement, finding.index);
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
    use super::{Agreement, Targets, number_list};
    use crate::document;

    #[test]
    fn lists_and_ranges_of_numbers() {
        let list = |words: &str| number_list(words).0.into_iter().map(|number| number.text).collect::<Vec<_>>();
        assert_eq!(list("Eight (Investment), Nine and Ten apply"), ["Eight", "Nine", "Ten"]);
        assert_eq!(list("2 to 5 of this"), ["2", "3", "4", "5"]);
        assert_eq!(list("9.3 and 9.4 do not apply"), ["9.3", "9.4"]);
    }

    #[test]
    fn targets_are_resolved() {
        let text = "CHAPTER 1\nGOODS\nArticle 1.1\nScope\nText.\nCHAPTER 2\nSERVICES\nArticle 2.1\nScope\nText.\nArticle 2.2\nTreatment\nText.\nCHAPTER 3\nEXCEPTIONS\nArticle 3.1\nGeneral\nText.\n";
        let agreement = Agreement::new(document::read(text.as_bytes()).expect("text"));
        let targets = Targets::new(&agreement);
        let at = agreement.provisions.iter().position(|p| p.id == "ch_3__art_3.1").expect("there");
        let named = |words: &str| {
            targets.named_in(&agreement, at, words).into_iter().map(|node| agreement.provisions[node].id.clone()).collect::<Vec<_>>()
        };
        assert_eq!(named("For the purposes of Chapters 1 and 2, nothing"), ["ch_1", "ch_2"]);
        assert_eq!(named("Article 2.2 does not apply to"), ["ch_2__art_2.2"]);
        assert_eq!(named("Nothing in this Agreement shall"), ["agreement"]);
        assert_eq!(named("This Chapter does not apply"), ["ch_3"]);
        assert_eq!(named("Article XX of the GATT 1994 is incorporated"), Vec::<String>::new());
        assert_eq!(named("Chapter One"), ["ch_1"]);
    }
}
