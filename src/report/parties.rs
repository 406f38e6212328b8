//! The line on the parties and the 2005 Convention, at the head of the tables.

use std::fmt::Write;

use crate::analysis::Analysis;
use crate::assess::{ADOPTED, AtSignature, Party};
use crate::rules::{Confidence, Status};

/// The members of a group that are named one by one; of larger groups the number is given.
const MOST_NAMED: usize = 6;

/// Which parties were Parties to the Convention when the agreement was signed; `None` where no party is known.
pub(super) fn convention(analysis: &Analysis) -> Option<String> {
    let known = |party: &Party| party.code.is_some() || !party.members.is_empty();
    if !analysis.parties.iter().any(known) {
        return None;
    }
    let signed = analysis.date.as_deref();
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
        let bound = party.members.iter().filter(|member| is_bound(member, dated)).count();
        self.bound.push(format!("{bound} of {} members of {}", party.members.len(), party.name));
    }

    fn add_one(&mut self, party: &Party, dated: bool) {
        let Some(row) = &party.convention else {
            self.unknown.push(party.name.clone());
            return;
        };
        let check = if row.confidence == Confidence::Low { ", to be checked" } else { "" };
        let day = row.in_force.as_deref().unwrap_or("day not known");
        if is_bound(party, dated) {
            self.bound.push(format!("{} (since {day}{check})", party.name));
        } else {
            match (row.status, row.at_signature) {
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
    party.convention.as_ref().is_some_and(|row| {
        if dated { row.at_signature == AtSignature::Bound } else { row.status == Status::Party && row.in_force.is_some() }
    })
}
