//! What Kubernetes knows: object index, references, quantities, totals. Holds no opinions.

pub mod quantity;
