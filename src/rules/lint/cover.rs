//! Whether one phrase matches wherever another does. The answer is "yes" only where it is sure.

use crate::rules::phrase::Node;

/// Whether every run of words that `other` matches is matched by `one` as well, from its first word to its last.
pub(super) fn covers(one: &[Node], other: &[Node]) -> bool {
    if one == other {
        return true;
    }
    if let [Node::OneOf(branches)] = other {
        return branches.iter().all(|branch| covers(one, branch));
    }
    if let [Node::OneOf(branches)] = one {
        return branches.iter().any(|branch| covers(branch, other));
    }
    match (one, other) {
        ([one], [other]) => node_covers(one, other),
        _ => {
            one.len() == other.len()
                && one.iter().zip(other).all(|(one, other)| covers(std::slice::from_ref(one), std::slice::from_ref(other)))
        }
    }
}

fn node_covers(one: &Node, other: &Node) -> bool {
    match (one, other) {
        (Node::Stem(stem), Node::Word(word) | Node::Stem(word)) => word.starts_with(stem.as_str()),
        (Node::Any, Node::Word(_) | Node::Stem(_)) => true,
        (Node::Gap(one), Node::Gap(other)) => one >= other,
        _ => one == other,
    }
}

/// Whether a match of `part` stands inside every match of `whole`.
pub(super) fn always_holds(whole: &[Node], part: &[Node]) -> bool {
    let window = (0..whole.len()).any(|start| (start + 1..=whole.len()).any(|end| covers(part, &whole[start..end])));
    window
        || whole.iter().any(|node| match node {
            Node::OneOf(branches) => branches.iter().all(|branch| always_holds(branch, part)),
            _ => false,
        })
}

#[cfg(test)]
mod tests {
    use super::{always_holds, covers};
    use crate::rules::phrase::parse;

    #[test]
    fn what_covers_what() {
        let is = |one: &str, other: &str| covers(&parse(one).expect(one), &parse(other).expect(other));
        assert!(is("film*", "filming"));
        assert!(is("film*", "films"));
        assert!(is("(film* | radio)", "films"));
        assert!(is("a …5 (film* | radio)", "a …3 films"));
        assert!(is("film*", "(filming | filmed)"));
        assert!(!is("film", "film*"));
        assert!(!is("film", "film production"));
        assert!(!is("a …3 b", "a …5 b"));
        assert!(!is("a !b* c", "a !b c"));
    }

    #[test]
    fn what_stands_in_every_match() {
        let is = |whole: &str, part: &str| always_holds(&parse(whole).expect(whole), &parse(part).expect(part));
        assert!(is("the film services", "film*"));
        assert!(is("the (film | film and radio) services", "film"));
        assert!(is("(film services | films) x", "film"));
        assert!(!is("(film | radio) services", "film"));
        assert!(!is("[film] services", "film"));
    }
}
