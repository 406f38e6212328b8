//! The themes of chapters and articles, from the words of their headings.

use super::fold::Folded;
use super::verify::Reading;
use crate::document::Span;
use crate::rules::Rulebook;
use crate::structure::{Agreement, Kind};

/// A set of themes (indexes in [`Rulebook::themes`]).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ThemeSet(u64);

impl ThemeSet {
    /// Whether the set holds a theme.
    #[must_use]
    pub const fn has(self, theme: usize) -> bool {
        theme < 64 && self.0 & (1 << theme) != 0
    }

    /// Whether the set holds none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// The themes of every provision.
#[derive(Clone, Debug)]
pub struct Themes {
    /// Of the group around the provision and of the article's own heading.
    all: Vec<ThemeSet>,
    /// Of the provision's own heading.
    own: Vec<ThemeSet>,
    /// Of the first words of an article that has no heading.
    opening: Vec<ThemeSet>,
}

impl Themes {
    /// Reads the headings of an agreement.
    pub(super) fn new(agreement: &Agreement, rulebook: &Rulebook, folded: &Folded) -> Self {
        let whole = theme_of_title(agreement, rulebook);
        let mut own = vec![ThemeSet::default(); agreement.provisions.len()];
        let (mut all, mut opening) = (own.clone(), own.clone());
        for (index, provision) in agreement.provisions.iter().enumerate() {
            let inherited = provision.parent.map_or(whole, |parent| all[parent]);
            let headed = provision.kind.is_group() || provision.kind.is_instrument() || provision.kind == Kind::Article;
            if !headed {
                all[index] = inherited;
                continue;
            }
            own[index] = themes_of(rulebook, folded, Span::new(provision.own.start, provision.head_end));
            if provision.kind == Kind::Article && provision.heading.is_none() {
                opening[index] = themes_of(rulebook, folded, Span::new(provision.head_end, provision.span.end));
            }
            // A chapter with a theme of its own does not take that of its title; an article adds its own to the chapter's.
            all[index] = if provision.kind == Kind::Article {
                inherited.with(own[index])
            } else if own[index].is_empty() {
                inherited
            } else {
                own[index]
            };
        }
        Self { all, own, opening }
    }

    /// The themes that hold for a provision.
    #[must_use]
    pub fn of(&self, index: usize) -> ThemeSet {
        self.all.get(index).copied().unwrap_or_default()
    }

    /// The themes of the first words of an article that has no heading.
    #[must_use]
    pub fn opening(&self, index: usize) -> ThemeSet {
        self.opening.get(index).copied().unwrap_or_default()
    }

    /// The themes of a provision's own heading.
    #[must_use]
    pub fn own(&self, index: usize) -> ThemeSet {
        self.own.get(index).copied().unwrap_or_default()
    }
}

/// An agreement on digital trade alone (its title says so, and no other subject) gives the theme to all its parts.
fn theme_of_title(agreement: &Agreement, rulebook: &Rulebook) -> ThemeSet {
    // Without a title page the title is only the first words of the text.
    let known = agreement.document.metadata.title.is_some() || agreement.provisions.iter().any(|provision| provision.kind == Kind::Front);
    if !known {
        return ThemeSet::default();
    }
    let (Some(title), Some(digital)) = (agreement.title.as_deref(), rulebook.theme("digital")) else { return ThemeSet::default() };
    let folded = Folded::new(title, &[]);
    let themes = themes_of(rulebook, &folded, Span::new(0, title.len()));
    let others = ["goods", "services", "investment", "procurement", "culture"];
    let alone = themes.has(digital)
        && !others.iter().any(|name| rulebook.theme(name).is_some_and(|theme| themes.has(theme)))
        && !title.to_lowercase().contains("free trade");
    if alone { ThemeSet(1 << digital) } else { ThemeSet::default() }
}

/// Most words that are looked at: those of a heading, or of a first sentence.
const MAX_WORDS: usize = 40;

fn themes_of(rulebook: &Rulebook, folded: &Folded, words: Span) -> ThemeSet {
    let tokens: Vec<u32> = Folded::indexes(folded.range(words).take(MAX_WORDS)).collect();
    let reading = Reading::new(folded, &tokens);
    let mut set = ThemeSet::default();
    if tokens.is_empty() {
        return set;
    }
    for (theme, named) in rulebook.themes.iter().enumerate().take(64) {
        // Words that stand only inside an exclusion ("financial services" for "services") do not count.
        let excluded: Vec<(usize, usize)> = named.unless.iter().flat_map(|phrase| reading.matches(phrase)).collect();
        let counts = |(start, end): &(usize, usize)| !excluded.iter().any(|(from, to)| from <= start && end <= to);
        if named.say.iter().flat_map(|phrase| reading.matches(phrase)).any(|found| counts(&found)) {
            set = set.with(ThemeSet(1 << theme));
        }
    }
    set
}
