//! What the outline of a file (its bookmarks) says of the headings: evidence for a candidate, never a decision.
//!
//! A bookmark counts where its title names the very heading that stands at its place. Titles of pages,
//! names of files and the like name none, and so change nothing.

use super::marker::{Candidate, candidates};
use crate::document::{Bookmark, Span};

/// What a bookmark adds to the evidence for the heading that it names.
const NAMED: f32 = 2.0;
/// Evidence against a heading that a bookmark does not outweigh: a reference in running text stays one.
const LEAST: f32 = -1.0;
/// Pages from which an outline with one entry for each page lists pages and not headings.
const FEW_PAGES: usize = 3;

/// Adds the evidence of the bookmarks to candidates, which are in the order of the text.
pub(super) fn weigh(bookmarks: &[Bookmark], all: &mut [Candidate], text: &str) {
    if lists_pages(bookmarks) {
        return;
    }
    let mut raised: Vec<usize> = Vec::new();
    for bookmark in bookmarks {
        let Some(start) = bookmark.start else { continue };
        // The title may begin with the heading word, or with the words after the number.
        let after = all.partition_point(|candidate| candidate.start <= start);
        let place = all.get(..after).and_then(<[Candidate]>::last).map(|last| last.start);
        let first = all.partition_point(|candidate| Some(candidate.start) < place);
        for (index, candidate) in all.iter().enumerate().take(after).skip(first) {
            if candidate.line_start && candidate.score > LEAST && names(bookmark, candidate, start, text) {
                raised.push(index);
            }
        }
    }
    raised.sort_unstable();
    raised.dedup();
    for index in raised {
        all[index].score += NAMED;
    }
}

/// Whether the title of a bookmark that stands at `start` is that of the candidate.
fn names(bookmark: &Bookmark, candidate: &Candidate, start: usize, text: &str) -> bool {
    if start < candidate.after {
        // "Article 5 - Scope" must be the heading of an article with the number 5.
        let own = candidates(&bookmark.title, |_| false).into_iter().find(|found| found.start == 0);
        return own.is_some_and(|own| own.kind == candidate.kind && number(&own) == number(candidate));
    }
    let between = Span::new(candidate.after, start).of(text);
    between.len() < 8 && !between.contains(char::is_alphanumeric) && between.matches('\n').count() < 3
}

fn number(candidate: &Candidate) -> Option<&str> {
    candidate.number.as_ref().map(|number| number.text.as_str())
}

/// Whether there is one bookmark for each page, as programs write them that know nothing of headings.
fn lists_pages(bookmarks: &[Bookmark]) -> bool {
    bookmarks.len() >= FEW_PAGES && bookmarks.windows(2).all(|pair| matches!(pair, [one, next] if one.page + 1 == next.page))
}

#[cfg(test)]
mod tests {
    use super::super::marker::candidates;
    use super::weigh;
    use crate::document::Bookmark;

    const TEXT: &str = "as set out in\nArticle 2 Scope of\nanother treaty.\nArticle 1\nScope\nIt applies.\nArticle 2 Terms\nNone.\n";

    fn mark(title: &str, page: u32, start: Option<usize>) -> Bookmark {
        Bookmark { title: title.to_owned(), level: 1, page, start }
    }

    /// How much each candidate gains.
    fn gains(bookmarks: &[Bookmark]) -> Vec<f32> {
        let before = candidates(TEXT, |_| false);
        let mut after = before.clone();
        weigh(bookmarks, &mut after, TEXT);
        before.iter().zip(&after).map(|(before, after)| after.score - before.score).collect()
    }

    #[test]
    fn a_title_with_its_number_or_after_it_is_evidence() {
        let at = |words: &str| TEXT.find(words);
        assert_eq!(gains(&[mark("Article 1 - Scope", 1, at("Article 1")), mark("Terms", 1, at("Terms"))]), [0.0, 2.0, 2.0]);
        assert_eq!(gains(&[mark("ARTICLE 1", 1, at("Article 1")), mark("Scope", 1, at("Scope\nIt"))]), [0.0, 2.0, 0.0]);
    }

    #[test]
    fn bookmarks_that_name_no_heading_change_nothing() {
        let at = |words: &str| TEXT.find(words);
        let poor = [
            mark("Page 1", 1, None),
            mark("treaty.pdf", 1, None),
            mark("Article 2", 1, at("Article 1")),
            mark("It applies", 1, at("It applies")),
            // A sentence is no heading, whatever points at it.
            mark("Article 2 Scope of", 1, at("Article 2 Scope")),
        ];
        assert_eq!(gains(&poor), [0.0; 3]);
    }

    #[test]
    fn one_bookmark_for_each_page_lists_pages() {
        let at = |words: &str| TEXT.find(words);
        let pages = [mark("Article 1", 1, at("Article 1")), mark("b", 2, None), mark("c", 3, None)];
        assert_eq!(gains(&pages), [0.0; 3]);
        assert_eq!(gains(&pages[..2]), [0.0, 2.0, 0.0]);
    }
}
