//! The folded copy of a document: words in lower case without accents and plural marks, one space between them, every
//! word with its place in the text. Literals are looked for in it in one pass; phrases are verified word by word.

use std::ops::Range;

use crate::document::{Aside, AsideKind, Span};
use crate::rules::words::{fold_char, singular};

/// The mark of the end of a sentence among the words.
pub const STOP: &str = ".";

/// A word (or sentence end) of the folded copy.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// Its letters in [`Folded::text`].
    fold: (u32, u32),
    /// Its first letters, see [`head`].
    head: u32,
    /// Its place in the text of the document.
    pub source: Span,
}

/// The first four letters of a folded word as one number: most words differ in them, so that few are compared whole.
#[must_use]
pub fn head(word: &str) -> u32 {
    let mut letters = [0_u8; 4];
    for (letter, byte) in letters.iter_mut().zip(word.bytes()) {
        *letter = byte;
    }
    u32::from_le_bytes(letters)
}

/// The part of [`head`] that a stem decides.
#[must_use]
pub fn mask(stem: &str) -> u32 {
    let bits = 8 * u32::try_from(stem.len().min(4)).unwrap_or(4);
    if bits == 32 { u32::MAX } else { (1 << bits) - 1 }
}

/// A folded copy of a text.
#[derive(Debug)]
pub struct Folded {
    /// All words, with a space before, between and behind.
    pub text: String,
    /// The words in order.
    pub tokens: Vec<Token>,
}

/// Abbreviations whose full stop ends no sentence.
const ABBREVIATIONS: &[&str] = &[
    "art", "arts", "no", "nos", "para", "paras", "cf", "eg", "ie", "inc", "ltd", "vol", "p", "pp", "fn", "st", "mr", "mrs", "dr", "al",
    "par", "ch", "sec", "inter", "núm", "sr", "hon", "rev", "doc", "add", "viz", "etc",
];

impl Folded {
    /// Folds a text; running heads and comments are left out.
    #[must_use]
    pub fn new(text: &str, asides: &[Aside]) -> Self {
        let skips = asides.iter().filter(|aside| aside.kind != AsideKind::Footnote).map(|aside| aside.span);
        let mut folder =
            Folder { text, out: String::with_capacity(text.len() + text.len() / 8), tokens: Vec::with_capacity(text.len() / 6) };
        folder.out.push(' ');
        let mut at = 0;
        for skip in skips {
            if skip.start > at {
                folder.fold(at, skip.start);
            }
            at = at.max(skip.end);
        }
        folder.fold(at, text.len());
        Self { text: folder.out, tokens: folder.tokens }
    }

    /// The letters of a token.
    #[must_use]
    pub fn word(&self, index: usize) -> &str {
        self.tokens.get(index).map_or("", |token| &self.text[token.fold.0 as usize..token.fold.1 as usize])
    }

    /// The first letters of a token, see [`head`]; 0 where there is none.
    pub fn head(&self, index: usize) -> u32 {
        self.tokens.get(index).map_or(0, |token| token.head)
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

    /// The token at a place in the folded text.
    #[must_use]
    pub fn token_at(&self, fold_offset: usize) -> usize {
        self.tokens.partition_point(|token| (token.fold.1 as usize) <= fold_offset)
    }
}

struct Folder<'t> {
    text: &'t str,
    out: String,
    tokens: Vec<Token>,
}

impl Folder<'_> {
    fn fold(&mut self, from: usize, to: usize) {
        let Some(slice) = self.text.get(from..to) else { return };
        let mut characters = slice.char_indices().peekable();
        let mut word = String::new();
        let mut word_start = 0;
        let mut word_end = 0;
        // Whether the last thing was an apostrophe after a word: its "s" is the genitive and no word.
        let mut apostrophe = false;
        while let Some((at, character)) = characters.next() {
            if let Some(folded) = fold_char(character) {
                if word.is_empty() {
                    word_start = from + at;
                }
                word.push_str(folded);
                word_end = from + at + character.len_utf8();
                continue;
            }
            match character {
                // A soft hyphen, an accent on its own and a zero-width mark stand inside words.
                '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200d}' | '\u{2060}' => continue,
                '-' | '\u{2010}' | '\u{2011}' if !word.is_empty() && broken_word(&slice[at + character.len_utf8()..]) => {
                    // The rest of the word stands on the next line.
                    while characters.next_if(|(_, next)| next.is_whitespace()).is_some() {}
                    continue;
                }
                _ => {}
            }
            if !word.is_empty() {
                if !(apostrophe && word == "s") {
                    self.push(&mut word, Span::new(word_start, word_end));
                }
                word.clear();
                apostrophe = matches!(character, '\'' | '’' | '‘' | '`');
            }
            if matches!(character, '.' | '!' | '?') && self.ends_sentence(&slice[at + 1..]) {
                self.stop(Span::new(from + at, from + at + 1));
            }
        }
        let genitive = apostrophe && word == "s";
        if !word.is_empty() && !genitive {
            self.push(&mut word, Span::new(word_start, word_end));
        }
    }

    fn push(&mut self, word: &mut String, source: Span) {
        singular(word);
        self.token(word, source);
    }

    fn stop(&mut self, source: Span) {
        if self.tokens.last().is_some_and(|last| &self.out[last.fold.0 as usize..last.fold.1 as usize] != STOP) {
            self.token(STOP, source);
        }
    }

    fn token(&mut self, word: &str, source: Span) {
        // Documents are limited to half a gigabyte, so folded offsets fit.
        let start = u32::try_from(self.out.len()).unwrap_or(u32::MAX);
        self.out.push_str(word);
        let end = u32::try_from(self.out.len()).unwrap_or(u32::MAX);
        self.out.push(' ');
        self.tokens.push(Token { fold: (start, end), head: head(word), source });
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
    use super::Folded;
    use crate::document::{Aside, AsideKind, Span};

    fn folded(text: &str) -> String {
        Folded::new(text, &[]).text
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
        let folded = Folded::new(text, &[]);
        let words: Vec<&str> = folded.tokens.iter().map(|token| token.source.of(text)).collect();
        assert_eq!(words, ["Les", "œuvres", "audiovisuelles"]);
    }

    #[test]
    fn running_heads_are_left_out() {
        let text = "cultural PAGE 5 goods";
        let aside = Aside { span: Span::new(9, 16), kind: AsideKind::Running, mark: None };
        assert_eq!(Folded::new(text, &[aside]).text, " cultural good ");
    }
}
