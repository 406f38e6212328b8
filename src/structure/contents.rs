//! Recognises tables of contents: runs of headings with hardly anything between them, whose numbers come back later, and
//! the short lines below a title such as "Table of Contents".

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;

use super::Kind;
use super::marker::{Candidate, is_contents_line};
use crate::document::Span;
use crate::text::pattern;

/// A line that is the title of a table of contents.
static TITLE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?im)^[ \t*#_]*(?:(?:fta |general )?contents|table of contents|table des mati[eè]res|sommaire|[ií]ndice(?: general)?|contenido|tabla de contenidos?)[ \t*_:]*\r?$",
    )
});

/// Most bytes between two entries.
const MAX_GAP: usize = 170;
/// The longest line that is surely no running text, in bytes.
const SHORT_LINE: usize = 90;
/// Fewest entries of a table.
const MIN_ENTRIES: usize = 6;
/// Share of entries that must come back as headings further on.
const MIN_REPEATED: f64 = 0.6;

/// The spans of the tables of contents in `text`. Candidates inside them are no headings.
pub(super) fn find(text: &str, candidates: &[Candidate]) -> Vec<Span> {
    let likely: Vec<&Candidate> = candidates.iter().filter(|c| c.score > -3.0 && c.number.is_some()).collect();
    let mut tables = Vec::new();
    let mut first = 0;
    while first < likely.len() {
        let last = run_end(text, &likely, first);
        let entries = &likely[first..=last];
        if entries.len() >= MIN_ENTRIES
            && let Some(headings) = comes_back(entries, &likely[last + 1..])
        {
            // The protocol whose table it is stands before the table and not in it.
            let listed = entries.iter().position(|entry| !entry.kind.is_instrument() || headings.contains(&key(entry))).unwrap_or(0);
            tables.push(table_span(text, &entries[listed..]));
        }
        first = last + 1;
    }
    tables.extend(TITLE.find_iter(text).filter_map(|title| titled(text, title.end(), candidates)));
    joined(tables)
}

/// Spans in order, those that overlap as one.
fn joined(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut out: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match out.last_mut() {
            Some(last) if span.start < last.end => last.end = last.end.max(span.end),
            _ => out.push(span),
        }
    }
    out
}

/// The table below a title that ends at `from`: short lines up to running text, or to a line that was listed already and so
/// begins the text itself ("Preamble").
fn titled(text: &str, from: usize, candidates: &[Candidate]) -> Option<Span> {
    /// The longest line of an entry, in bytes.
    const LINE: usize = 150;
    let (mut entries, mut lines) = (0, 0);
    let mut seen: HashSet<(Kind, String)> = HashSet::new();
    let (mut at, mut end) = (from, from);
    for line in text.get(from..)?.split_inclusive('\n') {
        let (start, words) = (at, line.trim());
        at += line.len();
        if words.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.' || c.is_whitespace()).is_empty() {
            continue;
        }
        let heading =
            candidates.get(candidates.partition_point(|candidate| candidate.start < start)).filter(|candidate| candidate.start < at);
        let listed = match heading {
            Some(candidate) if matches!(candidate.kind, Kind::Part | Kind::Title | Kind::Chapter) => Some(key(candidate)),
            None if ["preamble", "préambule", "preámbulo"].contains(&words.to_lowercase().as_str()) => {
                Some((Kind::Preamble, String::new()))
            }
            _ => None,
        };
        let leaders = is_contents_line(words);
        let entry = heading.is_some() || listed.is_some() || leaders || words.starts_with(|c: char| c.is_ascii_digit());
        let sentence = !leaders
            && (words.len() > LINE
                || !entry && words.ends_with([';', ',', ':', '.']) && words.contains(char::is_lowercase)
                || has_sentence(words));
        // A preamble is listed first, or begins the text.
        let begins = listed.as_ref().is_some_and(|listed| listed.0 == Kind::Preamble && entries > 0);
        if sentence || begins || listed.is_some_and(|listed| !seen.insert(listed)) {
            break;
        }
        lines += 1;
        if entry {
            (entries, end) = (entries + 1, at);
        }
    }
    (entries >= MIN_ENTRIES && entries * 2 >= lines).then(|| Span::new(from, end))
}

/// Index of the last entry of the run that begins at `first`.
fn run_end(text: &str, likely: &[&Candidate], first: usize) -> usize {
    let mut seen = HashSet::from([key(likely[first])]);
    let mut last = first;
    while let Some(next) = likely.get(last + 1) {
        let between = text.get(likely[last].after..next.start).unwrap_or_default();
        // A number that comes a second time is the first heading of the text itself. Articles that begin again in every chapter do not count.
        let again = seen.contains(&key(next))
            && (next.kind != Kind::Article || !likely[last].kind.is_group() && !likely[last].kind.is_instrument());
        if again || !is_entry(between) {
            break;
        }
        seen.insert(key(next));
        last += 1;
    }
    last
}

fn key(candidate: &Candidate) -> (Kind, String) {
    (candidate.kind, candidate.number.as_ref().map_or(String::new(), |number| number.text.to_uppercase()))
}

