//! Warnings: what is written in a rule and has no effect, is not shown to work, or makes the rules slow. Only what is sure is
//! said: a phrase that another one covers, a condition that nothing can meet.

mod conditions;
mod cover;
mod names;
pub(crate) mod speed;

use std::collections::HashMap;
use std::ops::Range;

use super::diagnostic::line_column;
use super::elements::{alternatives, inside};
use super::phrase::Node;
use super::table::Faults;
use super::vocabulary::{LANGUAGES, Vocabulary};
use super::written::{Phrase, Written, WrittenRule};
use crate::document::{Language, of_few_words};
use crate::rules::Expect;
use cover::covers;

/// What the lints look at, and what they found.
struct Lint<'l, 's> {
    written: &'l Written<'s>,
    vocabulary: &'l Vocabulary,
    faults: &'l mut Faults<'s>,
}

impl Lint<'_, '_> {
    fn warn(&mut self, code: &'static str, place: (usize, Range<usize>), message: impl Into<String>, hint: impl Into<String>) {
        self.faults.add(code, place, message, hint);
    }

    /// Where a place stands, in words.
    fn line(&self, place: &(usize, Range<usize>)) -> String {
        self.written
            .sources
            .get(place.0)
            .map_or_else(String::new, |source| format!("{}, line {}", source.name, line_column(&source.text, place.1.start).0))
    }

    /// The phrases of a list with their languages, filled in; those with faults are left out.
    fn filled<'p>(&self, list: &'p [Phrase]) -> Vec<(&'p Phrase, Language, Vec<Node>)> {
        let usable = list.iter().filter(|phrase| !phrase.nodes.is_empty());
        usable
            .flat_map(|phrase| self.vocabulary.languages_of(phrase).into_iter().map(move |language| (phrase, language)))
            .filter_map(|(phrase, language)| Some((phrase, language, self.vocabulary.fill(&phrase.nodes, language).ok()?)))
            .collect()
    }
}

/// Adds the warnings of all files.
pub(super) fn lint<'s>(written: &Written<'s>, vocabulary: &Vocabulary, faults: &mut Faults<'s>) {
    let mut lint = Lint { written, vocabulary, faults };
    for entry in &written.vocabulary {
        list_of_phrases(&entry.say, &mut lint);
    }
    for name in written.themes.iter().chain(&written.sectors) {
        list_of_phrases(&name.say, &mut lint);
        list_of_phrases(&name.unless, &mut lint);
    }
    for rule in &written.rules {
        for list in [&rule.say, &rule.with, &rule.unless, &rule.conditions.heading, &rule.conditions.not_heading] {
            list_of_phrases(list, &mut lint);
        }
        for (phrase, _, nodes) in lint.filled(&rule.say) {
            speed::phrase(phrase, &nodes, conditions::depend_on_place(rule), &mut lint);
        }
        conditions::rule(rule, &mut lint);
        examples(rule, &mut lint);
    }
    same_in_two_rules(&mut lint);
    names::unused(&mut lint);
}

/// Phrases of a list, and branches of a phrase, that another one makes superfluous.
fn list_of_phrases(list: &[Phrase], lint: &mut Lint<'_, '_>) {
    let filled = lint.filled(list);
    for (index, (phrase, language, nodes)) in filled.iter().enumerate() {
        let other = filled.iter().enumerate().find(|(at, (_, own, other))| {
            *at != index && own == language && covers(other, nodes) && (*at < index || !covers(nodes, other))
        });
        let Some((_, (other, _, other_nodes))) = other else { continue };
        let first = lint.line(&other.text.place());
        if other_nodes == nodes {
            let all = if other.language.is_none() && phrase.language.is_some() {
                ": a phrase of vocabulary alone works in every language"
            } else {
                ""
            };
            lint.warn(
                "W101",
                phrase.text.place(),
                "this phrase stands twice in the list",
                format!("take it out; it stands in {first}{all}"),
            );
        } else {
            let message = format!("`{}` finds everything that this phrase finds", other.text.value);
            lint.warn("W106", phrase.text.place(), message, format!("take it out; the other one stands in {first}"));
        }
    }
    for phrase in list {
        // A branch is looked at in the first language of the phrase.
        let Some(&language) = lint.vocabulary.languages_of(phrase).first() else { continue };
        branches(phrase, language, lint);
    }
}

