//! Where an agreement names its parties: metadata, title, preamble, signatures.

use std::sync::LazyLock;

use regex::Regex;

use super::list;
use crate::rules::{KnownParty, Parties, folded_words};
use crate::structure::{Agreement, Kind};
use crate::text::{floor_boundary, pattern};

/// A party as it was found.
#[derive(Clone, Debug)]
pub(super) struct Named<'p> {
    /// As the source writes it.
    pub name: String,
    pub known: Option<&'p KnownParty>,
    /// Whether its member states are named with it as a whole.
    pub with_members: bool,
}

/// The parties, each once, in the order in which they are named.
pub(super) fn of<'p>(agreement: &Agreement, known: &'p Parties) -> Vec<Named<'p>> {
    let title = agreement.title.as_deref().unwrap_or_default();
    let metadata = &agreement.document.metadata.parties;
    if !metadata.is_empty() {
        let states: Vec<Named<'p>> = metadata.iter().map(|party| of_metadata(party, known)).collect();
        // Data sets list the members of a union; the title names the union.
        let groups = list::known_in(title, known).into_iter().filter(|party| {
            party.known.is_some_and(|group| group.members.iter().filter(|member| metadata.contains(&member.code)).count() > 1)
        });
        return each_once(groups.chain(states).collect());
    }
    let in_title = each_once(of_title(title, known));
    let in_preamble = each_once(of_preamble(agreement, known));
    let all_known = |list: &[Named<'_>]| list.len() > 1 && list.iter().all(|party| party.known.is_some());
    if all_known(&in_title) {
        // The preamble says who stands behind the name of a group.
        let group = in_title.iter().any(|party| party.known.is_some_and(|known| !known.members.is_empty()));
        let states = in_preamble.into_iter().filter(|party| group && party.known.is_some());
        return each_once(in_title.into_iter().chain(states).collect());
    }
    if all_known(&in_preamble) && in_preamble.len() >= in_title.len() {
        return in_preamble;
    }
    if in_title.len() > 1 {
        return in_title;
    }
    if in_preamble.len() > 1 {
        return in_preamble;
    }
    let signed = each_once(of_signatures(agreement, known));
    // One state alone has no agreement: the others were not found, and half a list misleads.
    let whole =
        |list: &Vec<Named<'_>>| list.len() > 1 || list.iter().any(|party| party.known.is_some_and(|known| !known.members.is_empty()));
    [in_title, in_preamble, signed].into_iter().filter(whole).max_by_key(Vec::len).unwrap_or_default()
}

/// The first of each state, group or unknown name.
fn each_once(list: Vec<Named<'_>>) -> Vec<Named<'_>> {
    let mut met = std::collections::HashSet::new();
    list.into_iter()
        .filter(|party| {
            let key = party.known.map_or_else(
                || folded_words(&party.name).into_iter().map(|word| word.1).collect::<Vec<_>>().join(" "),
                |known| known.name.clone(),
            );
            met.insert(key)
        })
        .collect()
}

/// A code or a name.
fn of_metadata<'p>(party: &str, known: &'p Parties) -> Named<'p> {
    match known.coded(party) {
        Some(coded) => Named { name: coded.name.clone(), known: Some(coded), with_members: false },
        None => Named { name: party.to_owned(), known: known.named(party), with_members: false },
    }
}

/// The word of a title before its parties.
static BETWEEN: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\b(?:between|among|amongst|entre)\b"));
/// What joins the names of a title that has no such word: "Canada – Chile", "Peru-Korea Free Trade Agreement".
static JOINED: LazyLock<Regex> = LazyLock::new(|| pattern(r"\s*(?:[-–—/&,]|\b(?i:and|et|y|e)\b)\s*"));

fn of_title<'p>(title: &str, known: &'p Parties) -> Vec<Named<'p>> {
    // A title page may name the agreement twice.
    let mut between: Vec<Vec<Named<'p>>> = BETWEEN.find_iter(title).map(|found| list::read(&title[found.end()..], known, true)).collect();
    between.sort_by_key(|list| std::cmp::Reverse(list.iter().filter(|party| party.known.is_some()).count()));
    if let Some(best) = between.into_iter().find(|list| list.len() > 1) {
        return best;
    }
    joined(title, known)
}

