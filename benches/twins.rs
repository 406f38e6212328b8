//! The same treaty twice: codes found in the plain text beside those found in the XML.
//!
//! `cargo bench --bench twins [-- --rules DIR] [--differences] [--all]` reads `pairs.json` of the corpus: the pairs with labels, and those
//! without. A code counts once for each agreement, and once for each article whose number both sides have. `--differences` lists what only
//! one side has, with what may explain it; `--all` lists the pairs without labels as well.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    missing_docs,
    reason = "a measurement, not the product"
)]

mod corpus;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use clausula::document;
use clausula::rules::Rulebook;
use clausula::scan::{self, Finding};
use clausula::structure::{Agreement, Kind};
use rayon::prelude::*;

/// One side of a pair.
struct Side {
    agreement: Agreement,
    findings: Vec<Finding>,
}

impl Side {
    fn read(path: &Path, rulebook: &Rulebook) -> Self {
        let agreement = Agreement::new(document::read(&std::fs::read(path).unwrap()).unwrap());
        let mut findings = scan::scan(&agreement, rulebook).findings;
        findings.retain(|finding| !finding.code.starts_with("support."));
        Self { agreement, findings }
    }

    /// The article of a finding: its number, and its chapter's where numbers come again.
    fn article(&self, index: usize) -> String {
        let provision = &self.agreement.provisions[self.agreement.article_of(index)];
        match (provision.kind, &provision.number) {
            (Kind::Article, Some(number)) => number.to_uppercase(),
            (Kind::Preamble, _) => "preamble".to_owned(),
            _ => "-".to_owned(),
        }
    }

    fn articles(&self) -> BTreeSet<String> {
        (0..self.agreement.provisions.len()).map(|index| self.article(index)).filter(|article| article != "-").collect()
    }

    /// Whether the finding stands in what the XML never has: an annex, a protocol, a schedule, a letter, a footnote.
    fn is_outside(&self, index: usize) -> bool {
        self.agreement.lineage(index).any(|at| {
            let kind = self.agreement.provisions[at].kind;
            kind.is_instrument() || matches!(kind, Kind::Footnote | Kind::Entry)
        })
    }
}

#[derive(Default)]
struct Score {
    /// Codes of agreements, and of articles, that both sides have, and that either has.
    agreements: [usize; 2],
    articles: [usize; 2],
    causes: BTreeMap<&'static str, usize>,
    lines: Vec<String>,
}

fn main() {
    let Some(folder) = corpus::folder() else { return };
    let rulebook = corpus::rulebook();
    let (show, all) = (corpus::flag("--differences"), corpus::flag("--all"));
    let labelled: BTreeSet<String> = serde_json::from_slice(&std::fs::read(folder.join("gold/agreements.json")).unwrap()).unwrap();
    let pairs: Vec<serde_json::Value> = serde_json::from_slice(&std::fs::read(folder.join("pairs.json")).unwrap()).unwrap();
    for (name, wanted) in [("labelled", true), ("without labels", false)] {
        let those: Vec<&serde_json::Value> =
            pairs.iter().filter(|pair| labelled.contains(pair["tota"].as_str().unwrap()) == wanted).collect();
        let scores: Vec<Score> = those.par_iter().map(|pair| compare(&folder, pair, &rulebook)).collect();
        let sum = |of: fn(&Score) -> [usize; 2]| scores.iter().map(of).fold([0, 0], |total, one| [total[0] + one[0], total[1] + one[1]]);
        let (agreements, articles) = (sum(|score| score.agreements), sum(|score| score.articles));
        println!(
            "{name}: {} pairs; agreement × code equal {}/{} = {:.3}; article × code equal {}/{} = {:.3}",
            those.len(),
            agreements[0],
            agreements[1],
            agreements[0] as f64 / agreements[1].max(1) as f64,
            articles[0],
            articles[1],
            articles[0] as f64 / articles[1].max(1) as f64
        );
        let mut causes: BTreeMap<&str, usize> = BTreeMap::new();
        for (cause, count) in scores.iter().flat_map(|score| &score.causes) {
            *causes.entry(cause).or_default() += count;
        }
        for (cause, count) in causes {
            println!("    {count:4} {cause}");
        }
        if show && (wanted || all) {
            scores.iter().flat_map(|score| &score.lines).for_each(|line| println!("{line}"));
        }
    }
}

