//! `clausula rules`: list, check, test and try the rules.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use clap::{Args, Subcommand};

use super::{Exit, RuleArguments, output};
use crate::document;
use crate::rules::{CODES, Diagnostic, EMBEDDED, Expect, Rulebook, Source, read_folder};
use crate::scan;
use crate::structure::Agreement;
use crate::text::one_line;

/// What `rules` does.
#[derive(Args, Debug)]
pub(super) struct RulesArguments {
    #[command(subcommand)]
    command: RulesCommand,
}

#[derive(Debug, Subcommand)]
enum RulesCommand {
    /// List the codes and the rules of each.
    List {
        #[command(flatten)]
        rules: RuleArguments,
    },
    /// Check the rule files: every fault with its place and what to do.
    Check {
        #[command(flatten)]
        rules: RuleArguments,
    },
    /// Run the examples that stand in the rule files.
    Test {
        #[command(flatten)]
        rules: RuleArguments,
    },
    /// Show which rules find something in a text.
    Try {
        /// The text, as it would stand in an agreement.
        text: String,
        #[command(flatten)]
        rules: RuleArguments,
    },
}

pub(super) fn run(arguments: &RulesArguments) -> Exit {
    let (RulesCommand::List { rules } | RulesCommand::Check { rules } | RulesCommand::Test { rules } | RulesCommand::Try { rules, .. }) =
        &arguments.command;
    let Some(rulebook) = load(rules) else { return Exit::Unread };
    match &arguments.command {
        RulesCommand::List { .. } => list(&rulebook),
        RulesCommand::Check { .. } => {
            output::note(&format!("{} rules, {} phrases: no fault", rulebook.rules.len(), rulebook.matchers.len()))
        }
        RulesCommand::Test { .. } => return test(&rulebook),
        RulesCommand::Try { text, .. } => return attempt(&rulebook, text),
    }
    Exit::Done
}

/// Loads the rules that were asked for; faults are shown and give `None`.
pub(super) fn load(arguments: &RuleArguments) -> Option<Rulebook> {
    let sources = match sources(arguments.rules.as_deref(), arguments.only_rules) {
        Ok(sources) => sources,
        Err((path, error)) => {
            output::error(&path.to_string_lossy(), &format!("the rules cannot be read: {error}"));
            return None;
        }
    };
    match Rulebook::from_sources(&sources) {
        Ok(rulebook) => Some(rulebook),
        Err(faults) => {
            for fault in &faults {
                output::message(&render(fault));
            }
            output::error("rules", &format!("{} fault(s): nothing was analysed; mend the rule files and run again", faults.len()));
            None
        }
    }
}

/// The built-in files, with those of a folder in their place or beside them.
fn sources(folder: Option<&Path>, only: bool) -> Result<Vec<Source>, (PathBuf, std::io::Error)> {
    let mut sources: Vec<Source> = if only {
        Vec::new()
    } else {
        EMBEDDED.iter().map(|(name, text)| Source { name: (*name).to_owned(), text: (*text).to_owned() }).collect()
    };
    if let Some(folder) = folder {
        for own in read_folder(folder)? {
            match sources.iter_mut().find(|source| source.name == own.name) {
                Some(source) => *source = own,
                None => sources.push(own),
            }
        }
    }
    Ok(sources)
}

/// A fault with its excerpt, as compilers show it.
fn render(fault: &Diagnostic) -> String {
    let end = fault.span.end.max(fault.span.start).min(fault.source.len());
    let start = fault.span.start.min(end);
    let snippet = Snippet::source(fault.source.as_str()).path(fault.file.as_str()).annotation(AnnotationKind::Primary.span(start..end));
    let title = Level::ERROR.primary_title(fault.message.as_str()).id(fault.code);
    let report = [title.element(snippet), Group::with_title(Level::HELP.secondary_title(fault.hint.as_str()))];
    let renderer = if output::is_terminal() { Renderer::styled() } else { Renderer::plain() };
    renderer.render(&report).to_string()
}

fn list(rulebook: &Rulebook) {
    let mut out = String::new();
    // Writing to a string cannot fail.
    for (code, meaning) in CODES {
        let _ = writeln!(out, "{code}: {meaning}");
        for rule in rulebook.rules.iter().filter(|rule| rule.code == code) {
            let _ = writeln!(out, "  {} ({}:{}): {}", rule.id, rule.place.0, rule.place.1, rule.why);
        }
    }
    output::data(&out);
}

fn test(rulebook: &Rulebook) -> Exit {
    let results = scan::run_examples(rulebook);
    let failed: Vec<_> = results.iter().filter(|result| !result.passed()).collect();
    let gaps = results.iter().filter(|result| result.expect == Expect::Todo && !result.fired).count();
    for result in &failed {
        let wanted = if result.expect == Expect::Fires { "is not found" } else { "is found and must not be" };
        output::error(
            &format!("{}:{}", result.place.0, result.place.1),
            &format!("rule `{}`: the example {wanted}: {}", result.rule, result.text),
        );
    }
    output::note(&format!("{} examples, {} failed, {gaps} known gaps", results.len(), failed.len()));
    if failed.is_empty() { Exit::Done } else { Exit::Unread }
}

fn attempt(rulebook: &Rulebook, text: &str) -> Exit {
    // The words stand in an article, as they would in an agreement.
    let article = format!("Article 1\nProvisions\n\n{text}\n");
    let document = match document::read(article.as_bytes()) {
        Ok(mut document) => {
            document.language = document::of_few_words(text);
            document
        }
        Err(error) => {
            output::error("the text", &error.to_string());
            return Exit::Unread;
        }
    };
    let agreement = Agreement::new(document);
    let (mut anywhere, mut placed) = (String::new(), String::new());
    for finding in scan::scan_text(&agreement, rulebook).findings {
        let quote = one_line(&finding.quote);
        let depends = rulebook.rules.iter().find(|rule| rule.id == finding.rule).is_some_and(|rule| rule.conditions.depend_on_place());
        let group = if depends { &mut placed } else { &mut anywhere };
        // Writing to a string cannot fail.
        let _ = writeln!(group, "{} ({}, {}) “{}”", finding.code, finding.rule, finding.force.name(), output::harmless(&quote));
    }
    if anywhere.is_empty() {
        output::note("no rule finds anything here wherever it stands");
    }
    output::data(&anywhere);
    if !placed.is_empty() {
        output::data(&format!("Only in a chapter, or under a heading, that the rule asks for:\n{placed}"));
    }
    Exit::Done
}
