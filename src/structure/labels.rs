//! The labels that may open a paragraph or an item: `(a)`, `b)`, `1.`, `1.-`, `1.1`, `First,`, `–`, found by their look and by
//! what stands around them.
//!
//! A label is read with all the numbers that it can be; [`super::items`] decides by sequence which of them it is, and whether a
//! label that what stands before it makes doubtful counts on in a list.

use nom::branch::alt;
use nom::bytes::complete::{tag, take_while, take_while_m_n};
use nom::character::complete::{char, one_of, satisfy, space0};
use nom::combinator::{map, map_opt, opt, peek, recognize, verify};
use nom::sequence::{delimited, pair, preceded, terminated};
use nom::{IResult, Parser};

use super::number::{Number, Reading, Style, label};
use super::number_words;
use crate::document::{Aside, Span};

/// Most bytes between two labels with nothing but a conjunction between them.
const CROWDED: usize = 40;
/// Bytes at the beginning of an article in which its heading may stand.
const HEADING_BYTES: usize = 200;
/// The longest label without its brackets: `10.12.1`.
const LONGEST: usize = 8;
/// The longest ordinal in words (`undécimo`, `seventeenth`).
const LONGEST_WORD: usize = 12;

/// How a label is written around its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// `(a)`
    Parentheses,
    /// `a)`
    Closing,
    /// `1.`, `1.-`
    Dot,
    /// `1` or `1.1` and a gap.
    Bare,
    /// `First,`
    Word,
    /// `–`: no number at all.
    Dash(char),
}

/// How far what stands around a label bears it out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Belief {
    /// Only where the count goes on: after a preposition or a conjunction, in running text, in a form that other things have.
    Weak,
    Firm,
}

/// A label: its place, its form, its readings (none for a dash).
#[derive(Debug)]
pub(super) struct Label {
    pub start: usize,
    pub end: usize,
    pub form: Form,
    pub number: Number,
    pub line_start: bool,
    pub belief: Belief,
}

impl Label {
    /// Whether the label is written in capitals.
    pub fn is_upper(&self) -> bool {
        self.form != Form::Word && self.number.text.starts_with(|c: char| c.is_ascii_uppercase())
    }
}

/// Every label in `span`, in order. `head_end` is where the head of the article ends.
pub(super) fn labels(text: &str, span: Span, article: usize, asides: &[Aside]) -> Vec<Label> {
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
            0xc2 if bytes.get(at + 1) == Some(&0xa0) => at += 1,
            b'(' | b'-' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | 0xc2 | 0xc3 | 0xe2
                if at_line_start || matches!(bytes.get(at.wrapping_sub(1)), Some(b' ' | b'\n' | b'\t' | b'[' | b':' | b';' | b'(')) =>
            {
                if let Some(mut label) = label_at(text, at, span.end, at_line_start)
                    && let Some(belief) = belief(text, &label, found.last(), span.start)
                {
                    label.belief = label.belief.min(belief);
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
            b' ' | b'\t' | b'[' | b'"' | b'\'' | b'*' | b'_' | b'\\' => {}
            byte if byte.is_ascii_whitespace() => {}
            _ => at_line_start = false,
        }
        at += 1;
    }
    found
}

/// Reads a label at `at`: `(a)`, `a)`, `1.`, `1.1.`, `1   The`, `1.1 The`, `– the`.
fn label_at(text: &str, at: usize, end: usize, line_start: bool) -> Option<Label> {
    let input = text.get(at..end)?;
    // A gap, a word or a dash opens something only at the beginning of a line.
    let read = if line_start {
        alt((dash, parentheses, closing, dot, bare, word)).parse(input)
    } else {
        alt((parentheses, closing, dot)).parse(input)
    };
    let (after, (form, number, belief)) = read.ok()?;
    // "1.The Parties": a scan that lost the space.
    let glued = form == Form::Dot && after.starts_with(char::is_alphabetic);
    if glued && !line_start {
        return None;
    }
    Some(Label { start: at, end: end - after.len(), form, number, line_start, belief })
}

type Read = (Form, Number, Belief);

