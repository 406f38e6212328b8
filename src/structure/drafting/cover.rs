//! In which provision a passage begins, and which provisions it covers from the first word to the last.

use super::{Passage, PassageKind};
use crate::document::Span;
use crate::structure::{Agreement, Kind};

/// Most bytes of an attribution before the first word of a provision.
const ATTRIBUTION: usize = 80;

/// Fills in [`Passage::provision`] and [`Passage::whole`].
pub(super) fn place(agreement: &Agreement, passages: &mut [Passage]) {
    let words = words(agreement, passages);
    for passage in passages.iter_mut() {
        passage.provision = agreement.at(passage.span.start);
        if passage.kind == PassageKind::Position {
            continue;
        }
        // The words of a parent begin no later than those of its children, so the starts are in order.
        let mut at = words.partition_point(|words| words.start < passage.span.start);
        while let Some(own) = words.get(at).filter(|own| own.start < passage.span.end) {
            let provision = &agreement.provisions[at];
            if at > 0 && !own.is_empty() && own.end <= passage.span.end && provision.kind != Kind::Continuation {
                passage.whole.push(at);
                // What stands in it is covered with it.
                at += agreement.provisions[at..].partition_point(|inner| inner.span.start < provision.span.end).max(1);
            } else {
                at += 1;
            }
        }
        // A bracket that opens before the label of an item, perhaps with a name, lies in the words of what stands before.
        if let Some(&first) = passage.whole.first().filter(|_| passage.in_brackets) {
            let before = Span::new(passage.span.start + 1, agreement.provisions[first].span.start).of(&agreement.document.text).trim();
            if before.is_empty() || before.len() <= ATTRIBUTION && before.ends_with(':') {
                passage.provision = first;
            }
        }
    }
}

/// The words of every provision without its label, its heading and the positions and notes that close it.
fn words(agreement: &Agreement, passages: &[Passage]) -> Vec<Span> {
    let text = agreement.document.text.as_str();
    let mut words: Vec<Span> = vec![Span::default(); agreement.provisions.len()];
    let mut positions: Vec<Span> =
        passages.iter().filter(|passage| passage.kind == PassageKind::Position).map(|passage| passage.span).collect();
    positions.extend(passages.iter().filter_map(|passage| line_of_mark(text, passage)));
    positions.extend(agreement.provisions.iter().filter(|provision| provision.kind == Kind::Footnote).map(|provision| provision.span));
    positions.sort_unstable_by_key(|span| span.end);
    for index in (0..agreement.provisions.len()).rev() {
        let provision = &agreement.provisions[index];
        let own = Span::new(provision.head_end, provision.own.end).of(text);
        let blank = own.trim_start_matches(|c: char| c.is_whitespace() || c == '[').is_empty();
        let child = agreement.provisions.get(index + 1).filter(|child| child.parent == Some(index));
        let start =
            if blank && child.is_some() { words[index + 1].start } else { provision.head_end + (own.len() - own.trim_start().len()) };
        words[index] = Span::new(start, closed(text, Span::new(start, provision.span.end.max(start)), &positions));
    }
    words
}

/// The line of a mark that stands alone before what it marks: it closes no paragraph before it.
fn line_of_mark(text: &str, passage: &Passage) -> Option<Span> {
    let line = passage.span.of(text).lines().next().filter(|_| !passage.in_brackets)?;
    line.trim_end().ends_with(':').then(|| Span::new(passage.span.start, passage.span.start + line.len()))
}

/// The end of the words of a span before positions, notes and marks that close it.
fn closed(text: &str, span: Span, positions: &[Span]) -> usize {
    let mut end = span.end;
    loop {
        let words = Span::new(span.start, end).of(text);
        let trimmed = words.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ';' | '.' | ',' | '*' | '_'));
        let trimmed = ["and", "or", "et", "ou", "y", "o"]
            .iter()
            .find_map(|joint| trimmed.strip_suffix(joint).filter(|rest| rest.ends_with([' ', '\n'])))
            .map_or(trimmed, |rest| rest.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ';' | '.' | ',')));
        let cut = span.start + trimmed.len();
        let at = positions.partition_point(|position| position.end < cut);
        // A footnote ends with its line break, which is white space here.
        let closing =
            positions[at..].iter().take(2).find(|position| position.start >= span.start && position.start < cut && position.end <= end);
        match closing {
            Some(position) => end = position.start,
            None => return cut,
        }
    }
}
