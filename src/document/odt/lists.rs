//! The automatic numbers of lists and headings (OpenDocument 1.3, part 3, sections 16.30 to 16.35).

use std::collections::HashMap;

use super::super::docx::spell;
use super::super::xml::Start;

/// Levels of a list (the format knows ten).
const LEVELS: usize = 10;

/// How one level of a list is numbered.
#[derive(Clone, Debug, Default)]
struct Level {
    /// `1`, `a`, `A`, `i`, `I`; none where the level has no number.
    format: Option<String>,
    /// A mark in place of a number.
    bullet: Option<String>,
    prefix: String,
    suffix: String,
    /// How many levels the number shows.
    shown: usize,
    start: u32,
    /// The form of the number with its levels as `%1%`, where the file has one.
    template: Option<String>,
}

/// The list styles of a document, and the style of the headings under the name "".
#[derive(Debug, Default)]
pub(super) struct Lists {
    styles: HashMap<String, Vec<Level>>,
    /// The style that is being read.
    open: Option<String>,
    /// The numbers that each style counted last, and each list by its identifier.
    last: HashMap<String, [u32; LEVELS]>,
    by_id: HashMap<String, [u32; LEVELS]>,
}

/// A list that is open, with all its levels.
#[derive(Debug, Default)]
pub(super) struct Counting {
    style: String,
    id: Option<String>,
    counts: [u32; LEVELS],
}

impl Lists {
    /// An element of the styles begins.
    pub fn read_style(&mut self, start: &Start<'_>) {
        match start.name() {
            "list-style" => self.open = start.attribute("name"),
            "outline-style" => self.open = Some(String::new()),
            "list-level-style-number" | "outline-level-style" | "list-level-style-bullet" | "list-level-style-image" => {
                let Some(name) = self.open.clone() else { return };
                let number = |name: &str| start.attribute(name).and_then(|value| value.parse::<u32>().ok());
                let Some(level) = number("level").map(|level| level as usize).filter(|level| (1..=LEVELS).contains(level)) else { return };
                let levels = self.styles.entry(name).or_default();
                levels.resize_with(levels.len().max(level), Level::default);
                levels[level - 1] = Level {
                    format: start.attribute("num-format"),
                    bullet: start.name().contains("bullet").then(|| bullet(start.attribute("bullet-char"))),
                    prefix: start.spaced("num-prefix").unwrap_or_default(),
                    suffix: start.spaced("num-suffix").unwrap_or_default(),
                    shown: number("display-levels").unwrap_or(1) as usize,
                    start: number("start-value").unwrap_or(1),
                    template: start.spaced("num-list-format"),
                };
            }
            _ => {}
        }
    }

    /// A list begins that stands in no other.
    pub fn begin(&self, start: &Start<'_>) -> Counting {
        let style = start.attribute("style-name").unwrap_or_default();
        let before = match start.attribute("continue-list") {
            Some(id) => self.by_id.get(&id),
            None if start.attribute("continue-numbering").as_deref() == Some("true") => self.last.get(&style),
            None => None,
        };
        Counting { counts: before.copied().unwrap_or_default(), id: start.attribute("id"), style }
    }

    /// The list is over.
    pub fn end(&mut self, list: Counting) {
        if let Some(id) = list.id {
            self.by_id.insert(id, list.counts);
        }
        self.last.insert(list.style, list.counts);
    }

    /// The number of the next item of a list at a level from 1; `style` is that of the innermost list with one of its own.
    pub fn item(&self, list: &mut Counting, style: Option<&str>, level: usize, set: Option<u32>) -> Option<String> {
        let name = style.unwrap_or(&list.style);
        self.number(name, &mut list.counts, level, set)
    }

    /// The number of the next heading at a level from 1.
    pub fn heading(&mut self, level: usize, set: Option<u32>) -> Option<String> {
        let mut counts = self.last.get("").copied().unwrap_or_default();
        let number = self.number("", &mut counts, level, set);
        self.last.insert(String::new(), counts);
        number
    }

    fn number(&self, style: &str, counts: &mut [u32; LEVELS], level: usize, set: Option<u32>) -> Option<String> {
        let levels = self.styles.get(style)?;
        let index = level.clamp(1, LEVELS) - 1;
        let own = levels.get(index)?;
        let start_of = |at: usize| levels.get(at).map_or(1, |level| level.start);
        counts[index] = set.unwrap_or(if counts[index] == 0 { start_of(index) } else { counts[index].saturating_add(1) });
        counts[index + 1..].fill(0);
        if own.bullet.is_some() {
            return own.bullet.clone();
        }
        own.format.as_ref()?;
        let spelled = |at: usize| {
            let count = if counts[at] == 0 { start_of(at) } else { counts[at] };
            let format = levels.get(at).and_then(|level| level.format.as_deref());
            format.map(|format| spell(count, word_format(format)))
        };
        if let Some(template) = &own.template {
            let filled =
                (0..=index).fold(template.clone(), |text, at| text.replace(&format!("%{}%", at + 1), &spelled(at).unwrap_or_default()));
            return Some(filled.trim().to_owned()).filter(|label| !label.is_empty());
        }
        let first = (index + 1).saturating_sub(own.shown.max(1));
        let numbers: Vec<String> = (first..=index).filter_map(spelled).collect();
        Some(format!("{}{}{}", own.prefix, numbers.join("."), own.suffix).trim().to_owned())
    }
}

/// The mark of a bullet; those of symbol fonts look like a dot.
fn bullet(mark: Option<String>) -> String {
    mark.filter(|mark| mark.chars().all(|c| !('\u{e000}'..='\u{f8ff}').contains(&c) && !c.is_alphanumeric()))
        .unwrap_or_else(|| "•".to_owned())
}

/// The name that Word has for a format of numbers.
fn word_format(format: &str) -> &'static str {
    match format {
        "a" => "lowerLetter",
        "A" => "upperLetter",
        "i" => "lowerRoman",
        "I" => "upperRoman",
        _ => "decimal",
    }
}
