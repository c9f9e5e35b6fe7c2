//! Whatever the input, the engine ends with an ordinary error: nothing recurses on the native stack, and no limit is a panic.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use chartwright_template::{
    Budget, CallError, Context, ErrorKind, ExecError, Execution, Executor, Function, FunctionTable, LibraryBuilder, Limits, NoHost,
    Options, Reentrant, Reentry, Templates,
};
use chartwright_value::{Heap, Param, Signature, Value};
use std::sync::Arc;

const REENTRANT: &[Reentrant] = &[
    Reentrant { name: "include", signature: Signature::new(&[Param::String, Param::Any], Param::String), call: include },
    Reentrant { name: "refuse", signature: Signature::new(&[Param::String, Param::Any], Param::String), call: refuse },
    Reentrant { name: "tpl", signature: Signature::new(&[Param::String, Param::Any], Param::String), call: tpl },
];

const FUNCTIONS: &[Function] = &[Function {
    name: "double",
    signature: Signature::new(&[Param::String], Param::String),
    call: |ctx, args| {
        let text = ctx.heap.str(args[0]).repeat(2);
        Ok(ctx.heap.string(text))
    },
}];

fn execution(template: chartwright_template::TemplateRef, dot: Value) -> Reentry {
    let finish = |ctx: &mut Context<'_>, output: &[u8]| Ok(ctx.heap.string(output));
    Reentry::Execute(Execution { template, dot, counted: true, finish, explain: None })
}

fn include(ctx: &mut Context<'_>, templates: &mut Templates<'_>, args: &[Value]) -> Result<Reentry, CallError> {
    let template = templates.find(ctx.heap.str(args[0])).ok_or("no template")?;
    Ok(execution(template, args[1]))
}

fn refuse(ctx: &mut Context<'_>, templates: &mut Templates<'_>, args: &[Value]) -> Result<Reentry, CallError> {
    let template = templates.find(ctx.heap.str(args[0])).ok_or("no template")?;
    let finish = |_: &mut Context<'_>, output: &[u8]| Err(format!("refused {}", output.len()).into());
    Ok(Reentry::Execute(Execution { template, dot: args[1], counted: true, finish, explain: None }))
}

fn tpl(ctx: &mut Context<'_>, templates: &mut Templates<'_>, args: &[Value]) -> Result<Reentry, CallError> {
    let template = templates.compile("gotpl", ctx.heap.str(args[0])).map_err(|error| error.message)?;
    Ok(execution(template, args[1]))
}

const ROUNDS: usize = 5_000;

const LIMITS: Limits = Limits {
    steps: 10_000_000,
    output_bytes: 1 << 20,
    heap_bytes: 16 << 20,
    value_bytes: 16 << 20,
    template_depth: 100_000,
    include_depth: 1_000,
};

fn render(text: &str) -> Result<Vec<u8>, ExecError> {
    let functions = FunctionTable::new().with(FUNCTIONS).with_reentrant(REENTRANT);
    let mut builder = LibraryBuilder::new(Arc::new(functions));
    builder.add("main", text.as_bytes()).map_err(|error| ExecError {
        message: error.message,
        levels: Vec::new(),
        kind: ErrorKind::NoTemplate,
        hint: None,
    })?;
    let mut heap = Heap::default();
    let library = builder.finish(&mut heap);
    let mut heap = Heap::new(Arc::new(heap.freeze()));
    let mut budget = Budget::new(LIMITS);
    let mut host = NoHost;
    let mut context = Context::new(&mut heap, &mut host, &mut budget, "main");
    Executor::default().render(&library, "main", Value::INVALID, &mut context, Options::default()).map(<[u8]>::to_vec)
}

/// In a thread with as little stack as a browser may give.
#[track_caller]
fn on_a_small_stack<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    std::thread::Builder::new().stack_size(512 << 10).spawn(work).unwrap().join().unwrap()
}

#[track_caller]
fn check_limit(text: &str, expected: &str) {
    let text = text.to_owned();
    let error = on_a_small_stack(move || render(&text)).unwrap_err();
    assert_eq!((error.kind, error.message.as_str()), (ErrorKind::Limit, expected));
}

#[test]
fn nesting_of_any_depth_is_no_recursion() {
    let depth = 9_000;
    let parentheses = format!("{{{{ {}1{} }}}}", "(".repeat(depth), ")".repeat(depth));
    assert_eq!(on_a_small_stack(move || render(&parentheses)).unwrap(), b"1");
    let depth = 50_000;
    let branches = format!("{}x{}", "{{if 1}}".repeat(depth), "{{end}}".repeat(depth));
    assert_eq!(on_a_small_stack(move || render(&branches)).unwrap(), b"x");
    let chain = format!("{{{{if 0}}}}{}{{{{else}}}}y{{{{end}}}}", "{{else if 0}}".repeat(depth));
    assert_eq!(on_a_small_stack(move || render(&chain)).unwrap(), b"y");
    let nested = format!("{}{{{{ printf 1 }}}}{}", "{{with 1}}".repeat(depth), "{{end}}".repeat(depth));
    assert_eq!(on_a_small_stack(move || render(&nested)).unwrap_err().kind, ErrorKind::Failed);
}

