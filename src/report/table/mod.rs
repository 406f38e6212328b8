//! Tables for the terminal: the compliance table of an agreement, the coverage of its chapters, its clauses.

mod matrix;

use std::fmt::Write;

use comfy_table::{Attribute, Cell, Color, ColumnConstraint, ContentArrangement, Table, Width, presets};

use super::parties;
use crate::analysis::Analysis;
use crate::assess::{Requirement, Verdict};
use crate::document::Level;
use crate::scan::Finding;
use crate::text::one_line;

/// How a table is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// Columns of the terminal, from 80.
    pub width: u16,
    /// Whether colours may be used.
    pub colour: bool,
}

/// The fewest columns for which tables are laid out.
pub const MIN_WIDTH: u16 = 80;
/// Wider lines are hard to read.
pub(super) const MAX_WIDTH: u16 = 160;

/// The analysis of one agreement as tables.
#[must_use]
pub fn table(analysis: &Analysis, style: Style) -> String {
    let style = Style { width: style.width.clamp(MIN_WIDTH, MAX_WIDTH), ..style };
    let mut out = String::new();
    heading(&mut out, analysis, style);
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{}", requirements(analysis, style));
    if !analysis.coverage.is_empty() {
        let _ = write!(out, "\nChapters that can bind culture, and what takes it out of them\n{}", matrix::matrix(analysis, style));
    }
    if analysis.findings.is_empty() {
        let _ = writeln!(out, "\nNo clause on culture or digital trade was found.");
    } else {
        let _ = writeln!(out, "\nClauses ({})\n{}", analysis.findings.len(), clauses(analysis, style));
    }
    out
}

/// Title, parties, date, file, and what must be known before the tables are read.
fn heading(out: &mut String, analysis: &Analysis, style: Style) {
    let title = clean(analysis.title.as_deref().unwrap_or("Agreement without a title"));
    let width = usize::from(style.width);
    let mut facts: Vec<String> = Vec::new();
    if !analysis.parties.is_empty() {
        facts.push(clean(&analysis.parties.iter().map(|party| party.name.as_str()).collect::<Vec<_>>().join(", ")));
    }
    facts.push(analysis.date.as_deref().map_or_else(|| "date not found".to_owned(), |date| format!("signed {date}")));
    let pages = analysis.pages.map_or_else(String::new, |pages| format!(", {pages} pages"));
    for line in wrap(&title, width).into_iter().chain(wrap(&facts.join(" · "), width)).chain([format!("{}{pages}", clean(&analysis.file))])
    {
        let _ = writeln!(out, "{line}");
    }
    if let Some(line) = parties::convention(analysis) {
        for line in wrap(&clean(&line), width) {
            let _ = writeln!(out, "{line}");
        }
    }
    for message in &analysis.messages {
        let mark = if message.level == Level::Info { "note" } else { "warning" };
        let page = message.page.map_or_else(String::new, |page| format!(" (page {page})"));
        for line in wrap(&format!("{mark}: {}{page}", clean(&message.text)), width) {
            let _ = writeln!(out, "{line}");
        }
    }
    out.push('\n');
}

pub(super) fn new_table(style: Style) -> Table {
    let mut table = Table::new();
    table.load_style(presets::UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Dynamic).set_width(style.width);
    if style.colour {
        table.enforce_styling();
    } else {
        table.force_no_tty();
    }
    table
}

fn requirements(analysis: &Analysis, style: Style) -> Table {
    let mut table = new_table(style);
    table.set_header(["", "Requirement", "Verdict", "Why"]);
    for requirement in &analysis.requirements {
        table.add_row([
            Cell::new(clean(&requirement.paragraph)),
            Cell::new(clean(&requirement.title)),
            verdict(requirement),
            Cell::new(why(requirement)),
        ]);
    }
    // The guidelines' paragraphs are short; those of other checklists need not be.
    let paragraphs = analysis.requirements.iter().map(|row| row.paragraph.chars().count()).max().unwrap_or_default();
    let paragraph = u16::try_from(paragraphs + 2).unwrap_or(u16::MAX).clamp(6, 14);
    table.set_constraints([
        ColumnConstraint::Absolute(Width::Fixed(paragraph)),
        ColumnConstraint::Absolute(Width::Fixed(22)),
        ColumnConstraint::Absolute(Width::Fixed(12)),
    ]);
    table
}

/// Why, and below it what is missing.
fn why(requirement: &Requirement) -> String {
    let because = clean(&requirement.because);
    match &requirement.missing {
        Some(missing) => format!("{because}\nMissing: {}.", clean(missing)),
        None => because,
    }
}

fn verdict(requirement: &Requirement) -> Cell {
    let (word, colour) = match requirement.verdict {
        Verdict::Met => ("met", Color::Green),
        Verdict::Partly => ("partly", Color::Yellow),
        Verdict::Adverse => ("adverse", Color::Red),
        Verdict::Absent => ("absent", Color::Red),
        Verdict::NotApplicable if requirement.undecided => ("not judged", Color::DarkGrey),
        Verdict::NotApplicable => ("n/a", Color::DarkGrey),
    };
    let text =
        if requirement.adverse && requirement.verdict != Verdict::Adverse { format!("{word}, with adverse") } else { word.to_owned() };
    Cell::new(text).fg(colour).add_attribute(Attribute::Bold)
}

fn clauses(analysis: &Analysis, style: Style) -> Table {
    let mut table = new_table(style);
    table.set_header(["Where", "Code and force", "Words"]);
    for finding in &analysis.findings {
        table.add_row([place(finding), code(finding), words(finding)]);
    }
    table.set_constraints([ColumnConstraint::Absolute(Width::Fixed(18)), ColumnConstraint::Absolute(Width::Fixed(27))]);
    table
}

fn place(finding: &Finding) -> String {
    let page = finding.page.map_or_else(String::new, |page| format!(", p. {page}"));
    clean(&format!("{}{page}", finding.citation))
}

fn code(finding: &Finding) -> String {
    let mut text = format!("{}\n{}", finding.code, finding.force.name());
    if let Some(draft) = &finding.draft {
        let by = draft.by.as_deref().map_or_else(String::new, |by| format!(" by {}", clean(by)));
        let _ = write!(text, "\n{}{by}", draft.status);
    }
    text
}

/// The quote, with the chapeau before it where the provision is read with one.
fn words(finding: &Finding) -> String {
    let quote = clean(&finding.quote);
    match &finding.lead_in {
        Some(lead) => format!("({}) “{quote}”", tail(&clean(lead))),
        None => format!("“{quote}”"),
    }
}

/// The last words of a chapeau.
fn tail(lead: &str) -> String {
    const WORDS: usize = 12;
    let words: Vec<&str> = lead.split_whitespace().collect();
    if words.len() <= WORDS { words.join(" ") } else { format!("… {}", words[words.len() - WORDS..].join(" ")) }
}

/// One line, without control characters: the text of a treaty must not move the cursor.
pub(super) fn clean(text: &str) -> String {
    one_line(text).chars().filter(|c| !c.is_control()).collect()
}

/// Lines of at most `width` characters, broken between words.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}
