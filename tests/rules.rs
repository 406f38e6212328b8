//! The examples inside the rule files: one test for each file.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

use clausula::rules::{Expect, Rulebook};
use clausula::scan::run_examples;

/// Runs the examples of one file and shows every one that fails.
fn examples_of(file: &str) {
    let rulebook =
        Rulebook::embedded().unwrap_or_else(|faults| panic!("{}", faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")));
    let results: Vec<_> = run_examples(&rulebook).into_iter().filter(|result| result.place.0 == file).collect();
    assert!(results.iter().any(|result| result.expect == Expect::Fires), "{file} has no example");
    let failed: Vec<String> = results
        .iter()
        .filter(|result| !result.passed())
        .map(|result| {
            format!("{file}:{} rule {}: {:?} but fired = {}: {}", result.place.1, result.rule, result.expect, result.fired, result.text)
        })
        .collect();
    assert!(failed.is_empty(), "{} of {} examples fail:\n{}", failed.len(), results.len(), failed.join("\n"));
}

macro_rules! rule_files {
    ($($name:ident),*) => { $(#[test] fn $name() { examples_of(concat!(stringify!($name), ".toml")); })* };
}

rule_files!(digital, exceptions, governance, nature, preference, references, supporting);
