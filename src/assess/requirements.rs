//! The rows of the compliance table: which findings decide each, the verdict, one sentence why, and what is missing
//! (codebook, "Requirements"; guidelines DCE/17/6.CP/11, paragraphs 19.4 and 19.5). The logic of the rows is data
//! (`rules/requirements.toml`); here it is applied to an agreement.

use std::collections::BTreeSet;

use serde::Serialize;

use super::coverage::{Covered, Row, is_border_of_networks};
use super::extent::Extent;
use super::in_preamble;
use super::sentence::{Filling, cite, fill};
use crate::rules::{Case, Chapters, Place, RequirementRule, Selector, Verdict};
use crate::scan::{Finding, Scan};
use crate::structure::Agreement;

/// A row of the compliance table.
#[derive(Clone, Debug, Serialize)]
pub struct Requirement {
    /// Stable id: `cultural-clause`.
    pub id: String,
    /// Paragraph of the guidelines.
    pub paragraph: String,
    /// Title of the row.
    pub title: String,
    /// The verdict on the agreed text.
    pub verdict: Verdict,
    /// Whether an adverse provision stands beside it.
    pub adverse: bool,
    /// Whether the file, a part of an agreement, cannot show it: the verdict is then [`Verdict::NotApplicable`].
    pub undecided: bool,
    /// One sentence why.
    pub because: String,
    /// What would make the row met; `null` where it is, or where nothing is known to be missing.
    pub missing: Option<String>,
    /// Number of the case of the checklist that applied, from 1; `null` where none did.
    pub case: Option<usize>,
    /// Ids of the findings that decide.
    pub findings: Vec<String>,
    /// Findings with a code of the row that did not count, or not for as much.
    pub close: Vec<Close>,
    /// The verdict if all proposals of a draft were agreed, where it is another.
    pub as_proposed: Option<Proposed>,
}

/// A finding that came close.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Close {
    /// Its id.
    pub finding: String,
    /// Why it did not count, or not for as much, as the end of a sentence that begins with its citation.
    pub why: String,
}

/// What a draft would give.
#[derive(Clone, Debug, Serialize)]
pub struct Proposed {
    /// The verdict.
    pub verdict: Verdict,
    /// Whether an adverse provision stands beside it.
    pub adverse: bool,
    /// One sentence why.
    pub because: String,
    /// Ids of the findings that decide.
    pub findings: Vec<String>,
    /// Who proposes them, where the draft says so.
    pub by: Vec<String>,
}

/// What the rows are judged on.
pub(super) struct Judge<'a> {
    pub agreement: &'a Agreement,
    pub scan: &'a Scan,
    /// The coverage by agreed clauses.
    pub coverage: &'a [Row],
    /// The coverage if all proposals were agreed; `None` where nothing is proposed.
    pub proposed: Option<&'a [Row]>,
    pub extent: &'a Extent,
    /// Whether the Convention bound the parties at signature, in a sentence.
    pub parties: &'a str,
}

/// A verdict on its way: with what decides it.
struct Outcome<'a> {
    verdict: Verdict,
    adverse: bool,
    because: String,
    missing: Option<String>,
    case: Option<usize>,
    findings: Vec<&'a Finding>,
}

/// Which words count.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Words {
    Agreed,
    Proposed,
}

