//! Builds the tree: chooses the headings of every level, nests them, and cuts what stands between them.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

use super::items::{self, Cut, Piece};
use super::marker::{Candidate, Case, candidates};
use super::number::heading_number;
use super::{Agreement, Kind, Provision, cite, contents, native, outline, preamble, sequence};
use crate::document::{Aside, AsideKind, Document, NativeKind, Span};
use crate::text::{ceil_boundary, floor_boundary, one_line, pattern};

/// A heading that was chosen.
#[derive(Clone, Debug)]
pub(super) struct Head {
    pub kind: Kind,
    pub number: Option<String>,
    pub heading: Option<String>,
    pub start: usize,
    /// Where the number and heading end.
    pub end: usize,
    pub source_id: Option<String>,
    /// Where the unit ends that the source marks; 0 where it marks none.
    pub unit_end: usize,
}

/// Builds the agreement from a document.
pub(super) fn build(document: Document) -> Agreement {
    let text = &document.text;
    let native = native::has_articles(&document);
    let mut heads = if native { native::heads(&document) } else { found_heads(&document) };
    let nested = native && native::nests(&document);
    if nested {
        // Outer units stand before inner ones already.
        heads.sort_by_key(|head| head.start);
    } else {
        heads.sort_by_key(|head| (head.start, rank(head.kind)));
    }
    add_front_matter(text, &mut heads, &document);
    let mut tree = Tree::new(text.len(), nested);
    for (index, head) in heads.iter().enumerate() {
        let end = heads.get(index + 1).map_or(text.len(), |next| next.start);
        tree.add_head(head, Span::new(head.start, end), &document);
    }
    let mut provisions = tree.finish();
    cite::name(&mut provisions, document.language);
    let title = document.metadata.title.clone().or_else(|| title_of(text, &heads, &document.asides));
    Agreement { title, provisions, document }
}

/// The order of the levels: a heading closes everything of its own rank and below.
fn rank(kind: Kind) -> u8 {
    match kind {
        Kind::Agreement => 0,
        Kind::Front
        | Kind::Contents
        | Kind::Preamble
        | Kind::Signature
        | Kind::Letter
        | Kind::Declaration
        | Kind::Protocol
        | Kind::Annex => 1,
        Kind::Appendix | Kind::Schedule => 2,
        Kind::Part => 3,
        Kind::Title => 4,
        Kind::Chapter => 5,
        Kind::Section => 6,
        Kind::Subsection => 7,
        Kind::Article => 8,
        Kind::Paragraph | Kind::Item | Kind::Recital | Kind::Entry | Kind::Footnote | Kind::Continuation => 9,
    }
}

