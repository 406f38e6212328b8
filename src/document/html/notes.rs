//! Footnotes of web pages: which elements hold their bodies, which marks point to them.

use std::collections::HashSet;

use scraper::{ElementRef, Node};

/// Elements that may be the body of a footnote.
const BODIES: [&str; 8] = ["li", "p", "div", "dd", "aside", "section", "tr", "span"];
/// Class names of such elements in pages of the Official Journal, of Word and of usual sites.
const CLASSES: [&str; 11] = [
    "footnote",
    "fn",
    "endnote",
    "oj-note",
    "footnote-text",
    "footnotetext",
    "msofootnotetext",
    "msoendnotetext",
    "footnote-body",
    "footnote-item",
    "doc-footnote",
];
/// Beginnings of identifiers of such elements.
const PREFIXES: [&str; 10] = ["footnote", "fn", "ftn", "_ftn", "edn", "_edn", "endnote", "note", "cite_note", "ntr"];
/// Longest mark, in characters.
const MAX_MARK: usize = 6;

/// The footnotes of a page.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// Identifiers of bodies and of what stands in them.
    targets: HashSet<String>,
}

impl Notes {
    /// Looks through the page for bodies.
    pub fn of(root: ElementRef<'_>) -> Self {
        let mut notes = Self::default();
        for node in root.descendants() {
            let Some(element) = ElementRef::wrap(node) else { continue };
            if !notes.is_body(element) {
                continue;
            }
            notes.targets.extend(element.attr("id").map(str::to_owned));
            for inner in element.descendants().skip(1).filter_map(ElementRef::wrap).take(8) {
                notes.targets.extend(inner.attr("id").map(str::to_owned));
                notes.targets.extend(inner.attr("name").map(str::to_owned));
            }
        }
        notes
    }

    /// Whether an element holds one footnote.
    pub fn is_body(&self, element: ElementRef<'_>) -> bool {
        looks_like_body(element) && !element.descendants().skip(1).filter_map(ElementRef::wrap).take(64).any(looks_like_body)
    }

    /// Whether an element is the mark of a footnote: a short link to a body, or, in a body, back to the text.
    pub fn is_mark(&self, element: ElementRef<'_>) -> bool {
        let words = words_of(element);
        let bare = words.trim();
        if matches!(bare, "↩" | "↩︎" | "↑" | "^" | "⇑") && element.value().name() == "a" {
            return true;
        }
        if mark_of(bare).is_none() {
            return false;
        }
        let link = if element.value().name() == "a" {
            Some(element)
        } else {
            element.descendants().skip(1).filter_map(ElementRef::wrap).take(8).find(|inner| inner.value().name() == "a")
        };
        let Some(fragment) = link.and_then(|link| link.attr("href")).and_then(|href| href.split_once('#')).map(|(_, fragment)| fragment)
        else {
            return false;
        };
        self.targets.contains(fragment) || is_back_link(fragment)
    }
}

fn looks_like_body(element: ElementRef<'_>) -> bool {
    let name = element.value().name();
    if !BODIES.contains(&name) {
        return false;
    }
    if matches!(element.attr("role"), Some("doc-footnote" | "doc-endnote")) {
        return true;
    }
    // A span with such a class is more often the mark than the body.
    let by_class =
        element.value().classes().any(|class| CLASSES.contains(&class.to_ascii_lowercase().as_str()) || (class == "note" && name == "p"));
    name != "span" && (by_class || element.attr("id").is_some_and(is_body_id))
}

/// `fn1`, `footnote-12`, `_ftn3`, but not `fnref1`.
fn is_body_id(id: &str) -> bool {
    let id = id.to_ascii_lowercase();
    PREFIXES.iter().any(|prefix| {
        id.strip_prefix(prefix).is_some_and(|rest| {
            let rest = rest.trim_start_matches(['-', '_', ':', '.']);
            rest.starts_with(|first: char| first.is_ascii_digit()) && rest.len() <= 12
        })
    })
}

/// `fnref1`, `_ftnref2`, `ntc3`: the place of a mark in the text.
fn is_back_link(fragment: &str) -> bool {
    let fragment = fragment.to_ascii_lowercase();
    ["fnref", "ftnref", "_ftnref", "_ednref", "footnoteref", "footnote-ref", "fn-ref", "ref-fn", "noteref", "cite_ref", "ntc"]
        .iter()
        .any(|prefix| fragment.starts_with(prefix))
}

/// The words of an element, as far as a mark can be long.
pub(super) fn words_of(element: ElementRef<'_>) -> String {
    let words = element.descendants().take(16).filter_map(|node| match node.value() {
        Node::Text(words) => Some(&**words),
        _ => None,
    });
    words.flat_map(str::chars).filter(|character| !character.is_whitespace()).take(MAX_MARK + 4).collect()
}

/// The mark without its brackets: `(12)` is `12`.
pub(super) fn mark_of(words: &str) -> Option<String> {
    let bare = words.trim().trim_matches(['(', ')', '[', ']', '.']).trim();
    let digits = !bare.is_empty() && bare.chars().all(|character| character.is_ascii_digit());
    let stars = !bare.is_empty() && bare.chars().all(|character| "*†‡§".contains(character));
    let letter = bare.len() == 1 && bare.chars().all(|character| character.is_ascii_alphabetic());
    ((digits || stars || letter) && bare.chars().count() <= MAX_MARK).then(|| bare.to_owned())
}

/// The number at the end of the identifier of a body.
pub(super) fn mark_of_id(element: ElementRef<'_>) -> Option<String> {
    let id = element.attr("id")?;
    let start = id.trim_end_matches(|character: char| character.is_ascii_digit()).len();
    id.get(start..).and_then(mark_of)
}

/// The mark that a body begins with, and how many bytes it takes with the space after it.
///
/// A bare number counts only where the identifier gives the same one: "2005 Convention" is not note 2005.
pub(super) fn typed_mark(text: &str, known: Option<&str>) -> Option<(String, usize)> {
    let first = text.split_whitespace().next()?;
    let (head, glued) =
        match first.find(')').filter(|_| first.starts_with('(')).or_else(|| first.find(']').filter(|_| first.starts_with('['))) {
            Some(end) => (&first[..=end], true),
            None => (first, false),
        };
    let mark = mark_of(head)?;
    let starred = mark.starts_with(['*', '†', '‡', '§']);
    let dotted = head.ends_with('.') && mark.len() <= 3;
    if !(glued || starred || dotted || known == Some(mark.as_str())) {
        return None;
    }
    let after = text.get(head.len()..)?;
    let length = head.len() + (after.len() - after.trim_start().len());
    (length < text.len()).then_some((mark, length))
}
