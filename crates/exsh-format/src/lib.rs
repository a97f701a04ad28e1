//! Objects to packets to lines: how everything a pipeline ends with is shown.
//!
//! Two halves meet in [`packet::Packet`]. A [`Formatter`] turns objects into packets and knows no width; a
//! [`LineWriter`] turns packets into lines and knows no object. [`DefaultWriter`] joins them, as the end of a pipeline
//! and the `Out-` commands need it. Where lines go is the caller's choice; nothing here prints.

mod cell;
mod choose;
mod custom;
mod detail;
mod display;
pub mod error_view;
mod formatter;
mod list;
pub mod packet;
mod psstyle;
mod read;
pub mod request;
pub mod style;
mod table;
pub mod views;
mod wide;
pub mod width;
mod writer;

pub use error_view::ErrorView;
pub use formatter::Formatter;
pub use packet::Packet;
pub use request::{
    CustomOptions, Expand, Keys, ListOptions, PropertySpec, Request, Shape, TableOptions, WideOptions,
};
pub use style::{Rendering, Style};
pub use views::format_data;
pub use writer::{DefaultWriter, LineWriter};
