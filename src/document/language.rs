//! The language of a text, by a vote of its passages.

use crate::text::ceil_boundary;
use serde::Serialize;
use whatlang::{Detector, Lang};

/// A language of the agreements.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Language {
    /// English.
    #[default]
    #[serde(rename = "en")]
    English,
    /// French.
    #[serde(rename = "fr")]
    French,
    /// Spanish.
    #[serde(rename = "es")]
    Spanish,
    /// A language for which there are no rules.
    #[serde(rename = "other")]
    Other,
}

impl Language {
    /// The two-letter code of ISO 639-1, or `other`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::French => "fr",
            Self::Spanish => "es",
            Self::Other => "other",
        }
    }
}

/// How many passages vote, and how long each is in characters: enough to outvote headings and lists of names.
const PASSAGES: usize = 9;
const PASSAGE_CHARACTERS: usize = 300;

/// The language of most passages of `text`.
pub(super) fn of(text: &str) -> Language {
    let detector = Detector::new();
    // A text that is hardly longer than a passage has one voice.
    let passages = if text.len() < PASSAGE_CHARACTERS * 3 { 1 } else { PASSAGES };
    let step = (text.len() / passages).max(1);
    let mut votes = [0_u32; 4];
    for passage in 0..passages {
        let start = ceil_boundary(text, passage * step);
        if start >= text.len() {
            break;
        }
        let sample: String = text[start..].chars().take(PASSAGE_CHARACTERS).collect();
        let Some(info) = detector.detect(&sample) else { continue };
        let detected = match info.lang() {
            Lang::Eng => 0,
            Lang::Fra => 1,
            Lang::Spa => 2,
            _ => 3,
        };
        // A single unsure passage (a list of names) must not outvote running text; in a few words the small ones tell most.
        if info.is_reliable() {
            votes[detected] += 3;
        } else {
            votes[small_words(&sample).unwrap_or(detected)] += 1;
        }
    }
    let languages = [Language::English, Language::French, Language::Spanish, Language::Other];
    let best = (0..4).max_by_key(|&index| (votes[index], 4 - index)).unwrap_or(0);
    languages[best]
}

/// The language of a sentence or two, told by its small words; German and others are left to the statistics of [`of`].
pub(crate) fn of_few_words(text: &str) -> Language {
    let detected = of(text);
    if detected == Language::Other {
        return detected;
    }
    small_words(text).map_or(detected, |index| [Language::English, Language::French, Language::Spanish][index])
}

/// The language (index of the votes) of the small words of a passage; `None` where they do not tell.
fn small_words(sample: &str) -> Option<usize> {
    const WORDS: [&[&str]; 3] = [
        &["the", "of", "and", "shall", "each", "may", "only", "this", "in", "to", "not", "any", "with", "that"],
        &["le", "les", "des", "du", "et", "est", "une", "dans", "pour", "aux", "sont", "ne", "pas", "qui", "leur", "leurs", "ou", "au"],
        &["el", "los", "las", "del", "y", "se", "una", "para", "con", "por", "al", "su", "sus"],
    ];
    let mut counts = [0_usize; 3];
    for word in sample.split(|c: char| !c.is_alphabetic()).map(str::to_lowercase) {
        for (count, words) in counts.iter_mut().zip(WORDS) {
            *count += usize::from(words.contains(&word.as_str()));
        }
    }
    let best = (0..3).max_by_key(|&index| counts[index])?;
    let second = (0..3).filter(|&index| index != best).map(|index| counts[index]).max()?;
    (counts[best] > second).then_some(best)
}

#[cfg(test)]
mod tests {
    use super::{Language, of};

    #[test]
    fn sentences_decide() {
        assert_eq!(of("The Parties shall cooperate in the field of culture and shall exchange information."), Language::English);
        assert_eq!(of("Les Parties coopèrent dans le domaine de la culture et échangent des informations."), Language::French);
        assert_eq!(of("Each Party shall designate a contact point."), Language::English);
        assert_eq!(of("Las Partes cooperarán en el ámbito de la cultura e intercambiarán información."), Language::Spanish);
        assert_eq!(of("Die Vertragsparteien arbeiten auf dem Gebiet der Kultur zusammen und tauschen Informationen aus."), Language::Other);
    }
}
