//! The contract all sides of exsh share: values, names, types, errors, how a cmdlet is declared and what it may ask for.
//!
//! It knows nobody in the workspace. An item enters only when both sides of a border need it today.

pub mod cmdlet;
pub mod enumerate;
pub mod error;
pub mod host;
pub mod name;
pub mod object;
pub mod out;
pub mod types;
pub mod value;
pub mod view;

pub use cmdlet::{Bound, Cmdlet, CmdletDecl, Command, FromValue, Param, ParamSpec, Switch};
pub use error::{Category, ErrorRecord, Exception, Flow, Invocation, Position, Result};
pub use host::Host;
pub use name::Name;
pub use object::{Custom, Members, Object, Shape};
pub use out::{Invoke, Out, Shell};
pub use rust_decimal::Decimal;
pub use types::{TypeInfo, TypeRef};
pub use value::{List, Scalar, Str, Table, Value, View};
