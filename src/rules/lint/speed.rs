//! Phrases that make every analysis slow: told from the phrase, with what would cure them.

use super::Lint;
use crate::rules::phrase::{self, Node};
use crate::rules::written::Phrase;

/// Runs of words that stand in more than one provision of twenty-five, as they are compared: counted in English and Spanish
/// agreements, and for French by their like.
const COMMON: [&str; 3] = [
    // English
    "the, of, to, and, in, party, a, or, shall, of the, for, that, this, be, with, on, other, article, by, the party, \
     agreement, to the, as, in the, any, not, its, is, may, good, an, party shall, measure, such, under, service, \
     shall be, each, which, a party, of this, of a, this agreement, from, for the, trade, are, paragraph, the other, \
     chapter, with the, each party, other party, it, mean",
    // Spanish
    "de, la, el, en, y, que, parte, o, las, los, de la, una, del, se, con, para, un, por, no, articulo, en el, este, al, \
     a la, medida, las parte, su, otra, mercancia, de las, conformidad, cualquier, de los, que se, de una, la parte, cada, \
     una parte, como, procedimiento, capitulo, sobre, acuerdo, territorio, conformidad con",
    // French
    "le, les, du, des, et, est, d, l, au, aux, par, pour, dan, ou, ne, pas, n, s, partie, accord, present, le present, \
     du present, present accord, autre, les partie, une partie, chaque, marchandise, territoire, paragraphe, chapitre, \
     conformement",
];
/// Literals of one phrase beyond which it costs memory and time for every text.
const MANY: usize = 400;
/// Words of gaps in series beyond which a match hardly stays in one sentence.
const WIDE: usize = 120;

fn is_common(literal: &str) -> bool {
    COMMON.iter().any(|list| list.split(", ").any(|known| known == literal))
}

/// Whether a phrase is looked for by a run of words that stands in a great many provisions; gives the run.
pub(crate) fn common_literal(nodes: &[Node]) -> Option<String> {
    phrase::literals(nodes)?.into_iter().map(|literal| literal.trim().to_owned()).find(|literal| is_common(literal))
}

/// Looks at one phrase, filled in. Conditions of place are looked at before the words, so that with them common words cost little.
pub(super) fn phrase(phrase: &Phrase, nodes: &[Node], placed: bool, lint: &mut Lint<'_, '_>) {
    let Some(literals) = phrase::literals(nodes) else { return };
    if let Some(literal) = common_literal(nodes).filter(|_| !placed) {
        lint.warn(
            "W110",
            phrase.text.place(),
            format!("slow: the phrase is tried wherever `{}` stands, which is in a great many provisions", literal),
            "add a word that is rare in agreements outside `[ ]`, or write more words beside the common one",
        );
    }
    if literals.len() > MANY {
        lint.warn(
            "W111",
            phrase.text.place(),
            format!("slow: the phrase is looked for by {} different words or runs of words", literals.len()),
            "put the words that every match holds outside the alternatives, or split the rule",
        );
    }
    let gaps = widest(nodes);
    if gaps > WIDE {
        lint.warn(
            "W112",
            phrase.text.place(),
            format!("slow: the gaps of the phrase may take {gaps} words in all, more than a sentence has"),
            "give the gaps a number: `…8` is enough between a verb and its object",
        );
    }
}

/// The most words that the gaps of a phrase may take together.
fn widest(nodes: &[Node]) -> usize {
    nodes
        .iter()
        .map(|node| match node {
            Node::Gap(words) => *words,
            Node::OneOf(branches) => branches.iter().map(|branch| widest(branch)).max().unwrap_or(0),
            Node::Word(_) | Node::Stem(_) | Node::Any | Node::Not(_) | Node::NotAfter(_) | Node::Vocabulary(_) => 0,
        })
        .sum()
}
