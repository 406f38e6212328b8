//! Characters that a wrong decoding left behind.

use encoding_rs::WINDOWS_1252;

/// Fewest repairs at which words are taken to be encoded twice: below, they may be meant.
const MIN_REPAIRS: usize = 3;

/// What Windows-1252 has in the place of a control of ISO 8859; nothing where it has nothing.
pub(super) fn of_windows(control: char) -> Option<char> {
    let byte = u8::try_from(u32::from(control)).ok()?;
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(std::slice::from_ref(&byte));
    text.chars().next().filter(|character| !character.is_control())
}

/// The text with UTF-8 that was read as Windows-1252 and encoded again put right; none where nothing unmistakable is found.
pub(super) fn encoded_twice(text: &str) -> Option<String> {
    // Every such character begins with one of these.
    if !text.contains(['Â', 'Ã', 'â', 'Å', 'Ä']) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut repairs = 0;
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        match repaired(rest) {
            Some((character, length)) => {
                out.push(character);
                repairs += 1;
                rest = &rest[length..];
            }
            None => {
                out.push(first);
                rest = &rest[first.len_utf8()..];
            }
        }
    }
    (repairs >= MIN_REPAIRS).then_some(out)
}

/// The character whose UTF-8 bytes stand at the beginning as characters of Windows-1252, and how many bytes these take.
fn repaired(text: &str) -> Option<(char, usize)> {
    let mut characters = text.chars();
    let lead = byte_of(characters.next()?).filter(|byte| (0xc2..=0xf4).contains(byte))?;
    let more = match lead {
        0xc2..=0xdf => 1,
        0xe0..=0xef => 2,
        _ => 3,
    };
    let mut bytes = vec![lead];
    let mut length = text.len() - characters.as_str().len();
    for character in characters.take(more) {
        let byte = byte_of(character).filter(|byte| (0x80..=0xbf).contains(byte))?;
        bytes.push(byte);
        length += character.len_utf8();
    }
    let character = std::str::from_utf8(&bytes).ok()?.chars().next()?;
    Some((character, length))
}

/// The byte of a character in Windows-1252.
fn byte_of(character: char) -> Option<u8> {
    if let Ok(byte) = u8::try_from(u32::from(character)) {
        return (byte >= 0x80).then_some(byte);
    }
    (0x80..=0x9f).find(|byte| of_windows(char::from(*byte)) == Some(character))
}
