//! Resource quantities: parsed, compared, added and printed as Kubernetes does. What a quantity is *for* is not known here.
//!
//! Follows `k8s.io/apimachinery/pkg/api/resource/quantity.go`. The value is held in whole billionths, which is the precision
//! that Kubernetes keeps; what is beyond the range (more than 10²⁹ units, which no cluster has) stays at its end.

use std::cmp::Ordering;
use std::fmt;

const NANOS: i128 = 1_000_000_000;

/// How a quantity is written, which is kept through parsing and adding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// `12M` is 12 × 10⁶.
    DecimalSi,
    /// `12Mi` is 12 × 2²⁰.
    BinarySi,
    /// `12e6`.
    DecimalExponent,
}

/// An amount of a resource: CPU cores, bytes, objects.
#[derive(Clone, Copy, Debug)]
pub struct Quantity {
    nanos: i128,
    format: Format,
}

/// Why a text is no quantity. The texts are those of the API server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuantityError {
    /// The text does not have the shape of a number with a suffix.
    Format,
    /// There is no number before the suffix.
    Numeric,
    /// The suffix is none that Kubernetes knows.
    Suffix,
}

impl fmt::Display for QuantityError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Format => "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
            Self::Numeric => "unable to parse numeric part of quantity",
            Self::Suffix => "unable to parse quantity's suffix",
        })
    }
}

impl std::error::Error for QuantityError {}

struct Parts<'a> {
    negative: bool,
    whole: &'a str,
    fraction: &'a str,
    /// Whether a digit stands in the number at all, leading zeros included.
    digits: bool,
    suffix: &'a str,
}

/// The scanner `parseQuantityString`; a sign or a suffix without digits reads as zero there, and so here.
fn split(text: &str) -> Result<Parts<'_>, QuantityError> {
    let bytes = text.as_bytes();
    let run = |from: usize, class: &[u8]| from + bytes[from..].iter().take_while(|byte| class.contains(byte)).count();
    const DIGITS: &[u8] = b"0123456789";
    let sign = usize::from(matches!(bytes.first(), Some(b'-' | b'+')));
    let zeros = run(sign, b"0");
    let whole = run(zeros, DIGITS);
    let (fraction_start, fraction_end) = match bytes.get(whole) {
        Some(b'.') => (whole + 1, run(whole + 1, DIGITS)),
        _ => (whole, whole),
    };
    let letters = run(fraction_end, b"eEinumkKMGTP");
    let exponent = letters + usize::from(matches!(bytes.get(letters), Some(b'-' | b'+')));
    if run(exponent, DIGITS) != bytes.len() {
        return Err(QuantityError::Format);
    }
    Ok(Parts {
        negative: bytes.first() == Some(&b'-'),
        whole: &text[zeros..whole],
        fraction: &text[fraction_start..fraction_end],
        digits: whole > sign || fraction_end > fraction_start,
        suffix: &text[fraction_end..],
    })
}

/// The base's exponent that a suffix stands for: of two for the binary format, of ten for the others.
fn interpret(suffix: &str) -> Option<(Format, i64)> {
    use Format::{BinarySi, DecimalExponent, DecimalSi};
    Some(match suffix {
        "" => (DecimalSi, 0),
        "n" => (DecimalSi, -9),
        "u" => (DecimalSi, -6),
        "m" => (DecimalSi, -3),
        "k" => (DecimalSi, 3),
        "M" => (DecimalSi, 6),
        "G" => (DecimalSi, 9),
        "T" => (DecimalSi, 12),
        "P" => (DecimalSi, 15),
        "E" => (DecimalSi, 18),
        "Ki" => (BinarySi, 10),
        "Mi" => (BinarySi, 20),
        "Gi" => (BinarySi, 30),
        "Ti" => (BinarySi, 40),
        "Pi" => (BinarySi, 50),
        "Ei" => (BinarySi, 60),
        _ => (DecimalExponent, suffix.strip_prefix(['e', 'E'])?.parse().ok()?),
    })
}

impl Quantity {
    /// Nothing of a resource; the first amount added to it gives the format.
    pub const ZERO: Self = Self { nanos: 0, format: Format::DecimalSi };