/// Whether the words after a number are only the heading of an entry.
fn is_entry(between: &str) -> bool {
    // "Article 5 (Scope); Article 6 (Terms), and" enumerates provisions in running text.
    if between.trim_end().ends_with([';', ',']) {
        return false;
    }
    if !between.contains('\n') {
        let most = if is_contents_line(between) { MAX_GAP * 3 } else { MAX_GAP };
        return between.len() <= most && !has_sentence(between);
    }
    // Lines with leaders are entries of their own (paragraphs of the articles), however many there are.
    let words: String = between.lines().filter(|line| !is_contents_line(line)).flat_map(|line| [line.trim(), "\n"]).collect();
    let words = words.trim();
    // Annexes and letters without a number stand between the chapters, each on its short line.
    let most =
        if words.lines().all(|line| line.len() <= SHORT_LINE && !line.ends_with(['.', ';', ':', ','])) { MAX_GAP * 3 } else { MAX_GAP };
    words.len() <= most && !has_sentence(words)
}

/// Running text: a verb of obligation, or a full stop between two sentences.
fn has_sentence(text: &str) -> bool {
    let verb = [" shall ", " may ", " agree", " doit ", " deberá", " podrá", " peut "].iter().any(|verb| text.contains(verb));
    verb || text.as_bytes().windows(3).any(|three| three[0].is_ascii_lowercase() && three[1] == b'.' && three[2] == b' ')
        && text.len() > 60
        && !text.contains("..")
}

/// The likely headings after the table, where most entries stand again among them.
fn comes_back(entries: &[&Candidate], later: &[&Candidate]) -> Option<HashSet<(Kind, String)>> {
    let headings: HashSet<_> = later.iter().filter(|c| c.score > 0.0).map(|c| key(c)).collect();
    let repeated = entries.iter().filter(|entry| headings.contains(&key(entry))).count();
    #[allow(clippy::cast_precision_loss, reason = "tables have a few hundred entries")]
    let share = repeated as f64 / entries.len() as f64;
    (share >= MIN_REPEATED).then_some(headings)
}

/// From the first entry to the end of the line of the last one.
fn table_span(text: &str, entries: &[&Candidate]) -> Span {
    let (start, last) = (entries[0].start, entries[entries.len() - 1].after);
    let mut line_end = text[last..].find('\n').map_or(text.len(), |at| last + at + 1);
    if line_end - last <= MAX_GAP {
        // Entries without a number (a protocol, a side letter) are told by their leaders.
        while let Some(line) = text[line_end..].split_inclusive('\n').next().filter(|line| is_contents_line(line)) {
            line_end += line.len();
        }
        return Span::new(start, line_end);
    }
    // Without line breaks nobody can tell where the last entry ends: only its number is taken.
    Span::new(start, last)
}

#[cfg(test)]
mod tests {
    use super::super::marker::candidates;
    use super::find;

    #[test]
    fn a_table_is_found_and_the_text_is_not() {
        let entries: String = (1..=8).map(|n| format!("Article {n} Heading {n} ........ {n}\n")).collect();
        let body: String = (1..=8)
            .map(|n| format!("Article {n}\nHeading {n}\n1. The Parties shall do as they have agreed to do in this matter.\n"))
            .collect();
        let text = format!("Contents\n{entries}\nPREAMBLE\nThe Parties,\n{body}");
        let tables = find(&text, &candidates(&text, |_| false));
        assert_eq!(tables.len(), 1);
        assert!(tables[0].of(&text).trim_end().ends_with("........ 8"), "{:?}", tables[0].of(&text));
    }

    #[test]
    fn the_lines_below_a_title_are_a_table_though_their_numbers_do_not_come_back() {
        let table = "CONTENTS\nPreamble\n1. Initial Provisions\n2. Goods\nSection 1: Duties\nSection 2: Origin\n3. Remedies\nSection 1: General\n2\nANNEXES\nAnnex 1: Schedules of\nDuties\nAnnex 2: Forms\n";
        let text = format!(
            "AGREEMENT\n{table}PREAMBLE\nNorland and Sudland,\nDesiring to go on,\nCHAPTER 1\nINITIAL PROVISIONS\nArticle 1\nScope\nIt applies.\n"
        );
        let tables = find(&text, &candidates(&text, |_| false));
        assert_eq!(tables.len(), 1, "{tables:?}");
        let found = tables[0].of(&text);
        assert!(found.trim_start().starts_with("Preamble") && found.ends_with("Annex 2: Forms\n"), "{found:?}");
    }

    #[test]
    fn a_table_may_list_the_paragraphs_of_each_article() {
        let paragraphs: String = (1..=9).map(|n| format!("Paragraph {n} ................................ {n}\n")).collect();
        let entries: String = (1..=8).map(|n| format!("Article {n} Heading {n} ........ {n}\n{paragraphs}")).collect();
        let body: String = (1..=8).map(|n| format!("Article {n}\nHeading {n}\nThe Parties shall do as they have agreed.\n")).collect();
        let text = format!("{entries}{body}");
        assert_eq!(find(&text, &candidates(&text, |_| false)).len(), 1);
    }

    #[test]
    fn an_enumeration_in_running_text_is_no_table() {
        let listed: String = (2..=9).map(|n| format!("Article {n} (Heading {n}); ")).collect();
        let body: String = (1..=9).map(|n| format!("Article {n}\nHeading {n}\nThe Parties shall do as they have agreed.\n")).collect();
        let text = format!("The following apply: {listed}and no other.\n{body}");
        assert!(find(&text, &candidates(&text, |_| false)).is_empty());
    }

    #[test]
    fn short_articles_are_no_table() {
        let body: String = (1..=8).map(|n| format!("Article {n}\nDeleted.\n")).collect();
        assert!(find(&body, &candidates(&body, |_| false)).is_empty());
    }
}
