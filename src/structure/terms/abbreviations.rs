//! Short names behind what they stand for: `the World Trade Organization (hereinafter "the WTO")`, `(« la Convention »)`.

use std::sync::LazyLock;

use nom::branch::alt;
use nom::bytes::complete::tag_no_case;
use nom::character::complete::multispace1;
use nom::combinator::{eof, not, peek};
use nom::multi::many0_count;
use nom::sequence::{preceded, terminated};
use nom::{IResult, Parser};
use regex::Regex;

use super::super::{Agreement, Kind};
use super::phrase::meant;
use super::scope::{FOR, Places};
use super::{DefinedTerm, lead, trimmed};
use crate::document::Span;
use crate::text::{ceil_boundary, floor_boundary, one_line, pattern};

/// Most bytes between the word "hereinafter" and the end of the names.
const NAMES: usize = 240;
/// Bytes before the names in which the glued "hereinafterreferredtoasthe" stands.
const GLUED: usize = 32;
/// Most words of a name without quotation marks.
const MAX_WORDS: usize = 8;
/// Where a short name is given.
static OPENING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?ix)(?P<word>(?-u:\b)(?:hereinafter|hereafter|hereinbelow)(?:(?-u:\b)|referred(?:to(?:as(?:the)?)?)?)|(?-u:\b)ci-apr[èe]s|(?-u:\b)en\s+(?:adelante|lo\s+sucesivo|lo\s+adelante)(?-u:\b))
          |(?P<named>(?-u:\b)(?:which|that|who)\s+(?:shall|will)\s+be\s+(?:referred\s+to|known|called)(?-u:\b)|\(\s*(?:(?:collectively|jointly|together|individually)\s+)?(?:referred\s+to|known)(?-u:\b))
          |(?P<bracket>\(\s*(?:(?:each|collectively|together|jointly|individually|as|an?|the|la|le|les|el|los|las|l['’]|o|or|ou)[\s,]*){0,4}["“«„‘][^"“”«»()]{2,80}["”»’]\s*(?:(?:and|or|y|et|o|ou|together|collectively|each|an?|the|,)\s*){0,3}(?:["“«„‘][^"“”«»()]{2,80}["”»’]\s*)?\))"#,
    )
});
/// Words of a list of names after the first.
static BETWEEN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:[\s,/]|and|or|et|ou|y|e|o|as|an?|the|la|le|les|el|los|las|individually|collectively|jointly|together|respectively|separately|each|individualmente|conjuntamente|individuellement|collectivement)*$",
    )
});
/// The short names given in all provisions.
pub(super) fn find(agreement: &Agreement, places: &Places<'_>) -> Vec<DefinedTerm> {
    let text = agreement.document.text.as_str();
    let mut found = Vec::new();
    for (index, provision) in agreement.provisions.iter().enumerate() {
        if provision.kind == Kind::Contents {
            continue;
        }
        let own = Span::new(provision.head_end, provision.own.end);
        let mut previous = own.start;
        // Where the words begin that the first name stands for: "A (…) and B (…), hereinafter the Parties" are both.
        let mut first = None;
        for opening in OPENING.captures_iter(own.of(text)) {
            let Some(all) = opening.get(0) else { continue };
            let at = own.start + all.start();
            if at < previous {
                continue;
            }
            let bracketed = opening.name("bracket").is_some();
            let from = if bracketed { at } else { own.start + all.end() };
            let limit = floor_boundary(text, (from + NAMES).min(own.end));
            let Some(names) =
                names(text, Span::new(from, limit), text[..at].trim_end().ends_with('(') || all.as_str().starts_with('('), bracketed)
            else {
                continue;
            };
            let Some(last) = names.last() else { continue };
            let parties = matches!(provision.kind, Kind::Preamble | Kind::Front | Kind::Recital)
                && names.iter().any(|name| is_collective(name.of(text)));
            let before = Span::new(previous, before_bracket(text, at).max(previous));
            previous = text[last.end..own.end.min(floor_boundary(text, last.end + NAMES))]
                .find(')')
                .map_or(last.end, |close| last.end + close + 1);
            // "Article 2 (“Definitions”)" gives the heading of an article.
            if bracketed && is_reference(before.of(text)) {
                continue;
            }
            let scope = FOR.captures(&text[from..last.start]).and_then(|found| places.target(&found, index));
            for &span in &names {
                let together = parties && is_collective(span.of(text));
                let nothing = !before.of(text).contains(char::is_alphabetic);
                let stands_for = match first {
                    Some(start) if parties && nothing => Span::new(start, before.end),
                    _ => meant(text, before, span.of(text), together),
                };
                let definition = trimmed(agreement, stands_for);
                if definition.is_empty() {
                    continue;
                }
                first.get_or_insert(definition.start);
                found.push(DefinedTerm {
                    term: one_line(span.of(text)),
                    span,
                    definition,
                    index,
                    scope: scope.unwrap_or_else(|| places.instrument(index)),
                });
            }
        }
    }
    found
}