    /// Reads a quantity such as `100m`, `1.5`, `512Mi` or `1e3`. Amounts below a billionth are rounded up to one, and binary
    /// amounts above 2⁶³−1 are cut to that, as the API server does. A number in YAML is read by its text.
    ///
    /// # Errors
    /// With the API server's text, where it would refuse the quantity.
    pub fn parse(text: &str) -> Result<Self, QuantityError> {
        if text.is_empty() {
            return Err(QuantityError::Format);
        }
        let parts = split(text)?;
        let (format, exponent) = interpret(parts.suffix).ok_or(QuantityError::Suffix)?;
        // The API server's slow path, taken for the two largest binary suffixes, wants a digit; its fast path does not.
        if !parts.digits && format == Format::BinarySi && exponent >= 50 {
            return Err(QuantityError::Numeric);
        }
        // Beyond this all is nothing or everything; it keeps the sums below from overflowing.
        let exponent = exponent.clamp(-10_000, 10_000);
        let (tens, twos) = if format == Format::BinarySi { (0, exponent) } else { (exponent, 0) };
        let mut nanos = scaled(&parts, tens.saturating_add(9), twos as u32);
        if format == Format::BinarySi {
            nanos = nanos.min(i128::from(i64::MAX).saturating_mul(NANOS));
        }
        let format = if format == Format::BinarySi && nanos > 0 && nanos < NANOS { Format::DecimalSi } else { format };
        Ok(Self { nanos: if parts.negative { -nanos } else { nanos }, format })
    }

    /// A whole number of units.
    #[must_use]
    pub fn units(count: i64) -> Self {
        Self { nanos: i128::from(count) * NANOS, format: Format::DecimalSi }
    }

    /// A whole number of bytes, printed with binary suffixes.
    #[must_use]
    pub fn bytes(count: i64) -> Self {
        Self { nanos: i128::from(count) * NANOS, format: Format::BinarySi }
    }

    /// How it was written.
    #[must_use]
    pub fn format(self) -> Format {
        self.format
    }

    /// Whether it is nothing.
    #[must_use]
    pub fn is_zero(self) -> bool {
        self.nanos == 0
    }

    /// Whether it is below nothing.
    #[must_use]
    pub fn is_negative(self) -> bool {
        self.nanos < 0
    }

    /// In thousandths (CPU: millicores), rounded up.
    #[must_use]
    pub fn millis(self) -> i128 {
        div_up(self.nanos, NANOS / 1000)
    }

    /// In billionths, which is as exact as it is.
    #[must_use]
    pub fn billionths(self) -> i128 {
        self.nanos
    }

    /// In whole units (memory: bytes), rounded up.
    #[must_use]
    pub fn whole(self) -> i128 {
        div_up(self.nanos, NANOS)
    }

    /// Whether it is a whole number of units; `100m` of memory is a mistake.
    #[must_use]
    pub fn is_whole(self) -> bool {
        self.nanos % NANOS == 0
    }

    /// The sum. A zero takes the other's format, as in Kubernetes.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        let format = if self.nanos == 0 { other.format } else { self.format };
        Self { nanos: self.nanos.saturating_add(other.nanos), format }
    }

    /// So many times this.
    #[must_use]
    pub fn times(self, count: i64) -> Self {
        Self { nanos: self.nanos.saturating_mul(i128::from(count)), format: self.format }
    }

    /// The larger of two.
    #[must_use]
    pub fn larger(self, other: Self) -> Self {
        if other.nanos > self.nanos { other } else { self }
    }
}

/// The digits times 10^tens × 2^twos, rounded up away from zero, cut at the range's end.
fn scaled(parts: &Parts<'_>, tens: i64, twos: u32) -> i128 {
    let mut value: i128 = 0;
    let mut beyond = false;
    let mut tens = tens;
    for (index, digit) in parts.whole.bytes().chain(parts.fraction.bytes()).enumerate() {
        let digit = i128::from(digit - b'0');
        match value.checked_mul(10).and_then(|value| value.checked_add(digit)) {
            Some(next) => {
                value = next;
                if index >= parts.whole.len() {
                    tens -= 1;
                }
            }
            // Digits beyond the precision: those before the point still count as places.
            None => {
                beyond |= digit != 0;
                if index < parts.whole.len() {
                    tens += 1;
                }
            }
        }
    }
    if value == 0 {
        return 0;
    }
    // Powers of two first go in where they fit; a fraction would lose them afterwards.
    value = match value.checked_mul(1_i128 << twos) {
        Some(product) => product,
        None if tens < 0 => div_up(value, power_of_ten(-tens).unwrap_or(i128::MAX)).saturating_mul(1_i128 << twos),
        None => i128::MAX,
    };
    if tens >= 0 {
        power_of_ten(tens).and_then(|power| value.checked_mul(power)).unwrap_or(i128::MAX)
    } else {
        match power_of_ten(-tens) {
            Some(power) => div_up(value, power) + i128::from(beyond && value % power == 0),
            None => 1,
        }
    }
}

