//! What stands after a list: words that end the sentence of its chapeau, and paragraphs without a number.

use super::items::{Cut, Piece};
use crate::document::Span;

/// Fewest bytes of a paragraph without a number; less is the end of a line.
const MIN_PARAGRAPH: usize = 30;
/// Fewest bytes of words that end the sentence of a chapeau (`shall apply.`).
const MIN_TAIL: usize = 10;
/// A line that is shorter than this share of the longest of its article ends a paragraph (in tenths).
const SHORT_LINE: usize = 7;
/// The longest line of a text whose lines are broken at the margin, in bytes.
const WRAPPED: usize = 160;

/// Takes out of the last item of each list what does not belong to it: a node of its own, in what the list stands in.
pub(super) fn insert(text: &str, span: Span, cuts: Vec<Cut>) -> Vec<Cut> {
    let longest = span.of(text).lines().map(str::len).max().unwrap_or_default();
    let mut out: Vec<Cut> = Vec::with_capacity(cuts.len());
    // Whether the piece directly in the article that is open is a numbered paragraph.
    let mut in_paragraph = false;
    // The depth of the definition that is open, where one is.
    let mut definition: Option<usize> = None;
    for (index, cut) in cuts.iter().enumerate() {
        let next = cuts.get(index + 1);
        let end = next.map_or(span.end, |next| next.start);
        if cut.depth == 1 {
            in_paragraph = cut.piece == Piece::Paragraph;
        }
        if definition.is_some_and(|depth| cut.depth <= depth) {
            definition = None;
        }
        if matches!(cut.piece, Piece::Definition(_)) {
            definition = Some(cut.depth);
        }
        out.push(cut.clone());
        if cut.piece != Piece::Item || next.is_some_and(|next| next.depth > cut.depth) {
            continue;
        }
        let going_on = cuts[index + 1..].iter().find(|next| matches!(next.piece, Piece::Item | Piece::Paragraph | Piece::Definition(_)));
        // An item that the count of its list goes on after is not the last.
        if going_on.is_some_and(|next| next.depth == cut.depth && next.piece == Piece::Item && !begins(next)) {
            continue;
        }
        let words = text.get(cut.head_end..end).unwrap_or_default();
        if let Some(at) = tail(words, longest) {
            let outer = going_on.filter(|next| next.depth < cut.depth && next.piece == Piece::Item && !begins(next));
            let depth = match outer {
                // The list outside goes on, so that the words belong to its item.
                Some(next) => next.depth + 1,
                None => definition.map_or(1 + usize::from(in_paragraph && cut.depth > 1), |depth| depth + 1),
            };
            let start = cut.head_end + at;
            out.push(Cut { start, head_end: start, depth, piece: Piece::Paragraph, number: None });
        }
    }
    out
}

/// Whether a label begins a list: `a`, `i`, `1`.
fn begins(cut: &Cut) -> bool {
    cut.number.as_deref().is_some_and(|number| matches!(number, "a" | "A" | "i" | "I" | "1"))
}

/// Where the words of the item end and those after the list begin.
fn tail(words: &str, longest: usize) -> Option<usize> {
    let mut at = 0;
    let mut lines = words.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        let length = line.trim_end().len();
        at += line.len();
        let ended = line.trim_end();
        let mut blank = false;
        while let Some(empty) = lines.next_if(|next| next.trim().is_empty()) {
            at += empty.len();
            blank = true;
        }
        let Some(next) = words.get(at..) else { continue };
        let start = at + (next.len() - next.trim_start().len());
        let next = next.trim();
        let sentence = ended.ends_with(['.', '”', '"']) && next.starts_with(char::is_uppercase) && next.len() > MIN_PARAGRAPH;
        let short = longest < WRAPPED && length * 10 < longest * SHORT_LINE;
        let after_item = ended.ends_with(';') && next.starts_with(char::is_alphabetic) && next.len() > MIN_TAIL;
        if sentence && (blank || short) || after_item {
            return Some(start);
        }
    }
    None
}
