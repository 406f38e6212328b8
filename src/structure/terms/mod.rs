//! Defined terms: which words an agreement gives a meaning of its own, where, and for which of its parts.
//!
//! Two ways of defining are followed. A statement gives a term its meaning (`"X" means Y;`, `« X » désigne Y`, `X: Y` in a
//! definitions article; [`statements`]); a short name is put behind what it stands for (`Y (hereinafter "X")`,
//! [`abbreviations`]). [`scope`] reads for which part the words hold.
//!
//! Source of the forms: the drafting habits of trade agreements in English, French and Spanish from the 1950s on.

mod abbreviations;
mod lead;
mod phrase;
mod scope;
mod statements;

use super::Agreement;
use crate::document::{AsideKind, Span};
use crate::text::{ceil_boundary, floor_boundary};

/// A term that an agreement defines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DefinedTerm {
    /// The term as written, on one line, without quotation marks and article.
    pub term: String,
    /// Where the term stands in the definition (bytes).
    pub span: Span,
    /// The words that define it (bytes), lists inside included.
    pub definition: Span,
    /// The provision (index in [`Agreement::provisions`]) in which the term is defined.
    pub index: usize,
    /// The provision for which the definition holds; 0 is the whole agreement.
    pub scope: usize,
}

impl Agreement {
    /// The terms that the agreement defines, in the order of the text.
    ///
    /// # Example
    /// ```
    /// use clausula::{document, structure::Agreement};
    /// let text = "CHAPTER 1\nTRADE\nArticle 1\nDefinitions\nFor the purposes of this Chapter:\n(a) “good” means any product; and\n(b) “duty” means a charge.\n";
    /// let agreement = Agreement::new(document::read(text.as_bytes())?);
    /// let terms = agreement.defined_terms();
    /// assert_eq!(terms[0].term, "good");
    /// assert_eq!(terms[0].definition.of(text), "any product");
    /// assert_eq!(agreement.provisions[terms[0].scope].citation, "Ch. 1");
    /// # Ok::<(), clausula::document::ReadError>(())
    /// ```
    #[must_use]
    pub fn defined_terms(&self) -> Vec<DefinedTerm> {
        let places = scope::Places::new(self);
        let mut found = statements::find(self, &places);
        found.extend(abbreviations::find(self, &places));
        found.sort_by_key(|defined| (defined.span.start, defined.definition.start));
        found.dedup_by_key(|defined| defined.span);
        found
    }
}

/// The words of a span without white space, running heads, marks and conjunctions around them.
fn trimmed(agreement: &Agreement, span: Span) -> Span {
    const CONJUNCTIONS: [&str; 6] = ["and", "or", "et", "ou", "y", "o"];
    let text = &agreement.document.text;
    let asides = &agreement.document.asides;
    let (mut start, mut end) = (ceil_boundary(text, span.start), floor_boundary(text, span.end));
    if start >= end {
        return Span::new(start, start);
    }
    let head = &text[start..end];
    start += head.len() - head.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ':' | ';')).len();
    loop {
        let words = text.get(start..end).unwrap_or_default();
        let kept = words.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ';' | ',' | '.' | ':'));
        // "…; and" before the last item of a list.
        let last = kept.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        let before = kept[..kept.len() - last.len()].trim_end();
        let kept = if CONJUNCTIONS.contains(&last) && before.ends_with([';', ',']) { before } else { kept };
        let mut next = start + without_page_mark(kept).len();
        // A page number at the foot belongs to no definition.
        let aside = asides.partition_point(|aside| aside.span.start < next);
        if let Some(aside) = aside.checked_sub(1).and_then(|at| asides.get(at))
            && aside.kind != AsideKind::Footnote
            && aside.span.start > start
            && aside.span.end >= next
        {
            next = aside.span.start;
        }
        if next == end {
            break;
        }
        end = next;
    }
    Span::new(start, end.max(start))
}

/// Without a last line that is only the number of a page ("12", "2-6", "XIX") behind a sentence that has ended.
fn without_page_mark(words: &str) -> &str {
    let Some((before, line)) = words.rsplit_once('\n') else { return words };
    let line = line.trim();
    let number = line.starts_with(|c: char| c.is_ascii_digit()) && line.chars().all(|c| c.is_ascii_digit() || c == '-');
    let roman = !line.is_empty() && line.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L'));
    let ended = before.trim_end().ends_with(['.', ';', ':']);
    if (number || roman) && line.len() <= 7 && ended { before } else { words }
}

#[cfg(test)]
mod tests;
