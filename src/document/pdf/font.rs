//! Fonts: from the bytes of a shown string to characters with their widths.
//!
//! What a code means is asked in this order: the `ToUnicode` map, the encoding of the font with its
//! differences, the embedded font program. Outlines and real metrics beyond widths are not read.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use lopdf::{Dictionary, Object};

use super::cmap::CMap;
use super::encoding::{Base, glyph_text, plain_letter, push_clean};
use super::objects::{Objects, number};
use super::program::Program;
use super::widths::Widths;

/// Width of a glyph whose font does not say, in thousandths of the size.
const DEFAULT_WIDTH: f64 = 500.0;
/// Entries read of a width array.
const MAX_WIDTHS: usize = 200_000;

/// Widths of the printable ASCII characters in the standard fonts, which need not carry theirs: light and bold.
const HELVETICA: [[u16; 95]; 2] = [
    [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556,
        278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667,
        611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833,
        556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
    ],
    [
        278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556,
        333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778, 667, 778, 722, 667,
        611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889,
        611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
    ],
];
const TIMES: [[u16; 95]; 2] = [
    [
        250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500, 500, 500, 500,
        278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889, 722, 722, 556, 722, 667, 556,
        611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778,
        500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
    ],
    [
        250, 333, 555, 500, 500, 1000, 833, 278, 333, 333, 500, 570, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500, 500, 500, 500,
        333, 333, 570, 570, 570, 500, 930, 722, 667, 722, 722, 667, 611, 778, 778, 389, 500, 778, 667, 944, 722, 778, 611, 778, 722, 556,
        667, 722, 722, 1000, 722, 722, 667, 333, 278, 333, 581, 500, 333, 500, 556, 444, 556, 444, 333, 500, 556, 278, 333, 556, 278, 833,
        556, 500, 556, 556, 444, 389, 333, 556, 500, 722, 500, 500, 444, 394, 220, 394, 520,
    ],
];
const TIMES_ITALIC: [[u16; 95]; 2] = [
    [
        250, 333, 420, 500, 500, 833, 778, 214, 333, 333, 500, 675, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500, 500, 500, 500,
        333, 333, 675, 675, 675, 500, 920, 611, 611, 667, 722, 611, 611, 722, 722, 333, 444, 667, 556, 833, 667, 722, 611, 722, 611, 500,
        556, 722, 611, 833, 611, 556, 556, 389, 278, 389, 422, 500, 333, 500, 500, 444, 500, 444, 278, 500, 500, 278, 278, 444, 278, 722,
        500, 500, 500, 500, 389, 389, 278, 500, 444, 667, 444, 444, 389, 400, 275, 400, 541,
    ],
    [
        250, 389, 555, 500, 500, 833, 778, 278, 333, 333, 500, 570, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500, 500, 500, 500,
        333, 333, 570, 570, 570, 500, 832, 667, 667, 667, 722, 667, 667, 722, 778, 389, 500, 667, 611, 889, 722, 722, 611, 722, 667, 556,
        611, 722, 667, 889, 667, 611, 611, 333, 278, 333, 570, 500, 333, 500, 500, 444, 500, 444, 333, 500, 556, 278, 278, 500, 278, 778,
        556, 500, 500, 500, 389, 389, 278, 556, 444, 667, 500, 444, 389, 348, 220, 348, 570,
    ],
];

/// How the bytes of a string are read.
#[derive(Debug)]
enum Kind {
    /// One byte for each character, with its text where the encoding knows it.
    Simple(Vec<Option<String>>),
    /// Codes of one or more bytes that stand for glyph numbers.
    Composite {
        codes: CMap,
        /// Glyph number in the embedded program for each character number; empty where they are the same.
        glyphs: Vec<u8>,
    },
}

/// A font as text extraction needs it.
#[derive(Debug)]
pub(super) struct Font {
    /// Its name in the file, for messages.
    pub(super) name: String,
    /// A number for its name without the prefix of a subset.
    pub(super) face: u64,
    /// Whether it is a bold face.
    pub(super) bold: bool,
    /// Whether its text runs from top to bottom.
    pub(super) vertical: bool,
    kind: Kind,
    to_unicode: Option<CMap>,
    program: Program,
    widths: Widths,
    default_width: f64,
    scale: f64,
}

