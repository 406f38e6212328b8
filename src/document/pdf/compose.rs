//! Puts the pages together to one text: words broken at line ends rejoined, asides on their own lines.

use std::collections::HashSet;

use super::lines::{self, Line};
use super::marks;
use super::paragraphs::{Joint, PageText, Paragraph};
use super::words::Word;
use crate::document::{Aside, AsideKind, Document, Page, Span, WordBox};

/// The parts of one page in the order in which they are written.
#[derive(Debug, Default)]
pub(super) struct PageParts {
    pub(super) number: u32,
    pub(super) head: Vec<Line>,
    pub(super) text: PageText,
    pub(super) foot: Vec<Line>,
    /// Text at a slant: watermarks.
    pub(super) slanted: Vec<Line>,
}

impl PageParts {
    fn words(&self) -> impl Iterator<Item = &Word> {
        let notes = self.text.notes.iter().map(|note| &note.paragraph);
        self.text.body.iter().chain(notes).flat_map(|paragraph| paragraph.words.iter().map(|(_, word)| word))
    }
}

/// Words before which a hyphen at a line end stands for a part that follows later (`Ein- und Ausfuhr`).
const SUSPENDING: [&str; 11] = ["and", "or", "et", "ou", "y", "e", "o", "u", "und", "oder", "bzw."];

/// Words that are as often the beginning of a longer one.
const BEGINNINGS: [&str; 14] =
    ["there", "where", "here", "over", "under", "with", "inter", "contre", "entre", "sobre", "unter", "über", "durch", "para"];

/// The words that the document writes in full, to tell a broken word from a compound.
struct Vocabulary(HashSet<String>);

impl Vocabulary {
    fn of(pages: &[PageParts]) -> Self {
        let mut known = HashSet::new();
        for word in pages.iter().flat_map(PageParts::words).filter(|word| !marks::ends_with_hyphen(&word.text)) {
            known.insert(core(&word.text));
        }
        Self(known)
    }

    /// Whether the two parts are one word elsewhere, without a hyphen.
    fn knows_joined(&self, first: &str, second: &str) -> bool {
        self.0.contains(&format!("{}{}", core(first), core(second)))
    }

    /// Whether the hyphen at the end of `first` belongs to the word that `second` completes.
    fn keeps_hyphen(&self, first: &str, second: &str) -> bool {
        if self.knows_joined(first, second) {
            return false;
        }
        let (first, second) = (core(first), core(second));
        if self.0.contains(&format!("{first}-{second}")) {
            return true;
        }
        // Each half a word of its own: a compound, unless the first half is one that words begin with.
        let long = |part: &str| part.chars().count() >= 4;
        !BEGINNINGS.contains(&first.as_str()) && long(&first) && long(&second) && self.0.contains(&first) && self.0.contains(&second)
    }
}

fn core(word: &str) -> String {
    word.trim_matches(|found: char| !found.is_alphanumeric()).replace(['‐', '\u{2011}', '\u{ad}'], "-").to_lowercase()
}

/// The document under construction.
struct Writer {
    document: Document,
    vocabulary: Vocabulary,
    /// The last word written, as it stands in the file.
    last: String,
}

/// Writes the pages one after the other.
pub(super) fn document(pages: Vec<PageParts>) -> Document {
    let vocabulary = Vocabulary::of(&pages);
    let mut writer = Writer { document: Document::default(), vocabulary, last: String::new() };
    let mut goes_on = continuations(&pages).into_iter();
    for page in pages {
        let number = page.number;
        let before = writer.document.text.len();
        let mut begun = None;
        for line in page.head {
            begun.get_or_insert(writer.aside(Paragraph::of_line(line), AsideKind::Running, None, number));
        }
        let count = page.text.body.len();
        for (index, paragraph) in page.text.body.into_iter().enumerate() {
            begun.get_or_insert(writer.paragraph(paragraph, number));
            match if index + 1 == count { goes_on.next().flatten() } else { None } {
                Some(next) => writer.join_lines(&next),
                None => writer.document.text.push('\n'),
            }
        }
        for note in page.text.notes {
            begun.get_or_insert(writer.aside(note.paragraph, AsideKind::Footnote, note.mark, number));
        }
        for line in page.foot.into_iter().chain(page.slanted) {
            begun.get_or_insert(writer.aside(Paragraph::of_line(line), AsideKind::Running, None, number));
        }
        writer.document.pages.push(Page { number, start: begun.unwrap_or(before) });
    }
    let mut document = writer.document;
    share_empty_starts(&mut document);
    document
}

