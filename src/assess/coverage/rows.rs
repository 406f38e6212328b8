//! Which chapters have a row, and for which theme.

use super::Theme;
use crate::assess::reach::covers;
use crate::rules::Rulebook;
use crate::scan::Scan;
use crate::structure::{Agreement, Kind};

/// Themes that an article inside a chapter of another theme may bring along, when no chapter of the agreement has them.
const CARRIED_BY_ARTICLES: [Theme; 5] = [Theme::Persons, Theme::Digital, Theme::Procurement, Theme::SubsidiesCompetition, Theme::Ip];
/// Themes whose chapters give no row and carry none along.
const WITHOUT_ROW: [&str; 10] = [
    "exceptions",
    "cooperation",
    "culture",
    "rules-of-origin",
    "customs",
    "standards",
    "remedies",
    "disputes",
    "institutions",
    "approximation",
];

/// The chapters and themes that have a row, in the order of the text.
pub(super) fn rows(agreement: &Agreement, rulebook: &Rulebook, scan: &Scan) -> Vec<(usize, Theme, bool)> {
    let own = |node: usize| -> Vec<(Theme, bool)> {
        let themes = scan.themes.own(node);
        let mut list: Vec<(Theme, bool)> = Vec::new();
        for (theme, name) in Theme::ALL {
            if rulebook.theme(name).is_some_and(|index| themes.has(index)) && !list.iter().any(|(known, _)| *known == theme) {
                list.push((theme, name == "telecommunications"));
            }
        }
        let left_out = |name: &&str| rulebook.theme(name).is_some_and(|index| themes.has(index));
        if WITHOUT_ROW.iter().any(left_out)
            && !list.iter().any(|(theme, _)| matches!(theme, Theme::SubsidiesCompetition | Theme::Services | Theme::Investment))
        {
            Vec::new()
        } else {
            list
        }
    };
    let groups: Vec<usize> = (0..agreement.provisions.len()).filter(|&index| agreement.provisions[index].kind.is_group()).collect();
    let mut rows: Vec<(usize, Theme, bool)> = Vec::new();
    for &node in &groups {
        for (theme, telecommunications) in own(node) {
            // Inside a chapter of the same theme a section gives no second row.
            let around = agreement.lineage(node).skip(1).any(|outer| {
                agreement.provisions[outer].kind == Kind::Chapter
                    && own(outer).iter().any(|(known, _)| *known == theme)
                    && own(outer).len() == 1
            });
            // Where the groups inside have the theme, they give the rows.
            let inside = groups.iter().any(|&inner| {
                inner != node
                    && covers(agreement, node, inner)
                    && own(inner).iter().any(|(known, _)| *known == theme)
                    && !(agreement.provisions[node].kind == Kind::Chapter && own(node).len() == 1)
            });
            if !around && !inside {
                rows.push((node, theme, telecommunications));
            }
        }
    }
    // Subjects that the agreement treats in single articles.
    for theme in CARRIED_BY_ARTICLES {
        if rows.iter().any(|(_, known, _)| *known == theme) {
            continue;
        }
        let Some(index) = rulebook.theme(theme.name()) else { continue };
        for (node, provision) in agreement.provisions.iter().enumerate() {
            // An article without a heading is taken at its first words.
            let named = scan.themes.own(node).has(index) || scan.themes.opening(node).has(index) && theme != Theme::Persons;
            if provision.kind != Kind::Article || !named {
                continue;
            }
            let Some(group) = agreement.lineage(node).find(|&at| agreement.provisions[at].kind.is_group()) else { continue };
            let themes = scan.themes.of(group);
            let left_out = WITHOUT_ROW.iter().any(|name| rulebook.theme(name).is_some_and(|index| themes.has(index)));
            // A services chapter with an article on subsidies is no chapter on subsidies; one on "competition and other matters" may hold anything.
            let mixed = own(group).iter().all(|(theme, _)| *theme == Theme::SubsidiesCompetition) && theme != Theme::Persons
                || theme == Theme::Digital
                || theme == Theme::Persons && !own(group).is_empty();
            if mixed && (!left_out || !own(group).is_empty()) && !rows.iter().any(|(known, other, _)| *known == group && *other == theme) {
                rows.push((group, theme, false));
            }
        }
    }
    // What the chapters on goods have in common binds goods.
    if let Some(common) = rulebook.theme("common-provisions") {
        for &node in groups.iter().filter(|&&node| scan.themes.own(node).has(common) && own(node).is_empty()) {
            let parent = agreement.provisions[node].parent;
            let nearest =
                rows.iter().filter(|(row, ..)| *row < node && agreement.provisions[*row].parent == parent).max_by_key(|(row, ..)| *row);
            if nearest.is_some_and(|(_, theme, _)| *theme == Theme::Goods) {
                rows.push((node, Theme::Goods, false));
            }
        }
    }
    // A regime on e-commerce always has a row.
    if !rows.iter().any(|(_, theme, _)| *theme == Theme::Digital)
        && let Some(regime) = scan.findings.iter().find(|finding| finding.code == "digital.regime")
        && let Some(group) = agreement.lineage(regime.index).find(|&at| agreement.provisions[at].kind.is_group())
    {
        rows.push((group, Theme::Digital, false));
    }
    rows.sort_by_key(|(node, theme, _)| (*node, *theme));
    rows.dedup();
    rows
}
