//! Verifies compiled phrases on the words of one provision.
//!
//! A match lies within one sentence. A sentence in which a word that the phrase needs is not there is passed over before any place
//! is tried; in the others all places at which the phrase may stand are followed at once, so the time is at most the length of the
//! phrase times that of the sentence (times the width of its gaps), whatever the words.

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::fold::{Folded, Token};
use crate::rules::lexicon::{Begun, Choice, END, Phrase, Step, UNKNOWN};

/// The words of a provision, read with its lead-ins, in reading order.
#[derive(Debug)]
pub struct Reading<'f> {
    folded: &'f Folded,
    /// Indexes of tokens.
    tokens: Vec<u32>,
    /// Positions of the first word and behind the last word of each sentence.
    sentences: Vec<(usize, usize)>,
    /// Words of bits for the numbers of all words and stems.
    width: usize,
    /// Which words and stems of the rules occur, as bits by their numbers: anywhere, then sentence by sentence.
    present: Vec<u64>,
    /// What the choices that phrases share match in a sentence, once one was looked for: by the first word of the sentence and
    /// the number of the choice.
    matched: RefCell<FxHashMap<(usize, u32), Matches>>,
}

/// Where sequences begin and the next word behind each.
type Matches = Rc<[(usize, usize)]>;

/// A place reached while a phrase is followed: the next word, and the first word of the match.
type Place = (usize, usize);

/// Places that are compared one by one with the first words of a choice; of more, all that the choice matches is looked up.
const FEW: usize = 4;
/// Most words that are looked at before a place for what must not stand there.
const MAX_BEFORE: usize = 8;

impl<'f> Reading<'f> {
    /// A reading of these tokens of a folded text.
    #[must_use]
    pub fn new(folded: &'f Folded, tokens: Vec<u32>) -> Self {
        let width = folded.numbers.div_ceil(64).max(1);
        let mut reading = Self { folded, tokens, sentences: Vec::new(), width, present: vec![0; 2 * width], matched: RefCell::default() };
        let mut start = 0;
        for position in 0..=reading.tokens.len() {
            let token = reading.token_at(position).copied();
            match token {
                Some(token) if token.word != END => {
                    let base = reading.present.len() - width;
                    for number in std::iter::once(token.word).chain(folded.stems_of(&token).iter().copied()) {
                        reading.mark(0, number);
                        reading.mark(base, number);
                    }
                }
                _ => {
                    if position > start {
                        reading.sentences.push((start, position));
                        reading.present.resize(reading.present.len() + width, 0);
                    }
                    start = position + 1;
                }
            }
        }
        reading
    }

    fn mark(&mut self, base: usize, number: u32) {
        if let Some(bits) = self.present.get_mut(base + number as usize / 64) {
            *bits |= 1 << (number % 64);
        }
    }

    /// The sentences in which every word that the phrase needs occurs.
    fn sentences_for<'r>(&'r self, phrase: &'r Phrase) -> impl Iterator<Item = Sentence<'r, 'f>> {
        let mut present = self.present.chunks(self.width);
        let anywhere = present.next().is_some_and(|all| needs_met(phrase, all));
        let sentences = self.sentences.iter().zip(present).take_while(move |_| anywhere);
        sentences.filter(|(_, present)| needs_met(phrase, present)).map(move |(&(start, end), present)| Sentence {
            reading: self,
            start,
            end,
            present,
        })
    }

    /// The indexes of its tokens.
    #[must_use]
    pub fn tokens(&self) -> &[u32] {
        &self.tokens
    }

    /// Number of words, sentence ends included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The folded word at a position of the reading.
    #[must_use]
    pub fn word(&self, position: usize) -> &'f str {
        self.tokens.get(position).map_or("", |&token| self.folded.word(token as usize))
    }

    fn token_at(&self, position: usize) -> Option<&'f Token> {
        self.tokens.get(position).and_then(|&token| self.folded.tokens.get(token as usize))
    }

    /// The matches as ranges of positions, the shortest for each end, in order of their ends.
    pub fn matches<'r>(&'r self, phrase: &'r Phrase) -> impl Iterator<Item = (usize, usize)> + use<'r, 'f> {
        self.sentences_for(phrase).flat_map(|sentence| sentence.matches(&phrase.steps)).map(|(end, start)| (start, end))
    }

    /// Whether the phrase stands anywhere.
    #[must_use]
    pub fn holds(&self, phrase: &Phrase) -> bool {
        self.matches(phrase).next().is_some()
    }
}

/// Whether a number is among the bits.
fn has(present: &[u64], number: u32) -> bool {
    present.get(number as usize / 64).is_some_and(|bits| bits & (1 << (number % 64)) != 0)
}

