//! Rules in plain words: what a phrase looks for, where a rule looks, what silences it.

use super::elements::{alternatives, elements};
use super::phrase::{DEFAULT_GAP, Node};
use super::vocabulary::names_in;
use super::written::{Entry, Phrase, Written, WrittenRule};
use crate::document::Language;

/// How many words of an entry are shown where it is named.
const SHOWN: usize = 4;

/// Most alternatives that are written out in a sentence.
const LISTED: usize = 6;

/// `one`, `one or other`, `one, other or third`; a long list is cut.
pub(crate) fn one_of(words: &[&str]) -> String {
    match words {
        long if long.len() > LISTED => format!("{} … ({} more)", long[..LISTED - 1].join(", "), long.len() - LISTED + 1),
        [] => String::new(),
        [one] => (*one).to_owned(),
        [list @ .., last] => format!("{} or {last}", list.join(", ")),
    }
}

/// The place that a rule asks for, as [`conditions`]: what it excludes is left out.
pub(crate) fn place(rule: &WrittenRule) -> Vec<String> {
    let wanted = ["in chapters", "under a heading", "in the first article"];
    conditions(rule).into_iter().filter(|condition| wanted.iter().any(|wanted| condition.starts_with(wanted))).collect()
}

/// Where a rule looks, each condition as the end of a sentence that begins with "it looks": `in chapters on services or investment`.
pub(crate) fn conditions(rule: &WrittenRule) -> Vec<String> {
    let conditions = &rule.conditions;
    let texts = |list: &[super::table::Text]| one_of(&list.iter().map(|text| text.value.as_str()).collect::<Vec<_>>());
    let phrases = |list: &[Phrase]| {
        let quoted: Vec<String> = list.iter().map(|phrase| format!("‘{}’", phrase.text.value)).collect();
        one_of(&quoted.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let mut found = Vec::new();
    if !conditions.unit.is_empty() {
        found.push(format!("in provisions of the kind {}", texts(&conditions.unit)));
    }
    if conditions.in_heading.is_some() {
        found.push("in the heading, not in the words below it".to_owned());
    }
    if !conditions.theme.is_empty() {
        found.push(format!("in chapters or articles with the theme {}", texts(&conditions.theme)));
    }
    if !conditions.not_theme.is_empty() {
        found.push(format!("not in chapters or articles with the theme {}", texts(&conditions.not_theme)));
    }
    if !conditions.heading.is_empty() {
        found.push(format!("under a heading with {}", phrases(&conditions.heading)));
    }
    if !conditions.not_heading.is_empty() {
        found.push(format!("not under a heading with {}", phrases(&conditions.not_heading)));
    }
    if conditions.first_article.is_some() {
        found.push("in the first article of its chapter".to_owned());
    }
    found
}

/// An element of a phrase in words; names of vocabulary are followed by some of their words.
pub(crate) fn element(text: &str, language: Language, written: &Written<'_>) -> String {
    let nodes = super::elements::inside(text).unwrap_or_default();
    match nodes.first() {
        Some(Node::Gap(words)) if *words == DEFAULT_GAP => "then, in the same sentence".to_owned(),
        Some(Node::Gap(words)) => format!("then, within {words} words"),
        Some(Node::Any) => "any word".to_owned(),
        Some(Node::Vocabulary(name)) => format!("‘{{{name}}}’{}", some_words(name, language, written)),
        Some(Node::NotAfter(_)) => format!("but not right behind ‘{}’", text.trim_start_matches("!<").trim_matches(['(', ')'])),
        Some(Node::Not(_)) => format!("but not ‘{}’", text.trim_start_matches('!').trim_matches(['(', ')'])),
        Some(Node::OneOf(branches)) if text.starts_with(['(', '[']) => {
            let inner: Vec<&str> = alternatives(text).pop().unwrap_or_default().into_iter().map(|branch| &text[branch]).collect();
            let inner: Vec<String> = inner.into_iter().map(|branch| format!("‘{branch}’")).collect();
            let list = one_of(&inner.iter().map(String::as_str).collect::<Vec<_>>());
            if branches.iter().any(Vec::is_empty) { format!("perhaps {list}") } else { list }
        }
        _ => format!("‘{text}’"),
    }
}

/// A phrase in words, one level of vocabulary opened.
pub(crate) fn phrase(text: &str, language: Language, written: &Written<'_>) -> String {
    let mut out = String::new();
    let mut words: Vec<&str> = Vec::new();
    let flush = |words: &mut Vec<&str>, out: &mut String| {
        if !words.is_empty() {
            push(out, &format!("‘{}’", words.join(" ")));
            words.clear();
        }
    };
    for part in elements(text) {
        let own = &text[part.at];
        if matches!(part.nodes.as_slice(), [Node::Word(_) | Node::Stem(_)]) {
            words.push(own);
        } else {
            flush(&mut words, &mut out);
            // The words of the vocabulary are told once for all phrases.
            let named = matches!(part.nodes.as_slice(), [Node::Vocabulary(_)]);
            push(&mut out, &if named { format!("‘{own}’") } else { element(own, language, written) });
        }
    }
    flush(&mut words, &mut out);
    out
}

fn push(out: &mut String, part: &str) {
    if !out.is_empty() {
        out.push_str(if part.starts_with("then,") { "; " } else { " " });
    }
    out.push_str(part);
}

/// The entries of the vocabulary that a phrase names, each once.
pub(crate) fn entries<'w>(phrase: &Phrase, language: Language, written: &'w Written<'_>) -> Vec<&'w Entry> {
    let mut names = Vec::new();
    names_in(&phrase.nodes, &mut names);
    let mut found: Vec<&Entry> = Vec::new();
    for name in names {
        let entry = written.vocabulary.iter().find(|entry| entry.language == language && entry.name == name);
        found.extend(entry.filter(|entry| found.iter().all(|known| known.name != entry.name)));
    }
    found
}

/// Some words of an entry in brackets; nothing where it has none.
fn some_words(name: &str, language: Language, written: &Written<'_>) -> String {
    let Some(entry) = written.vocabulary.iter().find(|entry| entry.language == language && entry.name == name) else {
        return String::new();
    };
    let words: Vec<&str> = entry.say.iter().take(SHOWN).map(|phrase| phrase.text.value.as_str()).collect();
    let more = if entry.say.len() > SHOWN { ", …" } else { "" };
    format!(" (such as {}{more})", words.join(", "))
}
