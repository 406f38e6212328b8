//! Findings on labelled agreements against the list in `tests/ratchet.txt`: what was found must stay found, and the list of what is known to be
//! wrong must be true.
//!
//! The corpus is needed (`CLAUSULA_CORPUS` or `../shared/corpus`); otherwise the test says that it skips. After a change that was reviewed
//! (`cargo bench --bench labels -- --misses`), `CLAUSULA_RATCHET=update cargo test --test ratchet` writes the file anew; it keeps the reasons.
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stderr, reason = "tests")]

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use clausula::eval::{Labels, Verdict};
use clausula::rules::Rulebook;
use clausula::structure::Agreement;
use clausula::{document, scan};
use rayon::prelude::*;

/// A code of an article: agreement, article, code.
type Key = (String, String, String);

/// What is known of each key; a reason beside what is wrong.
#[derive(Default)]
struct Known {
    keys: BTreeMap<Key, (Verdict, String)>,
}

const FILE: &str = "tests/ratchet.txt";
const HEAD: &str = "\
# What is found on labelled agreements, by key only (agreement, article, codes): tests/ratchet.rs compares.
# found AGREEMENT ARTICLE CODE…       labelled and found: must stay so.
# missed AGREEMENT ARTICLE CODE: why  labelled and not found; take the line off when it is found.
# false AGREEMENT ARTICLE CODE: why   found and not labelled; take the line off when it is gone.
# After a review: CLAUSULA_RATCHET=update cargo test --test ratchet
";
/// The reason that a new line gets; somebody must replace it.
const UNSAID: &str = "not judged yet";

fn corpus() -> Option<PathBuf> {
    let folder = std::env::var_os("CLAUSULA_CORPUS")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus"), PathBuf::from);
    if !folder.join("gold/labels.jsonl").is_file() {
        eprintln!("skipped: no labels at {} (set CLAUSULA_CORPUS)", folder.display());
        return None;
    }
    Some(folder)
}

impl Known {
    fn parse(text: &str) -> Self {
        let mut known = Self::default();
        for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#')) {
            let (words, reason) = line.split_once(": ").unwrap_or((line, ""));
            let words: Vec<&str> = words.split_whitespace().collect();
            let [kind, agreement, article, codes @ ..] = words.as_slice() else { panic!("{FILE}:{number}: no line of this file: {line}") };
            let verdict = match *kind {
                "found" => Verdict::Right,
                "missed" => Verdict::Missed,
                "false" => Verdict::FalseAlarm,
                other => panic!("{FILE}:{number}: a line begins with found, missed or false, not with {other}"),
            };
            assert!(verdict == Verdict::Right || !reason.is_empty(), "{FILE}:{number}: say why, after a colon");
            for code in codes {
                let key = ((*agreement).to_owned(), (*article).to_owned(), (*code).to_owned());
                let twice = known.keys.insert(key, (verdict, reason.to_owned()));
                assert!(twice.is_none(), "{FILE}:{number}: a second line for {agreement} {article} {code}");
            }
        }
        known
    }

    /// The file: what is wrong first, then what is right, a line an article.
    fn write(&self) -> String {
        let mut out = String::from(HEAD);
        for (word, wanted) in [("missed", Verdict::Missed), ("false", Verdict::FalseAlarm)] {
            for ((agreement, article, code), (_, reason)) in self.keys.iter().filter(|(_, known)| known.0 == wanted) {
                writeln!(out, "{word} {agreement} {article} {code}: {reason}").unwrap();
            }
        }
        let mut right: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
        for ((agreement, article, code), _) in self.keys.iter().filter(|(_, known)| known.0 == Verdict::Right) {
            right.entry((agreement, article)).or_default().push(code);
        }
        for ((agreement, article), codes) in right {
            writeln!(out, "found {agreement} {article} {}", codes.join(" ")).unwrap();
        }
        out
    }

    /// What must be changed in the rules or in the file so that this list, the known one, and the one seen now agree.
    fn differences(&self, now: &Self) -> Vec<String> {
        let mut lines = Vec::new();
        for (key, (verdict, reason)) in &self.keys {
            let (agreement, article, code) = key;
            let place = format!("{agreement} {article} {code}");
            let is = now.keys.get(key).map(|known| known.0);
            match (verdict, is) {
                (known, Some(is)) if *known == is => {}
                (Verdict::Right, _) => {
                    lines.push(format!("LOST: {place} was found and is not: mend the rules, or write “missed {place}: why”"))
                }
                (Verdict::Missed, Some(Verdict::Right)) => {
                    lines.push(format!("GAINED: {place} is found: take “missed {place}: {reason}” off and write “found {place}”"));
                }
                (Verdict::FalseAlarm, None) => {
                    lines.push(format!("GAINED: {place} is no longer found: take “false {place}: {reason}” off"))
                }
                (_, is) => lines.push(format!("LABELS CHANGED: {place} was {verdict:?}, is {is:?}: update the file")),
            }
        }
        for ((agreement, article, code), (verdict, _)) in now.keys.iter().filter(|(key, _)| !self.keys.contains_key(*key)) {
            let place = format!("{agreement} {article} {code}");
            lines.push(match verdict {
                Verdict::FalseAlarm => format!("NEW FALSE ALARM: {place}: mend the rules, or write “false {place}: why”"),
                Verdict::Missed => format!("NEW MISS: {place}: mend the rules, or write “missed {place}: why”"),
                Verdict::Right => format!("NEW: {place} is labelled and found: write “found {place}”"),
            });
        }
        lines
    }
}

