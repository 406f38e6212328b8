//! Lines of words with their tracked changes, white space put in order for every reading at once.
//!
//! A draft has three readings: as it was (without insertions), as proposed (without deletions), and as is
//! (everything, with marks). Whoever leaves the edits of a kind out of the text must meet clean lines: no two
//! spaces where a word went, no empty line where a paragraph went. So a space or line break is kept in those
//! readings only that need it, and carries the mark of a change in the others.

use std::rc::Rc;

use super::{Edit, EditKind, Span};

/// A tracked change that is open while words are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub kind: EditKind,
    pub author: Option<String>,
    pub date: Option<String>,
    /// The name of the move that it is one end of.
    pub moved: Option<String>,
}

impl Mark {
    /// A change of a kind of which nothing else is known.
    pub fn unsigned(kind: EditKind) -> Self {
        Self { kind, author: None, date: None, moved: None }
    }

    /// The same change seen as one of another kind: who strikes words out also closes the gap.
    pub fn as_kind(&self, kind: EditKind) -> Self {
        Self { kind, ..self.clone() }
    }

    fn over(&self, span: Span) -> Edit {
        Edit { span, kind: self.kind, author: self.author.clone(), date: self.date.clone(), moved: self.moved.clone() }
    }
}

/// The two readings that leave something out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    Was,
    Proposed,
}

impl Reading {
    pub const BOTH: [Self; 2] = [Self::Was, Self::Proposed];

    /// The kind of change that takes words out of the reading.
    pub const fn without(self) -> EditKind {
        match self {
            Self::Was => EditKind::Inserted,
            Self::Proposed => EditKind::Deleted,
        }
    }
}

/// What was done to words: inserted, deleted, or (by one author and then another) both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Changes {
    inserted: Option<Rc<Mark>>,
    deleted: Option<Rc<Mark>>,
}

impl Changes {
    /// One change, or none.
    pub fn of(mark: Option<&Mark>) -> Self {
        let mut changes = Self::default();
        if let Some(mark) = mark {
            changes.set(Rc::new(mark.clone()));
        }
        changes
    }

    /// Adds a change; one of its kind that was there before is replaced.
    pub fn set(&mut self, mark: Rc<Mark>) {
        match mark.kind {
            EditKind::Inserted => self.inserted = Some(mark),
            EditKind::Deleted => self.deleted = Some(mark),
        }
    }

    /// The change of a kind.
    pub fn get(&self, kind: EditKind) -> Option<&Rc<Mark>> {
        match kind {
            EditKind::Inserted => self.inserted.as_ref(),
            EditKind::Deleted => self.deleted.as_ref(),
        }
    }

    /// These changes and, where there is none of a kind, those of what encloses them.
    pub fn within(&self, outer: &Self) -> Self {
        Self {
            inserted: self.inserted.clone().or_else(|| outer.inserted.clone()),
            deleted: self.deleted.clone().or_else(|| outer.deleted.clone()),
        }
    }

    /// Whether nothing was done.
    pub const fn is_none(&self) -> bool {
        self.inserted.is_none() && self.deleted.is_none()
    }

    /// Whether a reading shows the words.
    pub fn shown(&self, reading: Reading) -> bool {
        self.get(reading.without()).is_none()
    }

    /// In which of the two readings the words stand.
    pub fn readings(&self) -> [bool; 2] {
        Reading::BOTH.map(|reading| self.shown(reading))
    }

    /// The same words in these readings only; what is missing there is taken from other changes, then from their opposite.
    pub fn limited(&self, wanted: [bool; 2], others: &[&Self]) -> Self {
        let mut limited = Self::default();
        for (reading, wanted) in Reading::BOTH.into_iter().zip(wanted) {
            if wanted {
                continue;
            }
            let kind = reading.without();
            let known = std::iter::once(self).chain(others.iter().copied()).find_map(|changes| changes.get(kind).cloned());
            let opposite = || self.inserted.as_ref().or(self.deleted.as_ref()).map(|mark| Rc::new(mark.as_kind(kind)));
            limited.set(known.or_else(opposite).unwrap_or_else(|| Rc::new(Mark::unsigned(kind))));
        }
        limited
    }
}

