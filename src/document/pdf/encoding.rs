//! The encodings and glyph names of simple fonts: from a byte, or a name such as `eacute`, to text.
//!
//! Only the names that Latin fonts use for European languages, Greek letters and the usual signs
//! are known. Accented letters are put together from their parts instead of being listed.

use encoding_rs::{MACINTOSH, WINDOWS_1252};

/// The encodings that PDF knows by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Base {
    /// Windows code page 1252.
    WinAnsi,
    /// The old Macintosh encoding.
    MacRoman,
    /// Adobe's own encoding, the default of Type 1 fonts.
    Standard,
    /// The encoding of the font Symbol.
    Symbol,
}

impl Base {
    /// The encoding of a name.
    pub(super) fn named(name: &[u8]) -> Option<Self> {
        match name {
            b"WinAnsiEncoding" => Some(Self::WinAnsi),
            b"MacRomanEncoding" => Some(Self::MacRoman),
            b"StandardEncoding" => Some(Self::Standard),
            _ => None,
        }
    }

    /// The character of a byte.
    pub(super) fn decode(self, byte: u8) -> Option<char> {
        let found = match self {
            Self::WinAnsi => decode_with(WINDOWS_1252, byte),
            Self::MacRoman => decode_with(MACINTOSH, byte),
            Self::Standard => standard(byte),
            Self::Symbol => symbol(byte),
        }?;
        (!found.is_control()).then_some(found)
    }
}

fn decode_with(encoding: &'static encoding_rs::Encoding, byte: u8) -> Option<char> {
    encoding.decode_without_bom_handling(&[byte]).0.chars().next()
}

/// The upper half of the standard encoding from 0xa1 on, a space where it is empty.
const STANDARD_HIGH: &str = "¡¢£⁄¥ƒ§¤'“«‹›ﬁﬂ –†‡· ¶•‚„”»…‰ ¿ `´ˆ˜¯˘˙¨ ˚¸ ˝˛ˇ—                Æ ª    ŁØŒº     æ   ı  łøœß";

fn standard(byte: u8) -> Option<char> {
    match byte {
        b'\'' => Some('’'),
        b'`' => Some('‘'),
        0x20..=0x7e => Some(char::from(byte)),
        0xa1..=0xff => STANDARD_HIGH.chars().nth(usize::from(byte - 0xa1)).filter(|&found| found != ' '),
        _ => None,
    }
}

/// The letters of Symbol from 0x41 and 0x61 on, and the signs that texts use.
const SYMBOL_UPPER: &str = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ";
const SYMBOL_LOWER: &str = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ";

fn symbol(byte: u8) -> Option<char> {
    let nth = |list: &str, from: u8| list.chars().nth(usize::from(byte - from));
    match byte {
        0x41..=0x5a => nth(SYMBOL_UPPER, 0x41),
        0x61..=0x7a => nth(SYMBOL_LOWER, 0x61),
        0x2d => Some('−'),
        0x20..=0x7e => Some(char::from(byte)),
        0xa3 => Some('≤'),
        0xb0 => Some('°'),
        0xb1 => Some('±'),
        0xb3 => Some('≥'),
        0xb4 => Some('×'),
        0xb7 => Some('•'),
        0xb9 => Some('≠'),
        0xae => Some('→'),
        0xbc => Some('…'),
        _ => None,
    }
}

