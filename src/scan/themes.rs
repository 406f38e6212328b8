//! The themes of chapters and articles: from the words of their headings, else from the articles inside.

use std::collections::HashMap;

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
        theme < MAX_THEMES && self.0 & (1 << theme) != 0
    }

    /// Whether the set holds none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The themes of the set, in the order of [`Rulebook::themes`].
    pub fn iter(self) -> impl Iterator<Item = usize> {
        (0..MAX_THEMES).filter(move |&theme| self.has(theme))
    }

    const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }
}

/// Most themes of a rulebook that are looked at: a [`ThemeSet`] has a bit for each.
const MAX_THEMES: usize = 64;

/// The themes of every provision.
#[derive(Clone, Debug)]
pub struct Themes {
    /// Of the group around the provision and of the article's own heading.
    all: Vec<ThemeSet>,
    /// Of the provision's own heading.
    own: Vec<ThemeSet>,
    /// Of the first words of an article that has no heading.
    opening: Vec<ThemeSet>,
    /// Of most articles inside a group or annex for which no heading gives a theme.
    content: Vec<ThemeSet>,
    /// By headings and by content, of the provision and of those around it.
    with_content: Vec<ThemeSet>,
}

impl Themes {
    /// Reads the headings of an agreement.
    pub(super) fn new(agreement: &Agreement, rulebook: &Rulebook, folded: &Folded) -> Self {
        let whole = theme_of_title(agreement, rulebook);
        let describing = describing(rulebook);
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
            // A chapter with a theme of its own does not take that of its title, unless the theme only describes; an article
            // adds its own to the chapter's.
            all[index] = if provision.kind == Kind::Article || own[index].without(describing).is_empty() {
                inherited.with(own[index])
            } else {
                own[index]
            };
        }
        let content = content(agreement, describing, &all, &own, &opening);
        let mut with_content = all.clone();
        for (index, provision) in agreement.provisions.iter().enumerate() {
            // A group with a theme in its heading does not take what the articles around it are about.
            let closed = (provision.kind.is_group() || provision.kind.is_instrument()) && !all[index].is_empty();
            let around = provision.parent.filter(|_| !closed).map_or_else(ThemeSet::default, |parent| with_content[parent]);
            with_content[index] = all[index].with(if content[index].is_empty() { around } else { content[index] });
        }
        Self { all, own, opening, content, with_content }
    }

    /// The themes that hold for a provision by the headings: its own, or those around it.
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

    /// The themes of a group or annex for which no heading gives one: those that at least two of its articles, and a third of
    /// them, name in their headings, or in their first words where they have no heading. Rules do not ask for these.
    #[must_use]
    pub fn content(&self, index: usize) -> ThemeSet {
        self.content.get(index).copied().unwrap_or_default()
    }

    /// All themes of a provision: those of the headings, and where a group has none of these, those of its content.
    #[must_use]
    pub fn with_content(&self, index: usize) -> ThemeSet {
        self.with_content.get(index).copied().unwrap_or_default()
    }
}

/// The themes that never take the place of those around them.
fn describing(rulebook: &Rulebook) -> ThemeSet {
    let themes = rulebook.themes.iter().enumerate().take(MAX_THEMES);
    themes.filter(|(_, named)| named.describes_only).fold(ThemeSet::default(), |set, (theme, _)| set.with(ThemeSet(1 << theme)))
}

/// Fewest articles of a group that must name a theme.
const MIN_ARTICLES: u32 = 2;
/// One article in so many must name a theme.
const SHARE: u32 = 3;
/// The same for a theme that only describes.
const SHARE_DESCRIBING: u32 = 2;

/// How many articles a group holds, and how many of them name each theme.
#[derive(Clone)]
struct Votes {
    articles: u32,
    naming: [u32; MAX_THEMES],
}

impl Votes {
    const NONE: Self = Self { articles: 0, naming: [0; MAX_THEMES] };

    fn add(&mut self, other: &Self) {
        self.articles += other.articles;
        for (sum, one) in self.naming.iter_mut().zip(other.naming) {
            *sum += one;
        }
    }

    fn of_article(&mut self, themes: ThemeSet) {
        self.articles += 1;
        for theme in themes.iter() {
            self.naming[theme] += 1;
        }
    }

