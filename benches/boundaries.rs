//! Article boundaries: how many articles of the plain texts are cut as the XML of the same treaty cuts them.
//!
//! `cargo bench --bench boundaries [-- --worst N]` reads `pairs.json` of the corpus and prints the share over all articles and on
//! the average text, and the texts that fare worst. An article is right when the word F1 of its text is at least 0.9.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    missing_docs,
    reason = "a measurement, not the product"
)]

mod corpus;

use std::collections::{HashMap, HashSet};

use clausula::document;
use clausula::structure::{Agreement, Kind};
use rayon::prelude::*;

struct Score {
    file: String,
    right: usize,
    total: usize,
    numbers: usize,
    missed: Vec<String>,
}

fn main() {
    let Some(folder) = corpus::folder() else { return };
    let worst = corpus::option("--worst").and_then(|number| number.parse().ok()).unwrap_or(10);
    let only = corpus::option("--file");
    let pairs: Vec<serde_json::Value> = serde_json::from_slice(&std::fs::read(folder.join("pairs.json")).unwrap()).unwrap();
    let mut scores: Vec<Score> = pairs
        .par_iter()
        .filter(|pair| pair["coverage"].as_f64().unwrap_or(0.0) >= 0.85)
        .filter(|pair| only.as_deref().is_none_or(|only| pair["file"].as_str().unwrap().contains(only)))
        .map(|pair| score(&folder, pair))
        .collect();
    let (right, total): (usize, usize) = scores.iter().fold((0, 0), |sum, s| (sum.0 + s.right, sum.1 + s.total));
    let numbers: usize = scores.iter().map(|s| s.numbers).sum();
    let average = scores.iter().map(|s| s.right as f64 / s.total.max(1) as f64).sum::<f64>() / scores.len().max(1) as f64;
    println!(
        "{} texts, {total} articles: right {:.3} over all, {average:.3} on the average text; of these right number {:.3}",
        scores.len(),
        right as f64 / total as f64,
        numbers as f64 / right.max(1) as f64
    );
    scores.sort_by(|a, b| (a.right as f64 / a.total.max(1) as f64).total_cmp(&(b.right as f64 / b.total.max(1) as f64)));
    for s in scores.iter().take(worst) {
        println!("{:.2} {:4}/{:4}  {}", s.right as f64 / s.total.max(1) as f64, s.right, s.total, s.file);
        if only.is_some() {
            for line in &s.missed {
                println!("      {line}");
            }
        }
    }
}

fn score(folder: &std::path::Path, pair: &serde_json::Value) -> Score {
    let file = pair["file"].as_str().unwrap();
    let absent: HashSet<&str> =
        pair["absent"].as_array().map(|list| list.iter().filter_map(|id| id.as_str()).collect()).unwrap_or_default();
    let read = |path: std::path::PathBuf| Agreement::new(document::read(&std::fs::read(path).unwrap()).unwrap());
    let truth = read(folder.join("tota").join(format!("{}.xml", pair["tota"].as_str().unwrap())));
    let found = read(folder.join("texts").join(file));
    let nodes: Vec<_> = found
        .provisions
        .iter()
        .filter(|p| matches!(p.kind, Kind::Article | Kind::Preamble | Kind::Signature))
        .map(|p| (p.number.clone(), words(p.span.of(&found.document.text)), p.kind))
        .collect();
    let mut score =
        Score { file: format!("{file} ({})", pair["tota"].as_str().unwrap()), right: 0, total: 0, numbers: 0, missed: Vec::new() };
    for article in truth.provisions.iter().filter(|p| p.source_id.is_some() && matches!(p.kind, Kind::Article)) {
        let text = article.span.of(&truth.document.text);
        let wanted = words(text);
        let count: usize = wanted.values().sum();
        if count < 15 || absent.contains(article.source_id.as_deref().unwrap()) {
            continue;
        }
        score.total += 1;
        let best = nodes
            .iter()
            .filter(|node| node.2 == Kind::Article)
            .map(|node| (f1(&wanted, &node.1), &node.0))
            .max_by(|a, b| a.0.total_cmp(&b.0));
        match best {
            Some((f1, number)) if f1 >= 0.9 => {
                score.right += 1;
                if number.as_deref().map(str::to_uppercase) == article.number.as_deref().map(str::to_uppercase) {
                    score.numbers += 1;
                } else {
                    score.missed.push(format!("number {:?} found as {number:?}", article.number));
                }
            }
            best => score.missed.push(format!(
                "{} {:?}: best {:.2} {:?} | {}",
                article.number.as_deref().unwrap_or("-"),
                article.heading,
                best.map_or(0.0, |b| b.0),
                best.and_then(|b| b.1.clone()),
                text.chars().skip(20).take(100).collect::<String>().replace('\n', " ")
            )),
        }
    }
    score
}

/// The words of a text with their counts, in lower case.
fn words(text: &str) -> HashMap<String, usize> {
    let mut counts = HashMap::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *counts.entry(word.to_lowercase()).or_insert(0) += 1;
    }
    counts
}

/// F1 of two bags of words.
fn f1(one: &HashMap<String, usize>, other: &HashMap<String, usize>) -> f64 {
    let common: usize = one.iter().map(|(word, count)| count.min(other.get(word).unwrap_or(&0))).sum();
    let total: usize = one.values().sum::<usize>() + other.values().sum::<usize>();
    if total == 0 { 1.0 } else { 2.0 * common as f64 / total as f64 }
}
