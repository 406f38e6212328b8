//! Automatic numbers: the definitions of `numbering.xml` and the counters that run through a document.
//!
//! Nums of one abstract definition share its counters, as in Word; a `startOverride` restarts the level
//! at the first paragraph of its num. Not read: pictures as bullets, and number words ("First", "One"),
//! which are written as decimals.

use std::collections::{HashMap, HashSet};

use super::super::ReadError;
use super::styles::Styles;
use super::xml::{Node, Start, Xml};

/// Levels of a list.
const LEVELS: usize = 9;
/// Longest pattern of a number that is followed, in bytes.
const MAX_PATTERN: usize = 200;
/// Largest number written in letters or Roman numerals; beyond it the words would grow without end.
const MAX_SPELLED: u32 = 3999;
/// How often a list may refer to another one by way of a style.
const MAX_LINKS: usize = 8;

/// A level of a list.
#[derive(Clone, Debug)]
struct Level {
    start: u32,
    format: String,
    pattern: String,
    /// Restart after this level (from 1); 0 is never, none is after every higher level.
    restart: Option<u32>,
    /// All numbers of the pattern in decimals (`isLgl`).
    legal: bool,
    style: Option<String>,
}

impl Default for Level {
    fn default() -> Self {
        Self { start: 1, format: "decimal".to_owned(), pattern: String::new(), restart: None, legal: false, style: None }
    }
}

#[derive(Clone, Debug, Default)]
struct Abstract {
    levels: Vec<Level>,
    /// The style in which the levels are to be found.
    link: Option<String>,
}

#[derive(Clone, Debug, Default)]
struct Num {
    definition: u32,
    /// Levels that this num defines anew.
    levels: HashMap<usize, Level>,
    starts: HashMap<usize, u32>,
}

/// All lists of a document with their counters.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbering {
    abstracts: HashMap<u32, Abstract>,
    nums: HashMap<u32, Num>,
    counters: HashMap<u32, [Option<u32>; LEVELS]>,
    /// Nums and levels whose `startOverride` has been used.
    started: HashSet<(u32, usize)>,
}

impl Numbering {
    /// Reads the part with the lists.
    pub fn read(part: &str, styles: &Styles) -> Result<Self, ReadError> {
        let mut all = Self::default();
        let mut xml = Xml::new(part);
        let mut definition: Option<u32> = None;
        let mut num: Option<u32> = None;
        let mut level = 0;
        loop {
            let start = match xml.next()? {
                Node::Start(start) => start,
                Node::Eof => break,
                _ => continue,
            };
            match start.name() {
                "abstractNum" => {
                    definition = id(&start, "abstractNumId");
                    num = None;
                }
                "num" => {
                    num = id(&start, "numId");
                    definition = None;
                }
                "abstractNumId" => all.num(num).definition = start.number().unwrap_or_default(),
                "numStyleLink" => all.definition(definition).link = start.val(),
                "lvl" | "lvlOverride" => {
                    level = id(&start, "ilvl").map_or(0, |level| level as usize).min(LEVELS - 1);
                    if start.name() == "lvl" && num.is_some() {
                        all.num(num).levels.insert(level, Level::default());
                    }
                }
                "startOverride" => {
                    all.num(num).starts.insert(level, start.number().unwrap_or(1));
                }
                // What follows belongs to a level of one of the two.
                name => {
                    let place = if num.is_some() {
                        match all.num(num).levels.get_mut(&level) {
                            Some(place) => place,
                            None => continue,
                        }
                    } else if definition.is_some() {
                        let levels = &mut all.definition(definition).levels;
                        if levels.len() <= level {
                            levels.resize_with(level + 1, Level::default);
                        }
                        &mut levels[level]
                    } else {
                        continue;
                    };
                    match name {
                        "start" => place.start = start.number().unwrap_or(1),
                        "numFmt" => place.format = start.val().unwrap_or_default(),
                        "lvlText" => place.pattern = start.val().filter(|pattern| pattern.len() <= MAX_PATTERN).unwrap_or_default(),
                        "lvlRestart" => place.restart = start.number(),
                        "isLgl" => place.legal = start.is_on(),
                        "pStyle" => place.style = start.val(),
                        _ => {}
                    }
                }
            }
        }
        all.follow_links(styles);
        Ok(all)
    }

    fn num(&mut self, id: Option<u32>) -> &mut Num {
        self.nums.entry(id.unwrap_or(u32::MAX)).or_default()
    }

