//! The recitals of a preamble: each begins with a participle or a verb in capitals (`RECOGNISING that …`, `Désireux de …`).

/// Beginnings that no ending gives away.
const OPENERS: &[&str] = &[
    "conscious",
    "mindful",
    "desirous",
    "aware",
    "anxious",
    "considering",
    "whereas",
    "soucieux",
    "soucieuse",
    "soucieuses",
    "désireux",
    "désireuse",
    "désireuses",
    "conscient",
    "conscients",
    "conscientes",
    "convaincu",
    "convaincus",
    "convaincues",
    "résolu",
    "résolus",
    "résolues",
    "déterminé",
    "déterminés",
    "déterminées",
    "attaché",
    "attachés",
    "attachées",
    "vu",
    "eu",
    "deseosos",
    "deseosas",
    "conscientes",
    "persuadés",
    "persuadées",
    "animés",
    "animées",
    "guidés",
    "having",
    "in",
];
/// The heading of the preamble and the words that close it open no recital.
const CLOSING: &[&str] = &[
    "preamble",
    "préambule",
    "preambule",
    "preámbulo",
    "preambulo",
    "have",
    "has",
    "agree",
    "agreed",
    "sont",
    "ont",
    "han",
    "convienen",
    "acuerdan",
    "canada",
    "united",
    "european",
    "hereinafter",
    "they",
    "approve",
    "estados",
];
/// Endings of participles in the three languages.
const ENDINGS: &[&str] = &["ing", "ed", "ant", "ando", "iendo", "ados", "adas", "idos", "idas", "yendo"];
/// Fewest bytes of a recital: less is a name or the rest of a line.
const MIN_BYTES: usize = 25;

/// The longest opening line of a list of recitals (`CONSIDERANDO:`), in bytes.
const MAX_OPENING_LINE: usize = 40;

/// The places in `text` (bytes) where recitals begin, in order.
pub(super) fn recital_starts(text: &str) -> Vec<usize> {
    let mut starts: Vec<usize> = Vec::new();
    // The last character that is no white space, and the line breaks since then.
    let (mut mark, mut breaks) = ('\n', 1);
    let mut after_break = true;
    // Whether the recitals are the paragraphs of a list that one word opens.
    let mut listed = false;
    for (at, character) in text.char_indices() {
        if character.is_whitespace() {
            if character == '\n' {
                breaks += 1;
                after_break = true;
            }
            continue;
        }
        if after_break && (character.is_uppercase() || matches!(character, '(' | '[' | '•' | '-' | '–') || character.is_ascii_digit()) {
            let hard = breaks > 0;
            // A line that goes on from the one before opens nothing, whatever its first word.
            let settled = !hard || starts.is_empty() || breaks > 1 || ";,.:)”\"»".contains(mark) || ends_with_conjunction(&text[..at]);
            let paragraph = listed && hard && matches!(mark, ';' | '.') && !closes(&text[at..]);
            if settled && starts.last().is_none_or(|last| at - last >= MIN_BYTES) && (paragraph || opens(&text[at..], hard)) {
                starts.push(at);
                let line = text[at..].lines().next().unwrap_or_default().trim_end();
                listed = line.ends_with(':') && line.len() <= MAX_OPENING_LINE || listed && paragraph;
            }
        }
        after_break = matches!(character, ';' | ',' | ':' | '.');
        (mark, breaks) = (character, 0);
    }
    starts
}

/// "…; and" at the end of a line.
fn ends_with_conjunction(before: &str) -> bool {
    let before = before.trim_end();
    [" and", " et", " y", " e"].iter().any(|word| before.ends_with(word))
}

/// Whether the words close the preamble.
fn closes(rest: &str) -> bool {
    let word: String = rest.chars().take_while(|c| c.is_alphabetic()).collect();
    CLOSING.contains(&word.to_lowercase().as_str())
}

/// Whether a recital opens here. After a line break more forms are believed than after a comma.
fn opens(rest: &str, hard: bool) -> bool {
    let rest = rest.trim_start_matches(|c: char| c == '[' || c == '•' || c == '-' || c == '–' || c.is_whitespace());
    // "(1) Recognising", "1. Considering".
    let rest = if hard {
        rest.trim_start_matches(['(', ')', '.'])
            .trim_start_matches(|c: char| c.is_ascii_digit())
            .trim_start_matches(['(', ')', '.'])
            .trim_start()
    } else {
        rest
    };
    let word: String = rest.chars().take_while(|c| c.is_alphabetic() || *c == '-').collect();
    if word.chars().count() < 2 || !word.starts_with(char::is_uppercase) {
        return false;
    }
    if CLOSING.contains(&word.to_lowercase().as_str()) {
        return false;
    }
    let capitals = word.chars().count() >= 4 && word.chars().all(|c| !c.is_lowercase());
    let lower = word.to_lowercase();
    let participle = OPENERS.contains(&lower.as_str()) || word.chars().count() > 4 && ENDINGS.iter().any(|ending| lower.ends_with(ending));
    let after = &rest[word.len()..];
    let small_soon = after.split_whitespace().take(4).any(|next| next.starts_with(char::is_lowercase));
    if lower == "in" || lower == "having" || lower == "vu" || lower == "eu" {
        return hard && small_soon && participle;
    }
    small_soon && (participle || capitals && (hard || after.starts_with(' ')))
}

#[cfg(test)]
mod tests {
    use super::recital_starts;

    fn recitals(text: &str) -> Vec<&str> {
        let starts = recital_starts(text);
        starts.iter().enumerate().map(|(n, &at)| text[at..starts.get(n + 1).copied().unwrap_or(text.len())].trim()).collect()
    }

    #[test]
    fn participles_and_capitals_open_recitals() {
        let text = "CANADA\nAND\nTHE REPUBLIC OF PERU, resolved to:\nSTRENGTHEN the bonds of friendship among peoples;\nRECOGNIZING that states keep their policies;\nDesiring to go further together, Recalling their ties of long ago,\n";
        assert_eq!(recitals(text).len(), 4, "{:?}", recitals(text));
    }

    #[test]
    fn three_languages() {
        assert_eq!(recitals("Les Parties,\nDésireux de resserrer leurs liens,\nConsidérant que la culture compte,\n").len(), 2);
        assert_eq!(recitals("Las Partes,\nRECONOCIENDO la importancia de la cultura;\nDeseosos de cooperar en este campo,\n").len(), 2);
    }

    #[test]
    fn a_line_that_goes_on_opens_nothing() {
        let text = "The Parties,\nRecalling their duties under the Agreement\nEstablishing the Common Market of both\nContracting Parties and of the NORLAND\nUNION of old;\nDesiring to go further, and\nConvinced of the gains of trade;\n";
        assert_eq!(recitals(text).len(), 3, "{:?}", recitals(text));
    }

    #[test]
    fn one_word_opens_a_list_of_recitals() {
        let text = "Las Partes,\nCONSIDERANDO:\n\nLa necesidad de unir sus mercados;\n\nQue la cultura es de todos;\n\nHAN CONVENIDO:\n";
        assert_eq!(recitals(text).len(), 2, "{:?}", recitals(text));
    }

    #[test]
    fn names_are_no_recitals() {
        assert!(recitals("THE KINGDOM OF BELGIUM,\nTHE KINGDOM OF DENMARK,\n").is_empty());
    }
}
