//! What is wrong in a rule file: a stable code, the place, the words, a hint.
//!
//! Codes with `R` are faults: the rules are not used before they are mended. Codes with `W` are warnings: the rules work, but
//! something in them has no effect, is not shown to work, or is slow.

use std::fmt;
use std::ops::Range;

/// Every code of a diagnostic with what it means; `docs/rules.md` lists the same.
pub const DIAGNOSTICS: [(&str, &str); 29] = [
    ("R001", "the file is not TOML"),
    ("R002", "unknown key"),
    ("R003", "something is missing"),
    ("R004", "a value is of the wrong kind"),
    ("R005", "unknown code"),
    ("R006", "the same id twice"),
    ("R007", "the phrase cannot be read"),
    ("R008", "unknown vocabulary"),
    ("R009", "the phrase has no word that it always needs"),
    ("R010", "an example is missing"),
    ("R011", "the pattern is no regular expression"),
    ("R012", "unknown unit, theme, force, verdict, status, date or language"),
    ("R013", "the file is not UTF-8"),
    ("R014", "the rules are too many for one automaton"),
    ("R015", "the vocabulary goes round in a circle"),
    ("R016", "a sentence cannot be filled in"),
    ("W101", "the same phrase twice in a list"),
    ("W102", "two rules with the same code and conditions have the same phrase"),
    ("W103", "the conditions can never be met together"),
    ("W104", "`with` or `unless` in a language in which the rule has no phrase"),
    ("W105", "an `unless` phrase stands in every match of a phrase"),
    ("W106", "an alternative that another one makes superfluous"),
    ("W107", "no example in a language in which the rule has phrases"),
    ("W108", "unused vocabulary"),
    ("W109", "unused theme"),
    ("W110", "slow: the phrase has common words only"),
    ("W111", "slow: the phrase has very many alternatives"),
    ("W112", "slow: gaps in series are very wide"),
    ("W113", "the same example twice"),
];

/// Whether a diagnostic keeps the rules from being used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The rules cannot be used.
    Fault,
    /// The rules can be used.
    Warning,
}

/// A fault in a rule file, or a warning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable code: `R002`; one of [`DIAGNOSTICS`].
    pub code: &'static str,
    /// The file, as it was named.
    pub file: String,
    /// The text of the file, for the excerpt.
    pub source: String,
    /// The place in [`Diagnostic::source`], in bytes.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: String,
}

impl Diagnostic {
    /// Whether it is a fault or a warning, as the letter of its code says.
    #[must_use]
    pub fn severity(&self) -> Severity {
        if self.code.starts_with('W') { Severity::Warning } else { Severity::Fault }
    }

    /// Line and column of the place, from 1; columns count characters.
    #[must_use]
    pub fn line_column(&self) -> (usize, usize) {
        line_column(&self.source, self.span.start)
    }
}

/// Line and column of a byte in a text, from 1; columns count characters.
pub(crate) fn line_column(source: &str, at: usize) -> (usize, usize) {
    let before = source.get(..at).unwrap_or(source);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

/// `file:line:column: [R002] message (hint)`
impl fmt::Display for Diagnostic {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (line, column) = self.line_column();
        write!(formatter, "{}:{line}:{column}: [{}] {} ({})", self.file, self.code, self.message, self.hint)
    }
}

impl std::error::Error for Diagnostic {}

/// The known name nearest to a mistyped one, where one is near.
pub(crate) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|candidate| (distance(name, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= candidate.len().max(3) / 3)
        .min()
        .map(|(_, candidate)| candidate)
}

/// Levenshtein distance, in characters.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (line, left) in one.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = line + 1;
        for (column, right) in other.iter().enumerate() {
            let substituted = diagonal + usize::from(left != *right);
            diagonal = row[column + 1];
            row[column + 1] = substituted.min(row[column] + 1).min(diagonal + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_mistyped_key_has_a_neighbour() {
        assert_eq!(nearest("unles", ["unless", "unit", "say"]), Some("unless"));
        assert_eq!(nearest("colour", ["unless", "unit", "say"]), None);
    }
}
