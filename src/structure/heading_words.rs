//! The words of a heading: what stands after its number, on the same line or the next.

use super::Kind;
use super::headings::Head;
use super::marker::{Candidate, candidates};
use super::number::heading_number;
use crate::text::{ceil_boundary, floor_boundary, one_line};

/// A candidate as a heading, with the words that follow its number; they end at `limit`, where the next heading begins.
pub(super) fn head(text: &str, candidate: &Candidate, limit: usize) -> Head {
    let (heading, end) = heading_after(text.get(..limit).unwrap_or(text), candidate, limit < text.len());
    let heading = heading.map(without_closing_bracket);
    Head {
        kind: candidate.kind,
        number: candidate.number.as_ref().map(|number| number.text.clone()),
        heading,
        start: candidate.start,
        end,
        source_id: None,
        unit_end: 0,
    }
}

/// The bracket that closes a whole heading of a draft opens before its word: "[CHAPTER X" "DIGITAL TRADE]".
fn without_closing_bracket(heading: String) -> String {
    match heading.strip_suffix(']') {
        Some(inner) if heading.matches(']').count() > heading.matches('[').count() => inner.trim_end().to_owned(),
        _ => heading,
    }
}

/// The longest heading, in bytes.
const MAX_HEADING: usize = 200;

/// The longest heading that is told by nothing but the next heading behind it, in bytes.
const MAX_WHOLE: usize = 120;

/// How far a line is looked at, in bytes: what is longer is no heading.
const LINE: usize = 2000;

/// The heading after a number: the rest of its line, or the next line; and where it ends. `bounded` tells that another
/// heading follows the text.
fn heading_after(text: &str, candidate: &Candidate, bounded: bool) -> (Option<String>, usize) {
    // Nothing further on belongs to a heading, and the line may be the whole text.
    let rest = &text[candidate.after..ceil_boundary(text, candidate.after.saturating_add(LINE))];
    let line_end = rest.find('\n').unwrap_or(rest.len());
    // Of a text without line breaks, nothing but the words of the heading stands between a chapter and its first article.
    let whole = bounded && candidate.kind != Kind::Article && candidate.after + line_end == text.len() && line_end <= MAX_WHOLE;
    let same_line = rest[..line_end].trim_matches(SEPARATORS);
    if !same_line.is_empty() {
        if line_end <= MAX_HEADING
            && (is_title(same_line) && !runs_on(text, same_line, candidate.after + line_end)
                || whole && is_title_tail(same_line.trim_end_matches('.')))
        {
            let mut end = candidate.after + line_end;
            let mut heading = same_line.to_owned();
            // A heading in capitals may run over to the next line.
            if let Some((second, second_end)) = next_line(text, end)
                && all_capitals(&heading)
                && all_capitals(second)
                && heading_number(second).is_none()
                && heading.len() + second.len() < MAX_HEADING
                && !candidates(second, |_| false).iter().any(|found| found.start == 0)
            {
                heading = format!("{heading} {second}");
                end = second_end;
            }
            return (Some(one_line(&heading)), end);
        }
        return inline_heading(rest, candidate.after);
    }
    let mut end = candidate.after + line_end.min(rest.len());
    let mut parts: Vec<&str> = Vec::new();
    while let Some((line, line_end)) = next_line(text, end) {
        let fits = parts.len() < 3 && line.len() + parts.iter().map(|part| part.len()).sum::<usize>() < MAX_HEADING;
        let goes_on = parts.is_empty()
            || parts.iter().all(|part| all_capitals(part)) && all_capitals(line)
            || parts.last().is_some_and(|part| ends_open(part)) && line.len() < 60 && is_title_tail(line);
        let opens_another = candidates(line, |_| false).iter().any(|found| found.start == 0 && found.score > 0.0);
        if !fits
            || !goes_on
            || opens_another
            || parts.is_empty() && runs_on(text, line, line_end)
            || !(is_title(line) || !parts.is_empty() && is_title_tail(line))
        {
            break;
        }
        parts.push(line);
        end = line_end;
    }
    if parts.is_empty() { (None, candidate.after) } else { (Some(one_line(&parts.join(" "))), end) }
}

/// Marks between a number and its heading.
pub(super) const SEPARATORS: &[char] = &[' ', '\t', '\u{a0}', ':', '.', '–', '—', '-', '*', '_', '\r', '|'];

