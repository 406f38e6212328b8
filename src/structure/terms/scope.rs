//! For which part of an agreement a definition holds: by its words ("for the purposes of this Chapter"), or by its place.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

use super::super::{Agreement, Kind};
use crate::document::Span;
use crate::text::pattern;

/// Words that say for what a definition holds, in three languages.
pub(super) static FOR: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix)
        (?:
            \b(?:for\s+(?:the\s+)?purposes?\s+(?:of|in)|(?:as|where|wherever|when)\s+used\s+(?:in|throughout)|within\s+the\s+meaning\s+of|in|under|throughout)\s+
              (?:(?:the\s+)?(?:application|implementation|interpretation)\s+of\s+|applying\s+|implementing\s+|interpreting\s+)?
              (?:(?:this|the\s+present)\s+(?P<en>agreement|treaty|convention|sub-?section|sub-?paragraph|chapter|section|article|annex|protocol|part|title|appendix|schedule|paragraph|declaration|decision)
                |the\s+(?P<the>agreement|treaty|convention)
                |(?P<kind>article|chapter|section|annex|protocol|part|title|paragraph)s?\s+(?P<number>[0-9IVXLA-Z][\w.\-]*))
          | (?:\baux\s+fins|\bau\s+sens|\bpour\s+l['’]application|\bpour\s+les\s+besoins|\bdans)\s+
              (?:de\s+l['’]application\s+)?(?:du\s+|de\s+la\s+|de\s+l['’]\s*|le\s+|la\s+|l['’]\s*)?présente?\s+
              (?P<fr>accord|traité|convention|chapitre|sous-section|section|article|annexe|protocole|partie|titre|appendice|paragraphe|alinéa)
          | (?:\b(?:para|a|con)\s+(?:los?\s+)?(?:efectos?|fines|propósitos?)\s+(?:de\s+la\s+(?:aplicación|interpretación)\s+)?del?|\ben)\s+
              (?:este|esta|el\s+presente|la\s+presente|presente)\s+
              (?P<es>acuerdo|tratado|convenio|convención|capítulo|sección|artículo|anexo|protocolo|parte|título|apéndice|apartado|párrafo)
        )(?-u:\b)",
    )
});
/// Headings of definitions articles.
pub(super) static DEFINITIONS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)(?-u:\b)(?:definitions?|definicion(?:es)?|definición|définitions?|terminology|terminología|glossary|glosario)")
});
/// "Definition of the concept of originating products" heads rules, not a list.
static CONCEPT: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)concept|noción|notion"));
/// Words by which a list of definitions without a verb is announced.
static ANNOUNCED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)understood|definitions?|following\s+(?:terms|expressions|meanings?)|the\s+terms?|the\s+expressions?|on\s+entend|s['’]entend|définitions|entender|entiende|definiciones|significa|siguientes\s+términos",
    )
});
/// Most bytes in which the words that announce a list stand.
const ANNOUNCEMENT: usize = 400;
/// Most words of the heading of a chapter that is one list of definitions.
const HEADING_WORDS: usize = 4;

/// Whether statements in a provision may be definitions without quotation marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum List {
    /// Ordinary words.
    #[default]
    No,
    /// A list follows words of scope: `X means Y`.
    Means,
    /// A definitions article: `X: Y` too.
    Any,
}

/// What holds for the definitions in a provision.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Place {
    pub list: List,
    /// The scope that its words give.
    pub said: Option<usize>,
    /// The definitions article around it.
    headed: Option<usize>,
}

/// The places of all provisions.
pub(super) struct Places<'a> {
    agreement: &'a Agreement,
    of: Vec<Place>,
    /// Articles by number, with the instrument that holds them.
    articles: HashMap<(usize, &'a str), usize>,
    instruments: Vec<usize>,
}

impl<'a> Places<'a> {
    pub fn new(agreement: &'a Agreement) -> Self {
        let provisions = &agreement.provisions;
        let mut instruments = vec![0; provisions.len()];
        let mut articles = HashMap::new();
        for (index, provision) in provisions.iter().enumerate() {
            instruments[index] =
                if provision.kind.is_instrument() { index } else { provision.parent.map_or(0, |parent| instruments[parent]) };
            if let (Kind::Article, Some(number)) = (provision.kind, provision.number.as_deref()) {
                articles.entry((instruments[index], number)).or_insert(index);
            }
        }
        let mut places = Self { agreement, of: Vec::with_capacity(provisions.len()), articles, instruments };
        for index in 0..provisions.len() {
            let place = places.read(index);
            places.of.push(place);
        }
        places
    }

    pub fn of(&self, index: usize) -> Place {
        self.of[index]
    }

