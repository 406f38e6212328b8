//! The readings of a draft with tracked changes: as it was, as proposed, and as it is with all marks.

use super::{Aside, Bookmark, Document, Edit, EditKind, Native, Page, Span, WordBox};

/// Which words of a draft with tracked changes are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum As {
    /// Before the changes: without insertions, with what was struck out.
    Was,
    /// After the changes: with insertions, without what was struck out.
    #[default]
    Proposed,
    /// All words, struck out and inserted ones side by side, as [`Document::edits`] marks them.
    Is,
}

impl As {
    /// Whether words with this mark belong to the reading.
    #[must_use]
    pub const fn keeps(self, kind: EditKind) -> bool {
        match self {
            Self::Was => matches!(kind, EditKind::Deleted),
            Self::Proposed => matches!(kind, EditKind::Inserted),
            Self::Is => true,
        }
    }
}

/// Which parts of the text of a document a reading keeps, and so the way between the two texts.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Kept parts of the whole text with their start in the reading; in order, disjoint, none empty.
    parts: Vec<(usize, Span)>,
}

impl Kept {
    fn new(document: &Document, reading: As) -> Self {
        let mut removed: Vec<Span> =
            document.edits.iter().filter(|edit| !reading.keeps(edit.kind)).map(|edit| edit.span).filter(|span| !span.is_empty()).collect();
        removed.sort_unstable();
        let mut parts = Vec::with_capacity(removed.len() + 1);
        let (mut at, mut to) = (0, 0);
        for gap in removed.into_iter().chain([Span::new(document.text.len(), document.text.len())]) {
            if gap.start > at {
                parts.push((to, Span::new(at, gap.start)));
                to += gap.start - at;
            }
            at = at.max(gap.end);
        }
        Self { parts }
    }

    /// The place in the reading of a place in the whole text, both in bytes; for a place that the reading leaves out, where it stood.
    #[must_use]
    pub fn place(&self, whole: usize) -> usize {
        let after = self.parts.partition_point(|(_, part)| part.start <= whole);
        match after.checked_sub(1).map(|index| self.parts[index]) {
            Some((start, part)) => start + whole.min(part.end) - part.start,
            None => 0,
        }
    }

    /// A span of the whole text in the reading; empty where nothing of it is kept.
    #[must_use]
    pub fn span(&self, whole: Span) -> Span {
        let start = self.place(whole.start);
        Span::new(start, self.place(whole.end).max(start))
    }

    /// A span of the reading in the whole text; it reaches over what the reading leaves out inside it.
    #[must_use]
    pub fn whole(&self, span: Span) -> Span {
        let back = |offset: usize| {
            let after = self.parts.partition_point(|(start, _)| *start <= offset);
            after.checked_sub(1).map_or(0, |index| {
                let (start, part) = self.parts[index];
                (part.start + offset - start).min(part.end)
            })
        };
        let start = back(span.start);
        if span.is_empty() {
            return Span::new(start, start);
        }
        // The end is one past the last byte that belongs to the span, not the first byte behind a gap.
        Span::new(start, back(span.end - 1) + 1)
    }
}

impl Document {
    /// Which parts of the text the reading keeps.
    #[must_use]
    pub fn kept(&self, reading: As) -> Kept {
        Kept::new(self, reading)
    }

