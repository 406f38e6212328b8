//! Lexing of one reference with nom: "paragraphs 2(b) and 3 of Article 5", "l'article 5, paragraphe 2, point b)",
//! "los literales a) y b) del artículo 5".
//!
//! What is read is a list of paths from the outer provision to the inner. Nothing here looks at the tree: whether `4.2` is an
//! article or a paragraph of Article 4, the resolver decides.

use nom::branch::alt;
use nom::bytes::complete::{tag, take_while, take_while_m_n, take_while1};
use nom::character::complete::{char, one_of, satisfy};
use nom::combinator::{not, opt, peek, recognize, value, verify};
use nom::multi::many0;
use nom::sequence::{delimited, pair, preceded, terminated};
use nom::{IResult, Parser};

use super::super::Kind;
use super::super::number::{Number, Style, heading_number, label};
use super::super::number_words;
use super::external;
use super::words::{Level, Pointer, depth, level, ordinal, pointer};

/// One level of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Step {
    pub kind: Kind,
    pub name: Name,
}

/// How a level is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Name {
    /// "Article 5".
    Number(Number),
    /// "Articles 3 to 5": both ends and what lies between.
    Range(Number, Number),
    /// "Articles 3-5": one number with a hyphen, or a range.
    Hyphen(Number, Number, Number),
    /// "this Article", "the preceding two paragraphs": how, and how many (0: all).
    Pointer(Pointer, u32),
    /// "the second paragraph".
    Nth(u32),
    /// "the Annex", "the Protocol on Rules of Origin": no number, perhaps a title.
    Only(String),
}

/// From the outer level to the inner.
pub(super) type Path = Vec<Step>;

/// In which instrument the paths are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// Nothing is said: around the place where the words stand.
    Open,
    /// "of this Agreement", "hereof".
    Own,
    /// "thereof": in what was named last.
    Thereof,
    /// "of the Agreement", "of the Convention": this agreement where it calls itself so.
    Noun(String),
    /// "of that Agreement".
    Said(String),
    /// "of the GATT 1994".
    External(String),
}

/// A reference as it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Phrase {
    pub paths: Vec<Path>,
    pub scope: Scope,
    /// Bytes of the words up to the name of another instrument: "Article XX".
    pub named: usize,
    /// Bytes of all the words.
    pub length: usize,
}

/// How many provisions are named one by one in one reference.
const MAX_PATHS: usize = 64;
/// How deep "of … of … of" goes.
const MAX_OUTER: usize = 5;
/// The longest words on the notes that are included, in bytes.
const MAX_INCLUDED: usize = 60;
/// The longest heading in brackets after a number, in bytes.
const MAX_HEADING: usize = 150;

/// Reads the reference at the start of `input`. `definite` tells that "the" stands before it.
pub(super) fn phrase(input: &str, definite: bool) -> Option<Phrase> {
    read(input, input.len(), definite, 0)
}

fn read(input: &str, total: usize, definite: bool, outers: usize) -> Option<Phrase> {
    let (mut rest, (kind, mut paths)) = unit(input, definite).ok()?;
    if kind == Kind::Agreement {
        return Some(Phrase { paths, scope: Scope::Own, named: total - rest.len(), length: total - rest.len() });
    }
    let mut inner = kind;
    let numbered = paths.iter().flatten().all(|step| !matches!(step.name, Name::Pointer(..) | Name::Only(_)));
    while let Some((after, kind, more)) = inner_unit(rest, inner).filter(|_| numbered) {
        let Some(last) = paths.pop() else { break };
        paths.extend(more.into_iter().map(|path| last.iter().cloned().chain(path).collect()));
        (rest, inner) = (after, kind);
    }
    paths.truncate(MAX_PATHS);
    let length = total - rest.len();
    let mut phrase = Phrase { paths, scope: Scope::Open, named: length, length };
    if outers < MAX_OUTER {
        outer(rest, total, kind, outers, &mut phrase);
    }
    Some(phrase)
}

