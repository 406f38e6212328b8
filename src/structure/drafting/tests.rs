//! One named case for each form that drafts take, and for what only looks like one. All texts are invented.

use super::{Drafting, Passage, PassageKind, PassageStatus};
use crate::document;
use crate::structure::Agreement;

fn agreement(text: &str) -> Agreement {
    Agreement::new(document::read(text.as_bytes()).expect("plain text"))
}

/// A passage in short: kind, who, against whom, status where it is not the usual one, the provisions that it covers.
fn short(agreement: &Agreement, passage: &Passage) -> String {
    let mut out = format!("{} {:?}", passage.kind.name(), passage.span.of(&agreement.document.text));
    if !passage.by.is_empty() {
        out += &format!(" by {}", passage.by.join("+"));
    }
    if !passage.against.is_empty() {
        out += &format!(" against {}", passage.against.join("+"));
    }
    if matches!(passage.status, PassageStatus::Reserved | PassageStatus::ToBeConfirmed) {
        out += &format!(" {}", passage.status.name());
    }
    for &whole in &passage.whole {
        out += &format!(" = {}", agreement.provisions[whole].citation);
    }
    out
}

/// The passages of a draft chapter with these words under "Article 1".
fn of(words: &str) -> Vec<String> {
    let agreement = agreement(&format!("DRAFT AGREEMENT\n\nArticle 1\nCulture\n{words}\n\nArticle 2\nEnd\nThe Parties shall meet.\n"));
    agreement.drafting().passages.iter().map(|passage| short(&agreement, passage)).collect()
}

#[test]
fn one_case_for_each_form_in_brackets() {
    for (name, words, wanted) in [
        ("plain", "The Parties shall [always] meet.", &["bracketed \"[always]\""][..]),
        ("wordings side by side", "They [shall] [should] meet.", &["alternative \"[shall]\"", "alternative \"[should]\""]),
        ("wordings with a stroke", "They [shall]/[may] meet.", &["alternative \"[shall]\"", "alternative \"[may]\""]),
        ("more words are no choice", "films [of a Party] [, or of both]", &["bracketed \"[of a Party]\"", "bracketed \"[, or of both]\""]),
        ("a list is no choice", "[films], [songs]", &["bracketed \"[films]\"", "bracketed \"[songs]\""]),
        ("a numbered wording", "[Alt 1: They meet.]", &["alternative \"[Alt 1: They meet.]\" = Art. 1"]),
        (
            "names",
            "1. [CAN, MEX propose; USA oppose: They meet.]\n2. End.",
            &["proposal \"[CAN, MEX propose; USA oppose: They meet.]\" by CAN+MEX against USA = Art. 1(1)"],
        ),
        ("two names", "1. They [AA/BB propose: often] meet.", &["proposal \"[AA/BB propose: often]\" by AA+BB"]),
        ("a name and a colon", "1. They [EU: often] meet.", &["proposal \"[EU: often]\" by EU"]),
        ("a field is no name", "They keep\n[Sector: Film]", &["bracketed \"[Sector: Film]\""]),
        ("a name in a field", "They keep\n[Description: EU: Film]", &["proposal \"[Description: EU: Film]\" by EU"]),
        (
            "opposed behind it",
            "1. [EU propose: They meet.] [MX oppose]\n2. End.",
            &["proposal \"[EU propose: They meet.]\" by EU against MX = Art. 1(1)", "position \"[MX oppose]\" against MX"],
        ),
        (
            "reserved behind it",
            "1. [EU propose: They meet.] [MX reserves its position]\n2. End.",
            &["proposal \"[EU propose: They meet.]\" by EU reserved = Art. 1(1)", "position \"[MX reserves its position]\" by MX reserved"],
        ),
        (
            "looked at in the capital",
            "1. [EU propose: They meet.] [MX: to be considered in capital]\n2. End.",
            &[
                "proposal \"[EU propose: They meet.]\" by EU to-be-confirmed = Art. 1(1)",
                "position \"[MX: to be considered in capital]\" by MX to-be-confirmed",
            ],
        ),
        ("a label before the name", "1. They meet.\n[2. EU: They sing.]", &["proposal \"[2. EU: They sing.]\" by EU = Art. 1(2)"]),
        ("a note", "They meet.\n[Note: MX reserves its position.]", &["position \"[Note: MX reserves its position.]\" by MX reserved"]),
        ("scrubbing", "They meet. [subject to legal scrubbing]", &["position \"[subject to legal scrubbing]\" to-be-confirmed"]),
        (
            "gaps",
            "On [date] in [ ], [TBD], [to be inserted], [XX], […]",
            &[
                "placeholder \"[date]\"",
                "placeholder \"[ ]\"",
                "placeholder \"[TBD]\"",
                "placeholder \"[to be inserted]\"",
                "placeholder \"[XX]\"",
                "placeholder \"[…]\"",
            ],
        ),
        ("a blank", "On ____ they meet.", &["placeholder \"____\""]),
        ("one in the other", "They meet [each [X] years].", &["bracketed \"[each [X] years]\"", "placeholder \"[X]\""]),
        (
            "French",
            "1. Elles [UE : coopèrent] [[à compléter]].\n[Remarque : le Norland réserve sa position.]",
            &[
                "alternative \"[UE : coopèrent]\" by UE",
                "alternative \"[[à compléter]]\"",
                "placeholder \"[à compléter]\"",
                "position \"[Remarque : le Norland réserve sa position.]\" by Norland reserved",
            ],
        ),
        ("Spanish", "1. [Opción 1: Las Partes cooperan.]\n2. Fin.", &["alternative \"[Opción 1: Las Partes cooperan.]\" = Art. 1(1)"]),
    ] {
        assert_eq!(of(words), wanted, "{name}");
    }
}

