//! Cuts what stands inside an article: numbered paragraphs, lettered items to any depth, footnotes.
//!
//! First every label that may open a piece is collected with its readings; then a stack of open lists decides by
//! sequence: a label that counts on in an open list continues it and closes the deeper ones, a first label opens a list
//! inside. `(i)` after `(h)` is a letter unless `(ii)` follows.

use super::number::{Number, Reading, Style, label};
use crate::document::{Aside, AsideKind, Span};

/// The deepest list that is followed; treaties stay at four.
const MAX_DEPTH: usize = 8;
/// Most bytes between two labels with nothing but a conjunction between them.
const CROWDED: usize = 40;
/// Bytes at the beginning of an article in which its heading may stand before a first `1.` in the middle of a line.
const HEADING_BYTES: usize = 200;

/// How a label is written around its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// `(a)`
    Parentheses,
    /// `a)`
    Closing,
    /// `1.`
    Dot,
    /// `1` and a wide gap.
    Bare,
}

#[derive(Debug)]
struct Label {
    start: usize,
    end: usize,
    form: Form,
    number: Number,
    line_start: bool,
}

/// What a piece of an article is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Paragraph,
    Item,
    Recital,
    Footnote,
    Continuation,
}

/// A piece: where it begins (it ends where the next begins), how deep it is (1 is directly in the article), its number.
#[derive(Clone, Debug)]
pub(super) struct Cut {
    pub start: usize,
    pub head_end: usize,
    pub depth: usize,
    pub piece: Piece,
    pub number: Option<String>,
}

/// Cuts the span of an article whose heading ends at `head_end`.
pub(super) fn cut(text: &str, span: Span, head_end: usize, asides: &[Aside]) -> Vec<Cut> {
    let inside = asides_in(asides, span);
    let labels = labels(text, Span::new(head_end, span.end), span.start, inside);
    let mut cuts = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let mut asides = inside.iter().filter(|aside| aside.kind == AsideKind::Footnote).peekable();
    for (index, found) in labels.iter().enumerate() {
        interrupt(text, &mut cuts, &mut asides, found.start, open.len());
        let Some(level) = place(&labels, index, &open, text, span) else { continue };
        open.truncate(level.depth);
        let reading = level.reading;
        let style = reading.style;
        if open.len() == level.depth {
            open.push(Open { form: found.form, last: reading });
        }
        let piece = if level.depth == 0 && style == Style::Digits { Piece::Paragraph } else { Piece::Item };
        let floor = cuts.last().map_or(head_end, |cut: &Cut| cut.head_end.max(cut.start));
        let start = opening_bracket(text, floor, found.start);
        // "[(c)] films": the number alone is in brackets.
        let closed = start < found.start && text[found.end..].starts_with(']');
        let end = found.end + usize::from(closed);
        cuts.push(Cut { start, head_end: end, depth: level.depth + 1, piece, number: Some(found.number.text.clone()) });
    }
    interrupt(text, &mut cuts, &mut asides, span.end, open.len());
    with_paragraphs_after_lists(text, span, cuts)
}

/// Where a label begins with the brackets of a draft that open right before it, and no earlier than `floor`.
fn opening_bracket(text: &str, floor: usize, label: usize) -> usize {
    let before = text.get(floor..label).unwrap_or_default();
    let words = before.trim_end_matches(['[', ' ']).len();
    before[words..].find('[').map_or(label, |at| floor + words + at)
}

/// The asides that lie in `span`.
pub(super) fn asides_in(asides: &[Aside], span: Span) -> &[Aside] {
    let first = asides.partition_point(|aside| aside.span.start < span.start);
    let last = asides.partition_point(|aside| aside.span.start < span.end);
    asides.get(first..last).unwrap_or_default()
}

/// Footnotes that stand before `until` become pieces, and what goes on after them another.
fn interrupt<'a>(
    text: &str,
    cuts: &mut Vec<Cut>,
    asides: &mut std::iter::Peekable<impl Iterator<Item = &'a Aside>>,
    until: usize,
    depth: usize,
) {
    while let Some(aside) = asides.next_if(|aside| aside.span.start < until) {
        cuts.push(Cut {
            start: aside.span.start,
            head_end: aside.span.start,
            depth: depth + 1,
            piece: Piece::Footnote,
            number: aside.mark.clone(),
        });
        let another = asides.peek().is_some_and(|next| next.span.start <= aside.span.end);
        let rest = text.get(aside.span.end..until).unwrap_or_default();
        if !another && !rest.is_empty() {
            cuts.push(Cut { start: aside.span.end, head_end: aside.span.end, depth: depth + 1, piece: Piece::Continuation, number: None });
        }
    }
}

/// A list that is open: how its labels are written, and the last one.
struct Open {
    form: Form,
    last: Reading,
}

struct Placed {
    depth: usize,
    reading: Reading,
}