/// "of Article 5", "of this Agreement", "of the GATT 1994", "thereof" after the levels that were read.
fn outer(rest: &str, total: usize, kind: Kind, outers: usize, phrase: &mut Phrase) {
    if let Ok((after, word)) = preceded(gap1, word).parse(rest) {
        let scope = match word.to_lowercase().as_str() {
            "thereof" | "thereto" => Some(Scope::Thereof),
            "hereof" | "hereto" if depth(kind) <= depth(Kind::Article) => Some(Scope::Own),
            "hereof" | "hereto" => Some(Scope::Open),
            _ => None,
        };
        if let Some(scope) = scope {
            phrase.scope = scope;
            phrase.length = total - after.len();
            return;
        }
    }
    // "Article XX GATT 1994".
    if let Ok((after, name)) = preceded(gap1, external::known).parse(rest) {
        phrase.scope = Scope::External(name.to_owned());
        phrase.length = total - after.len();
        return;
    }
    // "Section A of its Schedule to Annex III": a schedule of one party.
    if let Ok((after, _)) = (opt(aside), gap1, tag("of"), gap1, possessive, gap1, tag("Schedule")).parse(rest) {
        for path in &mut phrase.paths {
            path.insert(0, Step { kind: Kind::Schedule, name: Name::Only("of a party".to_owned()) });
        }
        phrase.length = total - after.len();
        phrase.named = phrase.length;
        outer(after, total, Kind::Schedule, outers + 1, phrase);
        return;
    }
    let attached = depth(kind) <= depth(Kind::Schedule);
    let Ok((after, definite)) = of(rest, attached) else { return };
    if let Some(outer) = read(after, total, definite, outers + 1)
        && (outer.scope == Scope::Own && outer.paths.is_empty() || fits(kind, &outer))
    {
        if outer.paths.is_empty() {
            phrase.scope = outer.scope;
            phrase.length = outer.length;
            return;
        }
        let inner = std::mem::take(&mut phrase.paths);
        phrase.paths = outer
            .paths
            .iter()
            .flat_map(|path| inner.iter().map(move |own| path.iter().chain(own).cloned().collect()))
            .take(MAX_PATHS)
            .collect();
        (phrase.scope, phrase.named, phrase.length) = (outer.scope, outer.named, outer.length);
        return;
    }
    let (words, said) = match pair(word, gap1).parse(after) {
        Ok((words, (found, _))) if pointer(found) == Some(Pointer::Said) => (words, true),
        _ => (after, false),
    };
    if let Some(name) = external::name(words) {
        let written = name.words.to_owned();
        phrase.scope = match (said, name.bare) {
            (true, true) => Scope::Said(written),
            (false, true) if definite => Scope::Noun(written),
            (_, true) => return,
            (_, false) => Scope::External(written),
        };
        phrase.length = total - (words.len() - name.words.len());
        return;
    }
    // "Article 5 of the SAA".
    let numbered = phrase.paths.iter().flatten().any(|step| matches!(step.name, Name::Number(_) | Name::Range(..) | Name::Hyphen(..)));
    if definite
        && numbered
        && depth(kind) >= depth(Kind::Part)
        && let Some(acronym) = external::acronym(words)
    {
        phrase.scope = Scope::External(acronym.to_owned());
        phrase.length = total - (words.len() - acronym.len());
    }
}

/// "its", "that Party's", "each Party’s".
fn possessive(input: &str) -> IResult<&str, &str> {
    let party = (alt((tag("a"), tag("the"), tag("that"), tag("each"), tag("the other"))), gap1, tag("Party"), one_of("'’"), char('s'));
    alt((tag("its"), tag("their"), recognize(party))).parse(input)
}

/// Whether the outer levels that were read stand above `kind`.
fn fits(kind: Kind, outer: &Phrase) -> bool {
    let inner_of_outer = outer.paths.iter().filter_map(|path| path.last()).map(|step| depth(step.kind)).max().unwrap_or(0);
    inner_of_outer < depth(kind) || depth(kind) <= depth(Kind::Schedule) || kind == Kind::Item
}

