//! Findings against the hand-made labels: precision, recall and F1 for each code, by article.
//!
//! `cargo bench --bench labels [-- --rules DIR] [--code CODE] [--misses]` reads `gold/` of the corpus. A code counts once per
//! article; findings in articles without a label line count as wrong, except `except.treasures` in `treasures.json`.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    missing_docs,
    reason = "a measurement, not the product"
)]

mod corpus;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use clausula::structure::Agreement;
use clausula::{document, scan};
use rayon::prelude::*;

fn main() {
    let Some(folder) = corpus::folder() else { return };
    let only = corpus::option("--code");
    let rulebook = corpus::rulebook();
    let mut agreements: Vec<String> = serde_json::from_slice(&std::fs::read(folder.join("gold/agreements.json")).unwrap()).unwrap();
    let treasures: BTreeSet<String> =
        serde_json::from_slice::<Vec<String>>(&std::fs::read(folder.join("gold/treasures.json")).unwrap()).unwrap().into_iter().collect();
    let mut truth: HashMap<(String, String), String> = HashMap::new();
    let mut labelled: BTreeSet<String> = BTreeSet::new();
    for line in std::fs::read_to_string(folder.join("gold/labels.jsonl")).unwrap().lines() {
        let label: serde_json::Value = serde_json::from_str(line).unwrap();
        labelled.insert(label["id"].as_str().unwrap().to_owned());
        for (code, value) in label["codes"].as_object().unwrap() {
            truth.insert((label["id"].as_str().unwrap().to_owned(), code.clone()), value["quote"].as_str().unwrap_or_default().to_owned());
        }
    }
    // Some agreements have labels without being in the list: only their labelled articles are scored.
    let listed: BTreeSet<String> = agreements.iter().cloned().collect();
    agreements.extend(
        labelled
            .iter()
            .filter_map(|id| id.split('#').next())
            .map(str::to_owned)
            .collect::<BTreeSet<_>>()
            .into_iter()
            .filter(|stem| !listed.contains(stem)),
    );
    for id in &treasures {
        truth.entry((id.clone(), "except.treasures".into())).or_default();
    }
    let (listed, labelled) = (&listed, &labelled);
    let found: HashMap<(String, String), String> = agreements
        .par_iter()
        .flat_map_iter(|stem| {
            let bytes = std::fs::read(folder.join("tota").join(format!("{stem}.xml"))).unwrap();
            let agreement = Agreement::new(document::read(&bytes).unwrap());
            scan::scan(&agreement, &rulebook).findings.into_iter().filter_map(move |finding| {
                let id = format!("{stem}#{}", finding.source_id?);
                if !listed.contains(stem) && !labelled.contains(&id) {
                    return None;
                }
                Some((
                    (id, finding.code.to_owned()),
                    format!("[{}] {} {}", finding.rule, finding.citation, finding.quote.split_whitespace().collect::<Vec<_>>().join(" ")),
                ))
            })
        })
        .collect();
    let mut counts: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    let scored = |code: &str| !code.starts_with("support.") && only.as_deref().is_none_or(|only| code.starts_with(only));
    let keys: BTreeSet<&(String, String)> = truth.keys().chain(found.keys()).filter(|key| scored(&key.1)).collect();
    for key in &keys {
        let index = match (truth.contains_key(*key), found.contains_key(*key)) {
            (true, true) => 0,
            (false, true) => 1,
            _ => 2,
        };
        counts.entry(&key.1).or_default()[index] += 1;
    }
    let mut total = [0; 3];
    let (mut macro_sum, mut macro_count) = (0.0, 0);
    println!("{:28} {:>5} {:>5} {:>5} {:>6} {:>6} {:>6}", "code", "right", "false", "missed", "P", "R", "F1");
    for (code, [right, wrong, missed]) in &counts {
        let (p, r, f) = measure(*right, *wrong, *missed);
        println!("{code:28} {right:5} {wrong:5} {missed:5}  {p:6.3} {r:6.3} {f:6.3}");
        for (sum, count) in total.iter_mut().zip([right, wrong, missed]) {
            *sum += count;
        }
        if right + missed >= 5 {
            macro_sum += f;
            macro_count += 1;
        }
    }
    let (p, r, f) = measure(total[0], total[1], total[2]);
    println!(
        "micro: precision {p:.3} recall {r:.3} F1 {f:.3}; macro F1 over {macro_count} codes with at least 5 labels {:.3}",
        macro_sum / f64::from(macro_count.max(1))
    );
    if corpus::flag("--misses") {
        for key in keys {
            match (truth.get(key), found.get(key)) {
                (Some(quote), None) => println!("MISSED {} {} | {quote}", key.1, key.0),
                (None, Some(words)) => println!("FALSE  {} {} | {words}", key.1, key.0),
                _ => {}
            }
        }
    }
}

fn measure(right: usize, wrong: usize, missed: usize) -> (f64, f64, f64) {
    let ratio = |part: usize, whole: usize| if whole == 0 { 0.0 } else { part as f64 / whole as f64 };
    let (p, r) = (ratio(right, right + wrong), ratio(right, right + missed));
    (p, r, if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 })
}