    /// The place of a provision whose parent is known.
    fn read(&self, index: usize) -> Place {
        let provision = &self.agreement.provisions[index];
        let mut place = provision.parent.map_or_else(Place::default, |parent| self.of[parent]);
        let group = provision.kind.is_group() || provision.kind.is_instrument();
        if group {
            place = Place::default();
        }
        if let Some(heading) = provision.heading.as_deref()
            && DEFINITIONS.is_match(heading)
            && !CONCEPT.is_match(heading)
            && (!group || heading.split_whitespace().count() <= HEADING_WORDS)
        {
            place.list = List::Any;
            place.headed = Some(index);
        }
        let own = Span::new(provision.head_end, provision.own.end).of(&self.agreement.document.text);
        let opening = &own[..crate::text::floor_boundary(own, ANNOUNCEMENT)];
        // The words of scope open the provision, or a sentence in it.
        let announced = FOR.captures_iter(opening).find(|found| {
            let before = opening[..found.get(0).map_or(0, |all| all.start())].trim_end();
            before.is_empty() || before.ends_with(['.', ':', ')', ';'])
        });
        if let Some(found) = announced {
            place.said = self.target(&found, index).or(place.said);
            let after = &opening[found.get(0).map_or(0, |all| all.end())..];
            let sentence = &after[..after.find(['.', ';']).unwrap_or(after.len())];
            if let Some(colon) = sentence.find([':', '—']) {
                let list = if ANNOUNCED.is_match(&sentence[..colon]) { List::Any } else { List::Means };
                place.list = place.list.max(list);
            } else if sentence.trim_end_matches([',', ' ']).ends_with("term") {
                place.list = List::Any;
            }
        }
        place
    }

    /// The provision that words of scope name, seen from a provision.
    pub fn target(&self, found: &regex::Captures<'_>, index: usize) -> Option<usize> {
        if let Some(number) = found.name("number") {
            let article = found.name("kind").is_some_and(|kind| kind.as_str().eq_ignore_ascii_case("article"));
            let own = self.agreement.article_of(index);
            if !article {
                let paragraph = found.name("kind").is_some_and(|kind| kind.as_str().eq_ignore_ascii_case("paragraph"));
                return paragraph.then_some(own);
            }
            return self.articles.get(&(self.instruments[index], number.as_str().trim_end_matches(['.', '-']))).copied().or(Some(own));
        }
        let word = ["en", "the", "fr", "es"].iter().find_map(|name| found.name(name))?.as_str().to_lowercase();
        let kinds: &[Kind] = match word.as_str() {
            "chapter" | "chapitre" | "capítulo" => &[Kind::Chapter],
            "part" | "partie" | "parte" => &[Kind::Part],
            "title" | "titre" | "título" => &[Kind::Title],
            "section" | "sección" => &[Kind::Section],
            "subsection" | "sub-section" | "sous-section" => &[Kind::Subsection],
            "article" | "artículo" => &[Kind::Article],
            "paragraph" | "paragraphe" | "apartado" | "párrafo" => &[Kind::Paragraph],
            "subparagraph" | "sub-paragraph" | "alinéa" => &[Kind::Item, Kind::Paragraph],
            "annex" | "annexe" | "anexo" => &[Kind::Annex],
            "protocol" | "protocole" | "protocolo" => &[Kind::Protocol],
            "appendix" | "appendice" | "apéndice" => &[Kind::Appendix],
            "schedule" => &[Kind::Schedule],
            "declaration" => &[Kind::Declaration],
            _ => return Some(0),
        };
        let around = |fits: &dyn Fn(Kind) -> bool| self.agreement.lineage(index).find(|&at| fits(self.agreement.provisions[at].kind));
        around(&|kind| kinds.contains(&kind)).or_else(|| match kinds[0] {
            Kind::Paragraph | Kind::Article | Kind::Item => Some(self.agreement.article_of(index)),
            // The cut may have taken a chapter for a part, an annex for a schedule.
            kind if kind.is_instrument() => around(&Kind::is_instrument).or(Some(0)),
            _ => around(&Kind::is_group).or_else(|| around(&Kind::is_instrument)).or(Some(0)),
        })
    }

    /// The scope of a definition in a provision: what its own words say, else those around it, else its place.
    pub fn scope(&self, index: usize, own: Option<usize>) -> usize {
        let place = self.of[index];
        if let Some(said) = own.or(place.said) {
            return said;
        }
        let instrument = self.instruments[index];
        let Some(headed) = place.headed else { return instrument };
        let provision = &self.agreement.provisions[headed];
        let general = provision.heading.as_deref().is_some_and(|heading| heading.to_lowercase().contains("general"));
        if general {
            return instrument;
        }
        self.agreement
            .lineage(headed)
            .skip(1)
            .find(|&at| self.agreement.provisions[at].kind.is_group())
            .filter(|&at| at > instrument)
            .unwrap_or(instrument)
    }

    /// The scope of a short name: the instrument in which it is given.
    pub fn instrument(&self, index: usize) -> usize {
        self.instruments[index]
    }
}
