//! Small helpers on text that several rooms share: character boundaries, constant patterns. Nothing here knows of treaties.

use regex::Regex;

/// The last character boundary at or before `at` (bytes); the end of the text where `at` lies behind it.
pub(crate) fn floor_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The first character boundary at or after `at` (bytes); the end of the text where `at` lies behind it.
pub(crate) fn ceil_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

/// The words on one line, single spaces between them.
pub(crate) fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A regular expression that is a constant of the program.
#[allow(clippy::expect_used, reason = "the patterns are constants, and tests of their modules run them")]
pub(crate) fn pattern(source: &str) -> Regex {
    Regex::new(source).expect("a constant pattern")
}
