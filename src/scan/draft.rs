//! What a draft says of the words of a finding: whether they are agreed, who proposed and who opposed them.

use serde::Serialize;

use crate::document::Span;
use crate::structure::{Drafting, Passage, PassageKind};

/// What a draft says of the words of a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Draft {
    /// `bracketed`; `proposed` or `alternative` for words that are marked so without brackets; or what the tracked changes do
    /// to the clause: `inserted`, `deleted`, `moved`.
    pub status: &'static str,
    /// Who proposes it, where the draft says so.
    pub by: Option<String>,
    /// Who opposes it, where the draft says so.
    pub against: Option<String>,
}

impl Draft {
    /// What the passages say of the words of `span`: how the tightest that holds them is marked, with the nearest attribution.
    #[must_use]
    pub(super) fn of(drafting: &Drafting, span: Span) -> Option<Self> {
        let names = |list: fn(&Passage) -> &Vec<String>| {
            drafting.holding(span).map(list).find(|names| !names.is_empty()).map(|names| names.join(", "))
        };
        let tightest = drafting.holding(span).next()?;
        let bracketed = drafting.holding(span).any(|passage| passage.in_brackets);
        let status = match tightest.kind {
            _ if bracketed => "bracketed",
            PassageKind::Alternative => "alternative",
            _ => "proposed",
        };
        Some(Self { status, by: names(|passage| &passage.by), against: names(|passage| &passage.against) })
    }
}

#[cfg(test)]
mod tests {
    use super::{Draft, Span};
    use crate::document;
    use crate::structure::{Agreement, Drafting};

    fn of(text: &str, words: &str) -> Option<Draft> {
        let drafting = Agreement::new(document::read(text.as_bytes()).expect("text")).drafting();
        said(&drafting, text, words)
    }

    fn said(drafting: &Drafting, text: &str, words: &str) -> Option<Draft> {
        let at = text.find(words).expect("there");
        Draft::of(drafting, Span::new(at, at + words.len()))
    }

    #[test]
    fn brackets_and_their_authors() {
        let text =
            "[AA propose: the Parties support culture. BB oppose] [one more bracket] [and another one] [and the fourth] agreed words";
        let found = of(text, "support").expect("bracketed");
        assert_eq!((found.status, found.by.as_deref(), found.against.as_deref()), ("bracketed", Some("AA"), Some("BB")));
        assert!(of(text, "agreed").is_none());
    }

    #[test]
    fn a_proposal_without_brackets() {
        let text = "DRAFT AGREEMENT\n\nArticle 1\nCulture\n1. The Parties shall meet.\n2. EU proposal: The Parties support culture.\n";
        let found = of(text, "support culture").expect("proposed");
        assert_eq!((found.status, found.by.as_deref(), found.against), ("proposed", Some("EU"), None));
        assert!(of(text, "shall meet").is_none());
    }

    #[test]
    fn many_brackets_take_no_time() {
        let deep = format!("{}words in brackets{}", "[AA propose: ".repeat(50_000), "]".repeat(50_000));
        let found = of(&deep, "brackets").expect("bracketed");
        assert_eq!(found.by.as_deref(), Some("AA"));
        let flat = "[AA propose: words] ".repeat(50_000);
        let drafting = Agreement::new(document::read(flat.as_bytes()).expect("text")).drafting();
        assert!((0..50_000).all(|at| Draft::of(&drafting, Span::new(at * 20 + 13, at * 20 + 18)).is_some()));
    }

    #[test]
    fn a_text_with_a_note_is_no_draft() {
        assert!(of("[note of the editor] text", "editor").is_none());
    }
}