/// Glyph names of signs and of letters that are not a base letter with an accent.
const NAMES: &str = "space exclam ! quotedbl \" numbersign # dollar $ percent % ampersand & quotesingle ' parenleft ( parenright ) asterisk * \
plus + comma , hyphen - period . slash / zero 0 one 1 two 2 three 3 four 4 five 5 six 6 seven 7 eight 8 nine 9 colon : semicolon ; less < \
equal = greater > question ? at @ bracketleft [ backslash \\ bracketright ] asciicircum ^ underscore _ grave ` braceleft { bar | \
braceright } asciitilde ~ exclamdown ¡ cent ¢ sterling £ currency ¤ yen ¥ brokenbar ¦ section § dieresis ¨ copyright © ordfeminine ª \
guillemotleft « logicalnot ¬ sfthyphen - softhyphen - registered ® macron ¯ overscore ¯ degree ° plusminus ± twosuperior ² \
threesuperior ³ acute ´ mu µ mu1 µ paragraph ¶ periodcentered · middot · cedilla ¸ onesuperior ¹ ordmasculine º guillemotright » \
onequarter ¼ onehalf ½ threequarters ¾ questiondown ¿ AE Æ ae æ Eth Ð eth ð multiply × Oslash Ø oslash ø Thorn Þ thorn þ germandbls ß \
divide ÷ Dcroat Đ dcroat đ dmacron đ Hbar Ħ hbar ħ dotlessi ı dotlessj ȷ IJ Ĳ ij ĳ kgreenlandic ĸ Ldot Ŀ ldot ŀ Lslash Ł lslash ł \
napostrophe ŉ Eng Ŋ eng ŋ OE Œ oe œ Tbar Ŧ tbar ŧ longs ſ florin ƒ Aringacute Ǻ aringacute ǻ AEacute Ǽ aeacute ǽ Oslashacute Ǿ \
oslashacute ǿ circumflex ˆ caron ˇ breve ˘ dotaccent ˙ ring ˚ ogonek ˛ tilde ˜ hungarumlaut ˝ Alpha Α Beta Β Gamma Γ Delta Δ Epsilon Ε \
Zeta Ζ Eta Η Theta Θ Iota Ι Kappa Κ Lambda Λ Mu Μ Nu Ν Xi Ξ Omicron Ο Pi Π Rho Ρ Sigma Σ Tau Τ Upsilon Υ Phi Φ Chi Χ Psi Ψ Omega Ω \
alpha α beta β gamma γ delta δ epsilon ε zeta ζ eta η theta θ iota ι kappa κ lambda λ nu ν xi ξ omicron ο pi π rho ρ sigma1 ς sigma σ \
tau τ upsilon υ phi φ chi χ psi ψ omega ω endash – emdash — horizontalbar ― figuredash ‒ underscoredbl ‗ quoteleft ‘ quoteright ’ \
quotesinglbase ‚ quotereversed ‛ quotedblleft “ quotedblright ” quotedblbase „ dagger † daggerdbl ‡ bullet • onedotenleader ․ \
twodotenleader ‥ ellipsis … perthousand ‰ minute ′ second ″ guilsinglleft ‹ guilsinglright › fraction ⁄ zerosuperior ⁰ foursuperior ⁴ \
fivesuperior ⁵ sixsuperior ⁶ sevensuperior ⁷ eightsuperior ⁸ ninesuperior ⁹ nsuperior ⁿ franc ₣ lira ₤ peseta ₧ Euro € euro € \
trademark ™ servicemark ℠ afii61352 № numero № estimated ℮ oneeighth ⅛ threeeighths ⅜ fiveeighths ⅝ seveneighths ⅞ arrowleft ← arrowup ↑ \
arrowright → arrowdown ↓ partialdiff ∂ product ∏ summation ∑ minus − radical √ infinity ∞ integral ∫ approxequal ≈ notequal ≠ lessequal ≤ \
greaterequal ≥ lozenge ◊ filledbox ■ H22073 □ blacksquare ■ triagrt ► circle ○ H18533 ● ff ff fi fi fl fl ffi ffi ffl ffl ft ft st st \
hyphentwo ‐ nonbreakinghyphen - checkmark ✓";

