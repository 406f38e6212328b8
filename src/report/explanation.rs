//! The chain from a verdict to the words: which case of the checklist applied, which clauses decide it, by which rule and phrase each
//! was found, how it was read, what it covers, and what came close.

use std::fmt::Write;

use super::table::{Style, clean, wrap};
use crate::analysis::Analysis;
use crate::assess::{Close, Requirement, Verdict};
use crate::rules::{Case, Place, RequirementRule, Rulebook, Selector};
use crate::scan::Finding;

/// The explanation of one row, or of all.
///
/// # Example
/// ```
/// use clausula::{analysis::Analysis, document, report, rules::Rulebook};
/// let document = document::read(b"Article 1\nNothing in this Agreement applies to measures with respect to cultural industries.\n")?;
/// let rulebook = Rulebook::embedded().expect("checked rules");
/// let analysis = Analysis::new("draft.txt", document, &rulebook);
/// let style = report::Style { width: 100, colour: false };
/// let words = report::explanation(&analysis, &rulebook, Some("cultural-clause"), style);
/// assert!(words.contains("Cultural clause: met"));
/// # Ok::<(), clausula::document::ReadError>(())
/// ```
#[must_use]
pub fn explanation(analysis: &Analysis, rulebook: &Rulebook, requirement: Option<&str>, style: Style) -> String {
    let mut page = Page { out: String::new(), width: usize::from(style.width) };
    page.line(0, analysis.title.as_deref().unwrap_or("Agreement without a title"));
    page.line(0, &analysis.file);
    for message in &analysis.messages {
        page.line(0, &format!("note: {}", message.text));
    }
    for row in analysis.requirements.iter().filter(|row| requirement.is_none_or(|wanted| row.id == wanted)) {
        if let Some(rule) = rulebook.requirements.iter().find(|rule| rule.id == row.id) {
            explain_row(&mut page, analysis, rulebook, row, rule);
        }
    }
    page.out
}

/// Lines of a width.
struct Page {
    out: String,
    width: usize,
}

impl Page {
    /// Words at an indent, broken where they are too long.
    fn line(&mut self, indent: usize, words: &str) {
        self.entry(indent, "", words);
    }

    /// A label, and words beside it that are broken under their beginning.
    fn entry(&mut self, indent: usize, label: &str, words: &str) {
        let inner = if label.is_empty() { indent } else { (indent + label.chars().count() + 1).max(indent + LABEL) };
        for (number, line) in wrap(&clean(words), self.width.saturating_sub(inner).max(20)).iter().enumerate() {
            let label = if number == 0 { label } else { "" };
            // Writing to a string cannot fail.
            let _ = writeln!(self.out, "{:indent$}{label:gap$}{line}", "", gap = inner - indent);
        }
    }

    fn gap(&mut self) {
        self.out.push('\n');
    }
}

/// Characters that labels take.
const LABEL: usize = 13;

fn explain_row(page: &mut Page, analysis: &Analysis, rulebook: &Rulebook, row: &Requirement, rule: &RequirementRule) {
    page.gap();
    page.gap();
    let adverse = if row.adverse && row.verdict != Verdict::Adverse { ", with an adverse clause" } else { "" };
    let verdict = if row.undecided { "cannot be judged from this file".to_owned() } else { row.verdict.name().replace('-', " ") };
    page.line(0, &format!("{} {}: {verdict}{adverse}", row.paragraph, row.title));
    page.line(0, &rule.ask);
    page.gap();
    page.entry(0, "Why", &row.because);
    if let Some(missing) = &row.missing {
        page.entry(0, "Missing", missing);
    }
    page.gap();
    page.line(0, "Cases of the checklist, in the order in which they are tried");
    for (case, number) in rule.cases.iter().zip(1..) {
        let result = match row.case {
            Some(decisive) if number == decisive => "applies",
            Some(decisive) if number > decisive => "not tried",
            _ => "does not apply",
        };
        page.entry(2, &format!("{number}. {}", case.verdict.name()), &format!("{}: {result}", case_in_words(case)));
    }
    if row.verdict == Verdict::Adverse {
        let against = rule.against.as_ref().map_or_else(String::new, |against| codes_in_words(&against.codes));
        page.entry(2, "   adverse", &format!("no case applies, and a clause with {against} stands against it: applies"));
    }
    let find = |id: &str| analysis.findings.iter().find(|finding| finding.id == id);
    if !row.findings.is_empty() {
        page.gap();
        page.line(0, "Clauses that decide");
    }
    for finding in row.findings.iter().filter_map(|id| find(id)) {
        clause(page, rulebook, finding);
    }
    if let Some(proposed) = &row.as_proposed {
        page.gap();
        page.line(0, &format!("If all proposals were agreed: {}", proposed.verdict.name()));
        for finding in proposed.findings.iter().filter(|id| !row.findings.contains(id)).filter_map(|id| find(id)) {
            clause(page, rulebook, finding);
        }
    }
    let close: Vec<&Close> = row.close.iter().filter(|_| row.verdict != Verdict::Met).collect();
    if !close.is_empty() {
        page.gap();
        page.line(0, "Came close, but did not count or not for as much");
        for one in close {
            if let Some(finding) = find(&one.finding) {
                page.line(2, &format!("{} {} ({})", place(finding), one.why, finding.code));
            }
        }
    }
}

