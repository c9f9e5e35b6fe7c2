//! A function's Go signature, from which arity and type errors come.

/// The static Go type of a parameter or a result.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Param {
    /// `interface {}`.
    Any,
    /// `reflect.Value`, as the builtins take: like [`Param::Any`], but a nil or missing argument arrives as it is.
    Reflect,
    /// `bool`.
    Bool,
    /// `string`.
    String,
    /// `int`.
    Int,
    /// `int64`.
    Int64,
    /// `uint32`.
    Uint32,
    /// `uint64`.
    Uint64,
    /// `float64`.
    Float64,
    /// `[]interface {}`.
    List,
    /// `[]string`.
    StringList,
    /// `[]uint8`.
    Bytes,
    /// `map[string]interface {}`.
    Map,
    /// `map[string]string`.
    StringMap,
    /// `time.Duration`.
    Duration,
    /// `error`.
    Error,
    /// An opaque type by its name, as `%T` prints it: `time.Time`, `sprig.certificate`.
    Object(&'static str),
    /// Any other type by its name, for results that only errors ever mention.
    Named(&'static str),
}

impl Param {
    /// The type's name as Go's errors print it.
    pub const fn name(self) -> &'static str {
        match self {
            Param::Any => "interface {}",
            Param::Reflect => "reflect.Value",
            Param::Bool => "bool",
            Param::String => "string",
            Param::Int => "int",
            Param::Int64 => "int64",
            Param::Uint32 => "uint32",
            Param::Uint64 => "uint64",
            Param::Float64 => "float64",
            Param::List => "[]interface {}",
            Param::StringList => "[]string",
            Param::Bytes => "[]uint8",
            Param::Map => "map[string]interface {}",
            Param::StringMap => "map[string]string",
            Param::Duration => "time.Duration",
            Param::Error => "error",
            Param::Object(name) | Param::Named(name) => name,
        }
    }
}

/// A function's or method's parameters and result.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Signature {
    /// Parameters in order; of a variadic function the last is the element's type.
    pub params: &'static [Param],
    /// Whether the last parameter may come any number of times.
    pub variadic: bool,
    /// The (first) result.
    pub result: Param,
}

impl Signature {
    /// A function of exactly these parameters.
    pub const fn new(params: &'static [Param], result: Param) -> Signature {
        Signature { params, variadic: false, result }
    }

    /// A function whose last parameter may come any number of times.
    pub const fn variadic(params: &'static [Param], result: Param) -> Signature {
        Signature { params, variadic: true, result }
    }
}