/// Where the label at `index` belongs among the open lists; `None` when it opens nothing.
fn place(labels: &[Label], index: usize, open: &[Open], text: &str, span: Span) -> Option<Placed> {
    let found = &labels[index];
    let next = labels[index + 1..].iter().find(|next| next.form == found.form);
    let roman_next = next.is_some_and(|next| next.number.readings.iter().any(|r| r.style == Style::Roman && r.parts == [2]));
    let is_roman_one = found.number.readings.iter().any(|r| r.style == Style::Roman && r.parts == [1]);
    if !(is_roman_one && roman_next && found.number.readings.len() > 1) {
        // Counting on, the deepest list first.
        for (depth, level) in open.iter().enumerate().rev() {
            if let Some(reading) = found.number.readings.iter().find(|r| found.form == level.form && r.follows(&level.last)) {
                return Some(Placed { depth, reading: reading.clone() });
            }
        }
    }
    let first = first_reading(&found.number, roman_next);
    if let Some(reading) = first {
        let same = open.iter().position(|level| level.form == found.form && level.last.style == reading.style);
        if let Some(depth) = same {
            // The same kind of list again: only a line of its own or a colon begins it anew.
            let fresh = found.line_start || before(text, found.start).ends_with(':');
            return fresh.then_some(Placed { depth, reading });
        }
        if open.len() >= MAX_DEPTH || found.form == Form::Bare && !open.is_empty() {
            return None;
        }
        let near_heading = open.is_empty() && found.start - span.start <= HEADING_BYTES;
        if found.line_start
            || near_heading
            || before(text, found.start).ends_with([':', '—', '–', '-', '.', ';', ','])
            || follows_label(labels, index)
        {
            return Some(Placed { depth: open.len(), reading });
        }
        return None;
    }
    // A number that skips one: the scan lost a label.
    if found.line_start {
        for (depth, level) in open.iter().enumerate().rev() {
            if let Some(reading) = found
                .number
                .readings
                .iter()
                .find(|r| found.form == level.form && r.skips(&level.last).is_some_and(|skipped| skipped <= 1) && r.suffix == 0)
            {
                return Some(Placed { depth, reading: reading.clone() });
            }
        }
    }
    // A list whose first item was struck out of a draft or lost: the second and the third stand on lines of their own.
    let new_list =
        found.line_start && found.form != Form::Bare && open.len() < MAX_DEPTH && open.iter().all(|level| level.form != found.form);
    let third = next.filter(|next| new_list && next.line_start)?;
    let second = found
        .number
        .readings
        .iter()
        .find(|r| r.parts == [2] && r.suffix == 0 && third.number.readings.iter().any(|next| next.follows(r)))?;
    Some(Placed { depth: open.len(), reading: second.clone() })
}

/// "1. (a) The Parties": the item follows the label of its paragraph at once.
fn follows_label(labels: &[Label], index: usize) -> bool {
    index.checked_sub(1).is_some_and(|previous| labels[index].start - labels[previous].end <= 2)
}

/// The reading with which a list may begin.
fn first_reading(number: &Number, roman_next: bool) -> Option<Reading> {
    let mut firsts = number.readings.iter().filter(|r| r.parts.last() == Some(&1) && r.suffix == 0);
    let roman = firsts.clone().find(|r| r.style == Style::Roman && (roman_next || number.text == "i" || number.text == "I"));
    // "i" is the ninth letter: as the first of a list it can only be Roman.
    roman.or_else(|| firsts.find(|r| r.style != Style::Roman)).cloned()
}

fn before(text: &str, at: usize) -> &str {
    text[..at].trim_end()
}

/// Every label in `span`, in order.
fn labels(text: &str, span: Span, article: usize, asides: &[Aside]) -> Vec<Label> {
    let mut found: Vec<Label> = Vec::new();
    let bytes = text.as_bytes();
    let mut at = span.start;
    let mut asides = asides.iter().peekable();
    // Whether only white space and opening marks stand between here and the line start.
    let mut at_line_start = article == span.start || text[..span.start].ends_with('\n') || text[article..span.start].contains('\n');
    while at < span.end {
        if let Some(aside) = asides.next_if(|aside| aside.span.start <= at) {
            at = at.max(aside.span.end);
            at_line_start = true;
            continue;
        }
        let byte = bytes[at];
        match byte {
            b'\n' => at_line_start = true,
            b' ' | b'\t' | b'[' | b'"' | b'\'' | b'*' | b'_' | b'\\' => {}
            b'(' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z'
                if (at_line_start || matches!(bytes.get(at.wrapping_sub(1)), Some(b' ' | b'\n' | b'\t' | b'[' | b':' | b';' | b'(')))
                    && byte != b' ' =>
            {
                if let Some(label) = label_at(text, at, span.end, at_line_start)
                    && believable(text, &label, found.last())
                {
                    at = label.end;
                    found.push(label);
                    continue;
                }
                at_line_start = false;
                // On to the end of the word.
                at += 1;
                while at < span.end && (bytes[at].is_ascii_alphanumeric() || bytes[at] >= 0x80) {
                    at += 1;
                }
                continue;
            }
            byte if byte.is_ascii_whitespace() || byte == 0xc2 || byte == 0xa0 => {}
            _ => at_line_start = false,
        }
        at += 1;
    }
    found
}

