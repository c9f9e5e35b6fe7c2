//! Expressions and what they come to. What a real API server makes of rules in definitions is in `tests/cel.rs`.

use std::collections::HashSet;
use std::rc::Rc;

use super::*;

/// An object with the fields `a` (not there), `n`, `s`, `l`, `t`, `keyed`, `labels`, `either` and `unknown`.
fn own() -> Value {
    let fields = ["a", "n", "s", "l", "t", "keyed", "labels", "either", "unknown"];
    let known: HashSet<Box<str>> = fields.into_iter().map(Into::into).collect();
    let set = List { items: vec![Value::text("x"), Value::text("y")], kind: ListKind::Set };
    let item = |key: &str| {
        let known = Rc::new(["k"].into_iter().map(Into::into).collect());
        Value::Map(Rc::new(Map::of_document(vec![("k".into(), Value::text(key))], MapKind::Object(known), false)))
    };
    let keyed = List { items: vec![item("p"), item("q")], kind: ListKind::Keyed(vec!["k".into()].into()) };
    let labels = Map::of_document(vec![("one".into(), Value::text("1")), ("two".into(), Value::text("2"))], MapKind::Free, false);
    let entries = vec![
        ("n".into(), Value::Int(7)),
        ("s".into(), Value::text("héllo")),
        ("l".into(), Value::list(vec![Value::Int(3), Value::Int(1), Value::Int(2)])),
        ("t".into(), Value::List(Rc::new(set))),
        ("keyed".into(), Value::List(Rc::new(keyed))),
        ("labels".into(), Value::Map(Rc::new(labels))),
        ("either".into(), Value::Int(5)),
        ("unknown".into(), Value::Opaque),
    ];
    Value::Map(Rc::new(Map::of_document(entries, MapKind::Object(Rc::new(known)), false)))
}

fn result(text: &str) -> String {
    let Some(program) = Program::parse(text) else { return "not read".to_owned() };
    let variables = Variables { own: Some(own()), old: None };
    match evaluate(&program, &variables, &mut Budget::default()) {
        Ok(Value::Bool(truth)) => truth.to_string(),
        Ok(other) => format!("{other:?}"),
        Err(Stop::Error(text)) => text,
        Err(Stop::Unknown) => "unknown".to_owned(),
    }
}

#[track_caller]
fn check(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(result(text), *expected, "{text}");
    }
}

/// Expressions that hold.
#[track_caller]
fn hold(cases: &[&str]) {
    for text in cases {
        assert_eq!(result(text), "true", "{text}");
    }
}

#[test]
fn literals() {
    hold(&[
        r#"'a\x62\u0063\U00000064\145\n\t\"\'\`\?' == "abcde\n\t\"'`?""#,
        r#"r'\d' == '\\d' && R"\d" == r'''\d'''"#,
        "'''it's\n\"so\"''' == 'it\\'s\\n\"so\"'",
        r"b'\xff\101' == b'\377A' && size(b'é') == 2 && br'\x' == b'\\x'",
        "0x1F == 31 && 0x1fu == 31u && -0x1 == -1",
        "1e3 == 1000.0 && .5 == 0.5 && 1.5E-1 == 0.15",
        "-9223372036854775808 < 9223372036854775807",
        "[1, 2,] == [1, 2] && {'a': 1,} == {'a': 1} && {1: 'x'}[1] == 'x' && {true: 1}[true] == 1",
        "[1, ?optional.none(), ?optional.of(2)] == [1, 2] && {?'a': optional.none(), ?'b': optional.of(1)} == {'b': 1}",
        "null == null && type(null) == null_type // a comment",
    ]);
    for text in ["'\\d'", "'a\nb'", "'a", "9223372036854775808", "a b", "f(", "x.nothing(1)", "Message{a: 1}", "'\\ud800'", "[1 2]", "1 +"]
    {
        assert_eq!(result(text), "not read", "{text}");
    }
}

