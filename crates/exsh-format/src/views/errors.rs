//! Shipped views of errors with everything they know.
//!
//! An ordinary error record has no view here: it is drawn by `error_view`, as `$ErrorView` says.

use super::{Expr, LayoutDef, ViewDef, custom, group, shown, view};
use crate::detail;

pub(super) static VIEWS: &[ViewDef] = &[view(
    &["System.Management.Automation.ErrorRecord#PSExtendedError", "System.Exception#PSExtendedError"],
    "GetErrorInstance",
    LayoutDef::Custom(&[custom(&[shown(Expr::Compute(detail::of_session))])]),
)
.grouped(group(Expr::Property("PSErrorIndex"), Some("ErrorIndex"), &[]))];
