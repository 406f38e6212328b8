//! The words and stems of the rules by number, and phrases compiled to numbers.
//!
//! A text is folded once, each of its words is looked up once, and from then on phrases compare numbers. What a phrase needs
//! ([`Phrase::needs`]) is told before any place is tried: most phrases are turned down by a few bits.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::phrase::Node;

/// The number of a word that no rule uses.
pub const UNKNOWN: u32 = 0;
/// The number of the mark of the end of a sentence.
pub const END: u32 = 1;
/// The number of a word that no text has.
const NEVER: u32 = u32::MAX;
/// Most groups of needed words that are kept for a phrase: the telling ones; more cost time and turn little down.
const MAX_NEEDS: usize = 6;

/// Most sequences of a choice at the beginning of a branch that are written out as branches of their own.
const MAX_WRITTEN_OUT: usize = 4;

/// The words and stems of the rules, each with its number.
#[derive(Clone, Debug)]
pub struct Lexicon {
    words: FxHashMap<String, u32>,
    stems: FxHashMap<String, u32>,
    /// Bytes of the longest stem: no more of a word is looked up.
    longest: usize,
    /// Length of each number's letters in bytes.
    lengths: Vec<usize>,
    /// The choices of all compiled phrases, each once, by what they hold.
    choices: FxHashMap<Choice, Arc<Choice>>,
}

impl Default for Lexicon {
    fn default() -> Self {
        Self { words: FxHashMap::default(), stems: FxHashMap::default(), longest: 0, lengths: vec![0, 1], choices: FxHashMap::default() }
    }
}

impl Lexicon {
    /// Words and stems, with the two numbers that stand for none.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.lengths.len()
    }

    /// Whether no phrase was compiled.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.lengths.len() <= 2
    }

    /// The number of a folded word; [`UNKNOWN`] where no rule uses it.
    #[must_use]
    pub fn word(&self, word: &str) -> u32 {
        self.words.get(word).copied().unwrap_or(UNKNOWN)
    }

    /// The numbers of the stems with which a folded word begins.
    pub fn stems(&self, word: &str) -> impl Iterator<Item = u32> {
        (1..=word.len().min(self.longest)).filter_map(|end| word.get(..end)).filter_map(|start| self.stems.get(start).copied())
    }

    /// Compiles a phrase; its words and stems get numbers.
    #[must_use]
    pub fn compile(&mut self, nodes: &[Node]) -> Phrase {
        self.learn(nodes);
        let mut choices = std::mem::take(&mut self.choices);
        let steps = self.steps(nodes, &mut Some(&mut choices));
        self.choices = choices;
        self.with_needs(steps)
    }

    fn learn(&mut self, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Word(word) => number(&mut self.words, &mut self.lengths, word),
                Node::Stem(stem) => {
                    self.longest = self.longest.max(stem.len());
                    number(&mut self.stems, &mut self.lengths, stem);
                }
                Node::OneOf(branches) | Node::Not(branches) | Node::NotAfter(branches) => {
                    branches.iter().for_each(|branch| self.learn(branch))
                }
                Node::Any | Node::Gap(_) | Node::Vocabulary(_) => {}
            }
        }
    }

    /// Compiles a phrase made of words that have numbers; another word is never found.
    #[must_use]
    pub fn phrase(&self, nodes: &[Node]) -> Phrase {
        self.with_needs(self.steps(nodes, &mut None))
    }

    fn with_needs(&self, steps: Vec<Step>) -> Phrase {
        let mut needs = Vec::new();
        needed(&steps, &mut needs);
        // Few and long words turn most down, so they are asked for first.
        let length = |number: &u32| self.lengths.get(*number as usize).copied().unwrap_or(usize::MAX);
        let shortest = |group: &[u32]| group.iter().map(length).min().unwrap_or(0);
        needs.sort_by_key(|group| (group.len() / 8, std::cmp::Reverse(shortest(group))));
        needs.dedup();
        needs.truncate(MAX_NEEDS);
        Phrase { steps, needs }
    }

    fn steps(&self, nodes: &[Node], choices: &mut Shared<'_>) -> Vec<Step> {
        let known = |numbers: &FxHashMap<String, u32>, letters: &str| Step::Word(numbers.get(letters).copied().unwrap_or(NEVER));
        let step = |node: &Node| match node {
            Node::Word(word) => known(&self.words, word),
            Node::Stem(stem) => known(&self.stems, stem),
            Node::Any => Step::Any,
            Node::Gap(limit) => Step::Gap(*limit),
            Node::OneOf(branches) => Step::OneOf(self.choice(branches, choices)),
            Node::Not(branches) => Step::Not(self.choice(branches, choices)),
            Node::NotAfter(branches) => Step::NotAfter(self.choice(branches, choices)),
            // Filled in when the rules are loaded.
            Node::Vocabulary(_) => Step::OneOf(Arc::default()),
        };
        nodes.iter().map(step).collect()
    }

    fn choice(&self, branches: &[Vec<Node>], choices: &mut Shared<'_>) -> Arc<Choice> {
        let mut choice = Choice::default();
        let mut begun: BTreeMap<u32, Vec<Vec<Step>>> = BTreeMap::new();
        self.sort_branches(branches, &[], &mut begun, &mut choice.other, choices);
        choice.begun = begun.into_iter().collect();
        let Some(choices) = choices else { return Arc::new(choice) };
        if let Some(known) = choices.get(&choice) {
            return Arc::clone(known);
        }
        let shared = Arc::new(Choice { number: u32::try_from(choices.len() + 1).unwrap_or(0), ..choice.clone() });
        choices.insert(choice, Arc::clone(&shared));
        shared
    }

    /// Sorts branches, each followed by `rest`, by their first word. A branch that begins with a small choice, such as a word
    /// that may be left out, is written out.
    fn sort_branches(
        &self,
        branches: &[Vec<Node>],
        rest: &[Node],
        begun: &mut BTreeMap<u32, Vec<Vec<Step>>>,
        other: &mut Vec<Vec<Step>>,
        choices: &mut Shared<'_>,
    ) {
        for branch in branches {
            let nodes: Vec<Node> = branch.iter().chain(rest).cloned().collect();
            if let Some((Node::OneOf(inner), behind)) = nodes.split_first()
                && (behind.is_empty() || inner.len() <= MAX_WRITTEN_OUT)
            {
                self.sort_branches(inner, behind, begun, other, choices);
                continue;
            }
            let mut steps = self.steps(&nodes, choices);
            if let Some(Step::Word(first)) = steps.first() {
                let first = *first;
                steps.remove(0);
                let rests = begun.entry(first).or_default();
                if !rests.contains(&steps) {
                    rests.push(steps);
                }
            } else if !other.contains(&steps) {
                other.push(steps);
            }
        }
    }
}

