//! Flags as Helm reads them (`spf13/pflag`, `spf13/cobra`), with its words for what it does not understand. Which flags there are is in
//! `flags/known.rs`.

pub(crate) mod known;
mod typed;

use chartwright_helm::HelmVersion;
use std::collections::HashMap;

/// What follows a flag.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Takes {
    /// Nothing, or `=true` and its kin.
    Switch,
    /// One value; the last one counts.
    Value,
    /// One value each time.
    Values,
    /// Values separated by commas, each time.
    Commas,
    /// A whole number.
    Int,
    Uint,
    /// A number.
    Float,
    /// A duration as Go writes it.
    Duration,
    /// `key=value` pairs separated by commas.
    Pairs,
    /// `--wait`, alone or with a strategy.
    Wait,
    /// One value, or the given one if there is none.
    Optional(&'static str),
    /// A post-renderer, which this command does not run.
    PostRenderer,
}

/// Which Helm has a flag.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Has {
    Both,
    Only4,
    /// Helm 4 says that it is deprecated, and why.
    Deprecated(&'static str),
}

/// A flag.
pub(crate) struct Flag {
    pub(crate) name: &'static str,
    pub(crate) letter: Option<char>,
    pub(crate) takes: Takes,
    pub(crate) has: Has,
    /// What `--help` says of it; empty for flags that change nothing here.
    pub(crate) help: &'static str,
}

impl Flag {
    fn is_known(&self, helm: HelmVersion) -> bool {
        match self.has {
            Has::Both | Has::Deprecated(_) => true,
            Has::Only4 => helm == HelmVersion::V4,
        }
    }

    fn shown(&self) -> String {
        self.letter.map_or_else(|| format!("--{}", self.name), |letter| format!("-{letter}, --{}", self.name))
    }
}

/// What a command line said.
#[derive(Default)]
pub(crate) struct Parsed {
    values: HashMap<&'static str, Vec<String>>,
    /// What is no flag, in order.
    pub(crate) positional: Vec<String>,
    /// Lines for stderr: flags that are deprecated.
    pub(crate) warnings: Vec<String>,
    /// Whether `--help` was asked for.
    pub(crate) help: bool,
}

/// A command line that is refused: lines for stderr before the error, and the error.
pub(crate) struct Refused {
    pub(crate) warnings: Vec<String>,
    pub(crate) error: String,
}

