"""From draft to signature; signed versions, what changed since, and their proof."""
