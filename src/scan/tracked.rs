//! What tracked changes do to the clauses of a draft: the findings of the text as it was and as proposed, matched.

use std::collections::HashMap;

use super::{Draft, Finding};
use crate::document::{As, Document, Edit, Span};
use crate::structure::Agreement;
use crate::text::one_line;

/// Marks each finding of the text as proposed that was not in the text as it was (`inserted`, or `moved` where the same
/// words stood elsewhere), and gives those of the text as it was that the changes strike out.
///
/// `whole` is the document with all its changes, `agreement` the text as proposed; both lists are in the order of their texts. A
/// finding is the same in both readings when it has the same code and its words overlap. What is struck out keeps the quote and
/// citation of the text as it was, and so do its conditions; its span, in the text as proposed, is empty and stands where the words stood.
#[must_use]
pub fn match_readings(whole: &Document, agreement: &Agreement, was: Vec<Finding>, proposed: &mut [Finding]) -> Vec<Finding> {
    let (was_kept, proposed_kept) = (whole.kept(As::Was), whole.kept(As::Proposed));
    let before: Vec<Span> = was.iter().map(|finding| was_kept.whole(finding.span)).collect();
    let after: Vec<Span> = proposed.iter().map(|finding| proposed_kept.whole(finding.span)).collect();
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
        gone.entry((finding.code, one_line(&finding.quote))).or_default().push(index);
    }
    let changes = Changes::new(whole);
    for index in new {
        let finding = &mut proposed[index];
        let from = gone.get_mut(&(finding.code, one_line(&finding.quote))).and_then(Vec::pop);
        if let Some(old) = from {
            kept[old] = true;
        }
        finding.draft =
            Some(Draft { status: if from.is_some() { "moved" } else { "inserted" }, by: changes.author(after[index]), against: None });
    }
    let gone = was.into_iter().zip(before).zip(kept).filter(|(_, kept)| !kept).map(|(gone, _)| gone);
    let deleted = (1..).zip(gone).map(|(number, (finding, place))| {
        let at = proposed_kept.place(place.start);
        Finding {
            id: format!("d{number}"),
            span: Span::new(at, at),
            page: agreement.document.page_at(at),
            draft: Some(Draft { status: "deleted", by: changes.author(place), against: None }),
            index: agreement.at(at),
            reach_nodes: Vec::new(),
            excepted_nodes: Vec::new(),
            ..finding
        }
    });
    deleted.collect()
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
