//! The verdicts of the compliance table on short agreements of our own: one for each case of each row.
#![allow(missing_docs, reason = "tests")]

use clausula::analysis::Analysis;
use clausula::assess::{Requirement, Verdict};
use clausula::document;
use clausula::rules::Rulebook;

/// An agreement with a preamble, so that it is whole, and these articles.
fn agreement(recitals: &str, articles: &[(&str, &str)]) -> String {
    let mut text = format!("AGREEMENT BETWEEN NORLAND AND SUDLAND\n\nPREAMBLE\n\nThe Parties,\n{recitals}\nHave agreed as follows:\n\n");
    for (number, (heading, words)) in articles.iter().enumerate() {
        text.push_str(&format!("CHAPTER {n}\n{heading}\n\nArticle {n}.1\nProvisions\n{words}\n\n", n = number + 1));
    }
    text
}

fn row(text: &str, id: &str) -> Requirement {
    let rulebook = Rulebook::embedded().expect("checked rules");
    let analysis = Analysis::new("a.txt", document::read(text.as_bytes()).expect("text"), &rulebook);
    analysis.requirements.into_iter().find(|row| row.id == id).expect("a row")
}

const SERVICES: (&str, &str) =
    ("CROSS-BORDER TRADE IN SERVICES", "Each Party shall accord national treatment to services of the other Party.");
const DIGITAL: (&str, &str) = ("DIGITAL TRADE", "The Parties recognise the economic growth that digital trade provides.");
const EXEMPT: (&str, &str) = ("EXCEPTIONS", "This Agreement does not apply to measures with respect to cultural industries.");
const LIKE_PRODUCTS: (&str, &str) = (
    "DIGITAL TRADE",
    "No Party shall accord less favourable treatment to digital products of the other Party than to like digital products.",
);

/// Recitals, articles with their headings, the row, its verdict, and whether an adverse clause stands beside it.
type Case<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a str, Verdict, bool);