/// Reads a label at `at`: `(a)`, `a)`, `1.`, `1.1.`, `1   The`.
fn label_at(text: &str, at: usize, end: usize, line_start: bool) -> Option<Label> {
    let rest = text.get(at..end)?;
    let (open, inner) = match rest.strip_prefix('(') {
        Some(inner) => (1, inner.trim_start_matches(' ')),
        None => (0, rest),
    };
    let padding = rest.len() - open - inner.len();
    let length = inner.bytes().take(9).take_while(|b| b.is_ascii_alphanumeric() || *b == b'.').count();
    let mut word = inner.get(..length)?;
    let trimmed = word.trim_end_matches('.');
    let dotted = word.len() > trimmed.len();
    word = trimmed;
    if word.is_empty() || word.len() > 6 {
        return None;
    }
    let after = inner.get(length..)?;
    // "1.The Parties": a scan that lost the space.
    let glued = after.starts_with(char::is_uppercase) && word.bytes().all(|b| b.is_ascii_digit());
    let (form, taken) = if open == 1 {
        let close = after.strip_prefix(' ').unwrap_or(after);
        if dotted || !close.starts_with(')') {
            return None;
        }
        (Form::Parentheses, length + (after.len() - close.len()) + 1)
    } else if !dotted && after.starts_with(')') {
        (Form::Closing, length + 1)
    } else if dotted && (after.starts_with([' ', '\t', '\n', '[', '(']) || line_start && glued) {
        (Form::Dot, length)
    } else if !dotted
        && line_start
        && word.bytes().all(|b| b.is_ascii_digit())
        && (after.starts_with('\t') || after.starts_with("  ") || after.starts_with(" \t"))
    {
        (Form::Bare, length)
    } else {
        return None;
    };
    if form == Form::Parentheses && word.contains('.') {
        return None;
    }
    let number = label(word)?;
    Some(Label { start: at, end: at + open + padding + taken, form, number, line_start })
}

/// Words that make the label after them a reference.
const REFERRING: &[&str] = &[
    "paragraph",
    "paragraphs",
    "subparagraph",
    "subparagraphs",
    "sub-paragraph",
    "sub-paragraphs",
    "item",
    "items",
    "article",
    "articles",
    "point",
    "points",
    "clause",
    "clauses",
    "section",
    "sections",
    "annex",
    "chapter",
    "no",
    "nos",
    "paragraphe",
    "paragraphes",
    "alinéa",
    "alinéas",
    "lettre",
    "lettres",
    "apartado",
    "apartados",
    "párrafo",
    "párrafos",
    "literal",
    "literales",
    "letra",
    "letras",
    "inciso",
    "incisos",
    "numeral",
    "numerales",
    "under",
    "footnote",
    "indent",
    "indents",
    "heading",
    "headings",
    "tariff",
    "and",
    "or",
    "to",
    "et",
    "ou",
    "y",
    "o",
    "of",
    "in",
];

/// Whether what stands around a label allows it to open a piece.
fn believable(text: &str, label: &Label, previous: Option<&Label>) -> bool {
    let ahead = text[label.end..].trim_start_matches([' ', '\t', '\n', '\u{a0}', '[', '"', '“', '«', '\'', '(']);
    if ahead.is_empty() {
        return false;
    }
    let before = before(text, label.start);
    let word_start =
        before.char_indices().rev().take_while(|(_, c)| c.is_alphabetic() || *c == '-').last().map_or(before.len(), |(at, _)| at);
    let word = before[word_start..].to_lowercase();
    let joining = matches!(word.as_str(), "and" | "or" | "et" | "ou" | "y" | "o");
    let list_end = joining && before[..word_start].trim_end().ends_with([';', ',']);
    // "subparagraphs (a), (b) and (c)": nothing but a conjunction stands between the labels.
    let crowded = previous.is_some_and(|previous| {
        let between = &text[previous.end..label.start];
        if between.len() > CROWDED {
            return false;
        }
        let word = between.trim_matches(|c: char| !c.is_alphanumeric());
        between.contains(',') && word.is_empty() || matches!(word, "and" | "or" | "to" | "et" | "ou" | "à" | "y" | "o" | "a")
    });
    if crowded {
        return false;
    }
    if REFERRING.contains(&word.as_str()) && !list_end && !(label.line_start && joining) {
        return false;
    }
    match label.form {
        Form::Bare => ahead.starts_with(char::is_uppercase),
        Form::Dot if label.number.readings.iter().all(|r| r.style == Style::Digits) => {
            let sentence = ahead.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '(');
            if label.line_start {
                sentence || ahead.starts_with(char::is_lowercase)
            } else {
                ahead.starts_with(|c: char| c.is_uppercase() || c == '(')
                    && (before.ends_with(['.', ';', ':', ')', ']', '”', '"']) || before.ends_with(char::is_alphabetic))
            }
        }
        // "a. text": letters with a full stop only at a line start, since "e.g. i.e." and initials look the same.
        Form::Dot => label.line_start && label.number.text.len() <= 4,
        Form::Closing => label.line_start || before.ends_with([';', ':', '.', ',']) || list_end,
        Form::Parentheses => {
            label.line_start
                || before.ends_with([';', ':', '.', ',', '—', '–', '-', ')', ']', '”', '"'])
                || list_end
                || before.ends_with(char::is_alphanumeric)
                    && ahead.starts_with(char::is_lowercase)
                    && label.number.is_first()
                    && !label.number.text.starts_with(char::is_uppercase)
        }
    }
}

