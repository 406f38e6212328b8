//! The coverage matrix: chapters as rows, a column for each way that the agreement uses, and below it what each column stands for,
//! with the citations.

use std::collections::BTreeSet;
use std::fmt::Write;

use comfy_table::{CellAlignment, Color, ColumnConstraint, Table, Width};

use super::{Style, clean, new_table, wrap};
use crate::analysis::Analysis;
use crate::assess::{Cell, Coverage, Covered, Theme, Way};

/// What a column takes beside its words: a blank on either side, and one between columns.
const BESIDE: usize = 3;
/// What a column of a way takes beside its head: a blank behind, and one between columns.
const BESIDE_WAY: usize = 2;
/// Width of the words "Taken out".
const TAKEN_OUT: usize = 9;
/// The widest column for headings: wider ones part them from their signs.
const WIDEST: usize = 70;
/// The narrowest column in which the heading of a chapter can be read.
const CHAPTER: usize = 30;

/// The matrix with its key.
pub(super) fn matrix(analysis: &Analysis, style: Style) -> String {
    let rows = &analysis.coverage;
    let ways: Vec<Way> = Way::PROTECTING.into_iter().chain(Way::AGAINST).collect();
    let (used, unused): (Vec<Way>, Vec<Way>) = ways.into_iter().partition(|&way| rows.iter().any(|row| is_used(cell(row, way))));
    let heads = Heads::new(&used, usize::from(style.width));
    let mut out = table(rows, &heads, style).to_string();
    out.push('\n');
    key(&mut out, rows, &heads, &unused, usize::from(style.width));
    out
}

/// The columns of the ways, with what stands above each.
struct Heads {
    ways: Vec<Way>,
    /// Letters stand above the columns where there is no room for words.
    by_letter: bool,
}

impl Heads {
    fn new(ways: &[Way], width: usize) -> Self {
        let words: usize = ways.iter().map(|way| longest_word(way.title()) + BESIDE_WAY).sum();
        let by_letter = CHAPTER + TAKEN_OUT + 2 * BESIDE + words > width;
        Self { ways: ways.to_vec(), by_letter }
    }

    /// What stands above a column.
    fn head(&self, column: usize, way: Way) -> String {
        if self.by_letter { letter(column).to_string() } else { way.title().to_owned() }
    }

    fn width(&self, way: Way) -> usize {
        if self.by_letter { 1 } else { longest_word(way.title()) }
    }
}

/// `a` for the first column.
fn letter(column: usize) -> char {
    char::from(b'a' + u8::try_from(column).unwrap_or_default().min(25))
}

fn longest_word(words: &str) -> usize {
    words.split(' ').map(|word| word.chars().count()).max().unwrap_or_default()
}

/// The cell of a way; every row has one.
fn cell(row: &Coverage, way: Way) -> Option<&Cell> {
    row.ways.iter().chain(&row.against).find(|cell| cell.way == way)
}

fn is_used(cell: Option<&Cell>) -> bool {
    cell.is_some_and(|cell| cell.covered != Covered::No)
}

/// The sign of a cell: what protects is a circle, what stands against culture an exclamation mark.
fn sign(way: Way, covered: Covered) -> &'static str {
    match (Way::AGAINST.contains(&way), covered) {
        (_, Covered::No) => "·",
        (false, Covered::Yes) => "●",
        (false, Covered::Partly) => "◐",
        (true, Covered::Yes) => "!",
        (true, Covered::Partly) => "~",
    }
}

fn colour(way: Way, covered: Covered) -> Color {
    match (Way::AGAINST.contains(&way), covered) {
        (_, Covered::No) => Color::DarkGrey,
        (false, Covered::Yes) => Color::Green,
        (true, Covered::Yes) => Color::Red,
        (_, Covered::Partly) => Color::Yellow,
    }
}

fn table(rows: &[Coverage], heads: &Heads, style: Style) -> Table {
    let mut table = new_table(style);
    let mut header = vec!["Chapter".to_owned(), "Taken out".to_owned()];
    header.extend(heads.ways.iter().enumerate().map(|(column, &way)| heads.head(column, way)));
    table.set_header(header);
    for row in rows {
        let taken = match row.covered {
            Covered::Yes => Color::Green,
            Covered::Partly => Color::Yellow,
            Covered::No => Color::Red,
        };
        let mut cells = vec![
            comfy_table::Cell::new(clean(&format!("{} ({})", row.heading, theme(row.theme)))),
            comfy_table::Cell::new(row.covered.name()).fg(taken),
        ];
        for &way in &heads.ways {
            let covered = cell(row, way).map_or(Covered::No, |cell| cell.covered);
            cells.push(comfy_table::Cell::new(sign(way, covered)).fg(colour(way, covered)).set_alignment(CellAlignment::Center));
        }
        table.add_row(cells);
    }
    let used: usize = heads.ways.iter().map(|&way| heads.width(way) + BESIDE_WAY).sum();
    let chapter = usize::from(style.width).saturating_sub(used + TAKEN_OUT + 2 * BESIDE).min(WIDEST);
    // A fixed width holds the blanks of the column, and not the one between columns.
    let fixed = |width: usize| ColumnConstraint::Absolute(Width::Fixed(u16::try_from(width).unwrap_or(u16::MAX)));
    let mut widths = vec![fixed(chapter + BESIDE - 1), fixed(TAKEN_OUT + BESIDE - 1)];
    widths.extend(heads.ways.iter().map(|&way| fixed(heads.width(way) + BESIDE_WAY - 1)));
    table.set_constraints(widths);
    for column in table.column_iter_mut().skip(2) {
        column.set_padding((0, 1));
    }
    table
}

