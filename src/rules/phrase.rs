//! The phrase language of the rules, parsed with nom.
//!
//! | written | matches |
//! |---|---|
//! | `cultural goods` | these words in this order, whatever the case, accent, line break or plural mark |
//! | `audio-visual` | `audio-visual`, `audio visual`, `audiovisual` |
//! | `polic*` | any word that begins so |
//! | `_` | any one word |
//! | `…` or `...` | a gap inside the sentence, at most [`DEFAULT_GAP`] words; `…5` at most five |
//! | `(may \| shall)` | one of these |
//! | `[all]` | these words or nothing |
//! | `!(trade \| tariff)` | not these words here; matches no word itself |
//! | `!<(safety \| food)` | not these words before; matches no word itself |
//! | `{audiovisual}` | any entry of the vocabulary of that name |

use nom::branch::alt;
use nom::bytes::complete::{tag, take_while1};
use nom::character::complete::{char, digit1, multispace0, multispace1};
use nom::combinator::{all_consuming, cut, map, opt, verify};
use nom::multi::separated_list1;
use nom::sequence::{delimited, preceded};
use nom::{IResult, Parser};

use super::words::canonical;

/// Words that a gap may take when the rule sets no number.
pub const DEFAULT_GAP: usize = 40;

/// One element of a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// One word, as it is compared.
    Word(String),
    /// A word that begins so.
    Stem(String),
    /// Any one word.
    Any,
    /// Up to so many words of the same sentence.
    Gap(usize),
    /// One of several sequences; an empty one makes the whole optional.
    OneOf(Vec<Vec<Node>>),
    /// None of these sequences here; takes no word.
    Not(Vec<Vec<Node>>),
    /// None of these sequences ends here; takes no word.
    NotAfter(Vec<Vec<Node>>),
    /// An entry of the vocabulary, before it is filled in.
    Vocabulary(String),
}

/// Why a phrase cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhraseError {
    /// Where in the phrase, in bytes.
    pub at: usize,
    /// What is wrong and what to do.
    pub cause: String,
}

/// Parses a phrase.
///
/// # Errors
/// [`PhraseError`] with the place in bytes.
///
/// # Example
/// ```
/// use clausula::rules::phrase::{Node, parse};
/// let nodes = parse("shall not apply …5 polic*")?;
/// assert_eq!(nodes.last(), Some(&Node::Stem("polic".into())));
/// # Ok::<(), clausula::rules::phrase::PhraseError>(())
/// ```
pub fn parse(phrase: &str) -> Result<Vec<Node>, PhraseError> {
    if phrase.trim().is_empty() {
        return Err(PhraseError { at: 0, cause: "the phrase is empty: write the words that the provision must hold".into() });
    }
    // Commas, colons and semicolons are no words: they may stand in a phrase and match nothing. Places stay the same.
    let phrase = phrase.replace([',', ';', ':'], " ");
    match all_consuming(delimited(multispace0, sequence, multispace0)).parse(phrase.as_str()) {
        Ok((_, nodes)) => check(nodes),
        Err(nom::Err::Error(error) | nom::Err::Failure(error)) => {
            let at = phrase.len() - error.input.len();
            let cause = match error.input.chars().next() {
                None => "the phrase breaks off: a bracket is not closed".to_owned(),
                Some(found) => format!(
                    "`{found}` cannot stand here: close every bracket, and write words, `…`, `( | )`, `[ ]`, `{{ }}`, `!( )`, `!<( )`, `*` and `_` only"
                ),
            };
            Err(PhraseError { at, cause })
        }
        Err(nom::Err::Incomplete(_)) => Err(PhraseError { at: phrase.len(), cause: "the phrase breaks off".into() }),
    }
}

/// A phrase that begins or ends with a gap would match anything.
fn check(nodes: Vec<Node>) -> Result<Vec<Node>, PhraseError> {
    let open = |node: Option<&Node>| matches!(node, Some(Node::Gap(_) | Node::Any));
    if open(nodes.first()) || open(nodes.last()) {
        return Err(PhraseError { at: 0, cause: "a phrase cannot begin or end with a gap: write the words that bound it".into() });
    }
    Ok(nodes)
}

