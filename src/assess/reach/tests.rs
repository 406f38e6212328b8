use super::named::covered;
use super::resolve;
use crate::document;
use crate::rules::Rulebook;
use crate::scan::{Finding, scan};
use crate::structure::Agreement;

#[test]
fn targets_are_resolved() {
    let named = |words: &str| {
        let text = format!(
            "CHAPTER 1\nGOODS\nArticle 1.1\nScope\nText.\nCHAPTER 2\nSERVICES\nArticle 2.1\nScope\nText.\nArticle 2.2\nTreatment\nText.\nCHAPTER 3\nEXCEPTIONS\nArticle 3.1\nGeneral\n{words}.\n"
        );
        let agreement = Agreement::new(document::read(text.as_bytes()).expect("text"));
        let article = agreement.provisions.iter().find(|p| p.id == "ch_3__art_3.1").expect("there").span;
        let covered = covered(&agreement, &agreement.references(), &[article], article.of(&agreement.document.text));
        covered.nodes.into_iter().map(|node| agreement.provisions[node].id.clone()).collect::<Vec<_>>()
    };
    assert_eq!(named("For the purposes of Chapters 1 and 2, nothing"), ["ch_1", "ch_2"]);
    assert_eq!(named("Article 2.2 does not apply to"), ["ch_2__art_2.2"]);
    assert_eq!(named("Nothing in this Agreement shall"), ["agreement"]);
    assert_eq!(named("This Chapter does not apply"), ["ch_3"]);
    assert_eq!(named("Article XX of the GATT 1994 is incorporated"), Vec::<String>::new());
    assert_eq!(named("Subject to Chapter 1, Chapter Two applies"), ["ch_2"]);
    assert_eq!(named("Except as provided in Article 1.1 and Article 2.1, Chapter Two applies"), ["ch_2"]);
    assert_eq!(named("Except as provided in Article 1.1, Article 2.1 does not apply"), ["ch_2__art_2.1"]);
    assert_eq!(named("Except as provided in Article 1.1 (Scope), Article 2.1 or Article 2.2, Chapter One applies"), ["ch_1"]);
}

/// The findings of an agreement between Norland and Saltmere with these chapters on goods, services and exceptions.
fn findings(goods: &str, services: &str, exceptions: &str) -> Vec<Finding> {
    findings_in(&format!(
        "AGREEMENT BETWEEN NORLAND AND SALTMERE\nThe Government of Norland and the Government of Saltmere,\nHave agreed as follows:\n\
         CHAPTER 1\nTRADE IN GOODS\nArticle 1.1\nTariff Elimination\nNo duties.\nArticle 1.2\nQuotas\nNone.\n{goods}\
         CHAPTER 2\nTRADE IN SERVICES\nArticle 2.1\nScope\n1. It covers services.\n{services}Article 2.2\nTreatment\nEqual.\n\
         CHAPTER 3\nEXCEPTIONS\nArticle 3.1\nGeneral\n{exceptions}\n\
         CHAPTER 4\nDISPUTE SETTLEMENT\nArticle 4.1\nScope\nThe Parties settle their disputes here.\nArticle 4.2\nPanels\nPanels decide.\n"
    ))
}

fn findings_in(text: &str) -> Vec<Finding> {
    let rulebook = Rulebook::embedded().expect("checked rules");
    let agreement = Agreement::new(document::read(text.as_bytes()).expect("text"));
    let mut scan = scan(&agreement, &rulebook);
    resolve(&agreement, &rulebook, &mut scan);
    scan.findings
}

fn of(findings: &[Finding], code: &str) -> Finding {
    findings.iter().find(|finding| finding.code == code).unwrap_or_else(|| panic!("no {code} in {findings:#?}")).clone()
}

#[test]
fn reach_says_why() {
    let because = |exceptions: &str| of(&findings("", "", exceptions), "exclude.sector").reach_because;
    assert_eq!(because("Chapters 1 and 2 do not apply to cultural industries."), "named in its words: “Chapters 1 and 2”");
    assert_eq!(because("This Chapter does not apply to audio-visual services."), "its words speak of: “This Chapter”");
    let scope = of(&findings("", "2. Audio-visual services are excluded from the scope of this Chapter.\n", "None."), "exclude.sector");
    assert_eq!((scope.reach, scope.reach_because.as_str()), (vec!["ch_2".to_owned()], "its words speak of: “this Chapter”"));
    let exempt = of(&findings("", "", "This Agreement does not apply to cultural industries."), "exempt.general");
    assert_eq!((exempt.reach, exempt.excepted), (vec!["agreement".to_owned()], Vec::new()));
}

