//! The parties of an agreement, and which of them were Parties to the 2005 Convention when it was signed.

mod list;
mod names;

use serde::Serialize;

use crate::rules::{Confidence, KnownParty, Participation, Parties, Status};
use crate::structure::Agreement;
use crate::text::is_date;
use names::Named;

/// The day on which the Convention was adopted: no earlier agreement can name it.
pub const ADOPTED: &str = "2005-10-20";

/// A party of an agreement: a state, a union or a group of states.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Party {
    /// The name as the source writes it; where the source has a code only, the name that goes with it.
    pub name: String,
    /// ISO 3166 alpha-3, `EUR` for the European Union; `None` for groups and for what is not known.
    pub code: Option<String>,
    /// Its participation in the 2005 Convention; `None` for groups, which have none of their own, and for what is not known.
    pub convention: Option<Participant>,
    /// The members of a group: those that the agreement names, or else those of the day of signature (none where it is not known).
    pub members: Vec<Party>,
}

/// What is known of a party's participation in the 2005 Convention.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Participant {
    /// Its row in `parties.toml`.
    #[serde(flatten)]
    pub row: Participation,
    /// Whether it was bound when the agreement was signed.
    pub at_signature: AtSignature,
}

/// Whether the Convention bound a party on the day on which an agreement was signed. The entry into force for that party decides,
/// not its deposit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AtSignature {
    /// It was bound.
    Bound,
    /// It was not.
    NotBound,
    /// The agreement is older than the Convention.
    BeforeTheConvention,
    /// The date of signature or of the entry into force is not known, or the row is not sure and the two dates lie within a year.
    NotKnown,
}

impl AtSignature {
    fn of(status: Status, in_force: Option<&str>, confidence: Confidence, signed: Option<&str>) -> Self {
        if signed.is_some_and(|day| day < ADOPTED) {
            return Self::BeforeTheConvention;
        }
        match (status, in_force, signed) {
            (Status::NotParty, ..) => Self::NotBound,
            (Status::Party, Some(in_force), Some(signed)) => {
                if confidence != Confidence::High && within_a_year(in_force, signed) {
                    Self::NotKnown
                } else if in_force <= signed {
                    Self::Bound
                } else {
                    Self::NotBound
                }
            }
            _ => Self::NotKnown,
        }
    }
}

/// Whether two days (ISO 8601) lie within a year of each other.
fn within_a_year(one: &str, other: &str) -> bool {
    let (first, second) = if one <= other { (one, other) } else { (other, one) };
    let year = |day: &str| day.get(..4).and_then(|year| year.parse::<u32>().ok());
    match (year(first), year(second)) {
        (Some(before), Some(after)) => after == before || after == before + 1 && second.get(4..) < first.get(4..),
        _ => false,
    }
}

impl Party {
    /// A party of which only the name is known.
    fn unknown(name: String) -> Self {
        Self { name, code: None, convention: None, members: Vec::new() }
    }

    fn known(name: String, known: &KnownParty, signed: Option<&str>) -> Self {
        let convention = known.participation.as_ref().map(|row| Participant {
            row: row.clone(),
            at_signature: AtSignature::of(row.status, row.in_force.as_deref(), row.confidence, signed),
        });
        Self { name, code: known.code.clone(), convention, members: Vec::new() }
    }

    /// Whether the party, as one side of the agreement, was bound by the Convention: a group is where all its members were.
    #[must_use]
    pub fn at_signature(&self) -> AtSignature {
        if let Some(convention) = &self.convention {
            return convention.at_signature;
        }
        let mut members = self.members.iter().map(Self::at_signature);
        match members.next() {
            Some(first) if members.all(|next| next == first) => first,
            _ => AtSignature::NotKnown,
        }
    }

    /// Whether a row that stands behind [`Party::at_signature`] is to be checked before it is relied on.
    fn is_unsure(&self) -> bool {
        match &self.convention {
            Some(convention) => convention.row.confidence == Confidence::Low,
            None => self.members.iter().any(Self::is_unsure),
        }
    }
}

/// The parties of an agreement signed on a day (ISO 8601): from the metadata of the source, or else from the title, the preamble
/// or the signatures. What is not found is left out; names that `parties` does not know stand without a code.
#[must_use]
pub(super) fn parties(agreement: &Agreement, known: &Parties, signed: Option<&str>) -> Vec<Party> {
    let named = names::of(agreement, known);
    let signed = signed.filter(|day| is_date(day));
    grouped(named, known, signed)
}

