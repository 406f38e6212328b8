//! The words that a short name stands for: initials, the noun of the name, capitals, in this order.

use std::sync::LazyLock;

use regex::Regex;

use crate::document::Span;
use crate::text::{ceil_boundary, pattern};

/// Farthest that the words are looked for that a name stands for, in bytes.
const REACH: usize = 600;
/// The same for a name of all parties, whose list of states is long.
const REACH_OF_PARTIES: usize = 6000;
/// Most words between a determiner and its noun.
const MAX_ADJECTIVES: usize = 6;
/// "Article II of the …": what follows is named.
static PART_OF: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:the\s+)?(?:articles?|chapters?|annex(?:es)?|sections?|paragraphs?|part|artículos?|capítulos?)\s+[\w.()]+\s+(?:(?:and|to)\s+[\w.()]+\s+)?(?:of|to|du|de la|de l['’]|del|de)\s+",
    )
});
/// A participle that opens a recital.
static RECITAL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:\p{Lu}\p{L}+(?:ing|ED|ed|ant|ando|iendo|ING|ANT|NDO)|Whereas|Vu|Visto)(?:\s+(?:that|que))?\s+(?:the|a|an|la|las|los|el|les?)\s",
    )
});
/// The lines of a title before the names of the parties.
static TITLE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\s*(?:[^\n,;]*(?:agreement|treaty|protocol|preamble|between|acuerdo|tratado|convenio|accord|traité|préambule|preámbulo)[^\n,;]*|and|et|y)[ \t\r]*\n",
    )
});
/// When and where a treaty was made: it stands behind its name.
static MADE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)[,\s]\s*(?:done|signed|adopted|opened|concluded|made|dated|as\s+amended|as\s+revised|fait|faite|signée?|adoptée?|conclue?|hech[oa]|firmad[oa]|suscrit[oa]|adoptad[oa])(?-u:\b)[^;]*$",
    )
});

/// The words that a name stands for: they end where the bracket opens.
pub(super) fn meant(text: &str, before: Span, name: &str, parties: bool) -> Span {
    let reach = if parties { REACH_OF_PARTIES } else { REACH };
    let from = ceil_boundary(text, before.start.max(before.end.saturating_sub(reach)));
    let end = before.end;
    let region = &text[from..end];
    let from = from + sentence_start(region, parties);
    let words = &text[from..end];
    if parties {
        let mut words = words;
        while let Some(title) = TITLE.find(words).filter(|title| words[title.end()..].chars().any(char::is_alphabetic)) {
            words = &words[title.end()..];
        }
        return Span::new(end - without_opening(words, name).len(), end);
    }
    // The phrase is looked for before "done at Geneva, on …", which belongs to it.
    let made = MADE.find(words).map_or(words.len(), |found| found.start());
    let phrase = if words[..made].trim().is_empty() { words } else { &words[..made] };
    let start = acronym(phrase, name)
        .or_else(|| noun_phrase(phrase, name))
        .or_else(|| capitals(phrase, phrase.len(), false))
        .or_else(|| determined(phrase, phrase.len(), usize::MAX))
        .unwrap_or(0);
    Span::new(end - without_opening(&words[start..], name).len(), end)
}

/// Without conjunction, participle, "Article II of" before the phrase.
fn without_opening<'t>(words: &'t str, name: &str) -> &'t str {
    let mut words = words;
    // "Annex III to this Agreement (“Annex III”)" keeps its number.
    let first = name.split_whitespace().next().unwrap_or_default().to_lowercase();
    loop {
        let rest = words.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ')' | '.' | '"' | '”'));
        let rest = ["and ", "or ", "y ", "et ", "AND ", "of the one part, and", "of the other part, and"]
            .iter()
            .find_map(|word| rest.strip_prefix(word))
            .unwrap_or(rest);
        let rest = match RECITAL.find(rest) {
            // The article behind the participle belongs to the phrase.
            Some(found) => &rest[found.as_str().trim_end().rfind(char::is_whitespace).map_or(0, |at| at + 1)..],
            None => rest,
        };
        let rest = PART_OF
            .find(rest)
            .filter(|found| !found.as_str().to_lowercase().starts_with(&first))
            .map_or(rest, |found| &rest[found.end()..]);
        if rest.len() == words.len() {
            return rest;
        }
        words = rest;
    }
}