/// One character of a string.
pub(super) struct Char {
    /// Whether the text is known.
    pub(super) known: bool,
    /// Advance in units of the font size.
    pub(super) width: f64,
    /// Whether word spacing applies: a single byte 32.
    pub(super) is_space_code: bool,
}

impl Font {
    /// Reads a font dictionary; what is missing or wrong in it is left out.
    pub(super) fn read<'a>(objects: &Objects<'a>, dictionary: &'a Dictionary) -> Self {
        let subtype = objects.name(dictionary, b"Subtype").unwrap_or_default();
        let name = objects.name(dictionary, b"BaseFont").map(|name| String::from_utf8_lossy(name).into_owned()).unwrap_or_default();
        let to_unicode = objects.stream(dictionary, b"ToUnicode").and_then(|stream| objects.bytes(stream));
        let mut font = Self {
            face: face_number(&name),
            bold: is_bold_name(&name),
            name,
            vertical: false,
            kind: Kind::Simple(Vec::new()),
            to_unicode: to_unicode.map(|data| CMap::parse(&data)).filter(|map| !map.is_empty()),
            program: Program::default(),
            widths: Widths::default(),
            default_width: DEFAULT_WIDTH,
            scale: 0.001,
        };
        if subtype == b"Type0" {
            font.read_composite(objects, dictionary);
        } else {
            font.read_simple(objects, dictionary, subtype);
        }
        font
    }

    /// The descriptor: weight, and the embedded program.
    fn read_descriptor<'a>(&mut self, objects: &Objects<'a>, dictionary: &'a Dictionary, need_program: bool) -> Option<&'a Dictionary> {
        let descriptor = objects.dictionary(dictionary, b"FontDescriptor")?;
        let flags = objects.number(descriptor, b"Flags").unwrap_or_default() as u32;
        self.bold |= flags & 1 << 18 != 0 || objects.number(descriptor, b"FontWeight").is_some_and(|weight| weight >= 600.0);
        if need_program {
            let keys: [&[u8]; 3] = [b"FontFile2", b"FontFile3", b"FontFile"];
            if let Some(data) = keys.iter().find_map(|key| objects.stream(descriptor, key)).and_then(|stream| objects.bytes(stream)) {
                self.program = Program::read(&data);
            }
        }
        Some(descriptor)
    }

    fn read_simple<'a>(&mut self, objects: &Objects<'a>, dictionary: &'a Dictionary, subtype: &[u8]) {
        let encoding = objects.get(dictionary, b"Encoding");
        let encoding_dictionary = encoding.and_then(|found| found.as_dict().ok());
        let base = match encoding {
            Some(Object::Name(name)) => Base::named(name),
            _ => encoding_dictionary.and_then(|found| objects.name(found, b"BaseEncoding")).and_then(Base::named),
        };
        let names = encoding_dictionary.map(|found| differences(objects, found)).unwrap_or_default();
        let unnamed = names.values().any(|name| glyph_text(name).is_none());
        let need_program = self.to_unicode.is_none() && (base.is_none() || unnamed);
        let descriptor = self.read_descriptor(objects, dictionary, need_program);
        let flags = descriptor.and_then(|found| objects.number(found, b"Flags")).unwrap_or_default() as u32;
        let symbolic = flags & 4 != 0;
        let fallback = if self.name.ends_with("Symbol") {
            Base::Symbol
        } else if subtype == b"TrueType" {
            Base::WinAnsi
        } else {
            Base::Standard
        };
        let table = (0..=u8::MAX).map(|code| {
            if let Some(name) = names.get(&code) {
                // A name that says nothing is most often an index into the program (`g37`).
                return glyph_text(name).or_else(|| self.program.glyph(index_name(name)?).map(str::to_owned));
            }
            if let Some(base) = base {
                return base.decode(code).map(String::from);
            }
            let own = self.program.code(code).map(str::to_owned);
            let embedded_symbols = symbolic && subtype != b"TrueType" && !self.name.ends_with("Symbol");
            own.or_else(|| if embedded_symbols && subtype == b"Type3" { None } else { fallback.decode(code).map(String::from) })
        });
        self.kind = Kind::Simple(table.collect());
        self.read_simple_widths(objects, dictionary, descriptor, subtype);
    }

    fn read_simple_widths<'a>(
        &mut self,
        objects: &Objects<'a>,
        dictionary: &'a Dictionary,
        descriptor: Option<&'a Dictionary>,
        subtype: &[u8],
    ) {
        if subtype == b"Type3" {
            let matrix = objects.numbers(dictionary, b"FontMatrix").unwrap_or_default();
            self.scale = matrix.first().copied().filter(|scale| *scale != 0.0).unwrap_or(0.001).abs();
            self.default_width = 0.0;
        }
        if let Some(widths) = objects.numbers(dictionary, b"Widths") {
            let first = objects.number(dictionary, b"FirstChar").unwrap_or_default().clamp(0.0, 255.0) as u32;
            self.widths.extend((first..).zip(widths.into_iter().take(256)));
            self.default_width = descriptor.and_then(|found| objects.number(found, b"MissingWidth")).unwrap_or(0.0);
            return;
        }
        let Kind::Simple(table) = &self.kind else { return };
        let widths = table.iter().map(|text| text.as_deref().map_or(DEFAULT_WIDTH, |text| usual_width(&self.name, text)));
        self.widths.extend((0..).zip(widths));
    }

    fn read_composite<'a>(&mut self, objects: &Objects<'a>, dictionary: &'a Dictionary) {
        let codes = match objects.get(dictionary, b"Encoding") {
            Some(Object::Name(name)) => CMap::identity(name.ends_with(b"V")),
            Some(Object::Stream(stream)) => objects.bytes(stream).map_or_else(|| CMap::identity(false), |data| CMap::parse(&data)),
            _ => CMap::identity(false),
        };
        self.vertical = codes.vertical;
        self.default_width = 1000.0;
        let mut glyphs = Vec::new();
        let descendant = objects.get(dictionary, b"DescendantFonts").and_then(|fonts| match fonts {
            Object::Array(fonts) => objects.resolve(fonts.first()?)?.as_dict().ok(),
            other => other.as_dict().ok(),
        });
        if let Some(descendant) = descendant {
            self.read_descriptor(objects, descendant, self.to_unicode.is_none());
            if self.to_unicode.is_none() {
                glyphs = objects.stream(descendant, b"CIDToGIDMap").and_then(|stream| objects.bytes(stream)).unwrap_or_default();
            }
            self.default_width = objects.number(descendant, b"DW").unwrap_or(1000.0);
            if let Some(Object::Array(widths)) = objects.get(descendant, b"W") {
                self.widths = composite_widths(objects, widths);
            }
        }
        self.kind = Kind::Composite { codes, glyphs };
    }

    /// Appends the text of the first character of `bytes` to `out` and tells its length in bytes.
    pub(super) fn next_char(&self, bytes: &[u8], out: &mut String) -> Option<(Char, usize)> {
        let (code, length) = match &self.kind {
            Kind::Simple(_) => (u32::from(*bytes.first()?), 1),
            Kind::Composite { codes, .. } => codes.next_code(bytes).filter(|(_, length)| *length > 0)?,
        };
        let width_code = match &self.kind {
            Kind::Simple(_) => code,
            Kind::Composite { codes, .. } => codes.glyph(code).unwrap_or_default(),
        };
        let width = self.widths.get(width_code).unwrap_or(self.default_width) * self.scale;
        let known = self.text(code, out);
        Some((Char { known, width, is_space_code: length == 1 && code == 32 }, length))
    }

    fn text(&self, code: u32, out: &mut String) -> bool {
        let start = out.len();
        if self.to_unicode.as_ref().is_some_and(|map| map.text(code, out)) {
            // Most characters are plain ones, in which there is nothing to clean.
            if out.bytes().skip(start).all(|byte| (b' '..0x7f).contains(&byte)) {
                return true;
            }
            let raw = out.split_off(start);
            if !raw.contains(['\0', char::REPLACEMENT_CHARACTER]) {
                raw.chars().for_each(|found| push_clean(out, found));
                return true;
            }
        }
        let found = match &self.kind {
            Kind::Simple(table) => usize::try_from(code).ok().and_then(|index| table.get(index)?.as_deref()),
            Kind::Composite { codes, glyphs } => codes.glyph(code).and_then(|number| {
                let glyph = match usize::try_from(number).ok().and_then(|index| glyphs.get(index.checked_mul(2)?..)?.get(..2)) {
                    Some(pair) => pair.iter().fold(0, |value, &byte| value << 8 | u32::from(byte)),
                    None => number,
                };
                self.program.glyph(glyph)
            }),
        };
        let Some(found) = found else { return false };
        found.chars().for_each(|letter| push_clean(out, letter));
        true
    }
}