/// Where choices are looked up, so that equal ones are one; `None` for a phrase that is read once.
type Shared<'c> = Option<&'c mut FxHashMap<Choice, Arc<Choice>>>;

/// Gives letters their number, where they have none.
fn number(known: &mut FxHashMap<String, u32>, lengths: &mut Vec<usize>, letters: &str) {
    if !known.contains_key(letters) {
        // Rules are limited, so their words can be counted.
        known.insert(letters.to_owned(), u32::try_from(lengths.len()).unwrap_or(NEVER));
        lengths.push(letters.len());
    }
}

/// A compiled phrase.
#[derive(Clone, Debug)]
pub struct Phrase {
    /// What must follow each other.
    pub steps: Vec<Step>,
    /// Groups of words and stems; every match holds at least one of each group.
    pub needs: Vec<Vec<u32>>,
}

/// One step of a compiled phrase.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// A word or stem, by its number.
    Word(u32),
    /// Any one word.
    Any,
    /// Up to so many words of the same sentence.
    Gap(usize),
    /// One of several sequences.
    OneOf(Arc<Choice>),
    /// None of these sequences follows.
    Not(Arc<Choice>),
    /// None of these sequences ends here.
    NotAfter(Arc<Choice>),
}

/// Several sequences, sorted by their first words, so that a place is compared once with all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Choice {
    /// Its number among the choices of the rules, from 1; 0 for one that they do not share.
    pub number: u32,
    /// By the number of the first word or stem, in order: what follows it.
    pub begun: Vec<Begun>,
    /// The sequences that begin otherwise, or are empty.
    pub other: Vec<Vec<Step>>,
}

/// A first word or stem, by its number, and what may follow it.
pub type Begun = (u32, Vec<Vec<Step>>);

/// The groups of words of which every match of the steps holds one.
fn needed(steps: &[Step], needs: &mut Vec<Vec<u32>>) {
    for step in steps {
        match step {
            Step::Word(word) => needs.push(vec![*word]),
            Step::OneOf(choice) => needs.extend(of_choice(choice)),
            Step::Any | Step::Gap(_) | Step::Not(_) | Step::NotAfter(_) => {}
        }
    }
}

/// One group for a choice: the first words of its sequences, and of those that begin otherwise the smallest group.
fn of_choice(choice: &Choice) -> Option<Vec<u32>> {
    let mut group: Vec<u32> = choice.begun.iter().map(|(word, _)| *word).collect();
    for steps in &choice.other {
        let mut inner = Vec::new();
        needed(steps, &mut inner);
        group.extend(inner.into_iter().min_by_key(Vec::len)?);
    }
    group.sort_unstable();
    group.dedup();
    Some(group)
}

#[cfg(test)]
mod tests {
    use super::{Lexicon, UNKNOWN};
    use crate::rules::phrase::parse;

    #[test]
    fn needs_hold_for_every_match() {
        let mut lexicon = Lexicon::default();
        let phrase = lexicon.compile(&parse("does not apply … (film | cultur* goods) [x] !(y) z").expect("a phrase"));
        let group = |words: &[&str]| -> Vec<u32> {
            let mut numbers: Vec<u32> =
                words.iter().map(|word| word.strip_suffix('*').map_or_else(|| lexicon.word(word), |stem| lexicon.stems[stem])).collect();
            numbers.sort_unstable();
            numbers
        };
        for words in [&["doe"][..], &["not"], &["apply"], &["film", "cultur*"], &["z"]] {
            assert!(phrase.needs.contains(&group(words)), "{words:?} in {:?}", phrase.needs);
        }
        assert_eq!(phrase.needs.len(), 5, "optional and forbidden words are not needed");
    }

    #[test]
    fn words_have_one_number() {
        let mut lexicon = Lexicon::default();
        let _ = lexicon.compile(&parse("film (films | cine*)").expect("a phrase"));
        assert_eq!(lexicon.word("film"), 2);
        assert_eq!(lexicon.stems("cinema").collect::<Vec<_>>(), [3]);
        assert_eq!(lexicon.word("cinema"), UNKNOWN);
    }
}