/// Whether of each group of words that a phrase needs one is there.
fn needs_met(phrase: &Phrase, present: &[u64]) -> bool {
    phrase.needs.iter().all(|group| group.iter().any(|&number| has(present, number)))
}

/// One sentence of a reading.
struct Sentence<'r, 'f> {
    reading: &'r Reading<'f>,
    start: usize,
    end: usize,
    present: &'r [u64],
}

impl Sentence<'_, '_> {
    /// The numbers of the word at a position and of its stems; none behind the end of the sentence.
    fn numbers(&self, position: usize) -> impl Iterator<Item = u32> {
        let token = (position < self.end).then(|| self.reading.token_at(position)).flatten();
        let (word, stems) = token.map_or((UNKNOWN, &[][..]), |token| (token.word, self.reading.folded.stems_of(token)));
        (word != UNKNOWN).then_some(word).into_iter().chain(stems.iter().copied())
    }

    fn is(&self, position: usize, number: u32) -> bool {
        self.numbers(position).any(|found| found == number)
    }

    /// Every end of a match, each with the latest start.
    fn matches(&self, steps: &[Step]) -> Vec<Place> {
        let starts: Vec<Place> = (self.start..self.end).map(|position| (position, position)).collect();
        self.follow(steps, &starts)
    }

    fn follow(&self, steps: &[Step], places: &[Place]) -> Vec<Place> {
        let Some((first, rest)) = steps.split_first() else { return places.to_vec() };
        let mut reached = self.step(first, places);
        for step in rest {
            if reached.is_empty() {
                break;
            }
            reached = self.step(step, &reached);
        }
        reached
    }

    fn step(&self, step: &Step, places: &[Place]) -> Vec<Place> {
        match step {
            Step::Word(word) if !has(self.present, *word) => Vec::new(),
            Step::Word(word) => self.advance(places, |at| self.is(at, *word)),
            Step::Any => self.advance(places, |at| at < self.end),
            Step::Gap(limit) => self.gap(places, *limit),
            Step::OneOf(choice) => self.choose(choice, places),
            Step::Not(choice) => places.iter().copied().filter(|&(at, _)| self.choose(choice, &[(at, at)]).is_empty()).collect(),
            Step::NotAfter(choice) => places.iter().copied().filter(|&(at, _)| !self.ends_with(choice, at)).collect(),
        }
    }

    /// Whether a sequence of the choice ends right before a position.
    fn ends_with(&self, choice: &Choice, position: usize) -> bool {
        (self.start.max(position.saturating_sub(MAX_BEFORE))..position)
            .any(|from| self.choose(choice, &[(from, from)]).iter().any(|&(end, _)| end == position))
    }

    /// Every place that one of the sequences leads to.
    fn choose(&self, choice: &Choice, places: &[Place]) -> Vec<Place> {
        let mut reached: Vec<Place> = Vec::new();
        if choice.number != 0 && places.len() > FEW {
            let starts = |at: usize| places.binary_search_by_key(&at, |place| place.0).ok().and_then(|found| places.get(found));
            let matched = self.matches_of(choice);
            reached.extend(matched.iter().filter_map(|&(at, end)| starts(at).map(|&(_, start)| (end, start))));
            if choice.other.iter().any(Vec::is_empty) {
                reached.extend(places);
            }
            return tidy(reached);
        }
        for &(at, start) in places {
            for number in self.numbers(at) {
                if let Ok(found) = choice.begun.binary_search_by_key(&number, |(first, _)| *first) {
                    for steps in choice.begun.get(found).iter().flat_map(|(_, rests)| rests) {
                        reached.extend(self.follow(steps, &[(at + 1, start)]));
                    }
                }
            }
        }
        for steps in &choice.other {
            reached.extend(self.follow(steps, places));
        }
        tidy(reached)
    }

    /// All that a choice matches in the sentence; sequences without words are left to the caller.
    fn matches_of(&self, choice: &Choice) -> Matches {
        if let Some(known) = self.reading.matched.borrow().get(&(self.start, choice.number)) {
            return Rc::clone(known);
        }
        let mut found: Vec<(usize, usize)> = Vec::new();
        let mut follow = |steps: &[Step], at: usize, next: usize| {
            found.extend(self.follow(steps, &[(next, at)]).into_iter().map(|(end, start)| (start, end)));
        };
        // Of the first words few occur in a sentence: only those are compared with its words.
        let begun: Vec<&Begun> = choice.begun.iter().filter(|(number, _)| has(self.present, *number)).collect();
        if !begun.is_empty() {
            for at in self.start..self.end {
                for number in self.numbers(at) {
                    for steps in begun.iter().filter(|(first, _)| *first == number).flat_map(|(_, rests)| rests) {
                        follow(steps, at, at + 1);
                    }
                }
            }
        }
        for steps in &choice.other {
            match steps.split_first() {
                None => {}
                Some((Step::OneOf(inner), rest)) if inner.number != 0 && !inner.other.iter().any(Vec::is_empty) => {
                    for &(at, next) in self.matches_of(inner).iter() {
                        follow(rest, at, next);
                    }
                }
                Some(_) => (self.start..=self.end).for_each(|at| follow(steps, at, at)),
            }
        }
        found.sort_unstable();
        found.dedup();
        let found: Matches = found.into();
        self.reading.matched.borrow_mut().insert((self.start, choice.number), Rc::clone(&found));
        found
    }