/// The longest run of known names that only separators join.
fn joined<'p>(title: &str, known: &'p Parties) -> Vec<Named<'p>> {
    let words = folded_words(title);
    let mut best: Vec<Named<'p>> = Vec::new();
    let mut run: Vec<Named<'p>> = Vec::new();
    let (mut at, mut end) = (0, None);
    while at < words.len() {
        let Some((party, length)) = known.longest_at(&words[at..]) else {
            at += 1;
            continue;
        };
        let start = words[at].0.start;
        let last = words[at + length - 1].0.end;
        let follows = end.is_some_and(|end: usize| JOINED.find(&title[end..start]).is_some_and(|found| found.range() == (0..start - end)));
        if !follows {
            run.clear();
        }
        run.push(Named { name: title[start..last].to_owned(), known: Some(party), with_members: false });
        if run.len() > best.len() {
            best.clone_from(&run);
        }
        end = Some(last);
        at += length;
    }
    if best.len() > 1 { best } else { Vec::new() }
}

/// The words that come behind the names of the parties in a preamble.
static BEHIND: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:desir\w+|desirous|recogni[sz]\w+|recall\w+|reaffirm\w+|affirming|conscious|considering|convinced|determined|resolved|bearing in mind|having|whereas|wishing|being (?:guided|aware|desirous)|hereby|have agreed|agree as|building on|mindful|noting|in view of|with a view|declare|inspired|acknowledging|aware of|guided by|d[ée]sireu\w+|consid[ée]rant|reconnaissant|conscients?|r[ée]solus?|soucieu\w+|sont convenus?|deseos[oa]s|considerando|reconociendo|conscientes|decidid[oa]s|han (?:acordado|convenido)|convienen|animad[oa]s|resueltos)\b",
    )
});

/// The names at the head of the preamble.
fn of_preamble<'p>(agreement: &Agreement, known: &'p Parties) -> Vec<Named<'p>> {
    /// Conventions of many states list their heads of state: bytes that are looked at.
    const LOOKED_AT: usize = 9000;
    let text = &agreement.document.text;
    let preamble = agreement.provisions.iter().find(|provision| provision.kind == Kind::Preamble);
    let Some(start) = preamble.map_or_else(|| agreement.provisions.first().map(|root| root.own.start), |found| Some(found.head_end)) else {
        return Vec::new();
    };
    let first = |kind: Kind| {
        agreement.provisions.iter().filter(|found| found.kind == kind && found.span.start >= start).map(|found| found.span.start).min()
    };
    let end = first(Kind::Article).or(preamble.map(|found| found.span.end)).unwrap_or(start).min(start + LOOKED_AT);
    let region = &text[start..floor_boundary(text, end.min(text.len())).max(start)];
    let behind = BEHIND.find(region).map(|found| found.start()).or(first(Kind::Recital).map(|recital| recital - start));
    let region = region.get(..behind.unwrap_or(region.len())).unwrap_or(region);
    let all = list::known_in(region, known);
    if all.len() > 1 { all } else { list::read(region, known, false) }
}

/// The words before a name in a block of signatures.
static FOR: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:for|on behalf of|pour|por)\s+(?:and on behalf of\s+)?(?:the\s+|la\s+|le\s+|el\s+|l['’]\s*)?(?:government of |gouvernement d[eu] |gobierno de(?:l)? )?",
    )
});

fn of_signatures<'p>(agreement: &Agreement, known: &'p Parties) -> Vec<Named<'p>> {
    /// A name with the form of the state, in bytes.
    const NAME: usize = 120;
    let Some(signature) = agreement.provisions.iter().find(|provision| provision.kind == Kind::Signature) else { return Vec::new() };
    let words = signature.span.of(&agreement.document.text);
    FOR.find_iter(words)
        .filter_map(|found| {
            let name = &words[found.end()..floor_boundary(words, words.len().min(found.end() + NAME))];
            list::read(name.lines().next().unwrap_or_default(), known, false).into_iter().next().filter(|party| party.known.is_some())
        })
        .collect()
}
