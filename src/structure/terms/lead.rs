//! The words before a defining verb: which of them are the term.

use std::sync::LazyLock;

use regex::Regex;

use super::scope::{DEFINITIONS, FOR};
use crate::document::Span;
use crate::text::pattern;

/// Most words of a term without quotation marks.
const MAX_WORDS: usize = 14;
/// Most bytes beside the quotation marks in the words before the verb.
const MAX_BESIDE: usize = 90;
/// Most terms of one definition.
const MAX_TERMS: usize = 8;

/// Most words of a heading on the line of the first statement.
const MAX_HEADING: usize = 3;

/// Marks, numbers and conjunctions before the first word of a statement.
static MARKS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)^(?:\s+|\[|\d{1,3}(?:-\d{1,3})?\s*\n|[•·*–—‑-]+\s|\(?[A-Za-z]{1,2}\)\s*|\(?(?:[ivx]{1,5}|[IVX]{1,5}|\d{1,3})\)\s*|\d{1,3}(?:\.\d{1,2})*\.?\s+|(?i:and|or|y|e|et|where|however|in\ addition)\b[,\s]\s*)",
    )
});
/// `the term`, `l'expression`, `los términos`: what follows is a term.
static INTRODUCED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix)^(?:(?:the|each|any)\s+)?(?:following\s+)?(?:terms?|expressions?|words?|phrases?)\s*:?\s+
          |^(?:les?\s+)?(?:termes?|mots?)\s+|^(?:l['’]|les\s+)expressions?\s+
          |^(?:el|los|por\s+el|por\s+los)?\s*(?:términos?|vocablos?)\s+|^(?:por\s+)?(?:la|las)\s+(?:expresi(?:ón|ones)|palabras?)\s+",
    )
});
/// The article before a term.
static ARTICLE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^(?:(?:the|an?|el|la|los|las|un|una|les?|une|des)\s+|l['’]\s*)"));
/// Words in quotation marks.
static QUOTED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r#"["“”„«]\s*([^"“”„«»]{1,150}?)\s*["“”»]|(?:^|[\s(])(?:''|‘‘|’’|['‘’`])\s*([^"“”«»]{1,150}?)\s*(?:''|’’|['’])(?:[\s,;:.)]|$)"#)
});
/// Beginnings and words that no term has: the sentence speaks of something else.
static SENTENCE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix)^(?:(?:articles?|paragraphs?|sub-?paragraphs?|artículos?|apartados?|paragraphes?)\s+[\d(]\S*|this|that|these|those|it|they|which|who|such|if|where|when|unless|by|for|with|without|subject|nothing|no|each|neither|if|as|in|note|following|
              see|pursuant|notwithstanding|except|however|there|to|any\s+(?:other\s+)?|what|does|not|but|
              esto|esta|este|ello|si|cuando|cada|lo|no|sin|con|para|por|cela|ceci|ce|cette|ces|il|ils|elle|elles|si|chaque|toute?|pour|sans|avec|dans|en)\s
          |^(?:it|this|that|they|which|term|terms|esto|ello|cela|ceci|il|elle|parties|partes)$
          |(?:^|\s)(?:shall|may|must|will|be|been|does|do|agree|agrees|agreed|provided|except|which|that|this|these|whether|doivent|doit|peut|peuvent|
              podrá|podrán|deberá|deberán)(?:\s|$)",
    )
});
/// A verb makes a sentence, unless it stands in a clause ("place where the producer is located").
static CLAUSE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)(?:^|\s)(?:is|are|was|were|has|have|est|sont|es|son|que|qui)(?:\s|$)"));
/// What may stand between a term and its verb: "with respect to a Party".
static RESPECT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix)(?:
            ,\s*(?:with\s+(?:respect|regard|reference)\s+to|in\s+(?:relation|respect|the\s+case)\s+(?:to|of)|as\s+regards|in\s+regard\s+to|when\s+used|as\s+used|for
              |con\s+respecto\s+a|respecto\s+(?:de|a)|en\s+relación\s+con|en\s+lo\s+que\s+respecta\s+a|en\s+ce\s+qui\s+concerne|s['’]agissant|unless)
          | \s+(?:with\s+(?:respect|regard|reference)\s+to|when\s+used|as\s+used|for\s+(?:the\s+)?purposes?\s+of|con\s+respecto\s+a|respecto\s+(?:de|a))
          | \s+,
          )(?:(?-u:\b)|\s)[\s\S]*$",
    )
});

/// What stands before the verb.
#[derive(Debug)]
pub(super) struct Lead<'t> {
    /// Where the terms stand (bytes of the text).
    pub terms: Vec<Span>,
    /// In quotation marks.
    pub quoted: bool,
    /// After "the term".
    pub introduced: bool,
    /// The words of scope in the statement.
    pub scope: Option<regex::Captures<'t>>,
}

