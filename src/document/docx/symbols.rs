//! Characters of symbol fonts, which have no meaning of their own in Unicode.

/// The character of a symbol font, where treaties use one; a dot stands for the others.
pub(super) fn symbol(font: &str, code: &str) -> char {
    let code = u32::from_str_radix(code, 16).unwrap_or_default();
    let private = (0xf000..=0xf0ff).contains(&code);
    let low = if private { code - 0xf000 } else { code };
    match (font.to_ascii_lowercase().as_str(), low) {
        ("symbol", 0xb0) => '°',
        ("symbol", 0xb1) => '±',
        ("symbol", 0xa3) => '≤',
        ("symbol", 0xb3) => '≥',
        ("symbol", 0xb4) => '×',
        ("symbol", 0xb8) => '÷',
        ("symbol", 0xb9) => '≠',
        ("symbol", 0x2d) => '–',
        ("symbol", 0x2a) => '*',
        ("wingdings", 0x6f | 0xa8) => '☐',
        ("wingdings", 0xfe | 0xfd) => '☒',
        ("wingdings", 0xe0) => '→',
        _ if private => '•',
        _ => char::from_u32(low).filter(|character| !character.is_control()).unwrap_or('•'),
    }
}
