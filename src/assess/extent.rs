//! Whether a file holds a whole agreement or a part of one: what is not in a part may stand elsewhere.

use crate::document::Span;
use crate::structure::number::heading_number;
use crate::structure::{Agreement, Kind};
use crate::text::one_line;

use super::coverage::Row;

/// How much of an agreement a file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Extent {
    /// All of it, as far as can be seen.
    Whole,
    /// One chapter (or title, section, annex), or some articles.
    Part {
        /// Its heading; empty for articles without one.
        heading: String,
        /// Themes of the coverage matrix that it has.
        themes: Vec<String>,
    },
}

impl Extent {
    /// Looks whether there is what a whole agreement has: a preamble or signatures, or several chapters, or articles from the first on.
    #[must_use]
    pub(super) fn of(agreement: &Agreement, coverage: &[Row]) -> Self {
        let has = |kind: Kind| agreement.provisions.iter().any(|provision| provision.kind == kind);
        if has(Kind::Preamble) || has(Kind::Recital) || has(Kind::Signature) {
            return Self::Whole;
        }
        let articles: Vec<usize> =
            (0..agreement.provisions.len()).filter(|&index| agreement.provisions[index].kind == Kind::Article).collect();
        let top = |index: usize| agreement.lineage(index).filter(|&at| agreement.provisions[at].kind.is_group()).last();
        let Some(&first) = articles.first() else { return Self::Whole };
        let groups: Vec<Option<usize>> = articles.iter().map(|&article| top(article)).collect();
        let one_group = groups.iter().all(|group| *group == groups[0]);
        if !one_group {
            return Self::Whole;
        }
        let starts_at_one = agreement.provisions[first]
            .number
            .as_deref()
            .and_then(heading_number)
            .is_none_or(|(number, _)| number.is_first() && !number.text.contains('.'));
        match groups[0] {
            Some(group) => {
                let provision = &agreement.provisions[group];
                let head = Span::new(provision.own.start, provision.head_end);
                Self::Part {
                    heading: one_line(head.of(&agreement.document.text)),
                    themes: coverage.iter().map(|row| row.shown.theme.name().to_owned()).collect(),
                }
            }
            None if starts_at_one => Self::Whole,
            None => Self::Part { heading: String::new(), themes: coverage.iter().map(|row| row.shown.theme.name().to_owned()).collect() },
        }
    }

    /// Whether all of the agreement is there.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        matches!(self, Self::Whole)
    }

    /// The themes of a part.
    pub(super) fn themes(&self) -> &[String] {
        match self {
            Self::Whole => &[],
            Self::Part { themes, .. } => themes,
        }
    }

    /// What the file holds, at the beginning of a sentence.
    #[must_use]
    pub fn named(&self) -> String {
        match self {
            Self::Whole => "The file".to_owned(),
            Self::Part { heading, .. } if heading.is_empty() => "The file holds some articles only and".to_owned(),
            Self::Part { heading, .. } => format!("The file holds one part only ({heading}) and"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Extent;
    use crate::document;
    use crate::structure::Agreement;

    fn whole(text: &str) -> bool {
        Extent::of(&Agreement::new(document::read(text.as_bytes()).expect("text")), &[]).is_whole()
    }

    #[test]
    fn parts_are_told_from_agreements() {
        assert!(!whole("CHAPTER 8\nSERVICES\nArticle 8.1\nScope\nText.\nArticle 8.2\nTreatment\nText.\n"));
        assert!(!whole("Article 14\nScope\nText.\nArticle 15\nTreatment\nText.\n"));
        assert!(whole("Article 1\nScope\nText.\nArticle 2\nTreatment\nText.\n"));
        assert!(whole("CHAPTER 1\nGOODS\nArticle 1\nScope\nText.\nCHAPTER 2\nSERVICES\nArticle 2\nTreatment\nText.\n"));
        assert!(whole("The Parties,\nRECOGNISING their ties,\nHave agreed as follows:\nCHAPTER 1\nGOODS\nArticle 1\nScope\nText.\n"));
    }
}
