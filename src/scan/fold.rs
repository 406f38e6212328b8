//! The folded copy of a document: words in lower case without accents and plural marks, one space between them, every
//! word with its place in the text. Literals are looked for in it in one pass; phrases are verified word by word.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::document::{Aside, AsideKind, Span};
use crate::rules::lexicon::{END, Lexicon};
use crate::rules::words::{fold_char, singular};

/// The mark of the end of a sentence among the words.
pub const STOP: &str = ".";

/// A word (or sentence end) of the folded copy.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// Its letters in [`Folded::text`].
    fold: (u32, u32),
    /// Its number in the lexicon of the rules.
    pub word: u32,
    /// Where the numbers of the stems with which it begins stand in [`Folded::stems_of`].
    pub stems: (u32, u32),
    /// Its place in the text of the document.
    pub source: Span,
}

/// A folded copy of a text.
#[derive(Debug)]
pub struct Folded {
    /// All words, with a space before, between and behind.
    pub text: String,
    /// The words in order.
    pub tokens: Vec<Token>,
    /// The stems of the words, those of one word side by side.
    stems: Vec<u32>,
    /// Numbers that the lexicon gives out.
    pub numbers: usize,
}

/// Abbreviations whose full stop ends no sentence.
const ABBREVIATIONS: &[&str] = &[
    "art", "arts", "no", "nos", "para", "paras", "cf", "eg", "ie", "inc", "ltd", "vol", "p", "pp", "fn", "st", "mr", "mrs", "dr", "al",
    "par", "ch", "sec", "inter", "núm", "sr", "hon", "rev", "doc", "add", "viz", "etc",
];

impl Folded {
    /// Folds a text; running heads and comments are left out.
    #[must_use]
    pub fn new(text: &str, asides: &[Aside], lexicon: &Lexicon) -> Self {
        let skips = asides.iter().filter(|aside| aside.kind != AsideKind::Footnote).map(|aside| aside.span);
        let mut folder = Folder {
            text,
            out: String::with_capacity(text.len() + text.len() / 8),
            tokens: Vec::with_capacity(text.len() / 6),
            lexicon,
            known: FxHashMap::default(),
            stems: Vec::new(),
        };
        folder.out.push(' ');
        let mut at = 0;
        for skip in skips {
            if skip.start > at {
                folder.fold(at, skip.start);
            }
            at = at.max(skip.end);
        }
        folder.fold(at, text.len());
        Self { text: folder.out, tokens: folder.tokens, stems: folder.stems, numbers: lexicon.len() }
    }

    /// The letters of a token.
    #[must_use]
    pub fn word(&self, index: usize) -> &str {
        self.tokens.get(index).map_or("", |token| &self.text[token.fold.0 as usize..token.fold.1 as usize])
    }

    /// The numbers of the stems with which a token begins.
    #[must_use]
    pub fn stems_of(&self, token: &Token) -> &[u32] {
        self.stems.get(token.stems.0 as usize..token.stems.1 as usize).unwrap_or_default()
    }

    /// The tokens that lie in a span of the document.
    #[must_use]
    pub fn range(&self, span: Span) -> Range<usize> {
        let start = self.tokens.partition_point(|token| token.source.start < span.start);
        let end = self.tokens.partition_point(|token| token.source.start < span.end);
        start..end.max(start)
    }

    /// The tokens of a range, as a reading holds them. Documents are limited so that their number fits.
    pub fn indexes(tokens: impl Iterator<Item = usize>) -> impl Iterator<Item = u32> {
        tokens.filter_map(|token| u32::try_from(token).ok())
    }

    /// The token at a place in the folded text; `near` is the token of an earlier question, from which the search goes on.
    #[must_use]
    pub fn token_at(&self, fold_offset: usize, near: usize) -> usize {
        let ends_before = |at: usize| self.tokens.get(at).is_some_and(|token| (token.fold.1 as usize) <= fold_offset);
        let mut at = near;
        while ends_before(at) {
            at += 1;
        }
        while at > 0 && !ends_before(at - 1) {
            at -= 1;
        }
        at
    }
}

struct Folder<'t> {
    text: &'t str,
    out: String,
    tokens: Vec<Token>,
    lexicon: &'t Lexicon,
    /// What the lexicon says of the words seen so far: a treaty has few different ones.
    known: FxHashMap<Box<str>, (u32, (u32, u32))>,
    stems: Vec<u32>,
}

