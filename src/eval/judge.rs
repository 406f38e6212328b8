//! The findings of one agreement, held against its labels.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::labels::{Fault, FaultCause, Label, Labels};
use super::place::{Unresolved, key, locate, resolve};
use crate::document::Span;
use crate::rules::Force;
use crate::scan::Finding;
use crate::structure::Agreement;
use crate::text::one_line;

/// How a code of an article fared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Labelled and found.
    Right,
    /// Labelled and not found.
    Missed,
    /// Found and not labelled.
    FalseAlarm,
}

/// One code of one article: labelled, found, or both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// The article: its identifier in the source, else its citation. `None` for a label of the whole agreement.
    pub article: Option<String>,
    /// The code.
    pub code: String,
    /// How it fared.
    pub verdict: Verdict,
    /// Where a lawyer finds it: of the finding, or of the labelled words where it was missed.
    pub citation: String,
    /// The page, from 1, where the source has pages.
    pub page: Option<u32>,
    /// The words of the finding, or of the label where it was missed, on one line.
    pub words: String,
    /// The rule that found it.
    pub rule: Option<String>,
    /// The force that was found.
    pub force: Option<Force>,
    /// The force that the label gives.
    pub labelled_force: Option<Force>,
    /// Whether the finding shares words with the quote of the label; `None` where there is no quote or it does not stand in the article.
    pub same_words: Option<bool>,
    /// Whether the label has a quote that does not stand in its article.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub quote_not_found: bool,
}

/// An agreement with all its outcomes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judged {
    /// The name of the agreement in the labels.
    pub agreement: String,
    /// The file that was read.
    pub file: String,
    /// Its language, ISO 639-1.
    pub language: String,
    /// Whether it was labelled from beginning to end.
    pub whole: bool,
    /// The outcomes, in the order of articles and codes.
    pub outcomes: Vec<Outcome>,
}

/// Supporting provisions are shown and never scored (codebook, family S).
fn is_scored(code: &str) -> bool {
    !code.starts_with("support.")
}

/// What a label says of an article, and where it stands.
struct Truth<'l> {
    label: &'l Label,
    index: usize,
}

impl Labels {
    /// Holds the findings of an agreement against its labels. `name` is its name in the labels, `file` the file that was read.
    /// The faults are labels that name no provision of it.
    ///
    /// # Example
    /// ```
    /// use clausula::{document, eval::{Labels, Verdict}, rules::Rulebook, scan, structure::Agreement};
    /// let text = b"Article 1\nScope\nThis Agreement does not apply to cultural industries.\n";
    /// let agreement = Agreement::new(document::read(text)?);
    /// let findings = scan::scan(&agreement, &Rulebook::embedded().expect("checked rules")).findings;
    /// let (labels, _) = Labels::parse("labels.jsonl", r#"{"id": "treaty#Art. 1", "codes": {"exempt.general": {"force": "binding"}}}"#);
    /// let (judged, faults) = labels.judge("treaty", "treaty.txt", &agreement, &findings);
    /// assert!(faults.is_empty());
    /// assert_eq!(judged.outcomes[0].verdict, Verdict::Right);
    /// # Ok::<(), clausula::document::ReadError>(())
    /// ```
    #[must_use]
    pub fn judge(&self, name: &str, file: &str, agreement: &Agreement, findings: &[Finding]) -> (Judged, Vec<Fault>) {
        let whole = self.whole.contains(name);
        let mut faults = Vec::new();
        let mut truths: BTreeMap<String, Vec<Truth<'_>>> = BTreeMap::new();
        let mut of_agreement: Option<&Label> = None;
        for label in self.labels.iter().filter(|label| label.agreement == name) {
            let Some(place) = &label.article else {
                of_agreement = Some(label);
                continue;
            };
            match resolve(agreement, place) {
                Ok(index) => truths.entry(key(agreement, index)).or_default().push(Truth { label, index }),
                Err(Unresolved::None) => faults.push(self.fault(label.line, FaultCause::NoArticle(place.clone(), file.to_owned()))),
                Err(Unresolved::Several(ids)) => {
                    faults.push(self.fault(label.line, FaultCause::SeveralArticles(place.clone(), file.to_owned(), ids.join(", "))));
                }
            }
        }
        let mut found: BTreeMap<(String, &str), Vec<&Finding>> = BTreeMap::new();
        for finding in findings.iter().filter(|finding| is_scored(finding.code)) {
            let article = key(agreement, finding.index);
            if whole || truths.contains_key(&article) {
                found.entry((article, finding.code)).or_default().push(finding);
            }
        }
        let mut outcomes: Vec<Outcome> = Vec::new();
        for (article, truths) in &truths {
            let codes: BTreeSet<&str> =
                truths.iter().flat_map(|truth| truth.label.codes.keys().map(String::as_str)).filter(|code| is_scored(code)).collect();
            for code in codes {
                let found = found.remove(&(article.clone(), code)).unwrap_or_default();
                outcomes.push(labelled(agreement, article, code, truths, &found));
            }
        }
        outcomes.extend(found.into_iter().map(|((article, code), found)| of_finding(Some(article), code, found[0])));
        if let Some(label) = of_agreement {
            outcomes.extend(of_whole(label, &truths, findings));
        }
        outcomes.sort_by(|one, other| (&one.article, &one.code).cmp(&(&other.article, &other.code)));
        let judged =
            Judged { agreement: name.to_owned(), file: file.to_owned(), language: agreement.language().code().to_owned(), whole, outcomes };
        (judged, faults)
    }
}

