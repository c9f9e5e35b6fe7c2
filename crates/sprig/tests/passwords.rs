//! Password hashes, derived passwords and AES against what Go's Sprig made. Salts are the host's, here all zeros.
#![cfg(feature = "rare")]

use chartwright_sprig::{FUNCTIONS, RARE};
use chartwright_template::{Budget, Context, Executor, FunctionTable, LibraryBuilder, Limits, NoHost, Options};
use chartwright_value::{Heap, Value};
use std::sync::Arc;

fn render(source: &str) -> Result<String, String> {
    let mut constants = Heap::default();
    let mut builder = LibraryBuilder::new(Arc::new(FunctionTable::new().with(FUNCTIONS).with_reentrant(RARE)));
    builder.add("case", source.as_bytes()).map_err(|error| error.to_string())?;
    let library = builder.finish(&mut constants);
    let mut heap = Heap::new(Arc::new(constants.freeze()));
    let mut budget = Budget::new(Limits::default());
    let mut host = NoHost;
    let mut context = Context::new(&mut heap, &mut host, &mut budget, "case");
    let mut executor = Executor::default();
    let text = executor.render(&library, "case", Value::NIL, &mut context, Options::default());
    text.map(|text| String::from_utf8_lossy(text).into_owned()).map_err(|error| error.to_string())
}

#[track_caller]
fn check(source: &str, expected: &str) {
    assert_eq!(render(source).as_deref(), Ok(expected), "{source}");
}

#[track_caller]
fn check_error(source: &str, expected: &str) {
    let error = render(source).expect_err("the case fails in Go");
    assert!(error.ends_with(expected), "{source}: {error}");
}

#[test]
fn passwords_are_derived_as_go_does() {
    check(r#"{{ derivePassword 1 "long" "password" "user" "example.com" }}"#, "ZedaFaxcZaso9*");
    check(r#"{{ derivePassword 2 "maximum" "p" "ü" "s" }}"#, "a3w0V2*1iC(eJ7iMN$2/");
    check(r#"{{ derivePassword 1 "pin" "" "" "" }}"#, "1578");
    check(r#"{{ derivePassword 4294967297 "pin" "" "" "" }}"#, "1578");
    check(r#"{{ derivePassword 1 "nope" "" "" "" }}"#, "cannot find password template nope");
}

#[test]
fn aes_reads_what_go_wrote_and_writes_what_it_reads() {
    check(r#"{{ decryptAES "secret" "74LleHWkexfB1HPfUkfuHV1Ba9smNQxV8d1Oqgq/Js4=" }}"#, "plain text");
    check(r#"{{ decryptAES "secret" "uzvRkeaGMWjFVFtxp4mMkgs0iCeNqmufmtqJmvbUOVctDLyOng1zdHVTmfjlKTvT" }}"#, "0123456789abcdef");
    check(r#"{{ encryptAES "k" "some text longer than a block" | decryptAES "k" }}"#, "some text longer than a block");
    check(r#"{{ encryptAES "x" "" }}"#, "");
    check_error(r#"{{ decryptAES "secret" "!" }}"#, "illegal base64 data at input byte 0");
    check_error(r#"{{ decryptAES "secret" "AAAA" }}"#, "runtime error: slice bounds out of range [:16] with capacity 3");
    check_error(r#"{{ decryptAES "k" "AAAAAAAAAAAAAAAAAAAAAA==" }}"#, "runtime error: index out of range [-1]");
    let bounds = "runtime error: slice bounds out of range [:-19]";
    check_error(r#"{{ decryptAES "k" "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=" }}"#, bounds);
    check_error(r#"{{ decryptAES "k" "AAAAAAAAAAAAAAAAAAAAAAAA" }}"#, "crypto/cipher: input not full blocks");
}

#[test]
fn bcrypt_is_what_go_accepts() {
    check(r#"{{ bcrypt "password" }}"#, "$2a$10$......................7zqaLmaKtn.i7IjPfuPGY2Ah/mNM6Sy");
    check(r#"{{ htpasswd "me" "password" }}"#, "me:$2a$10$......................7zqaLmaKtn.i7IjPfuPGY2Ah/mNM6Sy");
    check(r#"{{ htpasswd "a:b" "c" }}"#, "invalid username: a:b");
    let long = format!("{{{{ bcrypt \"{}\" }}}}", "1".repeat(73));
    check(&long, "failed to encrypt string with bcrypt: bcrypt: password length exceeds 72 bytes");
}
