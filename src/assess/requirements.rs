//! The nine rows of the compliance table: which findings decide each, the verdict, and one sentence why
//! (codebook, "Requirements"; guidelines DCE/17/6.CP/11, paragraphs 19.4 and 19.5).

use std::collections::HashSet;

use serde::Serialize;

use super::coverage::{Covered, Row, Theme, is_border_of_networks};
use crate::rules::Force;
use crate::scan::{Finding, Scan};
use crate::structure::{Agreement, Kind};

/// A verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The agreement carries what the guidelines ask for.
    Met,
    /// It carries a part of it.
    Partly,
    /// A provision stands against it and nothing protects.
    Adverse,
    /// It carries nothing of the kind.
    Absent,
    /// The question does not arise.
    NotApplicable,
}

impl Verdict {
    /// The word in the outputs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Partly => "partly",
            Self::Adverse => "adverse",
            Self::Absent => "absent",
            Self::NotApplicable => "not-applicable",
        }
    }
}

/// A row of the compliance table.
#[derive(Clone, Debug, Serialize)]
pub struct Requirement {
    /// Stable id: `cultural-clause`.
    pub id: &'static str,
    /// Paragraph of the guidelines.
    pub paragraph: &'static str,
    /// Title of the row.
    pub title: &'static str,
    /// The verdict.
    pub verdict: Verdict,
    /// Whether an adverse provision stands beside it.
    pub adverse: bool,
    /// One sentence why.
    pub because: String,
    /// Ids of the findings that decide.
    pub findings: Vec<String>,
}

/// Judges the nine rows.
pub(super) fn requirements(agreement: &Agreement, scan: &Scan, coverage: &[Row]) -> Vec<Requirement> {
    let judge = Judge { agreement, scan, coverage };
    vec![
        judge.cultural_clause(),
        judge.dual_nature(),
        judge.preferential_treatment(),
        judge.ecommerce_status(),
        judge.ecommerce_specificity(),
        judge.convention(),
        judge.guidelines(),
        judge.implementation(),
        judge.policy_space(),
    ]
}

struct Judge<'a> {
    agreement: &'a Agreement,
    scan: &'a Scan,
    coverage: &'a [Row],
}

/// What a row is: its id, paragraph and title.
type Head = (&'static str, &'static str, &'static str);

/// A verdict on its way: with what decides it.
struct Outcome<'f> {
    verdict: Verdict,
    adverse: bool,
    because: String,
    findings: Vec<&'f Finding>,
}

impl<'f> Outcome<'f> {
    fn new(verdict: Verdict, because: impl Into<String>, findings: Vec<&'f Finding>) -> Self {
        Self { verdict, adverse: false, because: because.into(), findings }
    }

    fn row(self, (id, paragraph, title): Head) -> Requirement {
        let findings = self.findings.iter().map(|finding| finding.id.clone()).collect();
        Requirement { id, paragraph, title, verdict: self.verdict, adverse: self.adverse, because: self.because, findings }
    }
}

