//! Names that speak of secrets, or only of where they are: of variables, and of keys of values.

/// Parts of names that speak of a secret, in capitals.
const WORDS: &[&str] = &["PASSWORD", "PASSWD", "SECRET", "TOKEN", "CREDENTIAL", "APIKEY", "API_KEY", "PRIVATE_KEY", "ACCESS_KEY"];
/// Last words of names that speak of where a secret is, or of something about it.
const PLACES: &[&str] = &[
    "FILE",
    "PATH",
    "DIR",
    "NAME",
    "NAMES",
    "URL",
    "URI",
    "HOST",
    "ENDPOINT",
    "ENABLED",
    "TTL",
    "EXPIRY",
    "EXPIRATION",
    "LENGTH",
    "TYPE",
    "MODE",
    "REF",
    "HEADER",
    "ISSUER",
    "AUDIENCE",
    "USER",
    "USERNAME",
    "REGION",
    "NAMESPACE",
    "ID",
    "PROVIDER",
    "BACKEND",
    "ENGINE",
    "STORE",
    "SERVICE",
    "IMAGE",
    "VERSION",
    "PORT",
    "CLASS",
    "FORMAT",
    "ALGORITHM",
    "PREFIX",
    "SUFFIX",
    "POLICY",
    "REQUIRED",
    "INTERVAL",
    "TIMEOUT",
    "DURATION",
    "LIFETIME",
    "RETRIES",
    "ATTEMPTS",
    "COUNT",
    "SIZE",
];
/// A name that only sounds so: it tells clusters of etcd apart.
const NO_SECRET: &str = "ETCD_INITIAL_CLUSTER_TOKEN";

/// Whether a name, such as `DB_PASSWORD`, speaks of a secret itself.
#[must_use]
pub fn speaks(name: &str) -> bool {
    let upper = name.to_ascii_uppercase();
    let last = upper.rsplit(['_', '-', '.']).next().unwrap_or_default();
    let is_place = PLACES.contains(&last) || last.ends_with("URL") || upper == NO_SECRET;
    WORDS.iter().any(|word| upper.contains(word)) && !is_place
}

/// The words of a key, in small letters: those of `existingSecret` and of `API_KEY`.
fn words(key: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for c in key.chars() {
        if !c.is_ascii_alphanumeric() || c.is_ascii_uppercase() && !before.is_ascii_uppercase() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| c.is_ascii_alphanumeric()) {
            word.push(c.to_ascii_lowercase());
        }
        before = c;
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Words of keys that name a Secret, something in one, or where it is; what lies below them is no secret itself.
const REFERENCES: &[&str] =
    &["existing", "ref", "refs", "selector", "keys", "mapping", "mappings", "mount", "mounts", "annotations", "labels", "policy"];

/// Last words of keys whose texts are passwords.
const PASSWORDS: &[&str] = &["password", "passwd", "passphrase", "pwd"];

/// Last words of keys whose texts are secrets of another kind, and the word that has to come before.
const SECRETS: &[(&str, &str)] = &[
    ("", "token"),
    ("", "secret"),
    ("", "apikey"),
    ("api", "key"),
    ("access", "key"),
    ("secret", "key"),
    ("private", "key"),
    ("signing", "key"),
    ("encryption", "key"),
    ("", "credential"),
    ("", "credentials"),
];

/// What a Secret keeps under a key of its own.
const KEPT: &[&str] = &[
    "password",
    "passwd",
    "passphrase",
    "username",
    "user",
    "token",
    "keystore",
    "truststore",
    "cert",
    "certificate",
    "license",
    "credentials",
    "url",
];

fn refers(path: &[&str]) -> bool {
    path.iter().any(|key| words(key).iter().any(|word| REFERENCES.contains(&word.as_str())))
}

/// Whether what stands at a path of values is a password by its name: `auth.rootPassword`, not `existingSecret` or `passwordKey`.
#[must_use]
pub fn names_password(path: &[&str]) -> bool {
    let is_password = |key: &&str| words(key).last().is_some_and(|last| PASSWORDS.contains(&last.as_str()));
    path.last().is_some_and(is_password) && !refers(path)
}

/// Whether what stands at a path of values is a password or another secret by its name.
#[must_use]
pub fn names_secret(path: &[&str]) -> bool {
    let Some(words) = path.last().map(|key| words(key)) else { return false };
    let (last, before) = match words.as_slice() {
        [.., before, last] => (last.as_str(), before.as_str()),
        [last] => (last.as_str(), ""),
        [] => return false,
    };
    // The key within a Secret of what the word before it means: `passwordSecretKey`, where `awsSecretKey` is a secret.
    let is_place = last == "key" && before == "secret" && words.iter().rev().nth(2).is_some_and(|word| KEPT.contains(&word.as_str()));
    let is_secret = || !is_place && SECRETS.iter().any(|(first, second)| *second == last && (first.is_empty() || *first == before));
    (PASSWORDS.contains(&last) || is_secret()) && !refers(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_speak_of_secrets() {
        for name in ["DB_PASSWORD", "apiKeySecret", "client-secret", "GITHUB_TOKEN"] {
            assert!(speaks(name), "{name}");
        }
        for name in [
            "PASSWORD_FILE",
            "TOKEN_URL",
            "secret-name",
            "USER",
            "token.ttl",
            "SECRETS_PROVIDER",
            "SECRET_RETRY_INTERVAL",
            "OAUTH_TOKENURL",
            "AWS_ACCESS_KEY_ID",
            "ETCD_INITIAL_CLUSTER_TOKEN",
        ] {
            assert!(!speaks(name), "{name}");
        }
    }

    #[test]
    fn keys_of_values_that_are_secrets() {
        for path in [&["auth", "rootPassword"][..], &["DB_PASSWORD"], &["users", "[]", "passwd"], &["smtp-password"]] {
            assert!(names_password(path) && names_secret(path), "{path:?}");
        }
        for path in [&["github", "token"][..], &["aws", "secretKey"], &["apiKey"], &["clientSecret"]] {
            assert!(names_secret(path) && !names_password(path), "{path:?}");
        }
        for path in [
            &["auth", "existingSecret"][..],
            &["secretName"],
            &["existingSecretPasswordKey"],
            &["secretKeyRef", "secret"],
            &["secretKeys", "password"],
            &["passwordKey"],
            &["tokenTTL"],
            &["passwordPolicy", "token"],
            &["imagePullSecrets"],
            &["credentials", "passwordSecretKey"],
            &["tls", "keystoreSecretKey"],
        ] {
            assert!(!names_secret(path) && !names_password(path), "{path:?}");
        }
    }
}
