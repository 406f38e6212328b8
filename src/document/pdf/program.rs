//! Reads back from an embedded font program which text its glyphs stand for, where the PDF does not say.
//!
//! TrueType and OpenType through their `cmap` and glyph names, bare CFF through its glyph names and
//! encoding, Type 1 through the clear part of its program. No outlines are read.

use std::collections::HashMap;

use ttf_parser::{Face, GlyphId, cff, cmap};

use super::encoding::glyph_text;
use super::lexer::{Lexer, Operand};

/// Code points that are asked of a `cmap`: every script up to Greek and Cyrillic, signs, ligatures.
/// Asking for each is bounded, whatever ranges a hostile `cmap` claims.
const ASKED: [(u32, u32); 3] = [(0x20, 0x5ff), (0x1e00, 0x27ff), (0xfb00, 0xfb06)];

/// What an embedded program tells.
#[derive(Debug, Default)]
pub(super) struct Program {
    /// The text of a glyph by its number.
    glyphs: HashMap<u32, String>,
    /// The text of a code, in the program's own encoding.
    codes: HashMap<u8, String>,
}

impl Program {
    /// Reads a font program of any kind.
    pub(super) fn read(data: &[u8]) -> Self {
        if let Ok(face) = Face::parse(data, 0) {
            return Self::from_face(&face);
        }
        if let Some(table) = cff::Table::parse(data) {
            return Self::from_cff(&table);
        }
        Self { codes: type1_encoding(data), ..Self::default() }
    }

    fn from_face(face: &Face<'_>) -> Self {
        let mut program = Self::default();
        let tables = face.tables().cmap;
        for subtable in tables.into_iter().flat_map(|table| table.subtables) {
            if !subtable.is_unicode() || matches!(subtable.format, cmap::Format::ManyToOneRangeMappings(_)) {
                continue;
            }
            for code in ASKED.iter().flat_map(|&(from, to)| from..=to) {
                if let (Some(glyph), Some(found)) = (subtable.glyph_index(code), char::from_u32(code)) {
                    program.glyphs.entry(u32::from(glyph.0)).or_insert_with(|| found.to_string());
                }
            }
        }
        for number in 0..face.number_of_glyphs() {
            if let Some(text) = face.glyph_name(GlyphId(number)).and_then(glyph_text) {
                program.glyphs.entry(u32::from(number)).or_insert(text);
            }
        }
        // A symbolic font has its codes in a symbol table (at 0xf000) or a Macintosh one.
        for subtable in tables.into_iter().flat_map(|table| table.subtables) {
            for code in 0..=u8::MAX {
                let glyph = subtable.glyph_index(0xf000 + u32::from(code)).or_else(|| {
                    let plain = !subtable.is_unicode();
                    plain.then(|| subtable.glyph_index(u32::from(code))).flatten()
                });
                if let Some(text) = glyph.and_then(|glyph| program.glyphs.get(&u32::from(glyph.0))) {
                    program.codes.entry(code).or_insert_with(|| text.clone());
                }
            }
        }
        program
    }

    fn from_cff(table: &cff::Table<'_>) -> Self {
        let mut program = Self::default();
        for number in 0..table.number_of_glyphs() {
            if let Some(text) = table.glyph_name(GlyphId(number)).and_then(glyph_text) {
                program.glyphs.insert(u32::from(number), text);
            }
        }
        for code in 0..=u8::MAX {
            if let Some(text) = table.glyph_index(code).and_then(|glyph| program.glyphs.get(&u32::from(glyph.0))) {
                program.codes.insert(code, text.clone());
            }
        }
        program
    }

    /// The text of a glyph.
    pub(super) fn glyph(&self, number: u32) -> Option<&str> {
        self.glyphs.get(&number).map(String::as_str)
    }

    /// The text of a code in the program's own encoding.
    pub(super) fn code(&self, code: u8) -> Option<&str> {
        self.codes.get(&code).map(String::as_str)
    }
}

/// The encoding of a Type 1 program: `dup 65 /A put` for each code, before the encrypted part.
fn type1_encoding(data: &[u8]) -> HashMap<u8, String> {
    let clear = data.windows(5).position(|part| part == b"eexec").unwrap_or(data.len());
    let mut lexer = Lexer::new(data.get(..clear).unwrap_or_default());
    let mut codes = HashMap::new();
    let mut values = Vec::new();
    while let Some(word) = lexer.operation(&mut values) {
        if let (b"put", [Operand::Number(code), Operand::Name(name)]) = (word, values.as_slice())
            && (0.0..256.0).contains(code)
            && let Some(text) = std::str::from_utf8(name).ok().and_then(glyph_text)
        {
            codes.insert(*code as u8, text);
        }
    }
    codes
}

#[cfg(test)]
mod tests {
    use super::Program;

    #[test]
    fn type1_programs_tell_their_encoding() {
        let program = Program::read(
            b"%!PS-AdobeFont-1.0\n/Encoding 256 array\ndup 65 /eacute put\ndup 66 /.notdef put\nreadonly def\ncurrentfile eexec \x80\x81",
        );
        assert_eq!(program.code(65), Some("é"));
        assert_eq!(program.code(66), None);
    }

    #[test]
    fn noise_is_no_font() {
        let program = Program::read(&[0, 1, 0, 0, 0xff, 0xff, 0xff, 0xff]);
        assert_eq!((program.code(65), program.glyph(3)), (None, None));
    }
}
