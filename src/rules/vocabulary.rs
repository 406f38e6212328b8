//! The vocabulary that rules share: names of entries filled in, language by language.

use std::collections::HashMap;

use super::diagnostic::nearest;
use super::phrase::Node;
use super::table::Faults;
use super::written::{Entry, Phrase, Written};
use crate::document::Language;

/// The languages in which rules are written.
pub(crate) const LANGUAGES: [Language; 3] = [Language::English, Language::French, Language::Spanish];

/// Every entry in every language with all names inside it filled in.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    filled: HashMap<(Language, String), Vec<Vec<Node>>>,
    /// The languages of which a file could not be read whole: what is missing there is not missed.
    broken: Vec<Language>,
}

impl Vocabulary {
    /// Fills in the entries; a name without entry and a circle are reported, and the phrase with them is left out.
    pub fn new(written: &Written<'_>, faults: &mut Faults<'_>) -> Self {
        let broken = LANGUAGES.into_iter().filter(|language| written.is_broken(|name| name == file_of(*language))).collect();
        let entries = written.vocabulary.iter().map(|entry| ((entry.language, entry.name.as_str()), entry)).collect();
        let mut filler = Filler { entries, vocabulary: Self { filled: HashMap::new(), broken }, path: Vec::new(), unknown: Vec::new() };
        for entry in &written.vocabulary {
            filler.entry(entry, faults);
        }
        let Filler { vocabulary, unknown, .. } = filler;
        for (phrase, name, language) in unknown {
            vocabulary.report(phrase, name, language, faults);
        }
        vocabulary
    }

    /// A phrase with the names of vocabulary replaced by their entries in a language.
    ///
    /// # Errors
    /// The name that has no entry in the language.
    pub fn fill(&self, nodes: &[Node], language: Language) -> Result<Vec<Node>, String> {
        let fill_all = |branches: &[Vec<Node>]| branches.iter().map(|branch| self.fill(branch, language)).collect::<Result<Vec<_>, _>>();
        nodes
            .iter()
            .map(|node| match node {
                Node::Vocabulary(name) => {
                    self.filled.get(&(language, name.clone())).map(|phrases| Node::OneOf(phrases.clone())).ok_or_else(|| name.clone())
                }
                Node::OneOf(branches) => fill_all(branches).map(Node::OneOf),
                Node::Not(branches) => fill_all(branches).map(Node::Not),
                Node::NotAfter(branches) => fill_all(branches).map(Node::NotAfter),
                Node::Word(_) | Node::Stem(_) | Node::Any | Node::Gap(_) => Ok(node.clone()),
            })
            .collect()
    }

    /// The languages in which a phrase is looked for: that of its key; without one English where it has words, and every language
    /// in which all its names have entries where it is made of vocabulary alone.
    pub fn languages_of(&self, phrase: &Phrase) -> Vec<Language> {
        if let Some(language) = phrase.language {
            return vec![language];
        }
        if has_words(&phrase.nodes) {
            return vec![Language::English];
        }
        let usable: Vec<Language> = LANGUAGES.into_iter().filter(|language| self.fill(&phrase.nodes, *language).is_ok()).collect();
        if usable.is_empty() { vec![Language::English] } else { usable }
    }

    /// The phrase filled in for each of its languages; a name without entry is reported at its place.
    pub fn filled(&self, phrase: &Phrase, faults: &mut Faults<'_>) -> Vec<(Language, Vec<Node>)> {
        let mut found = Vec::new();
        if phrase.nodes.is_empty() {
            return found;
        }
        for language in self.languages_of(phrase) {
            match self.fill(&phrase.nodes, language) {
                Ok(nodes) => found.push((language, nodes)),
                Err(name) => self.report(phrase, &name, language, faults),
            }
        }
        found
    }