#[test]
fn each_case_of_each_row() {
    let without_film = ("CROSS-BORDER TRADE IN SERVICES", "This Chapter does not apply to audiovisual services.");
    let without_culture = ("CROSS-BORDER TRADE IN SERVICES", "This Chapter does not apply to cultural industries.");
    let retaliation = (
        "EXCEPTIONS",
        "1. This Agreement does not apply to measures with respect to cultural industries.\n2. Notwithstanding paragraph 1, a Party may take measures of equivalent commercial effect in response to such measures.",
    );
    let coproduction = ("CULTURE", "Co-produced films shall be treated as national works of each Party.");
    let aims = ("CULTURE", "The Parties shall endeavour to conclude agreements on the co-production of films.");
    let cooperation = ("CULTURE", "The Parties shall cooperate in the audiovisual sector.");
    let convention =
        ("CULTURE", "The Parties shall carry out the Convention on the Protection and Promotion of the Diversity of Cultural Expressions.");
    let guidelines = (
        "CULTURE",
        "The Parties shall take into account the operational guidelines of the Convention on the Protection and Promotion of the Diversity of Cultural Expressions.",
    );
    let space = ("CULTURE", "Each Party retains the right to adopt cultural policies.");
    let ratchet = (
        "INVESTMENT",
        "An amendment to a measure shall not decrease the conformity of the measure as it existed immediately before the amendment.",
    );
    let carveout = ("DIGITAL TRADE", "This Chapter does not apply to cultural goods and services.");
    let cases: &[Case<'_>] = &[
        ("", &[SERVICES, EXEMPT], "cultural-clause", Verdict::Met, false),
        ("", &[SERVICES, retaliation], "cultural-clause", Verdict::Met, true),
        ("", &[without_culture, carveout], "cultural-clause", Verdict::Met, false),
        ("", &[without_culture, DIGITAL], "cultural-clause", Verdict::Partly, false),
        ("", &[without_film], "cultural-clause", Verdict::Partly, false),
        ("", &[SERVICES, coproduction], "cultural-clause", Verdict::Partly, false),
        ("", &[SERVICES], "cultural-clause", Verdict::Absent, false),
        ("RECOGNISING that cultural goods and services are not mere merchandise,", &[SERVICES], "dual-nature", Verdict::Met, false),
        ("", &[SERVICES, space], "dual-nature", Verdict::Partly, false),
        ("", &[SERVICES], "dual-nature", Verdict::Absent, false),
        ("", &[SERVICES, coproduction], "preferential-treatment", Verdict::Met, false),
        ("", &[SERVICES, aims], "preferential-treatment", Verdict::Partly, false),
        ("", &[SERVICES, cooperation], "preferential-treatment", Verdict::Partly, false),
        ("", &[SERVICES], "preferential-treatment", Verdict::Absent, false),
        ("", &[SERVICES, carveout], "ecommerce-status", Verdict::Met, false),
        ("", &[SERVICES, LIKE_PRODUCTS], "ecommerce-status", Verdict::Partly, false),
        ("", &[SERVICES], "ecommerce-status", Verdict::Absent, false),
        ("", &[SERVICES, LIKE_PRODUCTS, EXEMPT], "ecommerce-specificity", Verdict::Met, false),
        ("", &[SERVICES, LIKE_PRODUCTS], "ecommerce-specificity", Verdict::Adverse, true),
        ("", &[SERVICES, DIGITAL], "ecommerce-specificity", Verdict::Absent, false),
        ("", &[SERVICES], "ecommerce-specificity", Verdict::NotApplicable, false),
        ("", &[SERVICES, convention], "convention", Verdict::Met, false),
        ("RESPECTING cultural diversity,", &[SERVICES], "convention", Verdict::Partly, false),
        ("", &[SERVICES], "convention", Verdict::Absent, false),
        ("", &[SERVICES, guidelines], "guidelines", Verdict::Met, false),
        ("", &[SERVICES, convention], "guidelines", Verdict::Absent, false),
        ("", &[SERVICES, convention], "implementation", Verdict::Met, false),
        ("", &[SERVICES, cooperation], "implementation", Verdict::Partly, false),
        ("", &[SERVICES], "implementation", Verdict::Absent, false),
        ("", &[SERVICES, space], "policy-space", Verdict::Met, false),
        ("AFFIRMING their right to adopt cultural policies,", &[SERVICES], "policy-space", Verdict::Partly, false),
        ("", &[without_film, ratchet], "policy-space", Verdict::Partly, true),
        ("", &[SERVICES, ratchet], "policy-space", Verdict::Adverse, true),
        ("", &[SERVICES], "policy-space", Verdict::Absent, false),
    ];
    let mut wrong = Vec::new();
    for (recitals, articles, id, verdict, adverse) in cases {
        let found = row(&agreement(recitals, articles), id);
        if (found.verdict, found.adverse) != (*verdict, *adverse) {
            wrong.push(format!(
                "{id} of {recitals} {articles:?}: {:?} {} and not {verdict:?} {adverse}: {}",
                found.verdict, found.adverse, found.because
            ));
        }
        let says_what_is_missing = found.missing.is_some();
        let may_miss = !matches!(verdict, Verdict::Met | Verdict::NotApplicable);
        assert_eq!(says_what_is_missing, may_miss, "{id}: {:?}", found.missing);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_missing_names_the_chapters() {
    let found = row(
        &agreement("", &[("CROSS-BORDER TRADE IN SERVICES", "This Chapter does not apply to cultural industries."), DIGITAL]),
        "cultural-clause",
    );
    assert_eq!(found.missing.as_deref(), Some("a clause that takes culture as a whole out of CHAPTER 2 DIGITAL TRADE (digital)"));
}

#[test]
fn brackets_protect_nobody() {
    let text = agreement(
        "",
        &[SERVICES, ("EXCEPTIONS", "[NL propose: This Agreement does not apply to measures with respect to cultural industries.]")],
    );
    let found = row(&text, "cultural-clause");
    assert_eq!(found.verdict, Verdict::Absent);
    assert_eq!(found.close.first().map(|close| close.why.as_str()), Some("is not agreed: bracketed by NL"));
    let proposed = found.as_proposed.expect("a second verdict");
    assert_eq!((proposed.verdict, proposed.by.as_slice()), (Verdict::Met, &["NL".to_owned()][..]));
}

#[test]
fn a_chapter_alone_decides_what_it_can() {
    let chapter = "CHAPTER 9\nCROSS-BORDER TRADE IN SERVICES\n\nArticle 9.1\nScope\nThis Chapter does not apply to audiovisual services.\n\nArticle 9.2\nTreatment\nEach Party shall accord national treatment.\n";
    assert_eq!(row(chapter, "cultural-clause").verdict, Verdict::Partly);
    let convention = row(chapter, "convention");
    assert!(convention.undecided && convention.verdict == Verdict::NotApplicable, "{convention:?}");
    let digital = chapter.replace("CROSS-BORDER TRADE IN SERVICES", "DIGITAL TRADE").replace("audiovisual", "financial");
    assert!(!row(&digital, "ecommerce-status").undecided, "the digital chapter itself says what it binds");
    assert!(row(&digital, "ecommerce-specificity").undecided, "an exemption may stand in another chapter");
}