#[test]
fn operators_and_their_order() {
    hold(&[
        "1 + 2 * 3 == 7 && (1 + 2) * 3 == 9 && 7 - 2 - 1 == 4 && 7 / 2 == 3 && -7 / 2 == -3 && -7 % 2 == -1",
        "true || false && false",
        "!false && !!true && -(-1) == 1 && - -1 == 1",
        "1 < 2 == true",
        "1 in [1, 2] && !(3 in [1, 2]) && 'one' in self.labels && 'x' in self.t",
        "false ? false : true ? true : false",
        "(true ? false : true) ? false : true",
        "1 == 1.0 && 1u == 1 && 2.5 > 2 && 2u < 2.5 && -1 < 0u && 9007199254740993 > 9007199254740992.0",
        "'a' < 'b' && b'a' < b'b' && false < true && duration('1s') < duration('1m')",
        "'a' + 'b' == 'ab' && [1] + [2] == [1, 2] && b'a' + b'b' == b'ab'",
        "duration('1h') + duration('30m') == duration('90m') && timestamp('2020-01-01T00:00:00Z') + duration('24h') == timestamp('2020-01-02T00:00:00Z')",
        "timestamp('2020-01-02T00:00:00Z') - timestamp('2020-01-01T00:00:00Z') == duration('24h')",
        "1 != 'a' && [1] != [2] && {'a': 1} != {'b': 1} && double('NaN') != double('NaN')",
    ]);
    check(&[
        ("1 / 0 == 0", "division by zero"),
        ("1 % 0 == 0", "modulus by zero"),
        ("9223372036854775807 + 1 == 0", "integer overflow"),
        ("0u - 1u == 0u", "unsigned integer overflow"),
        ("-(-9223372036854775808) == 0", "integer overflow"),
        ("double('NaN') < 1.0", "NaN values cannot be ordered"),
        ("timestamp('9999-12-31T23:59:59Z') + duration('1s') == timestamp(0)", "timestamp overflow"),
        ("self.either + 'a' == ''", "no such overload"),
        ("true + 1 == 2", "no such overload: _+_"),
    ]);
}

#[test]
fn errors_count_only_where_nothing_else_decides() {
    check(&[
        ("1 / 0 == 1 || true", "true"),
        ("true || 1 / 0 == 1", "true"),
        ("1 / 0 == 1 && false", "false"),
        ("1 / 0 == 1 && true", "division by zero"),
        ("1 / 0 == 1 || 1 % 0 == 1", "division by zero"),
        ("[0, 1].exists(x, 1 / x == 1)", "true"),
        ("[0, 1].all(x, 1 / x == 2)", "false"),
        ("[0, 1].all(x, 1 / x == 1)", "division by zero"),
        ("[0, 1].exists_one(x, 1 / x == 1)", "division by zero"),
        ("[1, 0].map(x, 1 / x) == [1]", "division by zero"),
        ("false ? 1 / 0 == 1 : true", "true"),
        ("self.nothing == 1 || true", "unknown"),
        ("true || self.nothing == 1", "true"),
    ]);
}

#[test]
fn fields_and_items() {
    hold(&[
        "self.n == 7 && self['s'] == 'héllo' && self.l[0] == 3 && self.labels.one == '1' && self.labels['two'] == '2'",
        "has(self.n) && !has(self.a) && !has(self.labels.three) && has(self.labels.one)",
        "!self.?a.hasValue() && self.?n.value() == 7 && self.?a.orValue(3) == 3 && self.?labels.one.orValue('') == '1'",
        "self.l[?9].orValue(0) == 0 && self.labels[?'one'] == optional.of('1') && self.?a.b.c == optional.none()",
        "self.?a.or(self.?n) == optional.of(7) && optional.of(2).optMap(x, x + 1).value() == 3",
        "optional.of(2).optFlatMap(x, x > 1 ? optional.none() : optional.of(x)) == optional.none()",
        "optional.ofNonZeroValue('') == optional.none() && [optional.of(1), optional.none()].unwrapOpt() == [1]",
        "self.l.first() == optional.of(3) && self.l.last().value() == 2 && !has(self.?a.b)",
    ]);
    check(&[
        ("self.a == 1", "no such key: a"),
        ("self.labels.three == ''", "no such key: three"),
        ("self.l[3] == 0", "index out of bounds: 3"),
        ("self.l[-1] == 0", "index out of bounds: -1"),
        ("{1: 2}[3] == 0", "no such key: 3"),
        ("optional.none().value() == 1", "optional.none() dereference"),
        ("self.foo == 1", "unknown"),
        ("has(self.foo)", "unknown"),
        ("foo == 1", "unknown"),
        ("self.unknown == self.unknown", "unknown"),
        ("oldSelf == self", "unknown"),
    ]);
}