    fn report(&self, phrase: &Phrase, name: &str, language: Language, faults: &mut Faults<'_>) {
        if self.broken.contains(&language) {
            return;
        }
        let mut names: Vec<&str> = self.filled.keys().filter(|(own, _)| *own == language).map(|(_, name)| name.as_str()).collect();
        names.sort_unstable();
        let hint = nearest(name, names)
            .map_or_else(|| format!("add `[{name}]` to {}", file_of(language)), |near| format!("did you mean `{{{near}}}`?"));
        let braces = format!("{{{name}}}");
        let at = phrase.text.value.find(&braces).unwrap_or(0);
        let place = phrase.text.place_of(at..at + braces.len(), faults.sources);
        faults.add("R008", place, format!("`{{{name}}}` has no entry in the {} vocabulary", language.code()), hint);
    }
}

/// The file of the vocabulary of a language.
fn file_of(language: Language) -> String {
    format!("vocabulary/{}.toml", language.code())
}

/// Whether a phrase has words of its own.
fn has_words(nodes: &[Node]) -> bool {
    nodes.iter().any(|node| match node {
        Node::Word(_) | Node::Stem(_) => true,
        Node::OneOf(branches) | Node::Not(branches) | Node::NotAfter(branches) => branches.iter().any(|branch| has_words(branch)),
        Node::Any | Node::Gap(_) | Node::Vocabulary(_) => false,
    })
}

/// The names of vocabulary in a phrase, in order.
pub(crate) fn names_in<'n>(nodes: &'n [Node], found: &mut Vec<&'n str>) {
    for node in nodes {
        match node {
            Node::Vocabulary(name) => found.push(name),
            Node::OneOf(branches) | Node::Not(branches) | Node::NotAfter(branches) => {
                branches.iter().for_each(|branch| names_in(branch, found))
            }
            Node::Word(_) | Node::Stem(_) | Node::Any | Node::Gap(_) => {}
        }
    }
}

/// Fills entries in, those that others use first.
struct Filler<'w> {
    entries: HashMap<(Language, &'w str), &'w Entry>,
    vocabulary: Vocabulary,
    /// The entries that are being filled in, the outermost first.
    path: Vec<&'w str>,
    /// Names without entry, with the phrase that uses each; reported when all names are known.
    unknown: Vec<(&'w Phrase, &'w str, Language)>,
}

impl<'w> Filler<'w> {
    fn entry(&mut self, entry: &'w Entry, faults: &mut Faults<'_>) {
        let key = (entry.language, entry.name.clone());
        if self.vocabulary.filled.contains_key(&key) {
            return;
        }
        self.path.push(&entry.name);
        let mut phrases = Vec::new();
        for phrase in &entry.say {
            if self.names_of(phrase, entry.language, faults) {
                phrases.extend(self.vocabulary.fill(&phrase.nodes, entry.language));
            }
        }
        self.path.pop();
        self.vocabulary.filled.insert(key, phrases);
    }

    /// Fills in the entries that a phrase names; false where one is unknown or leads back to where it is used.
    fn names_of(&mut self, phrase: &'w Phrase, language: Language, faults: &mut Faults<'_>) -> bool {
        let mut names = Vec::new();
        names_in(&phrase.nodes, &mut names);
        let mut usable = !phrase.nodes.is_empty();
        for name in names {
            if let Some(from) = self.path.iter().position(|open| *open == name) {
                let braces = format!("{{{name}}}");
                let at = phrase.text.value.find(&braces).unwrap_or(0);
                let place = phrase.text.place_of(at..at + braces.len(), faults.sources);
                let path: Vec<String> = self.path[from..].iter().chain([&name]).map(|name| format!("`{{{name}}}`")).collect();
                let message = format!("the vocabulary goes round in a circle: {}", path.join(" uses "));
                faults.add("R015", place, message, "take one of these uses out, and write its words instead");
                usable = false;
            } else if let Some(&inner) = self.entries.get(&(language, name)) {
                self.entry(inner, faults);
            } else {
                self.unknown.push((phrase, name, language));
                usable = false;
            }
        }
        usable
    }
}