/// Where the last sentence of some words begins.
fn sentence_start(words: &str, parties: bool) -> usize {
    let bytes = words.as_bytes();
    let mut at = bytes.len();
    while at > 0 {
        at -= 1;
        let space = bytes.get(at + 1).is_some_and(u8::is_ascii_whitespace);
        let boundary = match bytes[at] {
            b';' | b':' => space,
            b'.' => {
                let before = words[..at].rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
                space && before.len() > 2 && words[at + 1..].trim_start().starts_with(char::is_uppercase)
            }
            b'\n' => !parties && words[..at].trim_end_matches([' ', '\t', '\r']).ends_with('\n'),
            _ => false,
        };
        if boundary {
            return at + 1;
        }
    }
    0
}

/// The words whose first letters an abbreviation takes, read from the end.
fn acronym(words: &str, name: &str) -> Option<usize> {
    let letters: Vec<char> = name.chars().filter(|c| c.is_alphanumeric()).collect();
    if letters.len() < 2 || letters.len() > 10 || letters.iter().filter(|c| c.is_uppercase()).count() < 2 || name.contains(' ') {
        return None;
    }
    let mut wanted = letters.iter().rev().flat_map(|c| c.to_lowercase()).peekable();
    let mut start = None;
    let mut count = 0;
    for word in words.split(|c: char| c.is_whitespace() || c == '-' || c == '/').rev().filter(|word| !word.is_empty()) {
        count += 1;
        if count > letters.len() * 2 + 4 {
            break;
        }
        let first = word.chars().find(|c| c.is_alphanumeric())?;
        if first.to_lowercase().next() == wanted.peek().copied() {
            wanted.next();
            start = Some(word.as_ptr() as usize - words.as_ptr() as usize);
        }
        if wanted.peek().is_none() {
            break;
        }
    }
    let start = start.filter(|_| wanted.peek().is_none())?;
    Some(with_determiner(words, start))
}

/// The phrase around the last place where the name, or its noun, stands in the words.
fn noun_phrase(words: &str, name: &str) -> Option<usize> {
    let lower = words.to_lowercase();
    // Lower case keeps the length of Latin letters; where it does not, the places cannot be told.
    if lower.len() != words.len() {
        return None;
    }
    let whole = name.to_lowercase();
    let noun = whole
        .split([' ', '\n'])
        .take_while(|word| !matches!(*word, "of" | "on" | "for" | "de" | "del" | "sur" | "sobre"))
        .last()
        .unwrap_or_default()
        .to_owned();
    let first = whole.split([' ', '\n']).next().unwrap_or_default().to_owned();
    // The noun comes first in French and Spanish, and before "of".
    let latin = [" de ", " du ", " des ", " del ", " d’", " d'"].iter().any(|word| whole.contains(word));
    let nouns = if latin { [first.as_str(), noun.as_str()] } else { [noun.as_str(), first.as_str()] };
    for sought in [whole.as_str(), nouns[0], nouns[1], nouns[0].trim_end_matches('s')] {
        if sought.len() < 3 {
            continue;
        }
        let at = lower.rmatch_indices(sought).map(|(at, _)| at).find(|&at| !lower[..at].ends_with(char::is_alphanumeric));
        if let Some(at) = at {
            let capital = words[at..].starts_with(char::is_uppercase);
            let left = if capital { capitals(words, at, true).unwrap_or_else(|| with_determiner(words, at)) } else { at };
            let opens = words[left..].split_whitespace().next().is_some_and(is_determiner);
            let reach = if capital { 2 } else { MAX_ADJECTIVES };
            return Some(if opens { left } else { determined(words, left, reach).unwrap_or_else(|| adjectives(words, left)) });
        }
    }
    None
}