#[test]
fn one_case_for_each_form_without_brackets() {
    for (name, words, wanted) in [
        (
            "a proposal alone on its line",
            "EU proposal:\n1. They meet.\nNorland's proposal:\n1. They do not.",
            &[
                "proposal \"EU proposal:\\n1. They meet.\" by EU = Art. 1(1)",
                "proposal \"Norland's proposal:\\n1. They do not.\" by Norland = Art. 1(1)",
            ][..],
        ),
        (
            "a proposal in a paragraph",
            "1. They meet.\n2. EU proposal: They sing.\n3. They end.",
            &["proposal \"EU proposal: They sing.\" by EU = Art. 1(2)"],
        ),
        (
            "proposed by",
            "1. They meet.\n2. They sing. (Proposed by Norland)\n3. They end.",
            &["proposal \"2. They sing. (Proposed by Norland)\" by Norland = Art. 1(2)"],
        ),
        (
            "options",
            "Option A: They meet.\nOption B: They do not.",
            &["alternative \"Option A: They meet.\"", "alternative \"Option B: They do not.\""],
        ),
        ("or between blocks", "[They meet.]\nOR\n[They sing.]", &["alternative \"[They meet.]\"", "alternative \"[They sing.]\""]),
        (
            "a note of the negotiators",
            "They meet.\nNegotiators' note: Norland is considering this Article.",
            &["position \"Negotiators' note: Norland is considering this Article.\" by Norland to-be-confirmed"],
        ),
        (
            "a reserved position",
            "They meet.\nParty A reserves its position on this Article.",
            &["position \"Party A reserves its position on this Article.\" by Party A reserved"],
        ),
        (
            "French and Spanish",
            "Proposition de l'UE :\nElles coopèrent.\nPropuesta de Altamar:\nLas Partes cooperan.",
            &[
                "proposal \"Proposition de l'UE :\\nElles coopèrent.\" by UE",
                "proposal \"Propuesta de Altamar:\\nLas Partes cooperan.\" by Altamar",
            ],
        ),
        (
            "agreed words",
            "In considering what to do:\n________________\nOptions are kept. Norland reserves the right to sing. Notes are exchanged.",
            &[],
        ),
    ] {
        assert_eq!(of(words), wanted, "{name}");
    }
}

#[test]
fn what_is_no_mark_even_in_a_draft() {
    let words = "Films [sic] and [songs](https://example.org/songs) under [OJ L 12, 4.5.2006], [1999] ECR 12, with n[a,b]m, [signature]\nRVC = [(TV - VNM) / TV] * 100, note[^1], one[1] two[2] three[3]";
    assert_eq!(of(words), Vec::<String>::new());
}

#[test]
fn treaties_in_force_are_no_drafts() {
    let article = |number: usize, words: &str| {
        format!("ARTICLE {number}\n{words}\nThe Parties shall meet every year and shall report to one another on films and songs.\n\n")
    };
    let headings: String = (1..20).map(|number| article(number, "[GENERAL MATTERS]")).collect();
    let notes: String = (1..20).map(|number| article(number, &format!("They meet.[{number}]"))).collect();
    let amended: String = (1..20).map(|number| article(number, "[As amended by the Protocol of Norland.]")).collect();
    let form = format!(
        "{}ANNEX I\nCertificate\nI, ________ [name], being the [producer and exporter][producer][exporter] of goods from [Norland] [Sudland], declare this.\n",
        (1..40).map(|number| article(number, "Scope")).collect::<String>()
    );
    let prejudice = format!(
        "AGREEMENT\n\nThe Parties, without prejudice to their other treaties, have agreed as follows:\n\n{}",
        article(1, "On [a] day")
    );
    for text in [headings, notes, amended, form, prejudice] {
        let drafting = agreement(&text).drafting();
        assert_eq!(drafting, Drafting::default(), "{}", &text[..80]);
    }
}