/// The letters that an accent goes with, each before the letter with the accent.
const ACCENTS: [(&str, &str); 15] = [
    ("acute", "AÁCĆEÉGǴIÍKḰLĹMḾNŃOÓPṔRŔSŚUÚWẂYÝZŹaácćeégǵiíkḱlĺmḿnńoópṕrŕsśuúwẃyýzź"),
    ("grave", "AÀEÈIÌNǸOÒUÙWẀYỲaàeèiìnǹoòuùwẁyỳ"),
    ("circumflex", "AÂCĈEÊGĜHĤIÎJĴOÔSŜUÛWŴYŶZẐaâcĉeêgĝhĥiîjĵoôsŝuûwŵyŷzẑ"),
    ("dieresis", "AÄEËHḦIÏOÖUÜWẄXẌYŸaäeëhḧiïoötẗuüwẅxẍyÿ"),
    ("tilde", "AÃEẼIĨNÑOÕUŨVṼYỸaãeẽiĩnñoõuũvṽyỹ"),
    ("ring", "AÅUŮaåuůwẘyẙ"),
    ("caron", "AǍCČDĎEĚGǦHȞIǏKǨLĽNŇOǑRŘSŠTŤUǓZŽaǎcčdďeěgǧhȟiǐjǰkǩlľnňoǒrřsštťuǔzž"),
    ("cedilla", "CÇDḐEȨGĢHḨKĶLĻNŅRŖSŞTŢcçdḑeȩgģhḩkķlļnņrŗsştţ"),
    ("breve", "AĂEĔGĞIĬOŎUŬaăeĕgğiĭoŏuŭ"),
    ("macron", "AĀEĒGḠIĪOŌUŪYȲaāeēgḡiīoōuūyȳ"),
    ("ogonek", "AĄEĘIĮOǪUŲaąeęiįoǫuų"),
    ("dotaccent", "AȦBḂCĊDḊEĖFḞGĠHḢIİMṀNṄOȮPṖRṘSṠTṪWẆXẊYẎZŻaȧbḃcċdḋeėfḟgġhḣmṁnṅoȯpṗrṙsṡtṫwẇxẋyẏzż"),
    ("hungarumlaut", "OŐUŰoőuű"),
    ("commaaccent", "GĢKĶLĻNŅRŖSȘTȚgģkķlļnņrŗsștț"),
    ("dotbelow", "AẠBḄDḌEẸHḤIỊKḲLḶMṂNṆOỌRṚSṢTṬUỤVṾWẈYỴZẒaạbḅdḍeẹhḥiịkḳlḷmṃnṇoọrṛsṣtṭuụvṿwẉyỵzẓ"),
];

/// The text of a glyph name, where the name says it.
pub(super) fn glyph_text(name: &str) -> Option<String> {
    // What follows a full stop is a variant of the glyph (`a.sc`), and parts between underscores
    // are the letters of a ligature (`f_f_i`).
    let stem = name.split('.').next().filter(|stem| !stem.is_empty())?;
    if let Some(text) = single(stem) {
        return Some(text);
    }
    if stem.contains('_') {
        return stem.split('_').map(single).collect();
    }
    // Expert fonts: `oneoldstyle`, `Asmall`.
    let plain = stem.strip_suffix("oldstyle").or_else(|| stem.strip_suffix("small")).filter(|plain| !plain.is_empty())?;
    single(plain).map(|text| text.to_lowercase())
}

fn single(name: &str) -> Option<String> {
    if name.len() == 1 && name.as_bytes().first().is_some_and(u8::is_ascii_alphabetic) {
        return Some(name.to_owned());
    }
    if let Some(text) = listed(name) {
        return Some(text.to_owned());
    }
    if let Some(hex) = name.strip_prefix("uni")
        && hex.len() >= 4
        && hex.len().is_multiple_of(4)
        && hex.bytes().all(|byte| byte.is_ascii_hexdigit())
    {
        let units = hex.as_bytes().chunks_exact(4).filter_map(|part| u16::from_str_radix(std::str::from_utf8(part).ok()?, 16).ok());
        return Some(char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect());
    }
    if let Some(hex) = name.strip_prefix('u')
        && (4..=6).contains(&hex.len())
        && let Ok(value) = u32::from_str_radix(hex, 16)
    {
        return char::from_u32(value).map(String::from);
    }
    let mut letters = name.chars();
    let base = letters.next()?;
    let accent = letters.as_str();
    let (_, pairs) = ACCENTS.iter().find(|(known, _)| *known == accent)?;
    let mut pairs = pairs.chars();
    while let (Some(plain), Some(composed)) = (pairs.next(), pairs.next()) {
        if plain == base {
            return Some(composed.to_string());
        }
    }
    None
}

