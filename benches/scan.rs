//! Speed of the scan beside ripgrep with the same literals, on one core and on two, and its growth with the number of rules.
//!
//! `cargo bench --bench scan [-- --no-growth]` reads the plain texts of the corpus. All rates come from one run; ripgrep (`rg`) is called on the texts
//! as they are, whatever the case, and on one core and two as well; without it that line is left out.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    missing_docs,
    reason = "a measurement, not the product"
)]

mod corpus;

use std::collections::{BTreeMap, BTreeSet};
use std::hint::black_box;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use clausula::document::{self, Document};
use clausula::rules::{FileKind, Rulebook, Source, built_in};
use clausula::scan;
use clausula::structure::Agreement;
use rayon::prelude::*;

/// Runs of which the best counts.
const RUNS: usize = 5;

fn main() {
    let Some(folder) = corpus::folder() else { return };
    let rulebook = corpus::rulebook();
    let texts = folder.join("texts");
    let mut paths: Vec<_> = std::fs::read_dir(&texts).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let documents: Vec<Document> = paths.iter().filter_map(|path| document::read(&std::fs::read(path).unwrap()).ok()).collect();
    let megabytes = documents.iter().map(|document| document.text.len()).sum::<usize>() as f64 / 1e6;
    let agreements: Vec<Agreement> = documents.iter().cloned().map(Agreement::new).collect();
    let words: Vec<String> = rulebook.literals.iter().map(|literal| literal.trim().to_owned()).collect();
    println!("{megabytes:.1} MB of plain texts, {} phrases, {} literals; best of {RUNS}", rulebook.matchers.len(), words.len());
    let scan_all = |rulebook: &Rulebook| {
        for agreement in &agreements {
            black_box(scan::scan(agreement, rulebook));
        }
    };
    let one = seconds(|| scan_all(&rulebook));
    println!("scan, one core:                 {:7.1} MB/s", megabytes / one);
    let two = seconds(|| agreements.par_iter().for_each(|agreement| drop(black_box(scan::scan(agreement, &rulebook)))));
    println!("scan, {} cores:                  {:7.1} MB/s", rayon::current_num_threads(), megabytes / two);
    let whole = |document: &Document, rulebook: &Rulebook| {
        let agreement = Agreement::new(document.clone());
        drop(black_box(scan::scan(&agreement, rulebook)));
    };
    let way = |rulebook: &Rulebook| seconds(|| documents.iter().for_each(|document| whole(document, rulebook)));
    let way_one = way(&rulebook);
    println!("text to findings, one core:     {:7.1} MB/s", megabytes / way_one);
    let way_two = seconds(|| documents.par_iter().for_each(|document| whole(document, &rulebook)));
    println!("text to findings, {} cores:      {:7.1} MB/s", rayon::current_num_threads(), megabytes / way_two);
    for threads in [1, 2] {
        match ripgrep(&texts, &words, threads) {
            Some(time) => println!(
                "rg -c -i -F -f literals, -j{threads}:     {:7.1} MB/s ({:.2} times our scan)",
                megabytes / time,
                if threads == 1 { one / time } else { two / time }
            ),
            None => println!("rg is not installed: nothing to compare with"),
        }
    }
    if corpus::flag("--no-growth") {
        return;
    }
    let sources = built_in();
    for (what, changed) in
        [("other words of the rules in place of each", true), ("the same words: every copy finds what the first finds", false)]
    {
        println!("growth with the rules, {what}");
        for times in [2, 4] {
            let many = Rulebook::from_sources(&copies(&sources, times, changed)).unwrap();
            let taken = seconds(|| scan_all(&many));
            println!(
                "  {times} times ({} literals): scan {:.2}, text to findings {:.2}",
                many.literals.len(),
                taken / one,
                way(&many) / way_one
            );
        }
    }
}

