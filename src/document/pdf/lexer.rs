//! Cuts PDF syntax into tokens, for content streams and for CMaps.
//!
//! It never fails: what is not PDF syntax is skipped a byte at a time, so that one broken place
//! does not lose the rest of a page. It knows nothing of what the operators mean.

/// How deep arrays and dictionaries may nest before the rest is read flat.
const MAX_DEPTH: usize = 16;
/// Operands kept for one operator; PDF itself needs 33 at most.
const MAX_OPERANDS: usize = 64;

/// A value before an operator.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Operand {
    /// A number, whole or not.
    Number(f64),
    /// A name without its slash, escapes resolved.
    Name(Vec<u8>),
    /// A string of either notation, decoded.
    Text(Vec<u8>),
    /// An array, or the keys and values of a dictionary one after the other.
    List(Vec<Operand>),
}

impl Operand {
    /// The number, where it is one.
    pub(super) fn number(&self) -> Option<f64> {
        if let Self::Number(value) = self { Some(*value) } else { None }
    }
}

/// One token.
#[derive(Debug, PartialEq)]
enum Token<'a> {
    Value(Operand),
    Open,
    Close,
    Word(&'a [u8]),
}

/// Reads operations one after the other.
pub(super) struct Lexer<'a> {
    data: &'a [u8],
    at: usize,
    /// Whether a string or an inline image ran to the end of the data without its end mark.
    pub(super) broken: bool,
}

const fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0x0c | b'\r' | b' ')
}

const fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

const fn is_regular(byte: u8) -> bool {
    !is_space(byte) && !is_delimiter(byte)
}

fn hex_digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

impl<'a> Lexer<'a> {
    pub(super) const fn new(data: &'a [u8]) -> Self {
        Self { data, at: 0, broken: false }
    }

    fn peek(&self) -> Option<u8> {
        self.data.get(self.at).copied()
    }

    fn next_byte(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    /// The bytes from here as long as `test` holds.
    fn take_while(&mut self, test: impl Fn(u8) -> bool) -> &'a [u8] {
        let rest = self.data.get(self.at..).unwrap_or_default();
        let length = rest.iter().position(|&byte| !test(byte)).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or_default()
    }

    fn skip_blank(&mut self) {
        loop {
            self.take_while(is_space);
            if self.peek() != Some(b'%') {
                return;
            }
            self.take_while(|byte| byte != b'\n' && byte != b'\r');
        }
    }

