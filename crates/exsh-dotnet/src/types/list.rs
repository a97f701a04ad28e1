//! The types of this crate, for the search by name.

use crate::core::{
    console, culture_info, environment, error_record, ps_object, reference, type_object, version,
};
use crate::numbers::{big, math, random};
use crate::text::{builder, convert_type, encoding, regex};
use crate::{collections, net, security, time};
use exsh_core::error::{ERROR_RECORD, EXCEPTION};
use exsh_core::types::*;

macro_rules! interface {
    ($($id:ident = $name:literal;)*) => { $( static $id: TypeInfo = TypeInfo::basic($name, Kind::Other, None); )* };
}
interface! {
    IENUMERABLE = "System.Collections.IEnumerable";
    ICOLLECTION = "System.Collections.ICollection";
    ILIST = "System.Collections.IList";
    IDICTIONARY = "System.Collections.IDictionary";
    ICOMPARABLE = "System.IComparable";
    ICONVERTIBLE = "System.IConvertible";
    IFORMATTABLE = "System.IFormattable";
    ICLONEABLE = "System.ICloneable";
    IDISPOSABLE = "System.IDisposable";
}

pub static ALL: &[TypeRef] = &[
    &OBJECT,
    &VALUE_TYPE,
    &ENUM,
    &BOOLEAN,
    &CHAR,
    &SBYTE,
    &BYTE,
    &INT16,
    &UINT16,
    &INT32,
    &UINT32,
    &INT64,
    &UINT64,
    &SINGLE,
    &DOUBLE,
    &DECIMAL,
    &DATE_TIME,
    &TIME_SPAN,
    &GUID,
    &VOID,
    &STRING,
    &TYPE,
    &RUNTIME_TYPE,
    &ARRAY,
    &ARRAY_LIST,
    &HASHTABLE,
    &ORDERED_DICTIONARY,
    &PS_OBJECT,
    &PS_CUSTOM_OBJECT,
    &SCRIPT_BLOCK,
    &SWITCH,
    &EXCEPTION,
    &ERROR_RECORD,
    &IENUMERABLE,
    &ICOLLECTION,
    &ILIST,
    &IDICTIONARY,
    &ICOMPARABLE,
    &ICONVERTIBLE,
    &IFORMATTABLE,
    &ICLONEABLE,
    &IDISPOSABLE,
    &error_record::CATEGORY_INFO,
    &error_record::ERROR_DETAILS,
    &error_record::INVOCATION_INFO,
    &type_object::ACTIVATOR,
    &version::TYPE,
    &console::TYPE,
    &environment::TYPE,
    &reference::TYPE,
    &culture_info::TYPE,
    &culture_info::PROVIDER,
    &culture_info::NUMBER_FORMAT,
    &culture_info::DATE_FORMAT,
    &culture_info::TEXT_INFO,
    &culture_info::STRING_COMPARER,
    &ps_object::NOTE_PROPERTY,
    &ps_object::ALIAS_PROPERTY,
    &ps_object::SCRIPT_PROPERTY,
    &big::TYPE,
    &math::TYPE,
    &random::TYPE,
    &builder::TYPE,
    &convert_type::TYPE,
    &convert_type::BIT_CONVERTER,
    &encoding::TYPE,
    &encoding::UTF8,
    &encoding::UNICODE,
    &encoding::UTF32,
    &encoding::ASCII,
    &encoding::LATIN1,
    &regex::TYPE,
    &regex::MATCH,
    &regex::GROUP,
    &regex::CAPTURE,
    &collections::entry::TYPE,
    &collections::queue::QUEUE,
    &collections::queue::STACK,
    &time::offset::TYPE,
    &time::stopwatch::TYPE,
];

/// Members of types whose own tables name the type itself: they cannot stand inside it.
pub static LATE: &[(TypeRef, &MemberTable)] = &[
    (&version::TYPE, &version::MEMBERS),
    (&encoding::TYPE, &encoding::MEMBERS),
    (&time::offset::TYPE, &time::offset::MEMBERS),
    (&big::TYPE, &big::MEMBERS),
];

/// Accelerators of a bare start that name a type we have, and two that scripts of old use.
pub static ACCELERATORS: &[(&str, TypeRef)] = &[
    ("array", &ARRAY),
    ("bigint", &big::TYPE),
    ("bool", &BOOLEAN),
    ("byte", &BYTE),
    ("char", &CHAR),
    ("cultureinfo", &culture_info::TYPE),
    ("datetime", &DATE_TIME),
    ("decimal", &DECIMAL),
    ("double", &DOUBLE),
    ("float", &SINGLE),
    ("guid", &GUID),
    ("hashtable", &HASHTABLE),
    ("int", &INT32),
    ("int16", &INT16),
    ("int32", &INT32),
    ("int64", &INT64),
    ("ipaddress", &net::ip_address::IP_ADDRESS),
    ("long", &INT64),
    ("mailaddress", &net::mail_address::MAIL_ADDRESS),
    ("ordered", &ORDERED_DICTIONARY),
    ("pscredential", &security::PS_CREDENTIAL),
    ("pscustomobject", &PS_OBJECT),
    ("psnoteproperty", &ps_object::NOTE_PROPERTY),
    ("psobject", &PS_OBJECT),
    ("ref", &reference::TYPE),
    ("regex", &regex::TYPE),
    ("sbyte", &SBYTE),
    ("scriptblock", &SCRIPT_BLOCK),
    ("securestring", &security::SECURE_STRING),
    ("short", &INT16),
    ("single", &SINGLE),
    ("string", &STRING),
    ("switch", &SWITCH),
    ("timespan", &TIME_SPAN),
    ("type", &TYPE),
    ("uint", &UINT32),
    ("uint16", &UINT16),
    ("uint32", &UINT32),
    ("uint64", &UINT64),
    ("ulong", &UINT64),
    ("uri", &net::uri::URI),
    ("ushort", &UINT16),
    ("version", &version::TYPE),
    ("void", &VOID),
];