/// "of", "to" (an annex), "del", "de l'", with the article that follows; and whether there was one.
fn of(input: &str, attached: bool) -> IResult<&str, bool> {
    let (rest, _) = opt(aside).parse(input)?;
    let (rest, _) = preceded(opt(char(',')), gap1).parse(rest)?;
    let (rest, found) = word.parse(rest)?;
    let lower = found.to_lowercase();
    let definite = match lower.as_str() {
        "of" | "in" | "de" | "d" => false,
        "to" | "à" | "au" | "al" if attached => lower != "to" && lower != "à",
        "du" | "des" | "del" => true,
        _ => return fail(input),
    };
    let (rest, _) = alt((gap1, tag("'"), tag("’"))).parse(rest)?;
    let (rest, article) = opt(the).parse(rest)?;
    Ok((rest, definite || article.is_some()))
}

/// ", as the case may be" between a list and what it belongs to.
fn aside(input: &str) -> IResult<&str, &str> {
    preceded(
        pair(char(','), gap1),
        alt((
            included,
            tag("as the case may be"),
            tag("as appropriate"),
            tag("as applicable"),
            tag("respectively"),
            tag("según corresponda"),
            tag("según sea el caso"),
            tag("selon le cas"),
        )),
    )
    .parse(input)
}

/// "including their footnotes," between a list and the instrument that it belongs to.
fn included(input: &str) -> IResult<&str, &str> {
    let notes = verify(take_while1(|c: char| c.is_alphabetic() || c == ' '), |words: &str| {
        words.len() <= MAX_INCLUDED && words.contains("note") && words.contains(' ')
    });
    let led = alt((tag("including"), tag("with"), tag("y compris"), tag("incluidas"), tag("incluidos")));
    recognize((led, notes, peek(char(',')))).parse(input)
}

/// "the ", "l'", "la ".
fn the(input: &str) -> IResult<&str, ()> {
    let elided = value((), pair(one_of("lL"), one_of("'’")));
    let article = value(
        (),
        pair(verify(word, |found: &str| ["the", "la", "le", "les", "el", "los", "las"].contains(&found.to_lowercase().as_str())), gap1),
    );
    alt((elided, article)).parse(input)
}

/// A level after an outer one: "Article 5, paragraph 2", "l'article 5, premier alinéa".
fn inner_unit(input: &str, outer: Kind) -> Option<(&str, Kind, Vec<Path>)> {
    let (rest, _) = alt((recognize(pair(char(','), gap)), gap1)).parse(input).ok()?;
    let (rest, _) = opt(the).parse(rest).ok()?;
    let (after, (kind, paths)) = unit(rest, false).ok()?;
    let named = paths.iter().flatten().all(|step| !matches!(step.name, Name::Pointer(..) | Name::Only(_)));
    // "Article 5, paragraph 2 of Article 6": the paragraph belongs to what follows.
    let belongs =
        || of(after, false).is_ok_and(|(after, definite)| unit(after, definite).is_ok_and(|(_, (outer, _))| depth(outer) < depth(kind)));
    // "under Chapter 3, Article 20 shall apply" is two references, "Annex 2, Article 5" is one.
    let within = matches!(kind, Kind::Paragraph | Kind::Item) || depth(outer) <= depth(Kind::Schedule);
    (depth(kind) > depth(outer) && within && named && kind != Kind::Footnote && !belongs()).then_some((after, kind, paths))
}