/// Reads the words of a statement before its verb.
pub(super) fn read(text: &str, span: Span) -> Option<Lead<'_>> {
    let mut start = span.start;
    let end = span.start + span.of(text).trim_end_matches(|c: char| c.is_whitespace() || c == ':' || c == ',').len();
    let rest = |start: usize| text.get(start..end).unwrap_or_default();
    start = past(start, rest(start), &MARKS);
    // "For the purposes of this Article, …": what follows the comma.
    let scope = FOR.captures(rest(start));
    if let Some(found) = scope.as_ref().and_then(|found| found.get(0)) {
        let before = rest(start)[..found.start()].trim();
        let heading = before.split_whitespace().count() <= MAX_HEADING && DEFINITIONS.is_match(before);
        if before.is_empty() || heading {
            start += found.end();
            let tail = rest(start);
            let comma = match tail.find(['"', '“', '«', '„', '‘']) {
                Some(quote) => tail[..quote].rfind(','),
                None => tail.rfind(','),
            };
            start += comma.map_or(0, |at| at + 1);
        }
    }
    start = past(start, rest(start), &MARKS);
    let introduced = INTRODUCED.find(rest(start)).map(|found| found.end());
    start += introduced.unwrap_or(0);
    start = past(start, rest(start), &MARKS);
    let words = rest(start);
    let quoted = quoted(words, start);
    if !quoted.is_empty() {
        let inside: usize = quoted.iter().map(|span| span.len()).sum();
        let first = quoted[0].start - start;
        let clear = SENTENCE.find(&words[..first]).is_none();
        return (words.len() - inside <= MAX_BESIDE && clear && first <= MAX_BESIDE / 2).then_some(Lead {
            terms: quoted,
            quoted: true,
            introduced: introduced.is_some(),
            scope,
        });
    }
    let term = bare(text, Span::new(start, end))?;
    Some(Lead { terms: split(text, term), quoted: false, introduced: introduced.is_some(), scope })
}

fn past(mut start: usize, mut words: &str, marks: &Regex) -> usize {
    while let Some(found) = marks.find(words).filter(|found| found.end() > 0) {
        start += found.end();
        words = &words[found.end()..];
    }
    start
}

/// The terms in quotation marks in some words that begin at `offset`, without their articles.
pub(super) fn quoted(words: &str, offset: usize) -> Vec<Span> {
    let found = QUOTED.captures_iter(words).filter_map(|found| found.get(1).or_else(|| found.get(2)));
    found
        .map(|term| {
            let article = ARTICLE.find(term.as_str()).map_or(0, |found| found.end());
            let kept = term.as_str().trim_end_matches([',', ';', ':', '\\']);
            Span::new(offset + term.start() + article.min(kept.len()), offset + term.start() + kept.len())
        })
        .filter(|span| !span.is_empty())
        .take(MAX_TERMS)
        .collect()
}

/// A term without quotation marks, or none where the words are those of a sentence.
pub(super) fn bare(text: &str, span: Span) -> Option<Span> {
    let mut words = span.of(text);
    // "X (hereinafter Y) means", "X, with respect to a Party, means".
    if let Some(at) = words.find('(').filter(|&at| words[at..].trim_end().ends_with(')') && words[..at].trim().len() > 1) {
        words = words[..at].trim_end();
    }
    if let Some(found) = RESPECT.find(words).filter(|found| found.start() > 0) {
        words = &words[..found.start()];
    }
    let start = span.start + ARTICLE.find(words).map_or(0, |found| found.end());
    let words = text.get(start..span.start + words.trim_end().len())?;
    // The mark of a footnote: "investment4 means".
    let letters = words.trim_end_matches(|c: char| c.is_ascii_digit());
    let words = if words.len() - letters.len() <= 3 && letters.ends_with(char::is_lowercase) { letters } else { words };
    let fits = words.split_whitespace().count() <= MAX_WORDS
        && words.chars().any(char::is_alphabetic)
        && !SENTENCE.is_match(words)
        && (!CLAUSE.is_match(words) || [" where ", " who ", " donde ", " où "].iter().any(|opening| words.contains(opening)))
        && !words.contains(['\u{c}', ';', '|', '“', '”', '"', '«', '»'])
        && words.matches(',').count() <= 3;
    fits.then_some(Span::new(start, start + words.len()))
}

/// "X or Y means": two terms where both end in the same word, or one holds the other.
fn split(text: &str, term: Span) -> Vec<Span> {
    const BETWEEN: [&str; 7] = [" or ", " and ", "/", " o ", " y ", " ou ", " et "];
    let words = term.of(text);
    for between in BETWEEN {
        if let Some((first, second)) = words.split_once(between) {
            let last = |words: &str| words.split_whitespace().next_back().unwrap_or_default().to_lowercase();
            let short = second.trim().trim_end_matches("ten");
            let head = |words: &str| words.split_whitespace().next().unwrap_or_default().to_lowercase();
            let long = first.split_whitespace().count() > 1 && second.split_whitespace().count() > 1;
            let alike = long && head(first) == head(second)
                || last(first) == last(second)
                || first.trim().ends_with(second.trim())
                || first.trim().ends_with(short) && short.len() > 3;
            if alike && !second.trim().is_empty() {
                let from = term.end - second.trim_start().len();
                return vec![Span::new(term.start, term.start + first.trim_end().len()), Span::new(from, term.end)];
            }
        }
    }
    vec![term]
}
