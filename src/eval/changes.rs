//! Two evaluations side by side: what a change of the rules gained and lost.

use std::collections::BTreeMap;

use serde::Serialize;

use super::evaluation::Evaluation;
use super::judge::{Outcome, Verdict};

/// What became of a code of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Turn {
    /// Was missed, is found.
    RightNow,
    /// Was found, is missed.
    MissedNow,
    /// A false alarm that was not there.
    FalseNow,
    /// A false alarm that is gone.
    FalseGone,
}

impl Turn {
    /// Whether the change is for the better.
    #[must_use]
    pub const fn is_gain(self) -> bool {
        matches!(self, Self::RightNow | Self::FalseGone)
    }
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What happened.
    pub turn: Turn,
    /// The agreement.
    pub agreement: String,
    /// The outcome now; for a false alarm that is gone, the one before.
    pub outcome: Outcome,
}

/// Everything that differs between two evaluations of the same labels.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Changes {
    /// The changes, by kind, agreement, article and code.
    pub changes: Vec<Change>,
    /// Codes of articles whose label itself differs between the two: they are not counted as changes.
    pub relabelled: usize,
    /// Agreements that only the other evaluation has.
    pub only_before: Vec<String>,
    /// Agreements that only this one has.
    pub only_now: Vec<String>,
}

type Outcomes<'e> = BTreeMap<(&'e str, Option<&'e str>, &'e str), &'e Outcome>;

impl Changes {
    /// What is different `now` from `before`; agreements that only one of them has are named and not compared.
    #[must_use]
    pub fn between(before: &Evaluation, now: &Evaluation) -> Self {
        let (names_before, names_now) = (before.names(), now.names());
        let missing = |one: &std::collections::BTreeSet<&str>, other: &std::collections::BTreeSet<&str>| -> Vec<String> {
            one.difference(other).map(|name| (*name).to_owned()).collect()
        };
        let mut changes =
            Self { only_before: missing(&names_before, &names_now), only_now: missing(&names_now, &names_before), ..Self::default() };
        let (old, new) = (outcomes(before), outcomes(now));
        let in_both = |key: &&(&str, Option<&str>, &str)| names_before.contains(key.0) && names_now.contains(key.0);
        let only_old = old.keys().filter(|key| !new.contains_key(*key));
        for key in new.keys().chain(only_old).filter(in_both) {
            let (was, is) = (old.get(key), new.get(key));
            let labelled = |outcome: Option<&&Outcome>| outcome.is_some_and(|outcome| outcome.verdict != Verdict::FalseAlarm);
            if labelled(was) != labelled(is) {
                changes.relabelled += 1;
                continue;
            }
            let turn = match (was.map(|outcome| outcome.verdict), is.map(|outcome| outcome.verdict)) {
                (Some(Verdict::Missed), Some(Verdict::Right)) => Turn::RightNow,
                (Some(Verdict::Right), Some(Verdict::Missed)) => Turn::MissedNow,
                (None, Some(Verdict::FalseAlarm)) => Turn::FalseNow,
                (Some(Verdict::FalseAlarm), None) => Turn::FalseGone,
                _ => continue,
            };
            if let Some(&outcome) = is.or(was) {
                changes.changes.push(Change { turn, agreement: key.0.to_owned(), outcome: outcome.clone() });
            }
        }
        changes.changes.sort_by(|one, other| {
            let key =
                |change: &Change| (change.turn, change.agreement.clone(), change.outcome.article.clone(), change.outcome.code.clone());
            key(one).cmp(&key(other))
        });
        changes
    }

    /// How often each thing happened to each code.
    #[must_use]
    pub fn by_code(&self) -> BTreeMap<&str, BTreeMap<Turn, usize>> {
        let mut codes: BTreeMap<&str, BTreeMap<Turn, usize>> = BTreeMap::new();
        for change in &self.changes {
            *codes.entry(&change.outcome.code).or_default().entry(change.turn).or_default() += 1;
        }
        codes
    }
}

fn outcomes(evaluation: &Evaluation) -> Outcomes<'_> {
    evaluation
        .agreements
        .iter()
        .flat_map(|judged| {
            judged.outcomes.iter().map(|outcome| ((judged.agreement.as_str(), outcome.article.as_deref(), outcome.code.as_str()), outcome))
        })
        .collect()
}
