//! .NET types as data: name, chain, members. A type is compared by address.
//!
//! The types of plain values stand here because every value has a type; their members are given by the crate that
//! implements them, found by [`Kind`]. Any other type carries its members with it.

use crate::error::Result;
use crate::out::Shell;
use crate::value::Value;
use crate::view::View;

/// A type. Types live as long as the process.
pub type TypeRef = &'static TypeInfo;

/// What a type is, for the code that must tell the basic ones apart quickly.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub enum Kind {
    Null,
    Object,
    ValueType,
    Boolean,
    Char,
    SByte,
    Byte,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,
    Single,
    Double,
    Decimal,
    BigInteger,
    DateTime,
    TimeSpan,
    Guid,
    String,
    RuntimeType,
    Array,
    ArrayList,
    GenericList,
    Hashtable,
    OrderedDictionary,
    Dictionary,
    PsObject,
    PsCustomObject,
    ScriptBlock,
    Switch,
    Enum,
    Void,
    /// A type whose members stand in its own tables.
    Other,
}

/// A .NET type.
pub struct TypeInfo {
    /// Full name as .NET prints it: `System.Int32`, `System.Collections.Generic.List`1[System.Int32]`.
    pub name: &'static str,
    pub kind: Kind,
    pub base: Option<TypeRef>,
    pub interfaces: &'static [&'static str],
    /// Item type of arrays and `List<T>`.
    pub element: Option<TypeRef>,
    /// Generic arguments.
    pub arguments: &'static [TypeRef],
    pub members: MemberTable,
    /// Members of an enumeration.
    pub enumeration: Option<&'static EnumInfo>,
    /// The type's own way to be made from another value (`Parse`, a converting constructor). The text of the failure
    /// is what follows `Cannot convert value … to type …. Error: `.
    pub from_value: Option<Maker>,
    /// Display, the default first.
    pub views: &'static [View],
    /// Names shown by `Format-List` when the type has no list view, in order; empty means all properties.
    pub default_properties: &'static [&'static str],
}

/// Names and numbers of an enumeration, in order of definition.
pub struct EnumInfo {
    pub flags: bool,
    pub members: &'static [(&'static str, i64)],
    pub underlying: &'static TypeInfo,
}

/// Members of a type.
#[derive(Clone, Copy)]
pub struct MemberTable {
    pub properties: &'static [Property],
    pub methods: &'static [Method],
    pub static_properties: &'static [Property],
    pub static_methods: &'static [Method],
    /// Constructors, all under the name `new`.
    pub constructors: &'static [Overload],
}

pub type Getter = fn(&mut dyn Shell, &Value) -> Result<Value>;
/// A value of the type from another value, or the text of the failure.
pub type Maker = fn(&Value) -> std::result::Result<Value, String>;
pub type Setter = fn(&mut dyn Shell, &Value, Value) -> Result<()>;
/// The receiver (null for a static call) and the converted arguments.
pub type Caller = fn(&mut dyn Shell, &Value, &[Value]) -> Result<Value>;

/// A property or field.
pub struct Property {
    pub name: &'static str,
    /// The type's name as Get-Member prints it (`string`, `int`, `System.DateTime`).
    pub type_text: &'static str,
    pub get: Getter,
    pub set: Option<Setter>,
    /// Shown by Get-Member only with -Force and never by Format-List *.
    pub hidden: bool,
}

impl Property {
    pub const fn new(name: &'static str, type_text: &'static str, get: Getter) -> Property {
        Property { name, type_text, get, set: None, hidden: false }
    }
    pub const fn settable(mut self, set: Setter) -> Property {
        self.set = Some(set);
        self
    }
}

/// A method with its overloads.
pub struct Method {
    pub name: &'static str,
    pub overloads: &'static [Overload],
}

/// One overload.
pub struct Overload {
    pub parameters: &'static [Parameter],
    /// Result type as Get-Member prints it.
    pub returns: &'static str,
    pub call: Caller,
}

