//! Lists of parties in running text: "between the Republic of A, B and its Member States, of the one part, and C, of the other".

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::names::Named;
use crate::rules::{Parties, folded_words};
use crate::text::{one_line, pattern};

/// Words before a name that are no part of it.
const BEFORE: [&str; 30] = [
    "the",
    "la",
    "le",
    "les",
    "el",
    "los",
    "las",
    "l",
    "government",
    "governments",
    "gouvernement",
    "gouvernements",
    "gobierno",
    "gobiernos",
    "of",
    "de",
    "del",
    "du",
    "des",
    "d",
    "both",
    "its",
    "each",
    "cabinet",
    "ministers",
    "president",
    "plenipotentiaries",
    "presidente",
    "presidentes",
    "crown",
];
/// Words of the form of a state, which belong to its name.
const FORMS: [&str; 62] = [
    "republic",
    "kingdom",
    "state",
    "states",
    "federation",
    "federal",
    "democratic",
    "people",
    "s",
    "peoples",
    "popular",
    "socialist",
    "islamic",
    "union",
    "united",
    "principality",
    "grand",
    "duchy",
    "sultanate",
    "commonwealth",
    "empire",
    "confederation",
    "arab",
    "independent",
    "sovereign",
    "co",
    "operative",
    "cooperative",
    "republique",
    "royaume",
    "etat",
    "federale",
    "democratique",
    "populaire",
    "socialiste",
    "islamique",
    "unie",
    "uni",
    "principaute",
    "republica",
    "reino",
    "estado",
    "estados",
    "federativa",
    "democratica",
    "socialista",
    "islamica",
    "unida",
    "unido",
    "principado",
    "gran",
    "ducado",
    "oriental",
    "bolivarian",
    "bolivariana",
    "bolivarienne",
    "plurinational",
    "plurinacional",
    "federative",
    "hashemite",
    "territory",
    "region",
];
/// Words between names.
const AND: [&str; 5] = ["and", "et", "y", "e", "und"];
/// Words with which the list of parties is over.
const END: [&str; 61] = [
    "date",
    "signature",
    "original",
    "primera",
    "premiere",
    "part",
    "chapter",
    "capitulo",
    "whose",
    "following",
    "article",
    "on",
    "for",
    "concerning",
    "regarding",
    "relating",
    "respecting",
    "establishing",
    "to",
    "with",
    "in",
    "signed",
    "done",
    "concluded",
    "hereinafter",
    "hereafter",
    "preamble",
    "contents",
    "table",
    "revised",
    "amending",
    "which",
    "dated",
    "as",
    "at",
    "desiring",
    "free",
    "trade",
    "agreement",
    "sobre",
    "para",
    "relativo",
    "relativa",
    "con",
    "por",
    "en",
    "tratado",
    "acuerdo",
    "preambulo",
    "sur",
    "pour",
    "portant",
    "relatif",
    "relative",
    "instituant",
    "concernant",
    "accord",
    "signe",
    "preambule",
    "pursuant",
    "represented",
];
/// Words that no name has: the list is about something else.
const NO_NAME: [&str; 12] = [
    "parties",
    "partes",
    "party",
    "contracting",
    "contractantes",
    "contratantes",
    "articles",
    "necessity",
    "treaty",
    "tratado",
    "protocol",
    "members",
];
/// Longest name that is believed, in words.
const MAX_WORDS: usize = 12;

/// What separates the sides of an agreement.
static SIDES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i),?\s*\b(?:of|on) the (?:one|first) (?:part|hand|side)\b|,?\s*\bd['’]une part\b|,?\s*\b(?:por|de) un[ao](?: parte| lado)?\b",
    )
});
/// What stands behind the last of them.
static LAST: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i),?\s*\b(?:(?:of|on) the (?:other|second)\b|d['’]autre part\b|(?:por|de) (?:la )?otr[ao]\b)"));
/// What is said of the members of a union.
static MEMBERS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i),?\s+(?:and|et|y)\s+(?:(?:its|their|the) member states|ses [ée]tats membres|sus estados miembros)(?:\s+of the [\p{L}-]+ (?:union|community|communities))?",
    )
});
static ASIDE: LazyLock<Regex> = LazyLock::new(|| pattern(r"\([^()]*\)|\[[^\[\]]*\]|“[^”]*”"));

/// The names in a list. Those that are not known are taken where `trusting` says so; otherwise only behind words of government.
pub(super) fn read<'p>(words: &str, known: &'p Parties, trusting: bool) -> Vec<Named<'p>> {
    let words = LAST.find(words).map_or(words, |found| &words[..found.start()]);
    // Places must stay as they are: what does not count becomes white space or a separator of the same length.
    let mut text = words.to_owned();
    for (regex, with) in [(&ASIDE, ' '), (&SIDES, ';')] {
        text = masked(&text, regex, with);
    }
    let members: Vec<usize> = MEMBERS.find_iter(&text).map(|found| found.start()).collect();
    text = masked(&text, &MEMBERS, ' ');
    let small = !text.chars().any(char::is_uppercase);
    let folded = folded_words(&text);
    let mut found: Vec<Named<'p>> = Vec::new();
    let mut item = Item::default();
    let mut at = 0;
    while at < folded.len() {
        let (place, word) = &folded[at];
        let gap = &text[at.checked_sub(1).map_or(0, |before| folded[before].0.end)..place.start];
        // "St. Lucia" is one name, "the Republic of A. The Republic of B" are two.
        let stop = gap.contains('.') && at.checked_sub(1).is_some_and(|before| folded[before].1.len() > 3);
        if stop || gap.contains([',', ';', ':', '/']) || gap.contains('-') && !item.is_empty() || gap.contains(['–', '—']) {
            item.close(words, trusting, &mut found);
        }
        if let Some((party, length)) = known.longest_at(&folded[at..]) {
            let end = folded[at + length - 1].0.end;
            if is_spelled(&text[place.start..end], small) {
                item.take(place.start..end, party);
                if members.iter().any(|start| *start >= end && text[end..*start].trim().is_empty()) {
                    item.with_members = true;
                }
                at += length;
                continue;
            }
        }
        if AND.contains(&word.as_str()) {
            item.close(words, trusting, &mut found);
        } else if END.contains(&word.as_str()) && !(item.is_empty() && found.is_empty()) {
            break;
        } else {
            item.add(place.clone(), word, &members);
        }
        at += 1;
    }
    item.close(words, trusting, &mut found);
    found
}