/// The closing formula, in three languages.
pub(super) static SIGNATURE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?m)(?:^[ \t\[]*|[.;] )(?:IN WITNESS WHEREOF|In witness whereof|IN FAITH WHEREOF|In faith whereof|EN FOI DE QUOI|En foi de quoi|EN FE DE LO CUAL|En fe de lo cual|EN TESTIMONIO DE LO CUAL|DONE (?:at|in) |Done (?:at|in) [A-Z]|Fait à |FAIT à |Hecho en |HECHO en )",
    )
});
/// The line that opens a preamble.
static PREAMBLE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?m)^[\s\[*_#]*(?:PREAMBLE|Preamble|PRÉAMBULE|Préambule|PREAMBULE|PREÁMBULO|Preámbulo|PREAMBULO)(?-u:\b)"));
/// The words that close a preamble.
static CLOSING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:\n|[;,.:]\s)\s*(?:HAVE|Have|have|HAS|hereby|HEREBY|AGREE|Agree|SONT CONVENU|sont convenu|Sont convenu|ONT CONVENU|HAN (?:ACORDADO|CONVENIDO|DECIDIDO)|Han (?:acordado|convenido)|han (?:acordado|convenido)|CONVIENEN|ACUERDAN)(?: (?:AGREED|agreed|DECIDED|decided|RESOLVED|resolved|HEREBY|hereby|AGREE|agree|as follows|AS FOLLOWS)|S |s | EN | en | LO | lo )[^\n]{0,60}",
    )
});
/// The names of the parties, with which preambles without a title begin.
static PARTIES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?m)^[ \t\[]*(?:The (?:Government|Parties|Contracting|Kingdom|Republic|State|Swiss|European|Heads|Member|High|Signatory)|THE (?:GOVERNMENT|PARTIES|CONTRACTING|EUROPEAN|HIGH|STATES|HEADS)|Les (?:Parties|Gouvernements|Hautes|États|Etats)|LES (?:PARTIES|GOUVERNEMENTS|HAUTES)|Le Gouvernement|Los (?:Gobiernos|Estados)|El Gobierno|Las Partes|HIS MAJESTY|We,? )",
    )
});
/// The line that opens an entry of a schedule of reservations.
static ENTRY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?m)^[ \t]*(?:(?:\d{1,3}|[A-Z]{1,3}-?\d{1,3}|[A-Z]{1,3}-[A-Z]-\d{1,3})[.)]?[ \t]+)?\[?(?:Sector|SECTOR|Secteur|SECTEUR)[ \t]*(?::|\||\t)",
    )
});
/// Headings of letters and declarations on a line of their own.
pub(super) static ATTACHED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?m)^[ \t*_#\[]*(?:(?:SIDE LETTER|Side Letter|Side letter|EXCHANGE OF (?:LETTERS|NOTES)|Exchange of (?:Letters|Notes)|LETTRE|ÉCHANGE DE (?:LETTRES|NOTES)|Échange de (?:lettres|notes)|CANJE DE (?:NOTAS|CARTAS)|Carta adjunta)|(?:(?:JOINT |UNILATERAL )?DECLARATIONS? (?:ON|BY|CONCERNING|RELATING|OF)|Joint [Dd]eclaration (?:on|concerning|by|relating)|DÉCLARATION (?:COMMUNE|CONJOINTE)|DECLARACIÓN (?:CONJUNTA|COMÚN)))[^\n.;]{0,150}$",
    )
});

/// The headings of a text that marks nothing.
fn found_heads(document: &Document) -> Vec<Head> {
    let text = document.text.as_str();
    let set_aside = |at: usize| in_aside(&document.asides, at);
    let all = candidates(text, set_aside);
    let mut tables = contents::find(text, &all);
    // A table that the source marks is one; what was guessed inside it is part of it.
    let marked = native_contents(document);
    tables.retain(|table| !marked.iter().any(|native| native.start < table.end && table.start < native.end));
    tables.extend(marked);
    tables.sort_unstable();
    let listed = |at: usize| tables.iter().any(|table| table.contains(at));
    let mut all: Vec<Candidate> = all.into_iter().filter(|candidate| !listed(candidate.start)).collect();
    outline::weigh(&document.bookmarks, &mut all, text);

    let mut heads: Vec<Head> = Vec::new();
    for table in &tables {
        heads.push(Head {
            kind: Kind::Contents,
            number: None,
            heading: None,
            start: table.start,
            end: table.start,
            source_id: None,
            unit_end: 0,
        });
    }
    let of_kind =
        |wanted: &[Kind]| -> Vec<Candidate> { all.iter().filter(|candidate| wanted.contains(&candidate.kind)).cloned().collect() };

    // Annexes, protocols and the like follow no count that one could trust: the look of the heading decides.
    let mut boundaries: Vec<usize> = Vec::new();
    let attached = of_kind(&[Kind::Annex, Kind::Appendix, Kind::Schedule, Kind::Protocol]);
    for candidate in &attached {
        let threshold = if candidate.line_start { 2.5 } else { 3.4 };
        if candidate.score >= threshold && (candidate.case != Case::Lower) {
            boundaries.push(candidate.start);
            heads.push(head(text, candidate));
        }
    }
    for whole in ATTACHED.find_iter(text) {
        if set_aside(whole.start()) || listed(whole.start()) {
            continue;
        }
        let kind = if whole.as_str().to_lowercase().contains("declara") || whole.as_str().to_lowercase().contains("déclara") {
            Kind::Declaration
        } else {
            Kind::Letter
        };
        let start = whole.start() + (whole.as_str().len() - whole.as_str().trim_start().len());
        boundaries.push(start);
        heads.push(Head {
            kind,
            number: None,
            heading: Some(one_line(whole.as_str())),
            start,
            end: whole.end(),
            source_id: None,
            unit_end: 0,
        });
    }
    boundaries.sort_unstable();
    for kind in [Kind::Part, Kind::Title, Kind::Chapter, Kind::Section, Kind::Subsection] {
        let level = of_kind(&[kind]);
        let chosen = sequence::choose(&level, |from, to| between(&boundaries, from, to));
        let mut starts: Vec<usize> = Vec::with_capacity(chosen.len());
        for index in chosen {
            starts.push(level[index].start);
            heads.push(head(text, &level[index]));
        }
        boundaries.extend(starts);
        boundaries.sort_unstable();
    }
    let articles = of_kind(&[Kind::Article]);
    for index in sequence::choose(&articles, |from, to| between(&boundaries, from, to)) {
        heads.push(head(text, &articles[index]));
    }
    heads.sort_by_key(|head| head.start);
    heads.dedup_by_key(|head| head.start);
    add_signatures(text, &mut heads);
    heads
}

