//! The Sprig function library, a file a topic, one table of names. Knows nothing of Helm.