/// One level with what names it: "Articles 3 to 5", "this Chapter", "the preceding Article", "second paragraph".
fn unit(input: &str, definite: bool) -> IResult<&str, (Kind, Vec<Path>)> {
    let (rest, lead) = opt(lead).parse(input)?;
    let (rest, (found, written)) = level_word(rest)?;
    let single = |name: Name| vec![vec![Step { kind: found.kind, name }]];
    if found.kind == Kind::Agreement {
        return match lead {
            Some(Lead::Pointer(Pointer::This, _)) => Ok((rest, (found.kind, Vec::new()))),
            _ => fail(input),
        };
    }
    if let Ok((after, paths)) = list(rest, found)
        && !(depth(found.kind) < depth(Kind::Article) && measures(after))
        && !matches!(lead, Some(Lead::Nth(_)))
    {
        return Ok((after, (found.kind, paths)));
    }
    let capital = written.starts_with(char::is_uppercase);
    let group = matches!(found.kind, Kind::Part | Kind::Title);
    if let Some(lead) = lead {
        let name = match lead {
            Lead::Nth(nth) if matches!(found.kind, Kind::Paragraph | Kind::Item) && !found.plural => Name::Nth(nth),
            Lead::Pointer(Pointer::After, count) if found.plural && count == 0 || announces(rest) => return fail(input),
            Lead::Pointer(Pointer::Said | Pointer::SaidOrThis, _) if group && !capital || !found.stands_alone => return fail(input),
            Lead::Pointer(Pointer::This, _) if group && !capital || !found.stands_alone && found.kind != Kind::Part => return fail(input),
            Lead::Pointer(how, count) => Name::Pointer(how, if found.plural { count } else { 1 }),
            Lead::Nth(_) => return fail(input),
        };
        if matches!(name, Name::Pointer(Pointer::This, _)) && found.plural {
            return fail(input);
        }
        return Ok((rest, (found.kind, single(name))));
    }
    // "l'article précédent", "el artículo anterior".
    if let Ok((after, how)) = preceded(gap1, word).parse(rest)
        && let Some(how @ (Pointer::Before | Pointer::After | Pointer::Said)) = pointer(how)
        && ["précédent", "précédente", "anterior", "precedente", "suivant", "suivante", "siguiente", "précité", "citado"]
            .contains(&how_word(rest).as_str())
        && !(how == Pointer::After && announces(after))
        && found.stands_alone
    {
        return Ok((after, (found.kind, single(Name::Pointer(how, 1)))));
    }
    if definite && capital && !found.plural && matches!(found.kind, Kind::Annex | Kind::Appendix | Kind::Protocol) {
        let title = external::name(input).filter(|name| !name.bare).map_or("", |name| name.words);
        let title = title.strip_prefix(written).unwrap_or_default();
        // "the Annex to this Agreement": what it belongs to is no title.
        let title = if [" to ", " of ", " à ", " de ", " al "].iter().any(|word| title.starts_with(word)) { "" } else { title };
        return Ok((&rest[title.len()..], (found.kind, single(Name::Only(title.trim().to_owned())))));
    }
    fail(input)
}

/// The word after a level, in lower case.
fn how_word(rest: &str) -> String {
    preceded(gap1, word).parse(rest).map_or_else(|_| String::new(), |(_, found)| found.to_lowercase())
}

/// "the following paragraphs:" announces words and names nothing.
fn announces(rest: &str) -> bool {
    rest.trim_start().starts_with([':', ';', '—', '–'])
}

/// What stands before the word of a level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lead {
    Pointer(Pointer, u32),
    Nth(u32),
}

/// "this", "the present", "the preceding two", "second".
fn lead(input: &str) -> IResult<&str, Lead> {
    let (rest, _) = opt(the).parse(input)?;
    let (rest, first) = terminated(word, gap1).parse(rest)?;
    let (how, counted, rest) = match (pointer(first), number_words::value(first)) {
        (Some(how), _) => {
            // "the preceding two paragraphs"; "the said first paragraph" goes by its ordinal.
            let next = terminated(word, gap1).parse(rest);
            match next {
                Ok((after, count)) if how == Pointer::Before && cardinal(count).is_some() => (how, cardinal(count), after),
                _ => (how, None, rest),
            }
        }
        (None, _) if cardinal(first).is_some() => {
            let (after, second) = terminated(word, gap1).parse(rest)?;
            match pointer(second) {
                Some(Pointer::Before) => (Pointer::Before, cardinal(first), after),
                _ => return fail(input),
            }
        }
        _ => match ordinal(first) {
            Some(nth) => return Ok((rest, Lead::Nth(nth))),
            None => return fail(input),
        },
    };
    Ok((rest, Lead::Pointer(how, counted.unwrap_or(0))))
}