fn power_of_ten(exponent: i64) -> Option<i128> {
    u32::try_from(exponent).ok().and_then(|exponent| 10_i128.checked_pow(exponent))
}

/// Division rounded away from zero.
fn div_up(value: i128, by: i128) -> i128 {
    value / by + if value % by == 0 { 0 } else { value.signum() }
}

impl PartialEq for Quantity {
    fn eq(&self, other: &Self) -> bool {
        self.nanos == other.nanos
    }
}

impl Eq for Quantity {}

impl PartialOrd for Quantity {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Quantity {
    fn cmp(&self, other: &Self) -> Ordering {
        self.nanos.cmp(&other.nanos)
    }
}

impl fmt::Display for Quantity {
    /// The canonical text: no precision lost, no fraction, the largest suffix (`CanonicalizeBytes`).
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.nanos == 0 {
            return f.write_str("0");
        }
        let small = self.nanos.abs() < 1024 * NANOS;
        if self.format == Format::BinarySi && !small && self.is_whole() {
            let (mantissa, times) = without_factors(self.nanos / NANOS, 1024, 6);
            return write!(f, "{mantissa}{}", ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"][times]);
        }
        let (mut mantissa, thousands) = without_factors(self.nanos, 1000, usize::MAX);
        let exponent = thousands as i32 * 3 - 9;
        if self.format == Format::DecimalExponent {
            return if exponent == 0 { write!(f, "{mantissa}") } else { write!(f, "{mantissa}e{exponent}") };
        }
        let mut steps = thousands;
        // Beyond exa there is no suffix.
        while steps > 9 {
            steps -= 1;
            mantissa = mantissa.saturating_mul(1000);
        }
        write!(f, "{mantissa}{}", ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"][steps])
    }
}

fn without_factors(mut value: i128, factor: i128, most: usize) -> (i128, usize) {
    let mut times = 0;
    while value != 0 && value % factor == 0 && times < most {
        value /= factor;
        times += 1;
    }
    (value, times)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(input: &str, expected: &str) {
        let got = Quantity::parse(input).map_or_else(|error| error.to_string(), |quantity| quantity.to_string());
        assert_eq!(got, expected, "{input:?}");
    }

    /// What `resource.ParseQuantity(…).String()` of apimachinery 0.37.1 prints, one case a line.
    #[test]
    fn reads_and_prints_as_kubernetes() {
        for line in include_str!("../tests/quantities.tsv").lines() {
            let (input, expected) = line.split_once('\t').expect("a tab between the columns");
            check(input, expected);
        }
    }

    #[test]
    fn ends_of_the_range() {
        let parse = |text: &str| Quantity::parse(text).expect("a quantity");
        assert_eq!(parse("0.00000000001e-9223372036854775808").to_string(), "1e-9");
        assert!(parse("1e9223372036854775807") > parse("9Ei"));
        assert!(parse("-1e9223372036854775807").is_negative());
        assert!(parse(&"9".repeat(500)) > parse("9Ei"));
        assert_eq!(Quantity::parse("1e99999999999999999999"), Err(QuantityError::Suffix));
    }

    #[test]
    fn adds_in_the_first_format() {
        let sum = ["500Mi", "1Gi", "1M"].iter().fold(Quantity::ZERO, |sum, text| sum.plus(Quantity::parse(text).expect("a quantity")));
        assert_eq!(sum.whole(), 524_288_000 + 1_073_741_824 + 1_000_000);
        assert_eq!(sum.format(), Format::BinarySi);
    }
}
