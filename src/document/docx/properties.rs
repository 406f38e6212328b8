//! The values of properties, which Word writes into the attribute `val` (ISO/IEC 29500-1, 17.17).

use super::super::xml::Start;

impl Start<'_> {
    /// The attribute `val`, which most properties use.
    pub(super) fn val(&self) -> Option<String> {
        self.spaced("val")
    }

    /// The attribute `val` as a number.
    pub(super) fn number(&self) -> Option<u32> {
        self.val().and_then(|value| value.trim().parse().ok())
    }

    /// A property that is on unless its `val` says otherwise.
    pub(super) fn is_on(&self) -> bool {
        !matches!(self.val().as_deref(), Some("0" | "false" | "off"))
    }
}