/// `ABCDEF+Arial` and `GHIJKL+Arial` are parts of one font.
fn face_number(name: &str) -> u64 {
    let whole = name.split_once('+').filter(|(tag, _)| tag.len() == 6 && tag.bytes().all(|byte| byte.is_ascii_uppercase()));
    let mut hasher = DefaultHasher::new();
    whole.map_or(name, |(_, rest)| rest).hash(&mut hasher);
    hasher.finish()
}

fn is_bold_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["bold", "black", "heavy", "demi"].iter().any(|weight| name.contains(weight))
}

/// The number in a glyph name such as `g37`, `glyph37` or `cid37`.
fn index_name(name: &str) -> Option<u32> {
    ["glyph", "cid", "gid", "g", "G"].iter().find_map(|prefix| name.strip_prefix(prefix)?.parse().ok())
}

/// The names that `/Differences` gives to codes.
fn differences<'a>(objects: &Objects<'a>, encoding: &'a Dictionary) -> HashMap<u8, String> {
    let mut names = HashMap::new();
    let mut code = 0u32;
    let list = objects.get(encoding, b"Differences").and_then(|found| found.as_array().ok());
    for item in list.into_iter().flatten().filter_map(|item| objects.resolve(item)) {
        if let Ok(name) = item.as_name() {
            if let Ok(code) = u8::try_from(code) {
                names.insert(code, String::from_utf8_lossy(name).into_owned());
            }
            code = code.saturating_add(1);
        } else if let Some(value) = number(item) {
            code = value.clamp(0.0, 1024.0) as u32;
        }
    }
    names
}

