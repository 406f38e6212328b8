//! What annotations show on a page: filled form fields, stamps, words typed onto it (PDF 1.7, 12.5.5).
//!
//! Each is a form XObject that a viewer draws over the page. Comments that open in a window of their own
//! and what is hidden are not shown, so that they are left out here too.

use lopdf::{Dictionary, Object, Stream};

use super::geometry::{Matrix, Rect};
use super::objects::{Objects, as_dictionary};

/// Annotations looked at on one page.
const MAX_ANNOTATIONS: usize = 5_000;
/// The flags of an annotation that is not shown: hidden, and not on screen.
const HIDDEN: u32 = 1 << 1 | 1 << 5;

/// The forms that the annotations of a page draw, each with the matrix that puts it in its place.
pub(super) fn appearances<'a>(objects: &Objects<'a>, page: &'a Dictionary) -> Vec<(&'a Stream, Matrix)> {
    let list = objects.get(page, b"Annots").and_then(|found| found.as_array().ok());
    let annotations = list.into_iter().flatten().take(MAX_ANNOTATIONS).filter_map(|item| objects.resolve(item).and_then(as_dictionary));
    annotations.filter_map(|annotation| appearance(objects, annotation)).collect()
}

fn appearance<'a>(objects: &Objects<'a>, annotation: &'a Dictionary) -> Option<(&'a Stream, Matrix)> {
    let flags = objects.number(annotation, b"F").unwrap_or_default() as u32;
    if flags & HIDDEN != 0 || objects.name(annotation, b"Subtype") == Some(b"Popup") {
        return None;
    }
    let form = match objects.get(objects.dictionary(annotation, b"AP")?, b"N")? {
        Object::Stream(form) => form,
        // A box that is ticked or not has a form for each state.
        Object::Dictionary(states) => objects.stream(states, objects.name(annotation, b"AS")?)?,
        _ => return None,
    };
    let inner = rect(&objects.numbers(&form.dict, b"BBox")?)?;
    let own = objects.numbers(&form.dict, b"Matrix").and_then(|values| Matrix::from_slice(&values)).unwrap_or(Matrix::IDENTITY);
    let corners = [(inner.left, inner.bottom), (inner.left, inner.top), (inner.right, inner.bottom), (inner.right, inner.top)];
    let around = corners.map(|(x, y)| own.point(x, y)).map(|corner| Rect::around(corner, corner)).into_iter().reduce(Rect::union)?;
    let outer = rect(&objects.numbers(annotation, b"Rect")?)?;
    if around.width() <= 0.0 || around.height() <= 0.0 {
        return None;
    }
    let (across, up) = (outer.width() / around.width(), outer.height() / around.height());
    Some((form, Matrix([across, 0.0, 0.0, up, outer.left - around.left * across, outer.bottom - around.bottom * up])))
}

fn rect(values: &[f64]) -> Option<Rect> {
    let [a, b, c, d] = values else { return None };
    Some(Rect::around((*a, *b), (*c, *d)))
}
