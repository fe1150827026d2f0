"""Many issues at a time: one process a core, a manifest of what is done, nothing lost and nothing done twice."""