/// The `/W` array: `first [w w w]` or `first last w`.
fn composite_widths<'a>(objects: &Objects<'a>, list: &'a [Object]) -> Widths {
    let mut widths = Widths::default();
    let mut items = list.iter().filter_map(|item| objects.resolve(item));
    // Ranges may overlap, so the work is bounded rather than the size of the result.
    let mut left = MAX_WIDTHS;
    while let Some(first) = items.next() {
        let Some(first) = number(first).filter(|value| (0.0..=65_535.0).contains(value)).map(|value| value as u32) else { continue };
        match items.next() {
            Some(Object::Array(list)) => {
                let numbers = list.iter().map(|item| objects.resolve(item).and_then(number).unwrap_or_default());
                widths.extend((first..=65_535).zip(numbers));
                left = left.saturating_sub(list.len());
            }
            Some(last) => {
                let last = number(last).unwrap_or_default().clamp(0.0, 65_535.0) as u32;
                let width = items.next().and_then(number).unwrap_or(DEFAULT_WIDTH);
                widths.extend((first..=last).map(|code| (code, width)));
                left = left.saturating_sub(usize::try_from(last.saturating_sub(first)).unwrap_or(MAX_WIDTHS));
            }
            None => break,
        }
        if left == 0 {
            break;
        }
    }
    widths
}