/// A false alarm, as long as nothing else is known.
fn of_finding(article: Option<String>, code: &str, finding: &Finding) -> Outcome {
    Outcome {
        article,
        code: code.to_owned(),
        verdict: Verdict::FalseAlarm,
        citation: finding.citation.clone(),
        page: finding.page,
        words: one_line(&finding.quote),
        rule: Some(finding.rule.clone()),
        force: Some(finding.force),
        labelled_force: None,
        same_words: None,
        quote_not_found: false,
    }
}

/// A code that the labels give to an article.
fn labelled(agreement: &Agreement, article: &str, code: &str, truths: &[Truth<'_>], found: &[&Finding]) -> Outcome {
    let text = &agreement.document.text;
    let own: Vec<(&Truth<'_>, &super::Labelled)> =
        truths.iter().filter_map(|truth| truth.label.codes.get(code).map(|labelled| (truth, labelled))).collect();
    let quoted = |&(truth, labelled): &(&Truth<'_>, &super::Labelled)| -> Vec<Span> {
        locate(text, agreement.provisions[agreement.article_of(truth.index)].span, &labelled.quote)
    };
    let places: Vec<Span> = own.iter().flat_map(quoted).collect();
    let with_quote = own.iter().any(|(_, labelled)| !labelled.quote.trim().is_empty());
    let touches = |finding: &&&Finding| places.iter().any(|place| place.start < finding.span.end && finding.span.start < place.end);
    let labelled_force = own.iter().find_map(|(_, labelled)| labelled.force);
    let quote_not_found = with_quote && places.is_empty();
    if let Some(finding) = found.iter().find(touches).or_else(|| found.first()) {
        return Outcome {
            verdict: Verdict::Right,
            labelled_force,
            same_words: (!places.is_empty()).then(|| touches(&finding)),
            quote_not_found,
            ..of_finding(Some(article.to_owned()), code, finding)
        };
    }
    // Cited where the quote stands, else where the label points.
    let index = places.first().map_or_else(|| own.first().map_or(0, |(truth, _)| truth.index), |place| agreement.at(place.start));
    Outcome {
        article: Some(article.to_owned()),
        code: code.to_owned(),
        verdict: Verdict::Missed,
        citation: agreement.provisions[index].citation.clone(),
        page: places.first().map_or_else(|| agreement.page(index), |place| agreement.document.page_at(place.start)),
        words: own.iter().map(|(_, labelled)| one_line(&labelled.quote)).collect::<Vec<_>>().join(" … "),
        rule: None,
        force: None,
        labelled_force,
        same_words: None,
        quote_not_found,
    }
}

/// The codes of a label without an article: each counts once for the agreement.
fn of_whole(label: &Label, truths: &BTreeMap<String, Vec<Truth<'_>>>, findings: &[Finding]) -> Vec<Outcome> {
    let in_articles: BTreeSet<&str> = truths.values().flatten().flat_map(|truth| truth.label.codes.keys().map(String::as_str)).collect();
    let found: BTreeSet<&str> = findings.iter().map(|finding| finding.code).filter(|code| is_scored(code)).collect();
    let mut outcomes = Vec::new();
    let codes: BTreeSet<&str> =
        label.codes.keys().map(String::as_str).filter(|code| is_scored(code)).chain(found.iter().copied()).collect();
    for code in codes {
        let labelled = label.codes.get(code);
        let finding = findings.iter().find(|finding| finding.code == code);
        match (labelled, finding) {
            (Some(labelled), Some(finding)) => {
                outcomes.push(Outcome { verdict: Verdict::Right, labelled_force: labelled.force, ..of_finding(None, code, finding) })
            }
            (Some(labelled), None) => outcomes.push(Outcome {
                article: None,
                code: code.to_owned(),
                verdict: Verdict::Missed,
                citation: "agreement".to_owned(),
                page: None,
                words: one_line(&labelled.quote),
                rule: None,
                force: None,
                labelled_force: labelled.force,
                same_words: None,
                quote_not_found: false,
            }),
            (None, Some(finding)) if !in_articles.contains(code) => outcomes.push(of_finding(None, code, finding)),
            _ => {}
        }
    }
    outcomes
}