    fn advance(&self, places: &[Place], fits: impl Fn(usize) -> bool) -> Vec<Place> {
        places.iter().filter(|(at, _)| fits(*at)).map(|&(at, start)| (at + 1, start)).collect()
    }

    /// Every place within the limit in the same sentence; for each the latest start, so that the match is the shortest.
    fn gap(&self, places: &[Place], limit: usize) -> Vec<Place> {
        let mut reached: Vec<Place> = Vec::new();
        let mut next = places.iter().copied().peekable();
        let mut carried: Option<(usize, usize)> = None;
        let mut at = places.first().map_or(0, |place| place.0);
        while at <= self.end {
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
            carried = carried.filter(|&(_, left)| left > 0 && at < self.end).map(|(start, left)| (start, left - 1));
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
    use crate::rules::lexicon::Lexicon;
    use crate::rules::phrase::parse;

    fn matched(text: &str, phrase: &str) -> Vec<String> {
        let mut lexicon = Lexicon::default();
        let phrase = lexicon.compile(&parse(phrase).expect(phrase));
        let folded = Folded::new(text, &[], &lexicon);
        let reading = Reading::new(&folded, (0..u32::try_from(folded.tokens.len()).expect("short")).collect());
        reading.matches(&phrase).map(|(start, end)| (start..end).map(|at| reading.word(at)).collect::<Vec<_>>().join(" ")).collect()
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
    fn negation_looks_back() {
        for (text, found) in [("culture of safety", true), ("the safety culture", false), ("food safety culture", false), ("culture", true)]
        {
            assert_eq!(!matched(text, "!<((food | safety)) culture").is_empty(), found, "{text}");
        }
        assert_eq!(matched("agreement on bovine culture", "agreement … !<(bovine | of swine) culture"), Vec::<String>::new());
    }

    #[test]
    fn branches_with_one_beginning_are_told_apart() {
        let phrase = "(film | film and television | film* and {}radio | [broad] cast) x".replace("{}", "");
        assert_eq!(matched("film and television x", &phrase), ["film and television x"]);
        assert_eq!(matched("films and radio x", &phrase), ["film and radio x"]);
        assert_eq!(matched("broad cast x", &phrase), ["cast x"]);
        assert_eq!(matched("film and x", &phrase), Vec::<String>::new());
    }

    #[test]
    fn choices_that_phrases_share_match_as_others_do() {
        let texts = [
            "the film and the television and radio x of the party and film x of parties",
            "film x y film television x",
            "nothing in this agreement shall apply to the cultural good and service of a party",
        ];
        let phrases = [
            "([the] (film | television and radio) | x) … (x | [of] [the] part*)",
            "((film | television | radio | party | good) (x | and the) | [the] part*) …3 ([x] y | x)",
            "(!(film) x | television | [film] y) [x]",
            "(nothing in … shall | apply) … ([the] cultural (good | service | good and service) | a party)",
        ];
        let mut lexicon = Lexicon::default();
        let parsed: Vec<_> = phrases.iter().map(|phrase| parse(phrase).expect(phrase)).collect();
        let shared: Vec<_> = parsed.iter().map(|nodes| lexicon.compile(nodes)).collect();
        let mut found = 0;
        for text in texts {
            let folded = Folded::new(text, &[], &lexicon);
            let reading = Reading::new(&folded, (0..u32::try_from(folded.tokens.len()).expect("short")).collect());
            for (nodes, phrase) in parsed.iter().zip(&shared) {
                let matches: Vec<_> = reading.matches(phrase).collect();
                assert_eq!(matches, reading.matches(&lexicon.phrase(nodes)).collect::<Vec<_>>(), "{nodes:?} in {text}");
                found += matches.len();
            }
        }
        assert!(found > 10, "{found}");
    }

    #[test]
    fn many_gaps_stay_fast() {
        let text = "a ".repeat(5_000);
        assert!(!matched(&text, "a … a … a … a … a").is_empty());
        assert!(matched(&text, "a … a … a … a … b").is_empty());
    }
}
