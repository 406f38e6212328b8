//! Numbers in words, in the three languages: `Twenty-One`, `premier`, `Vigésimo Primero`.
//!
//! The words themselves are known by the library text2num; what treaties add is kept here.

use std::sync::LazyLock;

use text2num::{Language, text2digits};

/// The languages that are tried, in this order.
static LANGUAGES: LazyLock<[Language; 3]> = LazyLock::new(|| [Language::english(), Language::french(), Language::spanish()]);

/// Most words of a number: `vingt et un`, `treinta y uno`.
const MAX_WORDS: usize = 3;
/// Longest word of a number, in bytes: `quatre-vingt-dix-septième`.
const MAX_WORD: usize = 27;
/// Greatest number that is believed: no treaty spells more.
const MAX_VALUE: u32 = 399;

/// Words for the only article of an instrument.
const ONLY: [&str; 5] = ["unique", "único", "unico", "única", "sole"];

/// Spanish number words as they stand where accents were lost, and what the library does not know.
const OTHER_SPELLINGS: [(&str, &str); 12] = [
    ("seconde", "deuxième"),
    ("second", "deuxième"),
    ("vigesimo", "vigésimo"),
    ("vigesima", "vigésima"),
    ("trigesimo", "trigésimo"),
    ("decimo", "décimo"),
    ("decima", "décima"),
    ("septimo", "séptimo"),
    ("septima", "séptima"),
    ("undecimo", "undécimo"),
    ("duodecimo", "duodécimo"),
    ("premiere", "première"),
];

/// Words that are a number, and an article before a noun far more often ("Parte una …").
const INDEFINITE: [&str; 2] = ["una", "une"];

/// The value of a number in words (cardinal or ordinal, any case); `None` where the words are no number from 1 to 399.
pub(crate) fn value(words: &str) -> Option<u32> {
    let lower = words.to_lowercase();
    if ONLY.contains(&lower.as_str()) {
        return Some(1);
    }
    if INDEFINITE.contains(&lower.as_str()) {
        return None;
    }
    let spelled: Vec<&str> = lower
        .split_whitespace()
        .map(|word| OTHER_SPELLINGS.iter().find(|(found, _)| *found == word).map_or(word, |(_, meant)| *meant))
        .collect();
    // Capitals are often printed without accents: "DEUXIEME".
    let spelled = spelled.join(" ").replace("ieme", "ième");
    LANGUAGES.iter().find_map(|language| {
        let digits = text2digits(&spelled, language).ok()?;
        let digits = &digits[..digits.bytes().take_while(u8::is_ascii_digit).count()];
        digits.parse().ok().filter(|number| (1..=MAX_VALUE).contains(number))
    })
}

/// The first letters of all number words in the three languages, without accents: most words are told by them at once,
/// and the library need not be asked.
const BEGINNINGS: [&str; 34] = [
    "on", "tw", "th", "fo", "fi", "si", "se", "ei", "ni", "te", "el", "hu", "un", "de", "dé", "tr", "qu", "ci", "ne", "di", "do", "vi",
    "so", "ce", "pr", "cu", "oc", "nu", "ca", "ve", "no", "du", "ún", "sé",
];

/// Whether a number may begin with this word.
fn may_begin(word: &str) -> bool {
    let mut letters = word.chars().flat_map(char::to_lowercase);
    let (Some(first), Some(second)) = (letters.next(), letters.next()) else { return false };
    BEGINNINGS.iter().any(|beginning| {
        let mut expected = beginning.chars();
        expected.next() == Some(first) && expected.next() == Some(second)
    })
}

/// The number in words with which `input` begins, the longest one, and how many bytes it takes.
pub(super) fn leading(input: &str) -> Option<(u32, usize)> {
    if !may_begin(input) {
        return None;
    }
    let mut ends = [0; MAX_WORDS];
    let (mut count, mut at) = (0, 0);
    for end in &mut ends {
        let length = input[at..].find(|c: char| !c.is_alphabetic() && c != '-').unwrap_or(input.len() - at);
        let word = input[at..at + length].trim_end_matches('-');
        // A hyphen may join two words of a number, a dash after a number opens its heading.
        if word.is_empty() || length > MAX_WORD {
            break;
        }
        (*end, count) = (at + word.len(), count + 1);
        at += word.len();
        if !input[at..].starts_with([' ', '\u{a0}']) {
            break;
        }
        at += input[at..].chars().next().map_or(0, char::len_utf8);
    }
    // A number of several words begins with a number: "vingt", "treinta".
    value(&input[..ends[0]])?;
    ends[..count].iter().rev().find_map(|&end| value(&input[..end]).map(|number| (number, end)))
}

#[cfg(test)]
mod tests {
    use super::{leading, value};

    #[test]
    fn cardinals_and_ordinals() {
        for (words, number) in [
            ("ONE", 1),
            ("Twenty-First", 21),
            ("twenty one", 21),
            ("Second", 2),
            ("premier", 1),
            ("DEUXIEME", 2),
            ("Tercera", 3),
            ("vingt et un", 21),
            ("Soixante-douze", 72),
            ("Seconde", 2),
            ("Primera", 1),
            ("DÉCIMO SEXTO", 16),
            ("Decimosexto", 16),
            ("vigesimo primero", 21),
            ("treinta y uno", 31),
            ("Único", 1),
        ] {
            assert_eq!(value(words), Some(number), "{words}");
        }
        for words in ["shall", "", "Una", "zero", "MIXED", "one thousand", "premier ministre"] {
            assert_eq!(value(words), None, "{words}");
        }
    }

    #[test]
    fn the_longest_number_is_taken() {
        assert_eq!(leading("Vigésimo Primero. Las Partes"), Some((21, "Vigésimo Primero".len())));
        assert_eq!(leading("One The Parties"), Some((1, 3)));
        assert_eq!(leading("Two – Scope"), Some((2, 3)));
        assert_eq!(leading("Ten - Second-hand goods"), Some((10, 3)));
        assert_eq!(leading("TWO-\nScope"), Some((2, 3)));
        assert_eq!(leading("of this Agreement"), None);
    }
}
