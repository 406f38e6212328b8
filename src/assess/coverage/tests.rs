use super::{Coverage, Covered, Theme, Way};
use crate::analysis::Analysis;
use crate::document;
use crate::rules::Rulebook;

/// The matrix of an agreement with chapters on goods, services, investment and digital trade, and articles on exceptions.
fn matrix(services: &str, investment: &str, digital: &str, exceptions: &str) -> Vec<Coverage> {
    let text = format!(
        "AGREEMENT BETWEEN NORLAND AND SALTMERE\nCHAPTER 1\nTRADE IN GOODS\nArticle 1.1\nTariff Elimination\nNo duties.\n\
         CHAPTER 2\nTRADE IN SERVICES\nArticle 2.1\nScope\n1. It covers services.\n{services}\nArticle 2.2\nTreatment\nEqual.\n\
         CHAPTER 3\nINVESTMENT\nArticle 3.1\nScope\n1. It covers investment.\n{investment}\n\
         CHAPTER 4\nDIGITAL TRADE\nArticle 4.1\nScope\n1. It covers electronic commerce.\n{digital}\n\
         CHAPTER 5\nEXCEPTIONS\nArticle 5.1\nGeneral\n{exceptions}\n"
    );
    let rulebook = Rulebook::embedded().expect("checked rules");
    Analysis::new("text", document::read(text.as_bytes()).expect("text"), &rulebook).coverage
}

fn cell(matrix: &[Coverage], theme: Theme, way: Way) -> (Covered, String) {
    let row = matrix.iter().find(|row| row.theme == theme).expect("a row for every chapter");
    let cell = row.ways.iter().chain(&row.against).find(|cell| cell.way == way).expect("a cell for every way");
    (cell.covered, cell.because.clone())
}

fn covered(matrix: &[Coverage], theme: Theme) -> Covered {
    matrix.iter().find(|row| row.theme == theme).expect("a row for every chapter").covered
}

#[test]
fn every_row_has_every_cell_in_one_order() {
    let matrix = matrix("", "", "", "None.");
    assert_eq!(matrix.iter().map(|row| row.theme).collect::<Vec<_>>(), [Theme::Goods, Theme::Services, Theme::Investment, Theme::Digital]);
    for row in &matrix {
        assert!(row.ways.iter().map(|cell| cell.way).eq(Way::PROTECTING), "{row:?}");
        assert!(row.against.iter().map(|cell| cell.way).eq(Way::AGAINST), "{row:?}");
        assert!(row.ways.iter().chain(&row.against).all(|cell| cell.covered == Covered::No && cell.because.is_empty()), "{row:?}");
    }
}

#[test]
fn an_exemption_covers_all_but_its_exceptions() {
    let matrix =
        matrix("", "", "", "This Agreement does not apply to cultural industries, except as provided in Article 1.1 (Tariff Elimination).");
    assert_eq!(covered(&matrix, Theme::Goods), Covered::Partly);
    assert_eq!(covered(&matrix, Theme::Digital), Covered::Yes);
    assert_eq!(cell(&matrix, Theme::Goods, Way::MarketOpening).0, Covered::Yes);
    assert_eq!(cell(&matrix, Theme::Digital, Way::MarketOpening).0, Covered::No);
    assert_eq!(cell(&matrix, Theme::Digital, Way::GeneralExemption).1, "Art. 5.1: culture is exempt from the whole agreement");
}

#[test]
fn a_chapter_that_is_excepted_as_a_whole_is_not_covered() {
    let matrix = matrix("", "", "", "This Agreement does not apply to cultural industries, except as provided in Chapter 3.");
    assert_eq!((covered(&matrix, Theme::Investment), covered(&matrix, Theme::Services)), (Covered::No, Covered::Yes));
}

#[test]
fn single_obligations_and_exceptions_of_a_scope_clause_cover_in_part() {
    let single = matrix("", "", "", "Article 2.2 does not apply to cultural industries.");
    assert_eq!((covered(&single, Theme::Services), covered(&single, Theme::Investment)), (Covered::Partly, Covered::No));
    let scope = |more: &str| {
        covered(&matrix(&format!("2. This Chapter does not apply to cultural industries{more}."), "", "", "None."), Theme::Services)
    };
    assert_eq!(scope(""), Covered::Yes);
    assert_eq!(scope(", except as provided in Article 2.2"), Covered::Partly);
}

