//! Speed: megabytes a second from text to findings, and how the time grows with the length of a text and the number of rules.
//!
//! `cargo bench --bench speed` needs no corpus: it joins the sample agreements. With a corpus it measures that as well. All
//! growth is given as a ratio of runs side by side; 1.00 is a straight line.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    missing_docs,
    reason = "a measurement, not the product"
)]

mod corpus;

use std::hint::black_box;
use std::time::{Duration, Instant};

use clausula::analysis::Analysis;
use clausula::document::{self, Document};
use clausula::rules::{EMBEDDED, Rulebook, Source};
use clausula::structure::Agreement;

fn main() {
    let rulebook = Rulebook::embedded().unwrap();
    let sample = std::fs::read_to_string("agreements/norrland-saltmere-free-trade.txt").unwrap();
    println!("growth with length (time for n times the text, divided by n times the time for once)");
    growth("structure alone", &sample, structure_alone);
    growth("review of the structure", &sample, review_alone);
    growth("text to verdicts", &sample, |text| best(|| analyse(text, &rulebook)));
    println!("growth with rules (time with the rules n times, divided by the time with them once)");
    let long = sample.repeat(10);
    let single = best(|| analyse(&long, &rulebook));
    for times in [2, 4] {
        let many = Rulebook::from_sources(&copies(times)).unwrap();
        println!("  {times} times: {:.2}", best(|| analyse(&long, &many)).as_secs_f64() / single.as_secs_f64());
    }
    let Some(folder) = corpus::folder() else { return };
    let mut texts: Vec<Document> = Vec::new();
    for entry in std::fs::read_dir(folder.join("texts")).unwrap() {
        texts.extend(document::read(&std::fs::read(entry.unwrap().path()).unwrap()).ok());
    }
    let megabytes = texts.iter().map(|document| document.text.len()).sum::<usize>() as f64 / 1e6;
    let rate = |work: &dyn Fn(Document)| {
        let mut total = Duration::ZERO;
        for document in &texts {
            let document = document.clone();
            let start = Instant::now();
            work(document);
            total += start.elapsed();
        }
        megabytes / total.as_secs_f64()
    };
    println!("plain texts of the corpus, {megabytes:.1} MB, one core");
    println!("  structure alone: {:.1} MB/s", rate(&|document| drop(black_box(Agreement::new(document)))));
    println!("  text to verdicts: {:.1} MB/s", rate(&|document| drop(black_box(Analysis::new("-", document, &rulebook)))));
}

/// Prints how the time of some work grows when the same treaty stands in a text once, 10 and 100 times.
fn growth(name: &str, sample: &str, time: impl Fn(&str) -> Duration) {
    println!("  {name}");
    let once = time(sample).as_secs_f64();
    for times in [1, 10, 100] {
        let long = sample.repeat(times);
        let taken = time(&long).as_secs_f64();
        println!("  {times:5} times: {:.2} ({:.1} MB/s)", taken / (once * times as f64), long.len() as f64 / 1e6 / taken);
    }
}

/// The time from a document to its tree.
fn structure_alone(text: &str) -> Duration {
    let document = document::read(text.as_bytes()).unwrap();
    timed(|| document.clone(), |document| drop(black_box(Agreement::new(document))))
}

/// The time from a tree to its confidence and oddities.
fn review_alone(text: &str) -> Duration {
    let agreement = Agreement::new(document::read(text.as_bytes()).unwrap());
    best(|| drop(black_box(agreement.review())))
}

fn analyse(text: &str, rulebook: &Rulebook) {
    let document = document::read(text.as_bytes()).unwrap();
    black_box(Analysis::new("-", document, rulebook));
}

/// The best of five runs.
fn best(work: impl Fn()) -> Duration {
    timed(|| (), |()| work())
}

/// The best of five runs, each on an input of its own that is made before the clock runs.
fn timed<T>(input: impl Fn() -> T, work: impl Fn(T)) -> Duration {
    (0..5)
        .map(|_| {
            let input = input();
            let start = Instant::now();
            work(input);
            start.elapsed()
        })
        .min()
        .unwrap()
}

/// The rules several times over, the copies with a word that no treaty has.
fn copies(times: usize) -> Vec<Source> {
    let mut sources: Vec<Source> =
        EMBEDDED.iter().map(|(name, text)| Source { name: (*name).to_owned(), text: (*text).to_owned() }).collect();
    let rules: Vec<Source> = sources
        .iter()
        .filter(|source| !source.name.contains("vocabulary") && source.name != "themes.toml" && source.name != "sectors.toml")
        .cloned()
        .collect();
    for copy in 1..times {
        for source in &rules {
            let mut text = String::new();
            for line in source.text.lines() {
                let changed = if line.starts_with("id") { line.replace("= \"", &format!("= \"copy-{copy}-")) } else { line.to_owned() };
                text.push_str(&changed);
                text.push('\n');
            }
            sources.push(Source { name: format!("copy-{copy}-{}", source.name), text });
        }
    }
    sources
}