/// A parameter of a method.
pub struct Parameter {
    pub name: &'static str,
    pub ty: TypeRef,
    pub optional: bool,
    /// `params T[]`: takes the rest of the arguments.
    pub rest: bool,
}

impl Parameter {
    pub const fn new(name: &'static str, ty: TypeRef) -> Parameter {
        Parameter { name, ty, optional: false, rest: false }
    }
    pub const fn optional(mut self) -> Parameter {
        self.optional = true;
        self
    }
    pub const fn rest(mut self) -> Parameter {
        self.rest = true;
        self
    }
}

impl MemberTable {
    pub const EMPTY: MemberTable = MemberTable {
        properties: &[],
        methods: &[],
        static_properties: &[],
        static_methods: &[],
        constructors: &[],
    };
    pub const fn of_properties(properties: &'static [Property]) -> MemberTable {
        let mut table = MemberTable::EMPTY;
        table.properties = properties;
        table
    }
}

impl TypeInfo {
    /// A reference type beneath `System.Object` with members of its own.
    pub const fn class(name: &'static str, members: MemberTable) -> TypeInfo {
        TypeInfo { members, ..TypeInfo::basic(name, Kind::Other, Some(&OBJECT)) }
    }

    pub const fn basic(name: &'static str, kind: Kind, base: Option<TypeRef>) -> TypeInfo {
        TypeInfo {
            name,
            kind,
            base,
            interfaces: &[],
            element: None,
            arguments: &[],
            members: MemberTable::EMPTY,
            enumeration: None,
            from_value: None,
            views: &[],
            default_properties: &[],
        }
    }

    pub const fn enumeration(name: &'static str, info: &'static EnumInfo) -> TypeInfo {
        let mut t = TypeInfo::basic(name, Kind::Enum, Some(&ENUM));
        t.enumeration = Some(info);
        t
    }

    pub const fn array(name: &'static str, element: TypeRef) -> TypeInfo {
        let mut t = TypeInfo::basic(name, Kind::Array, Some(&ARRAY));
        t.element = Some(element);
        t
    }

    pub const fn based_on(mut self, base: TypeRef) -> TypeInfo {
        self.base = Some(base);
        self
    }
    pub const fn with_views(mut self, views: &'static [View]) -> TypeInfo {
        self.views = views;
        self
    }
    pub const fn with_default_properties(mut self, names: &'static [&'static str]) -> TypeInfo {
        self.default_properties = names;
        self
    }
    pub const fn made_by(mut self, f: Maker) -> TypeInfo {
        self.from_value = Some(f);
        self
    }

    /// Is this the same type?
    #[inline(always)]
    pub fn is(&self, other: &TypeInfo) -> bool {
        std::ptr::eq(self, other)
    }

    /// Is this type, or a type it derives from, `other`?
    pub fn derives_from(&'static self, other: &TypeInfo) -> bool {
        self.chain().any(|t| t.is(other))
    }

    /// This type and its bases, most derived first.
    pub fn chain(&'static self) -> impl Iterator<Item = TypeRef> {
        std::iter::successors(Some(self), |t| t.base)
    }

    /// The name behind the last dot, without generic arguments' namespaces: `Int32`, `Object[]`, ``List`1``.
    pub fn short_name(&self) -> &'static str {
        let head = match self.name.find('[') {
            Some(i) if self.kind != Kind::Array => &self.name[..i],
            _ => self.name,
        };
        let stem = head.find('[').map_or(head, |i| &head[..i]);
        let start = stem.rfind(['.', '+']).map_or(0, |i| i + 1);
        &head[start..]
    }
}

macro_rules! types {
    ($($id:ident = $name:literal, $kind:ident, $base:expr;)*) => { $( pub static $id: TypeInfo = TypeInfo::basic($name, Kind::$kind, $base); )* };
}