    fn definition(&mut self, id: Option<u32>) -> &mut Abstract {
        self.abstracts.entry(id.unwrap_or(u32::MAX)).or_default()
    }

    /// A definition that only names a list style is replaced by the definition of that style.
    fn follow_links(&mut self, styles: &Styles) {
        let mut targets = Vec::new();
        for num in self.nums.values() {
            let mut definition = num.definition;
            for _ in 0..MAX_LINKS {
                let Some(link) = self.abstracts.get(&definition).and_then(|found| found.link.as_deref()) else { break };
                let Some(next) = styles.list(Some(link)).and_then(|(id, _, _)| self.nums.get(&id)) else { break };
                definition = next.definition;
            }
            targets.push(definition);
        }
        for (num, target) in self.nums.values_mut().zip(targets) {
            num.definition = target;
        }
    }

    fn level(&self, num: &Num, level: usize) -> Option<Level> {
        let own = num.levels.get(&level).or_else(|| self.abstracts.get(&num.definition)?.levels.get(level));
        own.cloned()
    }

    /// The level of a list that is tied to one of these paragraph styles.
    pub fn level_of_style(&self, num: u32, styles: &[&str]) -> Option<usize> {
        let num = self.nums.get(&num)?;
        let tied = |level: &usize| {
            let own = num.levels.get(level).or_else(|| self.abstracts.get(&num.definition)?.levels.get(*level));
            own.and_then(|own| own.style.as_deref()).is_some_and(|style| styles.contains(&style))
        };
        (0..LEVELS).find(tied)
    }

    /// What [`Self::next`] would give, without counting.
    pub fn peek(&mut self, num_id: u32, level: usize) -> Option<String> {
        let definition = self.nums.get(&num_id)?.definition;
        let counters = self.counters.get(&definition).copied();
        let started = self.started.contains(&(num_id, level));
        let label = self.next(num_id, level);
        self.counters.insert(definition, counters.unwrap_or_default());
        if !started {
            self.started.remove(&(num_id, level));
        }
        label
    }

    /// The number of the next paragraph of a list; none where the list shows nothing.
    pub fn next(&mut self, num_id: u32, level: usize) -> Option<String> {
        let num = self.nums.get(&num_id)?;
        let level = level.min(LEVELS - 1);
        let own = self.level(num, level)?;
        let levels: Vec<Option<Level>> = (0..LEVELS).map(|index| self.level(num, index)).collect();
        let start = num.starts.get(&level).copied();
        let first_of_num = start.is_some() && self.started.insert((num_id, level));
        let counters = self.counters.entry(num.definition).or_default();
        counters[level] = Some(match counters[level] {
            Some(last) if !first_of_num => last.saturating_add(1),
            _ => start.unwrap_or(own.start),
        });
        for (deeper, counter) in counters.iter_mut().enumerate().skip(level + 1) {
            let restart = levels[deeper].as_ref().and_then(|level| level.restart);
            if restart.is_none_or(|after| level < after as usize) {
                *counter = None;
            }
        }
        if own.format == "bullet" {
            return Some(bullet(&own.pattern).to_owned());
        }
        let mut label = String::new();
        let mut characters = own.pattern.chars().peekable();
        while let Some(character) = characters.next() {
            let digit = characters.peek().and_then(|next| next.to_digit(10)).filter(|digit| character == '%' && (1..=9).contains(digit));
            let Some(digit) = digit else {
                label.push(if character.is_whitespace() { ' ' } else { character });
                continue;
            };
            characters.next();
            let index = digit as usize - 1;
            let Some(shown) = levels[index].as_ref() else { continue };
            let value = counters[index].unwrap_or_else(|| num.starts.get(&index).copied().unwrap_or(shown.start));
            let format = if own.legal && shown.format != "none" { "decimal" } else { shown.format.as_str() };
            label.push_str(&spell(value, format));
        }
        let label = label.trim();
        (!label.is_empty()).then(|| label.to_owned())
    }
}

fn id(start: &Start<'_>, name: &str) -> Option<u32> {
    start.attribute(name).and_then(|value| value.trim().parse().ok())
}

/// The bullet as a character that every font has: dashes stay, symbols of private fonts become a dot.
fn bullet(pattern: &str) -> &str {
    match pattern.trim() {
        dash @ ("-" | "–" | "—" | "·" | "*") => dash,
        _ => "•",
    }
}