/// Letters, digits and dots, not ending in a dot.
fn short(input: &str) -> IResult<&str, &str> {
    let inside = |c: char| c.is_ascii_alphanumeric() || c == '.';
    let (_, whole) = verify(take_while_m_n(1, LONGEST + 1, inside), |word: &str| !word.starts_with('.')).parse(input)?;
    let word = whole.trim_end_matches('.');
    if word.len() > LONGEST {
        return Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::TooLarge)));
    }
    Ok((&input[word.len()..], word))
}

/// A word that is a label, with a form and what it is worth.
fn numbered(form: Form, belief: Belief) -> impl Fn(&str) -> Option<Read> {
    move |word: &str| label(word).map(|number| (form, number, belief))
}

fn parentheses(input: &str) -> IResult<&str, Read> {
    let whole = delimited(pair(char('('), space0), verify(short, |word: &str| !word.contains('.')), pair(space0, char(')')));
    map_opt(whole, numbered(Form::Parentheses, Belief::Firm)).parse(input)
}

/// `a)`, `a.)`, `a).-`
fn closing(input: &str) -> IResult<&str, Read> {
    let whole =
        terminated(short, (opt(char('.')), char(')'), opt(preceded(opt(char('.')), terminated(one_of("-–"), peek(one_of(" \t")))))));
    map_opt(whole, numbered(Form::Closing, Belief::Firm)).parse(input)
}

/// `1.`, `1.-`, `1.The`
fn dot(input: &str) -> IResult<&str, Read> {
    let stroke = opt(terminated(one_of("-–"), peek(satisfy(|c| c == ' ' || c == '\t' || c.is_alphabetic()))));
    let (after, (word, _, stroke)) = (short, char('.'), stroke).parse(input)?;
    let digits = word.bytes().all(|b| b.is_ascii_digit());
    let gap = stroke.is_some() || after.starts_with([' ', '\t', '\n', '[', '(']) || digits && after.starts_with(char::is_uppercase);
    match label(word).filter(|_| gap) {
        Some(number) => Ok((after, (Form::Dot, number, Belief::Firm))),
        None => Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Verify))),
    }
}

/// `1` or `1.1` and a gap: one space is a gap only where the count says so.
fn bare(input: &str) -> IResult<&str, Read> {
    let digits = verify(short, |word: &str| word.bytes().all(|b| b.is_ascii_digit() || b == b'.'));
    let wide = map(recognize(alt((tag("\t"), tag("  "), tag(" \t")))), |_| Belief::Firm);
    let gap = peek(alt((wide, map(tag(" "), |_| Belief::Weak))));
    let (after, (word, belief)) = (digits, gap).parse(input)?;
    let number = label(word).ok_or_else(|| nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Verify)))?;
    Ok((after, (Form::Bare, number, belief)))
}

/// `First,` `Primero.-` `(Second)`: never without the next of them.
fn word(input: &str) -> IResult<&str, Read> {
    let ordinal = verify(take_while_m_n(3, LONGEST_WORD, char::is_alphabetic), |word: &str| word.starts_with(char::is_uppercase));
    let close = alt((tag(")"), tag(",").and(peek(tag(" "))).map(|(comma, _)| comma), tag(".-"), tag(".–"), tag(":")));
    let (after, (_, word, _)) = (opt(char('(')), ordinal, close).parse(input)?;
    let found = number_words::value(word).ok_or_else(|| nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Verify)))?;
    let number = Number { text: word.to_owned(), readings: vec![Reading { style: Style::Word, parts: vec![found], suffix: 0 }] };
    Ok((after, (Form::Word, number, Belief::Weak)))
}

/// A dash or bullet before words. A page number between dashes is none.
fn dash(input: &str) -> IResult<&str, Read> {
    let (after, glyph) = one_of("-–—•·▪●").parse(input)?;
    let gap = take_while(|c| matches!(c, ' ' | '\t' | '\u{a0}' | '\n'));
    let (_, (gap, _)) = (gap, satisfy(|c| c.is_alphabetic() || "\"“«‘'([".contains(c))).parse(after)?;
    if gap.is_empty() && glyph == '-' {
        return Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Verify)));
    }
    Ok((after, (Form::Dash(glyph), Number { text: String::new(), readings: Vec::new() }, Belief::Firm)))
}

