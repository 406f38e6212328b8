//! References: which provision "paragraph 2", "Articles 3 to 5" or "the preceding Article" names, and what belongs to another
//! instrument ("Article XX of the GATT 1994").
//!
//! One pass over the text: a list of words (`words`) tells where a reference may begin, `grammar` reads it, `resolve` looks it up
//! in the tree (`index`). What cannot be resolved says why; nothing is guessed.

mod external;
mod grammar;
mod index;
mod resolve;
#[cfg(test)]
mod tests;
mod words;

use std::borrow::Cow;
use std::collections::HashMap;

use super::{Agreement, Kind};
use crate::document::{AsideKind, Span};
use crate::text::{ceil_boundary, one_line};
use grammar::{Name, Phrase};
use index::Index;
use resolve::Resolver;
use words::Pointer;

/// A place in the text that names other provisions or another instrument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// Index of the provision in whose words it stands.
    pub at: usize,
    /// Its words (bytes of the text): "paragraphs 2(b) and 3 of Article 5".
    pub span: Span,
    /// What it names at the innermost level: paragraphs of an article are [`Kind::Paragraph`].
    pub kind: Kind,
    /// Everything that it names; never empty.
    pub targets: Vec<Target>,
}

/// What a reference names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A provision of this text, as an index into [`Agreement::provisions`]; 0 is the agreement itself.
    Provision(usize),
    /// Another instrument.
    External(Box<Outside>),
    /// Nothing in this text.
    Unresolved {
        /// Why, for people: "no paragraph 7 in Art. 5".
        reason: String,
        /// The provision that was found and does not hold what is named (Art. 5).
        within: Option<usize>,
    },
}

/// Another instrument, or a provision of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outside {
    /// Its name as written: "GATT 1994".
    pub instrument: String,
    /// What of it: "Article XX"; `None` where the whole is named.
    pub part: Option<String>,
}

/// How far a reference is read, in bytes.
const WINDOW: usize = 1500;
/// How far the words before a level are looked at, in bytes.
const BEFORE: usize = 80;

/// All references of an agreement, in the order of its text.
pub(super) fn of(agreement: &Agreement) -> Vec<Reference> {
    let text = in_flow(agreement);
    let places: Vec<usize> = words::places(&text).collect();
    let title = agreement.title.as_deref().map(one_line).unwrap_or_default();
    let resolver = Resolver::new(Index::new(agreement), own_nouns(&text, &places, &title), &title);
    let mut pass = Pass { text: &text, resolver, found: Vec::new() };
    let mut next = 0;
    for (at, provision) in agreement.provisions.iter().enumerate() {
        let own = Span::new(provision.head_end, provision.own.end);
        next += places[next..].partition_point(|&place| place < own.start);
        let mut read = own.start;
        while let Some(&place) = places.get(next).filter(|&&place| place < own.end) {
            next += 1;
            if place >= read && !matches!(provision.kind, Kind::Contents | Kind::Signature) {
                read = pass.read(at, Span::new(read, own.end), place).unwrap_or(read);
            }
        }
    }
    pass.found
}

/// The text with blanks in place of what interrupts the flow: every byte keeps its place.
fn in_flow(agreement: &Agreement) -> Cow<'_, str> {
    let text = agreement.document.text.as_str();
    let mut asides = agreement.document.asides.iter().filter(|aside| aside.kind != AsideKind::Footnote).peekable();
    if asides.peek().is_none() {
        return Cow::Borrowed(text);
    }
    let mut flow = String::with_capacity(text.len());
    for aside in asides {
        let start = aside.span.start.max(flow.len());
        let (Some(before), Some(words)) = (text.get(flow.len()..start), text.get(start..aside.span.end.max(start))) else { continue };
        flow.push_str(before);
        flow.extend(std::iter::repeat_n(' ', words.len()));
    }
    flow.push_str(text.get(flow.len()..).unwrap_or_default());
    Cow::Owned(flow)
}