/// "two", "deux", "dos", "three" …
pub(super) fn cardinal(word: &str) -> Option<u32> {
    ["two", "three", "four", "deux", "trois", "quatre", "dos", "tres", "cuatro"]
        .contains(&word.to_lowercase().as_str())
        .then(|| number_words::value(word))
        .flatten()
}

/// The word of a level, an abbreviation with its full stop.
fn level_word(input: &str) -> IResult<&str, (Level, &str)> {
    let (rest, found) = word.parse(input)?;
    let Some(named) = level(found) else { return fail(input) };
    let short = ["art", "arts", "para", "paras"].contains(&found.to_lowercase().as_str());
    let (rest, _) = if short { opt(char('.')).parse(rest)? } else { (rest, None) };
    Ok((rest, (named, found)))
}

/// The numbers after the word of a level: lists and ranges, with the labels of paragraphs and items.
fn list(input: &str, found: Level) -> IResult<&str, Vec<Path>> {
    let (mut rest, first) = item(input, found, true)?;
    let mut paths = vec![first];
    let mut plural = found.plural;
    while let Ok((after, separator)) = separator(rest) {
        if paths.len() >= MAX_PATHS {
            break;
        }
        let last = paths.last().cloned().unwrap_or_default();
        // "Article 3 to Article 5".
        let repeated = preceded(opt(the), level_word)
            .parse(after)
            .ok()
            .filter(|(_, (again, _))| separator == Separator::Range && again.kind == found.kind && !again.plural);
        let (after, next) = if let Some((after, (again, _))) = repeated {
            let Ok((after, next)) = item(after, again, true) else { break };
            if !alike(&last, &next) {
                break;
            }
            (after, next)
        } else if let Some((after, next)) = sibling(after, &last, found) {
            (after, next)
        } else {
            // "Article 5, 30 days after": a list of a singular word goes on with "and" or "to" only.
            if separator == Separator::Comma && !plural {
                break;
            }
            match item(after, found, false) {
                Ok((after, next)) if !measures(after) && alike(&last, &next) => (after, next),
                _ => break,
            }
        };
        plural |= separator != Separator::Comma;
        rest = after;
        let ends = match (last.split_last(), next.split_last()) {
            (Some((from, outer)), Some((to, _))) if separator == Separator::Range && outer.len() + 1 == next.len() => {
                match (&from.name, &to.name) {
                    (Name::Number(from), Name::Number(to)) => Some((from.clone(), to.clone())),
                    _ => None,
                }
            }
            _ => None,
        };
        match (ends, paths.last_mut().and_then(|path| path.last_mut())) {
            (Some((from, to)), Some(step)) => step.name = Name::Range(from, to),
            _ => paths.push(next),
        }
    }
    Ok((rest, paths))
}

/// Whether two items of a list are numbered in one way: "Article 5 and Article XX of the GATT" are two references.
fn alike(one: &Path, other: &Path) -> bool {
    let styles = |path: &Path| -> Vec<Style> {
        match path.first().map(|step| &step.name) {
            Some(Name::Number(number) | Name::Range(_, number) | Name::Hyphen(_, _, number)) => {
                number.readings.iter().map(|reading| plain(reading.style)).collect()
            }
            _ => Vec::new(),
        }
    };
    let own = styles(one);
    styles(other).iter().any(|style| own.contains(style))
}

/// Words and digits are one style in a list: "the first Article and Article 2".
const fn plain(style: Style) -> Style {
    match style {
        Style::Word => Style::Digits,
        other => other,
    }
}

