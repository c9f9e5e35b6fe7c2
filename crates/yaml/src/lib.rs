//! YAML as Helm reads and writes it, positioned trees, and edits that keep comments. Knows nothing of templates.