#[test]
fn what_makes_a_draft() {
    let article = "Article 1\nCulture\nThe Parties shall meet.\n";
    for (text, reasons) in [
        (format!("Draft agreement of May\n\n{article}"), "“Draft agreement” at its head"),
        (format!("PROJET D'ACCORD\n\n{article}"), "“PROJET D'ACCORD” at its head"),
        (format!("Borrador\n\n{article}"), "“Borrador” at its head"),
        (format!("Without prejudice\n\n{article}"), "“Without prejudice” at its head"),
        (format!("{article}[EU: x]\n[MX: y]\n"), "2 attributed proposals or positions; 2 passages in square brackets"),
        ("Article 1\nThey [shall] [may] meet [often].\nArticle 2\nThey sing [songs].\n".to_owned(), "4 passages in square brackets"),
    ] {
        let drafting = agreement(&text).drafting();
        let found: Vec<String> = drafting.evidence.iter().map(ToString::to_string).collect();
        assert_eq!(found.join("; "), reasons, "{text}");
    }
}

#[test]
fn an_article_wholly_in_brackets() {
    let text = "DRAFT\n\n[Article 1\nCulture\n1. The Parties meet.\n2. They sing.]\n\nArticle 2\nFilm\n1. They act.\n[2. They film:\n(a) here; or\n(b) there.]\n3. They end.\n";
    let agreement = agreement(text);
    let found: Vec<String> = agreement.drafting().passages.iter().map(|passage| short(&agreement, passage)).collect();
    assert_eq!(
        found,
        [
            "bracketed \"[Article 1\\nCulture\\n1. The Parties meet.\\n2. They sing.]\" = Art. 1",
            "bracketed \"[2. They film:\\n(a) here; or\\n(b) there.]\" = Art. 2(2)"
        ]
    );
}

#[test]
fn another_wording_of_an_article() {
    let text = "DRAFT\n\nArticle 5\nCulture\nThey meet.\n\nArticle 5 alt\nCulture\nThey sing.\n\nArticle 6\nEnd\nThey end.\n";
    let agreement = agreement(text);
    let drafting = agreement.drafting();
    let whole: Vec<(PassageKind, &str)> =
        drafting.passages.iter().map(|passage| (passage.kind, agreement.provisions[passage.whole[0]].citation.as_str())).collect();
    assert_eq!(whole, [(PassageKind::Alternative, "Art. 5 alt")]);
}

#[test]
fn damaged_and_endless_brackets_take_no_time() {
    const MANY: usize = 200_000;
    let started = std::time::Instant::now();
    for text in [
        "[".repeat(MANY),
        "]".repeat(MANY),
        "[]".repeat(MANY / 2),
        "[[[[]]]]".repeat(MANY / 8),
        format!("{}{}", "[".repeat(MANY / 2), "]".repeat(MANY / 2)),
        "[EU: ".repeat(MANY / 5),
        "OR\n".repeat(MANY / 3),
        "EU proposal:\n".repeat(MANY / 13),
    ] {
        let drafting = super::brackets::find(&text);
        assert!(drafting.len() <= MANY);
        let agreement = agreement(&format!("DRAFT\n{text}"));
        let drafting = agreement.drafting();
        for (index, passage) in drafting.passages.iter().enumerate() {
            assert!(passage.around.is_none_or(|around| around < index && drafting.passages[around].span.end >= passage.span.end));
        }
    }
    assert!(started.elapsed().as_secs() < 30, "{:?}", started.elapsed());
}

/// A chapter as two states and a bloc might leave it after a round. The expectations were written by hand.
#[test]
fn a_draft_chapter_on_digital_trade() {
    let agreement = agreement(include_str!("../../../tests/documents/veria-orlund-digital-draft.txt"));
    let drafting = agreement.drafting();
    let found: Vec<String> = drafting
        .passages
        .iter()
        .map(|passage| {
            let named = if passage.whole.is_empty() { &[passage.provision][..] } else { &passage.whole[..] };
            let place = named.iter().map(|&at| agreement.provisions[at].citation.as_str()).collect::<Vec<_>>().join("; ");
            let whole = if passage.whole.is_empty() { "" } else { " whole" };
            let words: String = crate::text::one_line(passage.span.of(&agreement.document.text)).chars().take(22).collect();
            let who = if passage.by.is_empty() { String::new() } else { format!(" by {}", passage.by.join("+")) };
            let against = if passage.against.is_empty() { String::new() } else { format!(" against {}", passage.against.join("+")) };
            let nested = if passage.around.is_some() { "  " } else { "" };
            format!("{nested}{place}{whole}: {}{who}{against} {} {words}", passage.kind.name(), passage.status.name())
        })
        .collect();
    let wanted: Vec<&str> = include_str!("../../../tests/documents/veria-orlund-digital-draft.expected").lines().collect();
    assert_eq!(found.join("\n"), wanted.join("\n"));
}
