//! Automatic numbers: the definitions of `numbering.xml` and the counters that run through a document.
//!
//! Nums of one abstract definition share its counters, as in Word; a `startOverride` restarts the level
//! at the first paragraph of its num. Not read: pictures as bullets.

use std::collections::{HashMap, HashSet};

use super::super::ReadError;
use super::super::xml::{Node, Start, Xml};
use super::spell::spell;
use super::styles::Styles;

/// Most digits of a number with zeros before it.
const MAX_DIGITS: usize = 9;
/// Levels of a list.
const LEVELS: usize = 9;
/// Longest pattern of a number that is followed, in bytes.
const MAX_PATTERN: usize = 200;
/// How often a list may refer to another one by way of a style.
const MAX_LINKS: usize = 8;

/// A level of a list.
#[derive(Clone, Debug)]
struct Level {
    start: u32,
    format: String,
    /// Digits of a number with zeros before it (the custom format `001, 002, …`).
    digits: usize,
    pattern: String,
    /// Restart after this level (from 1); 0 is never, none is after every higher level.
    restart: Option<u32>,
    /// All numbers of the pattern in decimals (`isLgl`).
    legal: bool,
    /// The number is counted and not shown.
    hidden: bool,
    /// Nothing stands between the number and the words.
    close: bool,
    style: Option<String>,
}

impl Default for Level {
    fn default() -> Self {
        Self {
            start: 1,
            format: "decimal".to_owned(),
            digits: 0,
            pattern: String::new(),
            restart: None,
            legal: false,
            hidden: false,
            close: false,
            style: None,
        }
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

/// All lists of a document.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    abstracts: HashMap<u32, Abstract>,
    nums: HashMap<u32, Num>,
}

/// A number as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Label {
    pub text: String,
    /// Nothing stands between it and the words.
    pub close: bool,
}

/// The counters of all lists, in one reading of a document.
#[derive(Debug, Default)]
pub(super) struct Counts {
    counters: HashMap<u32, [Option<u32>; LEVELS]>,
    /// Nums and levels whose `startOverride` has been used.
    started: HashSet<(u32, usize)>,
}