impl Folder<'_> {
    fn fold(&mut self, from: usize, to: usize) {
        let Some(slice) = self.text.get(from..to) else { return };
        let bytes = slice.as_bytes();
        let mut at = 0;
        // The letters of the word that is being read stand at the end of `out`.
        let mut word = self.out.len();
        let mut place = Span::default();
        // Whether the last thing was an apostrophe after a word: its "s" is the genitive and no word.
        let mut apostrophe = false;
        while let Some(&byte) = bytes.get(at) {
            if byte.is_ascii_alphanumeric() {
                if self.out.len() == word {
                    place.start = from + at;
                }
                let run = bytes[at..].iter().position(|byte| !byte.is_ascii_alphanumeric()).map_or(slice.len(), |length| at + length);
                self.out.push_str(&slice[at..run]);
                let begin = self.out.len() - (run - at);
                self.out[begin..].make_ascii_lowercase();
                at = run;
                place.end = from + at;
                continue;
            }
            let Some(character) = slice[at..].chars().next() else { return };
            let next = at + character.len_utf8();
            if let Some(folded) = fold_char(character) {
                if self.out.len() == word {
                    place.start = from + at;
                }
                self.out.push_str(folded);
                at = next;
                place.end = from + at;
                continue;
            }
            at = next;
            match character {
                // A soft hyphen, an accent on its own and a zero-width mark stand inside words.
                '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200d}' | '\u{2060}' => continue,
                '-' | '\u{2010}' | '\u{2011}' if self.out.len() > word && broken_word(&slice[at..]) => {
                    // The rest of the word stands on the next line.
                    at = slice.len() - slice[at..].trim_start().len();
                    continue;
                }
                _ => {}
            }
            if self.out.len() > word {
                self.push(word, apostrophe, place);
                apostrophe = matches!(character, '\'' | '’' | '‘' | '`');
            }
            if matches!(character, '.' | '!' | '?') && self.ends_sentence(&slice[at..]) {
                self.stop(Span::new(from + at - 1, from + at));
            }
            word = self.out.len();
        }
        self.push(word, apostrophe, place);
    }

    /// Ends the word whose letters stand at the end of `out` from `word` on.
    fn push(&mut self, word: usize, apostrophe: bool, source: Span) {
        let letters = &self.out[word..];
        if letters.is_empty() || apostrophe && letters == "s" {
            self.out.truncate(word);
            return;
        }
        let (kept, ending) = singular(letters);
        self.out.truncate(word + kept);
        if ending {
            self.out.push('y');
        }
        let letters = &self.out[word..];
        let (number, stems) = match self.known.get(letters) {
            Some(known) => *known,
            None => {
                // A text has fewer stems than letters, which are limited.
                let count = |list: &[u32]| u32::try_from(list.len()).unwrap_or(u32::MAX);
                let first = count(&self.stems);
                self.stems.extend(self.lexicon.stems(letters));
                let found = (self.lexicon.word(letters), (first, count(&self.stems)));
                self.known.insert(letters.into(), found);
                found
            }
        };
        self.token(word, number, stems, source);
    }

    fn stop(&mut self, source: Span) {
        if self.tokens.last().is_some_and(|last| last.word != END) {
            let start = self.out.len();
            self.out.push_str(STOP);
            self.token(start, END, (0, 0), source);
        }
    }

    fn token(&mut self, start: usize, word: u32, stems: (u32, u32), source: Span) {
        // Documents are limited to half a gigabyte, so folded offsets fit.
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let fold = (offset(start), offset(self.out.len()));
        self.out.push(' ');
        self.tokens.push(Token { fold, word, stems, source });
    }

    /// A full stop ends a sentence when white space and a capital, digit or bracket follow and the word before is no abbreviation.
    fn ends_sentence(&self, rest: &str) -> bool {
        let next = rest.trim_start_matches(['"', '”', '’', '\'', ')', '»']);
        if !next.is_empty() && !next.starts_with(char::is_whitespace) {
            return false;
        }
        let Some(last) = self.tokens.last() else { return false };
        let word = &self.out[last.fold.0 as usize..last.fold.1 as usize];
        if word.len() == 1 && word.bytes().all(|b| b.is_ascii_lowercase()) || ABBREVIATIONS.contains(&word) {
            return false;
        }
        match next.trim_start().chars().next() {
            None => true,
            Some(c) => !c.is_lowercase(),
        }
    }
}

/// Whether, after a hyphen, a line break and a lower-case letter follow ("cul-\ntural"), or what a text layer leaves of it ("cul- tural").
fn broken_word(rest: &str) -> bool {
    let trimmed = rest.trim_start();
    let gap = &rest[..rest.len() - trimmed.len()];
    if gap.is_empty() || !trimmed.starts_with(char::is_lowercase) {
        return false;
    }
    let next: String = trimmed.chars().take_while(|c| c.is_alphabetic()).collect();
    // "short- and long-term" keeps its hyphen.
    !matches!(next.as_str(), "and" | "or" | "et" | "ou" | "y" | "o" | "e" | "u" | "to")
}

#[cfg(test)]
mod tests {
    use super::{Folded, Lexicon};
    use crate::document::{Aside, AsideKind, Span};

    fn folded(text: &str) -> String {
        Folded::new(text, &[], &Lexicon::default()).text
    }

    #[test]
    fn words_are_folded() {
        assert_eq!(folded("Cultural Goods’ and l’Œuvre"), " cultural good and l oeuvre ");
        assert_eq!(folded("the Party’s policies"), " the party policy ");
        assert_eq!(
            folded("cul-\ntural, audio-visual, develop- ment, short- and long-term"),
            " cultural audio visual development short and long term "
        );
        assert_eq!(folded("Art. 5 ends. The next"), " art 5 end . the next ");
        assert_eq!(folded("ﬁlms and pro\u{ad}grammes"), " film and programme ");
    }

    #[test]
    fn places_lead_back() {
        let text = "Les  «œuvres»\naudiovisuelles";
        let folded = Folded::new(text, &[], &Lexicon::default());
        let words: Vec<&str> = folded.tokens.iter().map(|token| token.source.of(text)).collect();
        assert_eq!(words, ["Les", "œuvres", "audiovisuelles"]);
    }

    #[test]
    fn running_heads_are_left_out() {
        let text = "cultural PAGE 5 goods";
        let aside = Aside { span: Span::new(9, 16), kind: AsideKind::Running, mark: None };
        assert_eq!(Folded::new(text, &[aside], &Lexicon::default()).text, " cultural good ");
    }
}
