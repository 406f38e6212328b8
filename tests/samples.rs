//! The whole analysis of each sample agreement, as people read it: a changed snapshot is a changed result.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

use std::fmt::Write;
use std::path::Path;

use clausula::analysis::Analysis;
use clausula::document;
use clausula::rules::Rulebook;

const SAMPLES: [&str; 6] = [
    "accord-savane-littoral.docx",
    "aurelian-union-tavira-partnership.pdf",
    "harbourlands-isles-draft.docx",
    "meridia-castellan-trade-promotion.xml",
    "norrland-saltmere-free-trade.txt",
    "tratado-costa-brava-altamar.html",
];

fn analysis(name: &str) -> (document::Document, Analysis) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("agreements").join(name);
    let document = document::read(&std::fs::read(path).unwrap()).unwrap();
    let analysis = Analysis::new(&format!("agreements/{name}"), document.clone(), &Rulebook::embedded().unwrap());
    (document, analysis)
}

/// A line for each statement, so that a difference is easy to read.
fn summary(analysis: &Analysis) -> String {
    let mut out = String::new();
    writeln!(
        out,
        "{} | {} | {}",
        analysis.title.as_deref().unwrap_or("-"),
        analysis.parties.iter().map(|party| party.name.as_str()).collect::<Vec<_>>().join("; "),
        analysis.date.as_deref().unwrap_or("-")
    )
    .unwrap();
    for message in &analysis.messages {
        writeln!(out, "message {}: {}", message.code, message.text).unwrap();
    }
    for row in &analysis.requirements {
        writeln!(out, "{}: {}{} | {}", row.id, row.verdict.name(), if row.adverse { " (adverse)" } else { "" }, row.because).unwrap();
        if let Some(missing) = &row.missing {
            writeln!(out, "  missing: {missing}").unwrap();
        }
        for close in &row.close {
            let citation = analysis.findings.iter().find(|finding| finding.id == close.finding).map_or("?", |finding| &finding.citation);
            writeln!(out, "  close: {citation} {}", close.why).unwrap();
        }
    }
    for row in &analysis.coverage {
        writeln!(out, "covers {} [{}]: {} | {}", row.heading, row.theme.name(), row.covered.name(), row.because).unwrap();
    }
    for finding in &analysis.findings {
        let draft =
            finding.draft.as_ref().map_or_else(String::new, |draft| format!(" {} {}", draft.status, draft.by.as_deref().unwrap_or("")));
        let quote = finding.quote.split_whitespace().collect::<Vec<_>>().join(" ");
        writeln!(out, "{} {} {} -> {}{draft} | {quote}", finding.citation, finding.code, finding.force.name(), finding.reach.join(" "))
            .unwrap();
    }
    out
}

#[test]
fn analyses_of_the_samples() {
    for name in SAMPLES {
        let (_, analysis) = analysis(name);
        insta::assert_snapshot!(name, summary(&analysis));
    }
}

#[test]
fn every_quote_stands_at_its_place() {
    for name in SAMPLES {
        let (document, analysis) = analysis(name);
        assert!(!analysis.findings.is_empty(), "{name}");
        for finding in &analysis.findings {
            assert_eq!(finding.quote, finding.span.of(&document.text), "{name} {}", finding.id);
            assert!(!finding.quote.trim().is_empty(), "{name} {}", finding.id);
            assert_eq!(finding.page, document.page_at(finding.span.start), "{name} {}", finding.id);
        }
        let ids: std::collections::HashSet<_> = analysis.findings.iter().map(|finding| &finding.id).collect();
        assert!(
            analysis.requirements.iter().flat_map(|row| &row.findings).all(|id| ids.contains(id)),
            "{name}: a verdict names a finding that is not there"
        );
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    for name in SAMPLES {
        let bytes = || serde_json::to_string(&analysis(name).1).unwrap();
        assert_eq!(bytes(), bytes(), "{name}");
    }
}

/// Together the samples show every code of the codebook.
#[test]
fn the_samples_show_every_code() {
    let found: std::collections::BTreeSet<&str> =
        SAMPLES.iter().flat_map(|name| analysis(name).1.findings.into_iter().map(|finding| finding.code)).collect();
    let missing: Vec<&str> = clausula::rules::CODES.iter().map(|(code, _)| *code).filter(|code| !found.contains(code)).collect();
    assert!(missing.is_empty(), "no sample shows {missing:?}");
}