/// The words before a noun without determiner, back to a preposition or mark.
fn adjectives(words: &str, noun: usize) -> usize {
    const STOPS: [&str; 16] = ["of", "in", "to", "for", "on", "with", "by", "from", "as", "de", "en", "à", "a", "por", "par", "para"];
    if words[noun..].starts_with(char::is_uppercase) {
        return noun;
    }
    let mut start = noun;
    for word in words[..noun].rsplit(char::is_whitespace).filter(|word| !word.is_empty()).take(MAX_ADJECTIVES) {
        if STOPS.contains(&word.to_lowercase().as_str()) || word.ends_with([',', ';', ':', ')', '.']) {
            break;
        }
        start = word.as_ptr() as usize - words.as_ptr() as usize;
    }
    start
}

/// The run of capitalised words (and the small words between them) that ends at `end`.
fn capitals(words: &str, end: usize, within: bool) -> Option<usize> {
    const SMALL: [&str; 21] = [
        "of",
        "the",
        "on",
        "for",
        "and",
        "in",
        "de",
        "du",
        "des",
        "la",
        "le",
        "les",
        "et",
        "y",
        "del",
        "los",
        "las",
        "el",
        "concerning",
        "relating",
        "between",
    ];
    let mut start = None;
    let mut pending_and = false;
    for word in words[..end].rsplit(char::is_whitespace).filter(|word| !word.is_empty()) {
        let at = word.as_ptr() as usize - words.as_ptr() as usize;
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let ends = word.ends_with([',', ')', ':']) && at + word.len() != end;
        let year = bare.len() == 4 && bare.chars().all(|c| c.is_ascii_digit());
        if word.starts_with(|c: char| c.is_uppercase() || matches!(c, '"' | '“' | '«')) || year && (start.is_none() || !within) {
            if ends && start.is_some() && !year {
                break;
            }
            // "the GATT and the WTO Agreement": the second only.
            if pending_and && words[start.unwrap_or(end)..].starts_with("the ") {
                break;
            }
            pending_and = false;
            start = Some(at);
        } else if SMALL.contains(&word) && (start.is_some() || within) {
            if matches!(word, "and" | "et" | "y") {
                pending_and = true;
            } else if word == "the" && !pending_and {
                // Kept when a capital stands before it.
                let before = words[..at].trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
                if !SMALL.contains(&before) && !before.starts_with(char::is_uppercase) {
                    return Some(at);
                }
            }
        } else {
            break;
        }
    }
    start.map(|at| with_determiner(words, at))
}

/// Whether a word is an article or stands in the place of one.
fn is_determiner(word: &str) -> bool {
    const DETERMINERS: [&str; 28] = [
        "a", "an", "the", "any", "each", "all", "such", "their", "its", "un", "une", "le", "la", "les", "des", "tout", "toute", "una",
        "el", "los", "las", "cada", "todo", "toda", "unos", "unas", "su", "sus",
    ];
    DETERMINERS.contains(&word.to_lowercase().as_str())
}

/// The determiner of the noun at `end`, with at most `most` words between.
fn determined(words: &str, end: usize, most: usize) -> Option<usize> {
    for (count, word) in words[..end].rsplit(char::is_whitespace).filter(|word| !word.is_empty()).enumerate() {
        if word.ends_with([',', ';', ')']) && most != usize::MAX || count > most {
            return None;
        }
        if is_determiner(word) {
            return Some(word.as_ptr() as usize - words.as_ptr() as usize);
        }
    }
    None
}

/// With the article directly before.
fn with_determiner(words: &str, start: usize) -> usize {
    let before = words[..start].trim_end();
    let word = before.rsplit(|c: char| c.is_whitespace() || matches!(c, '’' | '\'')).next().unwrap_or_default();
    if matches!(word.to_lowercase().as_str(), "the" | "a" | "an" | "le" | "la" | "les" | "el" | "los" | "las" | "un" | "une" | "una" | "l")
    {
        before.len() - word.len()
    } else {
        start
    }
}