/// "(3)" after "5(2)", "(b)" after "5(2)(a)", "b)" after "a)": another label of the same list.
fn sibling<'a>(input: &'a str, last: &Path, found: Level) -> Option<(&'a str, Path)> {
    let inner = matches!(found.kind, Kind::Paragraph | Kind::Item);
    let (rest, number) = alt((bracketed, closed)).parse(input).ok()?;
    let from = usize::from(!inner);
    let numbers = |at: usize| match &last[at].name {
        Name::Number(number) | Name::Range(_, number) => Some(number),
        _ => None,
    };
    let comparable = |own: &Number| {
        own.readings
            .iter()
            .any(|reading| number.readings.iter().any(|next| next.style == reading.style && next.parts.len() == reading.parts.len()))
    };
    let at = (from..last.len())
        .rev()
        .find(|&at| numbers(at).is_some_and(|own| number.follows(own)))
        .or_else(|| (from..last.len()).rev().find(|&at| numbers(at).is_some_and(comparable)))?;
    let mut path: Path = last[..at].to_vec();
    path.push(Step { kind: if at == 0 { found.kind } else { Kind::Item }, name: Name::Number(number) });
    let (rest, more) = labels(rest).ok()?;
    path.extend(more);
    Some((rest, path))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Separator {
    Comma,
    And,
    Range,
}

/// What stands between the items of a list.
fn separator(input: &str) -> IResult<&str, Separator> {
    let (rest, comma) = preceded(gap, opt(one_of(",;"))).parse(input)?;
    let (rest, _) = gap.parse(rest)?;
    if let Ok((after, _)) = terminated(one_of("–—-"), pair(gap, peek(satisfy(char::is_alphanumeric)))).parse(rest) {
        return Ok((after, Separator::Range));
    }
    if let Ok((after, _)) = terminated(char('&'), gap).parse(rest) {
        return Ok((after, Separator::And));
    }
    if let Ok((after, found)) = terminated(recognize(pair(word, opt(pair(char('/'), word)))), gap1).parse(rest) {
        let kind = match found.to_lowercase().as_str() {
            "and" | "or" | "and/or" | "et" | "ou" | "et/ou" | "y" | "o" | "y/o" | "ó" | "e" | "u" => Some(Separator::And),
            "to" | "through" | "à" | "a" | "al" | "hasta" => Some(Separator::Range),
            _ => None,
        };
        if let Some(kind) = kind {
            return Ok((after, kind));
        }
    }
    if comma == Some(',') { Ok((rest, Separator::Comma)) } else { fail(input) }
}

/// A number that counts something: "30 days", "5 per cent".
fn measures(rest: &str) -> bool {
    const UNITS: &[&str] = &[
        "day",
        "days",
        "month",
        "months",
        "year",
        "years",
        "per",
        "percent",
        "hours",
        "working",
        "calendar",
        "jours",
        "mois",
        "ans",
        "années",
        "días",
        "meses",
        "años",
        "por",
        "pour",
        "members",
        "copies",
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    rest.trim_start().starts_with('%') || UNITS.contains(&how_word(rest).as_str())
}

/// A number with the labels that follow it: `8.2(1)(b)`, `2(a)`, `(a)(ii)`, `2 b)`.
fn item(input: &str, found: Level, first: bool) -> IResult<&str, Path> {
    let inner = matches!(found.kind, Kind::Paragraph | Kind::Item);
    let (rest, _) = if first { gap.parse(input)? } else { (input, "") };
    let glued = first && rest.len() == input.len();
    let (rest, _) = if first {
        opt(terminated(alt((tag("No."), tag("No"), tag("n°"), tag("N°"), tag("Nº"), tag("nº"), tag("no."))), gap)).parse(rest)?
    } else {
        (rest, None)
    };
    if inner && let Ok((rest, number)) = alt((bracketed, closed, quoted)).parse(rest) {
        let (rest, more) = labels(rest)?;
        return Ok((rest, path(found.kind, number, more)));
    }
    if glued {
        return fail(input);
    }
    if inner && let Ok((rest, number)) = bare(rest) {
        return Ok((rest, path(found.kind, number, Vec::new())));
    }
    // "Article 17- 01": a hyphen with a space is one of the number.
    if !found.plural
        && let Ok((after, (chapter, _, article))) = (digits, pair(char('-'), char(' ')), digits).parse(rest)
        && let Some((number, _)) = heading_number(&format!("{chapter}-{article}"))
    {
        let (rest, more) = labels(after)?;
        let (rest, _) = opt(heading).parse(rest)?;
        return Ok((rest, path(found.kind, number, more)));
    }
    if let Ok((rest, number)) = small_suffix(rest) {
        let (rest, more) = labels(rest)?;
        return Ok((rest, path(found.kind, number, more)));
    }
    let Some((number, length)) = heading_number(rest).filter(|(number, _)| acceptable(number, found, first)) else { return fail(input) };
    let rest = &rest[length..];
    // "10.3.b" and "XX:1(b)".
    let roman = number.readings.iter().any(|reading| reading.style == Style::Roman);
    let (rest, lettered) = opt(alt((preceded(char('.'), dotted), verify(preceded(one_of(".:"), paragraph), |_| roman)))).parse(rest)?;
    let (rest, more) = labels(rest)?;
    let (rest, _) = opt(heading).parse(rest)?;
    if found.plural
        && more.is_empty()
        && let Some((from, to)) = number.text.split_once(['-', '–'])
        && let (Some((from, _)), Some((to, _))) = (heading_number(from), heading_number(to))
    {
        return Ok((rest, vec![Step { kind: found.kind, name: Name::Hyphen(number, from, to) }]));
    }
    let more = lettered.map(|number| Step { kind: Kind::Item, name: Name::Number(number) }).into_iter().chain(more).collect();
    Ok((rest, path(found.kind, number, more)))
}

fn path(kind: Kind, number: Number, more: Vec<Step>) -> Path {
    let mut path = vec![Step { kind, name: Name::Number(number) }];
    path.extend(more);
    path
}

/// Whether a number can be that of a provision: years are not, and words only where they are written as numbers of provisions are.
fn acceptable(number: &Number, found: Level, first: bool) -> bool {
    let Some(reading) = number.readings.first() else { return false };
    let lower = number.text.starts_with(char::is_lowercase);
    match reading.style {
        // "item 8426.91.02" is one of a tariff.
        Style::Digits if matches!(found.kind, Kind::Paragraph | Kind::Item) && reading.parts[0] > 999 => false,
        Style::Digits => {
            !(reading.parts.len() == 1 && (1900..2100).contains(&reading.parts[0]) && depth(found.kind) < depth(Kind::Article))
        }
        Style::Word => {
            !lower
                || first && (number.text == "premier" || number.text == "primero" || matches!(found.kind, Kind::Paragraph | Kind::Chapter))
        }
        // "Article A" is no article, "Article I" is.
        Style::Letter => found.kind != Kind::Article || number.readings.len() > 1,
        Style::Roman => !(found.kind == Kind::Article && number.text.len() == 1 && !matches!(number.text.as_str(), "I" | "V" | "X")),
        // "the Parties [shall] agree": the French word for a part is the English one for those who agree.
        Style::Open => found.kind != Kind::Part || found.stands_alone,
    }
}

/// A number with a small letter: `245a`.
fn small_suffix(input: &str) -> IResult<&str, Number> {
    let digits = take_while_m_n(1, 3, |c: char| c.is_ascii_digit());
    let lettered = recognize(pair(digits, satisfy(|c| c.is_ascii_lowercase())));
    let (rest, written) = terminated(lettered, peek(not(satisfy(char::is_alphanumeric)))).parse(input)?;
    match label(written) {
        Some(number) => Ok((rest, number)),
        None => fail(input),
    }
}

/// The labels after a number.
fn labels(input: &str) -> IResult<&str, Vec<Step>> {
    let one = preceded(take_while_m_n(0, 1, |c: char| c == ' ' || c == '\n' || c == '\u{a0}' || c == '.'), alt((bracketed, closed)));
    many0(one.map(|number| Step { kind: Kind::Item, name: Name::Number(number) })).parse(input)
}

/// `(a)`, `(ii)`, `(1)`.
fn bracketed(input: &str) -> IResult<&str, Number> {
    let inner = delimited(opt(char(' ')), take_while_m_n(1, 5, |c: char| c.is_ascii_alphanumeric()), opt(char(' ')));
    let (rest, word) = delimited(char('('), inner, char(')')).parse(input)?;
    // "(EC)" and "(CD)" are no labels.
    let shouted =
        word.len() > 1 && word.starts_with(|c: char| c.is_ascii_uppercase()) && !word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'));
    match label(word).filter(|_| !shouted) {
        Some(number) => Ok((rest, number)),
        None => fail(input),
    }
}

/// `a)`, `1)`.
fn closed(input: &str) -> IResult<&str, Number> {
    let (rest, word) = terminated(take_while_m_n(1, 4, |c: char| c.is_ascii_lowercase() || c.is_ascii_digit()), char(')')).parse(input)?;
    match label(word) {
        Some(number) => Ok((rest, number)),
        None => fail(input),
    }
}

/// `"a"`, `«b»`.
fn quoted(input: &str) -> IResult<&str, Number> {
    let inner = take_while_m_n(1, 4, |c: char| c.is_ascii_lowercase() || c.is_ascii_digit());
    let (rest, word) = delimited(one_of("\"“«'‘„"), inner, one_of("\"”»'’“")).parse(input)?;
    let (rest, _) = opt(char(')')).parse(rest)?;
    match label(word) {
        Some(number) => Ok((rest, number)),
        None => fail(input),
    }
}

/// `b`, `iv` without brackets; "a" is a word unless nothing follows in lower case.
fn bare(input: &str) -> IResult<&str, Number> {
    let (rest, word) =
        terminated(take_while_m_n(1, 4, |c: char| c.is_ascii_lowercase()), not(satisfy(char::is_alphanumeric))).parse(input)?;
    let word_like = ["a", "y", "o", "e", "u", "i"].contains(&word) && rest.starts_with(' ') && !how_word(rest).is_empty() && {
        let next = how_word(rest);
        !["of", "and", "or", "above", "de", "del", "du", "et", "ou", "y", "o", "to", "shall", "of"].contains(&next.as_str())
    };
    let long = word.len() > 1 && super::super::number::roman_value(word).is_none_or(|value| value > 40);
    match label(word).filter(|_| !word_like && !long) {
        Some(number) => Ok((rest, number)),
        None => fail(input),
    }
}

/// The letter of `10.3.b`.
fn dotted(input: &str) -> IResult<&str, Number> {
    let (rest, word) =
        terminated(take_while_m_n(1, 4, |c: char| c.is_ascii_lowercase()), peek(not(satisfy(char::is_alphanumeric)))).parse(input)?;
    let (rest, _) = opt(char(')')).parse(rest)?;
    match label(word) {
        Some(number) => Ok((rest, number)),
        None => fail(input),
    }
}

fn digits(input: &str) -> IResult<&str, &str> {
    terminated(take_while_m_n(1, 2, |c: char| c.is_ascii_digit()), not(satisfy(char::is_alphanumeric))).parse(input)
}

/// The paragraph of `XX:1`.
fn paragraph(input: &str) -> IResult<&str, Number> {
    let mut digits = terminated(take_while_m_n(1, 2, |c: char| c.is_ascii_digit()), peek(not(satisfy(char::is_alphanumeric))));
    let (rest, word) = digits.parse(input)?;
    match label(word) {
        Some(number) => Ok((rest, number)),
        None => fail(input),
    }
}

/// A heading in brackets: "Chapter 10 (Services)".
fn heading(input: &str) -> IResult<&str, &str> {
    let inner = verify(take_while1(|c: char| c != '(' && c != ')'), |inner: &str| {
        inner.len() <= MAX_HEADING && inner.chars().count() > 4 && inner.starts_with(char::is_uppercase)
    });
    recognize((gap1, char('('), inner, char(')'))).parse(input)
}

fn word(input: &str) -> IResult<&str, &str> {
    let (_, found) = take_while1(|c: char| c.is_alphabetic() || c == '-').parse(input)?;
    let found = found.trim_end_matches('-');
    if found.is_empty() { fail(input) } else { Ok((&input[found.len()..], found)) }
}

fn gap(input: &str) -> IResult<&str, &str> {
    take_while(char::is_whitespace).parse(input)
}

fn gap1(input: &str) -> IResult<&str, &str> {
    take_while1(char::is_whitespace).parse(input)
}

fn fail<T>(input: &str) -> IResult<&str, T> {
    Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Verify)))
}