fn compare(folder: &Path, pair: &serde_json::Value, rulebook: &Rulebook) -> Score {
    let (tota, file) = (pair["tota"].as_str().unwrap(), pair["file"].as_str().unwrap());
    let xml = Side::read(&folder.join("tota").join(format!("{tota}.xml")), rulebook);
    let text = Side::read(&folder.join("texts").join(file), rulebook);
    let absent: BTreeSet<&str> =
        pair["absent"].as_array().map(|list| list.iter().filter_map(|id| id.as_str()).collect()).unwrap_or_default();
    let mut score = Score::default();
    let codes = |side: &Side| -> BTreeSet<&'static str> { side.findings.iter().map(|finding| finding.code).collect() };
    let (of_xml, of_text) = (codes(&xml), codes(&text));
    // What stands in an annex that the XML does not have says nothing of how the text was read.
    let only_outside =
        |code: &&str| text.findings.iter().filter(|finding| finding.code == *code).all(|finding| text.is_outside(finding.index));
    for code in of_xml.union(&of_text) {
        match (of_xml.contains(code), of_text.contains(code)) {
            (true, true) => score.agreements[0] += 1,
            (false, true) if only_outside(code) => continue,
            _ => {}
        }
        score.agreements[1] += 1;
    }
    let shared: BTreeSet<String> = xml.articles().intersection(&text.articles()).cloned().collect();
    let in_articles = |side: &Side, main_only: bool| -> HashMap<(String, &'static str), Finding> {
        let mut found = HashMap::new();
        for finding in &side.findings {
            let article = side.article(finding.index);
            if shared.contains(&article) && !(main_only && side.is_outside(finding.index)) {
                found.entry((article, finding.code)).or_insert_with(|| finding.clone());
            }
        }
        found
    };
    let (one, other) = (in_articles(&xml, false), in_articles(&text, true));
    let keys: BTreeSet<&(String, &str)> = one.keys().chain(other.keys()).collect();
    for key in keys {
        score.articles[1] += 1;
        let (finding, here, there, missing_from) = match (one.get(key), other.get(key)) {
            (Some(_), Some(_)) => {
                score.articles[0] += 1;
                continue;
            }
            (Some(finding), None) => (finding, &xml, &text, "text"),
            (None, Some(finding)) => (finding, &text, &xml, "XML"),
            (None, None) => continue,
        };
        let cause = cause(finding, here, there, &absent);
        *score.causes.entry(cause).or_default() += 1;
        let quote: String = finding.quote.split_whitespace().collect::<Vec<_>>().join(" ");
        score
            .lines
            .push(format!("{tota} {file}: {} Art. {} not in the {missing_from} | {cause} | [{}] {quote}", key.1, key.0, finding.rule));
    }
    score
}

/// What may explain that only one side has a code of an article.
fn cause(finding: &Finding, here: &Side, there: &Side, absent: &BTreeSet<&str>) -> &'static str {
    if finding.source_id.as_deref().is_some_and(|id| absent.contains(id)) {
        return "the text lacks the article";
    }
    if let Some(other) = there.findings.iter().find(|other| other.code == finding.code && alike(&other.quote, &finding.quote)) {
        return if there.is_outside(other.index) || here.is_outside(finding.index) {
            "cut into an annex, protocol or note"
        } else {
            "the same words in another article"
        };
    }
    let letters = letters(&finding.quote);
    let Some(at) = place(&there.agreement.document.text, &letters) else { return "the words differ or are not there" };
    let node = there.agreement.at(at);
    let kind = there.agreement.provisions[node].kind;
    if matches!(kind, Kind::Front | Kind::Contents | Kind::Signature) {
        return "taken for a front page, contents or signatures";
    }
    if there.article(node) != here.article(finding.index) {
        return "the words in another article, and not found there";
    }
    "the same words in the same article, and not found: theme, chapeau or language"
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn alike(one: &str, other: &str) -> bool {
    let (one, other) = (letters(one), letters(other));
    one.contains(&other) || other.contains(&one)
}

/// Where the letters stand in a text.
fn place(text: &str, wanted: &str) -> Option<usize> {
    let mut all = String::new();
    let mut places = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
        for lower in c.to_lowercase() {
            all.push(lower);
            places.extend(std::iter::repeat_n(at, lower.len_utf8()));
        }
    }
    all.find(wanted).map(|at| places[at])
}
