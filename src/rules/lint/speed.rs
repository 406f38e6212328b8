//! Phrases that make every analysis slow: told from the phrase, with what would cure them.

use super::Lint;
use crate::rules::phrase::{self, Node};
use crate::rules::written::Phrase;

/// Words that stand in more than one provision of fifty of English, French or Spanish agreements, as they are compared.
const COMMON: &str = " a accord accordance acuerdo agreement al and annex any apply applicable are article articulo as au aux autre \
    authority autoridad be been between by cada capitulo ce chapter committee como con condition conformidad conformement cualquier cuando \
    custom d dan date de del derecho des disposition doit du each el en es est et este for from good have if in including information is it \
    its l la las law le les leur lo los may mean measure medida mercancia mesure mutual n ne no non not o of on or ou otra otro other out para \
    parrafo parte partie party paragraph par pas person por pour present procedure product provide provided provision purpose que qui referred \
    regulation relation requirement right s se section service shall should si sobre son state su such sur sus territoire territorio territory \
    that the their these this through to trade tratado un una une under where which will with within y ";
/// Literals of one phrase beyond which it costs memory and time for every text.
const MANY: usize = 400;
/// Words of gaps in series beyond which a match hardly stays in one sentence.
const WIDE: usize = 160;

/// Looks at one phrase, filled in.
pub(super) fn phrase(phrase: &Phrase, nodes: &[Node], lint: &mut Lint<'_, '_>) {
    let Some(literals) = phrase::literals(nodes) else { return };
    let common = |literal: &&String| literal.split_whitespace().all(|word| COMMON.contains(&format!(" {word} ")));
    if let Some(literal) = literals.iter().find(common) {
        lint.warn(
            "W110",
            phrase.text.place(),
            format!("slow: every match holds words such as `{}`, which stand in a great many provisions", literal.trim()),
            "add a word that is rare in agreements outside `[ ]`, or take the common alternative out",
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
            Node::Word(_) | Node::Stem(_) | Node::Any | Node::Not(_) | Node::Vocabulary(_) => 0,
        })
        .sum()
}
