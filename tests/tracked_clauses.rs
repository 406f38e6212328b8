//! Drafts with tracked changes: what is agreed, brought in, struck out and moved.

use clausula::analysis::Analysis;
use clausula::document;
use clausula::rules::Rulebook;
use clausula::scan::Finding;

/// A draft on services: (a) struck out, (b) agreed, (c) brought in; one clause moved to another article.
const DRAFT: &str = "<!DOCTYPE html><html><body>
<h1>Draft Agreement between the Republic of Aster and the Kingdom of Borealia on Free Trade</h1>
<h2>CHAPTER 4</h2><h2>TRADE IN SERVICES</h2>
<h3>Article 4.1</h3><h3>Scope</h3>
<p>This Chapter shall not apply to:</p>
<p><del datetime='2026-05-04'>(a) audiovisual services;</del></p>
<p>(b) government procurement; or</p>
<p>(c) <ins>cinematographic services; or</ins></p>
<p>(d) broadcasting services.</p>
<h3>Article 4.2</h3><h3>Co-operation</h3>
<p><del>1. The Parties shall promote co-production agreements in the audiovisual field.</del></p>
<p>2. The Parties shall exchange statistics on trade in services.</p>
<h3>Article 4.3</h3><h3>Culture</h3>
<p><ins>1. The Parties shall promote co-production agreements in the audiovisual field.</ins></p>
<p>2. The Parties shall meet once a year.</p>
</body></html>";

fn analysis() -> Analysis {
    let document = document::read(DRAFT.as_bytes()).expect("a draft of our own");
    Analysis::new("draft.html", document, &Rulebook::embedded().expect("checked rules"))
}

fn status(finding: &Finding) -> &str {
    finding.draft.as_ref().map_or("agreed", |draft| draft.status)
}

#[test]
fn clauses_know_what_the_changes_do_to_them() {
    let analysis = analysis();
    let excluded: Vec<(&str, &str)> = analysis
        .findings
        .iter()
        .filter(|finding| finding.code == "exclude.sector")
        .map(|finding| (finding.citation.as_str(), status(finding)))
        .collect();
    assert_eq!(excluded, [("Art. 4.1(a)", "deleted"), ("Art. 4.1(c)", "inserted"), ("Art. 4.1(d)", "agreed")]);
    let moved: Vec<(&str, &str)> = analysis
        .findings
        .iter()
        .filter(|finding| finding.code == "prefer.coproduction")
        .map(|finding| (finding.citation.as_str(), status(finding)))
        .collect();
    assert_eq!(moved, [("Art. 4.3(1)", "moved")]);
}

#[test]
fn only_agreed_clauses_decide() {
    let analysis = analysis();
    let deciding = |id: &str| {
        analysis
            .requirements
            .iter()
            .filter(|row| row.findings.iter().any(|finding| finding == id))
            .map(|row| row.id.as_str())
            .collect::<Vec<_>>()
    };
    for finding in &analysis.findings {
        match status(finding) {
            "deleted" | "inserted" => assert_eq!(deciding(&finding.id), Vec::<&str>::new(), "{}", finding.citation),
            _ => {}
        }
    }
    let agreed = analysis.findings.iter().find(|finding| finding.citation == "Art. 4.1(d)").expect("found");
    assert!(!deciding(&agreed.id).is_empty());
    let message = analysis.messages.iter().find(|message| message.code == "draft").expect("said");
    assert!(message.text.contains("2 inserted by tracked changes, 1 struck out by tracked changes"), "{}", message.text);
}

#[test]
fn a_deleted_clause_stands_where_it_stood() {
    let document = document::read(DRAFT.as_bytes()).expect("a draft of our own").reading(document::As::Proposed);
    for finding in &analysis().findings {
        if status(finding) == "deleted" {
            assert!(finding.span.is_empty() && finding.quote.contains("audiovisual"), "{finding:?}");
            assert!(document.text[..finding.span.start].trim_end().ends_with("not apply to:"));
        } else {
            assert_eq!(finding.quote, finding.span.of(&document.text));
        }
    }
}