impl<'a> Judge<'a> {
    /// Judges a row.
    pub fn row(&self, rule: &RequirementRule) -> Requirement {
        let agreed = self.outcome(rule, Words::Agreed);
        let as_proposed = self.proposed.and_then(|_| {
            let proposed = self.outcome(rule, Words::Proposed);
            (proposed.verdict != agreed.verdict || proposed.adverse != agreed.adverse).then(|| self.as_proposed(proposed))
        });
        let mut outcome = agreed;
        if let Some(proposed) = &as_proposed {
            let by = if proposed.by.is_empty() { String::new() } else { format!(" (by {})", proposed.by.join(", ")) };
            outcome.because.push_str(&format!(" With all that is proposed{by}: {}. {}", proposed.verdict.name(), proposed.because));
        }
        let decided = match outcome.verdict {
            Verdict::Met | Verdict::Partly => true,
            Verdict::NotApplicable | Verdict::Absent | Verdict::Adverse => {
                self.extent.is_whole() || self.extent.themes().iter().any(|theme| rule.judged_from.iter().any(|own| own == theme))
            }
        };
        if !decided {
            outcome.because = format!("This part of an agreement cannot show it. {}", outcome.because);
            outcome.verdict = Verdict::NotApplicable;
            outcome.missing = None;
        }
        Requirement {
            id: rule.id.clone(),
            paragraph: rule.paragraph.clone(),
            title: rule.title.clone(),
            verdict: outcome.verdict,
            adverse: outcome.adverse,
            undecided: !decided,
            because: outcome.because,
            missing: outcome.missing,
            case: outcome.case,
            close: self.close(rule),
            findings: ids(&outcome.findings),
            as_proposed,
        }
    }

    fn as_proposed(&self, outcome: Outcome<'a>) -> Proposed {
        let by: BTreeSet<&str> =
            outcome.findings.iter().filter_map(|finding| finding.draft.as_ref()?.by.as_deref()).flat_map(|by| by.split(", ")).collect();
        Proposed {
            verdict: outcome.verdict,
            adverse: outcome.adverse,
            because: outcome.because,
            findings: ids(&outcome.findings),
            by: by.into_iter().map(str::to_owned).collect(),
        }
    }

