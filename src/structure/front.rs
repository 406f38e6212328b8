//! What stands before the first heading: title page, preamble, the beginning of the articles.

use std::sync::LazyLock;

use regex::Regex;

use super::Kind;
use super::headings::{Head, in_aside};
use super::number::roman_value;
use super::preamble;
use crate::document::Aside;
use crate::text::{floor_boundary, one_line, pattern};

/// The line that opens a preamble.
static PREAMBLE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?m)^[\s\[*_#]*(?:PREAMBLE|Preamble|PRÉAMBULE|Préambule|PREAMBULE|PREÁMBULO|Preámbulo|PREAMBULO)(?-u:\b)"));
/// The words that close a preamble.
pub(super) static CLOSING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:\n|[;,.:]\s)\s*(?:HAVE|Have|have|HAS|hereby|HEREBY|AGREE|Agree|SONT CONVENU|sont convenu|Sont convenu|ONT CONVENU|HAN (?:ACORDADO|CONVENIDO|DECIDIDO)|Han (?:acordado|convenido)|han (?:acordado|convenido)|CONVIENEN|ACUERDAN)(?: (?:AGREED|agreed|DECIDED|decided|RESOLVED|resolved|HEREBY|hereby|AGREE|agree|as follows|AS FOLLOWS)|S |s | EN | en | LO | lo )[^\n]{0,60}|(?:\n|[;,.:]\s)\s*(?:(?:THEY HAVE|They have) (?:AGREED|agreed)|(?:AGREED|Agreed|agreed) (?:ON|on) the following)[^\n]{0,60}",
    )
});
/// The names of the parties, with which preambles without a title begin.
static PARTIES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?m)^[ \t\[]*(?:The (?:Government|Parties|Contracting|Kingdom|Republic|State|Swiss|European|Heads|Member|High|Signatory)|THE (?:GOVERNMENT|PARTIES|CONTRACTING|EUROPEAN|HIGH|STATES|HEADS)|Les (?:Parties|Gouvernements|Hautes|États|Etats)|LES (?:PARTIES|GOUVERNEMENTS|HAUTES)|Le Gouvernement|Los (?:Gobiernos|Estados)|El Gobierno|Las Partes|HIS MAJESTY|We,? )",
    )
});

/// The words with which a preamble begins, wherever they stand.
static INLINE_OPENING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?-u:\b)(?:PREAMBLE|Preamble|PRÉAMBULE|Préambule|PREÁMBULO|Preámbulo|(?:The|THE) (?:Governments?|GOVERNMENTS?|Council of|COUNCIL OF|Contracting|CONTRACTING|Heads|HEADS|High|HIGH|Member States|MEMBER STATES|Kingdom of|Republic of|Parties)|HIS MAJESTY|His Majesty|We,? the|Les Gouvernements|Le Gouvernement|Les Parties|Los Gobiernos|El Gobierno|Las Partes)(?-u:\b)",
    )
});

/// Title page, preamble: whatever stands before the first heading, so that the tree covers the text.
pub(super) fn add_front_matter(text: &str, heads: &mut Vec<Head>) {
    let first_body = heads.iter().find(|head| head.kind != Kind::Contents).map_or(text.len(), |head| head.start);
    let tables: Vec<usize> = heads.iter().filter(|head| head.kind == Kind::Contents).map(|head| head.start).collect();
    let has_preamble = heads.iter().any(|head| head.kind == Kind::Preamble && head.start <= first_body);
    let mut cuts: Vec<(usize, Kind)> = Vec::new();
    if !has_preamble && (first_body < text.len() || heads.is_empty()) {
        // After a table of contents the preamble begins behind it.
        let after_table = heads.iter().rfind(|head| head.kind == Kind::Contents && head.start < first_body);
        let from = after_table.map_or(0, |table| table.unit_end.clamp(table.start, first_body));
        let region = &text[from..first_body];
        let opening = PREAMBLE
            .find(region)
            .map(|found| found.start() + found.as_str().find(char::is_alphabetic).unwrap_or(0))
            .or_else(|| PARTIES.find(region).map(|found| found.start()))
            .or_else(|| {
                // The parties stand before what they consider; where nothing follows, it is their plenipotentiaries that are named.
                let recitals = preamble::recital_starts(region);
                inline_opening(region)
                    .filter(|&at| recitals.last().is_none_or(|&recital| at < recital))
                    .or_else(|| recitals.first().copied())
            });
        if let Some(at) = opening
            && (!heads.is_empty() || preamble::recital_starts(region).len() > 1)
        {
            cuts.push((from + at, Kind::Preamble));
            if from > 0 && at > 0 && after_table.is_some() {
                cuts.push((from, Kind::Front));
            }
        } else if after_table.is_some() {
            cuts.push((from, Kind::Front));
        }
    }
    let first = heads.iter().map(|head| head.start).chain(cuts.iter().map(|cut| cut.0)).chain(tables).min().unwrap_or(text.len());
    if first > 0 {
        cuts.push((0, Kind::Front));
    }
    for (start, kind) in cuts {
        if start < first_body && !heads.iter().any(|head| head.start == start) {
            // The word "Preamble" is its heading.
            let titled = kind == Kind::Preamble && PREAMBLE.find(&text[start..first_body]).is_some_and(|found| found.start() == 0);
            let end = if titled { start + text[start..first_body].find(char::is_whitespace).unwrap_or(0) } else { start };
            heads.push(Head { kind, number: None, heading: None, start, end, source_id: None, unit_end: 0 });
        }
    }
    heads.sort_by_key(|head| head.start);
}

