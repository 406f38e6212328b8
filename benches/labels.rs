//! Findings against the hand-made labels: `clausula eval` on the corpus, as a user runs it.
//!
//! `cargo bench --bench labels [-- --rules DIR] [--code PREFIX] [--misses] [--against OTHER.json] [--format json]` reads `gold/` of the corpus.
#![allow(clippy::print_stderr, clippy::unwrap_used, missing_docs, reason = "a measurement, not the product")]

mod corpus;

use std::process::ExitCode;

use clap::Parser;
use clausula::cli::{self, Arguments};

fn main() -> ExitCode {
    let Some(folder) = corpus::folder() else { return ExitCode::SUCCESS };
    // cargo adds "--bench" to what it was given.
    let mut given: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if given.iter().any(|argument| argument == "--rules") && !given.iter().any(|argument| argument == "--only-rules") {
        given.push("--only-rules".to_owned());
    }
    let (labels, tota) = (folder.join("gold/labels.jsonl"), folder.join("tota"));
    let own = ["clausula".into(), "eval".into(), labels.into_os_string(), "--corpus".into(), tota.into_os_string()];
    cli::run(&Arguments::parse_from(own.into_iter().chain(given.into_iter().map(Into::into)))).into()
}