    fn outcome(&self, rule: &RequirementRule, words: Words) -> Outcome<'a> {
        if let Some(applies) = &rule.applies
            && !self.counted(words).any(|finding| has_code(finding, &applies.codes))
            && !self.rows(words, &applies.themes).any(|_| true)
        {
            return Outcome {
                verdict: Verdict::NotApplicable,
                adverse: false,
                because: applies.otherwise.clone(),
                missing: None,
                case: None,
                findings: Vec::new(),
            };
        }
        let against: Vec<&Finding> =
            rule.against.iter().flat_map(|against| self.counted(words).filter(|finding| has_code(finding, &against.codes))).collect();
        let decided = rule.cases.iter().zip(1..).find_map(|(case, number)| Some((case, number, self.applies(case, words)?)));
        let opposed = decided.as_ref().map(|(case, ..)| !case.unopposed);
        let mut outcome = match decided {
            Some((case, number, findings)) => {
                let because = self.filled(&case.because, &findings);
                let missing = (case.verdict != Verdict::Met).then(|| self.missing(rule, case.missing.as_ref(), words)).flatten();
                Outcome { verdict: case.verdict, adverse: false, because, missing, case: Some(number), findings }
            }
            None => {
                let mut because = rule.absent.clone();
                for aside in &rule.aside {
                    let clauses = self.selected(&aside.clauses, words);
                    if !clauses.is_empty() {
                        because.push_str(&format!(" {}", self.filled(&aside.says, &clauses)));
                    }
                }
                let missing = self.missing(rule, None, words);
                Outcome { verdict: Verdict::Absent, adverse: false, because, missing, case: None, findings: Vec::new() }
            }
        };
        if let Some(said) = &rule.against {
            match opposed {
                _ if against.is_empty() => {
                    if let (Verdict::Met, Some(none)) = (outcome.verdict, &said.none) {
                        outcome.because.push_str(&format!(" {none}"));
                    }
                }
                Some(false) => {}
                Some(true) => {
                    outcome.adverse = true;
                    let mut beside = self.filled(&said.beside, &against);
                    // "Art. 5 takes it out. Art. 5 cuts into it" puzzles: the clause has an exception.
                    if cite(&against) == cite(&outcome.findings) {
                        beside = format!("An exception in {beside}");
                    }
                    outcome.because.push_str(&format!(" {beside}"));
                    outcome.findings.extend(against);
                }
                None => {
                    outcome.adverse = true;
                    outcome.verdict = Verdict::Adverse;
                    outcome.because = self.filled(&said.alone, &against);
                    outcome.findings.extend(against);
                }
            }
        }
        outcome
    }

    /// The findings that decide a case; `None` where it does not apply.
    fn applies(&self, case: &Case, words: Words) -> Option<Vec<&'a Finding>> {
        let mut findings = Vec::new();
        if let Some(chapters) = &case.chapters {
            let deciding = self.taken_out(chapters, words)?;
            findings.extend(self.scan.findings.iter().filter(|finding| deciding.contains(finding.id.as_str())));
        }
        if !case.clauses.is_empty() {
            let clauses = self.selected(&case.clauses, words);
            if clauses.is_empty() {
                return None;
            }
            findings.extend(clauses);
        }
        findings.extend(self.selected(&case.beside, words));
        findings.sort_by_key(|finding| (finding.span.start, finding.code));
        findings.dedup_by_key(|finding| finding.id.as_str());
        Some(findings)
    }

    /// The ids of the findings that take culture out of the chapters; `None` where it is not taken out as the case asks.
    fn taken_out(&self, chapters: &Chapters, words: Words) -> Option<BTreeSet<&'a str>> {
        let wanted = if chapters.whole { Covered::Yes } else { Covered::Partly };
        let rows: Vec<&Row> = self.rows(words, &chapters.themes).collect();
        let met = |row: &&&Row| row.shown.covered >= wanted;
        let enough = if chapters.every { !rows.is_empty() && rows.iter().all(|row| met(&row)) } else { rows.iter().any(|row| met(&row)) };
        enough.then(|| rows.iter().filter(met).flat_map(|row| &row.deciding).map(String::as_str).collect())
    }

    /// The chapters with one of these themes. Telecommunications chapters bind networks and not what they carry.
    fn rows(&self, words: Words, themes: &[String]) -> impl Iterator<Item = &'a Row> {
        let coverage = match words {
            Words::Agreed => self.coverage,
            Words::Proposed => self.proposed.unwrap_or(self.coverage),
        };
        coverage.iter().filter(|row| !row.telecommunications && themes.iter().any(|theme| theme == row.shown.theme.name()))
    }

    /// The findings whose words count.
    fn counted(&self, words: Words) -> impl Iterator<Item = &'a Finding> {
        self.scan.findings.iter().filter(move |finding| finding.counts(words == Words::Proposed))
    }

    fn selected(&self, selectors: &[Selector], words: Words) -> Vec<&'a Finding> {
        self.counted(words)
            .filter(|finding| selectors.iter().any(|selector| self.shortfall(selector, finding) == Some(Vec::new())))
            .collect()
    }

    /// What a finding with a code of the selector lacks; `None` where it has another code.
    fn shortfall(&self, selector: &Selector, finding: &Finding) -> Option<Vec<String>> {
        if !has_code(finding, &selector.codes) {
            return None;
        }
        let mut lacks = Vec::new();
        let operative = self.is_operative(finding);
        match selector.place {
            Some(Place::Operative) if !operative => lacks.push("stands in the preamble only".to_owned()),
            Some(Place::Preamble) if operative => lacks.push("stands in the operative text".to_owned()),
            _ => {}
        }
        if !selector.forces.is_empty() && !selector.forces.contains(&finding.force) {
            lacks.push(format!("does not bind: its force is {}", finding.force.words()));
        }
        if let (true, Some(party)) = (selector.all_parties, &finding.party) {
            lacks.push(format!("protects one party only, {party}"));
        }
        if selector.future && !self.is_for_future_measures(finding) {
            lacks.push("keeps existing measures and does not reserve new ones".to_owned());
        }
        if !selector.borders && is_border_of_networks(self.agreement, finding) {
            lacks.push("draws the border of the telecommunications chapter only".to_owned());
        }
        Some(lacks)
    }

    /// The findings that would count for a better case if something about them were different.
    fn close(&self, rule: &RequirementRule) -> Vec<Close> {
        let mut found: Vec<Close> = Vec::new();
        let selectors: Vec<&Selector> = rule.cases.iter().flat_map(|case| &case.clauses).collect();
        // What would take culture out of the chapters if it were agreed.
        let themes = rule.themes();
        let reaching: BTreeSet<&str> = self.rows(Words::Proposed, &themes).flat_map(|row| &row.shown.by).map(String::as_str).collect();
        for finding in &self.scan.findings {
            let shortfalls: Vec<Vec<String>> = selectors.iter().filter_map(|selector| self.shortfall(selector, finding)).collect();
            if shortfalls.is_empty() && (finding.is_agreed() || !reaching.contains(finding.id.as_str())) {
                continue;
            }
            let mut why: Vec<String> = Vec::new();
            if let Some(draft) = finding.draft.as_ref().filter(|_| !finding.is_agreed()) {
                let by = draft.by.as_deref().map_or_else(String::new, |by| format!(" by {by}"));
                why.push(format!("is not agreed: {}{by}", draft.status));
            }
            // What it lacks for the best case that asks for its code.
            why.extend(shortfalls.into_iter().next().into_iter().flatten());
            if !why.is_empty() {
                found.push(Close { finding: finding.id.clone(), why: why.join("; ") });
            }
        }
        found
    }

    /// What would make the row met.
    fn missing(&self, rule: &RequirementRule, own: Option<&String>, words: Words) -> Option<String> {
        if own.is_some() {
            return own.cloned();
        }
        let themes = rule.themes();
        let open: Vec<String> = self
            .rows(words, &themes)
            .filter(|row| row.shown.covered != Covered::Yes)
            .map(|row| format!("{} ({})", row.shown.heading, row.shown.theme.words()))
            .collect();
        match &rule.missing_chapters {
            Some(sentence) if !open.is_empty() => Some(sentence.replace("{chapters}", &open.join("; "))),
            _ => rule.missing.clone(),
        }
    }

    /// A sentence of the checklist with the citations of the clauses.
    fn filled(&self, sentence: &str, clauses: &[&Finding]) -> String {
        let operative = clauses.iter().any(|finding| self.is_operative(finding));
        fill(
            sentence,
            &Filling {
                clauses: &cite(clauses),
                several: clauses.iter().any(|finding| Some(&finding.citation) != clauses.first().map(|first| &first.citation)),
                parties: self.parties,
                place: if operative { "in operative text" } else { "in the preamble only" },
            },
        )
    }

    /// Whether the words stand in operative text and not in a preamble.
    fn is_operative(&self, finding: &Finding) -> bool {
        !in_preamble(self.agreement, finding.index)
    }

    /// A reservation that lets a party adopt new measures, and not only keep those that it has.
    fn is_for_future_measures(&self, finding: &Finding) -> bool {
        let provision = &self.agreement.provisions[finding.index];
        let around = provision.span.of(&self.agreement.document.text).to_lowercase();
        [
            "adopt or maintain any measure",
            "right to adopt",
            "adoptar o mantener cualquier medida",
            "droit d'adopter",
            "droit d’adopter",
            "derecho de adoptar",
            "derecho a adoptar",
        ]
        .iter()
        .any(|words| around.contains(words))
    }
}

/// Whether a finding has one of the codes; `prefer.` stands for its whole family.
fn has_code(finding: &Finding, codes: &[String]) -> bool {
    codes.iter().any(|code| finding.code == code || code.ends_with('.') && finding.code.starts_with(code.as_str()))
}

fn ids(findings: &[&Finding]) -> Vec<String> {
    findings.iter().map(|finding| finding.id.clone()).collect()
}
