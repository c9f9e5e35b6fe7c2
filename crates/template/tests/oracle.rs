//! Every case of `tests/cases` gives what Go's own `text/template` gave (`tools/go-template-oracle`, whose functions and data have
//! their twins here). Not here: what Helm makes of it.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use chartwright_template::{
    Budget, CallError, Context, ExecError, Execution, Executor, Explain, Function, FunctionTable, LibraryBuilder, Limits, MissingKey,
    NoHost, Options, ParseError, Reentrant, Reentry, Templates,
};
use chartwright_value::{GoKind, Heap, Object, Param, Repr, Signature, Type, Value, json};
use std::any::Any;
use std::sync::Arc;

const DATA: &str = r#"{
 "name": "gopher", "empty": "", "n": 3, "zero": 0, "pi": 3.5, "yes": true, "no": false, "nothing": null,
 "list": ["a", 1, null, {"k": "v"}], "none": [], "map": {"b": 2, "a": "one", "c": null}, "nomap": {},
 "deep": {"er": {"est": "found", "num": 7}}, "odd": "<a href=\"x?y=1&z\">'é\u0000\u2028</a>", "big": 1e21, "text": "{{ .name }}!"
}"#;

struct Thing {
    inner: Value,
}

impl Object for Thing {
    fn type_name(&self) -> &str {
        "*main.thing"
    }

    fn go_kind(&self) -> GoKind {
        GoKind::Ptr
    }

    fn field(&self, heap: &mut Heap, name: &str) -> Option<Value> {
        match name {
            "Name" => Some(heap.string("thing")),
            "Inner" => Some(self.inner),
            _ => None,
        }
    }

    fn method(&self, name: &str) -> Option<Signature> {
        Some(match name {
            "Greet" => Signature::new(&[Param::String], Param::String),
            "Count" => Signature::new(&[], Param::Int),
            "Add" => Signature::new(&[Param::Int, Param::Int], Param::Int),
            "Join" => Signature::variadic(&[Param::String, Param::Any], Param::String),
            "Fail" => Signature::new(&[], Param::String),
            "Any" => Signature::new(&[Param::Any], Param::Any),
            _ => return None,
        })
    }

    fn call(&self, heap: &mut Heap, name: &str, args: &[Value]) -> Result<Value, String> {
        let int = |value: Value| match value.repr() {
            Repr::Int(i) => i,
            _ => 0,
        };
        Ok(match name {
            "Greet" => {
                let text = [b"thing greets ", heap.str(args[0])].concat();
                heap.string(text)
            }
            "Count" => Value::int(42),
            "Add" => Value::int(int(args[0]) + int(args[1])),
            "Join" => {
                let text = [(args.len() - 1).to_string().as_bytes(), heap.str(args[0])].concat();
                heap.string(text)
            }
            "Any" => args[0],
            _ => return Err("thing failed".to_owned()),
        })
    }

    fn format(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"&{thing map[k:1]}");
    }

    fn to_json(&self, heap: &mut Heap) -> Result<Value, String> {
        Ok(heap.map())
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

const fn row(name: &'static str, signature: Signature, call: chartwright_template::Native) -> Function {
    Function { name, signature, call }
}

fn first(_: &mut Context<'_>, args: &[Value]) -> Result<Value, CallError> {
    Ok(args[0])
}

const FUNCTIONS: &[Function] = &[
    row("str", Signature::new(&[Param::String], Param::String), first),
    row("num", Signature::new(&[Param::Int], Param::Int), first),
    row("num64", Signature::new(&[Param::Int64], Param::Int64), first),
    row("unum", Signature::new(&[Param::Uint64], Param::Uint64), first),
    row("float", Signature::new(&[Param::Float64], Param::Float64), first),
    row("boolean", Signature::new(&[Param::Bool], Param::Bool), first),
    row("same", Signature::new(&[Param::Any], Param::Any), first),
    row("list", Signature::variadic(&[Param::Any], Param::List), |ctx, args| Ok(ctx.heap.list(args))),
    row("strs", Signature::variadic(&[Param::String], Param::StringList), |ctx, args| Ok(ctx.heap.list_of(Type::STRING_LIST, args))),
    row("keys", Signature::new(&[Param::Map], Param::Int), |ctx, args| Ok(Value::int(ctx.heap.entries(args[0]).len() as i64))),
    row("count", Signature::new(&[Param::List], Param::Int), |ctx, args| Ok(Value::int(ctx.heap.items(args[0]).len() as i64))),
    row("typed", Signature::new(&[Param::Any], Param::String), |ctx, args| {
        let name = ctx.heap.type_name(args[0]);
        Ok(ctx.heap.string(name))
    }),
    row("fails", Signature::new(&[Param::String], Param::String), |ctx, args| {
        Err(String::from_utf8_lossy(ctx.heap.str(args[0])).into_owned().into())
    }),
    row("two", Signature::new(&[Param::String, Param::Int], Param::String), |ctx, args| {
        let Repr::Int(number) = args[1].repr() else { return Err("no number".into()) };
        let text = [ctx.heap.str(args[0]), number.to_string().as_bytes()].concat();
        Ok(ctx.heap.string(text))
    }),
    row("atleast", Signature::variadic(&[Param::String, Param::Int], Param::Int), |_, args| Ok(Value::int(args.len() as i64 - 1))),
    row("nothing", Signature::new(&[], Param::Any), |_, _| Ok(Value::NIL)),
    row("put", Signature::new(&[Param::Map, Param::String, Param::Any], Param::Map), |ctx, args| {
        ctx.heap.set(args[0], args[1], args[2]);
        Ok(args[0])
    }),
];

const REENTRANT: &[Reentrant] = &[
    Reentrant { name: "include", signature: Signature::new(&[Param::String, Param::Any], Param::String), call: include },
    Reentrant { name: "tpl", signature: Signature::new(&[Param::String, Param::Any], Param::String), call: tpl },
];

fn include(ctx: &mut Context<'_>, templates: &mut Templates<'_>, args: &[Value]) -> Result<Reentry, CallError> {
    let name = ctx.heap.str(args[0]);
    let Some(template) = templates.find(name) else {
        let name = chartwright_go::quote::quoted(name);
        return Err(format!("template: no template {name} associated with template \"gotpl\"").into());
    };
    if templates.nested(&template) > 50 {
        return Err(format!("nested: {}", String::from_utf8_lossy(name)).into());
    }
    let finish = |ctx: &mut Context<'_>, output: &[u8]| Ok(ctx.heap.string(output));
    Ok(Reentry::Execute(Execution { template, dot: args[1], counted: true, finish, explain: None }))
}

fn tpl(ctx: &mut Context<'_>, templates: &mut Templates<'_>, args: &[Value]) -> Result<Reentry, CallError> {
    let text = ctx.heap.str(args[0]);
    let template = templates.compile("gotpl", text).map_err(|error: ParseError| {
        CallError::Failed(format!("cannot parse template {}: {error}", chartwright_go::quote::quoted(text)))
    })?;
    let finish = |ctx: &mut Context<'_>, output: &[u8]| {
        let mut kept = Vec::new();
        chartwright_go::strings::replace(&mut kept, output, b"<no value>", b"");
        Ok(ctx.heap.string(kept))
    };
    let explain = Explain {
        of: args[0],
        text: |heap, text| format!("error during tpl function execution for {}: ", chartwright_go::quote::quoted(heap.str(text))),
    };
    Ok(Reentry::Execute(Execution { template, dot: args[1], counted: false, finish, explain: Some(explain) }))
}