/// What the signs and the columns mean, with the citations, and what was looked for in vain.
fn key(out: &mut String, rows: &[Coverage], heads: &Heads, unused: &[Way], width: usize) {
    let signs: BTreeSet<&str> = heads
        .ways
        .iter()
        .flat_map(|&way| rows.iter().filter_map(move |row| cell(row, way)).map(move |cell| sign(way, cell.covered)))
        .collect();
    let meant = [
        ("●", "culture as a whole"),
        ("◐", "a part of culture, of the rules or of the parties"),
        ("!", "stands against culture"),
        ("~", "would, but culture is out of the chapter"),
        ("·", "nothing"),
    ];
    let meant: Vec<String> =
        meant.into_iter().filter(|(sign, _)| signs.contains(sign)).map(|(sign, meaning)| format!("{sign} {meaning}")).collect();
    let mut line = |hanging: &str, words: &str| {
        for (number, line) in wrap(words, width.saturating_sub(hanging.len())).into_iter().enumerate() {
            // Writing to a string cannot fail.
            let _ = writeln!(out, "{}{line}", if number == 0 { "" } else { hanging });
        }
    };
    if !heads.ways.is_empty() {
        line("", &meant.join("; "));
    }
    for (column, &way) in heads.ways.iter().enumerate() {
        let name = if heads.by_letter { format!("{} {}", letter(column), way.title()) } else { way.title().to_owned() };
        line("    ", &format!("{name}: {}", clean(&because(rows, way))));
    }
    if !unused.is_empty() {
        let names: Vec<&str> = unused.iter().map(|way| way.title()).collect();
        line("    ", &format!("not found: {}", names.join(", ")));
    }
}

/// The reasons of all cells of a way, each once, in the order of the text.
fn because(rows: &[Coverage], way: Way) -> String {
    let mut reasons: Vec<&str> = Vec::new();
    for cell in rows.iter().filter_map(|row| cell(row, way)) {
        for reason in cell.because.split("; ").filter(|reason| !reason.is_empty()) {
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
    }
    by_meaning(&reasons)
}

/// "Art. 1: such; Art. 2: such" as "Art. 1, Art. 2: such".
fn by_meaning(reasons: &[&str]) -> String {
    let mut meanings: Vec<(&str, Vec<&str>)> = Vec::new();
    for reason in reasons {
        let (citation, meaning) = reason.rsplit_once(": ").unwrap_or((reason, ""));
        match meanings.iter_mut().find(|(known, _)| *known == meaning) {
            Some((_, citations)) => citations.push(citation),
            None => meanings.push((meaning, vec![citation])),
        }
    }
    let parts =
        meanings.into_iter().map(
            |(meaning, citations)| {
                if meaning.is_empty() { citations.join(", ") } else { format!("{} ({meaning})", citations.join(", ")) }
            },
        );
    parts.collect::<Vec<_>>().join("; ")
}

/// The theme of a row, so that it breaks between words.
fn theme(theme: Theme) -> &'static str {
    match theme {
        Theme::SubsidiesCompetition => "subsidies, competition",
        Theme::Ip => "intellectual property",
        theme => theme.name(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Style, table};
    use crate::analysis::Analysis;
    use crate::document;
    use crate::rules::Rulebook;

    fn shown(width: u16) -> String {
        let text = "CHAPTER 1\nTRADE IN GOODS\nArticle 1.1\nTariffs\nNone.\nCHAPTER 2\nTRADE IN SERVICES\nArticle 2.1\nScope\n\
                    1. This Chapter does not apply to audio-visual services.\n\
                    2. A Party may take a measure of equivalent commercial effect in response to a measure on cultural industries.\n";
        let rulebook = Rulebook::embedded().expect("checked rules");
        let analysis = Analysis::new("text", document::read(text.as_bytes()).expect("text"), &rulebook);
        let all = table(&analysis, Style { width, colour: false });
        let start = all.find("Chapters that can bind culture").expect("the matrix");
        all[start..all.find("\nClauses").expect("the clauses")].to_owned()
    }

    #[test]
    fn the_matrix_fits_the_terminal() {
        for width in [80, 140] {
            let shown = shown(width);
            assert!(shown.lines().all(|line| line.trim_end().chars().count() <= usize::from(width)), "{shown}");
            let row = shown.lines().find(|line| line.contains("TRADE IN SERVICES")).expect("a row for services");
            assert!(row.contains("partly") && row.contains('◐') && row.contains('!'), "{shown}");
            assert!(shown.contains("sector left out: Art. 2.1(1) (one cultural sector is left out)"), "{shown}");
            assert!(shown.contains("retaliation allowed: Art. 2.1(2) (a cultural measure may be answered)"), "{shown}");
            assert!(shown.contains("not found: general exemption, support left out"), "{shown}");
        }
    }
}
