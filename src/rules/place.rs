//! Places inside the strings of TOML: from an offset in the text that a string means to the bytes of the file.

use std::ops::Range;

/// The place in `source` of a part of the text of the string that stands, quotation marks included, at `string`.
///
/// A part that is empty, or ends behind the text, is given as the character (or the closing quotation mark) at its place, so that
/// there is always something to underline.
pub(super) fn in_string(source: &str, string: &Range<usize>, part: Range<usize>) -> Range<usize> {
    let Some(raw) = source.get(string.clone()) else { return string.clone() };
    let (quote, opening) = match raw.as_bytes() {
        [b'"', b'"', b'"', ..] => (3, b'"'),
        [b'\'', b'\'', b'\'', ..] => (3, b'\''),
        [first @ (b'"' | b'\''), ..] => (1, *first),
        _ => return string.clone(),
    };
    let end = raw.len().saturating_sub(quote);
    let mut at = quote;
    if quote == 3 {
        // A line break right behind three quotation marks is none of the text.
        at += raw[at..].strip_prefix("\r\n").map_or_else(|| usize::from(raw[at..].starts_with('\n')), |_| 2);
    }
    let (mut decoded, mut first, mut last) = (0, None, None);
    while at < end {
        let (length, meaning) = unit(&raw[at..end], opening == b'"');
        if meaning > 0 {
            if first.is_none() && decoded + meaning > part.start {
                first = Some(at);
            }
            if decoded < part.end {
                last = Some(at + length);
            }
        }
        decoded += meaning;
        at += length;
    }
    let start = first.unwrap_or(end);
    let next = raw[start..].chars().next().map_or(0, char::len_utf8);
    let finish = last.filter(|last| *last > start).unwrap_or(start + next);
    string.start + start..string.start + finish
}

/// Bytes of the next character or escape of a string, and bytes of what it means.
fn unit(raw: &str, escapes: bool) -> (usize, usize) {
    let mut characters = raw.chars();
    let Some(character) = characters.next() else { return (1, 0) };
    let plain = (character.len_utf8(), character.len_utf8());
    if character == '\r' && raw.starts_with("\r\n") {
        // The reader of TOML gives line breaks as they stand.
        return (2, 2);
    }
    if character != '\\' || !escapes {
        return plain;
    }
    let digits = match characters.next() {
        Some('x') => 2,
        Some('u') => 4,
        Some('U') => 8,
        Some(next) if next.is_whitespace() => {
            // A backslash at the end of a line takes the line break and the white space that follows out of the text.
            return (raw.len() - raw[1..].trim_start().len(), 0);
        }
        Some(_) => return (2, 1),
        None => return plain,
    };
    let value = raw.get(2..2 + digits).and_then(|hex| u32::from_str_radix(hex, 16).ok()).and_then(char::from_u32);
    value.map_or(plain, |value| (2 + digits, value.len_utf8()))
}

#[cfg(test)]
mod tests {
    use super::in_string;

    /// The words of a TOML value that are underlined for a part of its text.
    fn underlined(value: &str, part: &str) -> String {
        let source = format!("say = {value}\n");
        let table = toml::de::DeTable::parse(&source).expect(value).into_inner();
        let entry = table.get("say").expect("the key");
        let text = entry.get_ref().as_str().expect("a string");
        let at = text.find(part).unwrap_or_else(|| panic!("{part:?} is not in {text:?}"));
        source[in_string(&source, &entry.span(), at..at + part.len())].to_owned()
    }

    #[test]
    fn escapes_and_lines_are_counted_in() {
        for (value, part, wanted) in [
            (r#""a {b} c""#, "{b}", "{b}"),
            (r#""\"a\" \u00e9 \U0000e9ff … {b} c""#, "{b}", "{b}"),
            (r#""a \u00e9t\u00e9 c""#, "été", r"\u00e9t\u00e9"),
            (r#""\x41 b""#, "b", "b"),
            ("\"\"\"\n  a\n  {b}\"\"\"", "{b}", "{b}"),
            ("\"\"\"\r\na\r\n{b}\"\"\"", "{b}", "{b}"),
            ("\"\"\"a \\\n     {b} c\"\"\"", "{b} c", "{b} c"),
            ("\"\"\"a \\\n     {b} c\"\"\"", "a {b", "a \\\n     {b"),
            ("'a \\u00e9 {b}'", "{b}", "{b}"),
            ("'''\na {b}'''", "{b}", "{b}"),
            ("\"œuvre …5 {b}\"", "{b}", "{b}"),
        ] {
            assert_eq!(underlined(value, part), wanted, "{value}");
        }
    }

    #[test]
    fn the_end_of_a_text_is_its_closing_mark() {
        let source = "say = \"a (b\"\n";
        assert_eq!(in_string(source, &(6..12), 4..5), 11..12);
        assert_eq!(in_string(source, &(6..12), 1..1), 8..9);
    }
}