/// In a text without line breaks: a heading in brackets, or the words up to a first `1.` where they look like a title.
fn inline_heading(rest: &str, offset: usize) -> (Option<String>, usize) {
    let trimmed = rest.trim_start_matches(SEPARATORS);
    let skipped = rest.len() - trimmed.len();
    if let Some(inner) = trimmed.strip_prefix(['[', '('])
        && let Some(close) = inner.find([']', ')'])
        && close <= MAX_HEADING
        && is_title(&inner[..close])
        && close > 4
    {
        return (Some(one_line(&inner[..close])), offset + skipped + 1 + close + 1);
    }
    let window = &trimmed[..floor_boundary(trimmed, MAX_HEADING)];
    if let Some(first) = window.find(" 1. ").or_else(|| window.find(" 1 "))
        && first < 120
        && is_title(&window[..first])
    {
        return (Some(one_line(&window[..first])), offset + skipped + first);
    }
    // Words in capitals at the beginning of ordinary text.
    let capitals = window
        .split_whitespace()
        .take_while(|word| word.chars().any(char::is_uppercase) && word.chars().all(|c| !c.is_lowercase()))
        .fold(0, |_, word| word.as_ptr() as usize - window.as_ptr() as usize + word.len());
    if capitals >= 8 && window[..capitals].contains(' ') || capitals >= 5 {
        return (Some(one_line(&window[..capitals])), offset + skipped + capitals);
    }
    (None, offset)
}

/// The next line that is not empty, trimmed, and where it ends.
fn next_line(text: &str, from: usize) -> Option<(&str, usize)> {
    let rest = text.get(from..ceil_boundary(text, from.saturating_add(LINE)))?;
    let start = rest.len() - rest.trim_start().len();
    let line_end = rest[start..].find('\n').map_or(rest.len(), |at| start + at);
    let line = rest[start..line_end].trim();
    (!line.is_empty()).then_some((line, from + line_end))
}

/// Whether a line is the beginning of a sentence that goes on in the line behind it, and no heading.
fn runs_on(text: &str, line: &str, end: usize) -> bool {
    /// A heading that runs over to the next line does so at the end of a line.
    const FULL_LINE: usize = 50;
    line.len() >= FULL_LINE
        && !all_capitals(line)
        && next_line(text, end)
            .is_some_and(|(next, _)| next.starts_with(char::is_lowercase) && (has_verb(next) || next.ends_with(['.', ';', ':', ','])))
}

fn all_capitals(line: &str) -> bool {
    line.chars().any(char::is_alphabetic) && line.chars().all(|c| !c.is_lowercase())
}

/// A line that breaks off where a title goes on.
fn ends_open(line: &str) -> bool {
    line.ends_with([',', '-', '/'])
        || line.split_whitespace().next_back().is_some_and(|word| {
            ["and", "of", "or", "the", "for", "to", "in", "on", "et", "de", "des", "la", "y", "del", "en"]
                .contains(&word.to_lowercase().as_str())
        })
}

/// The second line of a title.
fn is_title_tail(line: &str) -> bool {
    !line.ends_with(['.', ';', ':']) && !has_verb(line) && !line.starts_with(|c: char| c.is_ascii_digit() || c == '(')
}

/// Whether a line is the words of a heading and not a sentence.
fn is_title(line: &str) -> bool {
    let line = line.trim_matches(|c: char| c == '[' || c == ']' || c == '*' || c.is_whitespace());
    let starts = line.chars().next().is_some_and(|c| c.is_uppercase() || c == '"' || c == '“' || c == '«' || c == '\'');
    starts
        && line.len() <= MAX_HEADING
        && !line.ends_with([';', ','])
        && !(line.ends_with('.') && line.split_whitespace().count() > 8)
        && !(line.ends_with(':') && line.split_whitespace().count() > 4)
        && !has_verb(line)
}

/// Verbs that headings do not have.
fn has_verb(line: &str) -> bool {
    let lower = format!(" {} ", line.to_lowercase());
    [
        " shall ",
        " may ",
        " agree ",
        " agrees ",
        " must ",
        " will ",
        " is ",
        " are ",
        " was ",
        " has ",
        " have ",
        " apply ",
        " doit ",
        " peut ",
        " est ",
        " sont ",
        " deberá ",
        " podrá ",
        " será ",
        " es ",
        " son ",
    ]
    .iter()
    .any(|verb| lower.contains(verb))
}