impl Parsed {
    /// Reads a command line.
    ///
    /// # Errors
    /// The words of `pflag`.
    pub(crate) fn read(args: &[String], known: &[&'static [Flag]], helm: HelmVersion) -> Result<Parsed, Refused> {
        let known: Vec<&'static Flag> = known.iter().flat_map(|flags| flags.iter()).filter(|flag| flag.is_known(helm)).collect();
        let mut parsed = Parsed::default();
        match parsed.read_all(args, &known, helm) {
            Ok(()) => Ok(parsed),
            Err(error) => Err(Refused { warnings: parsed.warnings, error }),
        }
    }

    fn read_all(&mut self, args: &[String], known: &[&'static Flag], helm: HelmVersion) -> Result<(), String> {
        let mut rest = args.iter();
        while let Some(arg) = rest.next() {
            if arg == "--" {
                self.positional.extend(rest.cloned());
                break;
            }
            if let Some(long) = arg.strip_prefix("--") {
                if long.starts_with(['-', '=']) {
                    return Err(format!("bad flag syntax: {arg}"));
                }
                let (name, value) = long.split_once('=').map_or((long, None), |(name, value)| (name, Some(value.to_owned())));
                let Some(flag) = known.iter().find(|flag| flag.name == name) else {
                    if name == "help" {
                        self.help = !value.is_some_and(|value| matches!(value.as_str(), "0" | "f" | "F" | "false" | "FALSE" | "False"));
                        if self.help {
                            return Ok(());
                        }
                        continue;
                    }
                    return Err(format!("unknown flag: --{name}"));
                };
                let value = match (value, flag.takes) {
                    (Some(value), _) => value,
                    (None, Takes::Switch) => "true".to_owned(),
                    (None, Takes::Wait) => if helm == HelmVersion::V3 { "true" } else { "watcher" }.to_owned(),
                    (None, Takes::Optional(value)) => value.to_owned(),
                    (None, _) => rest.next().cloned().ok_or_else(|| format!("flag needs an argument: --{name}"))?,
                };
                self.take(flag, value, helm)?;
            } else if let Some(letters) = arg.strip_prefix('-').filter(|letters| !letters.is_empty()) {
                self.letters(letters, &mut rest, known, helm)?;
                if self.help {
                    return Ok(());
                }
            } else {
                self.positional.push(arg.clone());
            }
        }
        Ok(())
    }

    fn letters(
        &mut self,
        letters: &str,
        rest: &mut std::slice::Iter<'_, String>,
        known: &[&'static Flag],
        helm: HelmVersion,
    ) -> Result<(), String> {
        for (at, letter) in letters.char_indices() {
            let Some(flag) = known.iter().find(|flag| flag.letter == Some(letter)) else {
                if letter == 'h' {
                    self.help = true;
                    return Ok(());
                }
                return Err(format!("unknown shorthand flag: {letter:?} in -{}", &letters[at..]));
            };
            let after = &letters[at + letter.len_utf8()..];
            match (flag.takes, after.strip_prefix('=')) {
                (_, Some(value)) if !after.is_empty() => return self.take(flag, value.to_owned(), helm),
                (Takes::Switch, _) => self.take(flag, "true".to_owned(), helm)?,
                _ if !after.is_empty() => return self.take(flag, after.to_owned(), helm),
                _ => {
                    let value = rest.next().cloned().ok_or_else(|| format!("flag needs an argument: {letter:?} in -{letters}"))?;
                    return self.take(flag, value, helm);
                }
            }
        }
        Ok(())
    }

    fn take(&mut self, flag: &Flag, value: String, helm: HelmVersion) -> Result<(), String> {
        let quoted = chartwright_go::quote::quoted(value.as_bytes());
        let values = self.values.entry(flag.name).or_default();
        typed::set(values, flag.takes, &value, helm)
            .map_err(|why| format!("invalid argument {quoted} for \"{}\" flag: {why}", flag.shown()))?;
        if let (Has::Deprecated(why), HelmVersion::V4) = (flag.has, helm) {
            self.warnings.push(format!("Flag --{} has been deprecated, {why}", flag.name));
        }
        Ok(())
    }

    /// A switch.
    pub(crate) fn on(&self, name: &str) -> bool {
        self.value(name).is_some_and(|value| value == "true")
    }

    /// Whether a flag was given at all.
    pub(crate) fn given(&self, name: &str) -> bool {
        self.values.contains_key(name)
    }

    /// A flag's one value.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        self.all(name).last().map(String::as_str)
    }

    /// A flag's one value, if it is not empty.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.value(name).filter(|value| !value.is_empty())
    }

    /// A flag's values.
    pub(crate) fn all(&self, name: &str) -> &[String] {
        self.values.get(name).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::known::{IDLE, TEMPLATE};
    use super::*;

    #[track_caller]
    fn check(args: &[&str], expected: &str) {
        let args: Vec<String> = args.iter().map(|arg| (*arg).to_owned()).collect();
        let text = match Parsed::read(&args, &[TEMPLATE, IDLE], HelmVersion::V4) {
            Ok(parsed) => format!("{:?} {:?} {}", parsed.positional, parsed.all("values"), parsed.on("no-hooks")),
            Err(refused) => refused.error,
        };
        assert_eq!(text, expected);
    }

    #[test]
    fn flags_are_read_and_refused_as_by_helm() {
        check(&["a", "-f", "x,y", "b", "-fz"], r#"["a", "b"] ["x", "y", "z"] false"#);
        check(&["--values=x", "--no-hooks"], r#"[] ["x"] true"#);
        check(&["--no-hooks=false"], r#"[] [] false"#);
        check(&["-f", "a,\"b,c\""], r#"[] ["a", "b,c"] false"#);
        check(&["--foo"], "unknown flag: --foo");
        check(&["--set"], "flag needs an argument: --set");
        check(&["-f"], "flag needs an argument: 'f' in -f");
        check(&["-Zf"], "unknown shorthand flag: 'Z' in -Zf");
        check(&["--no-hooks=x"], "invalid argument \"x\" for \"--no-hooks\" flag: strconv.ParseBool: parsing \"x\": invalid syntax");
    }
}
