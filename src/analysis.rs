//! The whole way of one file, and its result as one value: what every output shows (JSON schema `clausula/1`).

use serde::Serialize;

use crate::assess::{self, Coverage, Extent, Party, Requirement};
use crate::document::{As, Document, Level, Message};
use crate::rules::Rulebook;
use crate::scan::{self, Finding};
use crate::structure::{Agreement, Kind};

/// The name of the JSON contract.
pub const SCHEMA: &str = "clausula/1";

/// Everything that is known of one agreement. Outputs show it; none of them computes anything.
#[derive(Clone, Debug, Serialize)]
pub struct Analysis {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// The file, as it was named.
    pub file: String,
    /// The title of the agreement, where one was found.
    pub title: Option<String>,
    /// Languages of the text, ISO 639-1.
    pub languages: Vec<&'static str>,
    /// The parties, and which of them were Parties to the 2005 Convention when the agreement was signed.
    pub parties: Vec<Party>,
    /// Date of signature, ISO 8601, where it was found.
    pub date: Option<String>,
    /// Pages of the source, where it has pages.
    pub pages: Option<u32>,
    /// The provisions that carry a code, in the order of the text.
    pub findings: Vec<Finding>,
    /// The rows of the compliance table.
    pub requirements: Vec<Requirement>,
    /// The rows of the coverage matrix.
    pub coverage: Vec<Coverage>,
    /// What the reader of the result must know.
    pub messages: Vec<Message>,
}

impl Analysis {
    /// Analyses a document. Where changes are tracked, the text is read as proposed; clauses that the changes strike out are
    /// kept among the findings, marked as deleted, and count for no verdict.
    ///
    /// # Example
    /// ```
    /// use clausula::{analysis::Analysis, document, rules::Rulebook};
    /// let document = document::read(b"Article 1\nNothing in this Agreement applies to measures with respect to cultural industries.\n")?;
    /// let analysis = Analysis::new("draft.txt", document, &Rulebook::embedded().expect("checked rules"));
    /// assert_eq!(analysis.requirements.len(), 9);
    /// # Ok::<(), clausula::document::ReadError>(())
    /// ```
    #[must_use]
    pub fn new(file: &str, document: Document, rulebook: &Rulebook) -> Self {
        let (document, whole) = if document.edits.is_empty() { (document, None) } else { (document.reading(As::Proposed), Some(document)) };
        let agreement = Agreement::new(document);
        let mut scan = scan::scan(&agreement, rulebook);
        let deleted = whole.as_ref().map(|whole| struck_out(whole, &agreement, &mut scan.findings, rulebook)).unwrap_or_default();
        let facts = assess::facts(&agreement, &rulebook.parties);
        let assessment = assess::assess(&agreement, rulebook, &mut scan, &facts);
        scan.findings.extend(deleted);
        scan.findings.sort_by_key(|finding| finding.span.start);
        let mut messages = agreement.document.messages.clone();
        messages.extend(doubts(&agreement, &scan.findings));
        messages.extend(part_of(&assessment.extent));
        Self {
            schema: SCHEMA,
            file: file.to_owned(),
            title: facts.title,
            languages: vec![agreement.language().code()],
            parties: facts.parties,
            date: facts.date,
            pages: agreement.document.pages.last().map(|page| page.number),
            findings: scan.findings,
            requirements: assessment.requirements,
            coverage: assessment.coverage,
            messages,
        }
    }
}

/// Marks what the tracked changes bring in, and gives the clauses of the text as it was that they strike out, with their reach.
fn struck_out(whole: &Document, agreement: &Agreement, proposed: &mut [Finding], rulebook: &Rulebook) -> Vec<Finding> {
    let was = Agreement::new(whole.reading(As::Was));
    let mut before = scan::scan(&was, rulebook);
    assess::resolve_reach(&was, rulebook, &mut before);
    scan::match_readings(whole, agreement, before.findings, proposed)
}

/// That only a part of an agreement is there.
fn part_of(extent: &Extent) -> Option<Message> {
    (!extent.is_whole()).then(|| {
        let text = format!("{} is judged as such: what is not in it may stand elsewhere in the agreement", extent.named());
        Message::new(Level::Info, "part-of-an-agreement", text)
    })
}

/// What stands in the way of trusting the verdicts.
fn doubts(agreement: &Agreement, findings: &[Finding]) -> Vec<Message> {
    let mut messages = Vec::new();
    let articles = agreement.provisions.iter().filter(|provision| provision.kind == Kind::Article).count();
    if articles == 0 {
        messages.push(Message::new(
            Level::Warning,
            "no-articles",
            "no article was found: check that this is an agreement, and read citations with care",
        ));
    }
    if agreement.language() == crate::document::Language::Other {
        messages.push(Message::new(
            Level::Warning,
            "language-without-rules",
            "most of the text is in a language for which there are no rules: that nothing was found means nothing",
        ));
    }
    let pointing: Vec<&str> =
        findings.iter().filter(|finding| finding.code == "support.annex").map(|finding| finding.citation.as_str()).collect();
    if !pointing.is_empty() {
        messages.push(Message::new(
            Level::Info,
            "annex-not-in-file",
            format!("{} points to an annex, protocol or letter on culture that is not in this file: read it as well", pointing.join(", ")),
        ));
    }
    let with = |statuses: &[&str]| {
        findings.iter().filter(|finding| finding.draft.as_ref().is_some_and(|draft| statuses.contains(&draft.status))).count()
    };
    let (bracketed, inserted, deleted) = (with(&["bracketed"]), with(&["inserted"]), with(&["deleted"]));
    let proposed = with(&["proposed", "alternative"]);
    if bracketed + proposed + inserted + deleted > 0 {
        let mut parts = Vec::new();
        for (number, what) in [
            (bracketed, "in brackets"),
            (proposed, "marked as proposals or alternatives"),
            (inserted, "inserted by tracked changes"),
            (deleted, "struck out by tracked changes"),
        ] {
            if number > 0 {
                parts.push(format!("{number} {what}"));
            }
        }
        messages.push(Message::new(
            Level::Info,
            "draft",
            format!("this is a draft; some of its clauses count for no verdict: {}", parts.join(", ")),
        ));
    }
    messages
}