    /// The themes that enough articles name. Those that only describe must be named by half of the articles, and count only
    /// where nothing else does: many chapters have an article on definitions, one on scope and one on review.
    fn carried(&self, describing: ThemeSet) -> ThemeSet {
        let named_by = |share: u32| {
            let carries = |&theme: &usize| self.naming[theme] >= MIN_ARTICLES && self.naming[theme] * share >= self.articles;
            (0..MAX_THEMES).filter(carries).fold(ThemeSet::default(), |set, theme| set.with(ThemeSet(1 << theme)))
        };
        let telling = named_by(SHARE).without(describing);
        if telling.is_empty() { named_by(SHARE_DESCRIBING) } else { telling }
    }
}

/// The themes of groups and instruments by their articles, where the headings give none.
fn content(agreement: &Agreement, describing: ThemeSet, all: &[ThemeSet], own: &[ThemeSet], opening: &[ThemeSet]) -> Vec<ThemeSet> {
    let mut content = vec![ThemeSet::default(); agreement.provisions.len()];
    let mut votes: HashMap<usize, Votes> = HashMap::new();
    // A parent stands before its children, so that in reverse every group is complete when its turn comes: each provision is
    // looked at once, and each group is added once to the one around it.
    for (index, provision) in agreement.provisions.iter().enumerate().rev() {
        let Some(parent) = provision.parent else { continue };
        if provision.kind == Kind::Article {
            // First words name many things by the way ("the Common Market Council shall …").
            votes.entry(parent).or_insert(Votes::NONE).of_article(own[index].with(opening[index].without(describing)));
        } else if (provision.kind.is_group() || provision.kind.is_instrument())
            && let Some(inside) = votes.remove(&index)
        {
            if all[index].is_empty() {
                content[index] = inside.carried(describing);
            }
            votes.entry(parent).or_insert(Votes::NONE).add(&inside);
        }
    }
    content
}

/// An agreement on digital trade alone (its title says so, and no other subject) gives the theme to all its parts.
fn theme_of_title(agreement: &Agreement, rulebook: &Rulebook) -> ThemeSet {
    // Without a title page the title is only the first words of the text.
    let known = agreement.document.metadata.title.is_some() || agreement.provisions.iter().any(|provision| provision.kind == Kind::Front);
    if !known {
        return ThemeSet::default();
    }
    let (Some(title), Some(digital)) = (agreement.title.as_deref(), rulebook.theme("digital")) else { return ThemeSet::default() };
    let folded = Folded::new(title, &[], &rulebook.compiled.lexicon);
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
    let mut set = ThemeSet::default();
    if tokens.is_empty() {
        return set;
    }
    let reading = Reading::new(folded, tokens);
    for (theme, named) in rulebook.compiled.themes.iter().enumerate().take(MAX_THEMES) {
        let mut said = named.say.iter().flat_map(|phrase| reading.matches(phrase)).peekable();
        if said.peek().is_none() {
            continue;
        }
        // Words that stand only inside an exclusion ("financial services" for "services") do not count.
        let excluded: Vec<(usize, usize)> = named.unless.iter().flat_map(|phrase| reading.matches(phrase)).collect();
        let counts = |(start, end): &(usize, usize)| !excluded.iter().any(|(from, to)| from <= start && end <= to);
        if said.any(|found| counts(&found)) {
            set = set.with(ThemeSet(1 << theme));
        }
    }
    set
}

#[cfg(test)]
mod tests {
    use super::{Themes, themes_of};
    use crate::document::{self, Span};
    use crate::rules::Rulebook;
    use crate::scan::fold::Folded;
    use crate::structure::Agreement;

    fn rulebook() -> Rulebook {
        Rulebook::of_themes().expect("the themes are checked")
    }

    fn of_heading(heading: &str) -> Vec<String> {
        let rulebook = rulebook();
        let themes = themes_of(&rulebook, &Folded::new(heading, &[], &rulebook.compiled.lexicon), Span::new(0, heading.len()));
        themes.iter().map(|theme| rulebook.themes[theme].id.clone()).collect()
    }

    /// The themes of the provision with an id: by headings, by content, by both.
    fn of_provision(text: &str, id: &str) -> [Vec<String>; 3] {
        let rulebook = rulebook();
        let agreement = Agreement::new(document::read(text.as_bytes()).expect("text"));
        let themes: Themes = super::super::themes(&agreement, &rulebook);
        let ids = || agreement.provisions.iter().map(|provision| provision.id.as_str()).collect::<Vec<_>>();
        let index = agreement.provisions.iter().position(|provision| provision.id == id).unwrap_or_else(|| panic!("{id} in {:?}", ids()));
        [themes.of(index), themes.content(index), themes.with_content(index)]
            .map(|set| set.iter().map(|theme| rulebook.themes[theme].id.clone()).collect())
    }

