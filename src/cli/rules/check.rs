//! `clausula rules check`: every fault and every warning of the rule files.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use clap::Args;

use super::{FolderArguments, output};
use crate::cli::Exit;
use crate::rules::{Diagnostic, Rulebook, Severity, check};
use crate::text::counted;

/// What is checked.
#[derive(Args, Debug)]
pub(super) struct CheckArguments {
    #[command(flatten)]
    folder: FolderArguments,
    /// Warnings count as faults (exit code 2).
    #[arg(long)]
    deny_warnings: bool,
}

pub(super) fn run(arguments: &CheckArguments) -> Exit {
    let Some((sources, own)) = arguments.folder.sources() else { return Exit::Unread };
    let mut found = check(&sources);
    found.retain(|diagnostic| sources[..own].iter().any(|source| source.name == diagnostic.file));
    for diagnostic in &found {
        output::message(&render(diagnostic));
    }
    let warnings = found.iter().filter(|diagnostic| diagnostic.severity() == Severity::Warning).count();
    let faults = found.len() - warnings;
    if faults > 0 {
        output::note(&format!("{}, {}: mend the faults and run again", counted(faults, "fault"), counted(warnings, "warning")));
        return Exit::Unread;
    }
    // Too many literals show only when the rules are compiled.
    let Some(rulebook) = super::compiled(&sources) else { return Exit::Unread };
    let rules = rulebook.rules.iter().filter(|rule| sources[..own].iter().any(|source| source.name == rule.place.0)).count();
    let outcome = if warnings == 0 { "no fault".to_owned() } else { format!("no fault, {}", counted(warnings, "warning")) };
    output::note(&format!("{}, {}: {outcome}", counted(rules, "rule"), counted(phrases(&rulebook, &sources[..own]), "phrase")));
    if warnings > 0 && arguments.deny_warnings { Exit::Unread } else { Exit::Done }
}

fn phrases(rulebook: &Rulebook, own: &[crate::rules::Source]) -> usize {
    let is_own = |index: usize| rulebook.rules.get(index).is_some_and(|rule| own.iter().any(|source| source.name == rule.place.0));
    rulebook.matchers.iter().filter(|matcher| is_own(matcher.rule)).count()
}

/// A fault or warning with its excerpt, as compilers show it.
pub(super) fn render(diagnostic: &Diagnostic) -> String {
    let end = diagnostic.span.end.max(diagnostic.span.start).min(diagnostic.source.len());
    let start = diagnostic.span.start.min(end);
    let snippet =
        Snippet::source(diagnostic.source.as_str()).path(diagnostic.file.as_str()).annotation(AnnotationKind::Primary.span(start..end));
    let level = if diagnostic.severity() == Severity::Warning { Level::WARNING } else { Level::ERROR };
    let title = level.primary_title(diagnostic.message.as_str()).id(diagnostic.code);
    let report = [title.element(snippet), Group::with_title(Level::HELP.secondary_title(diagnostic.hint.as_str()))];
    let renderer = if output::is_terminal() { Renderer::styled() } else { Renderer::plain() };
    renderer.render(&report).to_string()
}