/// Puts the states that are members of a named group below it.
fn grouped(named: Vec<Named<'_>>, known: &Parties, signed: Option<&str>) -> Vec<Party> {
    let party = |one: &Named<'_>| match one.known {
        Some(known) => Party::known(one.name.clone(), known, signed),
        None => Party::unknown(one.name.clone()),
    };
    let code = |one: &Named<'_>| one.known.and_then(|known| known.code.as_deref()).unwrap_or_default().to_owned();
    let mut below: Vec<Option<usize>> = vec![None; named.len()];
    // The smallest group takes a state first: the European Union before the parties to a convention of many.
    let mut groups: Vec<usize> = (0..named.len()).filter(|&at| named[at].known.is_some_and(|group| !group.members.is_empty())).collect();
    groups.sort_by_key(|&at| named[at].known.map_or(0, |group| group.members.len()));
    for &group in &groups {
        let Some(members) = named[group].known.map(|group| &group.members) else { continue };
        let of_it: Vec<usize> =
            (0..named.len()).filter(|&at| below[at].is_none() && members.iter().any(|member| member.code == code(&named[at]))).collect();
        // One member alone may be a party beside the group.
        if of_it.len() > 1 {
            of_it.into_iter().for_each(|at| below[at] = Some(group));
        }
    }
    let mut found = Vec::new();
    for (at, one) in named.iter().enumerate() {
        if below[at].is_some() {
            continue;
        }
        let mut whole = party(one);
        // Groups are few, parties in the metadata of a hostile file may be many.
        if groups.contains(&at) {
            whole.members = (0..named.len()).filter(|&other| below[other] == Some(at)).map(|other| party(&named[other])).collect();
        }
        // A union with a row of its own is a party without its members, unless they are named as well.
        if let Some(group) = one.known
            && whole.members.is_empty()
            && (whole.convention.is_none() || one.with_members)
        {
            // Without a date, only where the members were always the same.
            let always = group.members.iter().all(|member| member.from.is_none() && member.to.is_none());
            let codes = if always || signed.is_some() { group.members_on(signed) } else { Vec::new() };
            let members = codes.into_iter().filter_map(|code| known.coded(code));
            whole.members = members.map(|member| Party::known(member.name.clone(), member, signed)).collect();
        }
        found.push(whole);
    }
    found
}

/// A sentence on how far the parties were bound by the Convention when the agreement was signed; `None` where that is not known of
/// all of them. A reference to the Convention means more where all sides are bound.
///
/// # Example
/// ```
/// use clausula::{analysis::Analysis, assess::parties_note, document, rules::Rulebook};
/// let text = b"FREE TRADE AGREEMENT BETWEEN CANADA AND JAPAN\n\nThe Parties agree:\n\nArticle 1\nScope\nIt applies.\n\nDone at Paris on 5 May 2019.\n";
/// let analysis = Analysis::new("a.txt", document::read(text)?, &Rulebook::embedded().expect("checked rules"));
/// let note = parties_note(&analysis.parties).expect("both are known");
/// assert_eq!(note, "When it was signed, CANADA was bound by the Convention and JAPAN was not.");
/// # Ok::<(), document::ReadError>(())
/// ```
#[must_use]
pub fn parties_note(parties: &[Party]) -> Option<String> {
    let sides: Vec<AtSignature> = parties.iter().map(Party::at_signature).collect();
    if sides.len() < 2 {
        return None;
    }
    let bound: Vec<&str> = names_where(parties, AtSignature::Bound);
    let free: Vec<&str> = names_where(parties, AtSignature::NotBound);
    let check = if parties.iter().any(Party::is_unsure) { " (from rows that are to be checked)" } else { "" };
    let note = if sides.iter().all(|side| *side == AtSignature::BeforeTheConvention) {
        "It was signed before the Convention was adopted.".to_owned()
    } else if bound.len() == sides.len() {
        let who = if sides.len() == 2 { "both parties were" } else { "all parties were" };
        format!("When it was signed, {who} bound by the Convention{check}.")
    } else if free.len() == sides.len() {
        let who = if sides.len() == 2 { "neither party was" } else { "no party was" };
        format!("When it was signed, {who} bound by the Convention{check}.")
    } else if bound.len() + free.len() < sides.len() {
        return None;
    } else if let ([one], [other]) = (bound.as_slice(), free.as_slice()) {
        format!("When it was signed, {one} was bound by the Convention and {other} was not{check}.")
    } else {
        format!("When it was signed, {} of {} parties were bound by the Convention{check}.", bound.len(), sides.len())
    };
    Some(note)
}