impl<'a> Judge<'a> {
    /// The findings with one of these codes whose words are agreed.
    fn with(&self, codes: &[&str]) -> Vec<&'a Finding> {
        self.scan.findings.iter().filter(|finding| finding.is_agreed() && has_code(finding, codes)).collect()
    }

    /// Whether the words stand in operative text and not in a preamble.
    fn is_operative(&self, finding: &Finding) -> bool {
        !self.agreement.lineage(finding.index).any(|at| matches!(self.agreement.provisions[at].kind, Kind::Preamble | Kind::Recital))
    }

    /// The same findings when only brackets hold them: named, so that nobody believes they are agreed.
    fn proposed(&self, codes: &[&str]) -> String {
        let bracketed: Vec<&Finding> =
            self.scan.findings.iter().filter(|finding| !finding.is_agreed() && has_code(finding, codes)).collect();
        if bracketed.is_empty() { String::new() } else { format!(" Proposed but not agreed: {}.", cite(&bracketed)) }
    }

    fn cultural_clause(&self) -> Requirement {
        let head = ("cultural-clause", "19.4", "Cultural clause");
        let against = self.with(&["adverse."]);
        let exempt = self.with(&["exempt.general"]);
        let codes = ["exempt.general", "exclude.", "except.", "reserve.schedule", "digital.carveout", "prefer."];
        let proposed = self.proposed(&codes);
        let mut outcome = if !exempt.is_empty() {
            Outcome::new(Verdict::Met, format!("{} culture out of the whole agreement.", clause(&exempt, "takes", "take")), exempt)
        } else if let Some(rows) = self.all_covered() {
            let ids: HashSet<&String> = rows.iter().flat_map(|row| &row.deciding).collect();
            let findings: Vec<&Finding> = self.scan.findings.iter().filter(|finding| ids.contains(&finding.id)).collect();
            Outcome::new(
                Verdict::Met,
                format!(
                    "{} culture as a whole out of every chapter on services, investment and digital trade.",
                    clause(&findings, "leaves", "leave")
                ),
                findings,
            )
        } else {
            let clauses: Vec<&Finding> =
                self.with(&codes).into_iter().filter(|finding| !is_border_of_networks(self.agreement, finding)).collect();
            if clauses.is_empty() {
                let border = self.with(&["exclude.sector"]);
                let note = if border.is_empty() {
                    String::new()
                } else {
                    format!(" {} the border of the telecommunications chapter only.", clause(&border, "draws", "draw"))
                };
                Outcome::new(Verdict::Absent, format!("No clause takes account of culture.{note}{proposed}"), Vec::new())
            } else {
                let protecting = clauses.iter().any(|finding| !finding.code.starts_with("prefer."));
                let limits = if protecting {
                    "only some chapters, sectors or measures are covered, not culture as a whole"
                } else {
                    "preferential treatment only, nothing is taken out or excepted"
                };
                Outcome::new(Verdict::Partly, format!("{}: {limits}.{proposed}", cite(&clauses)), clauses)
            }
        };
        if !against.is_empty() {
            outcome.adverse = true;
            if outcome.verdict == Verdict::Absent {
                outcome.verdict = Verdict::Adverse;
                outcome.because = format!("{} against culture and no clause protects it.", clause(&against, "cuts", "cut"));
            } else {
                outcome.because.push_str(&format!(" {} into it.", clause(&against, "cuts", "cut")));
            }
            outcome.findings.extend(against);
        } else if outcome.verdict == Verdict::Met {
            outcome.because.push_str(" No retaliation clause stands beside it.");
        }
        outcome.row(head)
    }

    /// The rows on services, investment and digital trade, when culture as a whole is out of all of them.
    fn all_covered(&self) -> Option<Vec<&'a Row>> {
        let rows: Vec<&Row> = self
            .coverage
            .iter()
            .filter(|row| matches!(row.shown.theme, Theme::Services | Theme::Investment | Theme::Digital) && !row.telecommunications)
            .collect();
        (!rows.is_empty() && rows.iter().all(|row| row.shown.covered == Covered::Yes)).then_some(rows)
    }

    fn dual_nature(&self) -> Requirement {
        let head = ("dual-nature", "19.4", "Dual nature recognised");
        let dual = self.with(&["nature.dual"]);
        let near = self.with(&["ref.convention", "ref.implicit", "space.culture"]);
        let outcome = if !dual.is_empty() {
            let where_ = if dual.iter().any(|finding| self.is_operative(finding)) { "" } else { ", in the preamble only" };
            Outcome::new(
                Verdict::Met,
                format!("{} that cultural goods and services are more than merchandise{where_}.", clause(&dual, "recognises", "recognise")),
                dual,
            )
        } else if !near.is_empty() {
            Outcome::new(
                Verdict::Partly,
                format!(
                    "{} up the Convention's ideas or cultural policies, but no clause states the dual nature.",
                    clause(&near, "takes", "take")
                ),
                near,
            )
        } else {
            Outcome::new(
                Verdict::Absent,
                format!(
                    "No clause recognises the dual nature of cultural goods and services.{}",
                    self.proposed(&["nature.dual", "ref.convention", "space.culture"])
                ),
                Vec::new(),
            )
        };
        outcome.row(head)
    }

    fn preferential_treatment(&self) -> Requirement {
        let head = ("preferential-treatment", "19.4", "Preferential treatment");
        let (binding, weak): (Vec<&Finding>, Vec<&Finding>) =
            self.with(&["prefer."]).into_iter().partition(|finding| finding.force == Force::Binding);
        let cooperation = self.with(&["coop.culture", "coop.audiovisual"]);
        let outcome = if !binding.is_empty() {
            Outcome::new(
                Verdict::Met,
                format!("{} the parties to preferential treatment for culture.", clause(&binding, "binds", "bind")),
                binding,
            )
        } else if !weak.is_empty() {
            Outcome::new(
                Verdict::Partly,
                format!("{} for preferential treatment without binding the parties to it.", clause(&weak, "provides", "provide")),
                weak,
            )
        } else if !cooperation.is_empty() {
            Outcome::new(
                Verdict::Partly,
                format!("{} for co-operation only, no preference is granted.", clause(&cooperation, "provides", "provide")),
                cooperation,
            )
        } else {
            Outcome::new(
                Verdict::Absent,
                format!(
                    "No preference for cultural goods, services or professionals, and no cultural co-operation.{}",
                    self.proposed(&["prefer."])
                ),
                Vec::new(),
            )
        };
        outcome.row(head)
    }

    /// The findings that make a digital regime; empty where there is none.
    fn regime(&self) -> Vec<&'a Finding> {
        self.with(&["digital.regime", "digital.moratorium", "digital.product", "digital.nondiscrimination"])
    }

    fn ecommerce_status(&self) -> Requirement {
        let head = ("ecommerce-status", "19.4", "Status of e-commerce");
        let regime = self.regime();
        let says = self.with(&["digital.product", "digital.services", "digital.carveout"]);
        let outcome = if !says.is_empty() {
            Outcome::new(
                Verdict::Met,
                format!("{} which rules bind cultural content delivered by electronic means.", clause(&says, "says", "say")),
                says,
            )
        } else if !regime.is_empty() {
            Outcome::new(
                Verdict::Partly,
                format!(
                    "{} rules on e-commerce that do not say which of them bind cultural content delivered by electronic means.",
                    clause(&regime, "makes", "make")
                ),
                regime,
            )
        } else {
            Outcome::new(Verdict::Absent, "No rule on e-commerce or digital trade.", Vec::new())
        };
        outcome.row(head)
    }

    fn ecommerce_specificity(&self) -> Requirement {
        let head = ("ecommerce-specificity", "19.4", "Specificity of culture in e-commerce");
        let regime = self.regime();
        let rows: Vec<&Row> = self.coverage.iter().filter(|row| row.shown.theme == Theme::Digital).collect();
        if regime.is_empty() && rows.is_empty() {
            return Outcome::new(Verdict::NotApplicable, "The agreement has no rules on e-commerce or digital trade.", Vec::new())
                .row(head);
        }
        let best = rows.iter().map(|row| row.shown.covered).max().unwrap_or(Covered::No);
        let ids: HashSet<&String> = rows.iter().filter(|row| row.shown.covered == best).flat_map(|row| &row.deciding).collect();
        let clauses: Vec<&Finding> = self.scan.findings.iter().filter(|finding| ids.contains(&finding.id)).collect();
        let against = self.with(&["digital.nondiscrimination"]);
        let proposed = self.proposed(&["digital.carveout", "exempt.general"]);
        let mut outcome = match best {
            Covered::Yes => Outcome::new(
                Verdict::Met,
                format!("{} the digital rules for culture as a whole.", clause(&clauses, "reaches", "reach")),
                clauses,
            ),
            Covered::Partly => Outcome::new(
                Verdict::Partly,
                format!("{} the digital rules, but not for culture as a whole.", clause(&clauses, "reaches", "reach")),
                clauses,
            ),
            Covered::No if !against.is_empty() => Outcome::new(
                Verdict::Adverse,
                format!(
                    "{} less favourable treatment of digital products and no clause on culture protects against it.{proposed}",
                    clause(&against, "forbids", "forbid")
                ),
                Vec::new(),
            ),
            Covered::No => Outcome::new(Verdict::Absent, format!("No clause on culture reaches the digital rules.{proposed}"), Vec::new()),
        };
        if !against.is_empty() && outcome.verdict != Verdict::Met {
            if outcome.verdict == Verdict::Partly {
                outcome
                    .because
                    .push_str(&format!(" {} less favourable treatment of digital products.", clause(&against, "forbids", "forbid")));
            }
            outcome.adverse = true;
            outcome.findings.extend(against);
        }
        outcome.row(head)
    }

    fn convention(&self) -> Requirement {
        let head = ("convention", "19.5", "Reference to the Convention");
        let explicit = self.with(&["ref.convention"]);
        let implicit = self.with(&["ref.implicit"]);
        let outcome = if !explicit.is_empty() {
            let place =
                if explicit.iter().any(|finding| self.is_operative(finding)) { "in operative text" } else { "in the preamble only" };
            Outcome::new(Verdict::Met, format!("{} the 2005 Convention, {place}.", clause(&explicit, "names", "name")), explicit)
        } else if !implicit.is_empty() {
            Outcome::new(
                Verdict::Partly,
                format!("{} ideas of the Convention without naming it.", clause(&implicit, "uses", "use")),
                implicit,
            )
        } else {
            Outcome::new(
                Verdict::Absent,
                format!("Neither the Convention nor its ideas are named.{}", self.proposed(&["ref.convention"])),
                Vec::new(),
            )
        };
        outcome.row(head)
    }

    fn guidelines(&self) -> Requirement {
        let head = ("guidelines", "19.5", "Reference to the guidelines");
        let named = self.with(&["ref.guidelines"]);
        let outcome = if named.is_empty() {
            Outcome::new(
                Verdict::Absent,
                format!("The operational guidelines of the Convention are not named.{}", self.proposed(&["ref.guidelines"])),
                Vec::new(),
            )
        } else {
            Outcome::new(Verdict::Met, format!("{} the operational guidelines of the Convention.", clause(&named, "names", "name")), named)
        };
        outcome.row(head)
    }

    fn implementation(&self) -> Requirement {
        let head = ("implementation", "19.5", "Provisions that let them be carried out");
        let operative: Vec<&Finding> = self
            .with(&["ref.convention"])
            .into_iter()
            .filter(|finding| self.is_operative(finding) && finding.force == Force::Binding)
            .collect();
        let protocol = self.with(&["protocol.culture"]);
        let cooperation = self.with(&["coop.culture", "coop.audiovisual", "prefer.coproduction", "gov.culture"]);
        let outcome = if !operative.is_empty() {
            Outcome::new(Verdict::Met, format!("{} an obligation to the Convention.", clause(&operative, "ties", "tie")), operative)
        } else if !protocol.is_empty() {
            Outcome::new(
                Verdict::Met,
                format!("{} culture an instrument or chapter of its own.", clause(&protocol, "gives", "give")),
                protocol,
            )
        } else if !cooperation.is_empty() {
            Outcome::new(
                Verdict::Partly,
                format!("{} for co-operation on culture without tying it to the Convention.", clause(&cooperation, "provides", "provide")),
                cooperation,
            )
        } else {
            Outcome::new(
                Verdict::Absent,
                format!(
                    "No provision on cultural co-operation or governance.{}",
                    self.proposed(&["ref.convention", "protocol.culture", "gov.culture"])
                ),
                Vec::new(),
            )
        };
        outcome.row(head)
    }

    fn policy_space(&self) -> Requirement {
        let head = ("policy-space", "19.5", "Policy space preserved");
        let exempt = self.with(&["exempt.general"]);
        let (operative, recitals): (Vec<&Finding>, Vec<&Finding>) =
            self.with(&["space.culture"]).into_iter().partition(|finding| self.is_operative(finding));
        let future: Vec<&Finding> =
            self.with(&["reserve.schedule"]).into_iter().filter(|finding| self.is_for_future_measures(finding)).collect();
        let creative = self.with(&["except.creative"]);
        let some: Vec<&Finding> = self
            .with(&["exclude.sector", "exclude.subsidy"])
            .into_iter()
            .filter(|finding| !is_border_of_networks(self.agreement, finding) && finding.party.is_none())
            .collect();
        let ratchet = self.with(&["support.ratchet"]);
        let proposed = self.proposed(&["exempt.general", "space.culture", "exclude."]);
        let met: Vec<&Finding> = [exempt.clone(), operative, future].concat();
        let mut outcome = if !met.is_empty() {
            Outcome::new(Verdict::Met, format!("{} the capacity to adopt cultural policies.", clause(&met, "keeps", "keep")), met)
        } else if !recitals.is_empty() || !creative.is_empty() || !some.is_empty() {
            let sectors_only = recitals.is_empty() && creative.is_empty();
            let clauses = [recitals, some, creative].concat();
            let mut outcome = Outcome::new(
                Verdict::Partly,
                format!("{} some policy space, not for culture as a whole.", clause(&clauses, "keeps", "keep")),
                clauses,
            );
            outcome.adverse = sectors_only && !ratchet.is_empty();
            outcome
        } else if !ratchet.is_empty() {
            let mut outcome = Outcome::new(
                Verdict::Adverse,
                format!(
                    "{} existing measures, culture included, and no clause keeps policy space for culture.{proposed}",
                    clause(&ratchet, "freezes or ratchets", "freeze or ratchet")
                ),
                Vec::new(),
            );
            outcome.adverse = true;
            outcome
        } else {
            Outcome::new(
                Verdict::Absent,
                format!("No clause reserves cultural policies or leaves a cultural sector out.{proposed}"),
                Vec::new(),
            )
        };
        if outcome.adverse {
            if outcome.verdict == Verdict::Partly {
                outcome.because.push_str(&format!(
                    " {} measures in the other cultural sectors.",
                    clause(&ratchet, "freezes or ratchets", "freeze or ratchet")
                ));
            }
            outcome.findings.extend(ratchet);
        }
        outcome.row(head)
    }

    /// A reservation that lets a party adopt new measures, and not only keep those that it has.
    fn is_for_future_measures(&self, finding: &Finding) -> bool {
        let provision = &self.agreement.provisions[finding.index];
        let around = provision.span.of(&self.agreement.document.text).to_lowercase();
        [
            "adopt or maintain any measure",
            "right to adopt",
            "adoptar o mantener cualquier medida",
            "droit d'adopter",
            "droit d’adopter",
            "derecho de adoptar",
            "derecho a adoptar",
        ]
        .iter()
        .any(|words| around.contains(words))
    }
}

/// Whether a finding has one of the codes; `prefer.` stands for its whole family.
fn has_code(finding: &Finding, codes: &[&str]) -> bool {
    codes.iter().any(|code| finding.code == *code || code.ends_with('.') && finding.code.starts_with(code))
}

/// The citations of findings as the subject of a verb in the singular or the plural.
fn clause(findings: &[&Finding], singular: &str, plural: &str) -> String {
    let first = findings.first().map(|finding| finding.citation.as_str());
    let several = findings.iter().any(|finding| Some(finding.citation.as_str()) != first);
    format!("{} {}", cite(findings), if several { plural } else { singular })
}

/// The citations of findings, each once, the first few.
fn cite(findings: &[&Finding]) -> String {
    const SHOWN: usize = 4;
    let mut citations: Vec<&str> = Vec::new();
    for finding in findings {
        if !citations.contains(&finding.citation.as_str()) {
            citations.push(&finding.citation);
        }
    }
    if citations.len() > SHOWN {
        return format!("{} and {} more", citations[..SHOWN].join(", "), citations.len() - SHOWN);
    }
    citations.join(", ")
}