/// A stretch of text to which something was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub span: Span,
    pub changes: Changes,
}

/// The edits that pieces in order amount to: stretches of one change are joined.
pub(super) fn edits(pieces: &[Piece]) -> Vec<Edit> {
    let mut all: Vec<Edit> = Vec::new();
    // The last edit of each kind.
    let mut last: [Option<usize>; 2] = [None, None];
    for piece in pieces {
        for (kind, last) in [EditKind::Deleted, EditKind::Inserted].into_iter().zip(&mut last) {
            let Some(mark) = piece.changes.get(kind) else { continue };
            let open = last.and_then(|index| all.get_mut(index)).filter(|edit| {
                edit.span.end == piece.span.start && edit.author == mark.author && edit.date == mark.date && edit.moved == mark.moved
            });
            match open {
                Some(edit) => edit.span.end = piece.span.end,
                None => {
                    *last = Some(all.len());
                    all.push(mark.over(piece.span));
                }
            }
        }
    }
    all
}

/// What a reading has shown last of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Last {
    #[default]
    Start,
    Space,
    Word,
}

/// A line, or several that a change joins in one of the readings: white space is put in order while words arrive.
#[derive(Debug, Default)]
pub(super) struct Line {
    pub text: String,
    /// Stretches with changes, in order, disjoint.
    pieces: Vec<Piece>,
    last: [Last; 2],
}

impl Line {
    /// Adds words under at most one change; every run of white space becomes one space, characters without a width go.
    pub fn push(&mut self, words: &str, mark: Option<&Mark>) {
        self.push_changed(words, &Changes::of(mark));
    }

    /// Adds words under several changes.
    pub fn push_changed(&mut self, words: &str, changes: &Changes) {
        for character in words.chars() {
            match character {
                '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => {}
                _ if character.is_whitespace() || character.is_control() => {
                    let wanted = self.wanted(changes, Last::Word);
                    self.gap(' ', changes, wanted);
                    self.note(wanted, Last::Space);
                }
                _ => {
                    self.append(character, changes);
                    self.note(changes.readings(), Last::Word);
                }
            }
        }
    }

    /// Ends the line in the readings that show the break; a line that is empty in a reading goes from it.
    pub fn end(&mut self, changes: &Changes) {
        for reading in Reading::BOTH {
            if changes.shown(reading) {
                self.trim(reading);
            }
        }
        let wanted = self.wanted(changes, Last::Word);
        self.gap('\n', changes, wanted);
        self.note(changes.readings(), Last::Start);
    }

    /// Removes white space at the end of the line as a reading shows it.
    pub fn trim(&mut self, reading: Reading) {
        let last = &mut self.last[reading as usize];
        if *last != Last::Space {
            return;
        }
        *last = Last::Word;
        // The last character that the reading shows.
        let mut end = self.text.len();
        for piece in self.pieces.iter().rev() {
            if piece.span.end != end || piece.changes.shown(reading) {
                break;
            }
            end = piece.span.start;
        }
        let Some(at) = end.checked_sub(1).filter(|at| self.text.as_bytes().get(*at) == Some(&b' ')) else { return };
        let old = self.changes_at(at);
        let mut wanted = old.readings();
        wanted[reading as usize] = false;
        if wanted == [false, false] {
            self.remove(at);
        } else {
            let next = self.changes_at(at + 1);
            let new = old.limited(wanted, &[&next]);
            self.replace(at, new);
        }
    }

    /// Removes white space at the end in both readings.
    pub fn trim_end(&mut self) {
        Reading::BOTH.into_iter().for_each(|reading| self.trim(reading));
    }

    /// Removes an opening bracket at the end, with the space before it.
    pub fn pop_bracket(&mut self) {
        if let Some(at) = self.text.len().checked_sub(1).filter(|_| self.text.ends_with(['(', '['])) {
            self.remove(at);
            let at_start = self.text.is_empty() || self.text.ends_with('\n');
            self.last = [if at_start { Last::Start } else { Last::Space }; 2];
            self.trim_end();
        }
    }

