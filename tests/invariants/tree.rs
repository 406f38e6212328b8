//! What must hold of every tree of provisions.

use std::collections::HashSet;

use clausula::structure::Agreement;

/// The promises of a tree: nothing is lost, provisions stand in one another, ids are unique and the same at every reading, and the
/// review speaks of what is there.
///
/// # Errors
/// The first promise that is not kept.
pub fn check(agreement: &Agreement) -> Result<(), String> {
    let (text, provisions) = (agreement.document.text.as_str(), agreement.provisions.as_slice());
    let mut at = 0;
    let mut ids = HashSet::new();
    for (index, provision) in provisions.iter().enumerate() {
        let (id, span, own) = (&provision.id, provision.span, provision.own);
        if own.start != at || own.end < at || !text.is_char_boundary(own.end) {
            return Err(format!("words are lost before {own:?} of {id}"));
        }
        at = own.end;
        if id.is_empty() || !ids.insert(id) {
            return Err(format!("the id {id:?} comes twice or is empty"));
        }
        if span.start != own.start || span.end < own.end {
            return Err(format!("the own words {own:?} of {id} do not begin its span {span:?}"));
        }
        if provision.head_end < own.start || provision.head_end > own.end || !text.is_char_boundary(provision.head_end) {
            return Err(format!("the heading of {id} ends at {}, outside its words {own:?}", provision.head_end));
        }
        match provision.parent {
            None if index > 0 => return Err(format!("{id} stands in nothing")),
            Some(parent) if parent >= index => return Err(format!("{id} stands before what it stands in")),
            Some(parent) if span.start < provisions[parent].span.start || span.end > provisions[parent].span.end => {
                return Err(format!("{id} {span:?} reaches out of {} {:?}", provisions[parent].id, provisions[parent].span));
            }
            _ => {}
        }
    }
    if at != text.len() {
        return Err(format!("words are lost after {at} of {}", text.len()));
    }
    let again = Agreement::new(agreement.document.clone());
    if !again.provisions.iter().map(|provision| &provision.id).eq(provisions.iter().map(|provision| &provision.id)) {
        return Err("a second reading gives other ids".to_owned());
    }
    let review = agreement.review();
    if review.provisions.len() != provisions.len() || review.provisions.iter().any(|value| !(0.0..=1.0).contains(value)) {
        return Err("the confidence is no share of one for each provision".to_owned());
    }
    if review.oddities.iter().any(|oddity| oddity.provision >= provisions.len() || oddity.message.len() < 15) {
        return Err("an oddity names no place or says nothing".to_owned());
    }
    Ok(())
}
