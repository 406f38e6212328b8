//! Verifies phrases on the words of one provision.
//!
//! All places at which a phrase may stand are followed at once, so the time is at most the length of the phrase times that
//! of the provision (times the width of its gaps), whatever the words.

use super::fold::{Folded, STOP, head, mask};
use crate::rules::phrase::Node;

/// The words of a provision, read with its lead-ins: indexes of tokens in reading order.
#[derive(Debug)]
pub struct Reading<'f> {
    folded: &'f Folded,
    tokens: &'f [u32],
    /// Which first letters occur at all, as bits: most words of a rule can be told absent at a glance.
    heads: [u64; 4],
}

/// A place reached while a phrase is followed: the next word, and the first word of the match.
type Place = (usize, usize);

impl<'f> Reading<'f> {
    /// A reading of these tokens of a folded text.
    #[must_use]
    pub fn new(folded: &'f Folded, tokens: &'f [u32]) -> Self {
        let mut heads = [0; 4];
        for &token in tokens {
            let (word, bit) = place_of(folded.head(token as usize));
            heads[word] |= bit;
        }
        Self { folded, tokens, heads }
    }

    /// Whether a word with these first letters may occur; never wrongly false.
    fn may_hold(&self, head: u32) -> bool {
        let (word, bit) = place_of(head);
        self.heads[word] & bit != 0
    }

    /// Whether no word can begin the phrase: told from the first letters alone, before any place is written down.
    fn lacks_beginning_of(&self, phrase: &[Node]) -> bool {
        match phrase.first() {
            Some(Node::Word(word)) => !self.may_hold(head(word)),
            Some(Node::Stem(stem)) => mask(stem) == u32::MAX && !self.may_hold(head(stem)),
            // An empty branch leaves the beginning to what follows.
            Some(Node::OneOf(branches)) => branches.iter().all(|branch| self.lacks_beginning_of(branch)),
            _ => false,
        }
    }

    /// Number of words, sentence ends included.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The folded word at a position of the reading.
    #[must_use]
    pub fn word(&self, position: usize) -> &'f str {
        self.tokens.get(position).map_or("", |&token| self.folded.word(token as usize))
    }

    /// All matches as ranges of positions, the shortest for each end, in order of their ends.
    #[must_use]
    pub fn matches(&self, phrase: &[Node]) -> Vec<(usize, usize)> {
        if self.lacks_beginning_of(phrase) {
            return Vec::new();
        }
        let starts: Vec<Place> = (0..self.tokens.len()).map(|position| (position, position)).collect();
        self.follow(phrase, &starts).into_iter().map(|(end, start)| (start, end)).collect()
    }

    /// Whether the phrase stands anywhere.
    #[must_use]
    pub fn holds(&self, phrase: &[Node]) -> bool {
        !self.matches(phrase).is_empty()
    }

    fn follow(&self, phrase: &[Node], places: &[Place]) -> Vec<Place> {
        let Some((first, rest)) = phrase.split_first() else { return places.to_vec() };
        let mut reached = self.step(first, places);
        for node in rest {
            if reached.is_empty() {
                break;
            }
            reached = self.step(node, &reached);
        }
        reached
    }

    fn step(&self, node: &Node, places: &[Place]) -> Vec<Place> {
        match node {
            Node::Word(word) => {
                let head = head(word);
                if !self.may_hold(head) {
                    return Vec::new();
                }
                self.advance(places, |token| self.folded.head(token) == head && self.folded.word(token) == word)
            }
            Node::Stem(stem) => {
                let (head, mask) = (head(stem), mask(stem));
                if mask == u32::MAX && !self.may_hold(head) {
                    return Vec::new();
                }
                self.advance(places, |token| self.folded.head(token) & mask == head && self.folded.word(token).starts_with(stem.as_str()))
            }
            Node::Any => self.advance(places, |token| self.folded.word(token) != STOP),
            Node::Gap(limit) => self.gap(places, *limit),
            Node::OneOf(branches) => {
                let mut reached: Vec<Place> = Vec::new();
                for branch in branches {
                    reached.extend(self.follow(branch, places));
                }
                tidy(reached)
            }
            Node::Not(branches) => places
                .iter()
                .copied()
                .filter(|&(at, _)| branches.iter().all(|branch| self.follow(branch, &[(at, at)]).is_empty()))
                .collect(),
            // Filled in when the rules are loaded.
            Node::Vocabulary(_) => Vec::new(),
        }
    }

    fn advance(&self, places: &[Place], fits: impl Fn(usize) -> bool) -> Vec<Place> {
        let fit = |&&(at, _): &&Place| self.tokens.get(at).is_some_and(|&token| fits(token as usize));
        places.iter().filter(fit).map(|&(at, start)| (at + 1, start)).collect()
    }

    /// Every place within the limit in the same sentence; for each the latest start, so that the match is the shortest.
    fn gap(&self, places: &[Place], limit: usize) -> Vec<Place> {
        let mut reached: Vec<Place> = Vec::new();
        let mut next = places.iter().copied().peekable();
        let mut carried: Option<(usize, usize)> = None;
        let mut at = places.first().map_or(0, |place| place.0);
        while at <= self.tokens.len() {
            while let Some((_, start)) = next.next_if(|place| place.0 <= at) {
                carried = Some((start, limit));
            }
            match carried {
                Some((start, _)) => reached.push((at, start)),
                None => match next.peek() {
                    Some(place) => {
                        at = place.0;
                        continue;
                    }
                    None => break,
                },
            }
            carried = carried.filter(|&(_, left)| left > 0 && self.word(at) != STOP).map(|(start, left)| (start, left - 1));
            at += 1;
        }
        reached
    }
}