/// The tables of contents that the source marks.
fn native_contents(document: &Document) -> Vec<Span> {
    document.native.iter().filter(|unit| unit.kind == NativeKind::Contents).map(|unit| unit.span).collect()
}

fn in_aside(asides: &[Aside], at: usize) -> bool {
    let after = asides.partition_point(|aside| aside.span.start <= at);
    after.checked_sub(1).is_some_and(|index| asides[index].span.contains(at))
}

/// Whether a sorted list has a value in `(from, to]`.
fn between(sorted: &[usize], from: usize, to: usize) -> bool {
    let after = sorted.partition_point(|&at| at <= from);
    sorted.get(after).is_some_and(|&at| at <= to)
}

/// The closing formula ends the last article before it, once for each instrument.
pub(super) fn add_signatures(text: &str, heads: &mut Vec<Head>) {
    let mut found: Vec<Head> = Vec::new();
    let mut last_index = usize::MAX;
    for formula in SIGNATURE.find_iter(text) {
        let start = formula.start() + formula.as_str().find(char::is_alphabetic).unwrap_or(0);
        let index = heads.partition_point(|head| head.start <= start);
        // Two formulas without a heading between them ("In witness whereof … Done at …") are one.
        if index == 0 || index == last_index {
            continue;
        }
        // Inside a chapter-less preamble or a table it is a mention.
        if !matches!(
            heads[index - 1].kind,
            Kind::Article | Kind::Chapter | Kind::Section | Kind::Protocol | Kind::Letter | Kind::Declaration | Kind::Title | Kind::Part
        ) {
            continue;
        }
        last_index = index;
        found.push(Head { kind: Kind::Signature, number: None, heading: None, start, end: start, source_id: None, unit_end: 0 });
    }
    heads.extend(found);
    heads.sort_by_key(|head| head.start);
}