types! {
    OBJECT = "System.Object", Object, None;
    VALUE_TYPE = "System.ValueType", ValueType, Some(&OBJECT);
    ENUM = "System.Enum", ValueType, Some(&VALUE_TYPE);
    BOOLEAN = "System.Boolean", Boolean, Some(&VALUE_TYPE);
    CHAR = "System.Char", Char, Some(&VALUE_TYPE);
    SBYTE = "System.SByte", SByte, Some(&VALUE_TYPE);
    BYTE = "System.Byte", Byte, Some(&VALUE_TYPE);
    INT16 = "System.Int16", Int16, Some(&VALUE_TYPE);
    UINT16 = "System.UInt16", UInt16, Some(&VALUE_TYPE);
    INT32 = "System.Int32", Int32, Some(&VALUE_TYPE);
    UINT32 = "System.UInt32", UInt32, Some(&VALUE_TYPE);
    INT64 = "System.Int64", Int64, Some(&VALUE_TYPE);
    UINT64 = "System.UInt64", UInt64, Some(&VALUE_TYPE);
    SINGLE = "System.Single", Single, Some(&VALUE_TYPE);
    DOUBLE = "System.Double", Double, Some(&VALUE_TYPE);
    DECIMAL = "System.Decimal", Decimal, Some(&VALUE_TYPE);
    DATE_TIME = "System.DateTime", DateTime, Some(&VALUE_TYPE);
    TIME_SPAN = "System.TimeSpan", TimeSpan, Some(&VALUE_TYPE);
    GUID = "System.Guid", Guid, Some(&VALUE_TYPE);
    VOID = "System.Void", Void, Some(&VALUE_TYPE);
    STRING = "System.String", String, Some(&OBJECT);
    TYPE = "System.Type", Other, Some(&OBJECT);
    RUNTIME_TYPE = "System.RuntimeType", RuntimeType, Some(&TYPE);
    ARRAY = "System.Array", Array, Some(&OBJECT);
    ARRAY_LIST = "System.Collections.ArrayList", ArrayList, Some(&OBJECT);
    HASHTABLE = "System.Collections.Hashtable", Hashtable, Some(&OBJECT);
    ORDERED_DICTIONARY = "System.Collections.Specialized.OrderedDictionary", OrderedDictionary, Some(&OBJECT);
    PS_OBJECT = "System.Management.Automation.PSObject", PsObject, Some(&OBJECT);
    PS_CUSTOM_OBJECT = "System.Management.Automation.PSCustomObject", PsCustomObject, Some(&OBJECT);
    PS_SCRIPT_PROPERTY = "System.Management.Automation.PSScriptProperty", Other, Some(&OBJECT);
    SCRIPT_BLOCK = "System.Management.Automation.ScriptBlock", ScriptBlock, Some(&OBJECT);
    SWITCH = "System.Management.Automation.SwitchParameter", Switch, Some(&VALUE_TYPE);
}

pub static OBJECT_ARRAY: TypeInfo = TypeInfo::array("System.Object[]", &OBJECT);
pub static STRING_ARRAY: TypeInfo = TypeInfo::array("System.String[]", &STRING);
pub static INT_ARRAY: TypeInfo = TypeInfo::array("System.Int32[]", &INT32);
pub static LONG_ARRAY: TypeInfo = TypeInfo::array("System.Int64[]", &INT64);
pub static DOUBLE_ARRAY: TypeInfo = TypeInfo::array("System.Double[]", &DOUBLE);
pub static BYTE_ARRAY: TypeInfo = TypeInfo::array("System.Byte[]", &BYTE);
pub static CHAR_ARRAY: TypeInfo = TypeInfo::array("System.Char[]", &CHAR);
pub static TYPE_ARRAY: TypeInfo = TypeInfo::array("System.Type[]", &TYPE);
pub static PS_OBJECT_ARRAY: TypeInfo = TypeInfo::array("System.Management.Automation.PSObject[]", &PS_OBJECT);
pub static SCRIPT_BLOCK_ARRAY: TypeInfo =
    TypeInfo::array("System.Management.Automation.ScriptBlock[]", &SCRIPT_BLOCK);
pub static HASHTABLE_ARRAY: TypeInfo = TypeInfo::array("System.Collections.Hashtable[]", &HASHTABLE);
