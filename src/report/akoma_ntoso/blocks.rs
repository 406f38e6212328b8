//! Words to blocks: paragraphs, rows of tables, lines of a table of contents, notes at their place.

use super::Part;
use super::sink::Sink;
use crate::document::{AsideKind, Document, Format, Span};
use crate::structure::{Agreement, Provision};
use crate::text::one_line;

/// Most lines of a title.
const TITLE_LINES: usize = 40;

/// Words that stand together.
enum Block {
    /// A paragraph.
    Paragraph(Span),
    /// Rows of a table, one a line, with a tab between the cells.
    Table(Vec<Span>),
}

impl Block {
    fn span(&self) -> Option<Span> {
        match self {
            Self::Paragraph(span) => Some(*span),
            Self::Table(_) => None,
        }
    }
}

/// Writes words and notes as paragraphs and tables. A note stands in the paragraph that it follows; a sentence that it
/// interrupts goes on behind it.
pub(super) fn write(sink: &mut Sink, agreement: &Agreement, parts: &[Part], title: Option<&str>) {
    let document = &agreement.document;
    // Whether the last paragraph is still open, and whether its sentence has not ended.
    let (mut open, mut unfinished) = (false, false);
    for part in parts {
        match part {
            Part::Note(index) => {
                if !open {
                    sink.open("p", &[]);
                    open = true;
                }
                note(sink, agreement, &agreement.provisions[*index]);
            }
            Part::Words(span) => {
                let blocks = blocks(document, *span);
                let titled = title.map_or(0..0, |title| title_lines(document, &blocks, title));
                for (position, block) in blocks.iter().enumerate() {
                    let goes_on = open && unfinished && position == 0;
                    match block {
                        Block::Paragraph(words) => {
                            if !goes_on {
                                if open {
                                    sink.close();
                                }
                                sink.open("p", &[]);
                            } else {
                                sink.words(" ");
                            }
                            open = true;
                            if titled.contains(&position) {
                                sink.open_inline("docTitle", &[]);
                                inline(sink, document, *words);
                                sink.close_inline();
                            } else {
                                inline(sink, document, *words);
                            }
                            unfinished = !words.of(&document.text).trim_end().ends_with(['.', ';', ':', '!', '?']);
                        }
                        Block::Table(rows) => {
                            if open {
                                sink.close();
                            }
                            open = false;
                            table(sink, document, rows);
                        }
                    }
                }
            }
            Part::Child(_) => {}
        }
    }
    if open {
        sink.close();
    }
}

/// Writes a note with its mark, on the spot.
pub(super) fn note(sink: &mut Sink, agreement: &Agreement, provision: &Provision) {
    let mark = one_line(provision.number.as_deref().unwrap_or_default());
    sink.words(" ");
    sink.open_inline("authorialNote", &[("eId", &provision.id), ("marker", &mark), ("placement", "bottom")]);
    if is_blank(&agreement.document, provision.span) {
        sink.empty("p", &[]);
    }
    write(sink, agreement, &[Part::Words(provision.span)], None);
    sink.close_inline();
}

/// Writes a table of contents, an entry a line.
pub(super) fn contents(sink: &mut Sink, document: &Document, span: Span, id: &str) {
    let lines = lines(document, span);
    if lines.is_empty() {
        return;
    }
    sink.open("toc", &[("eId", id)]);
    for line in lines {
        // An entry must have a target; whose heading it gives is not said, so it is the body.
        sink.open("tocItem", &[("href", "#body"), ("level", "1")]);
        inline(sink, document, line);
        sink.close();
    }
    sink.close();
}

