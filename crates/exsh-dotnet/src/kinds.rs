//! Which table of members each basic type has.

use crate::{collections, core, numbers, text, time};
use exsh_core::types::{Kind, MemberTable};

static NONE: MemberTable = MemberTable::EMPTY;

pub fn members(kind: Kind) -> &'static MemberTable {
    match kind {
        Kind::Object => &core::object::MEMBERS,
        Kind::Boolean => &core::boolean::MEMBERS,
        Kind::Char => &text::char_type::MEMBERS,
        Kind::String => &text::string::MEMBERS,
        Kind::SByte => &numbers::integer::SBYTE_MEMBERS,
        Kind::Byte => &numbers::integer::BYTE_MEMBERS,
        Kind::Int16 => &numbers::integer::INT16_MEMBERS,
        Kind::UInt16 => &numbers::integer::UINT16_MEMBERS,
        Kind::Int32 => &numbers::integer::INT32_MEMBERS,
        Kind::UInt32 => &numbers::integer::UINT32_MEMBERS,
        Kind::Int64 => &numbers::integer::INT64_MEMBERS,
        Kind::UInt64 => &numbers::integer::UINT64_MEMBERS,
        Kind::Single => &numbers::real::SINGLE_MEMBERS,
        Kind::Double => &numbers::real::DOUBLE_MEMBERS,
        Kind::Decimal => &numbers::decimal::MEMBERS,
        Kind::DateTime => &time::date_time::MEMBERS,
        Kind::TimeSpan => &time::time_span::MEMBERS,
        Kind::Guid => &core::guid::MEMBERS,
        Kind::RuntimeType => &core::type_object::MEMBERS,
        Kind::Array => &collections::array::MEMBERS,
        Kind::ArrayList => &collections::list::ARRAY_LIST_MEMBERS,
        Kind::GenericList => &collections::list::LIST_MEMBERS,
        Kind::Hashtable => &collections::table::HASHTABLE_MEMBERS,
        Kind::OrderedDictionary => &collections::table::ORDERED_MEMBERS,
        Kind::Dictionary => &collections::table::DICTIONARY_MEMBERS,
        Kind::Enum => &core::enumeration::MEMBERS,
        _ => &NONE,
    }
}