/// Every known name in a text, with the words of the form of a state before it.
pub(super) fn known_in<'p>(words: &str, known: &'p Parties) -> Vec<Named<'p>> {
    let small = !words.chars().any(char::is_uppercase);
    let folded = folded_words(words);
    let mut found = Vec::new();
    // `free` is the first word behind the name before.
    let (mut at, mut free) = (0, 0);
    while at < folded.len() {
        let Some((party, length)) = known.longest_at(&folded[at..]) else {
            at += 1;
            continue;
        };
        let end = folded[at + length - 1].0.end;
        if is_spelled(&words[folded[at].0.start..end], small) {
            let mut first = at;
            let belongs = |word: &str| FORMS.contains(&word) || BEFORE.contains(&word);
            while first > free && belongs(&folded[first - 1].1) && joins(&words[folded[first - 1].0.end..folded[first].0.start]) {
                first -= 1;
            }
            while BEFORE.contains(&folded[first].1.as_str()) && first < at {
                first += 1;
            }
            found.push(Named { name: one_line(&words[folded[first].0.start..end]), known: Some(party), with_members: false });
        }
        at += length;
        free = at;
    }
    found
}

/// Whether nothing but white space, an apostrophe or a hyphen stands between two words.
fn joins(gap: &str) -> bool {
    gap.chars().all(|character| character.is_whitespace() || matches!(character, '\'' | '’' | '-'))
}

/// Abbreviations are written in capitals: "us" is no state. `small` says that the whole text has none.
fn is_spelled(name: &str, small: bool) -> bool {
    small || name.chars().filter(|letter| letter.is_alphabetic()).count() > 4 || !name.chars().any(char::is_lowercase) || {
        // Short names that are no abbreviations begin with a capital: Chad, Cuba, Fiji.
        name.chars().count() == 4 && name.starts_with(char::is_uppercase)
    }
}

fn masked(text: &str, regex: &Regex, with: char) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for found in regex.find_iter(text) {
        bytes[found.range()].fill(b' ');
        bytes[found.start()] = with as u8;
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// What stands between two separators.
#[derive(Default)]
struct Item<'p> {
    /// From the first word of the name.
    span: Option<Range<usize>>,
    words: usize,
    /// Whether a word of government or of the form of a state stands in it.
    official: bool,
    /// Whether a word stands in it that is neither.
    other: bool,
    /// Whether a word stands in it that no name has.
    none: bool,
    known: Option<(Range<usize>, &'p crate::rules::KnownParty)>,
    with_members: bool,
}

impl<'p> Item<'p> {
    fn is_empty(&self) -> bool {
        self.span.is_none() && self.known.is_none()
    }

    fn take(&mut self, place: Range<usize>, party: &'p crate::rules::KnownParty) {
        // Words before a known name that are none of the form of a state make it the name of something else.
        if self.known.is_none() && !self.other {
            let start = self.span.as_ref().map_or(place.start, |span| span.start);
            self.known = Some((start..place.end, party));
        } else {
            self.extend(place);
        }
    }

    fn extend(&mut self, place: Range<usize>) {
        self.words += 1;
        self.span = Some(self.span.as_ref().map_or(place.start, |span| span.start)..place.end);
    }

    fn add(&mut self, place: Range<usize>, word: &str, members: &[usize]) {
        if BEFORE.contains(&word) && self.span.is_none() {
            self.official |= word.starts_with("go");
            return;
        }
        if self.known.is_some() {
            return;
        }
        self.none |= NO_NAME.contains(&word) || word.starts_with(|letter: char| letter.is_ascii_digit());
        let form = FORMS.contains(&word) || BEFORE.contains(&word);
        self.official |= form;
        self.other |= !form;
        self.with_members |= members.contains(&place.end);
        self.extend(place);
    }

    fn close(&mut self, words: &str, trusting: bool, found: &mut Vec<Named<'p>>) {
        let item = std::mem::take(self);
        if let Some((place, party)) = item.known {
            found.push(Named { name: one_line(&words[place]), known: Some(party), with_members: item.with_members });
        } else if let Some(place) = item.span
            && item.words <= MAX_WORDS
            && item.other
            && !item.none
            && (trusting || item.official)
            && words[place.clone()].starts_with(char::is_uppercase)
        {
            found.push(Named { name: one_line(words[place].trim_end_matches('…')), known: None, with_members: item.with_members });
        }
    }
}
