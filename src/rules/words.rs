//! Words as rules and texts compare them: lower case, without accents, without the mark of the plural.

/// The letter without its accent, in lower case; `None` for what is no letter or digit of the Latin script.
/// Ligatures and `ß` give two letters.
#[must_use]
pub fn fold_char(character: char) -> Option<&'static str> {
    const ASCII: &str = "0123456789abcdefghijklmnopqrstuvwxyz";
    let index = match character {
        '0'..='9' => character as usize - '0' as usize,
        'a'..='z' => character as usize - 'a' as usize + 10,
        'A'..='Z' => character as usize - 'A' as usize + 10,
        _ => return fold_other(character),
    };
    ASCII.get(index..=index)
}

fn fold_other(character: char) -> Option<&'static str> {
    Some(match character {
        'À'..='Å' | 'à'..='å' | 'Ā' | 'ā' | 'Ă' | 'ă' | 'Ą' | 'ą' | 'ª' => "a",
        'Æ' | 'æ' => "ae",
        'Ç' | 'ç' | 'Ć' | 'ć' | 'Č' | 'č' => "c",
        'Ð' | 'ð' | 'Ď' | 'ď' => "d",
        'È'..='Ë' | 'è'..='ë' | 'Ē' | 'ē' | 'Ę' | 'ę' | 'Ě' | 'ě' => "e",
        'Ì'..='Ï' | 'ì'..='ï' | 'Ī' | 'ī' | 'İ' | 'ı' => "i",
        'Ł' | 'ł' | 'Ľ' | 'ľ' => "l",
        'Ñ' | 'ñ' | 'Ń' | 'ń' | 'Ň' | 'ň' => "n",
        'Ò'..='Ö' | 'Ø' | 'ò'..='ö' | 'ø' | 'Ō' | 'ō' | 'Ő' | 'ő' | 'º' => "o",
        'Œ' | 'œ' => "oe",
        'Ř' | 'ř' => "r",
        'Š' | 'š' | 'Ś' | 'ś' | 'Ş' | 'ş' => "s",
        'ß' => "ss",
        'Ť' | 'ť' | 'Ţ' | 'ţ' => "t",
        'Ù'..='Ü' | 'ù'..='ü' | 'Ū' | 'ū' | 'Ů' | 'ů' | 'Ű' | 'ű' => "u",
        'Ý' | 'ý' | 'ÿ' => "y",
        'Ž' | 'ž' | 'Ź' | 'ź' | 'Ż' | 'ż' => "z",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬀ' => "ff",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        _ => return None,
    })
}

/// What is left of a folded word without the mark of the plural: the bytes that are kept, and whether a `y` comes behind them.
/// The same on both sides of a comparison, so a wrong cut does no harm.
#[must_use]
pub fn singular(word: &str) -> (usize, bool) {
    let whole = (word.len(), false);
    if word.len() <= 3 || !word.ends_with('s') || word.ends_with("ss") || word.ends_with("us") || word.ends_with("is") {
        whole
    } else if word.len() > 4 && word.ends_with("ies") {
        (word.len() - 3, true)
    } else if ["sses", "ches", "shes", "xes"].iter().any(|ending| word.ends_with(ending)) {
        (word.len() - 2, false)
    } else {
        (word.len() - 1, false)
    }
}

/// A word as it is compared.
///
/// # Example
/// ```
/// use clausula::rules::words::canonical;
/// assert_eq!(canonical("Políticas"), "politica");
/// assert_eq!(canonical("policies"), canonical("Policy"));
/// ```
#[must_use]
pub fn canonical(word: &str) -> String {
    let mut folded: String = word.chars().filter_map(fold_char).collect();
    let (kept, ending) = singular(&folded);
    folded.truncate(kept);
    if ending {
        folded.push('y');
    }
    folded
}