#[test]
fn macros() {
    hold(&[
        "self.l.all(x, x > 0) && self.l.exists(x, x == 2) && self.l.exists_one(x, x == 2) && !self.l.existsOne(i, x, x > 1)",
        "self.l.map(x, x * 2) == [6, 2, 4] && self.l.map(x, x > 1, x * 2) == [6, 4] && self.l.filter(x, x > 1) == [3, 2]",
        "self.labels.all(k, self.labels[k].size() == 1) && self.labels.map(k, k).sort() == ['one', 'two']",
        "[[1], [2]].all(x, x.all(y, x.exists(z, z == y))) && [1].all(x, [2].all(x, x == 2) && x == 1)",
        "self.l.all(i, x, self.l[i] == x) && self.labels.exists(k, v, k == 'one' && v == '1')",
        "self.l.transformList(i, x, i + x) == [3, 2, 4] && self.l.transformList(i, x, i > 0, x) == [1, 2]",
        "self.labels.transformMap(k, v, v + k) == {'one': '1one', 'two': '2two'} && self.l.transformMap(i, x, x > 2, x) == {0: 3}",
        "self.labels.transformMapEntry(k, v, {v: k}) == {'1': 'one', '2': 'two'}",
        "self.l.sortBy(x, -x) == [3, 2, 1]",
    ]);
    check(&[("['a', 'b'].transformMapEntry(i, x, {'k': x}) == {}", "insert failed: key k already exists")]);
}

#[test]
fn lists_of_a_document() {
    hold(&[
        "self.t == ['y', 'x'] && !(['y', 'x'] == self.t) && self.t + ['x', 'z'] == ['x', 'y', 'z']",
        "self.keyed == [self.keyed[1], self.keyed[0]] && (self.keyed + [self.keyed[0]]).size() == 2",
    ]);
}

#[test]
fn conversions() {
    hold(&[
        "int('42') == 42 && int(3.9) == 3 && int(-3.9) == -3 && int(5u) == 5 && int(timestamp('1970-01-01T00:01:00Z')) == 60",
        "uint('42') == 42u && uint(3.9) == 3u && double('1.5') == 1.5 && double(2) == 2.0",
        "string(1) == '1' && string(1.0) == '1' && string(1e21) == '1e+21' && string(0.1) == '0.1' && string(true) == 'true' && string(b'a') == 'a'",
        "string(duration('90m')) == '5400s' && string(timestamp('2020-01-01T00:00:00.5+02:00')) == '2020-01-01T00:00:00.5+02:00'",
        "bool('true') && !bool('F') && bytes('é') == b'é' && type(1) == int && type('') == string && type([]) == list && type({}) == map",
        "type(type(1)) == type && type(1.0) == double && type(1u) == uint && type(b'') == bytes && type(true) == bool && dyn(1) == 1",
        "type(self.either) == int && size('héllo') == 5 && 'héllo'.size() == 5 && size([1]) == 1 && size({}) == 0",
    ]);
    check(&[
        ("int('x') == 1", "type conversion error from 'string' to 'int'"),
        ("int(1e20) == 1", "integer overflow"),
        ("uint(-1) == 1u", "unsigned integer overflow"),
        ("bool('x')", "type conversion error from 'string' to 'bool'"),
        ("string(b'\\xff') == ''", "invalid UTF-8 in bytes, cannot convert to string"),
    ]);
}

#[test]
fn text() {
    hold(&[
        "'abc'.contains('b') && 'abc'.startsWith('a') && 'abc'.endsWith('bc') && 'abc'.matches('^a.c$') && matches('abc', 'b')",
        "'héllo'.charAt(1) == 'é' && 'abc'.charAt(3) == '' && 'héllo'.indexOf('l') == 2 && 'abab'.indexOf('b', 2) == 3 && 'a'.indexOf('b') == -1",
        "'abab'.lastIndexOf('ab') == 2 && 'abab'.lastIndexOf('ab', 1) == 0 && ''.lastIndexOf('a') == -1 && 'abc'.lastIndexOf('') == 3",
        "'ÀbC'.lowerAscii() == 'Àbc' && 'àbC'.upperAscii() == 'àBC' && ' \\ta '.trim() == 'a'",
        "'aaa'.replace('a', 'b') == 'bbb' && 'aaa'.replace('a', 'b', 2) == 'bba' && 'a,b,c'.split(',') == ['a', 'b', 'c'] && 'a,b,c'.split(',', 2) == ['a', 'b,c']",
        "'abc'.split('') == ['a', 'b', 'c'] && 'héllo'.substring(1) == 'éllo' && 'héllo'.substring(1, 3) == 'él'",
        "['a', 'b'].join() == 'ab' && ['a', 'b'].join('-') == 'a-b' && [].join('-') == '' && strings.quote('a\"b\\n') == '\"a\\\\\"b\\\\n\"'",
        "'abc 123'.find('[0-9]+') == '123' && 'x'.find('[0-9]') == '' && 'a1b22'.findAll('[0-9]+') == ['1', '22'] && 'a1b2'.findAll('[0-9]', 1) == ['1']",
    ]);
    check(&[
        ("'abc'.charAt(4) == ''", "index out of range: 4"),
        ("'abc'.substring(2, 1) == ''", "invalid substring range. start: 2, end: 1"),
        ("'abc'.substring(4) == ''", "index out of range: 4"),
        ("'abc'.indexOf('a', -1) == 0", "index out of range: -1"),
    ]);
}

