//! What is wrong in a rule file: a stable code, the place, the words, a hint.

use std::fmt;
use std::ops::Range;

/// A fault in a rule file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable code: `R002`.
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
    /// Line and column of the place, from 1; columns count characters.
    #[must_use]
    pub fn line_column(&self) -> (usize, usize) {
        line_column(&self.source, self.span.start)
    }
}

/// Line and column of a byte in a text, from 1; columns count characters.
pub(super) fn line_column(source: &str, at: usize) -> (usize, usize) {
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
pub(super) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
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
