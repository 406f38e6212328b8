//! The defined terms of an agreement: a readable list, or a JSON object a line.

use std::fmt::Write;

use serde::Serialize;

use super::super::output;
use crate::document::Span;
use crate::structure::{Agreement, DefinedTerm};
use crate::text::one_line;

/// Most characters of a definition in the list for people.
const WORDS: usize = 100;

/// A defined term as JSON (part of the contract `clausula/1`).
#[derive(Serialize)]
struct Term<'a> {
    file: &'a str,
    term: &'a str,
    #[serde(rename = "in")]
    within: &'a str,
    citation: &'a str,
    scope: &'a str,
    definition: String,
    span: Span,
    definition_span: Span,
    page: Option<u32>,
}

/// A line for each term: the term, where it is defined, where it holds, the beginning of its definition; then their number.
pub(super) fn listing(name: &str, agreement: &Agreement) -> String {
    let terms = agreement.defined_terms();
    let mut out = format!("{}\n", output::harmless(name));
    for defined in &terms {
        let definition = one_line(defined.definition.of(&agreement.document.text));
        let mut beginning: String = definition.chars().take(WORDS).collect();
        if beginning.len() < definition.len() {
            beginning.push_str(" …");
        }
        let line =
            format!("{} · {} · {} | {beginning}", defined.term, agreement.provisions[defined.index].citation, scope_of(agreement, defined));
        // Writing to a string cannot fail.
        let _ = writeln!(out, "  {}", output::harmless(&line));
    }
    let count = terms.len();
    let _ = writeln!(out, "{count} defined term{}", if count == 1 { "" } else { "s" });
    out
}

/// The scope in words: "whole agreement", "Ch. 8".
fn scope_of<'a>(agreement: &'a Agreement, defined: &DefinedTerm) -> &'a str {
    if defined.scope == 0 { "whole agreement" } else { &agreement.provisions[defined.scope].citation }
}

/// A JSON object for each term.
pub(super) fn ndjson(name: &str, agreement: &Agreement) -> String {
    let mut out = String::new();
    for defined in agreement.defined_terms() {
        let term = Term {
            file: name,
            term: &defined.term,
            within: &agreement.provisions[defined.index].id,
            citation: &agreement.provisions[defined.index].citation,
            scope: &agreement.provisions[defined.scope].id,
            definition: one_line(defined.definition.of(&agreement.document.text)),
            span: defined.span,
            definition_span: defined.definition,
            page: agreement.document.page_at(defined.span.start),
        };
        output::json_line(&mut out, &term);
    }
    out
}
