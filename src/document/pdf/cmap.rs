//! CMaps: how codes are cut out of strings, and what text or glyph number they stand for.
//!
//! Ranges stay ranges: a range of a million codes costs as much as one of two. The parser takes
//! what it understands and passes over the rest, since real files leave out most of the preamble.
//! It does not follow `usecmap` to the predefined CMaps for Chinese, Japanese and Korean.

use super::lexer::{Lexer, Operand};

/// Entries kept of one CMap; a font has at most 65 536 glyphs.
const MAX_ENTRIES: usize = 200_000;
/// Characters that one code may stand for; longer targets are cut.
const MAX_TARGET: usize = 32;
/// Ranges looked at before a code when ranges overlap.
const LOOK_BACK: usize = 8;

/// What the first code of a range stands for; the following codes count on from it.
#[derive(Clone, Debug)]
enum Target {
    /// UTF-16 units: the last one counts on.
    Text(Vec<u16>),
    /// A glyph number.
    Glyph(u32),
}

#[derive(Debug)]
struct Range {
    low: u32,
    high: u32,
    target: Target,
}

/// How long the codes between two bounds are.
#[derive(Debug)]
struct CodeSpace {
    length: usize,
    low: u32,
    high: u32,
}

/// A parsed CMap.
#[derive(Debug, Default)]
pub(super) struct CMap {
    spaces: Vec<CodeSpace>,
    /// Codes on their own, sorted once the map is read.
    singles: Vec<(u32, Target)>,
    ranges: Vec<Range>,
    /// Whether the text runs from top to bottom.
    pub(super) vertical: bool,
}

fn code(bytes: &[u8]) -> Option<u32> {
    (1..=4).contains(&bytes.len()).then(|| bytes.iter().fold(0, |value, &byte| value << 8 | u32::from(byte)))
}

fn units(bytes: &[u8]) -> Vec<u16> {
    match bytes {
        [single] => vec![u16::from(*single)],
        _ => bytes.chunks_exact(2).take(MAX_TARGET).map(|pair| pair.iter().fold(0, |value, &byte| value << 8 | u16::from(byte))).collect(),
    }
}

fn target(operand: &Operand) -> Option<Target> {
    match operand {
        Operand::Text(bytes) => Some(Target::Text(units(bytes))),
        Operand::Number(value) if (0.0..=f64::from(u32::MAX)).contains(value) => Some(Target::Glyph(*value as u32)),
        _ => None,
    }
}

impl CMap {
    /// The predefined Identity CMaps: two bytes, each code its own glyph number.
    pub(super) fn identity(vertical: bool) -> Self {
        let range = Range { low: 0, high: 0xffff, target: Target::Glyph(0) };
        Self { spaces: vec![CodeSpace { length: 2, low: 0, high: 0xffff }], ranges: vec![range], vertical, ..Self::default() }
    }

    /// Reads a CMap, as much of it as can be understood.
    pub(super) fn parse(data: &[u8]) -> Self {
        let mut map = Self::default();
        let mut lexer = Lexer::new(data);
        let mut values = Vec::new();
        while let Some(word) = lexer.operation_unbounded(&mut values) {
            match word {
                b"endcodespacerange" => map.add_spaces(&values),
                b"endbfchar" | b"endcidchar" => map.add_singles(&values),
                b"endbfrange" | b"endcidrange" => map.add_ranges(&values),
                b"def" => {
                    if let [.., Operand::Name(name), Operand::Number(mode)] = values.as_slice()
                        && name == b"WMode"
                    {
                        map.vertical = *mode == 1.0;
                    }
                }
                b"usecmap" => {
                    if let [.., Operand::Name(name)] = values.as_slice()
                        && name.starts_with(b"Identity")
                    {
                        let identity = Self::identity(name.ends_with(b"V"));
                        map.spaces.extend(identity.spaces);
                        map.ranges.extend(identity.ranges);
                        map.vertical |= identity.vertical;
                    }
                }
                _ => {}
            }
        }
        // A stable sort keeps the order of definition among equal starts; the later one wins.
        map.ranges.sort_by_key(|range| range.low);
        map.singles.sort_by_key(|(code, _)| *code);
        map
    }

    fn full(&self) -> bool {
        self.singles.len() + self.ranges.len() >= MAX_ENTRIES
    }

    fn add_spaces(&mut self, values: &[Operand]) {
        for pair in values.chunks_exact(2) {
            if let [Operand::Text(low), Operand::Text(high)] = pair
                && let (Some(low_code), Some(high_code)) = (code(low), code(high))
                && self.spaces.len() < 256
            {
                self.spaces.push(CodeSpace { length: low.len(), low: low_code, high: high_code });
            }
        }
    }

    fn add_singles(&mut self, values: &[Operand]) {
        for pair in values.chunks_exact(2) {
            if let [Operand::Text(bytes), value] = pair
                && let (Some(code), Some(target)) = (code(bytes), target(value))
                && !self.full()
            {
                self.singles.push((code, target));
            }
        }
    }