    /// The document in one of its readings: the text without the words that do not belong to it, with all places moved along.
    ///
    /// The changes that remain stay marked in [`Document::edits`]: insertions in the text as proposed, deletions in the text
    /// as it was. A document without tracked changes is the same in every reading.
    ///
    /// # Example
    /// ```
    /// use clausula::document::{As, read};
    /// let draft = read(b"<!DOCTYPE html><html><body><p>The Parties <del>shall</del><ins>may</ins> cooperate.</p></body></html>")?;
    /// assert_eq!(draft.reading(As::Was).text.trim(), "The Parties shall cooperate.");
    /// assert_eq!(draft.reading(As::Proposed).text.trim(), "The Parties may cooperate.");
    /// # Ok::<(), clausula::document::ReadError>(())
    /// ```
    #[must_use]
    pub fn reading(&self, reading: As) -> Self {
        if self.edits.iter().all(|edit| reading.keeps(edit.kind)) {
            return self.clone();
        }
        let kept = self.kept(reading);
        let mut text = String::with_capacity(self.text.len());
        for (_, part) in &kept.parts {
            text.push_str(part.of(&self.text));
        }
        let moved = |span: Span| kept.span(span);
        let remains = |span: &Span| !span.is_empty();
        Self {
            text,
            pages: self.pages.iter().map(|page| Page { start: kept.place(page.start), ..*page }).collect(),
            asides: self
                .asides
                .iter()
                .map(|aside| Aside { span: moved(aside.span), ..aside.clone() })
                .filter(|aside| remains(&aside.span))
                .collect(),
            native: self
                .native
                .iter()
                .map(|unit| Native { span: moved(unit.span), head: moved(unit.head), ..unit.clone() })
                .filter(|unit| remains(&unit.span))
                .collect(),
            edits: self
                .edits
                .iter()
                .filter(|edit| reading.keeps(edit.kind))
                .map(|edit| Edit { span: moved(edit.span), ..edit.clone() })
                .filter(|edit| remains(&edit.span))
                .collect(),
            words: self.words.iter().map(|word| WordBox { span: moved(word.span), ..*word }).filter(|word| remains(&word.span)).collect(),
            bookmarks: self
                .bookmarks
                .iter()
                .map(|bookmark| Bookmark { start: bookmark.start.map(|start| kept.place(start)), ..bookmark.clone() })
                .collect(),
            metadata: self.metadata.clone(),
            messages: self.messages.clone(),
            format: self.format,
            language: self.language,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Document, Edit, EditKind, Span};
    use super::As;

    /// A draft from words with marks: `+inserted+`, `-deleted-`; a deletion inside an insertion is both.
    fn draft(marked: &str) -> Document {
        let mut document = Document::default();
        let (mut inserted, mut deleted) = (None, None);
        for character in marked.chars() {
            let at = document.text.len();
            let (open, kind) = match character {
                '+' => (&mut inserted, EditKind::Inserted),
                '-' => (&mut deleted, EditKind::Deleted),
                other => {
                    document.text.push(other);
                    continue;
                }
            };
            match open.take() {
                Some(start) => document.edits.push(Edit { span: Span::new(start, at), kind, author: None, date: None, moved: None }),
                None => *open = Some(at),
            }
        }
        document.edits.sort_by_key(|edit| edit.span);
        document
    }

    #[test]
    fn three_readings() {
        let document = draft("The -two -Parties +may +-shall -act+ and -never- report+.");
        for (reading, text) in [
            (As::Was, "The two Parties shall act."),
            (As::Proposed, "The Parties may act and  report."),
            (As::Is, "The two Parties may shall act and never report."),
        ] {
            assert_eq!(document.reading(reading).text, text);
        }
        let proposed = document.reading(As::Proposed);
        let marks: Vec<&str> = proposed.edits.iter().map(|edit| edit.span.of(&proposed.text)).collect();
        assert_eq!(marks, ["may ", " and  report"]);
    }

    #[test]
    fn places_lead_both_ways() {
        let document = draft("ab-cd-ef+gh+ij");
        let (proposed, kept) = (document.reading(As::Proposed), document.kept(As::Proposed));
        assert_eq!(proposed.text, "abefghij");
        assert_eq!([0, 1, 2, 3, 4, 5, 10].map(|at| kept.place(at)), [0, 1, 2, 2, 2, 3, 8]);
        assert_eq!(kept.whole(Span::new(1, 4)), Span::new(1, 6), "over the gap");
        assert_eq!(kept.whole(Span::new(0, 2)), Span::new(0, 2), "not beyond it");
        assert_eq!(kept.span(Span::new(2, 4)), Span::new(2, 2), "struck out");
        for start in 0..proposed.text.len() {
            let span = Span::new(start, start + 1);
            assert_eq!(kept.whole(span).of(&document.text), span.of(&proposed.text));
        }
    }

    #[test]
    fn nothing_left_is_an_empty_text() {
        let document = draft("+all+");
        assert_eq!(document.reading(As::Was).text, "");
        assert_eq!(document.kept(As::Was).place(3), 0);
        assert_eq!(document.kept(As::Was).whole(Span::new(0, 0)), Span::new(0, 0));
    }
}