#[test]
fn exclusions_come_along_with_electronic_supply_from_the_chapters_that_are_named() {
    let out = "2. This Chapter does not apply to audiovisual services.";
    let sent = |clause: &str| {
        (covered(&matrix(out, "", clause, "None."), Theme::Digital), covered(&matrix("", out, clause, "None."), Theme::Digital))
    };
    let supply = "2. The supply of a service by electronic means falls under";
    assert_eq!(sent(&format!("{supply} Chapter 2.")), (Covered::Partly, Covered::No));
    assert_eq!(sent(&format!("{supply} Chapters 2 and 3.")), (Covered::Partly, Covered::Partly));
    assert_eq!(sent("2. It binds."), (Covered::No, Covered::No));
    assert_eq!(sent(&format!("[NL propose: {supply} Chapter 2.]")), (Covered::No, Covered::No), "what is only proposed carries nothing");
}

#[test]
fn policy_space_is_shown_and_covers_nothing() {
    for (words, shown) in [("retain the", Covered::Yes), ("affirm their", Covered::Partly)] {
        let matrix = matrix(
            "",
            "",
            "",
            &format!("The Parties {words} right to adopt cultural policies and to protect cultural diversity in this Agreement."),
        );
        assert_eq!(cell(&matrix, Theme::Services, Way::PolicySpace).0, shown, "{words}");
        assert_eq!(covered(&matrix, Theme::Services), Covered::No);
    }
}

#[test]
fn what_stands_against_culture_is_shielded_where_culture_is_out() {
    let ban = "2. Neither Party may impose or enforce any of the following requirements:\n(a) to achieve a given level or percentage of domestic content; or\n(b) to export.";
    let equal = "2. Neither Party shall accord less favourable treatment to digital products of the other Party.";
    let ratchet = "2. Article 2.2 does not apply to an amendment that does not decrease the conformity of the measure.";
    let open = matrix(ratchet, ban, equal, "None.");
    let shielded = matrix(ratchet, ban, equal, "This Agreement does not apply to cultural industries.");
    for (theme, way) in [
        (Theme::Services, Way::StandstillOrRatchet),
        (Theme::Investment, Way::PerformanceRequirementBan),
        (Theme::Digital, Way::DigitalNondiscrimination),
    ] {
        assert_eq!(cell(&open, theme, way).0, Covered::Yes, "{way:?}");
        assert_eq!(cell(&shielded, theme, way).0, Covered::Partly, "{way:?}");
        assert_eq!(cell(&open, Theme::Goods, way).0, Covered::No, "{way:?}");
    }
    // A right to ask for domestic content is no ban.
    let right = matrix("", "2. A Party may require a given percentage of domestic content.", "", "None.");
    assert_eq!(cell(&right, Theme::Investment, Way::PerformanceRequirementBan).0, Covered::No);
}

#[test]
fn retaliation_is_shown_where_it_answers_a_clause() {
    let matrix = matrix(
        "2. This Chapter does not apply to audio-visual services.\n3. A Party may take a measure of equivalent commercial effect in response to a measure on cultural industries.",
        "",
        "",
        "None.",
    );
    assert_eq!(cell(&matrix, Theme::Services, Way::Retaliation).1, "Art. 2.1(3): a cultural measure may be answered");
    assert_eq!(cell(&matrix, Theme::Investment, Way::Retaliation).0, Covered::No);
}

#[test]
fn a_declaration_counts_where_it_is_a_part_of_the_agreement() {
    let goods = |more: &str, end: &str| {
        let text = format!(
            "AGREEMENT BETWEEN NORLAND AND SALTMERE\nCHAPTER 1\nTRADE IN GOODS\nArticle 1\nScope\nIt covers goods.\nArticle 2\nParts\n{more}\nIN WITNESS WHEREOF, the undersigned have signed.\nJOINT DECLARATION ON CULTURE\nNothing in this Agreement applies to cultural industries.\n{end}\n"
        );
        let rulebook = Rulebook::embedded().expect("checked rules");
        covered(&Analysis::new("text", document::read(text.as_bytes()).expect("text"), &rulebook).coverage, Theme::Goods)
    };
    assert_eq!(goods("None.", ""), Covered::No);
    assert_eq!(goods("The annexes and declarations form an integral part of this Agreement.", ""), Covered::Yes);
    assert_eq!(goods("None.", "This declaration is an integral part of the Agreement."), Covered::Yes);
}