/// The letter without its accent; other characters unchanged.
pub(super) fn plain_letter(found: char) -> char {
    let pairs = |pairs: &str| {
        let mut pairs = pairs.chars();
        while let (Some(plain), Some(composed)) = (pairs.next(), pairs.next()) {
            if composed == found {
                return Some(plain);
            }
        }
        None
    };
    if found.is_ascii() { found } else { ACCENTS.iter().find_map(|(_, list)| pairs(list)).unwrap_or(found) }
}

fn listed(name: &str) -> Option<&'static str> {
    let mut words = NAMES.split(' ');
    // The space itself cannot stand in a list that spaces divide.
    words.next();
    if matches!(name, "space" | "nbspace" | "nonbreakingspace") {
        return Some(" ");
    }
    while let (Some(known), Some(text)) = (words.next(), words.next()) {
        if known == name {
            return Some(text);
        }
    }
    None
}

/// Writes a decoded character as the text of a treaty has it: ligatures as letters, the code points
/// that symbol fonts use for bullets as bullets, control characters dropped.
pub(super) fn push_clean(out: &mut String, found: char) {
    match found {
        'ﬀ' => out.push_str("ff"),
        'ﬁ' => out.push_str("fi"),
        'ﬂ' => out.push_str("fl"),
        'ﬃ' => out.push_str("ffi"),
        'ﬄ' => out.push_str("ffl"),
        'ﬅ' | 'ﬆ' => out.push_str("st"),
        'ĳ' => out.push_str("ij"),
        'Ĳ' => out.push_str("IJ"),
        '\u{f02d}' => out.push('-'),
        '\u{f0b7}' | '\u{f09f}' | '\u{f06c}' => out.push('•'),
        '\u{f0a7}' | '\u{f06e}' => out.push('▪'),
        '\u{f0d8}' => out.push('➢'),
        '\u{f0fc}' => out.push('✓'),
        '\u{f020}'..='\u{f07e}' => out.extend(char::from_u32(u32::from(found) - 0xf000)),
        '\u{feff}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' => {}
        _ if found.is_whitespace() => out.push(' '),
        _ if found.is_control() => {}
        _ => out.push(found),
    }
}

#[cfg(test)]
mod tests {
    use super::{Base, glyph_text, push_clean};

    #[test]
    fn glyph_names() {
        let known = [
            ("A", "A"),
            ("eacute", "é"),
            ("Ccaron", "Č"),
            ("space", " "),
            ("f_f_i", "ffi"),
            ("a.sc", "a"),
            ("uni00E9", "é"),
            ("u1F600", "😀"),
            ("oneoldstyle", "1"),
            ("quoteright", "’"),
            ("checkmark", "✓"),
        ];
        for (name, text) in known {
            assert_eq!(glyph_text(name).as_deref(), Some(text), "{name}");
        }
        assert_eq!(glyph_text("g123"), None);
        assert_eq!(glyph_text(".notdef"), None);
    }

    #[test]
    fn base_encodings() {
        assert_eq!(Base::WinAnsi.decode(0x92), Some('’'));
        assert_eq!(Base::MacRoman.decode(0x8e), Some('é'));
        assert_eq!(Base::Standard.decode(0xae), Some('ﬁ'));
        assert_eq!(Base::Standard.decode(0xd0), Some('—'));
        assert_eq!(Base::Standard.decode(0xe1), Some('Æ'));
        assert_eq!(Base::Standard.decode(0xfb), Some('ß'));
        assert_eq!(Base::Standard.decode(0xf5), Some('ı'));
        assert_eq!(Base::Standard.decode(0x80), None);
        assert_eq!(Base::Symbol.decode(0x6d), Some('μ'));
    }

    #[test]
    fn ligatures_become_letters() {
        let mut out = String::new();
        "o\u{fb03}ce\u{f0b7}\u{200b}".chars().for_each(|found| push_clean(&mut out, found));
        assert_eq!(out, "office•");
    }
}