fn data(heap: &mut Heap) -> Value {
    let dot = json::decode_json(heap, DATA.as_bytes()).unwrap();
    let strings = ["x", "y"].map(|text| heap.string(text));
    let strs = heap.list_of(Type::STRING_LIST, &strings);
    let smap = heap.map_of(Type::STRING_MAP);
    let w = heap.string("w");
    heap.put(smap, "q", w);
    let inner = heap.map();
    heap.put(inner, "k", Value::int(1));
    let bytes = heap.byte_list("hi");
    let thing = heap.new_object(Arc::new(Thing { inner }));
    for (key, value) in [
        ("int", Value::int(5)),
        ("uint", Value::uint_of(Type::UINT64, 7)),
        ("strs", strs),
        ("smap", smap),
        ("nilmap", Value::NIL_MAP),
        ("bytes", bytes),
        ("thing", thing),
    ] {
        heap.put(dot, key, value);
    }
    dot
}

fn render(text: &str, missing_key: MissingKey) -> Result<Vec<u8>, String> {
    let functions = FunctionTable::new().with(FUNCTIONS).with_reentrant(REENTRANT);
    let mut builder = LibraryBuilder::new(Arc::new(functions));
    for (i, part) in text.split("\n-- ").enumerate() {
        let (name, body) = if i == 0 { ("main", part) } else { part.split_once('\n').unwrap() };
        builder.add(name, body.as_bytes()).map_err(|error| error.message)?;
    }
    let mut heap = Heap::default();
    let library = builder.finish(&mut heap);
    let mut heap = Heap::new(Arc::new(heap.freeze()));
    let dot = data(&mut heap);
    let mut budget = Budget::new(Limits::default());
    let mut host = NoHost;
    let mut context = Context::new(&mut heap, &mut host, &mut budget, "main");
    let mut executor = Executor::default();
    let result = executor.render(&library, "main", dot, &mut context, Options { missing_key });
    result.map(<[u8]>::to_vec).map_err(|error| checked(error).message)
}

/// The chain's texts end as the whole does, and each level begins within it.
fn checked(error: ExecError) -> ExecError {
    assert!(error.chain().all(|text| error.message.ends_with(text)), "{error:?}");
    assert_eq!(error.chain().next(), Some(error.message.as_str()));
    error
}

#[track_caller]
fn check(cases: &str, expected: &str) {
    let mut wrong = Vec::new();
    let blocks: Vec<&str> = cases.strip_prefix("== ").unwrap().split("\n== ").collect();
    assert_eq!(blocks.len(), expected.lines().count());
    for (block, expected) in blocks.iter().zip(expected.lines()) {
        let (name, text) = block.split_once('\n').unwrap_or((block, ""));
        let missing_key = match name.rsplit_once(" missingkey=").map(|(_, option)| option) {
            Some("default") => MissingKey::Invalid,
            Some("error") => MissingKey::Error,
            _ => MissingKey::Zero,
        };
        let (sort, result) = match render(text.strip_suffix('\n').unwrap_or(text), missing_key) {
            Ok(output) => ("ok", output),
            Err(message) => ("error", message.into_bytes()),
        };
        let found = format!("{name}\t{sort}\t{}", chartwright_go::quote::quoted(&result));
        if found != expected {
            wrong.push(format!("expected {expected}\nfound    {found}\n"));
        }
    }
    assert!(wrong.is_empty(), "{} of {} differ:\n{}", wrong.len(), blocks.len(), wrong.join("\n"));
}

#[test]
fn actions() {
    check(include_str!("cases/actions.txt"), include_str!("cases/actions.expected"));
}

#[test]
fn errors() {
    check(include_str!("cases/errors.txt"), include_str!("cases/errors.expected"));
}

#[test]
fn parse_errors() {
    check(include_str!("cases/parse.txt"), include_str!("cases/parse.expected"));
}
