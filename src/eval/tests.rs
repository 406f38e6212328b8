//! Counting, comparing, and holding findings against labels.

use super::{Changes, Counts, Evaluation, Judged, Labels, Level, Outcome, Turn, Verdict};
use crate::document;
use crate::rules::{Force, Rulebook};
use crate::scan;
use crate::structure::Agreement;

fn outcome(article: Option<&str>, code: &str, verdict: Verdict) -> Outcome {
    Outcome {
        article: article.map(str::to_owned),
        code: code.to_owned(),
        verdict,
        citation: String::new(),
        page: None,
        words: String::new(),
        rule: None,
        force: (verdict != Verdict::Missed).then_some(Force::Binding),
        labelled_force: (verdict != Verdict::FalseAlarm).then_some(Force::Declaratory),
        same_words: None,
        quote_not_found: false,
    }
}

fn agreement(name: &str, language: &str, outcomes: Vec<Outcome>) -> Judged {
    Judged { agreement: name.to_owned(), file: format!("{name}.txt"), language: language.to_owned(), whole: true, outcomes }
}

fn counts(right: usize, false_alarms: usize, missed: usize) -> Counts {
    Counts { right, false_alarms, missed }
}

#[test]
fn a_code_counts_once_for_each_article_and_each_agreement() {
    let evaluation = Evaluation::new(vec![
        // By agreement the code is right, although one article was missed and another is a false alarm.
        agreement(
            "b",
            "fr",
            vec![
                outcome(Some("1"), "coop.culture", Verdict::Right),
                outcome(Some("2"), "coop.culture", Verdict::Missed),
                outcome(Some("3"), "coop.culture", Verdict::FalseAlarm),
            ],
        ),
        // Found in the wrong article only: by agreement that is right as well.
        agreement(
            "a",
            "en",
            vec![outcome(Some("1"), "coop.culture", Verdict::Missed), outcome(Some("2"), "coop.culture", Verdict::FalseAlarm)],
        ),
        // A label of the whole agreement counts by agreement only.
        agreement("c", "en", vec![outcome(None, "ref.convention", Verdict::Missed)]),
    ]);
    assert_eq!(evaluation.agreements[0].agreement, "a");
    assert_eq!(evaluation.overall(Level::Article), counts(1, 2, 2));
    assert_eq!(evaluation.overall(Level::Agreement), counts(2, 0, 1));
    let languages: Vec<_> =
        evaluation.languages().into_iter().map(|figures| (figures.name, figures.by_article, figures.by_agreement)).collect();
    assert_eq!(languages, [("en".to_owned(), counts(0, 1, 1), counts(1, 0, 1)), ("fr".to_owned(), counts(1, 1, 1), counts(1, 0, 0))]);
    let quotes = evaluation.quotes();
    assert_eq!((quotes.equal_force, quotes.forces.get(&(Force::Declaratory, Force::Binding))), ((0, 1), Some(&1)));
}

#[test]
fn the_mean_over_codes_leaves_rare_codes_out() {
    let mut outcomes: Vec<Outcome> = (0..5).map(|article| outcome(Some(&article.to_string()), "coop.culture", Verdict::Right)).collect();
    outcomes.push(outcome(Some("9"), "ref.other", Verdict::Missed));
    let evaluation = Evaluation::new(vec![agreement("a", "en", outcomes)]);
    assert_eq!(evaluation.macro_f1(Level::Article), Some((1.0, 1)));
    assert_eq!(evaluation.macro_f1(Level::Agreement), None);
}

#[test]
fn gains_and_losses_are_told_apart() {
    let before = Evaluation::new(vec![agreement(
        "a",
        "en",
        vec![
            outcome(Some("1"), "coop.culture", Verdict::Missed),
            outcome(Some("2"), "coop.culture", Verdict::Right),
            outcome(Some("3"), "coop.culture", Verdict::FalseAlarm),
            outcome(Some("4"), "coop.culture", Verdict::FalseAlarm),
        ],
    )]);
    let now = Evaluation::new(vec![
        agreement(
            "a",
            "en",
            vec![
                outcome(Some("1"), "coop.culture", Verdict::Right),
                outcome(Some("2"), "coop.culture", Verdict::Missed),
                // Labelled since: no gain of the rules.
                outcome(Some("4"), "coop.culture", Verdict::Right),
                outcome(Some("5"), "coop.culture", Verdict::FalseAlarm),
            ],
        ),
        agreement("z", "en", vec![outcome(Some("1"), "coop.culture", Verdict::Right)]),
    ]);
    let changes = Changes::between(&before, &now);
    let seen: Vec<(Turn, Option<&str>)> = changes.changes.iter().map(|change| (change.turn, change.outcome.article.as_deref())).collect();
    assert_eq!(
        seen,
        [(Turn::RightNow, Some("1")), (Turn::MissedNow, Some("2")), (Turn::FalseNow, Some("5")), (Turn::FalseGone, Some("3"))]
    );
    assert_eq!((changes.relabelled, changes.only_now.as_slice()), (1, ["z".to_owned()].as_slice()));
    assert!(Changes::between(&now, &now).changes.is_empty());
}

