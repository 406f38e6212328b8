//! Drafts: which words stand in square brackets, and who proposed them.

use std::sync::LazyLock;

use regex::Regex;
use serde::Serialize;

use crate::document::Span;
use crate::text::pattern;

/// What a draft says of the words of a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Draft {
    /// `bracketed`, or what the tracked changes do to the clause: `inserted`, `deleted`, `moved`.
    pub status: &'static str,
    /// Who proposes it, where the draft says so.
    pub by: Option<String>,
    /// Who opposes it, where the draft says so.
    pub against: Option<String>,
}

/// The brackets of a draft; empty for a text that is none.
#[derive(Debug, Default)]
pub struct Brackets {
    /// In the order of their start; each bracket stands behind those around it.
    brackets: Vec<Bracket>,
}

#[derive(Debug)]
struct Bracket {
    span: Span,
    /// Index of the bracket around it.
    around: Option<usize>,
    by: Option<String>,
    against: Option<String>,
}

/// How many brackets make a draft: a footnote mark or a note of an editor is in brackets too.
const MIN_BRACKETS: usize = 4;
/// How deep brackets are followed into one another.
const MAX_NESTING: usize = 64;
/// Fewest bytes of words in brackets that count: less is a mark.
const MIN_BYTES: usize = 12;

static ATTRIBUTION: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^\[?\s*(?P<who>[A-Z]{2,}(?:\s*[/,&]\s*[A-Z]{2,})*)\s*(?:propos|:|alt|suggest)"));
static OPPOSITION: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?P<who>[A-Z]{2,}(?:\s*[/,&]\s*[A-Z]{2,})*)\s+oppos"));

impl Brackets {
    /// Finds the brackets of a text; brackets that never close are left alone.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut open: Vec<usize> = Vec::new();
        let mut spans: Vec<Span> = Vec::new();
        for (at, byte) in text.bytes().enumerate() {
            match byte {
                b'[' => open.push(at),
                b']' => {
                    if let Some(start) = open.pop()
                        && at - start >= MIN_BYTES
                    {
                        spans.push(Span::new(start, at + 1));
                    }
                }
                _ => {}
            }
        }
        if spans.len() < MIN_BRACKETS {
            return Self::default();
        }
        spans.sort_unstable();
        let mut brackets: Vec<Bracket> = Vec::with_capacity(spans.len());
        let mut open: Vec<usize> = Vec::new();
        for span in spans {
            open.truncate(open.iter().take_while(|&&outer| span.start < brackets[outer].span.end).count());
            if open.len() >= MAX_NESTING {
                continue;
            }
            let inside = span.of(text);
            let who = |regex: &Regex| regex.captures(inside).and_then(|found| found.name("who")).map(|found| found.as_str().to_owned());
            let around = open.last().copied();
            open.push(brackets.len());
            brackets.push(Bracket { span, around, by: who(&ATTRIBUTION), against: who(&OPPOSITION) });
        }
        Self { brackets }
    }

    /// The brackets that hold the words of `span`, the tightest first.
    fn holding(&self, span: Span) -> impl Iterator<Item = &Bracket> {
        let last = self.brackets.partition_point(|bracket| bracket.span.start <= span.start).checked_sub(1);
        std::iter::successors(last, |&at| self.brackets[at].around)
            .map(|at| &self.brackets[at])
            .filter(move |bracket| span.end <= bracket.span.end)
    }

    /// What the draft says of the words of `span`: the tightest bracket that holds them, with the nearest attribution.
    #[must_use]
    pub fn status(&self, span: Span) -> Option<Draft> {
        self.holding(span).next()?;
        Some(Draft {
            status: "bracketed",
            by: self.holding(span).find_map(|bracket| bracket.by.clone()),
            against: self.holding(span).find_map(|bracket| bracket.against.clone()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Brackets, Span};

    #[test]
    fn brackets_and_their_authors() {
        let text =
            "[AA propose: the Parties support culture. BB oppose] [one more bracket] [and another one] [and the fourth] agreed words";
        let brackets = Brackets::new(text);
        let at = text.find("support").expect("there");
        let found = brackets.status(Span::new(at, at + 7)).expect("bracketed");
        assert_eq!((found.status, found.by.as_deref(), found.against.as_deref()), ("bracketed", Some("AA"), Some("BB")));
        let at = text.find("agreed").expect("there");
        assert!(brackets.status(Span::new(at, at + 6)).is_none());
    }

    #[test]
    fn many_brackets_take_no_time() {
        let deep = format!("{}words in brackets{}", "[AA propose: ".repeat(50_000), "]".repeat(50_000));
        let brackets = Brackets::new(&deep);
        assert_eq!(brackets.brackets.len(), super::MAX_NESTING);
        let end = deep.len() - 50_001;
        let found = brackets.status(Span::new(end - 8, end)).expect("bracketed");
        assert_eq!(found.by.as_deref(), Some("AA"));
        let flat = "[AA propose: words] ".repeat(50_000);
        let brackets = Brackets::new(&flat);
        assert!((0..50_000).all(|at| brackets.status(Span::new(at * 20 + 13, at * 20 + 18)).is_some()));
    }

    #[test]
    fn a_text_with_a_note_is_no_draft() {
        assert!(Brackets::new("[note of the editor] text").brackets.is_empty());
    }
}