/// The width of a character in the standard fonts, which need not carry their widths.
fn usual_width(font: &str, text: &str) -> f64 {
    let font = font.to_ascii_lowercase();
    if font.contains("courier") || font.contains("mono") {
        return 600.0;
    }
    let has = |parts: &[&str]| parts.iter().any(|part| font.contains(part));
    let serif = has(&["times", "roman", "serif"]);
    let tables = match (serif, has(&["italic", "oblique"])) {
        (true, true) => &TIMES_ITALIC,
        (true, false) => &TIMES,
        (false, _) => &HELVETICA,
    };
    let [light, bold] = tables;
    let table = if is_bold_name(&font) { bold } else { light };
    let width = |letter: char| {
        // An accent does not change the width of a letter, and other signs are like one of these.
        let like = match letter {
            '\u{a0}' => ' ',
            '‘' | '’' | '‚' if serif => '(',
            '‘' | '’' | '‚' => 'i',
            '“' | '”' | '„' if serif => 'a',
            '“' | '”' | '„' => '(',
            '–' | '§' => '0',
            '•' | '·' => '(',
            '—' | '…' => return 1000.0,
            other => plain_letter(other),
        };
        let index = u32::from(like).checked_sub(0x20).and_then(|index| usize::try_from(index).ok());
        index.and_then(|index| table.get(index)).map_or(DEFAULT_WIDTH, |&width| f64::from(width))
    };
    // The ligatures of Times are narrower than their letters.
    let ligature = serif && text.len() > 1 && text.is_ascii();
    text.chars().map(width).sum::<f64>() * if ligature { 0.91 } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::Font;
    use crate::document::pdf::objects::Objects;
    use lopdf::{Document, Stream, dictionary};

    fn text(font: &Font, mut bytes: &[u8]) -> (String, f64) {
        let (mut out, mut width) = (String::new(), 0.0);
        while let Some((found, length)) = font.next_char(bytes, &mut out) {
            width += found.width;
            bytes = &bytes[length..];
        }
        (out, width)
    }

    #[test]
    fn differences_over_a_base_encoding() {
        let document = Document::new();
        let dictionary = dictionary! {
            "Subtype" => "Type1", "BaseFont" => "Helvetica",
            "Encoding" => dictionary! { "BaseEncoding" => "WinAnsiEncoding", "Differences" => vec![1.into(), "fi".into(), "nonsense".into(), "Zcaron".into()] },
        };
        let font = Font::read(&Objects::new(&document), &dictionary);
        assert_eq!(text(&font, b"\x01\x03A\xe9").0, "fiŽAé");
        assert!((text(&font, b"A").1 - 0.667).abs() < 1e-6);
    }

    #[test]
    fn to_unicode_goes_before_the_encoding() {
        let mut document = Document::new();
        let map = document.add_object(Stream::new(dictionary! {}, b"beginbfchar <41> <00E9> endbfchar".to_vec()));
        let dictionary = dictionary! { "Subtype" => "Type1", "Encoding" => "WinAnsiEncoding", "ToUnicode" => map };
        let font = Font::read(&Objects::new(&document), &dictionary);
        assert_eq!(text(&font, b"AB").0, "éB");
    }

    #[test]
    fn standard_fonts_need_no_widths() {
        let document = Document::new();
        for (name, expected) in [("Times-Roman", 0.5), ("Times-Bold", 0.556), ("Helvetica-Bold", 0.611), ("Courier", 0.6)] {
            let dictionary = dictionary! { "Subtype" => "Type1", "BaseFont" => name, "Encoding" => "WinAnsiEncoding" };
            let font = Font::read(&Objects::new(&document), &dictionary);
            for letter in [b"u", b"\xfc"] {
                assert!((text(&font, letter).1 - expected).abs() < 1e-6, "{name}");
            }
        }
    }

    #[test]
    fn composite_widths_and_bold() {
        let mut document = Document::new();
        let map = document.add_object(Stream::new(dictionary! {}, b"beginbfrange <0001> <0003> <0061> endbfrange".to_vec()));
        let descendant = dictionary! { "Subtype" => "CIDFontType2", "DW" => 400, "W" => vec![1.into(), vec![500.into()].into(), 2.into(), 2.into(), 250.into()] };
        let dictionary = dictionary! {
            "Subtype" => "Type0", "BaseFont" => "ABCDEF+Arial-BoldMT", "Encoding" => "Identity-H", "ToUnicode" => map,
            "DescendantFonts" => vec![descendant.into()],
        };
        let font = Font::read(&Objects::new(&document), &dictionary);
        assert!(font.bold);
        let (found, width) = text(&font, &[0, 1, 0, 2, 0, 3]);
        assert_eq!(found, "abc");
        assert!((width - 1.15).abs() < 1e-6);
    }
}