    fn token(&mut self) -> Option<Token<'a>> {
        let first = loop {
            self.skip_blank();
            match self.peek()? {
                b')' | b'{' | b'}' => self.at += 1,
                byte => break byte,
            }
        };
        Some(match first {
            b'(' => {
                self.at += 1;
                Token::Value(Operand::Text(self.literal_string()))
            }
            b'<' if self.data.get(self.at + 1) == Some(&b'<') => {
                self.at += 2;
                Token::Open
            }
            b'<' => {
                self.at += 1;
                Token::Value(Operand::Text(self.hex_string()))
            }
            b'>' => {
                self.at += if self.data.get(self.at + 1) == Some(&b'>') { 2 } else { 1 };
                Token::Close
            }
            b'[' => {
                self.at += 1;
                Token::Open
            }
            b']' => {
                self.at += 1;
                Token::Close
            }
            b'/' => {
                self.at += 1;
                Token::Value(Operand::Name(self.name()))
            }
            _ => {
                let word = self.take_while(is_regular);
                number(word).map_or(Token::Word(word), |value| Token::Value(Operand::Number(value)))
            }
        })
    }

    fn name(&mut self) -> Vec<u8> {
        let raw = self.take_while(is_regular);
        let mut name = Vec::with_capacity(raw.len());
        let mut rest = raw;
        while let Some((&byte, tail)) = rest.split_first() {
            rest = tail;
            if byte == b'#'
                && let [high, low, after @ ..] = tail
                && let (Some(high), Some(low)) = (hex_digit(*high), hex_digit(*low))
            {
                name.push(high << 4 | low);
                rest = after;
            } else {
                name.push(byte);
            }
        }
        name
    }

    fn hex_string(&mut self) -> Vec<u8> {
        let mut out = Vec::new();
        let mut half = None;
        loop {
            match self.next_byte() {
                None => {
                    self.broken = true;
                    break;
                }
                Some(b'>') => break,
                Some(byte) => {
                    let Some(digit) = hex_digit(byte) else { continue };
                    half = match half {
                        None => Some(digit << 4),
                        Some(high) => {
                            out.push(high | digit);
                            None
                        }
                    };
                }
            }
        }
        out.extend(half);
        out
    }

    fn literal_string(&mut self) -> Vec<u8> {
        let mut out = Vec::new();
        let mut depth = 1usize;
        loop {
            let Some(byte) = self.next_byte() else {
                self.broken = true;
                return out;
            };
            match byte {
                b'(' => depth += 1,
                b')' => {
                    depth -= 1;
                    if depth == 0 {
                        return out;
                    }
                }
                b'\\' => {
                    self.escape(&mut out);
                    continue;
                }
                b'\r' => {
                    if self.peek() == Some(b'\n') {
                        self.at += 1;
                    }
                    out.push(b'\n');
                    continue;
                }
                _ => {}
            }
            out.push(byte);
        }
    }

    fn escape(&mut self, out: &mut Vec<u8>) {
        let Some(byte) = self.next_byte() else { return };
        match byte {
            b'n' => out.push(b'\n'),
            b'r' => out.push(b'\r'),
            b't' => out.push(b'\t'),
            b'b' => out.push(8),
            b'f' => out.push(12),
            b'\n' => {}
            b'\r' => {
                if self.peek() == Some(b'\n') {
                    self.at += 1;
                }
            }
            b'0'..=b'7' => {
                let mut value = u32::from(byte - b'0');
                for _ in 0..2 {
                    match self.peek() {
                        Some(digit @ b'0'..=b'7') => {
                            value = value * 8 + u32::from(digit - b'0');
                            self.at += 1;
                        }
                        _ => break,
                    }
                }
                out.push(u8::try_from(value & 0xff).unwrap_or_default());
            }
            other => out.push(other),
        }
    }

    /// The next operator, with its operands in `operands`; `None` at the end of the data.
    ///
    /// Operands left over at the end stay in `operands`: the stream broke off there.
    pub(super) fn operation(&mut self, operands: &mut Vec<Operand>) -> Option<&'a [u8]> {
        self.operation_with(operands, MAX_OPERANDS)
    }

    /// The same without a bound on the operands: a section of a CMap is one long list before its end mark.
    pub(super) fn operation_unbounded(&mut self, operands: &mut Vec<Operand>) -> Option<&'a [u8]> {
        self.operation_with(operands, usize::MAX)
    }

    fn operation_with(&mut self, operands: &mut Vec<Operand>, bound: usize) -> Option<&'a [u8]> {
        operands.clear();
        let mut open: Vec<Vec<Operand>> = Vec::new();
        while let Some(token) = self.token() {
            match token {
                Token::Open if open.len() < MAX_DEPTH => open.push(Vec::new()),
                Token::Open => {}
                Token::Close => {
                    if let Some(list) = open.pop() {
                        let bound = if open.is_empty() { bound } else { usize::MAX };
                        push(open.last_mut().unwrap_or(operands), Operand::List(list), bound);
                    }
                }
                Token::Value(value) => {
                    let bound = if open.is_empty() { bound } else { usize::MAX };
                    push(open.last_mut().unwrap_or(operands), value, bound);
                }
                // Inside a list these are values that text extraction does not need.
                Token::Word(b"true" | b"false" | b"null") => {}
                Token::Word(b"R") if !open.is_empty() => {}
                // Some producers set the spacing in the middle of the list that is shown.
                Token::Word(b"Tc" | b"Tw" | b"Tz") if !open.is_empty() => {
                    open.last_mut().and_then(Vec::pop);
                }
                Token::Word(b"ID") => {
                    self.skip_inline_image();
                    return Some(b"EI");
                }
                Token::Word(word) => {
                    // A list that was never closed ends where an operator begins.
                    while let Some(list) = open.pop() {
                        let bound = if open.is_empty() { bound } else { usize::MAX };
                        push(open.last_mut().unwrap_or(operands), Operand::List(list), bound);
                    }
                    return Some(word);
                }
            }
        }
        if !open.is_empty() {
            self.broken = true;
        }
        None
    }

    /// Goes past the bytes of an inline image: to an `EI` between blanks after which text follows.
    fn skip_inline_image(&mut self) {
        self.at += 1;
        let rest = self.data.get(self.at..).unwrap_or_default();
        let mut from = 0;
        while let Some(found) = rest.get(from..).and_then(|tail| tail.windows(2).position(|pair| pair == b"EI")) {
            let at = from + found;
            let before = at.checked_sub(1).and_then(|index| rest.get(index)).is_none_or(|&byte| is_space(byte));
            let after = rest.get(at + 2..).unwrap_or_default();
            let blank = after.first().is_none_or(|&byte| is_space(byte));
            let readable = after.iter().take(12).all(|&byte| is_space(byte) && byte != 0 || (b' '..0x7f).contains(&byte));
            if before && blank && readable {
                self.at += at + 2;
                return;
            }
            from = at + 2;
        }
        self.broken = true;
        self.at = self.data.len();
    }
}