/// What the agreement calls itself: the words that stand after "this", or in its title.
fn own_nouns(text: &str, places: &[usize], title: &str) -> Vec<String> {
    /// A word that is this many times rarer than the most frequent is a slip or a quotation.
    const RARE: usize = 5;
    let mut counts: HashMap<String, usize> = HashMap::new();
    for &place in places {
        let noun = first_word(&text[place..]);
        if words::level(noun).is_some_and(|level| level.kind == Kind::Agreement)
            && last_word(text, place, 0).is_some_and(|(_, word)| words::pointer(word) == Some(Pointer::This))
        {
            *counts.entry(noun.to_lowercase()).or_default() += 1;
        }
    }
    let most = counts.values().copied().max().unwrap_or(0);
    if most > 0 {
        return counts.into_iter().filter(|(_, count)| count * RARE >= most).map(|(noun, _)| noun).collect();
    }
    let titled: Vec<String> =
        title.split_whitespace().map(str::to_lowercase).filter(|word| words::INSTRUMENTS.contains(&word.as_str())).take(1).collect();
    if titled.is_empty() { ["agreement", "accord", "acuerdo"].map(str::to_owned).to_vec() } else { titled }
}

/// The word at the start of `text`.
fn first_word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphabetic() && c != '-').unwrap_or(text.len());
    &text[..end]
}

/// The word right before `at`, with where it begins; only white space stands between.
fn last_word(text: &str, at: usize, floor: usize) -> Option<(usize, &str)> {
    let from = ceil_boundary(text, at.saturating_sub(BEFORE).max(floor));
    let before = text.get(from..at)?;
    let trimmed = before.trim_end();
    if trimmed.len() == before.len() {
        return None;
    }
    let start = trimmed.char_indices().rev().take_while(|(_, c)| c.is_alphabetic()).last()?.0;
    Some((from + start, &trimmed[start..]))
}

/// The pass over the words of one agreement.
struct Pass<'a> {
    text: &'a str,
    resolver: Resolver<'a>,
    found: Vec<Reference>,
}

