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
    for name in written.themes.iter().chain(&written.sectors).chain(&written.conditions) {
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

/// Phrases of a list, and branches of a phrase, that another one makes superfluous in every language in which they are looked for.
fn list_of_phrases(list: &[Phrase], lint: &mut Lint<'_, '_>) {
    let filled = lint.filled(list);
    for (index, phrase) in list.iter().enumerate() {
        let own: Vec<_> = filled.iter().filter(|(own, ..)| std::ptr::eq(*own, phrase)).collect();
        let covering: Option<Vec<(&Phrase, bool)>> = own
            .iter()
            .map(|(_, language, nodes)| {
                let position = |other: &Phrase| list.iter().position(|known| std::ptr::eq(known, other));
                let other = filled.iter().find(|(other, own, others)| {
                    // Of two that find the same, the first stays.
                    own == language
                        && !std::ptr::eq(*other, phrase)
                        && covers(others, nodes)
                        && (position(other) < Some(index) || !covers(nodes, others))
                })?;
                Some((other.0, other.2 == *nodes))
            })
            .collect();
        let Some(&(other, same)) = covering.as_ref().and_then(|covering| covering.first()) else { continue };
        let stands = lint.line(&other.text.place());
        if same {
            let all = if other.language.is_none() && phrase.language.is_some() {
                ": a phrase of vocabulary alone works in every language"
            } else {
                ""
            };
            let hint = format!("take it out; it stands in {stands}{all}");
            lint.warn("W101", phrase.text.place(), "this phrase stands twice in the list", hint);
        } else {
            let message = format!("`{}` finds everything that this phrase finds", other.text.value);
            lint.warn("W106", phrase.text.place(), message, format!("take it out; the other one stands in {stands}"));
        }
    }
    for phrase in list {
        branches(phrase, lint);
    }
}

fn branches(phrase: &Phrase, lint: &mut Lint<'_, '_>) {
    let text = &phrase.text.value;
    let languages = lint.vocabulary.languages_of(phrase);
    for group in alternatives(text) {
        let nodes = |branch: &Range<usize>, language: Language| {
            inside(&text[branch.clone()]).and_then(|nodes| lint.vocabulary.fill(&nodes, language).ok())
        };
        let filled: Vec<Option<Vec<Vec<Node>>>> =
            group.iter().map(|branch| languages.iter().map(|language| nodes(branch, *language)).collect()).collect();
        let covers_all = |one: &[Vec<Node>], other: &[Vec<Node>]| one.iter().zip(other).all(|(one, other)| covers(one, other));
        let mut found = Vec::new();
        for (index, own) in filled.iter().enumerate() {
            let Some(own) = own else { continue };
            let other = filled.iter().enumerate().find(|(at, other)| {
                *at != index && other.as_ref().is_some_and(|other| covers_all(other, own) && (*at < index || !covers_all(own, other)))
            });
            found.extend(other.map(|(other, nodes)| (index, other, nodes.as_ref() == Some(own))));
        }
        for (index, other, same) in found {
            let place = phrase.text.place_of(group[index].clone(), lint.written.sources);
            let first = &text[group[other].clone()];
            let (message, hint) = if same {
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

/// The same phrase in two rules that give the same code under the same conditions, in every language of the later one.
fn same_in_two_rules(lint: &mut Lint<'_, '_>) {
    let mut seen: HashMap<String, (usize, (usize, Range<usize>))> = HashMap::new();
    for (index, rule) in lint.written.rules.iter().enumerate() {
        let Some(code) = &rule.code else { continue };
        let conditions = conditions::in_one_line(rule);
        for phrase in &rule.say {
            let mut keys = Vec::new();
            for (_, language, nodes) in lint.filled(std::slice::from_ref(phrase)) {
                keys.push(format!("{} {conditions} {} {nodes:?}", code.value, language.code()));
            }
            let elsewhere = |key: &String| seen.get(key).filter(|(other, _)| *other != index);
            if let Some((_, first)) = keys.first().and_then(elsewhere).filter(|_| keys.iter().all(|key| elsewhere(key).is_some())) {
                let message = format!("another rule with the code `{}` and the same conditions has this phrase", code.value);
                let hint = format!("take it out; it stands in {}", lint.line(first));
                lint.warn("W102", phrase.text.place(), message, hint);
            }
            for key in keys {
                seen.entry(key).or_insert_with(|| (index, phrase.text.place()));
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