impl Numbering {
    /// Reads the part with the lists.
    pub fn read(xml: &mut Xml<'_>, styles: &Styles) -> Result<Self, ReadError> {
        let mut all = Self::default();
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
                // A format that is spelled out has a copy for old programs.
                "Fallback" | "pPrChange" | "rPrChange" => xml.skip()?,
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
                        "numFmt" => {
                            place.format = start.val().unwrap_or_default();
                            place.digits = start.spaced("format").map_or(0, |format| digits(&format));
                        }
                        "vanish" => place.hidden = start.is_on(),
                        "suff" => place.close = start.val().as_deref() == Some("nothing"),
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

    fn level<'a>(&'a self, num: &'a Num, level: usize) -> Option<&'a Level> {
        num.levels.get(&level).or_else(|| self.abstracts.get(&num.definition)?.levels.get(level))
    }

    /// The level of a list that is tied to one of these paragraph styles.
    pub fn level_of_style(&self, num: u32, styles: &[&str]) -> Option<usize> {
        let num = self.nums.get(&num)?;
        let tied =
            |level: &usize| self.level(num, *level).and_then(|own| own.style.as_deref()).is_some_and(|style| styles.contains(&style));
        (0..LEVELS).find(tied)
    }

    /// The number of the next paragraph of a list; none where the list shows nothing.
    pub fn next(&self, counts: &mut Counts, num_id: u32, level: usize) -> Option<Label> {
        let num = self.nums.get(&num_id)?;
        let level = level.min(LEVELS - 1);
        let own = self.level(num, level)?;
        let start = num.starts.get(&level).copied();
        let first_of_num = start.is_some() && counts.started.insert((num_id, level));
        let counters = counts.counters.entry(num.definition).or_default();
        counters[level] = Some(match counters[level] {
            Some(last) if !first_of_num => last.saturating_add(1),
            _ => start.unwrap_or(own.start),
        });
        for (deeper, counter) in counters.iter_mut().enumerate().skip(level + 1) {
            let restart = self.level(num, deeper).and_then(|level| level.restart);
            if restart.is_none_or(|after| level < after as usize) {
                *counter = None;
            }
        }
        if own.hidden {
            return None;
        }
        if own.format == "bullet" {
            return Some(Label { text: bullet(&own.pattern).to_owned(), close: false });
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
            let Some(shown) = self.level(num, index) else { continue };
            let value = counters[index].unwrap_or_else(|| num.starts.get(&index).copied().unwrap_or(shown.start));
            if own.legal && shown.format != "none" {
                label.push_str(&value.to_string());
            } else if shown.digits > 0 {
                label.push_str(&format!("{value:0width$}", width = shown.digits));
            } else {
                label.push_str(&spell(value, &shown.format));
            }
        }
        let text = label.trim().to_owned();
        (!text.is_empty()).then_some(Label { text, close: own.close })
    }
}

/// The length of the first number of a custom format (`001, 002, 003, ...`), if it has zeros before it.
fn digits(format: &str) -> usize {
    let first = format.split(',').next().unwrap_or_default().trim();
    let padded = first.starts_with('0') && first.len() <= MAX_DIGITS && first.bytes().all(|byte| byte.is_ascii_digit());
    if padded { first.len() } else { 0 }
}

fn id(start: &Start<'_>, name: &str) -> Option<u32> {
    start.spaced(name).and_then(|value| value.trim().parse().ok())
}

/// The bullet as a character that every font has: dashes stay, symbols of private fonts become a dot.
fn bullet(pattern: &str) -> &str {
    match pattern.trim() {
        dash @ ("-" | "–" | "—" | "·" | "*") => dash,
        _ => "•",
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::limits::Limits;
    use super::super::stream;
    use super::super::styles::Styles;
    use super::{Counts, Numbering};

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

    fn read(part: &str) -> Numbering {
        Numbering::read(&mut stream(part, Limits::default().clock()), &Styles::default()).expect("well formed")
    }

    fn labels(lists: &Numbering, of: &[(u32, usize)]) -> Vec<String> {
        let mut counts = Counts::default();
        of.iter().filter_map(|(num, level)| lists.next(&mut counts, *num, *level)).map(|label| label.text).collect()
    }

    #[test]
    fn levels_restart_under_a_higher_one() {
        let lists = read(LISTS);
        let labels = labels(&lists, &[0, 1, 1, 2, 2, 0, 1, 2, 4].map(|level| (1, level)));
        assert_eq!(labels, ["Article I", "1.1", "1.2", "(a)", "(b)", "Article II", "2.1", "(a)", "•"]);
        assert_eq!(lists.level_of_style(1, &["Art"]), Some(0));
    }

    #[test]
    fn a_restart_level_is_obeyed() {
        let lists = read(LISTS);
        let labels = labels(&lists, &[0, 3, 1, 3, 0, 3].map(|level| (1, level)));
        assert_eq!(labels, ["Article I", "(i)", "1.1", "(ii)", "Article II", "(i)"]);
    }

    #[test]
    fn overrides_restart_once_and_redefine() {
        let lists = read(LISTS);
        let labels = labels(&lists, &[1, 2, 2, 3, 1, 99].map(|num| (num, 0)));
        assert_eq!(labels, ["Article I", "Article V", "Article VI", "7)", "Article VIII"]);
    }

    #[test]
    fn hidden_close_and_custom_numbers() {
        let lists = read(
            r#"<numbering xmlns:mc="mc"><abstractNum abstractNumId="0">
            <lvl ilvl="0"><numFmt val="decimal"/><lvlText val="%1."/><rPr><vanish/></rPr></lvl>
            <lvl ilvl="1"><mc:AlternateContent><mc:Choice><numFmt val="custom" format="001, 002, 003, ..."/></mc:Choice><mc:Fallback><numFmt val="decimal"/></mc:Fallback></mc:AlternateContent>
            <suff val="nothing"/><lvlText val="%1-%2"/></lvl>
            <lvl ilvl="2"><numFmt val="cardinalText"/><lvlText val="%3"/></lvl></abstractNum><num numId="1"><abstractNumId val="0"/></num></numbering>"#,
        );
        assert_eq!(labels(&lists, &[(1, 0), (1, 0), (1, 1), (1, 1), (1, 2)]), ["2-001", "2-002", "One"]);
        assert!(lists.next(&mut Counts::default(), 1, 1).is_some_and(|label| label.close));
    }
}