impl Pass<'_> {
    /// Reads what begins at `place` in the provision `at`, whose words not yet read are `own`; gives where it ends.
    fn read(&mut self, at: usize, own: Span, place: usize) -> Option<usize> {
        let window = |from: usize| &self.text[from..ceil_boundary(self.text, (from + WINDOW).min(own.end))];
        let words = window(place);
        if self.is_heading(own, place) {
            return None;
        }
        let before = last_word(self.text, place, own.start);
        let definite = before.is_some_and(|(_, word)| ["the", "la", "el", "al", "del", "du"].contains(&word.to_lowercase().as_str()))
            || self.text[own.start..place].ends_with(['\'', '’']);
        let plain = grammar::phrase(words, definite);
        let numbered = |phrase: &Phrase| {
            phrase
                .paths
                .first()
                .and_then(|path| path.iter().find(|step| !matches!(step.name, Name::Number(_) | Name::Range(..) | Name::Hyphen(..))))
                .is_none()
        };
        let read = match plain {
            Some(phrase) if numbered(&phrase) => Some((place, phrase)),
            plain => {
                let led = lead_start(self.text, place, own.start).and_then(|start| Some((start, grammar::phrase(window(start), false)?)));
                led.or(plain.map(|phrase| (place, phrase)))
            }
        };
        if let Some((start, phrase)) = read {
            let named = self.text.get(start..start + phrase.named)?;
            let kind = phrase.paths.first().and_then(|path| path.last()).map_or(Kind::Agreement, |step| step.kind);
            // "SAA Articles 30 and 38".
            let acronym =
                before.map(|(_, word)| word).filter(|word| external::is_acronym(word) && first_word(words).contains(char::is_lowercase));
            let mentioned = acronym
                .filter(|_| start == place && kind_of_first(&phrase) == Some(Kind::Article) && phrase.scope == grammar::Scope::Open)
                .and_then(|acronym| self.resolver.mention(at, acronym, Some(named)));
            let targets = mentioned.map_or_else(|| self.resolver.resolve(at, &phrase, named), |target| vec![target]);
            let span = Span::new(start, start + phrase.length);
            let external = matches!(targets.as_slice(), [Target::External(_)]);
            self.found.push(Reference { at, span, kind, targets });
            if external {
                self.share_external();
            }
            return Some(span.end);
        }
        self.mention(at, words, place)
    }

    /// Whether a word in capitals stands at the start of a line: the heading of what the tree does not know.
    fn is_heading(&self, own: Span, place: usize) -> bool {
        let word = first_word(&self.text[place..]);
        let line = self.text[own.start..place].trim_end_matches([' ', '\t']);
        word.len() > 2 && word.chars().all(char::is_uppercase) && line.ends_with('\n')
    }

    /// "Articles 2, 5, and Annex 3 of the TBT Agreement": what stands in one list with a provision of another instrument, and is
    /// not of this agreement, is of the other.
    fn share_external(&mut self) {
        /// The most references in such a list.
        const LIST: usize = 8;
        let Some((last, before)) = self.found.split_last_mut() else { return };
        let [Target::External(outside)] = last.targets.as_slice() else { return };
        let mut start = last.span.start;
        for reference in before.iter_mut().rev().take(LIST) {
            let between = self.text.get(reference.span.end..start).unwrap_or_default().trim();
            let joined = ["and", "or", ",", ", and", ", or", "et", "ou", "y", "o", "and the", "et l'", "et de l'", "y el", "and of"]
                .contains(&between);
            let missing = reference.targets.iter().all(|target| matches!(target, Target::Unresolved { within: None, .. }));
            if !joined || !missing || reference.at != last.at {
                break;
            }
            let part = Some(one_line(reference.span.of(self.text)));
            reference.targets = vec![Target::External(Box::new(Outside { instrument: outside.instrument.clone(), part }))];
            start = reference.span.start;
        }
    }

    /// The name of another instrument, with the provision of it that may follow: "GATT Article XX".
    fn mention(&mut self, at: usize, words: &str, place: usize) -> Option<usize> {
        let own = words::level(first_word(words)).is_some_and(|level| level.kind == Kind::Agreement);
        let known = external::known(words).is_ok();
        let name = external::name(words).filter(|name| known || own && !name.bare && words.starts_with(char::is_uppercase))?.words;
        // "Agreement on Safeguards" is a name; a run of two words is none, and a run in capitals is a title.
        if !known && (name.split_whitespace().count() < 3 || !name.contains(char::is_lowercase)) {
            return None;
        }
        let rest = &words[name.len()..];
        let follows = rest.trim_start_matches(['\'', '’', 's', ',']).trim_start();
        let part = grammar::phrase(follows, false).filter(|phrase| {
            let numbered = phrase
                .paths
                .first()
                .and_then(|path| path.first())
                .is_some_and(|step| matches!(step.name, Name::Number(_) | Name::Range(..) | Name::Hyphen(..)));
            phrase.scope == grammar::Scope::Open && numbered && !rest.starts_with(',') && follows.starts_with(['A', 'a'])
        });
        let (named, length) = match &part {
            Some(phrase) => (follows.get(..phrase.length), words.len() - follows.len() + phrase.length),
            None => (None, name.len()),
        };
        let target = self.resolver.mention(at, name, named)?;
        let kind =
            part.and_then(|phrase| phrase.paths.first().and_then(|path| path.last().map(|step| step.kind))).unwrap_or(Kind::Agreement);
        let span = Span::new(place, place + length);
        self.found.push(Reference { at, span, kind, targets: vec![target] });
        Some(span.end)
    }
}

/// The kind of the outermost level of a reference.
fn kind_of_first(phrase: &Phrase) -> Option<Kind> {
    phrase.paths.first().and_then(|path| path.first()).map(|step| step.kind)
}

/// Where "this", "the preceding two" or "second" before the word of a level begins.
fn lead_start(text: &str, place: usize, floor: usize) -> Option<usize> {
    let (start, word) = last_word(text, place, floor)?;
    let before = last_word(text, start, floor);
    if words::pointer(word).is_some() {
        // "the two preceding paragraphs".
        let counted = before.filter(|(_, word)| grammar::cardinal(word).is_some());
        return Some(counted.map_or(start, |(start, _)| start));
    }
    if grammar::cardinal(word).is_some() {
        return before.filter(|(_, word)| words::pointer(word) == Some(Pointer::Before)).map(|(start, _)| start);
    }
    words::ordinal(word).map(|_| start)
}