#[test]
fn too_many_parentheses_are_a_parse_error() {
    let text = format!("{{{{ {}1{} }}}}", "(".repeat(10_001), ")".repeat(10_001));
    let mut builder = LibraryBuilder::new(Arc::default());
    let error = builder.add("main", text.into_bytes()).unwrap_err();
    assert_eq!(error.message, "template: main:1: max expression depth exceeded");
}

#[test]
fn templates_that_call_themselves_end() {
    let recursion = r#"{{ define "r" }}{{ template "r" }}{{ end }}{{ template "r" }}"#.to_owned();
    let error = on_a_small_stack(move || render(&recursion)).unwrap_err();
    let expected = r#"template: main:1:28: executing "r" at <{{template "r"}}>: exceeded maximum template depth (100000)"#;
    assert_eq!((error.kind, error.message.as_str()), (ErrorKind::Failed, expected));
    check_limit(
        r#"{{ define "r" }}{{ include "r" . }}{{ end }}{{ include "r" . }}"#,
        r#"template: main:1:19: executing "r" at <include "r" .>: templates are nested too deeply"#,
    );
    check_limit(
        r#"{{ define "t" }}{{ tpl "{{ include \"t\" . }}" . }}{{ end }}{{ include "t" . }}"#,
        r#"template: gotpl:1:3: executing "gotpl" at <include "t" .>: templates are nested too deeply"#,
    );
}

#[test]
fn texts_made_up_by_the_thousand_end() {
    check_limit(
        r#"{{ $x := "0123456789abcdef" }}{{ range 12 }}{{ $x = double $x }}{{ end }}{{ range $i := 999999 }}{{ $_ := tpl (printf "{{ 1 }}%d%s" $i $x) 1 }}{{ end }}"#,
        r#"template: main:1:106: executing "main" at <tpl (printf "{{ 1 }}%d%s" $i $x) 1>: the render's values take too much memory"#,
    );
}

/// Pieces of the other tests' cases in any order: whatever they make, it ends without a panic.
#[test]
fn nonsense_is_an_ordinary_error() {
    let cases = [include_str!("cases/actions.txt"), include_str!("cases/errors.txt"), include_str!("cases/parse.txt")].concat();
    let pieces: Vec<&str> = cases.split_inclusive([' ', '.', '"', '(', '|', '\n']).collect();
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut random = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below as u64) as usize
    };
    let mut rendered = 0;
    for _ in 0..ROUNDS {
        let text: String = (0..1 + random(24)).map(|_| pieces[random(pieces.len())]).collect();
        let cut = (0..=random(text.len() + 1)).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
        for text in [text.as_str(), &text[..cut], &format!("{{{{ {text} }}}}")] {
            rendered += render(text).is_ok() as usize;
        }
    }
    assert!(rendered > 0);
}

#[test]
fn a_refused_output_is_blamed_on_the_call() {
    let error = render("{{ define \"t\" }}12345{{ end }}\n  {{ refuse \"t\" 1 }}").unwrap_err();
    assert_eq!(error.message, r#"template: main:2:5: executing "main" at <refuse "t" 1>: error calling refuse: refused 5"#);
    assert_eq!(error.position().map(|position| (position.line, position.column)), Some((2, Some(5))));
}

#[test]
fn loops_end() {
    check_limit(
        "{{ range 9999999999 }}{{ end }}",
        r#"template: main:1:9: executing "main" at <9999999999>: the render takes too many steps"#,
    );
    check_limit(
        "line\n{{ range 9999999999 }}0123456789{{ end }}",
        r#"template: main:2:22: executing "main" at <0123456789>: the render writes too much"#,
    );
}

#[test]
fn values_that_grow_end() {
    check_limit(
        r#"{{ $x := "0123456789" }}{{ range 30 }}{{ $x = double $x }}{{ end }}"#,
        r#"template: main:1:46: executing "main" at <double $x>: the render's values take too much memory"#,
    );
}

#[test]
fn a_failed_render_leaves_the_executor_usable() {
    let mut builder = LibraryBuilder::new(Arc::new(FunctionTable::new().with_reentrant(REENTRANT)));
    builder.add("bad", *br#"text {{ range $i := 3 }}{{ include "deep" . }}{{ end }}{{ define "deep" }}x{{ index . 1 }}{{ end }}"#).unwrap();
    builder.add("good", *b"fine").unwrap();
    let library = builder.finish(&mut Heap::default());
    let mut heap = Heap::default();
    let mut executor = Executor::default();
    for _ in 0..2 {
        let mut budget = Budget::new(LIMITS);
        let mut host = NoHost;
        let mut context = Context::new(&mut heap, &mut host, &mut budget, "main");
        assert!(executor.render(&library, "bad", Value::INVALID, &mut context, Options::default()).is_err());
        let output = executor.render(&library, "good", Value::INVALID, &mut context, Options::default()).unwrap();
        assert_eq!(output, b"fine");
    }
}