/// A candidate as a heading, with the words that follow its number.
fn head(text: &str, candidate: &Candidate) -> Head {
    let (heading, end) = heading_after(text, candidate);
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

/// The longest heading, in bytes.
const MAX_HEADING: usize = 200;

/// How far a line is looked at, in bytes: what is longer is no heading.
const LINE: usize = 2000;

/// The heading after a number: the rest of its line, or the next line; and where it ends.
fn heading_after(text: &str, candidate: &Candidate) -> (Option<String>, usize) {
    // Nothing further on belongs to a heading, and the line may be the whole text.
    let rest = &text[candidate.after..ceil_boundary(text, candidate.after.saturating_add(LINE))];
    let line_end = rest.find('\n').unwrap_or(rest.len());
    let same_line = rest[..line_end].trim_matches(SEPARATORS);
    if !same_line.is_empty() {
        if line_end <= MAX_HEADING && is_title(same_line) {
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
        if !fits || !goes_on || opens_another || !(is_title(line) || !parts.is_empty() && is_title_tail(line)) {
            break;
        }
        parts.push(line);
        end = line_end;
    }
    if parts.is_empty() { (None, candidate.after) } else { (Some(one_line(&parts.join(" "))), end) }
}

/// Marks between a number and its heading.
const SEPARATORS: &[char] = &[' ', '\t', '\u{a0}', ':', '.', '–', '—', '-', '*', '_', '\r', '|'];

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

/// Title page, preamble: whatever stands before the first heading, so that the tree covers the text.
fn add_front_matter(text: &str, heads: &mut Vec<Head>, document: &Document) {
    let first_body = heads.iter().find(|head| head.kind != Kind::Contents).map_or(text.len(), |head| head.start);
    let tables: Vec<usize> = heads.iter().filter(|head| head.kind == Kind::Contents).map(|head| head.start).collect();
    let has_preamble = heads.iter().any(|head| head.kind == Kind::Preamble && head.start <= first_body);
    let mut cuts: Vec<(usize, Kind)> = Vec::new();
    if !has_preamble && (first_body < text.len() || heads.is_empty()) {
        // After a table of contents the preamble begins behind it.
        let after_table = heads.iter().filter(|head| head.kind == Kind::Contents && head.start < first_body).map(|head| head.start).max();
        let from = after_table.map_or(0, |start| contents_end(text, start, document, first_body));
        let region = &text[from..first_body];
        let opening = PREAMBLE
            .find(region)
            .map(|found| found.start() + found.as_str().find(char::is_alphabetic).unwrap_or(0))
            .or_else(|| PARTIES.find(region).map(|found| found.start()))
            .or_else(|| preamble::recital_starts(region).first().copied());
        if let Some(at) = opening
            && (!heads.is_empty() || preamble::recital_starts(region).len() > 1)
        {
            cuts.push((from + at, Kind::Preamble));
            if from > 0 && at > 0 && after_table.is_some() {
                cuts.push((from, Kind::Front));
            }
        } else if let Some(start) = after_table {
            cuts.push((from.max(start), Kind::Front));
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

/// Where the table of contents that begins at `start` ends: behind its last line of an entry.
fn contents_end(text: &str, start: usize, document: &Document, limit: usize) -> usize {
    if let Some(marked) = native_contents(document).into_iter().find(|table| table.start == start) {
        return marked.end.min(limit);
    }
    let all = candidates(text, |at| at < start || at >= limit || in_aside(&document.asides, at));
    let last = all.iter().map(|candidate| candidate.after).max().unwrap_or(start);
    text[last..limit].find('\n').map_or(last, |at| last + at + 1)
}

/// The title: the lines of the front, or the words before the preamble.
fn title_of(text: &str, heads: &[Head], asides: &[Aside]) -> Option<String> {
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
        .map(str::trim)
        .filter(|line| line.chars().filter(|c| c.is_alphabetic()).count() > 1 && !line.eq_ignore_ascii_case("maintext:"))
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
    if title.is_empty() {
        // Without line breaks the title is the words before the names of the parties begin again.
        let start: String = text.chars().take(160).collect();
        let words = one_line(&start.replace("MainText:", ""));
        return (!words.is_empty()).then(|| format!("{words} …"));
    }
    Some(title)
}

/// The tree while it grows.
struct Tree {
    provisions: Vec<Provision>,
    /// The open nodes, outermost first, with their rank.
    open: Vec<(u8, usize)>,
    /// The source says what stands in what, so that no rank has to tell.
    nested: bool,
    /// The groups so far by their kind.
    groups: HashMap<Kind, Vec<usize>>,
}

impl Tree {
    fn new(end: usize, nested: bool) -> Self {
        let root = node(None, Kind::Agreement, 0, end);
        Self { provisions: vec![root], open: vec![(0, 0)], nested, groups: HashMap::new() }
    }

    fn push(&mut self, mut provision: Provision, parent: usize) -> usize {
        provision.parent = Some(parent);
        self.provisions.push(provision);
        self.provisions.len() - 1
    }

    /// Adds a heading and cuts the words that follow it, up to the next heading.
    fn add_head(&mut self, head: &Head, span: Span, document: &Document) {
        let (text, asides) = (document.text.as_str(), document.asides.as_slice());
        if self.nested {
            self.open.retain(|&(_, index)| index == 0 || self.provisions[index].span.end > head.start);
        } else {
            self.close_for(head);
        }
        let parent = self.open.last().map_or(0, |&(_, index)| index);
        let mut provision = node(None, head.kind, span.start, if self.nested { span.end.max(head.unit_end) } else { span.end });
        provision.number = head.number.clone();
        provision.heading = head.heading.clone();
        provision.head_end = head.end.clamp(span.start, span.end);
        provision.source_id = head.source_id.clone();
        let index = self.push(provision, parent);
        self.open.push((rank(head.kind), index));
        if head.kind.is_group() {
            self.groups.entry(head.kind).or_default().push(index);
        }
        let entries = self.open.iter().any(|&(_, at)| self.provisions[at].kind.is_instrument()) && ENTRY.is_match(span.of(text));
        if self.nested
            && !entries
            && let Some(cuts) = native::cut(document, span, head.end.clamp(span.start, span.end))
        {
            self.add_cuts(index, span, &cuts);
            return;
        }
        match head.kind {
            Kind::Contents | Kind::Front => {}
            Kind::Preamble => self.add_recitals(index, span, text, asides),
            // A protocol has recitals of its own before its first article.
            Kind::Protocol if !preamble::recital_starts(Span::new(head.end.clamp(span.start, span.end), span.end).of(text)).is_empty() => {
                self.add_recitals(index, Span::new(head.end.clamp(span.start, span.end), span.end), text, asides);
            }
            _ if entries => self.add_entries(index, span, head.end.clamp(span.start, span.end), text, asides),
            _ => self.add_pieces(index, span, head.end.clamp(span.start, span.end), text, asides),
        }
    }

    /// Closes what the new heading ends.
    fn close_for(&mut self, head: &Head) {
        let new = rank(head.kind);
        // A chapter that counts on from before an annex stands beside it, not in it.
        if head.kind.is_group()
            && let Some(at) = self.open.iter().position(|&(_, index)| self.provisions[index].kind.is_instrument())
            && self.continues_outside(head, self.open[at].1)
        {
            self.open.truncate(at);
        }
        self.close_lost_group(head);
        // Nothing stands inside a preamble, a table of contents or a closing formula but its own words.
        let holds = |index: usize| !matches!(self.provisions[index].kind, Kind::Preamble | Kind::Front | Kind::Contents | Kind::Signature);
        let keep = self.open.iter().take_while(|&&(open, index)| open < new && holds(index)).count();
        self.open.truncate(keep.max(1));
    }

    /// A count of chapters that begins again inside a title means that the heading of the next title is lost: the chapter does
    /// not belong to the old one.
    fn close_lost_group(&mut self, head: &Head) {
        let first = head.number.as_deref().and_then(heading_number).is_some_and(|(number, _)| number.is_first());
        if !first || !head.kind.is_group() {
            return;
        }
        let around = self.open.iter().rposition(|&(open, index)| open < rank(head.kind) && self.provisions[index].kind.is_group());
        if let Some(at) = around {
            let group = self.open[at].1;
            if self.provisions[group + 1..].iter().any(|provision| provision.parent == Some(group) && provision.kind == head.kind) {
                self.open.truncate(at);
            }
        }
    }

    /// Whether the last heading of the same kind before the instrument is directly followed by this one.
    fn continues_outside(&self, head: &Head, instrument: usize) -> bool {
        let Some(number) = head.number.as_deref().and_then(|number| heading_number(number).map(|found| found.0)) else { return false };
        if number.is_first() {
            return false;
        }
        let alike = self.groups.get(&head.kind).map_or(&[][..], Vec::as_slice);
        let (outside, within) = alike.split_at(alike.partition_point(|&at| at < instrument));
        let (before, inside) = (outside.last(), within.last());
        let follows = |&at: &usize| {
            self.provisions[at].number.as_deref().and_then(heading_number).is_some_and(|(earlier, _)| number.follows(&earlier))
        };
        before.is_some_and(follows) && !inside.is_some_and(follows)
    }

    fn add_recitals(&mut self, preamble: usize, span: Span, text: &str, asides: &[Aside]) {
        // "Have agreed as follows" closes the recitals and belongs to none of them.
        let closing = CLOSING
            .find(span.of(text))
            .map_or(span.end, |found| span.start + found.start() + (found.as_str().len() - found.as_str().trim_start().len()));
        let starts = preamble::recital_starts(Span::new(span.start, closing).of(text));
        for (number, &at) in starts.iter().enumerate() {
            let end = starts.get(number + 1).map_or(closing, |&next| span.start + next);
            let mut recital = node(None, Kind::Recital, span.start + at, end);
            recital.head_end = recital.span.start;
            let index = self.push(recital, preamble);
            self.add_footnotes(index, Span::new(span.start + at, end), text, asides);
        }
        if closing < span.end && !starts.is_empty() {
            self.push(node(None, Kind::Continuation, closing, span.end), preamble);
        }
    }

    /// Footnotes inside a recital.
    fn add_footnotes(&mut self, parent: usize, span: Span, text: &str, asides: &[Aside]) {
        let notes = items::asides_in(asides, span).iter().filter(|aside| aside.kind == AsideKind::Footnote);
        for aside in notes {
            let end = aside.span.end.min(span.end);
            let mut note = node(None, Kind::Footnote, aside.span.start, end);
            note.number = aside.mark.clone();
            self.push(note, parent);
            if !text.get(end..span.end).unwrap_or_default().trim().is_empty() {
                self.push(node(None, Kind::Continuation, end, span.end), parent);
            }
        }
    }

    /// The entries of a schedule: each begins with its sector. What stands before the first is cut as usual.
    fn add_entries(&mut self, schedule: usize, span: Span, head_end: usize, text: &str, asides: &[Aside]) {
        let starts: Vec<usize> = ENTRY
            .find_iter(span.of(text))
            .map(|found| span.start + found.start() + (found.as_str().len() - found.as_str().trim_start().len()))
            .filter(|&at| at >= head_end)
            .collect();
        let first = starts.first().copied().unwrap_or(span.end);
        self.add_pieces(schedule, Span::new(span.start, first), head_end.min(first), text, asides);
        for (position, &start) in starts.iter().enumerate() {
            let mut entry = node(None, Kind::Entry, start, starts.get(position + 1).copied().unwrap_or(span.end));
            entry.number = Some((position + 1).to_string());
            self.push(entry, schedule);
        }
    }

    fn add_pieces(&mut self, article: usize, span: Span, head_end: usize, text: &str, asides: &[Aside]) {
        self.add_cuts(article, span, &items::cut(text, span, head_end, asides));
    }

    fn add_cuts(&mut self, article: usize, span: Span, cuts: &[Cut]) {
        let mut open: Vec<usize> = vec![article];
        for (position, cut) in cuts.iter().enumerate() {
            open.truncate(cut.depth.max(1));
            let parent = open.last().copied().unwrap_or(article);
            let end = cuts[position + 1..].iter().find(|next| next.depth <= cut.depth).map_or(span.end, |next| next.start);
            let kind = match cut.piece {
                Piece::Paragraph => Kind::Paragraph,
                Piece::Item => Kind::Item,
                Piece::Recital => Kind::Recital,
                Piece::Footnote => Kind::Footnote,
                Piece::Continuation => Kind::Continuation,
            };
            let mut provision = node(None, kind, cut.start, end);
            provision.number = cut.number.clone();
            provision.head_end = cut.head_end;
            let index = self.push(provision, parent);
            open.push(index);
        }
    }

    /// Sets the spans of groups (to the end of their last descendant) and the own spans of all nodes.
    fn finish(mut self) -> Vec<Provision> {
        for index in (1..self.provisions.len()).rev() {
            let end = self.provisions[index].span.end;
            if let Some(parent) = self.provisions[index].parent {
                let outer = &mut self.provisions[parent].span.end;
                *outer = (*outer).max(end);
            }
        }
        let starts: Vec<usize> = self.provisions.iter().map(|provision| provision.span.start).collect();
        let total = self.provisions[0].span.end;
        for (index, provision) in self.provisions.iter_mut().enumerate() {
            provision.own = Span::new(provision.span.start, starts.get(index + 1).copied().unwrap_or(total));
            provision.head_end = provision.head_end.clamp(provision.own.start, provision.own.end);
        }
        self.provisions
    }
}

fn node(parent: Option<usize>, kind: Kind, start: usize, end: usize) -> Provision {
    Provision {
        id: String::new(),
        parent,
        kind,
        number: None,
        heading: None,
        citation: String::new(),
        span: Span::new(start, end),
        own: Span::new(start, end),
        head_end: start,
        source_id: None,
    }
}