/// The bit of first letters in [`Reading::heads`].
fn place_of(head: u32) -> (usize, u64) {
    // Multiplication spreads the letters over the upper bits (Knuth, TAOCP 6.4).
    let hash = head.wrapping_mul(0x9e37_79b1) >> 24;
    ((hash >> 6) as usize, 1 << (hash & 63))
}

/// Sorted by place; for each place the latest start.
fn tidy(mut places: Vec<Place>) -> Vec<Place> {
    places.sort_unstable_by(|one, other| one.0.cmp(&other.0).then(other.1.cmp(&one.1)));
    places.dedup_by_key(|place| place.0);
    places
}

#[cfg(test)]
mod tests {
    use super::{Folded, Reading};
    use crate::rules::phrase::parse;

    fn matched(text: &str, phrase: &str) -> Vec<String> {
        let folded = Folded::new(text, &[]);
        let tokens: Vec<u32> = (0..u32::try_from(folded.tokens.len()).expect("short")).collect();
        let reading = Reading::new(&folded, &tokens);
        reading
            .matches(&parse(phrase).expect(phrase))
            .into_iter()
            .map(|(start, end)| (start..end).map(|at| reading.word(at)).collect::<Vec<_>>().join(" "))
            .collect()
    }

    #[test]
    fn words_gaps_and_alternatives() {
        assert_eq!(
            matched("This Chapter does not apply to audio-visual services.", "does not apply … audio-visual"),
            ["doe not apply to audio visual"]
        );
        assert_eq!(matched("does not apply. Audiovisual", "does not apply … audio-visual"), Vec::<String>::new());
        assert_eq!(matched("a b c d e f", "a …2 d"), ["a b c d"]);
        assert_eq!(matched("a b c d e f", "a …1 d"), Vec::<String>::new());
        assert_eq!(
            matched("cultural and creative industries", "cultural (industr* | and creative industr*)"),
            ["cultural and creative industry"]
        );
    }

    #[test]
    fn the_shortest_match_is_taken() {
        assert_eq!(matched("may x may y do", "may … do"), ["may y do"]);
    }

    #[test]
    fn negation_looks_ahead() {
        assert_eq!(matched("broadcasting organisations", "broadcast* !organisation"), Vec::<String>::new());
        assert_eq!(matched("broadcasting services", "broadcast* !organisation"), ["broadcasting"]);
    }

    #[test]
    fn many_gaps_stay_fast() {
        let text = "a ".repeat(5_000);
        assert!(!matched(&text, "a … a … a … a … a").is_empty());
        assert!(matched(&text, "a … a … a … a … b").is_empty());
    }
}
