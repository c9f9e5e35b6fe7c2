//! What Helm means: chart loading, dependencies, values coalescing, schema, capabilities, hooks, order, notes, rendering.