/// The end of the words before a bracket or comma that opens the naming.
fn before_bracket(text: &str, at: usize) -> usize {
    text[..at].trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '(' | ',' | '-' | '–' | '—')).len()
}

/// Reads past one of some words in a list.
fn word_of<'t>(words: &'static [&'static str]) -> impl FnMut(&'t str) -> IResult<&'t str, ()> {
    move |input| {
        for &word in words {
            let boundary = alt((eof, peek(not_a_letter)));
            let read: IResult<&str, &str> = terminated(tag_no_case(word), boundary).parse(input);
            if let Ok((rest, _)) = read {
                return Ok((rest, ()));
            }
        }
        Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Tag)))
    }
}

fn not_a_letter(input: &str) -> IResult<&str, &str> {
    let (_, ()) = not(nom::character::complete::satisfy(char::is_alphanumeric)).parse(input)?;
    Ok((input, ""))
}

/// Words by which a name is given.
const NAMING: &[&str] = &[
    "referred to",
    "reffered to",
    "referred",
    "called",
    "known",
    "designated",
    "described",
    "termed",
    "denominated",
    "styled",
    "cited",
    "defined",
    "named",
    "dénommées",
    "dénommés",
    "dénommée",
    "dénommé",
    "dénommees",
    "désignées",
    "désignés",
    "désignée",
    "désigné",
    "appelées",
    "appelés",
    "appelée",
    "appelé",
    "denominadas",
    "denominados",
    "denominada",
    "denominado",
    "llamadas",
    "llamados",
    "llamada",
    "llamado",
    "designadas",
    "designados",
    "designada",
    "designado",
    "mencionado",
    "mencionada",
    "referido",
    "referida",
    "se denominará",
    "se denominarán",
    "denominarán",
    "denominará",
    "se les denominará",
];
/// Words that may stand around them.
const AROUND: &[&str] = &[
    "jointly",
    "collectively",
    "individually",
    "separately",
    "together",
    "respectively",
    "also",
    "only",
    "simply",
    "either",
    "both",
    "each",
    "shall",
    "be",
    "is",
    "are",
    "as",
    "to",
    "the term",
    "the terms",
    "for short",
    "abbreviated",
    "conjointement",
    "collectivement",
    "individuellement",
    "ensemble",
    "sous le nom de",
    "comme",
    "conjuntamente",
    "colectivamente",
    "individualmente",
    "como",
    "por",
    "se",
    "this",
    "the present",
    "chapter",
    "agreement",
    "annex",
    "article",
    "section",
    "protocol",
    "in",
    "inthis",
    "asthe",
];

