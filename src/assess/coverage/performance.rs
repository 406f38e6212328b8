//! Bans on performance requirements that culture uses: a level of domestic content, preference for domestic goods or services. No code
//! of the codebook stands for them; they are told by their formula, which hardly varies from one agreement to the next.

use std::sync::LazyLock;

use regex::Regex;

use crate::document::Span;
use crate::rules::Rulebook;
use crate::scan::Scan;
use crate::structure::{Agreement, Kind};
use crate::text::{floor_boundary, pattern};

/// The requirements.
static LOCAL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:level|degree|percentage)\s+(?:or\s+(?:level|degree|percentage)\s+)?of\s+(?:domestic|national|local)\s+content|(?:accord|give|grant)\w*\s+(?:a\s+)?preference\s+to\s+(?:the\s+)?(?:goods|services|products)|(?:local|domestic)[- ]content\s+requirement|(?:niveau|degré|pourcentage)[^.;]{0,40}(?:contenu|teneur)\s+(?:national|local|en\s+éléments)|(?:privilégier|accorder\s+(?:une|la)\s+préférence\s+aux)\s+(?:les\s+)?(?:produits|services|biens)|(?:grado|nivel|porcentaje)[^.;]{0,30}contenido\s+(?:nacional|local)|(?:otorgar|dar)\w*\s+preferencias?\s+a\s+(?:las\s+|los\s+)?(?:mercancías|bienes|productos|servicios)",
    )
});
/// What forbids them.
static FORBIDS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:no|neither)\s+(?:contracting\s+)?part(?:y|ies)\s+(?:may|shall)\b|\b(?:may|shall)\s+not\b|\baucune\s+(?:des\s+)?parties?\b|\bne\s+(?:peu\w+|doi\w+|pourr\w+)\b|\bn['’]impos\w+|\bninguna\s+(?:de\s+las\s+)?partes?\b|\bno\s+(?:podr\w+|deber\w+|impon\w+)",
    )
});

/// The articles on services or investment in which such a requirement is forbidden, in the order of the text.
pub(super) fn bans(agreement: &Agreement, rulebook: &Rulebook, scan: &Scan) -> Vec<usize> {
    /// Bytes of an article between its beginning and the requirement.
    const ARTICLE: usize = 8000;
    let text = agreement.document.text.as_str();
    let themes: Vec<usize> = ["services", "investment"].iter().filter_map(|theme| rulebook.theme(theme)).collect();
    let is_about = |at: usize| themes.iter().any(|&theme| scan.themes.of(at).has(theme));
    let mut found: Vec<usize> = Vec::new();
    for hit in LOCAL.find_iter(text) {
        let article = agreement.article_of(agreement.at(hit.start()));
        if found.last() == Some(&article) || agreement.provisions[article].kind != Kind::Article || !is_about(article) {
            continue;
        }
        let start = agreement.provisions[article].span.start.max(floor_boundary(text, hit.start().saturating_sub(ARTICLE)));
        if FORBIDS.is_match(Span::new(start, hit.start()).of(text)) {
            found.push(article);
        }
    }
    found
}
