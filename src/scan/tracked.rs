//! What tracked changes do to the clauses of a draft: the findings of the text as it was and as proposed, matched.

use std::collections::HashMap;

use super::{Draft, Finding};
use crate::document::{As, Document, Edit, Span};
use crate::structure::Agreement;

/// Marks each finding of the text as proposed that was not in the text as it was (`inserted`, or `moved` where the same
/// words stood elsewhere), and gives the places in `was` of the findings that the changes strike out.
///
/// `whole` is the document with all its changes; both lists are in the order of their texts. A finding is the same in both
/// readings when it has the same code and its words overlap.
#[must_use]
pub fn match_readings(whole: &Document, was: &[Finding], proposed: &mut [Finding]) -> Vec<usize> {
    let before = places(whole, As::Was, was);
    let after = places(whole, As::Proposed, proposed);
    let mut by_code: HashMap<&str, (Vec<usize>, usize)> = HashMap::new();
    for (index, finding) in was.iter().enumerate() {
        by_code.entry(finding.code).or_default().0.push(index);
    }
    let mut kept = vec![false; was.len()];
    let mut new = Vec::new();
    for (index, finding) in proposed.iter().enumerate() {
        let place = after[index];
        let mut found = false;
        if let Some((same, next)) = by_code.get_mut(finding.code) {
            while same.get(*next).is_some_and(|&old| before[old].end <= place.start) {
                *next += 1;
            }
            for &old in same[*next..].iter().take_while(|&&old| before[old].start < place.end) {
                (kept[old], found) = (true, true);
            }
        }
        if !found {
            new.push(index);
        }
    }
    let mut gone: HashMap<(&str, String), Vec<usize>> = HashMap::new();
    for (index, finding) in was.iter().enumerate().rev().filter(|(index, _)| !kept[*index]) {
        gone.entry((finding.code, words(&finding.quote))).or_default().push(index);
    }
    let changes = Changes::new(whole);
    for index in new {
        let finding = &mut proposed[index];
        let from = gone.get_mut(&(finding.code, words(&finding.quote))).and_then(Vec::pop);
        if let Some(old) = from {
            kept[old] = true;
        }
        finding.draft =
            Some(Draft { status: if from.is_some() { "moved" } else { "inserted" }, by: changes.author(after[index]), against: None });
    }
    (0..was.len()).filter(|&index| !kept[index]).collect()
}

/// Adds the findings that the changes strike out, at the places where they stood.
///
/// They keep the quote and citation of the text as it was; their span in the text as proposed is empty.
pub fn add_deleted(whole: &Document, agreement: &Agreement, findings: &mut Vec<Finding>, deleted: Vec<Finding>) {
    let (was, proposed) = (whole.kept(As::Was), whole.kept(As::Proposed));
    let changes = Changes::new(whole);
    for (number, finding) in (1..).zip(deleted) {
        let place = was.whole(finding.span);
        let at = proposed.place(place.start);
        findings.push(Finding {
            id: format!("d{number}"),
            span: Span::new(at, at),
            page: agreement.document.page_at(at),
            draft: Some(Draft { status: "deleted", by: changes.author(place), against: None }),
            index: agreement.at(at),
            reach_nodes: Vec::new(),
            ..finding
        });
    }
    findings.sort_by_key(|finding| finding.span.start);
}

/// The places of findings of a reading in the text with all changes.
fn places(whole: &Document, reading: As, findings: &[Finding]) -> Vec<Span> {
    let kept = whole.kept(reading);
    findings.iter().map(|finding| kept.whole(finding.span)).collect()
}

/// The tracked changes, in order of their start.
struct Changes<'a> {
    edits: &'a [Edit],
    /// The furthest end among the edits up to each one, for the search of what overlaps.
    reach: Vec<usize>,
}

impl<'a> Changes<'a> {
    fn new(whole: &'a Document) -> Self {
        let mut furthest = 0;
        let reach = whole
            .edits
            .iter()
            .map(|edit| {
                furthest = furthest.max(edit.span.end);
                furthest
            })
            .collect();
        Self { edits: &whole.edits, reach }
    }

    /// Who made the first change that touches a place.
    fn author(&self, place: Span) -> Option<String> {
        let first = self.reach.partition_point(|&end| end <= place.start);
        self.edits[first..]
            .iter()
            .take_while(|edit| edit.span.start < place.end)
            .find(|edit| edit.span.end > place.start)
            .and_then(|edit| edit.author.clone())
    }
}

/// The words of a quote, whatever the spaces between them.
fn words(quote: &str) -> String {
    quote.split_whitespace().collect::<Vec<_>>().join(" ")
}
