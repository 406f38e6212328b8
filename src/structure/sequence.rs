//! Chooses the headings among the candidates of one level: the chain with the most evidence in which numbers count on.
//!
//! A reference in running text may look like a heading, and a heading may look like a reference; the count decides.
//! Each candidate brings its own evidence ([`super::marker`]); each step of the chain adds what the two numbers say of
//! one another. The best chain is found by dynamic programming over a bounded window, so the time is linear in the text.

use super::marker::Candidate;

/// How many earlier candidates a step may leave out: references between two headings are rarely more.
const WINDOW: usize = 400;
/// Steps tried in one text: beyond so many candidates, which no agreement has, the window shrinks instead of the time growing.
const MAX_STEPS: usize = 40_000_000;

/// The most that a step can add: the numbers follow one another.
const MAX_GAIN: f32 = 3.0;

/// Indexes of the chosen candidates, in order. `boundary(a, b)` tells whether a heading of a higher level stands between
/// two places, so that the count may begin again.
pub(super) fn choose(candidates: &[Candidate], boundary: impl Fn(usize, usize) -> bool) -> Vec<usize> {
    let style = dominant_case(candidates);
    let window = (MAX_STEPS / candidates.len().max(1)).clamp(8, WINDOW);
    let mut best: Vec<(f32, Option<usize>)> = Vec::with_capacity(candidates.len());
    for (index, candidate) in candidates.iter().enumerate() {
        let own = candidate.score + if Some(candidate.case) == style { 0.75 } else { -0.75 };
        let mut choice = (own + opening(candidate), None);
        // The nearest first: they mostly win, and what cannot win any more need not be compared.
        for earlier in (index.saturating_sub(window)..index).rev() {
            let without_step = best[earlier].0 + own;
            // Two readings of one place.
            if without_step + MAX_GAIN < choice.0 || candidates[earlier].start == candidate.start {
                continue;
            }
            let total = without_step + step(&candidates[earlier], candidate, &boundary);
            // Of equal chains the one that leaves out most is taken.
            if total > choice.0 || total >= choice.0 && choice.1.is_some() {
                choice = (total, Some(earlier));
            }
        }
        best.push(choice);
    }
    let mut chain = Vec::new();
    let mut at = (0..best.len()).max_by(|&one, &other| best[one].0.total_cmp(&best[other].0)).filter(|&end| best[end].0 > 0.0);
    while let Some(index) = at {
        chain.push(index);
        at = best[index].1;
    }
    chain.reverse();
    chain
}

/// The way in which most sure headings are written: a text keeps to one.
fn dominant_case(candidates: &[Candidate]) -> Option<super::marker::Case> {
    use super::marker::Case;
    let count = |case| candidates.iter().filter(|c| c.case == case && c.score >= 2.0).count();
    let (upper, title) = (count(Case::Upper), count(Case::Title));
    if upper == 0 && title == 0 && candidates.iter().all(|c| c.case == Case::Lower) {
        // A text without any capital letter.
        return Some(Case::Lower);
    }
    match upper.cmp(&title) {
        std::cmp::Ordering::Greater => Some(Case::Upper),
        std::cmp::Ordering::Less => Some(Case::Title),
        std::cmp::Ordering::Equal => None,
    }
}

/// What it says for a candidate to open the chain.
fn opening(candidate: &Candidate) -> f32 {
    match &candidate.number {
        Some(number) if number.is_first() => 2.0,
        Some(number) if number.is_open() => 0.0,
        Some(_) => -0.5,
        None => 0.0,
    }
}

/// What two neighbouring numbers of a chain say of one another.
fn step(before: &Candidate, after: &Candidate, boundary: &impl Fn(usize, usize) -> bool) -> f32 {
    let (Some(earlier), Some(later)) = (&before.number, &after.number) else { return 0.0 };
    if later.follows(earlier) {
        return MAX_GAIN;
    }
    if later.is_open() || earlier.is_open() {
        return 0.5;
    }
    let restart = later.is_first() && boundary(before.start, after.start);
    if restart {
        return 1.5;
    }
    match later.skips(earlier) {
        Some(0) => 1.0,
        #[allow(clippy::cast_precision_loss, reason = "skipped numbers are few")]
        Some(skipped) if skipped <= 8 => 0.5 - skipped as f32 * 0.5,
        Some(_) => -4.5,
        None if boundary(before.start, after.start) => -2.5,
        None if later.is_first() => -4.0,
        None => -6.0,
    }
}

#[cfg(test)]
mod tests {
    use super::super::Kind;
    use super::super::marker::candidates;
    use super::choose;

    fn articles(text: &str) -> Vec<String> {
        let all: Vec<_> = candidates(text, |_| false).into_iter().filter(|c| c.kind == Kind::Article).collect();
        choose(&all, |_, _| false).into_iter().map(|index| all[index].number.as_ref().map_or(String::new(), |n| n.text.clone())).collect()
    }

    #[test]
    fn a_reference_at_a_line_start_is_left_out() {
        let text = "Article 1\nScope\nAs set out in\nArticle 7 of this Agreement, the\nParties agree.\nArticle 2\nDuties\nSee Article 1.\nArticle 3\nEnd\n";
        assert_eq!(articles(text), ["1", "2", "3"]);
    }

    #[test]
    fn a_text_without_line_breaks_is_cut() {
        let text = "have agreed as follows: ARTICLE 1 The Parties, under Article 5, shall agree. ARTICLE 2 1. Subject to Article 3 of GATT, duties end. ARTICLE 3 Final. ARTICLE 4 Done.";
        assert_eq!(articles(text), ["1", "2", "3", "4"]);
    }

    #[test]
    fn bis_and_gaps_are_kept() {
        assert_eq!(articles("Article 1\nA.\nArticle 1 bis\nB.\nArticle 2\nC.\nArticle 5\nD.\n"), ["1", "1 bis", "2", "5"]);
    }
}
