//! Against the words of Helm 4.3.1.

use super::Schema;

#[track_caller]
fn check(schema: &str, value: &str, expected: &str) {
    let schema = Schema::parse(schema).unwrap();
    let value: serde_json::Value = serde_json::from_str(value).unwrap();
    let text = schema.validate_json(&value).err().map(|violations| violations.to_string()).unwrap_or_default();
    assert_eq!(text, expected);
}

#[test]
fn numbers_print_in_english() {
    for (value, printed) in [
        ("1000", "1,000"),
        ("1234567", "1.234567×10⁰⁶"),
        ("0.5", "0.5"),
        ("1e10", "1×10¹⁰"),
        ("1234.5678", "1,234.5678"),
        ("-5000", "-5,000"),
        ("0.000123", "0.000123"),
        ("123456.7890123", "123,456.7890123"),
    ] {
        check(r#"{"maximum": -1e30}"#, value, &format!("- at '': maximum: got {printed}, want -1×10³⁰"));
    }
}
