//! The references of an agreement: a listing for people, or a JSON object a line.

use std::fmt::Write;

use serde::Serialize;

use super::super::output;
use crate::document::Span;
use crate::structure::{Agreement, Kind, Reference, Target};
use crate::text::one_line;

/// A reference as JSON.
#[derive(Serialize)]
struct Line<'a> {
    file: &'a str,
    /// The id of the provision in which it stands, and its citation.
    #[serde(rename = "in")]
    at: &'a str,
    citation: &'a str,
    words: &'a str,
    span: Span,
    page: Option<u32>,
    kind: Kind,
    /// The ids of the provisions that it names.
    targets: Vec<&'a str>,
    external: Vec<External<'a>>,
    unresolved: Vec<Unresolved<'a>>,
}

#[derive(Serialize)]
struct External<'a> {
    instrument: &'a str,
    part: Option<&'a str>,
}

#[derive(Serialize)]
struct Unresolved<'a> {
    reason: &'a str,
    within: Option<&'a str>,
}

/// A line for each reference: where it stands, its words, what they name; and how many of each.
pub(super) fn listing(name: &str, agreement: &Agreement) -> String {
    let references = agreement.references();
    let mut out = format!("{}\n", output::harmless(name));
    let (mut resolved, mut external, mut unresolved) = (0, 0, 0);
    for reference in &references {
        let words = one_line(reference.span.of(&agreement.document.text));
        let targets: Vec<String> = reference.targets.iter().map(|target| described(agreement, target)).collect();
        let citation = &agreement.provisions[reference.at].citation;
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{}", output::harmless(&format!("{citation} · “{words}” · {}", targets.join("; "))));
        match worst(reference) {
            Target::Provision(_) => resolved += 1,
            Target::External(_) => external += 1,
            Target::Unresolved { .. } => unresolved += 1,
        }
    }
    let _ = writeln!(out, "{} references: {resolved} resolved, {external} external, {unresolved} not resolved", references.len());
    out
}

/// The target that decides how a reference is counted: one of which a part is not resolved counts as not resolved.
fn worst(reference: &Reference) -> &Target {
    let unresolved = reference.targets.iter().find(|target| matches!(target, Target::Unresolved { .. }));
    unresolved.unwrap_or(&reference.targets[0])
}

fn described(agreement: &Agreement, target: &Target) -> String {
    match target {
        Target::Provision(node) => agreement.provisions[*node].citation.clone(),
        Target::External(outside) => match &outside.part {
            Some(part) => format!("external: {}, {part}", outside.instrument),
            None => format!("external: {}", outside.instrument),
        },
        Target::Unresolved { reason, .. } => format!("not resolved: {reason}"),
    }
}

/// A JSON object for each reference.
pub(super) fn ndjson(name: &str, agreement: &Agreement) -> String {
    let id = |node: usize| agreement.provisions[node].id.as_str();
    let mut out = String::new();
    for reference in agreement.references() {
        let mut line = Line {
            file: name,
            at: id(reference.at),
            citation: &agreement.provisions[reference.at].citation,
            words: reference.span.of(&agreement.document.text),
            span: reference.span,
            page: agreement.document.page_at(reference.span.start),
            kind: reference.kind,
            targets: Vec::new(),
            external: Vec::new(),
            unresolved: Vec::new(),
        };
        for target in &reference.targets {
            match target {
                Target::Provision(node) => line.targets.push(id(*node)),
                Target::External(outside) => {
                    line.external.push(External { instrument: &outside.instrument, part: outside.part.as_deref() });
                }
                Target::Unresolved { reason, within } => line.unresolved.push(Unresolved { reason, within: within.map(id) }),
            }
        }
        output::json_line(&mut out, &line);
    }
    out
}
