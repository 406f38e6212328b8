//! The provisions of an agreement: an indented tree, or a JSON object a line.

use std::fmt::Write;
use std::sync::LazyLock;

use serde::Serialize;

use super::super::output;
use crate::document::Span;
use crate::rules::Rulebook;
use crate::scan::{self, ThemeSet};
use crate::structure::{Agreement, Kind, OddityKind, Review};
use crate::text::one_line;

/// A node of the tree as JSON (part of the contract `clausula/1`).
#[derive(Serialize)]
struct Node<'a> {
    file: &'a str,
    id: &'a str,
    parent: Option<&'a str>,
    kind: Kind,
    number: Option<&'a str>,
    heading: Option<&'a str>,
    citation: &'a str,
    text: &'a str,
    span: Span,
    page: Option<u32>,
    source_id: Option<&'a str>,
    confidence: f64,
    themes: Vec<&'a str>,
    oddities: Vec<Odd<'a>>,
}

/// Something odd about a node.
#[derive(Serialize)]
struct Odd<'a> {
    kind: OddityKind,
    message: &'a str,
}

/// The built-in themes, read once for all files; without them (a fault that the tests of the rules exclude) none is shown.
static RULEBOOK: LazyLock<Option<Rulebook>> = LazyLock::new(|| Rulebook::of_themes().ok());

/// The names of themes.
fn names(rulebook: &Rulebook, themes: ThemeSet) -> Vec<&str> {
    themes.iter().filter_map(|theme| rulebook.themes.get(theme)).map(|theme| theme.id.as_str()).collect()
}

/// Confidence below which a node is marked in the tree.
const DOUBTFUL: f64 = 0.8;

/// How far the tree can be trusted; then a line for each node: its number, its heading, the beginning of its words; then what is odd.
pub(super) fn tree(name: &str, agreement: &Agreement) -> String {
    const WORDS: usize = 70;
    let review = agreement.review();
    let themes = RULEBOOK.as_ref().map(|rulebook| (rulebook, scan::themes(agreement, rulebook)));
    let mut out = format!("{}\n{}\n", output::harmless(name), summary(&review));
    for (index, provision) in agreement.provisions.iter().enumerate().skip(1) {
        let depth = agreement.lineage(index).count() - 2;
        let own = Span::new(provision.head_end, provision.own.end).of(&agreement.document.text);
        let beginning: String = one_line(own).chars().take(WORDS).collect();
        let label = provision
            .number
            .as_deref()
            .map_or_else(|| provision.kind.name().to_owned(), |number| format!("{} {number}", provision.kind.name()));
        let heading = provision.heading.as_deref().map_or_else(String::new, |heading| format!(" · {heading}"));
        // What a chapter is about by its heading or by its articles; what it takes from the title around it stands there.
        let group = provision.kind.is_group() || provision.kind.is_instrument();
        let about = themes.as_ref().filter(|_| group).map_or_else(String::new, |(rulebook, themes)| {
            let own = themes.own(index);
            let names = names(rulebook, if own.is_empty() { themes.content(index) } else { own });
            if names.is_empty() { String::new() } else { format!(" [{}]", names.join(", ")) }
        });
        let beginning = if beginning.is_empty() { String::new() } else { format!(" | {beginning}") };
        // What stands inside a doubtful provision is as doubtful; it need not be said again.
        let value = review.provisions[index];
        let doubtful = value < DOUBTFUL && provision.parent.is_none_or(|parent| parent == 0 || review.provisions[parent] > value);
        let mark = if doubtful { format!(" (confidence {value:.2})") } else { String::new() };
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{}{label}{mark}{}{about}{}", "  ".repeat(depth), output::harmless(&heading), output::harmless(&beginning));
    }
    for oddity in &review.oddities {
        let page = agreement.page(oddity.provision).map_or_else(String::new, |page| format!(", page {page}"));
        let citation = &agreement.provisions[oddity.provision].citation;
        let _ = writeln!(out, "odd: {}{page}: {}", output::harmless(citation), output::harmless(&oddity.message));
    }
    out
}

/// `confidence 0.93, 2 oddities`.
fn summary(review: &Review) -> String {
    let oddities = match review.oddities.len() {
        0 => "no oddities".to_owned(),
        1 => "1 oddity".to_owned(),
        many => format!("{many} oddities"),
    };
    format!("confidence {:.2}, {oddities}", review.confidence)
}

pub(super) fn ndjson(name: &str, agreement: &Agreement) -> String {
    let review = agreement.review();
    let themes = RULEBOOK.as_ref().map(|rulebook| (rulebook, scan::themes(agreement, rulebook)));
    let mut odd: Vec<Vec<Odd<'_>>> = agreement.provisions.iter().map(|_| Vec::new()).collect();
    for oddity in &review.oddities {
        odd[oddity.provision].push(Odd { kind: oddity.kind, message: &oddity.message });
    }
    let mut out = String::new();
    for (index, provision) in agreement.provisions.iter().enumerate() {
        let node = Node {
            file: name,
            id: &provision.id,
            parent: provision.parent.map(|parent| agreement.provisions[parent].id.as_str()),
            kind: provision.kind,
            number: provision.number.as_deref(),
            heading: provision.heading.as_deref(),
            citation: &provision.citation,
            text: provision.own.of(&agreement.document.text),
            span: provision.span,
            page: agreement.page(index),
            source_id: provision.source_id.as_deref(),
            confidence: review.provisions[index],
            themes: themes.as_ref().map(|(rulebook, themes)| names(rulebook, themes.with_content(index))).unwrap_or_default(),
            oddities: std::mem::take(&mut odd[index]),
        };
        output::json_line(&mut out, &node);
    }
    out
}