fn sequence(input: &str) -> IResult<&str, Vec<Node>> {
    map(separated_list1(multispace1, element), |parts: Vec<Vec<Node>>| parts.into_iter().flatten().collect()).parse(input)
}

fn element(input: &str) -> IResult<&str, Vec<Node>> {
    alt((
        map(gap, one),
        map(vocabulary, one),
        map(alternatives, one),
        map(optional, one),
        map(negation, one),
        map(char('_'), |_| vec![Node::Any]),
        word,
    ))
    .parse(input)
}

fn one(node: Node) -> Vec<Node> {
    vec![node]
}

fn gap(input: &str) -> IResult<&str, Node> {
    let mark = alt((tag("…"), tag("...")));
    map(preceded(mark, opt(verify(digit1, |digits: &str| digits.len() <= 3))), |digits: Option<&str>| {
        Node::Gap(digits.and_then(|digits| digits.parse().ok()).unwrap_or(DEFAULT_GAP))
    })
    .parse(input)
}

fn vocabulary(input: &str) -> IResult<&str, Node> {
    let name = take_while1(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    map(delimited(char('{'), cut(name), cut(char('}'))), |name: &str| Node::Vocabulary(name.to_owned())).parse(input)
}

fn branches(input: &str) -> IResult<&str, Vec<Vec<Node>>> {
    let bar = delimited(multispace0, char('|'), multispace0);
    delimited(multispace0, separated_list1(bar, sequence), multispace0).parse(input)
}

fn alternatives(input: &str) -> IResult<&str, Node> {
    map(delimited(char('('), cut(branches), cut(char(')'))), Node::OneOf).parse(input)
}

fn optional(input: &str) -> IResult<&str, Node> {
    let inner = map(branches, |mut branches: Vec<Vec<Node>>| {
        branches.push(Vec::new());
        Node::OneOf(branches)
    });
    delimited(char('['), cut(inner), cut(char(']'))).parse(input)
}

fn negation(input: &str) -> IResult<&str, Node> {
    let grouped = delimited(char('('), branches, char(')'));
    let single = map(alt((map(vocabulary, one), word)), |nodes| vec![nodes]);
    let (rest, (behind, branches)) =
        preceded(char('!'), (map(opt(char('<')), |mark| mark.is_some()), cut(alt((grouped, single))))).parse(input)?;
    Ok((rest, if behind { Node::NotAfter(branches) } else { Node::Not(branches) }))
}

/// A word, a stem, or a compound with hyphens or apostrophes, which is as many words.
fn word(input: &str) -> IResult<&str, Vec<Node>> {
    let letters = take_while1(|c: char| c.is_alphanumeric());
    let parts = separated_list1(alt((char('-'), char('\''), char('’'))), letters);
    let (rest, (parts, stem)) = (parts, opt(char('*'))).parse(input)?;
    let hyphen = parts.len() > 1 && input[..input.len() - rest.len()].contains('-');
    let node = |part: &str, last: bool| {
        if last && stem.is_some() {
            let folded: String = part.chars().filter_map(super::words::fold_char).collect();
            // Without the mark of the plural a word may be shorter than its stem: "industries" is compared as "industry".
            let plural = canonical(&format!("{folded}s"));
            if plural.starts_with(&folded) {
                Node::Stem(folded)
            } else {
                Node::OneOf(vec![vec![Node::Stem(folded)], vec![Node::Word(plural)]])
            }
        } else {
            Node::Word(canonical(part))
        }
    };
    let separate: Vec<Node> = parts.iter().enumerate().map(|(index, part)| node(part, index + 1 == parts.len())).collect();
    if !hyphen {
        return Ok((rest, separate));
    }
    let joined = vec![node(&parts.concat(), true)];
    Ok((rest, vec![Node::OneOf(vec![separate, joined])]))
}

/// The literals of a phrase: a list of texts of which every match holds at least one, each with a space before every
/// word; `None` when the phrase has no such words. The most telling part of the phrase is taken.
#[must_use]
pub fn literals(nodes: &[Node]) -> Option<Vec<String>> {
    let mut best: Option<(usize, Vec<String>)> = None;
    let mut consider = |candidate: Vec<String>| {
        // The longest shortest literal is the rarest; many literals cost memory, so they count a little against.
        let rarity = candidate.iter().map(String::len).min().unwrap_or(0) * 4 - candidate.len().min(60) / 20;
        if best.as_ref().is_none_or(|(found, _)| rarity > *found) {
            best = Some((rarity, candidate));
        }
    };
    let mut run = String::new();
    for node in nodes {
        match node {
            Node::Word(word) => {
                run.push(' ');
                run.push_str(word);
            }
            other => {
                if !run.is_empty() {
                    consider(vec![format!("{run} ")]);
                    run.clear();
                }
                match other {
                    Node::Stem(stem) => consider(vec![format!(" {stem}")]),
                    Node::OneOf(branches) => {
                        let all: Option<Vec<Vec<String>>> = branches.iter().map(|branch| literals(branch)).collect();
                        if let Some(all) = all {
                            consider(all.into_iter().flatten().collect());
                        }
                    }
                    Node::Word(_) | Node::Any | Node::Gap(_) | Node::Not(_) | Node::NotAfter(_) | Node::Vocabulary(_) => {}
                }
            }
        }
    }
    if !run.is_empty() {
        consider(vec![format!("{run} ")]);
    }
    best.map(|(_, literals)| literals)
}

#[cfg(test)]
mod tests {
    use super::{Node, literals, parse};

    fn word(text: &str) -> Node {
        Node::Word(text.into())
    }

    #[test]
    fn every_element_is_read() {
        assert_eq!(parse("cultural goods").expect("words"), [word("cultural"), word("good")]);
        assert_eq!(parse("a …3 b ... c").expect("gaps"), [word("a"), Node::Gap(3), word("b"), Node::Gap(40), word("c")]);
        assert_eq!(
            parse("(may | shall not) x").expect("alternatives")[0],
            Node::OneOf(vec![vec![word("may")], vec![word("shall"), word("not")]])
        );
        assert_eq!(parse("[all] x").expect("optional")[0], Node::OneOf(vec![vec![word("all")], vec![]]));
        assert_eq!(parse("x !(trade | tariff) y").expect("negation")[1], Node::Not(vec![vec![word("trade")], vec![word("tariff")]]));
        assert_eq!(parse("!<(food safety) x").expect("look back")[0], Node::NotAfter(vec![vec![word("food"), word("safety")]]));
        assert_eq!(parse("{audiovisual} x").expect("vocabulary")[0], Node::Vocabulary("audiovisual".into()));
        assert_eq!(parse("l'audiovisuel").expect("apostrophe"), [word("l"), word("audiovisuel")]);
        assert_eq!(
            parse("audio-visual").expect("hyphen"),
            [Node::OneOf(vec![vec![word("audio"), word("visual")], vec![word("audiovisual")]])]
        );
    }

    #[test]
    fn a_stem_finds_the_plural_of_itself() {
        let both = |stem: &str, plural: &str| Node::OneOf(vec![vec![Node::Stem(stem.into())], vec![word(plural)]]);
        assert_eq!(parse("industrie*").expect("stem"), [both("industrie", "industry")]);
        assert_eq!(parse("marché*").expect("stem"), [both("marche", "march")]);
        assert_eq!(parse("polic*").expect("stem"), [Node::Stem("polic".into())]);
    }

    #[test]
    fn faults_have_a_place() {
        for (phrase, at) in [("", 0), ("(a | b", 6), ("a {b", 4), ("a ) b", 2), ("… a", 0)] {
            assert_eq!(parse(phrase).expect_err(phrase).at, at, "{phrase}");
        }
    }

    #[test]
    fn the_rarest_words_are_the_literals() {
        let of = |phrase: &str| literals(&parse(phrase).expect(phrase));
        assert_eq!(of("does not apply … audiovisual services"), Some(vec![" audiovisual service ".into()]));
        assert_eq!(of("(film | cinema) x"), Some(vec![" film ".into(), " cinema ".into()]));
        assert_eq!(of("[all] _ x"), Some(vec![" x ".into()]));
    }
}