#[test]
fn formatted_text() {
    hold(&[
        "'%s is %d'.format(['a', 1]) == 'a is 1' && '%%'.format([]) == '%' && '%x %X %o %b'.format([255, 255, 8, 5]) == 'ff FF 10 101'",
        "'%s'.format([[1, 'a', 1.5, true, null]]) == '[1, \"a\", 1.500000, true, null]' && '%s'.format([{'b': 1, 'a': [2]}]) == '{\"a\":[2], \"b\":1}'",
        "'%.2f'.format([1234.567]) == '1,234.57' && '%f'.format([1.0]) == '1.000000' && '%x'.format(['hi']) == '6869'",
        "'%e'.format([1052.032911275]) == '1.052033×10⁰³' && '%s'.format([duration('1h')]) == '3600s' && '%s'.format([type(1)]) == 'int'",
    ]);
    check(&[
        ("'%d'.format(['a']) == ''", "error during formatting: decimal clause can only be used on integers, was given string"),
        ("'%s'.format([]) == ''", "index 0 out of range"),
    ]);
}

#[test]
fn lists() {
    hold(&[
        "[1, 1, 2].isSorted() && ![2, 1].isSorted() && [1, 2].sum() == 3 && [1.5, 2.5].sum() == 4.0 && self.l.min() == 1 && self.l.max() == 3",
        "self.l.indexOf(1) == 1 && self.l.indexOf(9) == -1 && [1, 2, 1].lastIndexOf(1) == 2 && [1, 2].includes(2) && 'a'.includes('a')",
        "[1, 2, 3].slice(1, 3) == [2, 3] && [[1], [2, [3]]].flatten() == [1, 2, [3]] && [[1], [2, [3]]].flatten(2) == [1, 2, 3]",
        "[3, 1].sort() == [1, 3] && [1, 2, 1].distinct() == [1, 2] && [1, 2].reverse() == [2, 1] && lists.range(3) == [0, 1, 2]",
        "sets.contains([1, 2], [1]) && sets.equivalent([1, 1, 2], [2, 1]) && sets.intersects([1], [1, 2]) && !sets.intersects([], [1])",
    ]);
    check(&[
        ("[].max() == 1", "max called on empty list"),
        ("[].sum() == 0", "unknown"),
        ("[1].slice(0, 2) == []", "cannot slice(0, 2), list is length 1"),
    ]);
}

#[test]
fn amounts() {
    hold(&[
        "isQuantity('1.5Gi') && !isQuantity('1,5') && quantity('1Gi').isGreaterThan(quantity('1G')) && quantity('200M').compareTo(quantity('0.2G')) == 0",
        "quantity('50k').add(quantity('20k')) == quantity('70k') && quantity('50k').sub(20000) == quantity('30k') && sign(quantity('-1')) == -1",
        "quantity('50k').asInteger() == 50000 && !quantity('100m').isInteger() && !quantity('1.5Gi').isInteger() && quantity('2Gi').isInteger()",
        "quantity('1.5').asApproximateFloat() == 1.5 && quantity('50k').add(20).sub(quantity('100k')).sub(-50000) == quantity('20')",
        "!quantity('9999999999999999999999999999999999999G').isInteger() && quantity('1m').isLessThan(quantity('1'))",
    ]);
    check(&[
        ("quantity('x') == quantity('1')", "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"),
        ("quantity('1.5').asInteger() == 1", "cannot convert value to integer"),
    ]);
}