    /// The words that a reading shows.
    pub fn words(&self, reading: Reading) -> String {
        let mut words = String::with_capacity(self.text.len());
        let mut at = 0;
        for piece in self.pieces.iter().filter(|piece| !piece.changes.shown(reading)) {
            words.push_str(Span::new(at, piece.span.start).of(&self.text));
            at = piece.span.end;
        }
        words.push_str(Span::new(at, self.text.len()).of(&self.text));
        words
    }

    /// Whether a reading is at the start of a line here.
    pub fn is_at_start(&self, reading: Reading) -> bool {
        self.last[reading as usize] == Last::Start
    }

    /// Takes out the lines so far; what follows goes on where they stopped.
    pub fn take(&mut self) -> (String, Vec<Piece>) {
        (std::mem::take(&mut self.text), std::mem::take(&mut self.pieces))
    }

    fn wanted(&self, changes: &Changes, after: Last) -> [bool; 2] {
        Reading::BOTH.map(|reading| changes.shown(reading) && self.last[reading as usize] == after)
    }

    fn note(&mut self, readings: [bool; 2], last: Last) {
        for (slot, _) in self.last.iter_mut().zip(readings).filter(|(_, shown)| *shown) {
            *slot = last;
        }
    }

    fn append(&mut self, character: char, changes: &Changes) {
        let start = self.text.len();
        self.text.push(character);
        if changes.is_none() {
            return;
        }
        let end = self.text.len();
        match self.pieces.last_mut() {
            Some(last) if last.span.end == start && last.changes == *changes => last.span.end = end,
            _ => self.pieces.push(Piece { span: Span::new(start, end), changes: changes.clone() }),
        }
    }

    /// Adds a space or line break to the readings that want it.
    fn gap(&mut self, gap: char, changes: &Changes, wanted: [bool; 2]) {
        let Some(at) = self.text.len().checked_sub(1) else { return };
        if self.text.ends_with(gap) {
            // One that other readings needed stands there: it serves these too.
            let old = self.changes_at(at);
            let readings = old.readings();
            let all = [readings[0] || wanted[0], readings[1] || wanted[1]];
            if all != readings {
                let new = old.limited(all, &[changes]);
                self.replace(at, new);
            }
            return;
        }
        // What neither reading needs may still part words in the text as is.
        if wanted != [false, false] || !self.text.ends_with(['\n', ' ']) {
            let before = self.changes_at(at);
            let limited = changes.limited(wanted, &[&before]);
            self.append(gap, &limited);
        }
    }

    fn index_at(&self, at: usize) -> Option<usize> {
        let index = self.pieces.partition_point(|piece| piece.span.end <= at);
        self.pieces.get(index).is_some_and(|piece| piece.span.contains(at)).then_some(index)
    }

    /// What was done to the character at a byte.
    fn changes_at(&self, mut at: usize) -> Changes {
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        self.index_at(at).map(|index| self.pieces[index].changes.clone()).unwrap_or_default()
    }

    /// Gives the character of one byte other changes.
    fn replace(&mut self, at: usize, changes: Changes) {
        let whole = Span::new(at, at + 1);
        let mut new = Vec::new();
        let range = match self.index_at(at) {
            Some(index) => {
                let old = &self.pieces[index];
                let part = |start, end| Piece { span: Span::new(start, end), changes: old.changes.clone() };
                new.push(part(old.span.start, at));
                new.push(Piece { span: whole, changes });
                new.push(part(whole.end, old.span.end));
                index..index + 1
            }
            None => {
                new.push(Piece { span: whole, changes });
                let index = self.pieces.partition_point(|piece| piece.span.end <= at);
                index..index
            }
        };
        new.retain(|piece| !piece.span.is_empty() && !piece.changes.is_none());
        self.pieces.splice(range, new);
    }

    /// Removes the character of one byte.
    fn remove(&mut self, at: usize) {
        self.text.remove(at);
        let first = self.pieces.partition_point(|piece| piece.span.end <= at);
        for piece in &mut self.pieces[first..] {
            piece.span.end -= 1;
            if piece.span.start > at {
                piece.span.start -= 1;
            }
        }
        self.pieces.retain(|piece| !piece.span.is_empty());
    }
}