fn branches(phrase: &Phrase, language: Language, lint: &mut Lint<'_, '_>) {
    let text = &phrase.text.value;
    for group in alternatives(text) {
        let nodes: Vec<Option<Vec<Node>>> = group
            .iter()
            .map(|branch| inside(&text[branch.clone()]).and_then(|nodes| lint.vocabulary.fill(&nodes, language).ok()))
            .collect();
        for (index, (branch, own)) in group.iter().zip(&nodes).enumerate() {
            let Some(own) = own else { continue };
            let other = nodes.iter().enumerate().find(|(at, other)| {
                *at != index && other.as_ref().is_some_and(|other| covers(other, own) && (*at < index || !covers(own, other)))
            });
            if let Some((other, _)) = other {
                let place = phrase.text.place_of(branch.clone(), lint.written.sources);
                let first = &text[group[other].clone()];
                let (message, hint) = if nodes[other].as_ref() == Some(own) {
                    (
                        format!("`{first}` stands for this alternative as well"),
                        "take it out: capitals, accents and plural marks make no difference",
                    )
                } else {
                    (format!("`{first}` finds everything that this alternative finds"), "take this alternative out")
                };
                lint.warn("W106", place, message, hint);
            }
        }
    }
}

/// What makes two phrases of different rules the same: code, conditions, language, phrase.
type Sameness = (String, String, &'static str, Vec<Node>);

/// The same phrase in two rules that give the same code under the same conditions.
fn same_in_two_rules(lint: &mut Lint<'_, '_>) {
    let mut seen: HashMap<String, (usize, (usize, Range<usize>))> = HashMap::new();
    for (index, rule) in lint.written.rules.iter().enumerate() {
        let Some(code) = &rule.code else { continue };
        let conditions = conditions::in_one_line(rule);
        for (phrase, language, nodes) in lint.filled(&rule.say) {
            let key: Sameness = (code.value.clone(), conditions.clone(), language.code(), nodes);
            let place = phrase.text.place();
            match seen.entry(format!("{key:?}")) {
                std::collections::hash_map::Entry::Occupied(first) if first.get().0 != index => {
                    let stands = lint.line(&first.get().1);
                    let message = format!("another rule with the code `{}` and the same conditions has this phrase", code.value);
                    lint.warn("W102", place, message, format!("take it out; it stands in {stands}"));
                }
                std::collections::hash_map::Entry::Occupied(_) => {}
                std::collections::hash_map::Entry::Vacant(free) => {
                    free.insert((index, place));
                }
            }
        }
    }
}

/// Examples that stand twice, and languages without example.
fn examples(rule: &WrittenRule, lint: &mut Lint<'_, '_>) {
    for (index, example) in rule.examples.iter().enumerate() {
        let same = |other: &&crate::rules::written::WrittenExample| {
            other.text.value == example.text.value && other.heading == example.heading && other.chapter == example.chapter
        };
        if let Some(first) = rule.examples[..index].iter().find(same) {
            let stands = lint.line(&first.text.place());
            lint.warn("W113", example.text.place(), "this example stands twice in the rule", format!("take it out; it stands in {stands}"));
        }
    }
    let shown: Vec<Language> =
        rule.examples.iter().filter(|example| example.expect == Expect::Fires).map(|example| of_few_words(&example.text.value)).collect();
    if shown.is_empty() || shown.contains(&Language::Other) {
        return;
    }
    for language in LANGUAGES {
        // A phrase of vocabulary alone is written once for all languages: one example is enough for it.
        let own = |phrase: &&Phrase| phrase.language == Some(language) || phrase.language.is_none() && language == Language::English;
        if let Some(first) = rule.say.iter().find(own).filter(|_| !shown.contains(&language)) {
            let name = name_of(language);
            lint.warn(
                "W107",
                first.text.place(),
                format!("the rule has {name} phrases, and no example in {name} under `fires` shows that they work"),
                format!("add an example in {name}; `clausula rules try` shows what is found in it"),
            );
        }
    }
}

/// The language in words.
pub(crate) const fn name_of(language: Language) -> &'static str {
    match language {
        Language::English => "English",
        Language::French => "French",
        Language::Spanish => "Spanish",
        Language::Other => "another language",
    }
}
