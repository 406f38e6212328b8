//! Lists of definitions without labels: each definition is an item with the term for its name.

use std::sync::LazyLock;

use regex::Regex;

use super::items::{Cut, Piece};
use crate::document::Span;
use crate::text::{floor_boundary, one_line, pattern};

/// The heading of an article of definitions, or of one that has some.
static HEADING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)(?-u:\b)(?:definitions?|définitions?|definicion(?:es)?|definición|interpretation|interprétation|interpretación)(?-u:\b)")
});
/// The chapeau of a list of definitions.
static CHAPEAU: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)(?-u:\b)(?:for (?:the )?purposes? of|aux fins d|au sens d|(?:a|para) (?:los )?(?:efectos|fines) de)"));
/// A line that begins with a term and a verb that defines it.
static DEFINITION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?mx)^[\ \t\[*_]*
        (?:(?:the\ term|the\ expression|le\ terme|les\ termes|l['’]expression|el\ término|la\ expresión|the\ terms)\s+|)
        (?:["“«‘]\s*(?P<quoted>[^"”»’\n;:.]{1,90}?)\s*["”»’]|(?P<plain>\p{L}[^\n;:."“«]{0,90}?))
        (?:\s*\([^)\n]{1,40}\))?,?[*_]*\s+
        (?:means?|shall\ mean|has\ the\ (?:same\ )?meaning|ha[vs]e\ the\ (?:same\ )?meaning|is\ defined|are\ defined|refers?\ to
          |désigne(?:nt)?|signifie(?:nt)?|s['’]entend(?:ent)?|significan?|se\ entiende|se\ entenderá\ |designan?)(?-u:\b)"#,
    )
});
/// Fewest definitions for a list under a chapeau alone, and under a heading.
const UNDER_CHAPEAU: usize = 3;
const UNDER_HEADING: usize = 2;
/// Bytes in which the chapeau is looked for.
const CHAPEAU_BYTES: usize = 400;
/// Beginnings of sentences that say what a provision means, not what a term does.
const SENTENCES: &[&str] = &[
    "this", "that", "it", "nothing", "which", "such", "these", "no", "each", "but", "for", "ce", "cette", "cela", "mais", "esto", "esta",
    "pero", "para",
];
/// Words that a sentence has and a term has not.
const VERBS: &[&str] = &["shall", "does", "may"];
/// Words between the last two definitions of a list.
const JOINING: &[&str] = &["and", "or", "et", "ou", "y", "e", "o"];

/// Adds the definitions of a list to the pieces of its article; what is cut inside a definition goes one level down.
pub(super) fn insert(text: &str, span: Span, head_end: usize, cuts: Vec<Cut>) -> Vec<Cut> {
    let body = Span::new(head_end.max(span.start), span.end).of(text);
    let headed = text.get(span.start..head_end).is_some_and(|head| HEADING.is_match(head));
    let opening = &body[..floor_boundary(body, CHAPEAU_BYTES)];
    if !headed && !CHAPEAU.is_match(opening) {
        return cuts;
    }
    let found = terms(text, body, head_end.max(span.start));
    if found.len() < if headed { UNDER_HEADING } else { UNDER_CHAPEAU } {
        return cuts;
    }
    let mut out: Vec<Cut> = Vec::with_capacity(cuts.len() + found.len());
    let mut found = found.into_iter().peekable();
    // The depth of the definitions of the list that is open, where one is.
    let mut list: Option<usize> = None;
    // How far down the pieces inside the definition that is open go: the first of them stands directly in it.
    let mut down: Option<usize> = None;
    // The depth of the piece that is open.
    let mut open = 0;
    for cut in cuts {
        while let Some((start, term)) = found.next_if(|(start, _)| *start < cut.start) {
            add(&mut out, start, term, &mut list, open);
            down = None;
        }
        // "(a) “goods” means": the item has its label.
        found.next_if(|(start, _)| *start <= cut.head_end.max(cut.start) + 1);
        if list.is_some_and(|depth| cut.depth < depth || cut.piece == Piece::Paragraph && cut.depth <= depth) {
            list = None;
        }
        open = cut.depth;
        let depth = match list {
            Some(around) => {
                let first = *down.get_or_insert(cut.depth);
                around + 1 + cut.depth.saturating_sub(first)
            }
            None => cut.depth,
        };
        out.push(Cut { depth, ..cut });
    }
    for (start, term) in found {
        add(&mut out, start, term, &mut list, open);
    }
    out
}

/// A definition opens a list in what is open, unless that is an item: then it is part of the item.
fn add(out: &mut Vec<Cut>, start: usize, term: String, list: &mut Option<usize>, open: usize) {
    let inside_item = out.last().is_some_and(|last| last.piece == Piece::Item);
    if list.is_none() && inside_item {
        return;
    }
    let depth = *list.get_or_insert(open + 1);
    out.push(Cut { start, head_end: start, depth, piece: Piece::Definition(term), number: None });
}

/// The places and terms of the lines that define something.
fn terms(text: &str, body: &str, base: usize) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for captures in DEFINITION.captures_iter(body) {
        let (Some(whole), Some(term)) = (captures.get(0), captures.name("quoted").or_else(|| captures.name("plain"))) else { continue };
        let start = base + whole.start() + (whole.as_str().len() - whole.as_str().trim_start_matches([' ', '\t']).len());
        // A line that goes on from the one before is no definition.
        let before = text[..start].trim_end();
        let blank = text[before.len()..start].matches('\n').count() >= 2;
        // "…; and" stands before the last definition.
        let last_word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
        let before = if JOINING.contains(&last_word) { before[..before.len() - last_word.len()].trim_end() } else { before };
        let ended = before.len() <= base || before.ends_with([';', ':', '.', ',', '”', '"']) || blank;
        let first = term.as_str().split_whitespace().next().unwrap_or_default().to_lowercase();
        let sentence = SENTENCES.contains(&first.as_str()) || term.as_str().split_whitespace().any(|word| VERBS.contains(&word));
        if ended && !sentence {
            found.push((start, one_line(term.as_str().trim_matches([',', '*', '_']))));
        }
    }
    found
}
