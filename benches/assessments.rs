//! Verdicts and coverage against the hand-made assessments.
//!
//! `cargo bench --bench assessments [-- --differences]` reads `gold/assessments.jsonl` of the corpus.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    missing_docs,
    reason = "a measurement, not the product"
)]

mod corpus;

use std::collections::BTreeMap;

use clausula::analysis::Analysis;
use clausula::document;

fn main() {
    let Some(folder) = corpus::folder() else { return };
    let show = corpus::flag("--differences");
    let rulebook = corpus::rulebook();
    let (mut equal, mut total) = ([0; 2], [0; 2]);
    let mut per_row: BTreeMap<String, [usize; 2]> = BTreeMap::new();
    for line in std::fs::read_to_string(folder.join("gold/assessments.jsonl")).unwrap().lines() {
        let truth: serde_json::Value = serde_json::from_str(line).unwrap();
        let id = truth["id"].as_str().unwrap();
        let bytes = std::fs::read(folder.join("tota").join(format!("{id}.xml"))).unwrap();
        let found = Analysis::new(id, document::read(&bytes).unwrap(), &rulebook);
        for requirement in &found.requirements {
            let wanted = &truth["requirements"][&requirement.id];
            let same = wanted["verdict"] == requirement.verdict.name();
            total[0] += 1;
            equal[0] += usize::from(same);
            let row = per_row.entry(requirement.id.to_owned()).or_default();
            row[0] += usize::from(same);
            row[1] += 1;
            if show && (!same || wanted["adverse"] != requirement.adverse) {
                println!(
                    "{id} {}: {}{} wanted {}{} | {} || {}",
                    requirement.id,
                    requirement.verdict.name(),
                    if requirement.adverse { "!" } else { "" },
                    wanted["verdict"],
                    if wanted["adverse"] == true { "!" } else { "" },
                    requirement.because,
                    wanted["because"]
                );
            }
        }
        let key = |heading: &str, theme: &str| (heading.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" "), theme.to_owned());
        let mine: BTreeMap<_, _> =
            found.coverage.iter().map(|row| (key(&row.heading, row.theme.name()), (row.covered.name(), row.because.clone()))).collect();
        let theirs: BTreeMap<_, _> = truth["coverage"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| {
                (
                    key(row["chapter"].as_str().unwrap(), row["theme"].as_str().unwrap()),
                    (row["covered"].as_str().unwrap(), row["because"].as_str().unwrap().to_owned()),
                )
            })
            .collect();
        for cell in mine.keys().chain(theirs.keys().filter(|cell| !mine.contains_key(*cell))) {
            total[1] += 1;
            match (mine.get(cell), theirs.get(cell)) {
                (Some(one), Some(other)) if one.0 == other.0 => equal[1] += 1,
                (one, other) if show => println!("{id} {cell:?}: {one:?} wanted {other:?}"),
                _ => {}
            }
        }
    }
    for (row, [equal, total]) in per_row {
        println!("{row:24} {equal:3}/{total}");
    }
    println!(
        "verdicts equal {}/{} = {:.3}; coverage cells equal {}/{} = {:.3} (cells that only one side has count as different)",
        equal[0],
        total[0],
        equal[0] as f64 / total[0] as f64,
        equal[1],
        total[1],
        equal[1] as f64 / total[1] as f64
    );
}
