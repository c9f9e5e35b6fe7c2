//! Twins of Go's own library where its bytes show: fmt, strconv, encoding/json, time layouts, regexp syntax, path, sort. Knows nothing of templates.