/// Nouns that make the label after them a reference.
const NOUNS: &[&str] = &[
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
    "annexes",
    "chapter",
    "chapters",
    "schedule",
    "appendix",
    "rule",
    "rules",
    "column",
    "columns",
    "page",
    "pages",
    "part",
    "parts",
    "no",
    "nos",
    "n°",
    "nº",
    "note",
    "footnote",
    "indent",
    "indents",
    "heading",
    "headings",
    "tariff",
    "paragraphe",
    "paragraphes",
    "alinéa",
    "alinéas",
    "lettre",
    "lettres",
    "chapitre",
    "chapitres",
    "annexe",
    "annexes",
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
    "artículo",
    "artículos",
    "articulo",
    "articulos",
    "capítulo",
    "capítulos",
    "anexo",
    "anexos",
    "sección",
    "punto",
    "puntos",
];
/// Prepositions after which a label is mostly one end of a reference.
const PREPOSITIONS: &[&str] = &["under", "to", "of", "in", "de", "du", "des", "à", "del", "en", "by"];
const CONJUNCTIONS: &[&str] = &["and", "or", "et", "ou", "y", "o"];
/// What follows a label in a reference: "(c) of paragraph 2", "(a) above".
const REFERENCE_ENDS: &[&str] = &[
    "of paragraph",
    "of this article",
    "of article",
    "of subparagraph",
    "of sub-paragraph",
    "of annex",
    "of section",
    "of rule",
    "above",
    "below",
    "thereof",
    "hereof",
    "du paragraphe",
    "de l'article",
    "de l’article",
    "du présent",
    "ci-dessus",
    "del párrafo",
    "del artículo",
    "del apartado",
    "de este artículo",
    "del presente artículo",
];

/// What stands around a label says: nothing opens here (`None`), something may, something does.
fn belief(text: &str, label: &Label, previous: Option<&Label>, body: usize) -> Option<Belief> {
    let ahead = text[label.end..].trim_start_matches([' ', '\t', '\n', '\u{a0}', '[', '"', '“', '«', '\'', '(']);
    if ahead.is_empty() {
        return None;
    }
    let before = text[..label.start].trim_end();
    if let Form::Dash(_) = label.form {
        return dash_belief(label, before);
    }
    if !label.line_start && refers_on(ahead) || label.line_start && refers_on(ahead) && !before.ends_with([';', ':', '.']) {
        return None;
    }
    // Right behind the head of the article nothing can be referred to.
    let opens_body = label.line_start && before.len() <= body;
    let word_start =
        before.char_indices().rev().take_while(|(_, c)| c.is_alphabetic() || "-°º".contains(*c)).last().map_or(before.len(), |(at, _)| at);
    let lower = before[word_start..].to_lowercase();
    let ahead_of_word = before[..word_start].trim_end();
    let joining = CONJUNCTIONS.contains(&lower.as_str());
    // "…; 4 or": the mark of a note may stand before the conjunction.
    let without_mark = ahead_of_word.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
    let list_end = joining && without_mark.ends_with([';', ',']);
    if is_crowded(text, label, previous) {
        return None;
    }
    if opens_body && label.form == Form::Bare {
        return ahead.starts_with(char::is_uppercase).then_some(Belief::Firm);
    }
    if opens_body {
        return by_form(text, label, before, ahead, list_end);
    }
    let mut belief = Belief::Firm;
    if NOUNS.contains(&lower.as_str()) {
        // "Contact Points" above the first paragraph is a heading, where "in paragraph" is none.
        let heading = before[word_start..].starts_with(char::is_uppercase)
            && previous.is_none()
            && label.form == Form::Dot
            && text.get(body..label.start).is_some_and(|head| head.len() <= HEADING_BYTES && !head.contains(['.', ';']));
        if !heading {
            return None;
        }
        belief = Belief::Weak;
    } else if joining && !list_end {
        // "paragraph 1 and\n2": the number before the conjunction is part of the reference.
        let numbered = matches!(label.form, Form::Dot | Form::Bare) && ahead_of_word.ends_with(|c: char| c.is_ascii_digit());
        if numbered || ends_with_label(ahead_of_word) || label.form == Form::Closing && !label.line_start {
            return None;
        }
        belief = Belief::Weak;
    } else if PREPOSITIONS.contains(&lower.as_str()) {
        if !label.line_start || label.form != Form::Parentheses {
            return None;
        }
        belief = Belief::Weak;
    }
    by_form(text, label, before, ahead, list_end).map(|form| form.min(belief))
}

