//! Rare scalars that do not fit 64 bits beside a tag.

use crate::types::{self, TypeRef};

/// A boxed scalar. Immutable.
#[derive(Clone, PartialEq)]
pub enum Scalar {
    Decimal(rust_decimal::Decimal),
    /// 16 bytes, most significant first in the printed form.
    Guid(u128),
    Enum(EnumValue),
}

/// A member of an enumeration type, or a number in its range without a name.
#[derive(Clone, Copy)]
pub struct EnumValue {
    pub ty: TypeRef,
    pub number: i64,
}

impl PartialEq for EnumValue {
    fn eq(&self, other: &EnumValue) -> bool {
        self.ty.is(other.ty) && self.number == other.number
    }
}

impl Scalar {
    pub fn type_info(&self) -> TypeRef {
        match self {
            Scalar::Decimal(_) => &types::DECIMAL,
            Scalar::Guid(_) => &types::GUID,
            Scalar::Enum(e) => e.ty,
        }
    }
}
