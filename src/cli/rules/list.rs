//! `clausula rules list`: the codes and the rules of each, by code and language.

use std::fmt::Write;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::attempt::{Tongue, is_of, meant};
use super::{RuleArguments, output};
use crate::cli::Exit;
use crate::document::Language;
use crate::rules::vocabulary::LANGUAGES;
use crate::rules::{CODES, Rulebook, nearest};
use crate::text::counted;

/// What is listed.
#[derive(Args, Debug)]
pub(super) struct ListArguments {
    /// Only these codes: a code, or the beginning of codes (`digital`).
    #[arg(long, value_name = "CODE")]
    code: Option<String>,
    /// Only rules with phrases in this language.
    #[arg(long)]
    language: Option<Tongue>,
    /// The form of the list.
    #[arg(long, value_enum, default_value_t = Form::Text)]
    format: Form,
    #[command(flatten)]
    rules: RuleArguments,
}

/// The forms of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// Text for people.
    Text,
    /// One JSON array, an object for each code.
    Json,
}

/// A code with its rules.
#[derive(Serialize)]
struct CodeEntry<'r> {
    code: &'static str,
    meaning: &'static str,
    /// Phrases of all its rules, by language.
    phrases: Counts,
    rules: Vec<RuleEntry<'r>>,
}

#[derive(Serialize)]
struct RuleEntry<'r> {
    id: &'r str,
    file: &'r str,
    line: usize,
    why: &'r str,
    phrases: Counts,
}

/// Phrases in English, French and Spanish; one of vocabulary alone counts in each.
#[derive(Clone, Copy, Default, Serialize)]
struct Counts {
    en: usize,
    fr: usize,
    es: usize,
}

impl Counts {
    const fn of(self, language: Language) -> usize {
        match language {
            Language::English => self.en,
            Language::French => self.fr,
            Language::Spanish => self.es,
            Language::Other => 0,
        }
    }

    const fn add(&mut self, language: Language, number: usize) {
        match language {
            Language::English => self.en += number,
            Language::French => self.fr += number,
            Language::Spanish => self.es += number,
            Language::Other => {}
        }
    }
}

pub(super) fn run(arguments: &ListArguments) -> Exit {
    if let Some(code) = arguments.code.as_ref().filter(|wanted| !CODES.iter().any(|(code, _)| is_of(code, wanted))) {
        output::error("rules list", &format!("`{code}` is no code{}", meant(nearest(code, CODES.iter().map(|(code, _)| *code)))));
        return Exit::Usage;
    }
    let Some(rulebook) = super::load(&arguments.rules) else { return Exit::Unread };
    let entries = entries(arguments, &rulebook);
    match arguments.format {
        Form::Text => output::data(&text(&entries, arguments.language.map(Language::from))),
        Form::Json => {
            let mut out = String::new();
            output::json_line(&mut out, &entries);
            output::data(&out);
        }
    }
    Exit::Done
}

fn entries<'r>(arguments: &ListArguments, rulebook: &'r Rulebook) -> Vec<CodeEntry<'r>> {
    let wanted = arguments.language.map(Language::from);
    let mut entries = Vec::new();
    for (code, meaning) in CODES.into_iter().filter(|(code, _)| arguments.code.as_ref().is_none_or(|wanted| is_of(code, wanted))) {
        let mut entry = CodeEntry { code, meaning, phrases: Counts::default(), rules: Vec::new() };
        for (index, rule) in rulebook.rules.iter().enumerate().filter(|(_, rule)| rule.code == code) {
            let mut phrases = Counts::default();
            for matcher in rulebook.matchers.iter().filter(|matcher| matcher.rule == index) {
                for language in LANGUAGES.into_iter().filter(|language| matcher.language.is_none_or(|own| own == *language)) {
                    phrases.add(language, 1);
                    entry.phrases.add(language, 1);
                }
            }
            if wanted.is_none_or(|language| phrases.of(language) > 0) {
                entry.rules.push(RuleEntry { id: &rule.id, file: &rule.place.0, line: rule.place.1, why: &rule.why, phrases });
            }
        }
        entries.push(entry);
    }
    entries
}

/// The list for people; a code that has no rule, or none in a language, says so.
fn text(entries: &[CodeEntry<'_>], wanted: Option<Language>) -> String {
    let mut out = String::new();
    for entry in entries {
        let missing: Vec<&str> = LANGUAGES
            .into_iter()
            .filter(|language| wanted.is_none_or(|wanted| wanted == *language) && entry.phrases.of(*language) == 0)
            .map(Language::code)
            .collect();
        let lacks = if missing.is_empty() { String::new() } else { format!("; nothing in {}", missing.join(", ")) };
        let numbers: Vec<String> = LANGUAGES
            .into_iter()
            .filter(|language| wanted.is_none_or(|wanted| wanted == *language))
            .map(|language| format!("{} {}", language.code(), entry.phrases.of(language)))
            .collect();
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "{}: {}\n  {}, phrases {}{lacks}",
            entry.code,
            entry.meaning,
            counted(entry.rules.len(), "rule"),
            numbers.join(", ")
        );
        for rule in &entry.rules {
            let _ = writeln!(out, "  {} ({}:{}): {}", rule.id, rule.file, rule.line, rule.why);
        }
    }
    out
}