#[cfg(test)]
mod tests {
    use super::super::EditKind;
    use super::{Changes, Line, Mark, edits};

    /// Words with signs: `-[deleted]`, `+[inserted]`, `=[both]`; `|` ends a line.
    fn line(signed: &str) -> Line {
        let mut line = Line::default();
        let mut changes = Changes::default();
        let mut sign = ' ';
        for character in signed.chars() {
            match character {
                '-' | '+' | '=' => sign = character,
                '[' => {
                    for (kind, signs) in [(EditKind::Inserted, "+="), (EditKind::Deleted, "-=")] {
                        if signs.contains(sign) {
                            changes.set(std::rc::Rc::new(Mark::unsigned(kind)));
                        }
                    }
                }
                ']' => changes = Changes::default(),
                '|' => line.end(&changes),
                _ => line.push_changed(character.encode_utf8(&mut [0; 4]), &changes),
            }
        }
        line
    }

    /// The text as is, as it was, and as proposed.
    fn readings(signed: &str) -> [String; 3] {
        let mut line = line(signed);
        line.trim_end();
        let without = |kind: EditKind| {
            let mut out = String::new();
            let mut at = 0;
            for edit in edits(&line.pieces).iter().filter(|edit| edit.kind == kind) {
                assert!(at <= edit.span.start, "edits of a kind overlap in {signed}");
                out.push_str(&line.text[at..edit.span.start]);
                at = edit.span.end;
            }
            out.push_str(&line.text[at..]);
            out
        };
        [line.text.clone(), without(EditKind::Inserted), without(EditKind::Deleted)]
    }

    #[test]
    fn white_space_is_in_order_in_every_reading() {
        let cases = [
            ("cultural-[ goods ] services", "cultural goods services", "cultural goods services", "cultural services"),
            ("a -[b] c", "a b c", "a b c", "a c"),
            ("a -[b]", "a b", "a b", "a"),
            ("+[a] b", "a b", "b", "a b"),
            ("a-[ ]+[ ]b", "a b", "a b", "a b"),
            ("a-[ ] b", "a b", "a b", "a b"),
            ("a =[x] b", "a x b", "a b", "a b"),
            ("é -[ü ]+[ö ]ä", "é ü ö ä", "é ü ä", "é ö ä"),
            ("a -[b]+[c]", "a bc", "a b", "a c"),
        ];
        for (signed, is, was, proposed) in cases {
            assert_eq!(readings(signed), [is, was, proposed], "{signed}");
        }
    }

    #[test]
    fn lines_join_and_go() {
        let cases = [
            ("a-[|]b|", "a\nb\n", "a\nb\n", "ab\n"),
            ("a+[|]b|", "a\nb\n", "ab\n", "a\nb\n"),
            ("a|-[b|]c|", "a\nb\nc\n", "a\nb\nc\n", "a\nc\n"),
            ("a|-[b]|c|", "a\nb\nc\n", "a\nb\nc\n", "a\nc\n"),
            ("a -[|]b|", "a \nb\n", "a\nb\n", "a b\n"),
            ("a-[|] b|", "a\n b\n", "a\nb\n", "a b\n"),
            ("a|=[x|]b|", "a\nx\nb\n", "a\nb\n", "a\nb\n"),
            ("a|=[x]|b|", "a\nx\nb\n", "a\nb\n", "a\nb\n"),
            ("a -[b|c] d|", "a b\nc d\n", "a b\nc d\n", "a d\n"),
            ("a-[b]+[|]c|", "ab\nc\n", "abc\n", "a\nc\n"),
            ("||a|", "a\n", "a\n", "a\n"),
        ];
        for (signed, is, was, proposed) in cases {
            assert_eq!(readings(signed), [is, was, proposed], "{signed}");
        }
    }

    #[test]
    fn what_two_authors_did_is_under_two_edits() {
        let line = line("+[a ]=[b]+[ c]");
        let all = edits(&line.pieces);
        let spans: Vec<_> = all.iter().map(|edit| (edit.span.of(&line.text), edit.kind)).collect();
        assert_eq!(spans, [("a b c", EditKind::Inserted), ("b ", EditKind::Deleted)]);
    }
}
