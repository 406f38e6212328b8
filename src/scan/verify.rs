//! Verifies phrases on the words of one provision.
//!
//! All places at which a phrase may stand are followed at once, so the time is at most the length of the phrase times that
//! of the provision (times the width of its gaps), whatever the words.

use super::fold::{Folded, STOP};
use crate::rules::phrase::Node;

/// The words of a provision, read with its lead-ins: indexes of tokens in reading order.
#[derive(Debug)]
pub struct Reading<'f> {
    folded: &'f Folded,
    tokens: &'f [u32],
}

/// A place reached while a phrase is followed: the next word, and the first word of the match.
type Place = (usize, usize);

impl<'f> Reading<'f> {
    /// A reading of these tokens of a folded text.
    #[must_use]
    pub const fn new(folded: &'f Folded, tokens: &'f [u32]) -> Self {
        Self { folded, tokens }
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
        let starts: Vec<Place> = (0..self.tokens.len()).map(|position| (position, position)).collect();
        self.follow(phrase, starts).into_iter().map(|(end, start)| (start, end)).collect()
    }

    /// Whether the phrase stands anywhere.
    #[must_use]
    pub fn holds(&self, phrase: &[Node]) -> bool {
        !self.matches(phrase).is_empty()
    }

    fn follow(&self, phrase: &[Node], mut places: Vec<Place>) -> Vec<Place> {
        for node in phrase {
            if places.is_empty() {
                break;
            }
            places = self.step(node, &places);
        }
        places
    }

    fn step(&self, node: &Node, places: &[Place]) -> Vec<Place> {
        match node {
            Node::Word(word) => self.advance(places, |found| found == word),
            Node::Stem(stem) => self.advance(places, |found| found.starts_with(stem.as_str())),
            Node::Any => self.advance(places, |found| !found.is_empty() && found != STOP),
            Node::Gap(limit) => self.gap(places, *limit),
            Node::OneOf(branches) => {
                let mut reached: Vec<Place> = Vec::new();
                for branch in branches {
                    reached.extend(self.follow(branch, places.to_vec()));
                }
                tidy(reached)
            }
            Node::Not(branches) => places
                .iter()
                .copied()
                .filter(|&(at, _)| branches.iter().all(|branch| self.follow(branch, vec![(at, at)]).is_empty()))
                .collect(),
            // Filled in when the rules are loaded.
            Node::Vocabulary(_) => Vec::new(),
        }
    }

    fn advance(&self, places: &[Place], fits: impl Fn(&str) -> bool) -> Vec<Place> {
        places.iter().filter(|(at, _)| *at < self.tokens.len() && fits(self.word(*at))).map(|&(at, start)| (at + 1, start)).collect()
    }

    /// Every place within the limit in the same sentence; for each the latest start, so that the match is the shortest.
    fn gap(&self, places: &[Place], limit: usize) -> Vec<Place> {
        let mut reached: Vec<Place> = Vec::new();
        let mut next = places.iter().copied().peekable();
        let mut carried: Option<(usize, usize, usize)> = None;
        let mut at = places.first().map_or(0, |place| place.0);
        while at <= self.tokens.len() {
            while let Some((_, start)) = next.next_if(|place| place.0 <= at) {
                carried = Some((at, start, limit));
            }
            match carried {
                Some((_, start, _)) => reached.push((at, start)),
                None => match next.peek() {
                    Some(place) => {
                        at = place.0;
                        continue;
                    }
                    None => break,
                },
            }
            if let Some((from, start, left)) = carried {
                carried = (left > 0 && self.word(at) != STOP).then_some((from, start, left.saturating_sub(1)));
            }
            at += 1;
        }
        reached
    }
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
        let folded = Folded::new(text, &[], &[]);
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
