//! All agreements together, and the figures.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::{Value, json};

use super::changes::Changes;
use super::counts::{Counts, share};
use super::judge::{Judged, Verdict};
use crate::rules::Force;

/// The name of the JSON contract.
const SCHEMA: &str = "clausula-eval/1";
/// A code with fewer labels tells too little to count in the mean over codes.
const ENOUGH: usize = 5;

/// What a code counts once for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Each article.
    Article,
    /// Each agreement: that a clause of the kind is there at all.
    Agreement,
}

/// The counts of one code, or of one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeFigures {
    /// The code (or language).
    pub name: String,
    /// By article.
    pub by_article: Counts,
    /// By agreement.
    pub by_agreement: Counts,
}

/// How the words and the force of the right findings compare with the labels.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quotes {
    /// Findings whose force equals that of the label, and how many were compared.
    pub equal_force: (usize, usize),
    /// For each force of the labels and each found: how many.
    pub forces: BTreeMap<(Force, Force), usize>,
    /// Findings that share words with the quote of the label, and how many were compared.
    pub same_words: (usize, usize),
    /// Labels whose quote does not stand in their article.
    pub not_found: usize,
}

/// The outcomes of all agreements.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evaluation {
    /// The agreements, in the order of their names.
    pub agreements: Vec<Judged>,
}

/// Why a saved evaluation cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SavedError {
    /// It is no JSON, or not that of an evaluation.
    #[error("is no saved evaluation ({0}): save one with `clausula eval … --format json > FILE`")]
    Form(#[from] serde_json::Error),
    /// It was saved by another version.
    #[error("has the form “{0}”, and this program reads “{SCHEMA}”: save it again with this version")]
    Schema(String),
}

/// What is read back of a saved evaluation; the figures follow from it.
#[derive(Deserialize)]
struct Saved {
    schema: String,
    agreements: Vec<Judged>,
}

impl Evaluation {
    /// Gathers agreements.
    #[must_use]
    pub fn new(mut agreements: Vec<Judged>) -> Self {
        agreements.sort_by(|one, other| one.agreement.cmp(&other.agreement));
        Self { agreements }
    }

    /// Keeps only the codes that begin so (`digital.`).
    pub fn keep_codes(&mut self, prefix: &str) {
        for judged in &mut self.agreements {
            judged.outcomes.retain(|outcome| outcome.code.starts_with(prefix));
        }
    }

    /// The counts over all codes.
    #[must_use]
    pub fn overall(&self, level: Level) -> Counts {
        sum(self.codes().iter().map(|code| match level {
            Level::Article => code.by_article,
            Level::Agreement => code.by_agreement,
        }))
    }

    /// The counts of each code, in the order of their names.
    #[must_use]
    pub fn codes(&self) -> Vec<CodeFigures> {
        self.figures(|_, code| code.to_owned())
    }

    /// The counts of each language of agreements.
    #[must_use]
    pub fn languages(&self) -> Vec<CodeFigures> {
        self.figures(|judged, _| judged.language.clone())
    }

    fn figures(&self, name: impl Fn(&Judged, &str) -> String) -> Vec<CodeFigures> {
        let mut figures: BTreeMap<String, (Counts, Counts)> = BTreeMap::new();
        for judged in &self.agreements {
            let mut codes: BTreeMap<&str, (bool, bool)> = BTreeMap::new();
            for outcome in &judged.outcomes {
                let (labelled, found) = codes.entry(&outcome.code).or_default();
                *labelled |= outcome.verdict != Verdict::FalseAlarm;
                *found |= outcome.verdict != Verdict::Missed;
                if outcome.article.is_some() {
                    figures.entry(name(judged, &outcome.code)).or_default().0.add(one(outcome.verdict));
                }
            }
            for (code, state) in codes {
                let verdict = match state {
                    (true, true) => Verdict::Right,
                    (true, false) => Verdict::Missed,
                    _ => Verdict::FalseAlarm,
                };
                figures.entry(name(judged, code)).or_default().1.add(one(verdict));
            }
        }
        figures.into_iter().map(|(name, (by_article, by_agreement))| CodeFigures { name, by_article, by_agreement }).collect()
    }

    /// The mean of F1 over the codes with at least five labels, and how many codes these are; `None` where there are none.
    #[must_use]
    pub fn macro_f1(&self, level: Level) -> Option<(f64, usize)> {
        let values: Vec<f64> = self
            .codes()
            .iter()
            .map(|code| if level == Level::Article { code.by_article } else { code.by_agreement })
            .filter(|counts| counts.labelled() >= ENOUGH)
            .filter_map(Counts::f1)
            .collect();
        #[allow(clippy::cast_precision_loss, reason = "there are some forty codes")]
        (!values.is_empty()).then(|| (values.iter().sum::<f64>() / values.len() as f64, values.len()))
    }