/// What is found now.
fn measured(folder: &Path) -> Known {
    let (labels, faults) = Labels::read(&folder.join("gold/labels.jsonl")).unwrap();
    assert!(faults.is_empty(), "{faults:?}");
    let rulebook = Rulebook::embedded().unwrap();
    let names: Vec<&str> = labels.agreements().into_keys().collect();
    let judged: Vec<_> = names
        .par_iter()
        .map(|name| {
            let file = format!("{name}.xml");
            let agreement = Agreement::new(document::read(&std::fs::read(folder.join("tota").join(&file)).unwrap()).unwrap());
            let (judged, faults) = labels.judge(name, &file, &agreement, &scan::scan(&agreement, &rulebook).findings);
            assert!(faults.is_empty(), "{faults:?}");
            judged
        })
        .collect();
    let mut now = Known::default();
    for one in judged {
        for outcome in one.outcomes {
            let key = (one.agreement.clone(), outcome.article.unwrap_or_default(), outcome.code);
            now.keys.insert(key, (outcome.verdict, UNSAID.to_owned()));
        }
    }
    now
}

#[test]
fn nothing_known_is_lost_and_the_lists_are_true() {
    let Some(folder) = corpus() else { return };
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE);
    let known = Known::parse(&std::fs::read_to_string(&path).unwrap_or_default());
    let mut now = measured(&folder);
    if std::env::var("CLAUSULA_RATCHET").is_ok_and(|value| value == "update") {
        for (key, (verdict, reason)) in &mut now.keys {
            if let Some((_, before)) = known.keys.get(key).filter(|before| before.0 == *verdict) {
                reason.clone_from(before);
            }
        }
        std::fs::write(&path, now.write()).unwrap();
        return;
    }
    let differences = known.differences(&now);
    assert!(differences.is_empty(), "{} differences from {FILE}:\n{}", differences.len(), differences.join("\n"));
}

/// The file itself, wherever the corpus is not: every line can be read, each key once, and it is as the update would write it.
#[test]
fn the_file_is_well_formed() {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE)).unwrap();
    let known = Known::parse(&text);
    assert!(known.keys.values().filter(|known| known.0 == Verdict::Right).count() > 100, "the list of findings is nearly empty");
    let unsaid: Vec<&Key> =
        known.keys.iter().filter(|(_, known)| known.0 != Verdict::Right && known.1 == UNSAID).map(|(key, _)| key).collect();
    assert!(unsaid.is_empty(), "say in {FILE} why these are wrong: {unsaid:?}");
    assert_eq!(known.write(), text);
}

#[test]
fn each_difference_names_the_line_to_change() {
    let known = Known::parse("missed a 1 coop.culture: a gap\nfalse a 2 coop.culture: a homonym\nfound a 3 coop.culture coop.heritage\n");
    let now = Known::parse("found a 1 coop.culture\nfound a 3 coop.culture\nmissed a 3 coop.heritage: x\nfalse a 4 coop.culture: x\n");
    let differences = known.differences(&now).join("\n");
    for wanted in [
        "GAINED: a 1 coop.culture is found: take “missed a 1 coop.culture: a gap” off and write “found a 1 coop.culture”",
        "GAINED: a 2 coop.culture is no longer found: take “false a 2 coop.culture: a homonym” off",
        "LOST: a 3 coop.heritage was found and is not",
        "NEW FALSE ALARM: a 4 coop.culture",
    ] {
        assert!(differences.contains(wanted), "{wanted} is not in\n{differences}");
    }
    assert!(known.differences(&known).is_empty());
}