#[test]
fn single_obligations_are_reached_alone() {
    let found = of(&findings("", "", "Articles 1.2 and 2.2 do not apply to audio-visual services."), "exclude.sector");
    assert_eq!(found.reach, ["ch_1__art_1.2", "ch_2__art_2.2"]);
    let french = findings_in(
        "CHAPITRE 1\nSERVICES\nArticle 1.1\nTraitement\nÉgal.\nArticle 1.2\nExceptions\nL'article 1.1 ne s'applique pas aux services audiovisuels.\n",
    );
    assert_eq!(of(&french, "exclude.sector").reach, ["ch_1__art_1.1"]);
}

#[test]
fn exceptions_cut_a_clause_back() {
    let excepted = |exceptions: &str| of(&findings("", "", exceptions), "exempt.general").excepted;
    let whole = "This Agreement does not apply to cultural industries";
    assert_eq!(excepted(&format!("{whole}, except as provided in Article 1.1.")), ["ch_1__art_1.1"]);
    assert_eq!(
        excepted(&format!("{whole}, except as specifically provided in Article 1.1 (Tariff Elimination), Article 2.2 and Chapter 4.")),
        ["ch_1__art_1.1", "ch_2__art_2.2", "ch_4"]
    );
    assert_eq!(excepted(&format!("Subject to Article 1.2, {}.", whole.to_lowercase())), ["ch_1__art_1.2"]);
    assert_eq!(excepted(&format!("1. {whole}.\n2. A Party may act as provided in Article 1.1.")), Vec::<String>::new());
    // "Without prejudice" leaves the other provision as it is and cuts nothing.
    assert_eq!(excepted(&format!("Without prejudice to Article 1.2, {}.", whole.to_lowercase())), Vec::<String>::new());
    // Tariffs by name are those of the chapter on goods.
    assert_eq!(excepted(&format!("{whole}, except as to tariff elimination.")), ["ch_1"]);
    let scope = "2. This Chapter does not apply to audio-visual services, except as provided in Article 2.2.\n";
    let scope = of(&findings("", scope, "None."), "exclude.sector");
    assert_eq!((scope.reach, scope.excepted), (vec!["ch_2".to_owned()], vec!["ch_2__art_2.2".to_owned()]));
    let spanish = findings_in(
        "CAPÍTULO 1\nCOMERCIO DE MERCANCÍAS\nArtículo 1.1\nAranceles\nNinguno.\nCAPÍTULO 2\nEXCEPCIONES\nArtículo 2.1\nCultura\nEste Tratado no se aplica a las industrias culturales, salvo lo dispuesto en el Artículo 1.1.\n",
    );
    assert_eq!(of(&spanish, "exempt.general").excepted, ["ch_1__art_1.1"]);
}

#[test]
fn retaliation_stands_against_what_it_answers() {
    let answer = "A Party may take a measure of equivalent commercial effect in response to a measure on cultural industries.";
    let both = findings("", "", &format!("1. This Agreement does not apply to cultural industries.\n2. {answer}"));
    assert_eq!(of(&both, "exempt.general").retaliation.as_deref(), Some("Art. 3.1(2)"));
    assert_eq!(of(&both, "adverse.retaliation").retaliation, None);
    let elsewhere = findings("", "2. This Chapter does not apply to audio-visual services.\n", &format!("1. Nothing else.\n2. {answer}"));
    assert_eq!(of(&elsewhere, "exclude.sector").retaliation, None);
}

