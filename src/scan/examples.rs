//! Runs the examples inside the rule files: what must be found, what must stay silent.

use super::scan_with;
use crate::document;
use crate::rules::{Example, Expect, Rule, Rulebook};
use crate::structure::Agreement;

/// What became of an example.
#[derive(Clone, Debug)]
pub struct ExampleResult {
    /// The rule's id.
    pub rule: String,
    /// The file and line of the example.
    pub place: (String, usize),
    /// What it must show.
    pub expect: Expect,
    /// The words.
    pub text: String,
    /// Whether the rule found something.
    pub fired: bool,
}

impl ExampleResult {
    /// Whether the example shows what it must. A known gap never fails.
    #[must_use]
    pub fn passed(&self) -> bool {
        match self.expect {
            Expect::Fires => self.fired,
            Expect::Silent => !self.fired,
            Expect::Todo => true,
        }
    }
}

/// Runs the examples of all rules.
#[must_use]
pub fn run_examples(rulebook: &Rulebook) -> Vec<ExampleResult> {
    rulebook.rules.iter().flat_map(|rule| rule.examples.iter().map(move |example| run(rulebook, rule, example))).collect()
}

fn run(rulebook: &Rulebook, rule: &Rule, example: &Example) -> ExampleResult {
    let recital =
        rule.conditions.unit.iter().any(|kind| matches!(kind, crate::structure::Kind::Recital | crate::structure::Kind::Preamble))
            && example.heading.is_none()
            && example.chapter.is_none();
    let placed = example.chapter.is_some() || example.heading.is_some();
    let text = if recital {
        format!("AGREEMENT\n\nPREAMBLE\n\nThe Parties,\n{}\n\nArticle 1\nScope\nNone.\n", example.text)
    } else {
        let number = |heading: &Option<String>| heading.clone().unwrap_or_else(|| "Provisions".into());
        format!("CHAPTER 1\n{}\n\nArticle 1.1\n{}\n\n{}\n", number(&example.chapter), number(&example.heading), example.text)
    };
    let fired = document::read(text.as_bytes()).is_ok_and(|mut document| {
        // The headings around the example are English whatever its language.
        document.language = document::of_few_words(&example.text);
        let agreement = Agreement::new(document);
        scan_with(&agreement, rulebook, placed)
            .findings
            .iter()
            .any(|finding| finding.rule == rule.id || finding.code == rule.code && example.expect == Expect::Silent)
    });
    ExampleResult {
        rule: rule.id.clone(),
        place: (rule.place.0.clone(), example.line),
        expect: example.expect,
        text: example.text.clone(),
        fired,
    }
}
