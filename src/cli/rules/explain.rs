//! `clausula rules explain`: a code or a rule in plain words.

use std::fmt::Write;

use clap::Args;

use super::attempt::meant;
use super::{Opened, RuleArguments, output};
use crate::cli::Exit;
use crate::document::Language;
use crate::rules::describe;
use crate::rules::diagnostic::line_column;
use crate::rules::lint::name_of;
use crate::rules::vocabulary::LANGUAGES;
use crate::rules::written::{Phrase, WrittenRule};
use crate::rules::{CODES, DIAGNOSTICS, Expect, Rulebook, about, family, nearest};

/// What is explained.
#[derive(Args, Debug)]
pub(super) struct ExplainArguments {
    /// A code of the codebook (`exclude.sector`), the id of a rule, or the code of a diagnostic (`W106`).
    #[arg(value_name = "CODE|RULE")]
    name: String,
    #[command(flatten)]
    rules: RuleArguments,
}

pub(super) fn run(arguments: &ExplainArguments) -> Exit {
    let name = arguments.name.as_str();
    if let Some((code, meaning)) = DIAGNOSTICS.iter().find(|(code, _)| code.eq_ignore_ascii_case(name)) {
        let what = if code.starts_with('W') { "warning" } else { "fault" };
        output::data(&format!("{code}, a {what} of rule files: {meaning}\ndocs/rules.md says what to do.\n"));
        return Exit::Done;
    }
    let Some(sources) = super::sources(&arguments.rules) else { return Exit::Unread };
    let Some(rulebook) = super::compiled(&sources) else { return Exit::Unread };
    let opened = Opened::new(&sources);
    let rule = opened.written.rules.iter().find(|rule| rule.id.as_ref().is_some_and(|id| id.value == name));
    if let Some(rule) = rule {
        output::data(&rule_in_words(rule, &opened));
    } else if CODES.iter().any(|(code, _)| *code == name) {
        output::data(&code_in_words(name, &rulebook));
    } else {
        let ids = rulebook.rules.iter().map(|rule| rule.id.as_str());
        let near = nearest(name, CODES.iter().map(|(code, _)| *code).chain(ids));
        output::error("rules explain", &format!("`{name}` is neither a code nor a rule{}", meant(near)));
        return Exit::Usage;
    }
    Exit::Done
}

/// What a code is given for, and which rules give it.
fn code_in_words(code: &str, rulebook: &Rulebook) -> String {
    let mut out = String::new();
    let family = family(code).map_or("", |family| family.about());
    let (given, not_given) = about(code).unwrap_or_default();
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{code}: {family}\n\nGiven where a provision {given}.");
    if !not_given.is_empty() {
        let _ = writeln!(out, "Not given {not_given}.");
    }
    let rules: Vec<_> = rulebook.rules.iter().filter(|rule| rule.code == code).collect();
    for (title, expect) in [("For example", Expect::Fires), ("But not", Expect::Silent)] {
        // One example of each rule, in the order of the rules, is enough to see what is meant.
        let examples: Vec<&str> = rules
            .iter()
            .filter_map(|rule| rule.examples.iter().find(|example| example.expect == expect))
            .map(|example| example.text.as_str())
            .take(4)
            .collect();
        if !examples.is_empty() {
            let _ = writeln!(out, "\n{title}:");
        }
        for example in examples {
            let _ = writeln!(out, "  “{example}”");
        }
    }
    let _ = writeln!(out, "\nRules ({}):", rules.len());
    for rule in &rules {
        let index = rulebook.rules.iter().position(|other| std::ptr::eq(other, *rule));
        let languages: Vec<&str> = LANGUAGES
            .into_iter()
            .filter(|language| {
                rulebook.matchers.iter().any(|matcher| Some(matcher.rule) == index && matcher.language.is_none_or(|own| own == *language))
            })
            .map(Language::code)
            .collect();
        let _ = writeln!(out, "  {} [{}] ({}:{})\n    {}", rule.id, languages.join(" "), rule.place.0, rule.place.1, rule.why);
    }
    out
}

