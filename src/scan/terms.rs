//! Names that an agreement defines for the Convention: each later use is a reference to it.

use std::collections::HashSet;

use super::Finding;
use super::fold::Folded;
use crate::document::Span;
use crate::rules::words::canonical;
use crate::structure::{Agreement, DefinedTerm};
use crate::text::{ceil_boundary, floor_boundary};

/// How far behind the title of the Convention its short name may stand, in bytes.
const REACH: usize = 160;

/// Most names that are followed: an agreement has one or two, and each is looked for in the whole text.
const MAX_NAMES: usize = 32;

/// Adds a finding for every later use of a name that was defined right behind the title of the Convention.
pub(super) fn later_uses(agreement: &Agreement, folded: &Folded, findings: &mut Vec<Finding>, scanned: impl Fn(usize) -> bool) {
    let text = &agreement.document.text;
    let mut added: Vec<Finding> = Vec::new();
    let mut known: HashSet<usize> =
        findings.iter().filter(|finding| finding.code == "ref.convention").map(|finding| finding.index).collect();
    if known.is_empty() {
        return;
    }
    let defined = agreement.defined_terms();
    let mut names: HashSet<(String, usize)> = HashSet::new();
    for finding in findings.iter().filter(|finding| finding.code == "ref.convention") {
        let Some(name) = name_behind(&defined, finding.span) else { continue };
        let (term, defined_at) = (name.term.as_str(), name.span.end);
        let words: Vec<String> = term.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(canonical).collect();
        // A bare "Convention" is only sure within the instrument that defines it.
        let instrument = instrument_of(agreement, finding.index);
        let needle = format!(" {} ", words.join(" "));
        let holds_in = if words.len() == 1 { instrument } else { 0 };
        if names.len() >= MAX_NAMES || !names.insert((needle.clone(), holds_in)) {
            continue;
        }
        let mut first = 0;
        for (at, _) in folded.text.match_indices(&needle) {
            first = folded.token_at(at + 1, first);
            let (Some(start), Some(end)) = (folded.tokens.get(first), folded.tokens.get(first + words.len() - 1)) else { continue };
            let span = Span::new(start.source.start, end.source.end);
            if span.start < defined_at {
                continue;
            }
            let index = agreement.at(span.start);
            // "the Convention on Biological Diversity" is another one.
            let goes_on = text[span.end..].trim_start();
            let named_otherwise =
                ["on ", "for ", "concerning ", "relating ", "sur ", "pour ", "concernant ", "relative ", "sobre ", "para ", "relativa "]
                    .iter()
                    .any(|word| goes_on.starts_with(word))
                    || words.len() == 1 && (goes_on.starts_with("of ") || !text[span.start..].starts_with(char::is_uppercase));
            // A heading says what its article is about; the reference is in the words below it.
            let in_heading = span.start < agreement.provisions[index].head_end;
            if known.contains(&index)
                || in_heading
                || !scanned(index)
                || named_otherwise
                || words.len() == 1 && instrument_of(agreement, index) != instrument
            {
                continue;
            }
            known.insert(index);
            let provision = &agreement.provisions[index];
            let quote_span = around(text, span, provision.own);
            added.push(Finding {
                id: String::new(),
                code: "ref.convention",
                rule: "defined-name-of-the-convention".into(),
                provision: provision.id.clone(),
                citation: provision.citation.clone(),
                source_id: agreement.source_id_of(index),
                quote: quote_span.of(text).to_owned(),
                lead_in: None,
                span: quote_span,
                page: agreement.document.page_at(quote_span.start),
                index,
                draft: None,
                phrase: None,
                conditions: Vec::new(),
                ..finding.clone()
            });
        }
    }
    findings.append(&mut added);
}

/// The short name of the Convention that is defined right behind a span.
fn name_behind(defined: &[DefinedTerm], span: Span) -> Option<&DefinedTerm> {
    const MAX_WORDS: usize = 6;
    // The quote may hold the definition already, so the search begins inside it.
    let first = defined.partition_point(|term| term.span.start < span.start);
    defined[first..].iter().take_while(|term| term.span.start <= span.end + REACH).find(|defined| {
        let lower = defined.term.to_lowercase();
        (lower.contains("convention") || lower.contains("convención")) && lower.split_whitespace().count() <= MAX_WORDS
    })
}

/// The annex, protocol or main text that holds a node.
fn instrument_of(agreement: &Agreement, index: usize) -> usize {
    agreement.lineage(index).find(|&at| agreement.provisions[at].kind.is_instrument()).unwrap_or(0)
}

/// A few words on either side of a use, inside its provision.
fn around(text: &str, span: Span, limits: Span) -> Span {
    const MARGIN: usize = 70;
    let start = ceil_boundary(text, span.start.saturating_sub(MARGIN).max(limits.start));
    let end = floor_boundary(text, (span.end + MARGIN).min(limits.end).max(span.end));
    // Whole words only.
    let cut = &text[start..span.start];
    let start = if start > limits.start {
        start + cut.find(char::is_whitespace).map_or(0, |at| at + 1)
    } else {
        start + (cut.len() - cut.trim_start().len())
    };
    let tail = &text[span.end..end];
    let end = if end < limits.end { span.end + tail.rfind(char::is_whitespace).unwrap_or(0) } else { span.end + tail.trim_end().len() };
    Span::new(start, end)
}

#[cfg(test)]
mod tests {
    use super::{Span, name_behind};
    use crate::{document, structure::Agreement};

    #[test]
    fn names_in_three_languages() {
        for (text, term) in [
            ("the Diversity of Cultural Expressions (hereinafter referred to as “the UNESCO Convention”), and", Some("UNESCO Convention")),
            ("de la diversité des expressions culturelles (ci-après dénommée « la Convention »)", Some("Convention")),
            ("de las expresiones culturales (en adelante, \"la Convención\")", Some("Convención")),
            ("the diversity of cultural expressions, as set out in “another text”", None),
        ] {
            let text = format!("Article 1\nCulture\n1. The Parties recall {text}.\n");
            let agreement = Agreement::new(document::read(text.as_bytes()).expect("plain text"));
            let defined = agreement.defined_terms();
            assert_eq!(name_behind(&defined, Span::new(10, 60)).map(|found| found.term.as_str()), term, "{text}");
        }
    }
}