/// A clause with all that leads to it.
fn clause(page: &mut Page, rulebook: &Rulebook, finding: &Finding) {
    page.line(2, &place(finding));
    page.entry(4, "words", &format!("“{}”", finding.quote));
    if let Some(lead) = &finding.lead_in {
        page.entry(4, "read behind", &format!("“{lead}”"));
    }
    page.entry(4, "code", &format!("{}, {}", finding.code, finding.force.words()));
    if !finding.sectors.is_empty() {
        page.entry(4, "sectors", &finding.sectors.join(", ").replace('-', " "));
    }
    match rulebook.rules.iter().find(|rule| rule.id == finding.rule) {
        Some(rule) => page.entry(4, "rule", &format!("{} ({}, line {}): {}", rule.id, rule.place.0, rule.place.1, rule.why)),
        None => page.entry(4, "rule", "a short name that the agreement itself gives to the Convention"),
    }
    if let Some(phrase) = &finding.phrase {
        page.entry(4, "phrase", phrase);
    }
    page.entry(4, "covers", &covers(finding));
    if !finding.excepted.is_empty() {
        page.entry(4, "leaves bound", &finding.excepted.join(", "));
    }
    for condition in &finding.conditions {
        page.entry(4, "condition", &format!("{}: “{}”", condition.id.replace('-', " "), condition.quote));
    }
    if let Some(citation) = &finding.retaliation {
        page.entry(4, "answered by", &format!("{citation}, which lets the other Party take measures in return"));
    }
    if let Some(citation) = &finding.outside_dispute_settlement {
        page.entry(4, "disputes", &format!("outside dispute settlement ({citation})"));
    }
    if let Some(draft) = &finding.draft {
        let by = draft.by.as_deref().map_or_else(String::new, |by| format!(" by {by}"));
        let against = draft.against.as_deref().map_or_else(String::new, |against| format!(", opposed by {against}"));
        page.entry(4, "draft", &format!("{}{by}{against}", draft.status));
    }
}

/// What a clause covers, for whom, and how that was resolved.
fn covers(finding: &Finding) -> String {
    let party = finding.party.as_deref().map_or_else(String::new, |party| format!(", for {party} only"));
    let because = if finding.reach_because.is_empty() { String::new() } else { format!(" ({})", finding.reach_because) };
    format!("{}{party}{because}", finding.reach_names.join("; "))
}

fn place(finding: &Finding) -> String {
    let page = finding.page.map_or_else(String::new, |page| format!(", p. {page}"));
    format!("{}{page}", finding.citation)
}

/// What a case asks for.
fn case_in_words(case: &Case) -> String {
    let mut parts = Vec::new();
    if let Some(chapters) = &case.chapters {
        let which = if chapters.every { "every chapter" } else { "a chapter" };
        let what = if chapters.whole { "culture as a whole" } else { "a part of culture" };
        parts.push(format!("{what} is taken out of {which} on {}", chapters.themes.join(", ")));
    }
    if !case.clauses.is_empty() {
        let clauses: Vec<String> = case.clauses.iter().map(selector_in_words).collect();
        parts.push(format!("a clause with {}", clauses.join("; or ")));
    }
    parts.join(", and ")
}

/// Codes, with a star for a whole family.
fn codes_in_words(codes: &[String]) -> String {
    codes.iter().map(|code| if code.ends_with('.') { format!("{code}*") } else { code.clone() }).collect::<Vec<_>>().join(" or ")
}

fn selector_in_words(selector: &Selector) -> String {
    let mut words = codes_in_words(&selector.codes);
    if !selector.forces.is_empty() {
        let forces: Vec<&str> = selector.forces.iter().map(|force| force.words()).collect();
        words.push_str(&format!(" that is {}", forces.join(" or ")));
    }
    match selector.place {
        Some(Place::Operative) => words.push_str(" in the operative text"),
        Some(Place::Preamble) => words.push_str(" in the preamble"),
        None => {}
    }
    if selector.future {
        words.push_str(" for future measures");
    }
    if selector.all_parties {
        words.push_str(" for all parties");
    }
    words
}