    fn add_ranges(&mut self, values: &[Operand]) {
        for triple in values.chunks_exact(3) {
            let [Operand::Text(low), Operand::Text(high), value] = triple else { continue };
            let (Some(low), Some(high)) = (code(low), code(high)) else { continue };
            if self.full() || high < low {
                continue;
            }
            if let Operand::List(list) = value {
                for (code, target) in (low..=high).zip(list.iter().map(target)) {
                    if let Some(target) = target
                        && !self.full()
                    {
                        self.singles.push((code, target));
                    }
                }
            } else if let Some(target) = target(value) {
                self.ranges.push(Range { low, high, target });
            }
        }
    }

    /// Whether the map says nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.singles.is_empty() && self.ranges.is_empty()
    }

    /// The code at the start of `bytes` and its length; at least one byte unless `bytes` is empty.
    pub(super) fn next_code(&self, bytes: &[u8]) -> Option<(u32, usize)> {
        for length in 1..=bytes.len().min(4) {
            let value = bytes.get(..length).and_then(code)?;
            let fits = |space: &CodeSpace| {
                space.length == length
                    && (0..length).all(|index| {
                        let byte = |number: u32| number >> (8 * index) & 0xff;
                        (byte(space.low)..=byte(space.high)).contains(&byte(value))
                    })
            };
            if self.spaces.iter().any(fits) {
                return Some((value, length));
            }
        }
        let length = self.spaces.iter().map(|space| space.length).min().unwrap_or(2).min(bytes.len());
        bytes.get(..length).and_then(code).map(|value| (value, length))
    }

    fn find(&self, code: u32) -> Option<(&Target, u32)> {
        let after = self.singles.partition_point(|(single, _)| *single <= code);
        if let Some((_, target)) = after.checked_sub(1).and_then(|index| self.singles.get(index)).filter(|(single, _)| *single == code) {
            return Some((target, 0));
        }
        let after = self.ranges.partition_point(|range| range.low <= code);
        let candidates = self.ranges.get(after.saturating_sub(LOOK_BACK)..after)?;
        let range = candidates.iter().rev().find(|range| code <= range.high)?;
        Some((&range.target, code - range.low))
    }

    /// Appends the text of a code to `out`; whether the map knows it.
    pub(super) fn text(&self, code: u32, out: &mut String) -> bool {
        let Some((Target::Text(units), offset)) = self.find(code) else { return false };
        let Some((&last, head)) = units.split_last() else { return true };
        // The count goes on within the last unit, as the standard says; a pair of surrogates is
        // one character and counts on as such.
        let is_pair = (0xdc00..0xe000).contains(&last) && head.last().is_some_and(|unit| (0xd800..0xdc00).contains(unit));
        let (head, first) = if is_pair {
            let (high, head) = head.split_last().map_or((0, head), |(&high, rest)| (high, rest));
            (head, 0x1_0000 + ((u32::from(high) - 0xd800) << 10) + (u32::from(last) - 0xdc00))
        } else {
            (head, u32::from(last))
        };
        if !head.is_empty() {
            out.extend(char::decode_utf16(head.iter().copied()).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)));
        }
        out.push(first.checked_add(offset).and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER));
        true
    }

    /// The glyph number of a code.
    pub(super) fn glyph(&self, code: u32) -> Option<u32> {
        match self.find(code)? {
            (Target::Glyph(first), offset) => first.checked_add(offset),
            (Target::Text(_), _) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::CMap;

    fn text(map: &CMap, code: u32) -> Option<String> {
        let mut out = String::new();
        map.text(code, &mut out).then_some(out)
    }

    #[test]
    fn ranges_chars_and_arrays_without_a_preamble() {
        let map = CMap::parse(
            b"1 begincodespacerange <0000> <ffff> endcodespacerange\n2 beginbfchar <0001> <00660069> <0002> <00660069> endbfchar\n\
              2 beginbfrange <0041><005a><0061> <0010> <0011> [<0078> <0079007a>] endbfrange",
        );
        assert_eq!(text(&map, 1).as_deref(), Some("fi"));
        assert_eq!(text(&map, 2).as_deref(), Some("fi"));
        assert_eq!(text(&map, 0x43).as_deref(), Some("c"));
        assert_eq!(text(&map, 0x11).as_deref(), Some("yz"));
        assert_eq!(text(&map, 0x12), None);
        assert_eq!(map.next_code(&[0, 0x41, 0]), Some((0x41, 2)));
    }

    #[test]
    fn a_huge_range_costs_nothing() {
        let map = CMap::parse(b"beginbfrange <00000000> <0fffffff> <0041> endbfrange");
        assert_eq!(map.ranges.len(), 1);
        assert_eq!(text(&map, 1).as_deref(), Some("B"));
        assert_eq!(text(&map, 0x0fff_ffff).as_deref(), Some("\u{fffd}"));
    }

    #[test]
    fn surrogate_pairs_count_as_one_character() {
        let map = CMap::parse(b"beginbfrange <01> <02> <D835DC00> endbfrange");
        assert_eq!(text(&map, 2).as_deref(), Some("\u{1d401}"));
    }

    #[test]
    fn mixed_code_lengths() {
        let map = CMap::parse(b"2 begincodespacerange <00> <80> <8140> <9ffc> endcodespacerange begincidrange <00> <80> 5 endcidrange");
        assert_eq!(map.next_code(&[0x81, 0x40]), Some((0x8140, 2)));
        assert_eq!(map.next_code(&[0x41, 0x40]), Some((0x41, 1)));
        assert_eq!(map.glyph(2), Some(7));
    }
}