/// After a list has ended with a full stop, an unmarked paragraph after an empty line belongs to the article again, not to the last item.
fn with_paragraphs_after_lists(text: &str, span: Span, cuts: Vec<Cut>) -> Vec<Cut> {
    let mut out = Vec::with_capacity(cuts.len());
    for (index, cut) in cuts.iter().enumerate() {
        let end = cuts.get(index + 1).map_or(span.end, |next| next.start);
        out.push(cut.clone());
        if cut.piece != Piece::Item {
            continue;
        }
        let Some(words) = text.get(cut.start..end) else { continue };
        if let Some(at) = paragraph_after(words) {
            out.push(Cut { start: cut.start + at, head_end: cut.start + at, depth: 1, piece: Piece::Paragraph, number: None });
        }
    }
    out
}

/// Where, after a full stop and an empty line, a paragraph with a capital begins.
fn paragraph_after(words: &str) -> Option<usize> {
    let mut offset = 0;
    while let Some(at) = words.get(offset..)?.find(".") {
        let stop = offset + at + 1;
        let rest = &words[stop..];
        let next = rest.trim_start();
        let gap = &rest[..rest.len() - next.len()];
        if gap.matches('\n').count() >= 2 && next.starts_with(char::is_uppercase) && next.len() > 30 {
            return Some(stop + gap.len());
        }
        offset = stop;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::cut;
    use crate::document::Span;

    fn outline(text: &str) -> String {
        cut(text, Span::new(0, text.len()), 0, &[])
            .iter()
            .map(|cut| format!("{}{}", "-".repeat(cut.depth - 1), cut.number.as_deref().unwrap_or("¶")))
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn one_case_for_each_ambiguity() {
        for (name, text, wanted) in [
            ("levels", "1. The Parties:\n(a) goods:\n(i) one;\n(ii) two; and\n(b) services.\n2. Other.\n", "1 -a --i --ii -b 2"),
            ("a list that opens with g is none", "(g) x;\n(h) x;\n", ""),
            ("letters to j", "(a) x;\n(b) x;\n(c) x;\n(d) x;\n(e) x;\n(f) x;\n(g) x;\n(h) x;\n(i) x;\n(j) x.", "a b c d e f g h i j"),
            (
                "roman inside h",
                "(a) x;\n(b) x;\n(c) x;\n(d) x;\n(e) x;\n(f) x;\n(g) x;\n(h) q:\n(i) x;\n(ii) x;\n(i) z;",
                "a b c d e f g h -i -ii i",
            ),
            ("aa after z", "(y) x;\n", ""),
            ("references stay", "1. Under paragraph (a) or paragraphs 1. and (b), the Parties\n2. Agree to (a), (b) and (c).", "1 2"),
            (
                "no line breaks",
                "General 1. The Parties agree: (a) goods; (b) services; and (c) capital. 2. The Parties may meet.",
                "1 -a -b -c 2",
            ),
            ("french", "1. Les Parties :\na) coopèrent ;\nb) échangent.\n2. Elles décident.", "1 -a -b 2"),
            ("a lost label", "1. One.\n2. Two.\n4. Four.", "1 2 4"),
            ("paragraph after a list", "The Parties:\n(a) one;\n(b) two.\n\nEach Party shall do the rest of what is needed.", "a b ¶"),
            ("brackets of a draft", "[1. One.]\n[2. Two:\n[(a) x;]\n[[(b)] z.]]\n3. Three.", "1 2 -a -b 3"),
            ("definition numbers", "For 1.5 per cent of 2. the goods", ""),
        ] {
            assert_eq!(outline(text), wanted, "{name}");
        }
    }
}