    /// Force and place of the right findings.
    #[must_use]
    pub fn quotes(&self) -> Quotes {
        let mut quotes = Quotes::default();
        for outcome in self.agreements.iter().flat_map(|judged| &judged.outcomes) {
            quotes.not_found += usize::from(outcome.quote_not_found);
            if outcome.verdict != Verdict::Right {
                continue;
            }
            if let (Some(found), Some(labelled)) = (outcome.force, outcome.labelled_force) {
                *quotes.forces.entry((labelled, found)).or_default() += 1;
                quotes.equal_force.0 += usize::from(found == labelled);
                quotes.equal_force.1 += 1;
            }
            if let Some(same) = outcome.same_words {
                quotes.same_words.0 += usize::from(same);
                quotes.same_words.1 += 1;
            }
        }
        quotes
    }

    /// JSON with the figures and every outcome; the same outcomes give the same bytes. `changes` are those against another run.
    ///
    /// # Errors
    /// None in practice: it holds texts and numbers only; the error of `serde_json` is passed on.
    pub fn to_json(&self, changes: Option<&Changes>) -> Result<String, serde_json::Error> {
        let quotes = self.quotes();
        let named = |what: &'static str, figures: Vec<CodeFigures>| -> Vec<Value> {
            figures
                .into_iter()
                .map(|figure| json!({ what: figure.name, "by_article": counts(figure.by_article), "by_agreement": counts(figure.by_agreement) }))
                .collect()
        };
        let mean = |level| self.macro_f1(level).map(|(f1, codes)| json!({ "f1": rounded(f1), "codes": codes }));
        let forces: Vec<Value> = quotes
            .forces
            .iter()
            .map(|((labelled, found), count)| json!({ "labelled": labelled, "found": found, "count": count }))
            .collect();
        let mut value = json!({
            "schema": SCHEMA,
            "overall": {
                "by_article": counts(self.overall(Level::Article)),
                "by_agreement": counts(self.overall(Level::Agreement)),
                "macro_by_article": mean(Level::Article),
                "macro_by_agreement": mean(Level::Agreement),
            },
            "codes": named("code", self.codes()),
            "languages": named("language", self.languages()),
            "force": { "equal": quotes.equal_force.0, "compared": quotes.equal_force.1, "table": forces },
            "quotes": { "same_words": quotes.same_words.0, "compared": quotes.same_words.1, "not_found": quotes.not_found },
            "agreements": self.agreements,
        });
        if let Some(changes) = changes {
            value["changes"] = serde_json::to_value(changes)?;
        }
        serde_json::to_string_pretty(&value).map(|text| text + "\n")
    }

    /// Reads what [`Evaluation::to_json`] wrote.
    ///
    /// # Errors
    /// [`SavedError`].
    pub fn from_json(text: &str) -> Result<Self, SavedError> {
        let saved: Saved = serde_json::from_str(text)?;
        if saved.schema != SCHEMA {
            return Err(SavedError::Schema(saved.schema));
        }
        Ok(Self::new(saved.agreements))
    }

    /// Names of the agreements.
    pub(super) fn names(&self) -> BTreeSet<&str> {
        self.agreements.iter().map(|judged| judged.agreement.as_str()).collect()
    }
}

fn one(verdict: Verdict) -> Counts {
    let mut counts = Counts::default();
    *match verdict {
        Verdict::Right => &mut counts.right,
        Verdict::Missed => &mut counts.missed,
        Verdict::FalseAlarm => &mut counts.false_alarms,
    } = 1;
    counts
}

fn sum(all: impl Iterator<Item = Counts>) -> Counts {
    let mut total = Counts::default();
    for counts in all {
        total.add(counts);
    }
    total
}

/// Four digits: more would only show noise.
fn rounded(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}

fn counts(counts: Counts) -> Value {
    json!({
        "right": counts.right,
        "false_alarms": counts.false_alarms,
        "missed": counts.missed,
        "precision": counts.precision().map(rounded),
        "recall": counts.recall().map(rounded),
        "f1": counts.f1().map(rounded),
    })
}

/// The share of a pair of counts.
impl Quotes {
    /// The share of equal forces; `None` where none was compared.
    #[must_use]
    pub fn equal_force_share(&self) -> Option<f64> {
        share(self.equal_force.0, self.equal_force.1)
    }

    /// The share of findings that stand on the words of the label; `None` where none was compared.
    #[must_use]
    pub fn same_words_share(&self) -> Option<f64> {
        share(self.same_words.0, self.same_words.1)
    }
}
