//! Real agreements, where the corpus is at hand (`CLAUSULA_CORPUS` or `../shared/corpus`); otherwise the test says that it skips.
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stderr, reason = "tests")]

#[path = "invariants/tree.rs"]
mod tree;

use std::path::PathBuf;

use clausula::analysis::Analysis;
use clausula::rules::Rulebook;
use clausula::structure::Agreement;
use clausula::{document, scan};
use rayon::prelude::*;

fn corpus() -> Option<PathBuf> {
    let folder = std::env::var_os("CLAUSULA_CORPUS")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus"), PathBuf::from);
    if !folder.join("tota").is_dir() {
        eprintln!("skipped: no corpus at {} (set CLAUSULA_CORPUS)", folder.display());
        return None;
    }
    Some(folder)
}

fn files(folder: &std::path::Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file()).collect();
    files.sort();
    files
}

/// On every text of the corpus the own words of the provisions, joined, give the text back; spans nest and ids are unique.
#[test]
fn every_tree_keeps_its_promises() {
    let Some(folder) = corpus() else { return };
    let all: Vec<PathBuf> = ["tota", "texts"].iter().flat_map(|name| files(&folder.join(name))).collect();
    let read = all.par_iter().filter(|path| {
        let Ok(document) = document::read(&std::fs::read(path).unwrap()) else { return false };
        let kept = tree::check(&Agreement::new(document));
        assert!(kept.is_ok(), "{}: {kept:?}", path.display());
        true
    });
    assert_eq!(read.count(), all.len(), "files that could not be read");
}

/// On files of every format: own words joined give the text back, quotes stand at their places, and nothing panics.
#[test]
fn nothing_is_lost() {
    let Some(folder) = corpus() else { return };
    let rulebook = Rulebook::embedded().unwrap();
    let all: Vec<PathBuf> = ["tota", "texts", "documents/pdf", "documents/docx", "documents/html", "documents/md"]
        .iter()
        .flat_map(|name| files(&folder.join(name)))
        .collect();
    // A part of the files keeps the test short; which part depends on the place in the list only.
    let step = if cfg!(debug_assertions) { 6 } else { 1 };
    all.par_iter().step_by(step).for_each(|path| {
        let Ok(document) = document::read(&std::fs::read(path).unwrap()) else { return };
        let agreement = Agreement::new(document.clone());
        let kept = tree::check(&agreement);
        assert!(kept.is_ok(), "{}: {kept:?}", path.display());
        for finding in scan::scan(&agreement, &rulebook).findings {
            assert_eq!(finding.quote, finding.span.of(&document.text), "{}", path.display());
        }
    });
}

/// Every agreement whose text names the Convention is found, with the article and the quote.
#[test]
fn every_reference_to_the_convention_is_found() {
    let Some(folder) = corpus() else { return };
    let rulebook = Rulebook::embedded().unwrap();
    let names = |text: &str| {
        let folded: String = text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ").replace("- ", "");
        ["diversity of cultural expressions", "diversité des expressions culturelles", "diversidad de las expresiones culturales"]
            .iter()
            .any(|title| {
                folded.match_indices(title).any(|(at, _)| {
                    let mut from = at.saturating_sub(90);
                    while !folded.is_char_boundary(from) {
                        from += 1;
                    }
                    ["convention", "convención"].iter().any(|word| folded[from..at].contains(word))
                })
            })
    };
    let missed: Vec<String> = ["tota", "texts"]
        .iter()
        .flat_map(|name| files(&folder.join(name)))
        .collect::<Vec<_>>()
        .par_iter()
        .filter_map(|path| {
            let document = document::read(&std::fs::read(path).unwrap()).ok()?;
            let named = names(&document.text);
            let found = Analysis::new("-", document, &rulebook).findings.iter().any(|finding| finding.code == "ref.convention");
            (named && !found).then(|| path.display().to_string())
        })
        .collect();
    assert!(missed.is_empty(), "named but not found: {missed:?}");
}