/// A number in a format of Word.
pub(in super::super) fn spell(value: u32, format: &str) -> String {
    let spelled = (1..=MAX_SPELLED).contains(&value);
    match format {
        "none" => String::new(),
        "lowerRoman" if spelled => roman(value).to_lowercase(),
        "upperRoman" if spelled => roman(value),
        "lowerLetter" if spelled => letters(value).to_lowercase(),
        "upperLetter" if spelled => letters(value),
        "decimalZero" => format!("{value:02}"),
        "ordinal" => {
            let end = match (value % 10, value % 100) {
                (_, 11..=13) => "th",
                (1, _) => "st",
                (2, _) => "nd",
                (3, _) => "rd",
                _ => "th",
            };
            format!("{value}{end}")
        }
        _ => value.to_string(),
    }
}

/// A to Z, then AA, BB and so on: Word repeats the letter.
fn letters(value: u32) -> String {
    let index = value.saturating_sub(1);
    let letter = char::from(b'A' + u8::try_from(index % 26).unwrap_or_default());
    std::iter::repeat_n(letter, index as usize / 26 + 1).collect()
}

fn roman(mut value: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut out = String::new();
    for (worth, sign) in SIGNS {
        while value >= worth {
            out.push_str(sign);
            value -= worth;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::styles::Styles;
    use super::{Numbering, spell};

    const LISTS: &str = r#"<numbering>
      <abstractNum abstractNumId="7">
        <lvl ilvl="0"><start val="1"/><numFmt val="upperRoman"/><pStyle val="Art"/><lvlText val="Article %1"/></lvl>
        <lvl ilvl="1"><start val="1"/><numFmt val="decimal"/><isLgl/><lvlText val="%1.%2"/></lvl>
        <lvl ilvl="2"><start val="1"/><numFmt val="lowerLetter"/><lvlText val="(%3)"/></lvl>
        <lvl ilvl="3"><start val="1"/><numFmt val="lowerRoman"/><lvlRestart val="1"/><lvlText val="(%4)"/></lvl>
        <lvl ilvl="4"><start val="1"/><numFmt val="bullet"/><lvlText val="&#xF0B7;"/></lvl>
      </abstractNum>
      <num numId="1"><abstractNumId val="7"/></num>
      <num numId="2"><abstractNumId val="7"/><lvlOverride ilvl="0"><startOverride val="5"/></lvlOverride></num>
      <num numId="3"><abstractNumId val="7"/><lvlOverride ilvl="0"><lvl ilvl="0"><numFmt val="decimal"/><lvlText val="%1)"/></lvl></lvlOverride></num>
    </numbering>"#;

    #[test]
    fn levels_restart_under_a_higher_one() {
        let mut lists = Numbering::read(LISTS, &Styles::default()).expect("well formed");
        let labels: Vec<String> = [0, 1, 1, 2, 2, 0, 1, 2, 4].into_iter().filter_map(|level| lists.next(1, level)).collect();
        assert_eq!(labels, ["Article I", "1.1", "1.2", "(a)", "(b)", "Article II", "2.1", "(a)", "•"]);
        assert_eq!(lists.level_of_style(1, &["Art"]), Some(0));
    }

    #[test]
    fn a_restart_level_is_obeyed() {
        let mut lists = Numbering::read(LISTS, &Styles::default()).expect("well formed");
        let labels: Vec<String> = [0, 3, 1, 3, 0, 3].into_iter().filter_map(|level| lists.next(1, level)).collect();
        assert_eq!(labels, ["Article I", "(i)", "1.1", "(ii)", "Article II", "(i)"]);
    }

    #[test]
    fn overrides_restart_once_and_redefine() {
        let mut lists = Numbering::read(LISTS, &Styles::default()).expect("well formed");
        let labels: Vec<String> = [1, 2, 2, 3, 1].into_iter().filter_map(|num| lists.next(num, 0)).collect();
        assert_eq!(labels, ["Article I", "Article V", "Article VI", "7)", "Article VIII"]);
        assert_eq!(lists.next(99, 0), None);
    }

    #[test]
    fn formats() {
        let shown =
            [(27, "lowerLetter"), (4, "upperRoman"), (12, "ordinal"), (5, "decimalZero"), (0, "lowerRoman"), (1 << 30, "upperLetter")]
                .map(|(value, format)| spell(value, format));
        assert_eq!(shown, ["aa", "IV", "12th", "05", "0", "1073741824"]);
    }
}