/// The names after "hereinafter", up to the end of the bracket.
fn names(text: &str, span: Span, in_bracket: bool, bracketed: bool) -> Option<Vec<Span>> {
    let words = span.of(text);
    if bracketed {
        let close = words.find(')')?;
        let found = lead::quoted(&words[..close], span.start);
        return (!found.is_empty()).then_some(found);
    }
    let mut rest = words;
    // "hereinafterreferred": the naming word is glued to the opening.
    let opening = &text[ceil_boundary(text, span.start.saturating_sub(GLUED))..span.start];
    let mut named = opening.to_lowercase().contains("afterreferred");
    loop {
        let (after, _) =
            many0_count(alt((multispace1::<&str, nom::error::Error<&str>>, tag_no_case(","), tag_no_case(":")))).parse(rest).ok()?;
        if let Ok((after, ())) = word_of(NAMING)(after) {
            named = true;
            rest = after;
        } else if let Ok((after, ())) = word_of(AROUND)(after) {
            rest = after;
        } else {
            rest = after;
            break;
        }
    }
    let start = span.end - rest.len();
    let article: IResult<&str, usize> = many0_count(preceded(
        alt((
            tag_no_case("the "),
            tag_no_case("la "),
            tag_no_case("el "),
            tag_no_case("los "),
            tag_no_case("las "),
            tag_no_case("les "),
            tag_no_case("le "),
            tag_no_case("l’"),
            tag_no_case("l'"),
            tag_no_case("a "),
            tag_no_case("an "),
        )),
        nom::combinator::success(()),
    ))
    .parse(rest);
    let after_article = article.map_or(rest, |(after, _)| after);
    if after_article.starts_with(['"', '“', '«', '„', '‘', '\'', '’', '`', '”']) {
        // All names in the bracket, as far as only "and", "or" stand between them.
        let until = if in_bracket { rest.find(')').unwrap_or(rest.len()) } else { rest.len() };
        let mut names: Vec<Span> = Vec::new();
        for name in lead::quoted(&rest[..until], start) {
            let between = names.last().map_or("", |last: &Span| {
                text[last.end..name.start]
                    .trim_start_matches(['"', '”', '»', '’', '\''])
                    .trim_end_matches(['"', '“', '«', '„', '‘', '\'', '’', ' '])
            });
            if between.len() > NAMES / 3 || !BETWEEN.is_match(between) {
                break;
            }
            names.push(name);
        }
        return (!names.is_empty()).then_some(names);
    }
    if !named && !in_bracket {
        return None;
    }
    let end = after_article.find([')', ',', ';', '.', ':', '(', '"', '“', '\u{c}']).unwrap_or(after_article.len());
    let name = &after_article[..end];
    let mut kept = 0;
    let mut count = 0;
    for word in name.split_whitespace() {
        let offset = word.as_ptr() as usize - name.as_ptr() as usize;
        // A small word after capitals goes on with the sentence.
        let connects = matches!(word, "of" | "and" | "the" | "for" | "on" | "to" | "de" | "la" | "del" | "y" | "et" | "des" | "du" | "or");
        if !in_bracket && count > 0 && !connects && !word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) {
            break;
        }
        count += 1;
        if !connects {
            kept = offset + word.len();
        }
    }
    let first_is_name = name.trim_start().starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) || in_bracket && named;
    let from = span.end - after_article.len();
    (kept > 1 && count <= MAX_WORDS && first_is_name).then(|| vec![Span::new(from + (name.len() - name.trim_start().len()), from + kept)])
}

/// A name of all parties together: "the Parties", "Member States".
fn is_collective(name: &str) -> bool {
    let lower = name.to_lowercase();
    let words = [
        "parties",
        "states",
        "members",
        "countries",
        "partes",
        "estados",
        "países",
        "communit",
        "communaut",
        "comunidad",
        "gouvernements",
        "governments",
        "gobiernos",
        "sides",
    ];
    words.iter().any(|word| lower.contains(word))
}

/// "Article 2", "Annex IV", "paragraph 3(b)" at the end of some words: a heading or number follows.
fn is_reference(words: &str) -> bool {
    static REFERENCE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)(?:articles?|annex(?:es)?|chapters?|sections?|paragraphs?|appendix|artículos?|capítulos?|anexos?|annexes?|chapitres?|headings?|codes?|and|or|to|through|,)\s+[\w.()-]{1,12}$",
        )
    });
    let from = ceil_boundary(words, words.len().saturating_sub(60));
    REFERENCE.is_match(&words[from..])
}
