//! The encodings of old Macintosh and DOS computers, and of Latin-9: told by where their letters stand.

use encoding_rs::{Encoding, ISO_8859_15, MACINTOSH, WINDOWS_1250, WINDOWS_1252};

/// The upper half of code page 850; its letters are those of code page 437 too.
const CODE_PAGE_850: &str = "\
    ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒ\
    áíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐\
    └┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀\
    ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";
/// Small letters of western European languages beside the plain ones.
const LETTERS: &str = "éèêëàâäáãåæçîïíìôöóòõøœûùüúñßÿ";
/// Fewest characters beyond ASCII on which anything can be decided.
const MIN_CHARACTERS: usize = 4;
/// How much of a text is weighed, in characters.
const LOOK: usize = 1 << 18;

/// A better reading of bytes than the one that was guessed, where there is one without doubt.
pub(super) fn better(bytes: &[u8], guessed: &str, encoding: &'static Encoding) -> Option<String> {
    let fits = |text: &String| {
        let (good, all) = weigh(text);
        good * 20 >= all * 19
    };
    if [WINDOWS_1252, WINDOWS_1250].contains(&encoding) && is_latin_9(bytes) {
        let latin_9 = ISO_8859_15.decode_without_bom_handling(bytes).0.into_owned();
        if fits(&latin_9) {
            return Some(latin_9);
        }
    }
    let (good, all) = weigh(guessed);
    if all < MIN_CHARACTERS || good * 2 >= all {
        return None;
    }
    let macintosh = MACINTOSH.decode_without_bom_handling(bytes).0.into_owned();
    Some(macintosh).filter(fits).or_else(|| Some(code_page_850(bytes)).filter(fits))
}

fn code_page_850(bytes: &[u8]) -> String {
    let upper: Vec<char> = CODE_PAGE_850.chars().collect();
    let read =
        |byte: &u8| if byte.is_ascii() { char::from(*byte) } else { upper.get(usize::from(*byte) - 0x80).copied().unwrap_or('\u{fffd}') };
    bytes.iter().map(read).collect()
}

/// The letter œ of Latin-9 stands where Windows-1252 has one half, which does not begin words.
fn is_latin_9(bytes: &[u8]) -> bool {
    !bytes.iter().any(|byte| (0x80..=0x9f).contains(byte))
        && bytes.windows(3).any(|three| three[1] == 0xbd && !three[0].is_ascii_digit() && three[2].is_ascii_alphabetic())
}

/// How many of the characters beyond ASCII stand where they belong: letters in words, signs between them; and how many there are.
fn weigh(text: &str) -> (usize, usize) {
    let (mut good, mut all) = (0, 0);
    let mut before = ' ';
    let mut characters = text.chars().take(LOOK).peekable();
    while let Some(character) = characters.next() {
        if !character.is_ascii() {
            let after = characters.peek().copied().unwrap_or(' ');
            all += 1;
            good += usize::from(belongs(before, character, after));
        }
        before = character;
    }
    (good, all)
}

fn belongs(before: char, character: char, after: char) -> bool {
    let in_word = before.is_ascii_alphabetic() && after.is_ascii_alphabetic();
    if LETTERS.contains(character) {
        before.is_alphabetic() || after.is_alphabetic() || matches!((before, after), (' ' | '\'' | '\u{2019}', ' '))
    } else if character.is_uppercase() {
        character.to_lowercase().all(|small| LETTERS.contains(small)) && !before.is_lowercase()
    } else {
        match character {
            '\u{2019}' | '–' | '—' => true,
            '“' | '”' | '‘' | '«' | '»' | '…' | '•' | '°' | '§' | '©' | '®' | '€' | '£' | 'º' | 'ª' | '\u{a0}' => {
                !in_word
            }
            _ => false,
        }
    }
}