    #[test]
    fn headings_in_three_languages() {
        for (heading, wanted) in [
            ("Public Sector Purchases", &["procurement"][..]),
            ("Compras del sector público", &["procurement"]),
            ("Achats publics", &["procurement"]),
            ("Unfair International Trade Practices", &["remedies"]),
            ("Prácticas desleales de comercio", &["remedies"]),
            ("Pratiques commerciales déloyales", &["remedies"]),
            ("Trade Defense Measures", &["remedies"]),
            ("Antidumping and Countervailing Duties", &["remedies"]),
            ("Régimen de origen", &["rules-of-origin"]),
            ("Proof of Origin", &["rules-of-origin"]),
            ("Preuve de l'origine", &["rules-of-origin"]),
            ("Medidas de normalización", &["standards"]),
            ("Règlements techniques", &["standards"]),
            ("Current Payments and Movement of Capital", &["payments-capital"]),
            ("Pagos corrientes y movimientos de capital", &["payments-capital"]),
            ("Dialogue politique", &["political-dialogue"]),
            ("Transport maritime", &["transport"]),
            ("Pesca", &["fisheries"]),
            ("Tourisme", &["tourism"]),
            ("Productos agrícolas", &["goods", "agriculture"]),
            ("Transparencia", &["transparency"]),
            ("Disposiciones iniciales", &["general-provisions"]),
        ] {
            assert_eq!(of_heading(heading), wanted, "{heading}");
        }
    }

    #[test]
    fn the_environment_of_business_is_no_environment() {
        assert_eq!(of_heading("Improvement of the Business Environment"), ["enterprises"]);
        assert_eq!(of_heading("Amélioration de l'environnement des affaires"), ["enterprises"]);
        assert_eq!(of_heading("Mejora del ambiente de negocios"), ["enterprises"]);
        assert_eq!(of_heading("Trade and Environment"), ["labour-environment"]);
    }

    #[test]
    fn a_theme_that_describes_does_not_take_the_place_of_the_one_around_it() {
        let text = "TITLE I\nTRADE IN SERVICES\nCHAPTER 1\nMARITIME TRANSPORT\nArticle 1\nScope\nIt applies.\n\
            CHAPTER 2\nINVESTMENT\nArticle 2\nScope\nIt applies.\n";
        assert_eq!(of_provision(text, "title_I__ch_1")[0], ["services", "transport"]);
        // A theme of the other kind does.
        assert_eq!(of_provision(text, "title_I__ch_2")[0], ["investment"]);
    }

    const THREE: &str = "CHAPTER 1\nOTHER MATTERS\nArticle 1\nTrade Secrets and Copyright\nIt applies.\nArticle 2\nCopyright Offices\n\
        They meet.\nArticle 3\nDefinitions\nWords have a meaning.\n";

    #[test]
    fn articles_give_their_theme_to_a_chapter_whose_heading_is_silent() {
        let [headings, content, both] = of_provision(THREE, "ch_1");
        assert!(headings.is_empty());
        assert_eq!((content, both), (vec!["ip".to_owned()], vec!["ip".to_owned()]));
        // What stands in the chapter takes it along.
        assert_eq!(of_provision(THREE, "ch_1__art_3")[2], ["ip", "general-provisions"]);
        assert_eq!(of_provision(THREE, "ch_1__art_3")[0], ["general-provisions"]);
    }

    #[test]
    fn one_article_or_less_than_a_third_is_not_enough() {
        let one = THREE.replace("Copyright Offices", "Offices");
        assert!(of_provision(&one, "ch_1")[1].is_empty());
        let mut many = THREE.to_owned();
        for number in 4..=7 {
            many.push_str(&format!("Article {number}\nOffices\nThey meet.\n"));
        }
        assert!(of_provision(&many, "ch_1")[1].is_empty(), "two of seven");
    }

    #[test]
    fn a_heading_that_tells_is_not_outvoted() {
        let text = THREE.replace("OTHER MATTERS", "INVESTMENT");
        let [headings, content, both] = of_provision(&text, "ch_1");
        assert_eq!((headings, both), (vec!["investment".to_owned()], vec!["investment".to_owned()]));
        assert!(content.is_empty());
    }

    #[test]
    fn first_words_vote_where_articles_have_no_headings() {
        let text = "CHAPTER I\n\nArticle 1\n\nThe tariffs of the Parties shall be reduced by half on the first day.\n\nArticle 2\n\n\
            The customs duties that remain shall be removed within five years.\n\nArticle 3\n\nThe Parties shall meet.\n";
        assert_eq!(of_provision(text, "ch_I")[1], ["goods"]);
    }
}
