//! Where labels stand: the article that a label names, and its quote in the text.

use crate::document::Span;
use crate::rules::words::fold_char;
use crate::structure::Agreement;

/// How articles are told apart: by the identifier in the source where there is one, else by the citation.
pub(super) fn key(agreement: &Agreement, index: usize) -> String {
    agreement.source_id_of(index).unwrap_or_else(|| agreement.provisions[agreement.article_of(index)].citation.clone())
}

/// Why a label names no provision.
pub(super) enum Unresolved {
    None,
    /// The ids of those that have the citation.
    Several(Vec<String>),
}

/// The provision that a label names: by identifier in the source, by clausula's id, or by citation in any of the usual spellings.
pub(super) fn resolve(agreement: &Agreement, place: &str) -> Result<usize, Unresolved> {
    let provisions = &agreement.provisions;
    let exact = |of: &dyn Fn(usize) -> Option<String>| (0..provisions.len()).find(|&index| of(index).as_deref() == Some(place));
    if let Some(index) = exact(&|index| provisions[index].source_id.clone()).or_else(|| exact(&|index| Some(provisions[index].id.clone())))
    {
        return Ok(index);
    }
    let wanted = citation(place);
    let cited: Vec<usize> = (0..provisions.len()).filter(|&index| citation(&provisions[index].citation) == wanted).collect();
    let Some(&first) = cited.first() else { return Err(Unresolved::None) };
    // What has no number of its own is cited as what it stands in: that is no second place.
    let own: Vec<usize> = cited.iter().copied().filter(|&index| index == first || key(agreement, index) != key(agreement, first)).collect();
    let separate: Vec<usize> = own.iter().copied().filter(|&index| !agreement.lineage(index).skip(1).any(|at| own.contains(&at))).collect();
    if separate.len() > 1 {
        return Err(Unresolved::Several(separate.into_iter().map(|index| provisions[index].id.clone()).collect()));
    }
    Ok(first)
}

/// A citation as it is compared: "Article 5.2 (b)", "art. 5.2(b)" and "Artículo 5.2, letra b)" are one.
fn citation(text: &str) -> String {
    const ARTICLE: [&str; 5] = ["article", "articulo", "arts", "art", "artigo"];
    const LEVELS: [&str; 13] =
        ["par", "para", "paragraph", "paragraphe", "apartado", "al", "alinea", "letra", "numeral", "inciso", "point", "lettre", "item"];
    let folded: String =
        text.chars().map(|c| if c == '.' { ".".to_owned() } else { fold_char(c).map_or_else(|| " ".to_owned(), str::to_owned) }).collect();
    let words = folded.split_whitespace().map(|word| word.trim_matches('.')).filter(|word| !word.is_empty());
    words.filter(|word| !LEVELS.contains(word)).map(|word| if ARTICLE.contains(&word) { "art" } else { word }).collect::<Vec<_>>().join(" ")
}

/// The letters and digits of a text, folded, each with its place: hyphens, spaces and line breaks do not count.
struct Letters {
    letters: String,
    places: Vec<usize>,
}

impl Letters {
    fn new(text: &str, from: usize) -> Self {
        let (mut letters, mut places) = (String::new(), Vec::new());
        for (at, character) in text.char_indices() {
            for letter in fold_char(character).unwrap_or_default().chars() {
                letters.push(letter);
                places.push(from + at);
            }
        }
        Self { letters, places }
    }
}

/// The places of a quote inside a part of the text: one for every time that it, or each of its pieces between `…`, stands there. Empty
/// where a piece is not found.
pub(super) fn locate(text: &str, within: Span, quote: &str) -> Vec<Span> {
    let words = Letters::new(within.of(text), within.start);
    let mut found = Vec::new();
    for piece in quote.split("...").flat_map(|part| part.split('…')) {
        let piece = Letters::new(piece, 0).letters;
        if piece.is_empty() {
            continue;
        }
        // Folded letters are ASCII, so that bytes count letters.
        let before = found.len();
        found.extend(words.letters.match_indices(&piece).map(|(at, _)| {
            let last = words.places[at + piece.len() - 1];
            Span::new(words.places[at], last + 1)
        }));
        if found.len() == before {
            return Vec::new();
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{citation, locate, resolve};
    use crate::document::{self, Span};
    use crate::structure::Agreement;

    #[test]
    fn citations_are_compared_whatever_their_spelling() {
        for (one, other) in [
            ("Art. 5.2(1)(b)", "Article 5.2 (1) (b)"),
            ("Artículo 8.2, apartado 1, letra a)", "articulo 8.2 (1)(a)"),
            ("art. 4, par. 1", "Article 4, paragraphe 1"),
            ("Preamble, recital 7", "preamble recital 7"),
        ] {
            assert_eq!(citation(one), citation(other));
        }
        assert_ne!(citation("Art. 5.2"), citation("Art. 52"));
        assert_ne!(citation("Art. 5(2)"), citation("Protocol, Art. 5(2)"));
    }

    #[test]
    fn quotes_are_found_across_breaks_and_gaps() {
        let text = "It does not apply to audio-\nvisual services and crafts.";
        let whole = Span::new(0, text.len());
        assert_eq!(locate(text, whole, "audio-visual services")[0].of(text), "audio-\nvisual services");
        assert_eq!(locate(text, whole, "does not apply … crafts").len(), 2);
        assert!(locate(text, whole, "does not apply … music").is_empty());
        assert!(locate(text, whole, "").is_empty());
    }

    #[test]
    fn the_same_citation_twice_is_refused() {
        let text = "Article 1\nScope\n1. One thing.\n2. Another thing.\nArticle 2\nEnd\nIt ends here.\n";
        let agreement = Agreement::new(document::read(text.as_bytes()).expect("text"));
        let found = resolve(&agreement, "Article 1 (2)").unwrap_or(usize::MAX);
        assert_eq!(agreement.provisions[found].id, "art_1__para_2");
        assert!(resolve(&agreement, "Art. 3").is_err());
        assert!(resolve(&agreement, "art_2").is_ok());
    }
}
