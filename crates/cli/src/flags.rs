//! Flags as Helm reads them (`spf13/pflag`), with its words for what it does not understand.

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
}

/// A flag: its long name, its letter, and what follows it.
pub(crate) type Flag = (&'static str, Option<char>, Takes);

/// `helm template`'s flags that do something here.
pub(crate) const TEMPLATE: &[Flag] = &[
    ("api-versions", Some('a'), Takes::Commas),
    ("debug", None, Takes::Switch),
    ("dependency-update", None, Takes::Switch),
    ("enable-dns", None, Takes::Switch),
    ("generate-name", Some('g'), Takes::Switch),
    ("include-crds", None, Takes::Switch),
    ("is-upgrade", None, Takes::Switch),
    ("kube-version", None, Takes::Value),
    ("name-template", None, Takes::Value),
    ("namespace", Some('n'), Takes::Value),
    ("no-hooks", None, Takes::Switch),
    ("render-subchart-notes", None, Takes::Switch),
    ("set", None, Takes::Values),
    ("set-file", None, Takes::Values),
    ("set-json", None, Takes::Values),
    ("set-literal", None, Takes::Values),
    ("set-string", None, Takes::Values),
    ("show-only", Some('s'), Takes::Values),
    ("skip-schema-validation", None, Takes::Switch),
    ("skip-tests", None, Takes::Switch),
    ("values", Some('f'), Takes::Commas),
];

/// Flags of Helm's that change nothing in a render without a cluster.
pub(crate) const IDLE: &[Flag] = &[
    ("atomic", None, Takes::Switch),
    ("create-namespace", None, Takes::Switch),
    ("description", None, Takes::Value),
    ("devel", None, Takes::Switch),
    ("disable-openapi-validation", None, Takes::Switch),
    ("force", None, Takes::Switch),
    ("force-conflicts", None, Takes::Switch),
    ("force-replace", None, Takes::Switch),
    ("hide-notes", None, Takes::Switch),
    ("kube-context", None, Takes::Value),
    ("kubeconfig", None, Takes::Value),
    ("labels", Some('l'), Takes::Values),
    ("replace", None, Takes::Switch),
    ("rollback-on-failure", None, Takes::Switch),
    ("skip-crds", None, Takes::Switch),
    ("take-ownership", None, Takes::Switch),
    ("timeout", None, Takes::Value),
    ("wait-for-jobs", None, Takes::Switch),
];

/// What a command line said.
#[derive(Default)]
pub(crate) struct Parsed {
    values: HashMap<&'static str, Vec<String>>,
    /// What is no flag, in order.
    pub(crate) positional: Vec<String>,
}

impl Parsed {
    /// Reads a command line.
    ///
    /// # Errors
    /// The words of `pflag`.
    pub(crate) fn read(args: &[String], known: &[&'static [Flag]]) -> Result<Parsed, String> {
        let flags = || known.iter().flat_map(|flags| flags.iter());
        let mut parsed = Parsed::default();
        let mut rest = args.iter();
        while let Some(arg) = rest.next() {
            if arg == "--" {
                parsed.positional.extend(rest.cloned());
                break;
            }
            if let Some(long) = arg.strip_prefix("--") {
                let (name, value) = long.split_once('=').map_or((long, None), |(name, value)| (name, Some(value.to_owned())));
                let flag = flags().find(|(known, ..)| *known == name).ok_or_else(|| format!("unknown flag: --{name}"))?;
                let value = match value {
                    Some(value) => value,
                    None if flag.2 == Takes::Switch => "true".to_owned(),
                    None => rest.next().cloned().ok_or_else(|| format!("flag needs an argument: --{name}"))?,
                };
                parsed.take(flag, value, &format!("--{name}"))?;
            } else if let Some(letters) = arg.strip_prefix('-').filter(|letters| !letters.is_empty()) {
                parsed.letters(letters, &mut rest, &flags)?;
            } else {
                parsed.positional.push(arg.clone());
            }
        }
        Ok(parsed)
    }

    fn letters<'a, I: Iterator<Item = &'static Flag>>(
        &mut self,
        letters: &str,
        rest: &mut std::slice::Iter<'a, String>,
        flags: &dyn Fn() -> I,
    ) -> Result<(), String> {
        for (at, letter) in letters.char_indices() {
            let unknown = || format!("unknown shorthand flag: {letter:?} in -{}", &letters[at..]);
            let flag = flags().find(|(_, known, _)| *known == Some(letter)).ok_or_else(unknown)?;
            let after = &letters[at + letter.len_utf8()..];
            let name = format!("-{letter}, --{}", flag.0);
            match (flag.2, after.strip_prefix('=')) {
                (_, Some(value)) => return self.take(flag, value.to_owned(), &name),
                (Takes::Switch, None) => self.take(flag, "true".to_owned(), &name)?,
                (_, None) if !after.is_empty() => return self.take(flag, after.to_owned(), &name),
                (_, None) => {
                    let value = rest.next().cloned().ok_or_else(|| format!("flag needs an argument: {letter:?} in -{letters}"))?;
                    return self.take(flag, value, &name);
                }
            }
        }
        Ok(())
    }

    fn take(&mut self, flag: &Flag, value: String, shown: &str) -> Result<(), String> {
        let (name, _, takes) = *flag;
        let values = self.values.entry(name).or_default();
        match takes {
            Takes::Switch => {
                let on = match value.as_str() {
                    "1" | "t" | "T" | "TRUE" | "true" | "True" => "true",
                    "0" | "f" | "F" | "FALSE" | "false" | "False" => "",
                    _ => {
                        return Err(format!(
                            "invalid argument {value:?} for \"{shown}\" flag: strconv.ParseBool: parsing {value:?}: invalid syntax"
                        ));
                    }
                };
                *values = vec![on.to_owned()];
            }
            Takes::Value => *values = vec![value],
            Takes::Values => values.push(value),
            Takes::Commas => values.extend(value.split(',').map(str::to_owned)),
        }
        Ok(())
    }

    /// A switch.
    pub(crate) fn on(&self, name: &str) -> bool {
        self.value(name).is_some_and(|value| !value.is_empty())
    }

    /// A flag's one value.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        self.all(name).last().map(String::as_str)
    }

    /// A flag's values.
    pub(crate) fn all(&self, name: &str) -> &[String] {
        self.values.get(name).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(args: &[&str], expected: &str) {
        let args: Vec<String> = args.iter().map(|arg| (*arg).to_owned()).collect();
        let text = match Parsed::read(&args, &[TEMPLATE, IDLE]) {
            Ok(parsed) => format!("{:?} {:?} {}", parsed.positional, parsed.all("values"), parsed.on("no-hooks")),
            Err(error) => error,
        };
        assert_eq!(text, expected);
    }

    #[test]
    fn flags_are_read_and_refused_as_by_helm() {
        check(&["a", "-f", "x,y", "b", "-fz"], r#"["a", "b"] ["x", "y", "z"] false"#);
        check(&["--values=x", "--no-hooks"], r#"[] ["x"] true"#);
        check(&["--no-hooks=false"], r#"[] [] false"#);
        check(&["--foo"], "unknown flag: --foo");
        check(&["--set"], "flag needs an argument: --set");
        check(&["-f"], "flag needs an argument: 'f' in -f");
        check(&["-Zf"], "unknown shorthand flag: 'Z' in -Zf");
        check(&["--no-hooks=x"], "invalid argument \"x\" for \"--no-hooks\" flag: strconv.ParseBool: parsing \"x\": invalid syntax");
    }
}