#[test]
fn what_is_saved_reads_back() {
    let evaluation = Evaluation::new(vec![agreement("a", "en", vec![outcome(Some("1"), "coop.culture", Verdict::Right)])]);
    let text = evaluation.to_json(None).expect("texts and numbers");
    assert_eq!(Evaluation::from_json(&text).expect("its own form"), evaluation);
    assert_eq!(evaluation.to_json(None).expect("texts and numbers"), text);
    let other = text.replace("clausula-eval/1", "clausula-eval/0");
    assert!(Evaluation::from_json(&other).is_err_and(|error| error.to_string().contains("clausula-eval/0")));
    assert!(Evaluation::from_json("[]").is_err());
}

const TEXT: &str = "Article 1\nCulture\n1. This Agreement does not apply to measures with respect to cultural industries.\n2. The Parties shall co-operate in the field of culture.\nArticle 2\nMusic\nThe Parties may exchange views on music.\n";

fn judged(labels: &str, whole: bool) -> (Judged, Vec<String>) {
    let agreement = Agreement::new(document::read(TEXT.as_bytes()).expect("text"));
    let findings = scan::scan(&agreement, &Rulebook::embedded().expect("checked rules")).findings;
    let (mut labels, faults) = Labels::parse("labels.jsonl", labels);
    assert!(faults.is_empty(), "{faults:?}");
    if whole {
        labels.whole.insert("a".to_owned());
    }
    let (judged, faults) = labels.judge("a", "a.txt", &agreement, &findings);
    (judged, faults.iter().map(ToString::to_string).collect())
}

fn verdict(judged: &Judged, article: Option<&str>, code: &str) -> Option<Verdict> {
    judged.outcomes.iter().find(|outcome| outcome.article.as_deref() == article && outcome.code == code).map(|outcome| outcome.verdict)
}

#[test]
fn only_labelled_articles_are_judged_unless_the_agreement_was_read_whole() {
    let line = r#"{"id": "a#Art. 2", "codes": {"coop.heritage": {"quote": "exchange views on music"}}}"#;
    let (partly, faults) = judged(line, false);
    assert!(faults.is_empty());
    assert_eq!(partly.outcomes.len(), 1);
    assert_eq!((partly.outcomes[0].verdict, partly.outcomes[0].citation.as_str()), (Verdict::Missed, "Art. 2"));
    let (whole, _) = judged(line, true);
    assert_eq!(verdict(&whole, Some("Art. 1"), "exempt.general"), Some(Verdict::FalseAlarm));
    assert_eq!(verdict(&whole, Some("Art. 2"), "coop.heritage"), Some(Verdict::Missed));
}

#[test]
fn the_finding_that_stands_on_the_quote_is_compared() {
    let line = r#"{"id": "a#Article 1(1)", "codes": {"exempt.general": {"quote": "does not apply to … cultural industries", "force": "binding"}, "coop.culture": {"quote": "words of another treaty"}}}"#;
    let (judged, _) = judged(line, false);
    let of = |code: &str| judged.outcomes.iter().find(|outcome| outcome.code == code).expect("labelled");
    assert_eq!((of("exempt.general").same_words, of("exempt.general").force), (Some(true), Some(Force::Binding)));
    // Paragraph 2 counts for the article; its quote stands nowhere.
    assert_eq!(of("coop.culture").verdict, Verdict::Right);
    assert_eq!((of("coop.culture").same_words, of("coop.culture").quote_not_found), (None, true));
}

#[test]
fn a_label_without_article_counts_for_the_agreement() {
    let (judged, _) = judged(r#"{"id": "a", "codes": {"exempt.general": {}, "ref.convention": {}}}"#, false);
    assert_eq!(verdict(&judged, None, "exempt.general"), Some(Verdict::Right));
    assert_eq!(verdict(&judged, None, "ref.convention"), Some(Verdict::Missed));
    assert_eq!(verdict(&judged, None, "coop.culture"), Some(Verdict::FalseAlarm));
    assert_eq!(Evaluation::new(vec![judged]).overall(Level::Article), Counts::default());
}

#[test]
fn faults_name_the_line_and_what_to_do() {
    let (_, faults) = judged("\n{\"id\": \"a#Art. 7\", \"codes\": {}}", false);
    assert_eq!(
        faults,
        ["labels.jsonl:2: a.txt has no provision “Art. 7”: `clausula structure` shows the citations and ids of its provisions"]
    );
    let text = "{\"id\": \"a\", \"codes\": {\"coop.cultures\": {}}}\n{\"id\": \"a\", \"codes\": {}}\n{\"id\": \"b\"}\n{\"id\": \"a\", \"codes\": {}}\n";
    let (labels, faults) = Labels::parse("l", text);
    let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert_eq!(labels.labels.len(), 1, "the line with the unknown code is left out");
    assert!(faults[0].starts_with("l:1: “coop.cultures” is no code"), "{}", faults[0]);
    assert!(faults[1].starts_with("l:3: this line is no label (missing field `codes`, column 11)"), "{}", faults[1]);
    assert!(faults[2].starts_with("l:4: “a” was labelled in line 2"), "{}", faults[2]);
}
