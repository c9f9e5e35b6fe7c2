//! Go types that a template can meet, by number. Opaque objects name their own type (see [`crate::Object`]).

/// A Go type that `typeOf` and `%T` can print.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Type(pub(crate) u8);

/// What `reflect.Kind` says of a type; [`GoKind::name`] is what `kindOf` prints.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum GoKind {
    /// No value at all (`reflect.Invalid`).
    Invalid,
    /// `bool`.
    Bool,
    /// `int`.
    Int,
    /// `int8`.
    Int8,
    /// `int16`.
    Int16,
    /// `int32`.
    Int32,
    /// `int64`.
    Int64,
    /// `uint`.
    Uint,
    /// `uint8`.
    Uint8,
    /// `uint16`.
    Uint16,
    /// `uint32`.
    Uint32,
    /// `uint64`.
    Uint64,
    /// `float32`.
    Float32,
    /// `float64`.
    Float64,
    /// `complex128`.
    Complex128,
    /// `string`.
    String,
    /// `slice`.
    Slice,
    /// `map`.
    Map,
    /// `struct`.
    Struct,
    /// `ptr`.
    Ptr,
    /// `func`.
    Func,
    /// `interface`.
    Interface,
}

impl GoKind {
    /// The name that `reflect.Kind.String` gives.
    pub const fn name(self) -> &'static str {
        match self {
            GoKind::Invalid => "invalid",
            GoKind::Bool => "bool",
            GoKind::Int => "int",
            GoKind::Int8 => "int8",
            GoKind::Int16 => "int16",
            GoKind::Int32 => "int32",
            GoKind::Int64 => "int64",
            GoKind::Uint => "uint",
            GoKind::Uint8 => "uint8",
            GoKind::Uint16 => "uint16",
            GoKind::Uint32 => "uint32",
            GoKind::Uint64 => "uint64",
            GoKind::Float32 => "float32",
            GoKind::Float64 => "float64",
            GoKind::Complex128 => "complex128",
            GoKind::String => "string",
            GoKind::Slice => "slice",
            GoKind::Map => "map",
            GoKind::Struct => "struct",
            GoKind::Ptr => "ptr",
            GoKind::Func => "func",
            GoKind::Interface => "interface",
        }
    }
}

macro_rules! types {
    ($($number:literal $constant:ident $kind:ident $name:literal $doc:literal;)*) => {
        impl Type {
            $(#[doc = $doc] pub const $constant: Type = Type($number);)*
            /// The type's name as `%T` prints it.
            pub const fn name(self) -> &'static str {
                match self.0 { $($number => $name,)* _ => "<nil>" }
            }
            /// The type's `reflect.Kind`.
            pub const fn go_kind(self) -> GoKind {
                match self.0 { $($number => GoKind::$kind,)* _ => GoKind::Invalid }
            }
        }
    };
}

types! {
    0 NONE Invalid "<nil>" "No type: an invalid value or a nil interface.";
    1 BOOL Bool "bool" "`bool`";
    2 INT Int "int" "`int`";
    3 INT8 Int8 "int8" "`int8`";
    4 INT16 Int16 "int16" "`int16`";
    5 INT32 Int32 "int32" "`int32`, also a `rune`";
    6 INT64 Int64 "int64" "`int64`";
    7 UINT Uint "uint" "`uint`";
    8 UINT8 Uint8 "uint8" "`uint8`, also a `byte`";
    9 UINT16 Uint16 "uint16" "`uint16`";
    10 UINT32 Uint32 "uint32" "`uint32`";
    11 UINT64 Uint64 "uint64" "`uint64`";
    12 FLOAT32 Float32 "float32" "`float32`";
    13 FLOAT64 Float64 "float64" "`float64`: every number of a YAML values file";
    14 STRING String "string" "`string`";
    15 LIST Slice "[]interface {}" "`[]interface {}`";
    16 MAP Map "map[string]interface {}" "`map[string]interface {}`";
    17 VALUES Map "common.Values" "Helm 4's `common.Values`, a named map";
    18 VALUES_V3 Map "chartutil.Values" "Helm 3's `chartutil.Values`, a named map";
    19 STRING_LIST Slice "[]string" "`[]string`";
    20 STRING_MAP Map "map[string]string" "`map[string]string`";
    21 BYTES Slice "[]uint8" "`[]uint8`: a [`crate::Kind::String`] payload under a slice type";
    22 INT_LIST Slice "[]int" "`[]int`";
    23 VERSION_SET Slice "common.VersionSet" "Helm 4's `common.VersionSet`, a named list of strings";
    24 VERSION_SET_V3 Slice "chartutil.VersionSet" "Helm 3's `chartutil.VersionSet`";
    25 DURATION Int64 "time.Duration" "`time.Duration`, nanoseconds";
    26 MAP_LIST Slice "[]map[string]interface {}" "`[]map[string]interface {}`";
    27 MONTH Int "time.Month" "`time.Month`";
    28 WEEKDAY Int "time.Weekday" "`time.Weekday`";
    29 OBJECT Ptr "object" "An opaque object, which names its own type";
    30 COMPLEX128 Complex128 "complex128" "`complex128`, held as a list of two floats";
    31 LIST_LIST Slice "[][]interface {}" "`[][]interface {}`, what `chunk` returns";
    32 STRING_LIST_MAP Map "map[string][]string" "`map[string][]string`";
    33 HTML Invalid "template.HTML" "Reserved";
    34 ERROR Interface "error" "`error`";
    35 MAINTAINERS Slice "[]*chart.Maintainer" "Helm 3's `[]*chart.Maintainer`";
    36 DEPENDENCIES Slice "[]*chart.Dependency" "Helm 3's `[]*chart.Dependency`";
}
