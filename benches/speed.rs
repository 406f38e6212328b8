//! Speed: megabytes a second from text to verdicts, and how the time grows with the length of a text (`scan`: with the rules).
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
use clausula::rules::Rulebook;
use clausula::structure::Agreement;

fn main() {
    let rulebook = Rulebook::embedded().unwrap();
    let sample = std::fs::read_to_string("agreements/norrland-saltmere-free-trade.txt").unwrap();
    println!("growth with length (time for n times the text, divided by n times the time for once)");
    growth("structure alone", &sample, structure_alone);
    growth("review of the structure", &sample, review_alone);
    growth("text to verdicts", &sample, |text| best(|| analyse(text, &rulebook)));
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
