//! Conditions that nothing can meet, and those that never count.

use super::cover::always_holds;
use super::{Lint, name_of};
use crate::document::Language;
use crate::rules::table::Text;
use crate::rules::written::{Phrase, WrittenRule};

/// Kinds of provision that have no heading of their own.
const WITHOUT_HEADING: [&str; 4] = ["recital", "paragraph", "item", "footnote"];
/// Kinds of provision that never stand inside an article.
const OUTSIDE_ARTICLES: [&str; 6] = ["preamble", "recital", "part", "title", "chapter", "section"];

/// The conditions of one rule.
pub(super) fn rule(rule: &WrittenRule, lint: &mut Lint<'_, '_>) {
    never_met(rule, lint);
    let said: Vec<Language> = rule.say.iter().flat_map(|phrase| lint.vocabulary.languages_of(phrase)).collect();
    // A pattern is tried in every language.
    if rule.pattern.is_empty() && !rule.say.is_empty() {
        for (key, list) in [("with", &rule.with), ("unless", &rule.unless)] {
            unheard(key, list, &said, lint);
        }
    }
    silenced(rule, lint);
}

/// Conditions that exclude each other.
fn never_met(rule: &WrittenRule, lint: &mut Lint<'_, '_>) {
    let conditions = &rule.conditions;
    let excluded = |theme: &Text| conditions.not_theme.iter().find(|excluded| excluded.value == theme.value);
    let all: Vec<&Text> = conditions.theme.iter().filter_map(excluded).collect();
    if let Some(first) = all.first().filter(|_| all.len() == conditions.theme.len()) {
        let message = format!("the rule asks for the theme `{}` and excludes it: it can never find anything", first.value);
        lint.warn("W103", first.place(), message, "take it out of `theme` or of `not_theme`");
    }
    let only = |kinds: &[&str]| !conditions.unit.is_empty() && conditions.unit.iter().all(|unit| kinds.contains(&unit.value.as_str()));
    let units: Vec<&str> = conditions.unit.iter().map(|unit| unit.value.as_str()).collect();
    if let Some(place) = conditions.in_heading.clone().filter(|_| only(&WITHOUT_HEADING)) {
        let message = format!("the rule looks in headings of {} only, which have none: it can never find anything", units.join(", "));
        lint.warn("W103", place, message, "take `in_heading` out, or ask for `unit = [\"article\"]`");
    }
    if let Some(place) = conditions.first_article.clone().filter(|_| only(&OUTSIDE_ARTICLES)) {
        let message = format!("the rule looks in the first article for {} only, which stand in no article", units.join(", "));
        lint.warn("W103", place, message, "take `first_article` out, or ask for another `unit`");
    }
    let (wanted, excluded) = (lint.filled(&conditions.heading), lint.filled(&conditions.not_heading));
    let shut_out = |(_, _, nodes): &(&Phrase, Language, Vec<_>)| excluded.iter().any(|(_, _, excluded)| always_holds(nodes, excluded));
    if let Some((phrase, ..)) = wanted.first().filter(|_| wanted.iter().all(shut_out)) {
        let message = "`not_heading` excludes every heading that `heading` asks for: the rule can never find anything";
        lint.warn("W103", phrase.text.place(), message, "take one of the two out");
    }
}

/// Phrases of `with` and `unless` in a language in which the rule looks for nothing.
fn unheard(key: &str, list: &[Phrase], said: &[Language], lint: &mut Lint<'_, '_>) {
    let mut told: Vec<Language> = Vec::new();
    for phrase in list {
        let languages = lint.vocabulary.languages_of(phrase);
        let Some(&language) = languages.first().filter(|first| !told.contains(first)) else { continue };
        if languages.iter().any(|language| said.contains(language)) {
            continue;
        }
        told.push(language);
        let name = name_of(language);
        let ending = if language == Language::English { String::new() } else { format!("_{}", language.code()) };
        lint.warn(
            "W104",
            phrase.text.place(),
            format!("`{key}` is {name} here, and the rule has no {name} phrase: it never counts"),
            format!("write `say{ending}`, or take it out; `{key}` counts only beside phrases of its own language"),
        );
    }
}

/// Phrases that an `unless` silences whenever they match, in every language in which they are looked for.
fn silenced(rule: &WrittenRule, lint: &mut Lint<'_, '_>) {
    let unless = lint.filled(&rule.unless);
    for phrase in &rule.say {
        let own = lint.filled(std::slice::from_ref(phrase));
        let silencing: Option<Vec<&Phrase>> = own
            .iter()
            .map(|(_, language, nodes)| {
                let silencing = unless.iter().find(|(_, other, part)| other == language && always_holds(nodes, part));
                silencing.map(|(silencing, ..)| *silencing)
            })
            .collect();
        if let Some(silencing) = silencing.as_ref().and_then(|silencing| silencing.first()) {
            let stands = lint.line(&silencing.text.place());
            lint.warn(
                "W105",
                phrase.text.place(),
                format!("every match of this phrase holds `{}`, which silences it", silencing.text.value),
                format!("take the phrase out, or the `unless` in {stands}"),
            );
        }
    }
}

/// Whether the chapter or the headings around a provision decide.
pub(super) const fn depend_on_place(rule: &WrittenRule) -> bool {
    let conditions = &rule.conditions;
    conditions.first_article.is_some() || !conditions.theme.is_empty() || !conditions.heading.is_empty()
}

/// All conditions of a rule as one text, the same for two rules with the same conditions.
pub(super) fn in_one_line(rule: &WrittenRule) -> String {
    let conditions = &rule.conditions;
    let texts = |list: &[Phrase]| {
        let mut list: Vec<String> = list.iter().map(|phrase| format!("{:?} {}", phrase.language, phrase.text.value)).collect();
        list.sort_unstable();
        list
    };
    let names = |list: &[Text]| {
        let mut list: Vec<String> = list.iter().map(|text| text.value.clone()).collect();
        list.sort_unstable();
        list
    };
    format!(
        "{:?} {:?} {:?} {:?} {:?} {} {} {:?} {:?} {:?}",
        names(&conditions.unit),
        names(&conditions.theme),
        names(&conditions.not_theme),
        texts(&conditions.heading),
        texts(&conditions.not_heading),
        conditions.first_article.is_some(),
        conditions.in_heading.is_some(),
        texts(&rule.with),
        texts(&rule.unless),
        rule.force.as_ref().map(|force| &force.value),
    )
}
