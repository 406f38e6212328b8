//! `clausula rules list`: the codes and the rules of each.

use std::fmt::Write;

use clap::Args;

use super::{RuleArguments, output};
use crate::cli::Exit;
use crate::rules::CODES;

/// What is listed.
#[derive(Args, Debug)]
pub(super) struct ListArguments {
    #[command(flatten)]
    rules: RuleArguments,
}

pub(super) fn run(arguments: &ListArguments) -> Exit {
    let Some(rulebook) = super::load(&arguments.rules) else { return Exit::Unread };
    let mut out = String::new();
    // Writing to a string cannot fail.
    for (code, meaning) in CODES {
        let _ = writeln!(out, "{code}: {meaning}");
        for rule in rulebook.rules.iter().filter(|rule| rule.code == code) {
            let _ = writeln!(out, "  {} ({}:{}): {}", rule.id, rule.place.0, rule.place.1, rule.why);
        }
    }
    output::data(&out);
    Exit::Done
}