#[test]
fn addresses() {
    hold(&[
        "isURL('https://example.com/a') && !isURL('example') && url('https://example.com:80/a%20b?x=1&x=2&y=').getHost() == 'example.com:80'",
        "url('https://u@[::1]:80/a%20b?x=1').getHostname() == '::1' && url('https://a:80/').getPort() == '80' && url('https://a/a%20b').getEscapedPath() == '/a%20b'",
        "url('https://a/?x=1&x=2&y=').getQuery() == {'x': ['1', '2'], 'y': ['']} && url('HTTPS://a').getScheme() == 'https'",
        "isIP('10.0.0.1') && isIP('::1') && !isIP('10.0.0.01') && !isIP('::ffff:1.2.3.4') && ip('::1').family() == 6 && ip.isCanonical('::1') && !ip.isCanonical('0::1')",
        "ip('127.0.0.1').isLoopback() && ip('224.0.0.1').isLinkLocalMulticast() && ip('fe80::1').isLinkLocalUnicast() && ip('1.1.1.1').isGlobalUnicast() && ip('::').isUnspecified()",
        "isCIDR('10.0.0.0/8') && !isCIDR('10.0.0.0/33') && cidr('10.0.0.0/8').containsIP('10.1.2.3') && !cidr('10.0.0.0/8').containsIP(ip('11.0.0.1'))",
        "cidr('10.0.0.0/8').containsCIDR('10.1.0.0/16') && !cidr('10.1.0.0/16').containsCIDR(cidr('10.0.0.0/8')) && cidr('10.0.0.1/8').masked() == cidr('10.0.0.0/8')",
        "cidr('10.0.0.1/8').ip() == ip('10.0.0.1') && cidr('::/0').prefixLength() == 0 && string(cidr('10.0.0.0/8')) == '10.0.0.0/8' && string(ip('::1')) == '::1'",
    ]);
    check(&[("ip('x') == ip('::')", "IP Address \"x\" parse error during conversion from string: ParseAddr(\"x\"): unable to parse IP")]);
}

#[test]
fn versions_formats_and_times() {
    hold(&[
        "isSemver('1.2.3') && !isSemver('v1.2.3') && isSemver('v1.2', true) && semver('1.0.0-a.2').isLessThan(semver('1.0.0-a.10')) && semver('1.0.0').isGreaterThan(semver('1.0.0-rc'))",
        "semver('1.2.3').major() == 1 && semver('1.2.3').minor() == 2 && semver('01.2', true).patch() == 0 && semver('1.0.0+a').compareTo(semver('1.0.0+b')) == 0",
        "!format.dns1123Label().validate('a-b').hasValue() && format.dns1123Label().validate('A').hasValue() && format.named('uuid').hasValue() && !format.named('x').hasValue()",
        "!format.dns1123LabelPrefix().validate('a-').hasValue() && format.date().validate('x').value() == ['invalid date']",
        "timestamp('2023-12-25T00:05:06.789Z').getFullYear() == 2023 && timestamp('2023-12-25T00:00:00Z').getMonth() == 11 && timestamp('2023-12-25T00:00:00Z').getDate() == 25",
        "timestamp('2023-12-25T00:05:06.789Z').getMilliseconds() == 789 && timestamp('2023-12-25T23:00:00Z').getHours('+02:00') == 1 && timestamp('2023-12-25T00:00:00Z').getDayOfWeek() == 1",
        "duration('3723s').getHours() == 1 && duration('3723s').getMinutes() == 62 && duration('1.5s').getMilliseconds() == 1500",
    ]);
    check(&[("semver('1.2') == semver('1.2.0')", "No Major.Minor.Patch elements found")]);
}

#[test]
fn what_is_deep_or_long_is_not_known() {
    assert_eq!(result(&format!("{}true{}", "(".repeat(MAX_DEPTH + 1), ")".repeat(MAX_DEPTH + 1))), "not read");
    assert_eq!(result(&format!("{}true", "true && ".repeat(5000))), "true");
    assert_eq!(result(&format!("1{} == 0", " + 1".repeat(MAX_DEPTH + 1))), "not read");
    assert_eq!(result(&format!("{}true", "!".repeat(10_001))), "false");
    let program = Program::parse("[1, 2, 3].all(x, [1, 2, 3].all(y, [1, 2, 3].all(z, x + y + z > 0)))").expect("an expression");
    let run = |steps| evaluate(&program, &Variables::default(), &mut Budget::of(steps)).map(|value| matches!(value, Value::Bool(true)));
    assert_eq!((run(1000), run(100)), (Ok(true), Err(Stop::Unknown)));
    assert_eq!(result("lists.range(100000000000).size() == 0"), "unknown");
    assert_eq!(result("'a'.replace('', lists.range(9).map(x, 'aaaaaaaaaa').join()).size() > 0"), "true");
}