/// The best time of some work, in seconds.
fn seconds(work: impl Fn()) -> f64 {
    (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed().as_secs_f64()
        })
        .fold(f64::INFINITY, f64::min)
}

/// The best time of ripgrep over the texts, the start of the process included.
fn ripgrep(texts: &Path, words: &[String], threads: usize) -> Option<f64> {
    let list = std::env::temp_dir().join(format!("clausula-literals-{}.txt", std::process::id()));
    std::fs::File::create(&list).ok()?.write_all(words.join("\n").as_bytes()).ok()?;
    let mut best = f64::INFINITY;
    for _ in 0..RUNS {
        let start = Instant::now();
        let status = Command::new("rg")
            .args(["-c", "-i", "-F", "-a", "--encoding", "none", "-j", &threads.to_string(), "-f"])
            .arg(&list)
            .arg(texts)
            .stdout(Stdio::null())
            .status()
            .ok()?;
        best = if status.success() { best.min(start.elapsed().as_secs_f64()) } else { best };
    }
    std::fs::remove_file(&list).ok()?;
    Some(best)
}

/// The rules several times over. In changed copies every longer word of a phrase is another word of the rules, so that the
/// copies look for words that treaties use as often.
fn copies(sources: &[Source], times: usize, changed: bool) -> Vec<Source> {
    let phrase_line = |line: &str| !["id", "code", "why", "note", "force", "where", "#", "["].iter().any(|start| line.starts_with(start));
    let is_rules = |source: &&Source| FileKind::of(&source.name) == FileKind::Rules;
    let words: BTreeSet<&str> = sources
        .iter()
        .filter(is_rules)
        .flat_map(|source| source.text.lines())
        .filter(|line| phrase_line(line))
        .flat_map(words_of)
        .collect();
    let words: Vec<&str> = words.into_iter().collect();
    let mut all = sources.to_vec();
    for copy in 1..times {
        let step = copy * 37 % words.len().max(1);
        let other: BTreeMap<&str, &str> = words.iter().enumerate().map(|(at, word)| (*word, words[(at + step) % words.len()])).collect();
        for source in sources.iter().filter(is_rules) {
            let mut text = String::new();
            for line in source.text.lines() {
                if line.starts_with("id") {
                    text.push_str(&line.replace("= \"", &format!("= \"copy-{copy}-")));
                } else if changed && phrase_line(line) {
                    text.push_str(&exchanged(line, &other));
                } else {
                    text.push_str(line);
                }
                text.push('\n');
            }
            all.push(Source { name: format!("copy-{copy}-{}", source.name), text });
        }
    }
    all
}

/// The words of a line that are exchanged: plain letters, at least four, no names of vocabulary or keys.
fn words_of(line: &str) -> Vec<&str> {
    pieces(line).into_iter().filter(|(_, word)| *word).map(|(piece, _)| piece).collect()
}

/// A line in pieces, each with whether it is a word to exchange.
fn pieces(line: &str) -> Vec<(&str, bool)> {
    let mut found = Vec::new();
    let (mut start, mut inside, mut quoted) = (0, false, false);
    for (at, character) in line.char_indices().chain([(line.len(), '"')]) {
        let letter = character.is_ascii_lowercase() || character == '_';
        if letter != inside || at == line.len() {
            let piece = &line[start..at];
            let before = line[..start].chars().next_back();
            let word = inside
                && quoted
                && piece.len() > 3
                && !piece.contains('_')
                && before != Some('{')
                && before.is_none_or(|c| !c.is_alphanumeric())
                && character.is_ascii();
            found.push((piece, word));
            (start, inside) = (at, letter);
        }
        if character == '"' {
            quoted = !quoted;
        }
    }
    found
}

fn exchanged(line: &str, other: &BTreeMap<&str, &str>) -> String {
    pieces(line).into_iter().map(|(piece, word)| if word { other.get(piece).copied().unwrap_or(piece) } else { piece }).collect()
}