/// Keeps the operands of an operator few; lists may be long.
fn push(list: &mut Vec<Operand>, value: Operand, bound: usize) {
    if list.len() >= bound {
        list.remove(0);
    }
    list.push(value);
}

/// A number as PDF writes it, and as faulty producers do (`--5`, `12.-3`).
fn number(word: &[u8]) -> Option<f64> {
    let first = *word.first()?;
    if !matches!(first, b'0'..=b'9' | b'+' | b'-' | b'.') {
        return None;
    }
    let mut negative = false;
    let mut whole = 0f64;
    let mut scale = 0f64;
    let mut digits = 0usize;
    for (index, &byte) in word.iter().enumerate() {
        match byte {
            b'-' if digits > 0 => break,
            b'-' => negative = true,
            b'+' if index == 0 => {}
            b'.' if scale == 0.0 => scale = 1.0,
            b'0'..=b'9' => {
                digits += 1;
                let digit = f64::from(byte - b'0');
                if scale == 0.0 {
                    whole = whole.mul_add(10.0, digit);
                } else {
                    scale /= 10.0;
                    whole = digit.mul_add(scale, whole);
                }
            }
            _ => return None,
        }
    }
    (whole.is_finite() && (digits > 0 || word.len() == 1 && first != b'+')).then_some(if negative { -whole } else { whole })
}

#[cfg(test)]
mod tests {
    use super::{Lexer, Operand};

    fn operations(data: &[u8]) -> (Vec<(String, Vec<Operand>)>, bool) {
        let mut lexer = Lexer::new(data);
        let mut operands = Vec::new();
        let mut out = Vec::new();
        while let Some(word) = lexer.operation(&mut operands) {
            out.push((String::from_utf8_lossy(word).into_owned(), operands.clone()));
        }
        (out, lexer.broken)
    }

    #[test]
    fn strings_numbers_and_arrays() {
        let (found, broken) = operations(br"[(A\(b\)\101\r) -120 <48 6F6>] TJ /F#31 -.5 Tf");
        assert!(!broken);
        let list = vec![Operand::Text(b"A(b)A\r".to_vec()), Operand::Number(-120.0), Operand::Text(b"Ho`".to_vec())];
        assert_eq!(found[0], ("TJ".to_owned(), vec![Operand::List(list)]));
        assert_eq!(found[1], ("Tf".to_owned(), vec![Operand::Name(b"F1".to_vec()), Operand::Number(-0.5)]));
    }

    #[test]
    fn an_operator_in_a_list_does_not_end_it() {
        let (found, broken) = operations(b"[(one) 0.5 Tc -250 (two)] TJ");
        assert!(!broken);
        let list = vec![Operand::Text(b"one".to_vec()), Operand::Number(-250.0), Operand::Text(b"two".to_vec())];
        assert_eq!(found, [("TJ".to_owned(), vec![Operand::List(list)])]);
    }

    #[test]
    fn inline_image_is_passed_over() {
        let (found, broken) = operations(b"BI /W 2 ID \x01EI\x02(\xff\nEI\nBT (x) Tj ET");
        assert!(!broken);
        let words: Vec<_> = found.iter().map(|(word, _)| word.as_str()).collect();
        assert_eq!(words, ["BI", "EI", "BT", "Tj", "ET"]);
    }

    #[test]
    fn a_string_without_its_end_is_reported() {
        let (found, broken) = operations(b"(one) Tj (two");
        assert_eq!(found.len(), 1);
        assert!(broken);
    }

    #[test]
    fn stray_delimiters_do_not_exhaust_the_stack() {
        let mut data = b"]>> ) } ".repeat(200_000);
        data.extend_from_slice(b"BT");
        assert_eq!(operations(&data).0.len(), 1);
    }
}
