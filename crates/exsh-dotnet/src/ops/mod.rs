//! The language's operators over values.

pub mod arithmetic;
pub mod bits;
pub mod compare;
mod format;
mod join;
mod operator_methods;
pub mod pattern;
mod range;
pub mod regex;
mod split;

pub use compare::{CompareOp, contains, in_};
pub use format::{FormatFailure, compose, format};
pub use join::{join, join_unary};
pub use range::range;
pub use split::{SplitOptions, split, split_block, split_unary};
