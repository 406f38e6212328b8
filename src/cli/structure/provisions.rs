//! The provisions of an agreement: an indented tree, or a JSON object a line.

use std::fmt::Write;

use serde::Serialize;

use super::super::output;
use crate::document::Span;
use crate::structure::{Agreement, Kind};
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
}

/// A line for each node: its citation, its heading, the beginning of its words.
pub(super) fn tree(name: &str, agreement: &Agreement) -> String {
    const WORDS: usize = 70;
    let mut out = format!("{}\n", output::harmless(name));
    for (index, provision) in agreement.provisions.iter().enumerate().skip(1) {
        let depth = agreement.lineage(index).count() - 2;
        let own = Span::new(provision.head_end, provision.own.end).of(&agreement.document.text);
        let beginning: String = one_line(own).chars().take(WORDS).collect();
        let label = provision
            .number
            .as_deref()
            .map_or_else(|| provision.kind.name().to_owned(), |number| format!("{} {number}", provision.kind.name()));
        let heading = provision.heading.as_deref().map_or_else(String::new, |heading| format!(" · {heading}"));
        let beginning = if beginning.is_empty() { String::new() } else { format!(" | {beginning}") };
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{}{label}{}{}", "  ".repeat(depth), output::harmless(&heading), output::harmless(&beginning));
    }
    out
}

pub(super) fn ndjson(name: &str, agreement: &Agreement) -> String {
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
        };
        // A node of texts and numbers always serialises.
        if let Ok(line) = serde_json::to_string(&node) {
            out.push_str(&line);
            out.push('\n');
        }
    }
    out
}
