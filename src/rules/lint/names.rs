//! Names that nothing uses: entries of the vocabulary, themes, sectors.

use std::collections::HashSet;

use super::{Lint, name_of};
use crate::document::Language;
use crate::rules::vocabulary::names_in;
use crate::rules::written::{Phrase, Written};
use crate::rules::{FileKind, built_in};

/// Entries, themes and sectors without use. Where a file of rules is no TOML, nothing is said: it may use them.
pub(super) fn unused(lint: &mut Lint<'_, '_>) {
    if !lint.written.broken.is_empty() || lint.written.rules.is_empty() {
        return;
    }
    let used = used_names(lint);
    for entry in &lint.written.vocabulary {
        if !used.contains(&(entry.language, entry.name.as_str())) {
            let name = name_of(entry.language);
            let message = format!("no {name} phrase uses `{{{}}}`", entry.name);
            lint.warn("W108", entry.place.clone(), message, "take the entry out, or use it in a rule");
        }
    }
    let known = own_themes();
    let asked: HashSet<&str> = lint
        .written
        .rules
        .iter()
        .flat_map(|rule| rule.conditions.theme.iter().chain(&rule.conditions.not_theme))
        .map(|text| text.value.as_str())
        .collect();
    for theme in &lint.written.themes {
        // The assessment asks for the themes that come with the program.
        if !asked.contains(theme.id.value.as_str()) && !known.contains(&theme.id.value) {
            let message = format!("no rule asks for the theme `{}`", theme.id.value);
            lint.warn("W109", theme.id.place(), message, "take it out, or use it in the `where` of a rule");
        }
    }
    for name in lint.written.themes.iter().chain(&lint.written.sectors).chain(&lint.written.conditions) {
        if name.say.is_empty() {
            let message = format!("`{}` has no phrase: nothing ever has it", name.id.value);
            lint.warn("W109", name.id.place(), message, "add `say = [ … ]`, or take it out");
        }
    }
}

/// The names of the themes that come with the program.
fn own_themes() -> Vec<String> {
    let mut sources = built_in();
    sources.retain(|source| FileKind::of(&source.name) == FileKind::Themes);
    Written::read(&sources).0.themes.into_iter().map(|theme| theme.id.value).collect()
}

/// The entries that a phrase of a rule, theme or sector uses, directly or through other entries.
fn used_names<'l>(lint: &Lint<'l, '_>) -> HashSet<(Language, &'l str)> {
    let written = lint.written;
    let mut used = HashSet::new();
    let mut open: Vec<(Language, &str)> = Vec::new();
    let mut take = |list: &'l [Phrase]| {
        for phrase in list {
            let mut names = Vec::new();
            names_in(&phrase.nodes, &mut names);
            for language in lint.vocabulary.languages_of(phrase) {
                open.extend(names.iter().map(|name| (language, *name)));
            }
        }
    };
    for rule in &written.rules {
        for list in [&rule.say, &rule.with, &rule.unless, &rule.conditions.heading, &rule.conditions.not_heading] {
            take(list);
        }
    }
    for name in written.themes.iter().chain(&written.sectors).chain(&written.conditions) {
        take(&name.say);
        take(&name.unless);
    }
    while let Some((language, name)) = open.pop() {
        if used.insert((language, name)) {
            for entry in written.vocabulary.iter().filter(|entry| entry.language == language && entry.name == name) {
                let mut names = Vec::new();
                entry.say.iter().for_each(|phrase| names_in(&phrase.nodes, &mut names));
                open.extend(names.into_iter().map(|name| (language, name)));
            }
        }
    }
    used
}
