//! The line on the parties and the 2005 Convention, at the head of the tables.

use std::fmt::Write;

use crate::analysis::Analysis;
use crate::assess::{ADOPTED, AtSignature, Party};
use crate::rules::{Confidence, Status};
use crate::text::is_date;

/// The members of a group that are named one by one; of larger groups the number is given.
const MOST_NAMED: usize = 6;

/// The members of a large group that are named as not bound.
const MOST_LEFT_OUT: usize = 3;

/// Which parties were Parties to the Convention when the agreement was signed; `None` where no party is known.
pub(super) fn convention(analysis: &Analysis) -> Option<String> {
    let known = |party: &Party| party.code.is_some() || !party.members.is_empty();
    if !analysis.parties.iter().any(known) {
        return None;
    }
    let signed = analysis.date.as_deref().filter(|day| is_date(day));
    if signed.is_some_and(|day| day < ADOPTED) {
        return Some(format!("The 2005 Convention was adopted on {ADOPTED}, after this agreement was signed."));
    }
    let mut lists = Lists::default();
    for party in &analysis.parties {
        lists.add(party, signed.is_some());
    }
    let when = signed.map_or_else(|| "date of signature not known".to_owned(), |day| format!("when signed, {day}"));
    let bound = if lists.bound.is_empty() { "none known".to_owned() } else { lists.bound.join(", ") };
    let mut line = format!("Parties to the 2005 Convention ({when}): {bound}");
    for (what, list) in [("not yet", &lists.later), ("not a Party", &lists.never), ("not known", &lists.unknown)] {
        if !list.is_empty() {
            let _ = write!(line, "; {what}: {}", list.join(", "));
        }
    }
    Some(line + ".")
}

/// The names by what is known of them.
#[derive(Default)]
struct Lists {
    bound: Vec<String>,
    later: Vec<String>,
    never: Vec<String>,
    unknown: Vec<String>,
}

impl Lists {
    fn add(&mut self, party: &Party, dated: bool) {
        if party.members.is_empty() || party.convention.is_some() {
            self.add_one(party, dated);
        }
        if party.members.len() <= MOST_NAMED {
            party.members.iter().for_each(|member| self.add_one(member, dated));
            return;
        }
        let others: Vec<&str> = party.members.iter().filter(|member| !is_bound(member, dated)).map(|member| member.name.as_str()).collect();
        let (all, name) = (party.members.len(), &party.name);
        self.bound.push(match others.len() {
            0 => format!("{name} (all {all} members)"),
            few @ 1..=MOST_LEFT_OUT => format!("{name} ({} of {all} members, not {})", all - few, others.join(", ")),
            many => format!("{name} ({} of {all} members)", all - many),
        });
    }

    fn add_one(&mut self, party: &Party, dated: bool) {
        let Some(convention) = &party.convention else {
            self.unknown.push(party.name.clone());
            return;
        };
        let row = &convention.row;
        let check = if row.confidence == Confidence::Low { ", to be checked" } else { "" };
        let day = row.in_force.as_deref().unwrap_or("day not known");
        if is_bound(party, dated) {
            self.bound.push(format!("{} (since {day}{check})", party.name));
        } else {
            match (row.status, convention.at_signature) {
                (Status::NotParty, _) if check.is_empty() => self.never.push(party.name.clone()),
                (Status::NotParty, _) => self.never.push(format!("{} (to be checked)", party.name)),
                (Status::Party, AtSignature::NotBound) => self.later.push(format!("{} (from {day}{check})", party.name)),
                (Status::Party, _) => self.unknown.push(format!("{} (a Party from about {day}, to be checked)", party.name)),
                (Status::Unknown, _) => self.unknown.push(party.name.clone()),
            }
        }
    }
}

/// Whether a party was bound when the agreement was signed; without a date, whether it is a Party.
fn is_bound(party: &Party, dated: bool) -> bool {
    party.convention.as_ref().is_some_and(|convention| {
        let row = &convention.row;
        if dated { convention.at_signature == AtSignature::Bound } else { row.status == Status::Party && row.in_force.is_some() }
    })
}

#[cfg(test)]
mod tests {
    use super::convention;
    use crate::analysis::Analysis;
    use crate::document;
    use crate::rules::{Rulebook, Source};

    fn line(parties: &str, signed: &str) -> Option<String> {
        let row = |name: &str, iso: &str, rest: &str| {
            format!("[[party]]\nname = \"{name}\"\niso = \"{iso}\"\n{rest}source = \"written for the test\"\n")
        };
        let since = |day: &str, sure: &str| {
            format!("convention = \"party\"\ndeposited = \"2006-12-18\"\nin_force = \"{day}\"\nconfidence = \"{sure}\"\n")
        };
        let mut text = row("Norrland", "NRL", &since("2007-03-18", "high"))
            + &row("Skerries", "SKE", &since("2012-01-01", "low"))
            + &row("Saltmere", "SLT", "convention = \"not-party\"\nconfidence = \"medium\"\n")
            + &row("Fells", "FEL", "");
        let codes = ["AAA", "AAB", "AAC", "AAD", "AAE", "AAF"];
        for code in codes {
            text += &row(code, code, &since("2007-03-18", "high"));
        }
        text += &format!("[[party]]\nname = \"Great Union\"\nmembers = [\"FEL\", \"{}\"]\n", codes.join("\", \""));
        let rulebook = Rulebook::from_sources(&[Source { name: "parties.toml".into(), text }]).expect("a good file");
        let agreement = format!(
            "Agreement among {parties}\n\nArticle 1\nScope\nIt applies to goods.\n\nDone at Norrland on {signed} in one original.\n"
        );
        convention(&Analysis::new("a.txt", document::read(agreement.as_bytes()).expect("text"), &rulebook))
    }

    #[test]
    fn the_line_says_what_is_known_of_each() {
        let all = "Norrland, Skerries, Saltmere and Fells";
        assert_eq!(
            line(all, "5 May 2010").as_deref(),
            Some(
                "Parties to the 2005 Convention (when signed, 2010-05-05): Norrland (since 2007-03-18); not yet: Skerries (from 2012-01-01, to be checked); not a Party: Saltmere; not known: Fells."
            )
        );
        assert_eq!(
            line("Skerries and Saltmere", "5 May 2012").as_deref(),
            Some(
                "Parties to the 2005 Convention (when signed, 2012-05-05): none known; not a Party: Saltmere; not known: Skerries (a Party from about 2012-01-01, to be checked)."
            )
        );
        assert_eq!(
            line("Norrland and Saltmere", "____").as_deref(),
            Some("Parties to the 2005 Convention (date of signature not known): Norrland (since 2007-03-18); not a Party: Saltmere.")
        );
        assert_eq!(
            line(all, "5 May 1999").as_deref(),
            Some("The 2005 Convention was adopted on 2005-10-20, after this agreement was signed.")
        );
        assert_eq!(line("Tavira and Costa Alta", "5 May 2010"), None);
    }

    #[test]
    fn large_groups_are_counted() {
        let line = line("the Great Union and Norrland", "5 May 2010").expect("known parties");
        assert!(line.contains("): Great Union (6 of 7 members, not Fells), Norrland (since 2007-03-18)."), "{line}");
    }
}
