//! `clausula rules try`: which rules find something in a text, and what the nearest of the others miss.

use std::fmt::Write;

use clap::Args;

use super::{RuleArguments, output};
use crate::cli::Exit;
use crate::structure::Agreement;
use crate::text::one_line;
use crate::{document, scan};

/// The text, and which rules are tried on it.
#[derive(Args, Debug)]
pub(super) struct TryArguments {
    /// The text, as it would stand in an agreement.
    text: String,
    #[command(flatten)]
    rules: RuleArguments,
}

pub(super) fn run(arguments: &TryArguments) -> Exit {
    let Some(rulebook) = super::load(&arguments.rules) else { return Exit::Unread };
    let text = arguments.text.as_str();
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
    for finding in scan::scan_text(&agreement, &rulebook).findings {
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