fn names_where(parties: &[Party], side: AtSignature) -> Vec<&str> {
    parties.iter().filter(|party| party.at_signature() == side).map(|party| party.name.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::{AtSignature, Party, parties, parties_note};
    use crate::document;
    use crate::rules::{Confidence, Rulebook, Source, Status};
    use crate::structure::Agreement;

    const FILE: &str = r#"[[party]]
name = "Norrland"
iso = "NRL"
also = ["Kingdom of Norrland"]
convention = "party"
deposited = "2008-01-02"
in_force = "2008-04-02"
confidence = "high"
source = "written for the test"

[[party]]
name = "Saltmere"
iso = "SLT"
also_fr = ["République de Saumer"]
convention = "not-party"
confidence = "medium"
source = "written for the test"

[[party]]
name = "Isles and Skerries"
iso = "ISK"
convention = "party"
deposited = "2010-01-02"
in_force = "2010-04-02"
confidence = "low"
source = "written for the test"

[[party]]
name = "Fells"
iso = "FEL"

[[party]]
name = "Northern Union"
also = ["NU"]
members = ["NRL", "ISK from 2009-01-01"]

[[party]]
name = "Salt Community"
iso = "SCX"
members = ["SLT", "FEL"]
convention = "party"
in_force = "2012-01-01"
deposited = "2011-10-01"
confidence = "high"
source = "written for the test"
"#;

    fn found(text: &str, signed: Option<&str>) -> Vec<Party> {
        let rulebook = Rulebook::from_sources(&[Source { name: "parties.toml".into(), text: FILE.into() }]).expect("a good file");
        let agreement = Agreement::new(document::read(text.as_bytes()).expect("text"));
        parties(&agreement, &rulebook.parties, signed)
    }

    /// An agreement with a title and the beginning of a preamble.
    fn agreement(title: &str, preamble: &str) -> String {
        format!(
            "{title}\n\nPREAMBLE\n\n{preamble}\n\nRECOGNISING the gains of open markets for all;\n\nHave agreed as follows:\n\nArticle 1\nScope\nThis Agreement applies to goods.\n"
        )
    }

    fn shown(parties: &[Party]) -> Vec<String> {
        let one = |party: &Party| format!("{} [{}]", party.name, party.code.as_deref().unwrap_or("-"));
        parties
            .iter()
            .map(|party| {
                let members: Vec<&str> = party.members.iter().map(|member| member.name.as_str()).collect();
                if members.is_empty() { one(party) } else { format!("{} = {}", one(party), members.join(" + ")) }
            })
            .collect()
    }

    #[test]
    fn titles_in_three_languages() {
        for (title, wanted) in [
            ("Free Trade Agreement between Norrland and the Republic of Saltmere", &["Norrland [NRL]", "Republic of Saltmere [SLT]"][..]),
            (
                "AGREEMENT BETWEEN THE GOVERNMENT OF NORRLAND AND THE GOVERNMENT OF THE REPUBLIC OF TAVIRA ON FREE TRADE",
                &["NORRLAND [NRL]", "REPUBLIC OF TAVIRA [-]"],
            ),
            ("Agreement between Tavira and Costa Alta on Free Trade", &["Tavira [-]", "Costa Alta [-]"]),
            (
                "Accord de libre-échange entre la République de Saumer et le Royaume de Tavira sur le commerce",
                &["République de Saumer [SLT]", "Royaume de Tavira [-]"],
            ),
            (
                "Tratado de Libre Comercio entre la República de Tavira y las Isles and Skerries",
                &["República de Tavira [-]", "Isles and Skerries [ISK]"],
            ),
            (
                "Agreement among Norrland, Saltmere and Fells for the promotion of trade",
                &["Norrland [NRL]", "Saltmere [SLT]", "Fells [FEL]"],
            ),
            ("Saltmere – Fells Free Trade Agreement", &["Saltmere [SLT]", "Fells [FEL]"]),
            ("Agreement between the Kingdom of Norrland1 and Saltmere (consolidated)", &["Kingdom of Norrland [NRL]", "Saltmere [SLT]"]),
            ("North Sea Agreement", &[]),
        ] {
            assert_eq!(shown(&found(&agreement(title, "The Parties,"), Some("2015-01-01"))), wanted, "{title}");
        }
    }

    #[test]
    fn the_preamble_names_them_where_the_title_does_not() {
        let text = agreement(
            "SKERRY PACT",
            "The Government of the Kingdom of Norrland, the Government of Saltmere (“Saltmere”) and Fells, hereinafter “the Parties”,",
        );
        assert_eq!(shown(&found(&text, None)), ["Kingdom of Norrland [NRL]", "Saltmere [SLT]", "Fells [FEL]"]);
        let invented = agreement("SKERRY PACT", "The Government of Tavira and the Government of the Republic of Costa Alta,");
        assert_eq!(shown(&found(&invented, None)), ["Tavira [-]", "Republic of Costa Alta [-]"]);
    }

    #[test]
    fn groups_stand_with_their_members() {
        let title = "Agreement between the Northern Union and Saltmere";
        assert_eq!(
            shown(&found(&agreement(title, "The Parties,"), Some("2010-01-01"))),
            ["Northern Union [-] = Norrland + Isles and Skerries", "Saltmere [SLT]"]
        );
        // On that day it had one member, and without a day nobody can say.
        assert_eq!(shown(&found(&agreement(title, "The Parties,"), Some("2008-01-01")))[0], "Northern Union [-] = Norrland");
        assert_eq!(shown(&found(&agreement(title, "The Parties,"), None))[0], "Northern Union [-]");
        let named = agreement(title, "Norrland, Isles and Skerries (the “Northern Union”) and Saltmere,");
        assert_eq!(shown(&found(&named, None))[0], "Northern Union [-] = Norrland + Isles and Skerries");
        // A union with a row of its own stands alone, unless its members are parties too.
        let whole = "Partnership between the Salt Community and its Member States, of the one part, and Tavira, of the other part";
        assert_eq!(
            shown(&found(&agreement(whole, "The Parties,"), Some("2015-01-01"))),
            ["Salt Community [SCX] = Saltmere + Fells", "Tavira [-]"]
        );
        let alone = whole.replace(" and its Member States", "");
        assert_eq!(shown(&found(&agreement(&alone, "The Parties,"), Some("2015-01-01")))[0], "Salt Community [SCX]");
    }

    #[test]
    fn the_entry_into_force_for_each_decides() {
        use AtSignature::{BeforeTheConvention, Bound, NotBound, NotKnown};
        for (status, in_force, confidence, signed, wanted) in [
            (Status::Party, Some("2008-04-02"), Confidence::High, Some("2008-04-02"), Bound),
            (Status::Party, Some("2008-04-02"), Confidence::High, Some("2008-04-01"), NotBound),
            (Status::Party, Some("2008-04-02"), Confidence::High, Some("2005-10-19"), BeforeTheConvention),
            (Status::Party, Some("2008-04-02"), Confidence::High, None, NotKnown),
            (Status::Party, None, Confidence::High, Some("2015-01-01"), NotKnown),
            (Status::Party, Some("2008-04-02"), Confidence::Low, Some("2009-04-01"), NotKnown),
            (Status::Party, Some("2008-04-02"), Confidence::Medium, Some("2007-06-01"), NotKnown),
            (Status::Party, Some("2008-04-02"), Confidence::Low, Some("2009-04-02"), Bound),
            (Status::Party, Some("2008-04-02"), Confidence::Low, Some("2006-04-01"), NotBound),
            (Status::NotParty, None, Confidence::Medium, None, NotBound),
            (Status::Unknown, None, Confidence::Low, Some("2015-01-01"), NotKnown),
        ] {
            let found = AtSignature::of(status, in_force, confidence, signed);
            assert_eq!(found, wanted, "{status:?} {in_force:?} {confidence:?} {signed:?}");
        }
    }

    #[test]
    fn the_note_says_who_was_bound() {
        let note = |title: &str, signed: &str| parties_note(&found(&agreement(title, "The Parties,"), Some(signed)));
        let said = |title: &str, signed: &str| note(title, signed).unwrap_or_default();
        let mixed = "Agreement between Norrland and Saltmere";
        assert_eq!(said(mixed, "2015-01-01"), "When it was signed, Norrland was bound by the Convention and Saltmere was not.");
        assert_eq!(said(mixed, "2008-01-01"), "When it was signed, neither party was bound by the Convention.");
        assert_eq!(said(mixed, "1999-01-01"), "It was signed before the Convention was adopted.");
        assert_eq!(
            said("Agreement between Norrland and Isles and Skerries", "2015-01-01"),
            "When it was signed, both parties were bound by the Convention (from rows that are to be checked)."
        );
        assert_eq!(
            said("Agreement among Norrland, Saltmere and the Salt Community", "2015-01-01"),
            "When it was signed, 2 of 3 parties were bound by the Convention."
        );
        assert_eq!(note("Agreement between Norrland and Fells", "2015-01-01"), None);
        assert_eq!(note("Agreement between Norrland and Tavira", "2015-01-01"), None);
    }
}