/// A rule in words.
fn rule_in_words(rule: &WrittenRule, opened: &Opened<'_>) -> String {
    let mut out = String::new();
    let value = |text: &Option<crate::rules::table::Text>| text.as_ref().map_or_else(String::new, |text| text.value.clone());
    let place = rule.id.as_ref().map_or_else(String::new, |id| {
        let source = &opened.written.sources[id.file];
        format!("{}:{}", source.name, line_column(&source.text, id.span.start).0)
    });
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{} ({place})", value(&rule.id));
    let _ = writeln!(out, "gives {}: {}", value(&rule.code), value(&rule.why));
    for language in LANGUAGES {
        let own = in_language(&rule.say, language, opened);
        if own.is_empty() {
            continue;
        }
        let _ = writeln!(out, "\nIt looks for, in {}:", name_of(language));
        list(&mut out, &own, language, opened);
        let entries = entries(&own, language, opened);
        for (name, words) in &entries {
            let _ = writeln!(out, "  where {{{name}}} is {words}");
        }
        for (title, list_of) in
            [("It is silent where the provision has", &rule.unless), ("Somewhere in the article must stand", &rule.with)]
        {
            let own = in_language(list_of, language, opened);
            if !own.is_empty() {
                let _ = writeln!(out, "{title}:");
                list(&mut out, &own, language, opened);
            }
        }
    }
    for pattern in &rule.pattern {
        let _ = writeln!(out, "\nIt looks for the pattern, in every language:\n  {}", pattern.value);
    }
    let conditions = describe::conditions(rule);
    let _ = writeln!(out, "\nWhere it looks:");
    if conditions.is_empty() {
        let _ = writeln!(out, "  everywhere");
    }
    for condition in conditions {
        let _ = writeln!(out, "  {condition}");
    }
    let force = rule.force.as_ref().map_or_else(|| "as the verb that governs the words says".to_owned(), |force| force.value.clone());
    let _ = writeln!(out, "\nForce: {force}");
    for (title, expect) in [("It finds", Expect::Fires), ("It does not find", Expect::Silent), ("Known gaps", Expect::Todo)] {
        let examples: Vec<_> = rule.examples.iter().filter(|example| example.expect == expect).collect();
        if !examples.is_empty() {
            let _ = writeln!(out, "\n{title}:");
        }
        for example in examples {
            let heading: Vec<&str> = [&example.chapter, &example.heading].into_iter().flatten().map(String::as_str).collect();
            let under = if heading.is_empty() { String::new() } else { format!(" (under “{}”)", heading.join("”, “")) };
            let _ = writeln!(out, "  “{}”{under}", example.text.value);
        }
    }
    out
}

/// The phrases that are looked for in a language, each once.
fn in_language<'p>(list: &'p [Phrase], language: Language, opened: &Opened<'_>) -> Vec<&'p Phrase> {
    let mut found: Vec<&Phrase> = Vec::new();
    for phrase in list.iter().filter(|phrase| opened.vocabulary.languages_of(phrase).contains(&language)) {
        if found.iter().all(|known| known.nodes != phrase.nodes) {
            found.push(phrase);
        }
    }
    found
}

fn list(out: &mut String, phrases: &[&Phrase], language: Language, opened: &Opened<'_>) {
    for phrase in phrases {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "  {}", describe::phrase(&phrase.text.value, language, &opened.written));
    }
}

/// The entries that phrases name, each once, with all their words.
fn entries(phrases: &[&Phrase], language: Language, opened: &Opened<'_>) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for entry in phrases.iter().flat_map(|phrase| describe::entries(phrase, language, &opened.written)) {
        if found.iter().all(|(name, _)| *name != entry.name) {
            let words: Vec<String> = entry.say.iter().map(|phrase| format!("‘{}’", phrase.text.value)).collect();
            let note = entry.note.as_ref().map_or_else(String::new, |note| format!(" {note}"));
            found.push((entry.name.clone(), format!("{}.{note}", words.join(", "))));
        }
    }
    found
}
