//! What must hold of whatever was read, however damaged the file was.

pub mod tree;

use clausula::analysis::Analysis;
use clausula::document::{As, Document, Span};
use clausula::structure::Agreement;

/// Reads `bytes` and analyses what was read; the fault that a result shows, in words. An error that says what is wrong is no fault.
///
/// # Errors
/// The first promise that is not kept.
pub fn check(bytes: &[u8], rulebook: &clausula::rules::Rulebook) -> Result<bool, String> {
    let document = match clausula::document::read(bytes) {
        Ok(document) => document,
        Err(error) => {
            let words = error.to_string();
            return if words.len() > 20 { Ok(false) } else { Err(format!("an error that says nothing: {words}")) };
        }
    };
    check_document(&document)?;
    check_document(&document.reading(As::Was))?;
    let proposed = document.reading(As::Proposed);
    check_document(&proposed)?;
    tree::check(&Agreement::new(proposed.clone()))?;
    let analysis = Analysis::new("mutant", document.clone(), rulebook);
    for finding in &analysis.findings {
        span(&proposed.text, finding.span, "a finding")?;
        let struck_out = finding.draft.as_ref().is_some_and(|draft| draft.status == "deleted");
        let quoted = if struck_out {
            finding.span.is_empty() && !finding.quote.is_empty()
        } else {
            finding.quote == finding.span.of(&proposed.text)
        };
        if !quoted {
            return Err(format!("the quote of {} is not its span", finding.id));
        }
        if finding.page != proposed.page_at(finding.span.start) {
            return Err(format!("the page of {} is not the page of its span", finding.id));
        }
    }
    serde_json::to_string(&analysis).map_err(|error| error.to_string())?;
    Ok(true)
}

/// The promises of `document` for its spans.
fn check_document(document: &Document) -> Result<(), String> {
    let text = document.text.as_str();
    if text.contains(['\r', '\0', '\u{feff}']) {
        return Err("the text holds a carriage return, a NUL or a byte order mark".to_owned());
    }
    for page in &document.pages {
        span(text, Span::new(page.start, page.start), "a page")?;
    }
    if document.pages.windows(2).any(|pair| pair[0].number >= pair[1].number || pair[0].start > pair[1].start) {
        return Err("the pages are not in order".to_owned());
    }
    for aside in &document.asides {
        span(text, aside.span, "an aside")?;
    }
    if document.asides.windows(2).any(|pair| pair[0].span.end > pair[1].span.start) {
        return Err("the asides overlap or are not in order".to_owned());
    }
    for edit in &document.edits {
        span(text, edit.span, "a change")?;
    }
    if document.edits.windows(2).any(|pair| pair[0].span.start > pair[1].span.start) {
        return Err("the changes are not in order".to_owned());
    }
    for word in &document.words {
        span(text, word.span, "a word")?;
    }
    if document.words.windows(2).any(|pair| pair[0].span.end > pair[1].span.start) {
        return Err("the words overlap or are not in order".to_owned());
    }
    for unit in &document.native {
        span(text, unit.span, "a unit")?;
        span(text, unit.head, "a heading")?;
    }
    if document.native.windows(2).any(|pair| pair[0].span.start > pair[1].span.start) {
        return Err("the units are not in order".to_owned());
    }
    if document.messages.iter().any(|message| message.text.is_empty()) {
        return Err("a message says nothing".to_owned());
    }
    Ok(())
}

fn span(text: &str, span: Span, what: &str) -> Result<(), String> {
    let fits = span.start <= span.end && text.is_char_boundary(span.start) && text.is_char_boundary(span.end);
    if fits { Ok(()) } else { Err(format!("{what} has the span {span:?}, which does not fit the text of {} bytes", text.len())) }
}