/// Where the preamble begins in a text without line breaks: at its name, or where the parties are named outside the title
/// ("… between the Kingdom of A and the Kingdom of B HIS MAJESTY THE KING OF A").
fn inline_opening(region: &str) -> Option<usize> {
    /// A line this long (in bytes) holds more than a title.
    const LONG_LINE: usize = 400;
    /// Words of a title after which the parties are named.
    const JOINING: [&str; 16] =
        ["between", "of", "and", "with", "by", "to", "the", "among", "entre", "et", "y", "de", "del", "la", "les", "los"];
    if !region.lines().any(|line| line.len() > LONG_LINE) {
        return None;
    }
    INLINE_OPENING
        .find_iter(region)
        .find(|found| {
            let before = region[..found.start()].split_whitespace().next_back().unwrap_or_default();
            !JOINING.contains(&before.to_lowercase().as_str()) && !before.ends_with(',')
        })
        .map(|found| found.start())
}

/// The title: the lines of the front, or the words before the preamble.
pub(super) fn title_of(text: &str, heads: &[Head], asides: &[Aside]) -> Option<String> {
    const MAX_TITLE: usize = 300;
    let front_end = heads.iter().find(|head| head.kind != Kind::Front).map_or(text.len(), |head| head.start);
    const CONTENTS: [&str; 8] =
        ["table of contents", "contents", "table des matières", "sommaire", "índice", "indice", "contenido", "index"];
    let is_running = |line: &&str| in_aside(asides, line.as_ptr() as usize - text.as_ptr() as usize);
    let listed = |line: &&str| CONTENTS.contains(&line.trim().to_lowercase().as_str()) || super::marker::is_contents_line(line);
    let lines: Vec<&str> = text[..front_end]
        .lines()
        .take_while(|line| !listed(line))
        .filter(|line| !is_running(line))
        .map(without_label)
        .filter(|line| line.chars().filter(|c| c.is_alphabetic()).count() > 1 && roman_value(&line.to_lowercase()).is_none())
        .collect();
    let mut title = String::new();
    for line in lines {
        if title.len() + line.len() > MAX_TITLE || line.ends_with(['.', ';']) && !title.is_empty() {
            break;
        }
        if !title.is_empty() {
            title.push(' ');
        }
        title.push_str(line);
    }
    let title = one_line(&title);
    if !title.is_empty() {
        return Some(title);
    }
    // A text that begins with a heading has no title.
    if heads
        .iter()
        .find(|head| head.kind != Kind::Front)
        .is_some_and(|head| head.kind != Kind::Preamble && without_label(&text[..head.start]).is_empty())
    {
        return None;
    }
    // Without line breaks the title is the words before the preamble, or some of them.
    let start = without_label(&text[..floor_boundary(text, MAX_TITLE * 2)]);
    let words = one_line(&start[..inline_opening(start).unwrap_or(start.len())]);
    if words.len() <= MAX_TITLE {
        return (!words.is_empty()).then_some(words);
    }
    Some(format!("{} …", words.chars().take(160).collect::<String>().trim_end()))
}

/// A line without the label that collections of texts put before the words of the agreement.
fn without_label(line: &str) -> &str {
    let line = line.trim();
    ["maintext:", "main text:"]
        .iter()
        .find_map(|label| {
            line.get(..label.len()).filter(|start| start.eq_ignore_ascii_case(label)).map(|_| line[label.len()..].trim_start())
        })
        .unwrap_or(line)
}