#[test]
fn outside_dispute_settlement() {
    let scope = "2. This Chapter does not apply to audio-visual services.\n";
    let of_scope = |more: &str| of(&findings("", &format!("{scope}{more}"), "None."), "exclude.sector").outside_dispute_settlement;
    for words in [
        "3. Chapter 4 (Dispute Settlement) shall not apply to this Chapter.",
        "3. Chapter 1 (Trade in Goods) and Chapter 4 (Dispute Settlement) do not apply to matters covered by this Article.",
        "3. No Party may have recourse to dispute settlement under Chapter 4 for any matter arising under this Article.",
        "3. A Party shall not have recourse to dispute settlement under this Agreement for a matter arising under this Chapter.",
        "3. The provisions of this Chapter are co-operative and are not subject to dispute settlement under Chapter 4.",
        "3. Le chapitre 4 (Règlement des différends) ne s'applique pas au présent chapitre.",
    ] {
        assert_eq!(of_scope(&format!("{words}\n")).as_deref(), Some("Art. 2.1(3)"), "{words}");
    }
    for words in [
        "3. Chapter 4 (Dispute Settlement) shall apply to this Chapter.",
        "3. Chapter 4 (Dispute Settlement) shall not apply to Article 2.2.",
        "3. Chapter 4 (Dispute Settlement) shall not apply to this Chapter, except to this Article.",
        "3. No Party may have recourse to dispute settlement under Chapter 4 for a matter arising under this Article without first holding consultations.",
        "3. This Chapter shall not apply to dispute settlement.",
        "3. This Chapter is not subject to investor-State dispute settlement under Chapter 4.",
    ] {
        assert_eq!(of_scope(&format!("{words}\n")), None, "{words}");
    }
    let list = "3. Dispute settlement under Chapter 4 shall not apply to:\n(a) Article 1.1; or\n(b) this Chapter.\n";
    assert_eq!(of_scope(list).as_deref(), Some("Art. 2.1(3)(b)"));
    // In the chapter on disputes itself.
    let text = |words: &str| {
        format!(
            "CHAPTER 2\nTRADE IN SERVICES\nArticle 2.1\nScope\nThis Chapter does not apply to audio-visual services.\nCHAPTER 4\nDISPUTE SETTLEMENT\nArticle 4.1\nScope\n{words}\n"
        )
    };
    let there =
        findings_in(&text("Unless otherwise agreed, it applies.\nArticle 4.2\nExclusions\nThis Chapter shall not apply to Chapter 2."));
    assert_eq!(of(&there, "exclude.sector").outside_dispute_settlement.as_deref(), Some("Art. 4.2"));
    let spanish = findings_in(
        "CAPÍTULO 2\nCOMERCIO DE SERVICIOS\nArtículo 2.1\nÁmbito\nEste Capítulo no se aplica a los servicios audiovisuales.\nArtículo 2.2\nControversias\nNinguna Parte podrá recurrir al mecanismo de solución de controversias previsto en el Capítulo 9 respecto de cualquier asunto derivado de este Capítulo.\n",
    );
    assert_eq!(of(&spanish, "exclude.sector").outside_dispute_settlement.as_deref(), Some("Artículo 2.2"));
}

#[test]
fn one_party_or_all() {
    let party = |words: &str| of(&findings("", &format!("2. {words}\n"), "None."), "exclude.sector").party;
    for words in [
        "For Norland, this Chapter does not apply to audio-visual services.",
        "In the case of Norland, this Chapter does not apply to audio-visual services.",
        "This Chapter does not apply to measures adopted or maintained by Norland with respect to audio-visual services.",
        "With respect to Norland, this Chapter does not apply to cultural industries.",
    ] {
        assert_eq!(party(words).as_deref(), Some("Norland"), "{words}");
    }
    let union = party("This Chapter does not apply to measures taken by the EU Party with respect to audio-visual services.");
    assert_eq!(union.as_deref(), Some("EU Party"));
    for words in [
        "This Chapter does not apply to audio-visual services.",
        "With respect to Broadcasting, this Chapter does not apply to audio-visual services.",
        "This Chapter, negotiated for Establishment of a market, does not apply to audio-visual services.",
        "For Greater Certainty, this Chapter does not apply to audio-visual services, whichever Party supplies them.",
        "This Chapter does not apply to measures taken by Norland or measures taken by Saltmere with respect to audio-visual services.",
    ] {
        assert_eq!(party(words), None, "{words}");
    }
}
