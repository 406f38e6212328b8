//! The language of a text, by a vote of its passages.

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
    let step = (text.len() / PASSAGES).max(1);
    let mut votes = [0_u32; 4];
    for passage in 0..PASSAGES {
        let mut start = passage * step;
        if start >= text.len() {
            break;
        }
        while !text.is_char_boundary(start) {
            start += 1;
        }
        let sample: String = text[start..].chars().take(PASSAGE_CHARACTERS).collect();
        let Some(info) = detector.detect(&sample) else { continue };
        let index = match info.lang() {
            Lang::Eng => 0,
            Lang::Fra => 1,
            Lang::Spa => 2,
            _ => 3,
        };
        // A single unsure passage (a list of names) must not outvote running text.
        votes[index] += if info.is_reliable() { 3 } else { 1 };
    }
    let languages = [Language::English, Language::French, Language::Spanish, Language::Other];
    let best = (0..4).max_by_key(|&index| (votes[index], 4 - index)).unwrap_or(0);
    languages[best]
}

#[cfg(test)]
mod tests {
    use super::{Language, of};

    #[test]
    fn sentences_decide() {
        assert_eq!(of("The Parties shall cooperate in the field of culture and shall exchange information."), Language::English);
        assert_eq!(of("Les Parties coopèrent dans le domaine de la culture et échangent des informations."), Language::French);
        assert_eq!(of("Las Partes cooperarán en el ámbito de la cultura e intercambiarán información."), Language::Spanish);
        assert_eq!(of("Die Vertragsparteien arbeiten auf dem Gebiet der Kultur zusammen und tauschen Informationen aus."), Language::Other);
    }
}
