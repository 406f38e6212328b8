//! Whether the numbers of a text count on: articles and the groups of articles within an instrument, paragraphs and items
//! within what they stand in.

use std::collections::{BTreeMap, HashMap};

use super::super::number::{Number, Style, heading_number, label};
use super::super::{Agreement, Kind};
use super::{Oddity, OddityKind, called, enumerated, was};
use crate::text::{repeated_letter, roman_number};

/// Numbers beyond which those left out are not listed one by one.
const LISTED: u32 = 6;

/// A provision with its number.
struct Numbered {
    index: usize,
    parent: Option<usize>,
    number: Number,
}

/// What is odd in the counts of all levels.
pub(super) fn oddities(agreement: &Agreement) -> Vec<Oddity> {
    let mut found = Vec::new();
    for counted in counts(agreement) {
        let mut count = Count { agreement, seen: HashMap::new(), found: &mut found };
        count.walk(&counted);
    }
    found
}

/// The provisions that should count on, each list in the order of the text.
fn counts(agreement: &Agreement) -> Vec<Vec<Numbered>> {
    let provisions = &agreement.provisions;
    let mut instrument = vec![0; provisions.len()];
    let mut lists: BTreeMap<(usize, Kind), Vec<Numbered>> = BTreeMap::new();
    for (index, provision) in provisions.iter().enumerate() {
        let Some(parent) = provision.parent else { continue };
        instrument[index] = if provisions[parent].kind.is_instrument() { parent } else { instrument[parent] };
        let (place, read): (usize, fn(&str) -> Option<Number>) = match provision.kind {
            Kind::Article => (instrument[index], whole_number),
            kind if kind.is_group() => (instrument[index], whole_number),
            Kind::Paragraph | Kind::Item => (parent, label),
            _ => continue,
        };
        if let Some(number) = provision.number.as_deref().and_then(read) {
            lists.entry((place, provision.kind)).or_default().push(Numbered { index, parent: provision.parent, number });
        }
    }
    lists.into_values().collect()
}

/// The number of a heading.
fn whole_number(written: &str) -> Option<Number> {
    heading_number(written).map(|(number, _)| number)
}

/// One count while it is walked through.
struct Count<'a> {
    agreement: &'a Agreement,
    /// The numbers of the count so far and where each stands.
    seen: HashMap<String, usize>,
    found: &'a mut Vec<Oddity>,
}

impl Count<'_> {
    fn walk(&mut self, list: &[Numbered]) {
        let mut last: Option<&Numbered> = None;
        // Whether a number that is left open stands between the last one and this.
        let mut open = false;
        for (position, this) in list.iter().enumerate() {
            if this.number.is_open() {
                open = true;
                continue;
            }
            let Some(before) = last else {
                self.opens(this, open);
                self.seen.insert(this.number.text.to_uppercase(), this.index);
                last = Some(this);
                continue;
            };
            if !on(&before.number, &this.number) {
                if restarts(self.agreement, before, this) {
                    self.seen.clear();
                } else {
                    // Where the next one goes on from the one before, this one alone is out of place.
                    let stray =
                        list.get(position + 1).is_some_and(|next| on(&before.number, &next.number) && !on(&this.number, &next.number));
                    self.step(before, this, stray, open);
                    if stray {
                        continue;
                    }
                }
            }
            self.seen.insert(this.number.text.to_uppercase(), this.index);
            last = Some(this);
            open = false;
        }
    }

    fn push(&mut self, kind: OddityKind, at: usize, message: String) {
        self.found.push(Oddity::new(kind, at, message));
    }

    /// The first number of a count.
    fn opens(&mut self, this: &Numbered, open: bool) {
        let provisions = &self.agreement.provisions;
        let provision = &provisions[this.index];
        if open || is_first(&this.number) || provision.kind != Kind::Article {
            return;
        }
        // A draft may be one chapter out of many, and an annex may take its numbers from the text that it belongs to.
        let alone = self.agreement.lineage(this.index).skip(1).any(|at| {
            provisions[at].kind.is_instrument()
                || provisions[at].kind.is_group()
                    && !provisions[at].number.as_deref().and_then(whole_number).is_some_and(|number| is_first(&number))
        });
        if !alone {
            let message = format!("The first article is {}: those before it were not found", called(provision));
            self.push(OddityKind::NumberingGap, this.index, message);
        }
    }

    /// What is odd in a number that does not go on from the one before.
    fn step(&mut self, before: &Numbered, this: &Numbered, stray: bool, open: bool) {
        let provisions = &self.agreement.provisions;
        let (earlier, later) = (called(&provisions[before.index]), called(&provisions[this.index]));
        let inside = match provisions[this.index].kind {
            Kind::Paragraph | Kind::Item => this.parent.map_or_else(String::new, |parent| format!(" in {}", provisions[parent].citation)),
            _ => String::new(),
        };
        let sentence = capital(&format!("{later} follows {earlier}{inside}"));
        if !inside.is_empty() {
            // Lists may stand one behind the other, and texts that are quoted have numbers too: only what is left out is odd.
            if !stray && self.seen.get(&this.number.text.to_uppercase()) == Some(&before.index) {
                let message = format!("{}{inside} comes a second time", capital(&later));
                self.push(OddityKind::DuplicateNumber, this.index, message);
                return;
            }
            if self.seen.contains_key(&this.number.text.to_uppercase()) || stray || this.number.skips(&before.number).is_none() {
                return;
            }
        }
        if let Some(&first) = self.seen.get(&this.number.text.to_uppercase()) {
            if this.number.is_first() && !stray && first != before.index {
                let message = format!("{sentence}: the numbers begin again without a heading between them");
                self.push(OddityKind::OutOfOrder, this.index, message);
                self.seen.clear();
                return;
            }
            let page = self.agreement.page(first).map_or_else(String::new, |page| format!(" (first on page {page})"));
            let message = format!("{}{inside} comes a second time{page}", capital(&later));
            self.push(OddityKind::DuplicateNumber, this.index, message);
            return;
        }
        match this.number.skips(&before.number) {
            Some(skipped) if skipped > 0 && !stray => {
                if !open {
                    let name = provisions[this.index].kind.name();
                    let missing = left_out(&before.number, &this.number).map_or_else(
                        || "what stands between them was not found".to_owned(),
                        |numbers| match numbers {
                            Missing::Each(numbers) => {
                                let name = if inside.is_empty() { capital(name) } else { name.to_owned() };
                                format!("{} {} not found", enumerated(&name, &numbers), was(&numbers))
                            }
                            Missing::Many(count) => format!("{count} numbers between them were not found"),
                        },
                    );
                    let oddity = Oddity::new(OddityKind::NumberingGap, this.index, format!("{sentence}: {missing}"));
                    self.found.push(Oddity { missing: skipped as usize, ..oddity });
                }
            }
            Some(_) if !stray => {}
            _ => self.push(OddityKind::OutOfOrder, this.index, format!("{sentence}: it is out of order")),
        }
    }
}

fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Whether a number goes on from the one before, however the two are written.
fn on(before: &Number, after: &Number) -> bool {
    let pairs = || after.readings.iter().flat_map(|later| before.readings.iter().map(move |earlier| (earlier, later)));
    after.follows(before)
        // "5 ter" after "5", where a draft has taken "5 bis" out.
        || pairs().any(|(earlier, later)| later.style == earlier.style && later.parts == earlier.parts && later.suffix > earlier.suffix)
        // "5" after "IV", and "10" after "9.2", which is a scan of "9" with a stroke behind it, or an addition to it.
        || pairs().any(|(earlier, later)| {
            let letters = later.style == Style::Letter || earlier.style == Style::Letter;
            let alike = later.style == earlier.style && later.parts.len() == earlier.parts.len();
            let next = later.parts.first().zip(earlier.parts.first()).is_some_and(|(later, earlier)| *later == earlier + 1);
            !letters && !alike && next && later.parts.len() == 1
        })
}

/// Whether a count may begin again here: with its first number, under another heading or in another list.
fn restarts(agreement: &Agreement, before: &Numbered, this: &Numbered) -> bool {
    if !this.number.is_first() {
        return before.parent != this.parent && next_hundred(&before.number, &this.number);
    }
    // Two lists may stand in one paragraph.
    matches!(agreement.provisions[this.index].kind, Kind::Item | Kind::Paragraph) || before.parent != this.parent
}

/// Whether a count can begin with a number; 101 is the first article of a chapter that counts by hundreds.
fn is_first(number: &Number) -> bool {
    number.is_first() || number.readings.iter().any(|reading| matches!(reading.parts.as_slice(), [only] if only % 100 <= 1))
}

/// Chapters may number their articles by hundreds: 501 follows 415.
fn next_hundred(before: &Number, after: &Number) -> bool {
    after.readings.iter().any(|later| {
        before.readings.iter().any(|earlier| match (later.parts.as_slice(), earlier.parts.as_slice()) {
            ([later], [earlier]) => later % 100 <= 1 && later / 100 > earlier / 100,
            _ => false,
        })
    })
}

/// The numbers left out between two.
enum Missing {
    Each(Vec<String>),
    Many(u32),
}

/// Which numbers stand between two of one count.
fn left_out(before: &Number, after: &Number) -> Option<Missing> {
    let pairs = after.readings.iter().flat_map(|later| before.readings.iter().map(move |earlier| (earlier, later)));
    let (skipped, earlier, later) =
        pairs.filter_map(|(earlier, later)| later.skips(earlier).map(|skipped| (skipped, earlier, later))).min_by_key(|found| found.0)?;
    let (last, head) = later.parts.split_last()?;
    let (before_last, before_head) = earlier.parts.split_last()?;
    if head != before_head {
        // 4.1 after 2.7: it is a chapter that is missing, or the end of one.
        return None;
    }
    if skipped > LISTED {
        return Some(Missing::Many(skipped));
    }
    let prefix = &after.text
        [..after.text.rfind(['.', '-', '–', ':']).map_or(0, |at| at + after.text[at..].chars().next().map_or(0, char::len_utf8))];
    let prefix = if head.is_empty() { "" } else { prefix };
    Some(Missing::Each((before_last + 1..*last).map(|value| format!("{prefix}{}", written(value, later.style, &after.text))).collect()))
}

/// A value in the style of a number.
fn written(value: u32, style: Style, like: &str) -> String {
    let lower = like.chars().any(char::is_lowercase);
    let text = match style {
        Style::Roman => roman_number(value),
        Style::Letter => repeated_letter(value),
        Style::Digits | Style::Word | Style::Open => return value.to_string(),
    };
    if lower { text } else { text.to_uppercase() }
}