/// For each page with body text, the first word of the next such page where it goes on with the
/// last paragraph of this one.
fn continuations(pages: &[PageParts]) -> Vec<Option<String>> {
    let bodies: Vec<&Vec<Paragraph>> = pages.iter().map(|page| &page.text.body).filter(|body| !body.is_empty()).collect();
    let next = |index: usize| {
        let (last, first) = (bodies.get(index)?.last()?, bodies.get(index + 1)?.first()?);
        last.continues_in(first).then(|| first.words.first().map(|(_, word)| word.text.clone()))?
    };
    (0..bodies.len()).map(next).collect()
}

/// Pages without text begin where the next one does.
fn share_empty_starts(document: &mut Document) {
    let mut next = document.text.len();
    for page in document.pages.iter_mut().rev() {
        page.start = page.start.min(next);
        next = page.start;
    }
}

impl Writer {
    /// Writes a line outside the flow; returns where it begins.
    ///
    /// Within an open paragraph the line break before it belongs to it too: without the aside, the
    /// paragraph reads on as if nothing had been there.
    fn aside(&mut self, paragraph: Paragraph, kind: AsideKind, mark: Option<String>, page: u32) -> usize {
        let start = self.document.text.len();
        if start > 0 && !self.document.text.ends_with('\n') {
            self.document.text.push('\n');
        }
        let begun = self.paragraph(paragraph, page);
        self.document.text.push('\n');
        self.document.asides.push(Aside { span: Span::new(start, self.document.text.len()), kind, mark });
        begun
    }

    /// Writes the words of a paragraph; returns where they begin.
    fn paragraph(&mut self, paragraph: Paragraph, page: u32) -> usize {
        let begun = self.document.text.len();
        for (index, (joint, word)) in paragraph.words.into_iter().enumerate() {
            match joint {
                _ if index == 0 => {}
                Joint::None => {}
                Joint::Space => self.document.text.push(' '),
                Joint::Tab(count) => self.document.text.extend(std::iter::repeat_n('\t', count)),
                Joint::LineEnd => self.join_lines(&word.text),
            }
            self.word(&word, page, index > 0 && joint == Joint::None);
        }
        begun
    }

    /// Writes a word with its rectangle; `glued` when it goes on with the word before.
    fn word(&mut self, word: &Word, page: u32, glued: bool) {
        let start = self.document.text.len();
        // A soft hyphen within a line was drawn there, so that it is a hyphen that the font names wrongly.
        let body = word.text.trim_end_matches('\u{ad}');
        self.document.text.extend(body.chars().map(|found| if found == '\u{ad}' { '-' } else { found }));
        if body.len() < word.text.len() {
            self.document.text.push('-');
        }
        let end = self.document.text.len();
        let rect = word.rect;
        // The mark of a note is no part of the word that it stands on.
        let raised = word.text.chars().all(|found| lines::plain_digit(found) != found);
        if glued
            && !raised
            && let Some(last) = self.document.words.last_mut().filter(|last| last.page == page && last.span.end == start)
        {
            let ([left, bottom, right, top], [to_left, to_bottom, to_right, to_top]) = (last.rect, rect);
            last.span.end = end;
            last.rect = [left.min(to_left), bottom.min(to_bottom), right.max(to_right), top.max(to_top)];
            self.last.push_str(&word.text);
            return;
        }
        self.last.clone_from(&word.text);
        self.document.words.push(WordBox { span: Span::new(start, end), page, rect });
    }

    /// Joins the end of a line to the next one, which begins with the word `next`.
    fn join_lines(&mut self, next: &str) {
        let last = std::mem::take(&mut self.last);
        let stem = last.trim_end_matches(['-', '\u{ad}', '‐', '\u{2011}']);
        let broken = stem.len() < last.len() && stem.ends_with(char::is_alphanumeric) && next.starts_with(char::is_alphanumeric);
        if !broken || SUSPENDING.contains(&next) {
            self.document.text.push(' ');
            return;
        }
        let lower = next.starts_with(char::is_lowercase) && !stem.ends_with(|found: char| found.is_ascii_digit());
        let capitals = [stem, next].iter().all(|part| part.chars().filter(|found| found.is_alphabetic()).all(char::is_uppercase));
        let joined = if lower { !self.vocabulary.keeps_hyphen(stem, next) } else { capitals && self.vocabulary.knows_joined(stem, next) };
        if joined {
            // What was written ends with one hyphen, whichever the file has.
            let end = self.document.text.trim_end_matches(['-', '‐', '\u{2011}']).len();
            self.document.text.truncate(end);
            if let Some(word) = self.document.words.last_mut() {
                word.span.end = word.span.end.min(end);
            }
        }
    }
}