/// Words of a line. What is set aside within them keeps its words and says what it is.
pub(super) fn inline(sink: &mut Sink, document: &Document, span: Span) {
    let text = &document.text;
    let first = document.asides.partition_point(|aside| aside.span.end <= span.start);
    let mut at = span.start;
    let mut spaced = true;
    for aside in document.asides[first..].iter().take_while(|aside| aside.span.start < span.end) {
        let name = match aside.kind {
            AsideKind::Running => "running",
            AsideKind::Comment => "comment",
            AsideKind::Footnote => continue,
        };
        let (start, end) = (aside.span.start.max(span.start), aside.span.end.min(span.end));
        words(sink, Span::new(at, start).of(text), &mut spaced);
        let held = one_line(Span::new(start, end).of(text));
        if !held.is_empty() {
            if !spaced {
                sink.words(" ");
            }
            sink.open_inline("inline", &[("name", name)]);
            sink.words(&held);
            sink.close_inline();
            spaced = false;
        }
        at = end;
        // A line of its own ends before the words that follow.
        if !spaced && at < span.end {
            sink.words(" ");
            spaced = true;
        }
    }
    words(sink, Span::new(at, span.end).of(text), &mut spaced);
}

/// Writes words with single spaces; `spaced` says whether a space stands before them, and then behind them.
fn words(sink: &mut Sink, words: &str, spaced: &mut bool) {
    let line = one_line(words);
    if line.is_empty() {
        return;
    }
    if !*spaced && words.starts_with(char::is_whitespace) {
        sink.words(" ");
    }
    sink.words(&line);
    *spaced = words.ends_with(char::is_whitespace);
    if *spaced {
        sink.words(" ");
    }
}

fn table(sink: &mut Sink, document: &Document, rows: &[Span]) {
    sink.open("table", &[]);
    for row in rows {
        sink.open("tr", &[]);
        let mut at = row.start;
        for cell in row.of(&document.text).split('\t') {
            let span = Span::new(at, at + cell.len());
            at = span.end + 1;
            sink.open("td", &[]);
            if !cell.trim().is_empty() {
                sink.open("p", &[]);
                inline(sink, document, span);
                sink.close();
            }
            sink.close();
        }
        sink.close();
    }
    sink.close();
}

/// The lines of a span that have words, trimmed.
fn lines(document: &Document, span: Span) -> Vec<Span> {
    let mut at = span.start;
    let mut lines = Vec::new();
    for line in span.of(&document.text).split('\n') {
        let start = at + (line.len() - line.trim_start().len());
        let trimmed = Span::new(start, start + line.trim().len());
        at += line.len() + 1;
        if !trimmed.is_empty() {
            lines.push(trimmed);
        }
    }
    lines
}

/// Whether any words stand in the span.
pub(super) fn is_blank(document: &Document, span: Span) -> bool {
    span.of(&document.text).trim().is_empty()
}

/// The blocks of a span. Plain text breaks its lines where the page ends: a paragraph ends with an empty line or a
/// sentence. Everywhere else a line is a paragraph.
fn blocks(document: &Document, span: Span) -> Vec<Block> {
    let text = &document.text;
    let wrapped = document.format == Format::Text;
    let mut blocks: Vec<Block> = Vec::new();
    for line in lines(document, span) {
        if !wrapped && line.of(text).contains('\t') {
            match blocks.last_mut() {
                Some(Block::Table(rows)) => rows.push(line),
                _ => blocks.push(Block::Table(vec![line])),
            }
            continue;
        }
        match blocks.last_mut() {
            Some(Block::Paragraph(before)) if wrapped && goes_on(text, *before, line) => before.end = line.end,
            _ => blocks.push(Block::Paragraph(line)),
        }
    }
    blocks
}

fn goes_on(text: &str, before: Span, line: Span) -> bool {
    let gap = Span::new(before.end, line.start).of(text);
    gap.matches('\n').count() < 2 && !before.of(text).ends_with(['.', ';', ':', '!', '?'])
}

/// Which blocks together are the title.
fn title_lines(document: &Document, blocks: &[Block], title: &str) -> std::ops::Range<usize> {
    let words: Vec<String> = blocks
        .iter()
        .take(TITLE_LINES)
        .map(|block| block.span().map(|span| one_line(span.of(&document.text))).unwrap_or_default())
        .collect();
    for first in 0..words.len() {
        let mut rest = title;
        for (last, line) in words.iter().enumerate().skip(first) {
            match rest.strip_prefix(line.as_str()) {
                Some("") if !line.is_empty() => return first..last + 1,
                Some(left) if !line.is_empty() => rest = left.trim_start(),
                _ => break,
            }
        }
    }
    0..0
}