/// Whether words end with a label in brackets: "(a)(i)(C) or".
fn ends_with_label(words: &str) -> bool {
    words.strip_suffix(')').and_then(|inside| inside.rsplit_once('(')).is_some_and(|(_, inside)| label(inside).is_some())
}

/// "subparagraphs (a), (b) and (c)": nothing but a conjunction stands between the labels.
fn is_crowded(text: &str, label: &Label, previous: Option<&Label>) -> bool {
    previous.is_some_and(|previous| {
        let between = text.get(previous.end..label.start).unwrap_or_default();
        if between.len() > CROWDED {
            return false;
        }
        let word = between.trim_matches(|c: char| !c.is_alphanumeric());
        between.contains(',') && word.is_empty() || matches!(word, "and" | "or" | "to" | "et" | "ou" | "à" | "y" | "o" | "a")
    })
}

/// Whether the words after a label make it one end of a reference.
fn refers_on(ahead: &str) -> bool {
    REFERENCE_ENDS.iter().any(|end| {
        ahead.get(..end.len()).is_some_and(|start| start.eq_ignore_ascii_case(end)) && !ahead[end.len()..].starts_with(char::is_alphabetic)
    })
}

/// A dash at a line start after words that end; in running text only after a mark that ends an item.
fn dash_belief(label: &Label, before: &str) -> Option<Belief> {
    let ended = before.ends_with([':', ';', ',']);
    match (label.line_start, ended) {
        (true, true) => Some(Belief::Firm),
        (true, false) => Some(Belief::Weak),
        (false, _) => None,
    }
}

/// What the form of the label asks of the words on both sides.
fn by_form(text: &str, label: &Label, before: &str, ahead: &str, list_end: bool) -> Option<Belief> {
    let digits = label.number.readings.iter().all(|r| r.style == Style::Digits);
    let firm = |yes: bool| yes.then_some(Belief::Firm);
    match label.form {
        Form::Bare => {
            let ended = before.ends_with(['.', ';', ':', ')', ']', '”', '"']) || text[before.len()..label.start].matches('\n').count() >= 2;
            firm(ahead.starts_with(char::is_uppercase) && (label.belief == Belief::Firm || ended || !before.ends_with(char::is_lowercase)))
        }
        Form::Word | Form::Dash(_) => Some(Belief::Weak),
        Form::Dot if digits => {
            let sentence = ahead.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '(');
            if label.line_start {
                return firm(sentence || ahead.starts_with(char::is_lowercase));
            }
            firm(
                ahead.starts_with(|c: char| c.is_uppercase() || c == '(')
                    && (before.ends_with(['.', ';', ':', ')', ']', '”', '"']) || before.ends_with(char::is_alphabetic)),
            )
        }
        // "a. text": "e.g.", "i.e." and initials look the same, so that in running text the list must count on.
        Form::Dot if label.line_start => firm(label.number.text.len() <= 4),
        Form::Dot => {
            let opens = label.number.is_first() && before.ends_with(':') || !label.number.is_first() && before.ends_with([';', '.', ',']);
            (label.number.text.len() <= 2 && (opens || list_end)).then_some(Belief::Weak)
        }
        Form::Closing => firm(label.line_start || before.ends_with([';', ':', '.', ',']) || list_end),
        Form::Parentheses => {
            if label.line_start || before.ends_with([';', ':', '.', ',', '—', '–', '-', ')', ']', '”', '"']) || list_end {
                return Some(Belief::Firm);
            }
            (before.ends_with(char::is_alphabetic)
                && ahead.starts_with(char::is_lowercase)
                && !label.number.text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()))
            .then_some(Belief::Weak)
        }
    }
}
